//! The bar of places: five, at the bottom, within reach of a thumb.

use super::icon::Icon;
use crate::locale::common;
use crate::state::use_app;
use crate::words::{Words, t};
use leptos::prelude::*;
use leptos_router::components::A;
use leptos_router::hooks::use_location;

const PLACES: [(&str, &str, Words); 5] = [
    ("/", "pin", common::FIND),
    ("/check-in", "badge", common::CHECK_IN),
    ("/checklist", "checklist", common::CHECKLIST),
    ("/report", "report", common::REPORT),
    ("/more", "more", common::MORE),
];

/// The bar of places.
#[component]
pub fn Places() -> impl IntoView {
    view! {
        <nav class="places" aria-label=t(common::PLACES)>
            {PLACES.map(|(path, icon, words)| view! { <PlaceLink path icon words /> })}
        </nav>
    }
}

#[component]
fn PlaceLink(path: &'static str, icon: &'static str, words: Words) -> impl IntoView {
    let app = use_app();
    let at = use_location().pathname;
    let current = move || place_of(&at.get()) == path;
    let unsent = move || (path == "/more").then(|| app.unsent()).filter(|&count| count > 0);
    view! {
        <A href=path attr:aria-current=move || if current() { "page" } else { "false" }>
            <Icon name=icon />
            {t(words)}
            {move || unsent().map(|count| view! { <span class="count" aria-hidden="true">{count}</span> })}
        </A>
    }
}

/// Which of the five places a path belongs to.
fn place_of(path: &str) -> &'static str {
    let first = path.split('/').nth(1).unwrap_or_default();
    match first {
        "" | "map" | "node" | "place" | "going" => "/",
        "check-in" => "/check-in",
        "checklist" | "run" => "/checklist",
        "report" | "status" => "/report",
        _ => "/more",
    }
}
