//! Upkeep of nodes: without a node in the address all of them, the worst first; with one its eight items; with an item too what was
//! found, and the form.

mod checklist;
mod export;
mod form;
mod item;
mod list;
pub mod say;

use crate::locale::{common, upkeep as words};
use crate::part::permit::{Barrier, barrier};
use crate::state::{AppState, use_app};
use crate::words::t;
use checklist::NodeChecklist;
use civmesh_domain::body::Kind;
use civmesh_domain::id::NodeId;
use civmesh_domain::spatial::node::Node;
use civmesh_domain::spatial::upkeep::checklist::Checklist;
use civmesh_domain::spatial::upkeep::{Findings, Item, findings};
use item::ItemPage;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use list::Nodes;
pub use list::looks_after;
use std::collections::BTreeMap;

/// The screen.
#[component]
pub fn UpkeepPage() -> impl IntoView {
    let app = use_app();
    let query = use_query_map();
    let named = Memo::new(move |_| query.with(|query| query.get("node")));
    let item = Memo::new(move |_| query.with(|query| query.get("item")).and_then(|name| Item::named(&name)));
    let found: Memo<Option<Node>> = Memo::new(move |_| {
        let id = named.get()?.parse::<NodeId>().ok()?;
        app.region.with(|region| region.as_ref()?.node(&id).cloned())
    });
    let is_read = Memo::new(move |_| app.region.with(Option::is_some));
    // Only another node draws the page anew: what was entered stays when entries change.
    let shown = Memo::new(move |_| found.with(|found| found.as_ref().map(|node| node.id.clone())));
    move || match (named.with(Option::is_some), shown.get().and_then(|_| found.get_untracked()), item.get()) {
        (false, _, _) => view! { <Nodes /> }.into_any(),
        (true, Some(node), None) => view! { <NodeChecklist node /> }.into_any(),
        (true, Some(node), Some(item)) => view! { <ItemPage node item /> }.into_any(),
        (true, None, _) if is_read.get() => view! { <h1>{t(words::TITLE)}</h1><p class="note">{t(words::NO_NODE)}</p> }.into_any(),
        (true, None, _) => view! { <h1>{t(common::LOADING)}</h1> }.into_any(),
    }
}

/// What stands between this phone and reading a node's upkeep: it is for the node's staff and for coordinators.
pub fn reading(app: AppState, node: &NodeId) -> Option<Barrier> {
    barrier(app, Kind::PlaceChecked, node).filter(|barrier| *barrier != Barrier::OtherRole)
}

/// All that was said of the upkeep of nodes, as far as it is here.
pub fn use_findings(app: AppState) -> Memo<BTreeMap<NodeId, Findings>> {
    Memo::new(move |_| {
        let scene = app.region.with(|region| region.as_ref().map(|region| region.scene()));
        scene.map(|scene| app.judged.with(|judged| findings(judged.iter(), scene))).unwrap_or_default()
    })
}

/// The checklist of one node, kept up to date.
pub fn use_checklist(app: AppState, node: NodeId) -> Memo<Checklist> {
    let found = use_findings(app);
    Memo::new(move |_| found.with(|found| Checklist::of(found.get(&node), app.now.get())))
}
