//! Filing a report.

use super::Failed;
use super::author::{Beside, Draft, write};
use crate::state::AppState;
use civmesh_domain::body::Body;
use civmesh_domain::id::{EventId, NodeId};
use civmesh_domain::information::report::Report;
use civmesh_store::record::OutboxKey;

/// Files a report about `node`. A correction takes the place of refused records in the outbox.
pub async fn file_report(app: AppState, node: NodeId, report: Report, beside: Beside, replaces: Vec<OutboxKey>) -> Result<EventId, Failed> {
    write(app, Draft { replaces, ..Draft::new(node, Body::Report(report)).with(beside) }).await
}
