//! Filing a report.

use super::Failed;
use super::author::{Draft, write};
use crate::state::AppState;
use civmesh_domain::body::Body;
use civmesh_domain::id::{EventId, NodeId};
use civmesh_domain::information::report::Report;
use civmesh_domain::part::PartKind;
use civmesh_store::record::OutboxKey;

/// What travels beside a report.
#[derive(Clone, Debug, Default)]
pub struct Beside {
    /// Words.
    pub words: String,
    /// A photo, scaled down.
    pub photo: Option<Vec<u8>>,
}

/// Files a report about `node`. A correction takes the place of refused records in the outbox.
pub async fn file_report(app: AppState, node: NodeId, report: Report, beside: Beside, replaces: Vec<OutboxKey>) -> Result<EventId, Failed> {
    let mut draft = Draft::new(node, Body::Report(report)).with_text(PartKind::Text, &beside.words);
    if let Some(photo) = beside.photo {
        draft = draft.with_part(PartKind::Photo, photo);
    }
    write(app, Draft { replaces, ..draft }).await
}
