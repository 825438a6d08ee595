//! Everything else: seat, records, region, how the app looks, and how well it sits on this phone.

mod appearance;
mod phone;

use crate::locale::{badge, common, correction, coverage, danger, domain, lock, more, people, records, upkeep};
use crate::page::correction::{is_staff, use_registry};
use crate::page::people::is_coordinator;
use crate::page::upkeep::looks_after;
use crate::part::icon::Icon;
use crate::state::{AppState, use_app};
use crate::words::t;
use appearance::Appearance;
use civmesh_domain::spatial::danger::Area;
use leptos::prelude::*;
use leptos_router::components::A;
use phone::Phone;
use std::collections::BTreeSet;

/// The screen.
#[component]
pub fn More() -> impl IntoView {
    let app = use_app();
    let place = move |href: &'static str, icon: &'static str, say: fn(AppState) -> (String, String)| {
        view! {
            <li>
                <A href=href attr:class="row">
                    <Icon name=icon />
                    <span class="grow">
                        <strong class="name">{move || say(app).0}</strong>
                        <span class="note">{move || say(app).1}</span>
                    </span>
                    <Icon name="next" />
                </A>
            </li>
        }
    };
    view! {
        <div class="page-head"><h1>{t(more::TITLE)}</h1></div>
        <div class="columns">
            <ul class="rows">
                {place("/records", "cloud", records_row)}
                {place("/seat", "key", seat_row)}
                {place("/profiles", "key", profiles_row)}
                {place("/badge", "badge", badge_row)}
                {place("/people", "person", people_row)}
                {place("/danger", "alert", danger_row)}
                {place("/region", "map", region_row)}
                {move || is_coordinator(app).then(|| place("/coverage", "search", coverage_row))}
                {move || is_staff(app).then(|| place("/correction", "edit", correction_row))}
                {move || looks_after(app).then(|| place("/upkeep", "checklist", upkeep_row))}
                {place("/about", "info", about_row)}
            </ul>
            <div>
                <Appearance />
                <Phone />
            </div>
        </div>
    }
}

fn records_row(app: AppState) -> (String, String) {
    let language = app.language.get();
    let note = match app.unsent() {
        0 => more::RECORDS_NOTE.get(language).to_owned(),
        unsent => more::unsent(language, unsent),
    };
    (records::TITLE.get(language).to_owned(), note)
}

fn seat_row(app: AppState) -> (String, String) {
    let language = app.language.get();
    let Some(seat) = app.seat.get() else {
        return (common::TAKE_SEAT.get(language).to_owned(), more::SEAT_NONE_NOTE.get(language).to_owned());
    };
    let role = seat.role().map_or(common::UNKNOWN, domain::role).get(language);
    let nodes: Vec<String> = seat.nodes().iter().map(|node| app.node_name(node)).collect();
    let name = more::seat(language, role, seat.account.as_str());
    let note = if nodes.is_empty() { crate::locale::seat::ALL_NODES.get(language).to_owned() } else { nodes.join(" / ") };
    (name, note)
}

fn profiles_row(app: AppState) -> (String, String) {
    let language = app.language.get();
    let note = if app.is_locked() { lock::TITLE } else { lock::ROW_NOTE };
    (lock::PROFILES.get(language).to_owned(), note.get(language).to_owned())
}

fn badge_row(app: AppState) -> (String, String) {
    let language = app.language.get();
    (badge::TITLE.get(language).to_owned(), badge::ROW_NOTE.get(language).to_owned())
}

fn people_row(app: AppState) -> (String, String) {
    let language = app.language.get();
    (people::TITLE.get(language).to_owned(), people::ROW_NOTE.get(language).to_owned())
}

fn region_row(app: AppState) -> (String, String) {
    let language = app.language.get();
    let name = app.region.with(|region| region.as_ref().map(|region| region.manifest.name.get(language).to_owned()));
    let exercise = app.is_exercise().then(|| common::EXERCISE.get(language).to_owned());
    let kind = more::REGION.get(language).to_owned();
    let note = std::iter::once(kind).chain(exercise).collect::<Vec<_>>().join(if language == civmesh_domain::text::Language::Zh {
        "・"
    } else {
        " · "
    });
    (name.unwrap_or_else(|| more::NO_REGION.get(language).to_owned()), note)
}

fn danger_row(app: AppState) -> (String, String) {
    let language = app.language.get();
    let roots = |is_now: bool| {
        let roots =
            |all: &Vec<Area>| all.iter().filter(|area| area.condition().is_now() == is_now).map(Area::root).collect::<BTreeSet<_>>();
        app.standing.with(|all| roots(all).len())
    };
    let note = match (roots(true), roots(false)) {
        (0, 0) => danger::ROW_NONE.get(language).to_owned(),
        (now, expected) => danger::row(language, now, expected),
    };
    (danger::TITLE.get(language).to_owned(), note)
}

fn coverage_row(app: AppState) -> (String, String) {
    let language = app.language.get();
    (coverage::TITLE.get(language).to_owned(), coverage::ROW_NOTE.get(language).to_owned())
}

fn correction_row(app: AppState) -> (String, String) {
    let language = app.language.get();
    let open = use_registry(app).with(|registry| registry.open.values().map(Vec::len).sum());
    let note = if !is_coordinator(app) {
        correction::TAKE_CLAIM.get(language).to_owned()
    } else if open == 0 {
        correction::NONE.get(language).to_owned()
    } else {
        correction::to_decide(language, open)
    };
    (correction::LIST_TITLE.get(language).to_owned(), note)
}

fn upkeep_row(app: AppState) -> (String, String) {
    let language = app.language.get();
    (upkeep::LIST_TITLE.get(language).to_owned(), upkeep::LIST_ROW.get(language).to_owned())
}

fn about_row(app: AppState) -> (String, String) {
    let language = app.language.get();
    (more::ABOUT.get(language).to_owned(), more::version(language, env!("CARGO_PKG_VERSION")))
}
