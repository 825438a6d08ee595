//! Entering what was found when somebody looked at an item of a node's upkeep.

use super::Failed;
use super::author::{Beside, Draft, write};
use crate::state::AppState;
use civmesh_domain::body::Body;
use civmesh_domain::id::{EventId, NodeId};
use civmesh_domain::spatial::upkeep::PlaceChecked;
use civmesh_store::record::OutboxKey;

/// Enters what was found at `node`. It takes the place of refused records in the outbox.
pub async fn check_place(
    app: AppState,
    node: NodeId,
    checked: PlaceChecked,
    beside: Beside,
    replaces: Vec<OutboxKey>,
) -> Result<EventId, Failed> {
    write(app, Draft { replaces, ..Draft::new(node, Body::PlaceChecked(checked)).with(beside) }).await
}
