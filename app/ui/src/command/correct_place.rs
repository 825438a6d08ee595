//! Saying that a place's entry in the registry is wrong, and deciding about it.

use super::Failed;
use super::author::{Draft, write};
use crate::state::AppState;
use civmesh_domain::body::Body;
use civmesh_domain::id::{EventId, NodeId};
use civmesh_domain::part::PartKind;
use civmesh_domain::spatial::registry::{CorrectionSettled, PlaceCorrection, Settlement, Wrong};

/// Says what is wrong with `node`, with more in words.
pub async fn correct_place(app: AppState, node: NodeId, wrong: Wrong, words: &str) -> Result<EventId, Failed> {
    let body = Body::PlaceCorrection(PlaceCorrection { wrong });
    write(app, Draft::new(node, body).with_text(PartKind::Text, words)).await
}

/// Accepts or declines a correction of `node`.
pub async fn settle_correction(app: AppState, node: NodeId, correction: EventId, settlement: Settlement) -> Result<EventId, Failed> {
    write(app, Draft::new(node, Body::CorrectionSettled(CorrectionSettled { correction, settlement }))).await
}
