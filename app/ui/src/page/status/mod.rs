//! Setting a node's state and what it offers now.

mod form;

use crate::locale::{common, status};
use crate::part::badge::{StateBadge, Vouched};
use crate::part::correction::{Corrected, Correction, CorrectionMissing, use_correction};
use crate::part::desk::{DeskBar, use_desk};
use crate::part::icon::Icon;
use crate::state::use_app;
use crate::words::t;
use civmesh_domain::body::Body;
use civmesh_domain::fold::{Statement, view};
use civmesh_domain::id::NodeId;
use civmesh_domain::information::status::NodeStatus;
use civmesh_domain::personnel::role::Role;
use civmesh_domain::personnel::trust::Verdict;
use form::StatusForm;
use leptos::prelude::*;
use leptos_router::components::A;

/// The screen.
#[component]
pub fn StatusPage() -> impl IntoView {
    let desk = use_desk();
    let Correction { found, missing, .. } = use_correction(|body| match body {
        Body::NodeStatus(status) => Some(status.clone()),
        _ => None,
    });
    let node = Memo::new(move |_| found.get().map(|corrected| corrected.node).or_else(|| desk.get()));
    view! {
        <div class="page-head">
            <h1>{t(status::TITLE)}</h1>
        </div>
        <CorrectionMissing missing words=status::NOT_TO_CORRECT />
        <DeskBar desk=node />
        {move || match node.get() {
            None => view! { <p class="note">{t(status::NO_NODE)}</p> }.into_any(),
            Some(node) => view! {
                <Said node=node.clone() />
                <Entrance node corrected=found.get() />
            }.into_any(),
        }}
    }
}

/// What the node says of itself now.
#[component]
fn Said(node: NodeId) -> impl IntoView {
    let app = use_app();
    let said: Memo<Vec<Statement<NodeStatus>>> =
        Memo::new(move |_| app.statuses.with(|board| board.get(&node).cloned()).unwrap_or_default());
    move || {
        let said = said.get();
        match view(&said, app.now.get_untracked()) {
            None => view! { <p class="note">{t(status::NOTHING_YET)}</p> }.into_any(),
            Some(seen) => {
                let (first, others) = (seen.first.statement.clone(), seen.others.len());
                view! {
                    <p class="line">
                        <span class="note">{t(status::NOW_SAYS)}</span>
                        <StateBadge said=Some((first.value.state, first.verdict == Verdict::Verified)) />
                        <Vouched verdict=first.verdict author=first.author at=first.at() />
                    </p>
                    {(others > 0).then(|| view! { <p class="note">{move || status::others(app.language.get(), others)}</p> })}
                }
                .into_any()
            }
        }
    }
}

/// The form for who may, and for everybody else what they can do instead.
#[component]
fn Entrance(node: NodeId, corrected: Option<Corrected<NodeStatus>>) -> impl IntoView {
    let app = use_app();
    move || {
        let seat = app.seat.get();
        let leads = seat.as_ref().is_some_and(|seat| seat.has(Role::Manager) || seat.has(Role::Coordinator));
        let may = leads && seat.as_ref().is_some_and(|seat| seat.is_for(&node));
        if may && !app.loaded.get() {
            return view! { <p class="note">{t(common::LOADING)}</p> }.into_any();
        }
        if may {
            return view! { <StatusForm node=node.clone() corrected=corrected.clone() /> }.into_any();
        }
        let report = format!("/report?node={node}");
        let reason = if seat.is_some() { status::MAY_NOT } else { status::NEEDS_SEAT };
        view! {
            <div class="notice caution"><Icon name="info" /><div class="grow">{t(reason)}</div></div>
            <div class="buttons">
                <A href=report attr:class="button primary lead">{t(status::TO_REPORT)}</A>
                {seat.is_none().then(|| view! { <A href="/seat" attr:class="button">{t(common::TAKE_SEAT)}</A> })}
            </div>
        }
        .into_any()
    }
}
