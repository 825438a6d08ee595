//! Checking somebody in, and out.

use super::Failed;
use super::author::{Draft, write};
use crate::state::AppState;
use civmesh_domain::body::Body;
use civmesh_domain::id::{EventId, NodeId};
use civmesh_domain::part::PartKind;
use civmesh_domain::personnel::check_in::{CheckIn, CheckOut};
use civmesh_store::record::OutboxKey;

/// Checks somebody in at `node`. The name, if given, travels as a part to the node's own database.
pub async fn check_in(app: AppState, node: NodeId, entry: CheckIn, name: &str, replaces: Vec<OutboxKey>) -> Result<EventId, Failed> {
    let draft = Draft::new(node, Body::CheckIn(entry)).with_text(PartKind::Person, name);
    write(app, Draft { replaces, ..draft }).await
}

/// Ends the duty that began with `check_in`.
pub async fn check_out(app: AppState, node: NodeId, check_in: EventId) -> Result<EventId, Failed> {
    write(app, Draft::new(node, Body::CheckOut(CheckOut { check_in }))).await
}
