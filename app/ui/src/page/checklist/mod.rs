//! The checklist: what runs at a node, what can be started there, and what has ended.

mod list;
mod procedure;

use crate::part::desk::use_desk;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use list::Lists;
use procedure::OneProcedure;

/// The screen: lists, or with `?sop=…` one procedure to read and to start.
#[component]
pub fn Checklist() -> impl IntoView {
    let desk = use_desk();
    let query = use_query_map();
    let sop = Memo::new(move |_| query.with(|query| query.get("sop")));
    move || match sop.get() {
        Some(id) => view! { <OneProcedure id desk /> }.into_any(),
        None => view! { <Lists desk /> }.into_any(),
    }
}
