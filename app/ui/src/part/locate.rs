//! The button that asks the phone where it is, and what came of it.

use super::here::{Locating, locate};
use super::icon::Icon;
use crate::locale::find;
use crate::state::use_app;
use crate::words::t;
use leptos::prelude::*;

/// The button. The phone asks for permission only when it is pressed.
#[component]
pub fn LocateButton(locating: RwSignal<Locating>, #[prop(optional)] quiet: bool) -> impl IntoView {
    let app = use_app();
    let busy = move || locating.get() == Locating::Busy;
    view! {
        <button class=if quiet { "button quiet" } else { "button" } type="button" aria-disabled=move || busy().to_string() on:click=move |_| locate(app, locating)>
            <Icon name="locate" />
            {t(find::USE_POSITION)}
        </button>
    }
}

/// What came of it: failures stay, success is only spoken.
#[component]
pub fn LocateOutcome(locating: RwSignal<Locating>) -> impl IntoView {
    let app = use_app();
    let words = move || locating.get().words().map(|words| words.get(app.language.get()));
    let class = move || match locating.get() {
        Locating::Failed(_) => "notice caution",
        Locating::Busy => "note",
        Locating::Idle | Locating::Found => "visually-hidden",
    };
    view! { <p role="status" class=class>{words}</p> }
}
