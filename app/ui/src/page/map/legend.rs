//! What the map's marks mean, and where its data comes from.

use super::shape::Sort;
use crate::locale::{danger, domain, map as words};
use crate::part::badge::StateBadge;
use crate::state::use_app;
use crate::words::t;
use civmesh_domain::information::status::NodeState;
use civmesh_domain::spatial::area::{Class, Depth};
use civmesh_domain::spatial::hazard::Hazard;
use civmesh_domain::text::Language;
use leptos::prelude::*;
use leptos_router::components::A;

const STATES: [Option<(NodeState, bool)>; 5] = [
    Some((NodeState::Open, true)),
    Some((NodeState::NearlyFull, true)),
    Some((NodeState::Full, true)),
    Some((NodeState::Closed, true)),
    None,
];

/// Forms, signs, hazard areas, sources.
#[component]
pub fn Legend(sorts: RwSignal<Vec<Sort>>) -> impl IntoView {
    let app = use_app();
    let form = |class: &'static str, label: crate::words::Words| view! { <li class="line"><span class=format!("form {class}") aria-hidden="true"></span>{t(label)}</li> };
    let sort = move |sort: Sort| {
        let class = format!("hatching hatching-{}", sort.class);
        view! { <li class="line"><span class=class aria-hidden="true"></span>{move || say(app.language.get(), &sort)}</li> }
    };
    let declared = move || {
        app.standing.with(|all| {
            let now = all.iter().any(|area| area.condition().is_now());
            (now, all.iter().any(|area| !area.condition().is_now()))
        })
    };
    let sources = move || {
        let region = app.region.get();
        let mut sources: Vec<String> =
            region.iter().flat_map(|region| &region.manifest.layers).map(|layer| layer.attribution.clone()).collect();
        let mut seen = std::collections::HashSet::new();
        sources.retain(|source| seen.insert(source.clone()));
        sources.into_iter().map(|source| view! { <li>{source}</li> }).collect_view()
    };
    view! {
        <section class="section legend">
            <h2>{t(words::LEGEND)}</h2>
            <ul class="stack">
                {form("shelter", words::SHELTER)}
                {form("air-raid", words::AIR_RAID)}
                {form("place", words::PLACE)}
                {form("origin", words::ORIGIN)}
            </ul>
            <p class="line states">{STATES.map(|said| view! { <StateBadge said /> }).into_iter().collect_view()}</p>
            <p class="note">{t(words::STATES)}</p>
            {move || (!sorts.read().is_empty()).then(|| view! { <h3 class="label">{t(words::AREAS)}</h3> })}
            <ul class="stack">{move || sorts.get().into_iter().map(sort).collect_view()}</ul>
            {move || Some(declared()).filter(|(now, expected)| *now || *expected).map(|(now, expected)| view! {
                <ul class="stack">
                    {now.then(|| view! { <li class="line"><span class="hatching declared-now" aria-hidden="true"></span>{t(danger::MAP_NOW)}</li> })}
                    {expected.then(|| view! { <li class="line"><span class="hatching declared-expected" aria-hidden="true"></span>{t(danger::MAP_EXPECTED)}</li> })}
                </ul>
            })}
            <p><A href="/danger">{t(danger::TITLE)}</A></p>
            <h3 class="label">{t(words::ATTRIBUTION)}</h3>
            <ul class="note">{sources}</ul>
        </section>
    }
}

/// A sort of hazard area in words.
pub fn say(language: Language, sort: &Sort) -> String {
    let depth = sort.depth.map(|(from_mm, to_mm)| Depth { from_mm, to_mm });
    area_words(language, sort.hazard, Class(sort.class), depth)
}

/// What a hazard area is called: by its depth, or where the source gives none by its class.
pub fn area_words(language: Language, hazard: Hazard, class: Class, depth: Option<Depth>) -> String {
    let hazard = domain::hazard(hazard).get(language);
    let metres = |mm: u32| (f64::from(mm) / 1000.0).to_string();
    match depth {
        Some(Depth { from_mm, to_mm: Some(to_mm) }) => words::depth(language, hazard, &metres(from_mm), &metres(to_mm)),
        Some(Depth { from_mm, to_mm: None }) => words::deeper(language, hazard, &metres(from_mm)),
        None => words::class(language, hazard, class.0),
    }
}
