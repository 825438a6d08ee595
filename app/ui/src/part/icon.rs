//! Icons from the one sprite. Always beside words, so they are hidden from screen readers.

use leptos::prelude::*;

/// An icon by its name in `public/icons/ui.svg`.
#[component]
pub fn Icon(name: &'static str) -> impl IntoView {
    view! {
        <svg class="icon" aria-hidden="true">
            <use href=format!("/icons/ui.svg#{name}") />
        </svg>
    }
}
