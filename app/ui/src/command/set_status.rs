//! Setting a node's state and what it offers.

use super::Failed;
use super::author::{Draft, write};
use crate::state::AppState;
use civmesh_domain::body::Body;
use civmesh_domain::id::{CheckWord, EventId, NodeId};
use civmesh_domain::information::status::{NodeState, NodeStatus};
use civmesh_domain::spatial::node::{Facts, Offer};
use civmesh_store::record::OutboxKey;
use leptos::prelude::*;

/// Says what `node` is and offers now, in place of every status of it that is shown here.
pub async fn set_status(
    app: AppState,
    node: NodeId,
    state: NodeState,
    offers: Facts<Offer>,
    replaces_rows: Vec<OutboxKey>,
) -> Result<EventId, Failed> {
    let seen = app.statuses.with_untracked(|board| board.get(&node).cloned()).unwrap_or_default();
    let replaces: Vec<CheckWord> = seen.iter().map(|statement| statement.id.check_word()).collect();
    let body = Body::NodeStatus(NodeStatus { state, offers, replaces });
    write(app, Draft { replaces: replaces_rows, ..Draft::new(node, body) }).await
}
