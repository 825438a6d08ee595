//! The news of a node's state: who vouches for it, how old it is, and what must be said of it.

use super::badge::{Age, Vouched};
use crate::locale::find;
use crate::state::{AppState, use_app};
use crate::words::t;
use civmesh_domain::id::{DeviceKey, NodeId};
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
        let said = said_by(app, &node, &status);
        let doubt = match status {
            StatusView { verified: false, .. } => Some(find::UNVERIFIED_NEWS),
            StatusView { fresh: false, ahead: false, .. } => Some(find::STALE_OPEN),
            _ => None,
        };
        view! {
            <p class="line news">
                {match said {
                    Some((verdict, author)) => view! { <Vouched verdict author at=status.at /> }.into_any(),
                    None => view! { <Age at=status.at /> }.into_any(),
                }}
            </p>
            {doubt.map(|doubt| view! { <p class="note">{t(doubt)}</p> })}
        }
        .into_any()
    }
}

/// What is thought of the statement that is shown, and who made it.
fn said_by(app: AppState, node: &NodeId, status: &StatusView) -> Option<(Verdict, DeviceKey)> {
    app.statuses.with(|board| {
        let statement = board.get(node)?.iter().find(|statement| statement.id == status.id)?;
        Some((statement.verdict, statement.author))
    })
}
