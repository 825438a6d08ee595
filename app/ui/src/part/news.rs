//! The news of a node's state: who vouches for it, how old it is, and what must be said of it.

use super::badge::{Age, Proof};
use crate::locale::find;
use crate::state::{AppState, use_app};
use crate::words::t;
use civmesh_domain::id::NodeId;
use civmesh_domain::information::status::StatusView;
use civmesh_domain::personnel::trust::Verdict;
use leptos::prelude::*;

/// Proof and age of what `status` says of `node`, with a warning where it can't be relied on.
#[component]
pub fn News(node: NodeId, status: Memo<Option<StatusView>>) -> impl IntoView {
    let app = use_app();
    move || {
        let Some(status) = status.get() else {
            return view! { <p class="note">{t(find::NO_NEWS)}</p> }.into_any();
        };
        let verdict = verdict_of(app, &node, &status);
        let age = if status.ahead {
            view! { <span class="note stale">{t(find::AGE_NOT_KNOWN)}</span> }.into_any()
        } else {
            view! { <Age at=status.at /> }.into_any()
        };
        let doubt = match status {
            StatusView { verified: false, .. } => Some(find::UNVERIFIED_NEWS),
            StatusView { fresh: false, ahead: false, .. } => Some(find::STALE_OPEN),
            _ => None,
        };
        view! {
            <p class="line news">{verdict.map(|verdict| view! { <Proof verdict /> })}{age}</p>
            {doubt.map(|doubt| view! { <p class="note">{t(doubt)}</p> })}
        }
        .into_any()
    }
}

/// What is thought of the statement that is shown.
fn verdict_of(app: AppState, node: &NodeId, status: &StatusView) -> Option<Verdict> {
    app.statuses.with(|board| board.get(node)?.iter().find(|statement| statement.id == status.id).map(|statement| statement.verdict))
}
