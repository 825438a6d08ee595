//! Corrections of the registry: with a node in the address the form that says what is wrong, without one what coordinators decide about.

mod claim;
mod export;
mod form;
mod list;
pub mod new_place;
pub mod say;
mod sketch;
mod twin;

use crate::locale::{common, correction as words};
use crate::part::icon::Icon;
use crate::state::{AppState, use_app};
use crate::words::{t, tt};
use civmesh_domain::id::NodeId;
use civmesh_domain::spatial::node::Node;
use civmesh_domain::spatial::registry::{Registry, registry};
use claim::{ElsewhereNote, TakeClaim};
use form::CorrectionForm;
use leptos::prelude::*;
use leptos_router::components::A;
use leptos_router::hooks::use_query_map;
use list::{Corrections, Waiting};

/// The screen.
#[component]
pub fn CorrectionPage() -> impl IntoView {
    let query = use_query_map();
    let asked = Memo::new(move |_| query.with(|query| query.get("node")));
    view! {
        <ElsewhereNote />
        {move || match asked.get() {
            Some(node) => view! { <About node /> }.into_any(),
            None => view! { <Corrections /> }.into_any(),
        }}
    }
}

/// Whether this phone can write that a place is wrong: with a seat of the region, for whichever node. Whoever has none shows it to who has.
pub fn is_staff(app: AppState) -> bool {
    let region = app.region.with(|region| region.as_ref().map(|region| region.manifest.region));
    app.seat.with(|seat| seat.as_ref().is_some_and(|seat| Some(seat.region) == region))
}

/// The corrections as what is here has them.
pub fn use_registry(app: AppState) -> Memo<Registry> {
    Memo::new(move |_| {
        let scene = app.region.with(|region| region.as_ref().map(|region| region.scene()));
        scene.map(|scene| app.judged.with(|judged| registry(judged.iter(), scene))).unwrap_or_default()
    })
}

#[component]
fn About(node: String) -> impl IntoView {
    let app = use_app();
    let id = node.parse::<NodeId>().ok();
    let found: Memo<Option<Node>> =
        Memo::new(move |_| app.region.with(|region| region.as_ref().zip(id.as_ref()).and_then(|(region, id)| region.node(id).cloned())));
    let is_read = Memo::new(move |_| app.region.with(Option::is_some));
    // Only another node draws the form anew: what was entered stays when entries change.
    let shown = Memo::new(move |_| found.with(|found| found.as_ref().map(|node| node.id.clone())));
    move || match shown.get().and_then(|_| found.get_untracked()) {
        Some(node) => view! { <Form node /> }.into_any(),
        None if is_read.get() => view! { <h1>{t(words::TITLE)}</h1><p class="note">{t(words::NO_NODE)}</p> }.into_any(),
        None => view! { <h1>{t(common::LOADING)}</h1> }.into_any(),
    }
}

#[component]
fn Form(node: Node) -> impl IntoView {
    let app = use_app();
    let is_staff = Memo::new(move |_| is_staff(app));
    let id = node.id.clone();
    view! {
        <A href=format!("/node/{id}") attr:class="back"><Icon name="back" />{t(words::BACK)}</A>
        <div class="page-head">
            <h1>{t(words::TITLE)}</h1>
            <p><strong>{tt(node.name.clone())}</strong></p>
            <p class="note">{move || if is_staff.get() { words::INTRO } else { words::CLAIM_INTRO }.get(app.language.get())}</p>
        </div>
        <div class="columns">
            <CorrectionForm node=node.clone() is_staff />
            {move || is_staff.get().then(|| view! { <div><Waiting node=node.id.clone() /><TakeClaim /></div> })}
        </div>
    }
}
