//! A sheet over the page: one question, answered or closed.

use crate::words::{Words, t};
use leptos::html;
use leptos::prelude::*;

/// A sheet that shows while `open`. Escape closes it. What was typed in it should live outside of it, so that closing loses nothing.
#[component]
pub fn Sheet(
    /// Whether it shows.
    open: RwSignal<bool>,
    /// Its heading.
    title: Words,
    /// An identifier for its heading, unique on the page.
    id: &'static str,
    children: ChildrenFn,
) -> impl IntoView {
    let dialog = NodeRef::<html::Dialog>::new();
    Effect::new(move || {
        let Some(dialog) = dialog.get() else { return };
        match (open.get(), dialog.open()) {
            // A sheet that can't come up leaves the page as it is.
            (true, false) => drop(dialog.show_modal()),
            (false, true) => dialog.close(),
            _ => {}
        }
    });
    view! {
        <dialog class="sheet" node_ref=dialog aria-labelledby=id on:close=move |_| open.set(false)>
            <h2 id=id>{t(title)}</h2>
            <Show when=move || open.get()>{children()}</Show>
        </dialog>
    }
}
