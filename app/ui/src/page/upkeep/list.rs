//! All nodes, the worst first: for coordinators those that have agreed or of which anything was entered, for managers their own.

use super::export::TakeAway;
use super::{say, use_findings};
use crate::locale::{common, domain, more, records, upkeep as words};
use crate::page::people::is_coordinator;
use crate::part::icon::Icon;
use crate::state::{AppState, use_app};
use crate::words::{t, tt};
use civmesh_domain::governance::Standing;
use civmesh_domain::id::NodeId;
use civmesh_domain::personnel::role::Role;
use civmesh_domain::spatial::node::Node;
use civmesh_domain::spatial::upkeep::Findings;
use civmesh_domain::spatial::upkeep::checklist::Checklist;
use leptos::prelude::*;
use leptos_router::components::A;
use std::collections::BTreeMap;
use std::sync::Arc;

/// So many are listed at first, and more with each press.
const LISTED: usize = 40;

/// A node with its checklist.
#[derive(Clone, Debug, PartialEq)]
pub struct Kept {
    /// The node.
    pub node: Node,
    /// Its items.
    pub list: Checklist,
}

/// Whether this phone's seat looks after nodes of the region shown.
pub fn looks_after(app: AppState) -> bool {
    let shown = app.region.with(|region| region.as_ref().map(|region| region.manifest.region));
    app.seat.with(|seat| {
        seat.as_ref().is_some_and(|seat| (seat.has(Role::Manager) || seat.has(Role::Coordinator)) && Some(seat.region) == shown)
    })
}

/// The screen.
#[component]
pub fn Nodes() -> impl IntoView {
    let app = use_app();
    view! {
        <A href="/more" attr:class="back"><Icon name="back" />{t(more::TITLE)}</A>
        <div class="page-head">
            <h1>{t(words::LIST_TITLE)}</h1>
            <p class="note">{t(words::LIST_NOTE)}</p>
        </div>
        {move || if looks_after(app) {
            view! { <Lists /> }.into_any()
        } else {
            view! {
                <div class="notice">
                    <Icon name="key" />
                    <div class="grow">
                        <p>{t(words::ONLY_STAFF)}</p>
                        <A href="/seat" attr:class="button">{t(common::TAKE_SEAT)}</A>
                    </div>
                </div>
            }.into_any()
        }}
    }
}

fn kept(app: AppState, found: &BTreeMap<NodeId, Findings>) -> Vec<Kept> {
    let Some(region) = app.region.get() else { return Vec::new() };
    let (all, own, now) = (is_coordinator(app), app.seat.get().map(|seat| seat.nodes()).unwrap_or_default(), app.now.get());
    let is_kept = |node: &&Node| match all {
        true => node.standing != Standing::Proposed || found.contains_key(&node.id),
        false => own.contains(&node.id),
    };
    let nodes = region.nodes().iter().filter(is_kept);
    let mut kept: Vec<Kept> = nodes.map(|node| Kept { list: Checklist::of(found.get(&node.id), now), node: node.clone() }).collect();
    kept.sort_by(|a, b| a.list.worse(&b.list).then_with(|| a.node.id.cmp(&b.node.id)));
    kept
}

#[component]
fn Lists() -> impl IntoView {
    let app = use_app();
    let found = use_findings(app);
    let kept = Memo::new(move |_| Arc::new(found.with(|found| kept(app, found))));
    let most = RwSignal::new(LISTED);
    view! {
        {move || if kept.with(|kept| kept.is_empty()) {
            view! {
                <div class="empty">
                    <Icon name="checklist" />
                    <h2>{t(words::LIST_NONE)}</h2>
                    <p class="note">{t(words::LIST_NONE_NOTE)}</p>
                </div>
            }.into_any()
        } else {
            view! {
                <ul class="rows">
                    {kept.get().iter().take(most.get()).cloned().map(|kept| view! { <Row kept /> }).collect_view()}
                </ul>
                {(kept.with(|kept| kept.len()) > most.get()).then(|| view! {
                    <button class="button wide" type="button" on:click=move |_| most.update(|most| *most += LISTED)>{t(records::MORE_ROWS)}</button>
                })}
                <TakeAway kept />
            }.into_any()
        }}
    }
}

#[component]
fn Row(kept: Kept) -> impl IntoView {
    let app = use_app();
    let Kept { node, list } = kept;
    let (counted, aged, named) = (list.clone(), list.clone(), list);
    view! {
        <li>
            <A href=format!("/upkeep?node={}", node.id) attr:class="row top">
                <span class="grow">
                    <strong class="name">{tt(node.name)}</strong>
                    <span class="line">
                        <b>{move || say::met(app.language.get(), &counted)}</b>
                        <span class="note">{move || say::age(app, &aged)}</span>
                    </span>
                    {move || say::open(app.language.get(), &named).map(|open| view! { <span class="note">{open}</span> })}
                    <span class="note">{t(domain::standing(node.standing))}</span>
                </span>
                <Icon name="next" />
            </A>
        </li>
    }
}
