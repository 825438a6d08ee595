//! What the place is exposed to by the hazard areas of the region's map: computed here, and held against its entry.

use crate::locale::{domain, risk as words};
use crate::page::map::area_words;
use crate::part::icon::Icon;
use crate::part::record::separator;
use crate::state::ground::ground;
use crate::state::later::later;
use crate::state::{AppState, use_app};
use crate::words::t;
use civmesh_domain::spatial::node::Node;
use civmesh_domain::spatial::risk::{Disagreement, LiesIn, Risk};
use civmesh_domain::text::Language;
use civmesh_domain::unit::Place;
use civmesh_sync::turn::give_way;
use leptos::prelude::*;

/// Of this region's pack; `None` where its second half is not here or can't be read.
async fn compute(app: AppState, place: Place) -> Option<Risk> {
    let region = app.region.get_untracked()?;
    // First the page itself.
    give_way().await;
    // What holds no area may be a half that is not here.
    later(app, &region).await?;
    let ground = ground(app, &region).await;
    (!ground.damaged).then(|| Risk::of(&ground.areas, place))
}

/// What it lies in, or in how many areas it does not, and where its entry says otherwise.
#[component]
pub fn MappedRisk(node: Node) -> impl IntoView {
    let place = node.place;
    let app = use_app();
    let found = LocalResource::new(move || compute(app, place));
    view! {
        <section class="section" aria-labelledby="mapped-risk">
            <h2 id="mapped-risk">{t(words::TITLE)}</h2>
            {move || match found.get() {
                None => view! { <p class="note">{t(words::LOOKING)}</p> }.into_any(),
                Some(None) => view! { <p class="note">{t(words::NOT_HERE)}</p> }.into_any(),
                Some(Some(risk)) if risk.mapped.is_empty() => view! { <p class="note">{t(words::NONE_MAPPED)}</p> }.into_any(),
                Some(Some(risk)) => view! { <Computed risk node=node.clone() /> }.into_any(),
            }}
        </section>
    }
}

#[component]
fn Computed(risk: Risk, node: Node) -> impl IntoView {
    let app = use_app();
    let disagreements = risk.disagreements(&node);
    let (areas, layers): (usize, Vec<u16>) =
        (risk.mapped.iter().map(|mapped| mapped.areas).sum(), risk.mapped.iter().map(|mapped| mapped.layer).collect());
    let is_in = !risk.lies_in.is_empty();
    let compared = move || {
        let language = app.language.get();
        let names: Vec<String> = layers.iter().map(|layer| layer_name(app, *layer)).collect();
        let names = names.join(separator(language));
        if is_in { words::looked_at(language, areas, &names) } else { words::nowhere(language, areas, &names) }
    };
    view! {
        {is_in.then(|| view! {
            <p>{t(words::LIES_IN)}</p>
            <ul class="stack">{risk.lies_in.into_iter().map(|found| view! { <Area found /> }).collect_view()}</ul>
        })}
        {disagreements.into_iter().map(|found| view! {
            <div class="notice caution"><Icon name="alert" /><div class="grow">{move || said(app.language.get(), found)}</div></div>
        }).collect_view()}
        <p class="note">{compared}</p>
    }
}

#[component]
fn Area(found: LiesIn) -> impl IntoView {
    let app = use_app();
    let LiesIn { hazard, class, depth, layer } = found;
    let area = move || area_words(app.language.get(), hazard, class, depth);
    view! {
        <li class="row top">
            <Icon name="alert" />
            <span class="grow"><strong class="name">{area}</strong><span class="note">{move || layer_name(app, layer)}</span></span>
        </li>
    }
}

/// What a source is called; of one that the pack does not list, its number.
fn layer_name(app: AppState, layer: u16) -> String {
    let language = app.language.get();
    let name = app.region.with(|region| Some(region.as_ref()?.manifest.layers.get(usize::from(layer))?.name.get(language).to_owned()));
    name.unwrap_or_else(|| layer.to_string())
}

fn said(language: Language, found: Disagreement) -> String {
    let name = |hazard| domain::hazard(hazard).get(language);
    match found {
        Disagreement::SaidSafe(hazard) => words::said_safe(language, name(hazard)),
        Disagreement::SaidFit(hazard) => words::said_fit(language, name(hazard)),
        Disagreement::SaidExposed(hazard) => words::said_exposed(language, name(hazard)),
    }
}
