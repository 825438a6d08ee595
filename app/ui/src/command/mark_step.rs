//! Marking a step of a run: done, skipped, or taken back.

use super::Failed;
use super::author::{Draft, write};
use crate::state::AppState;
use civmesh_domain::body::Body;
use civmesh_domain::id::{EventId, NodeId};
use civmesh_domain::part::PartKind;
use civmesh_domain::sop::run::StepMarked;

/// Marks a step. `marked.replaces` names the marks that the person saw. A note travels as a part.
pub async fn mark_step(app: AppState, node: NodeId, marked: StepMarked, note: &str) -> Result<EventId, Failed> {
    write(app, Draft::new(node, Body::StepMarked(marked)).with_text(PartKind::Text, note)).await
}
