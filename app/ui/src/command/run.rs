//! Starting a procedure at a node, and ending it.

use super::Failed;
use super::author::{Draft, write};
use crate::state::AppState;
use civmesh_domain::body::Body;
use civmesh_domain::id::{EventId, NodeId};
use civmesh_domain::sop::procedure::Procedure;
use civmesh_domain::sop::run::{Outcome, RunEnded, RunStarted};

/// Starts `procedure` at `node`, because of the trigger condition at this position or, without one, because somebody ordered it.
pub async fn start_run(app: AppState, node: NodeId, procedure: &Procedure, trigger: Option<u8>) -> Result<EventId, Failed> {
    let started = RunStarted { sop: procedure.id.clone(), version: procedure.version, trigger };
    write(app, Draft::new(node, Body::RunStarted(started))).await
}

/// Ends a run.
pub async fn end_run(app: AppState, node: NodeId, run: EventId, outcome: Outcome) -> Result<EventId, Failed> {
    write(app, Draft::new(node, Body::RunEnded(RunEnded { run, outcome }))).await
}
