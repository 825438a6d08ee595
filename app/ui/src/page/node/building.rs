//! What the building is fit for, what it is exposed to, and what it has. What nobody has said is written as unknown.

use crate::locale::{common, domain, node as words};
use crate::page::find::ask::HAZARDS;
use crate::part::icon::Icon;
use crate::state::use_app;
use crate::words::{Words, t};
use civmesh_domain::spatial::hazard::Hazard;
use civmesh_domain::spatial::node::{Known, Node};
use civmesh_domain::text::Language;
use leptos::prelude::*;

/// Hazards that are only ever a risk, never chosen.
const RISKS: [Hazard; 4] = [Hazard::Flood, Hazard::Landslide, Hazard::Tsunami, Hazard::Earthquake];

/// For which hazards people can be sent here, and what the place itself is exposed to.
#[component]
pub fn Fitness(node: Node) -> impl IntoView {
    let (fit, risk) = (node.fit, node.risk);
    let ruled_out = HAZARDS.map(|(hazard, _)| node.is_ruled_out_for(hazard));
    let fitness = HAZARDS.into_iter().zip(ruled_out).map(move |((hazard, _), ruled_out)| {
        let said = match fit.of(hazard) {
            Known::No => words::NOT_FIT,
            // Whatever its registry entry says of its fitness, the careful answer is no, with the reason.
            _ if risk.of(hazard) == Known::Yes => words::NOT_FIT_EXPOSED,
            _ if ruled_out => words::NOT_FIT_UNDERGROUND,
            Known::Yes => words::FIT,
            Known::Unknown => common::UNKNOWN,
        };
        view! { <dt>{t(domain::hazard(hazard))}</dt><dd><Sign said /></dd> }
    });
    let risks = RISKS.into_iter().map(move |hazard| {
        let said = match risk.of(hazard) {
            Known::Yes => words::EXPOSED,
            Known::No => words::NOT_EXPOSED,
            Known::Unknown => common::UNKNOWN,
        };
        view! { <dt>{t(domain::hazard(hazard))}</dt><dd><Sign said /></dd> }
    });
    view! {
        <section class="section">
            <h2>{t(words::FITNESS)}</h2>
            <dl class="facts">{fitness.collect_view()}</dl>
        </section>
        <section class="section">
            <h2>{t(words::RISK)}</h2>
            <dl class="facts">{risks.collect_view()}</dl>
        </section>
    }
}

/// A word with its sign: shape before colour.
#[component]
fn Sign(said: Words) -> impl IntoView {
    let icon = match said {
        words::FIT | words::NOT_EXPOSED => Some("check"),
        words::NOT_FIT | words::NOT_FIT_EXPOSED | words::NOT_FIT_UNDERGROUND => Some("close"),
        words::EXPOSED => Some("alert"),
        _ => None,
    };
    view! { <span class="line">{icon.map(|name| view! { <Icon name /> })}{t(said)}</span> }
}

/// What the building has.
#[component]
pub fn Building(node: Node) -> impl IntoView {
    let has = node.infrastructure;
    let known = |label: Words, fact: Known| view! { <dt>{t(label)}</dt><dd>{t(words::known(fact))}</dd> };
    view! {
        <section class="section">
            <h2>{t(words::BUILDING)}</h2>
            <dl class="facts">
                {known(words::STRUCTURE, has.structure)}
                <Count label=words::BACKUP count=has.backup_hours say=words::hours_of_power />
                {known(words::LIGHTING, has.lighting)}
                <Count label=words::WATER count=has.water_litres say=words::litres />
                <Count label=words::TOILETS count=has.toilets say=words::toilets />
                {known(words::STORAGE, has.storage)}
                {known(words::FIRST_AID, has.first_aid)}
            </dl>
        </section>
    }
}

/// A number with its unit; none is "no", not given is unknown.
#[component]
fn Count<N: Copy + Default + PartialEq + Send + Sync + 'static>(
    label: Words,
    count: Option<N>,
    say: fn(Language, N) -> String,
) -> impl IntoView {
    let app = use_app();
    let said = move || match count {
        None => common::UNKNOWN.get(app.language.get()).to_owned(),
        Some(none) if none == N::default() => words::NO.get(app.language.get()).to_owned(),
        Some(count) => say(app.language.get(), count),
    };
    view! { <dt>{t(label)}</dt><dd>{said}</dd> }
}
