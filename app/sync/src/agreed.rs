//! What was agreed about the registry, put where everybody reads it once the hub has the settlement itself.
//!
//! A coordinator's phone notes which settlements everybody has to know, by the fold over what it has seen; a round puts each of them beside
//! the correction that it settles, as a document that is written once. So it does not matter which phone puts it, or how often.

use crate::answer::{Row, Verdict, judge};
use crate::error::{Result, SyncError};
use crate::hub::{Hub, Request};
use crate::line::Line;
use crate::seat::Seat;
use civmesh_domain::body::Body;
use civmesh_domain::id::{EventId, RegionId};
use civmesh_domain::personnel::role::Role;
use civmesh_domain::routing::Database;
use civmesh_domain::spatial::registry::document::Agreement;
use civmesh_store::Store;
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// How the identifiers of such documents begin.
const PREFIX: &str = "registry:";
/// The most that are put in one round: what is left follows in the next.
const AT_ONCE: usize = 100;

/// Notes the settlements that everybody has to know, in place of those noted before.
///
/// # Errors
/// What the store says.
pub async fn note<S: Store>(store: &S, region: RegionId, settled: &BTreeSet<EventId>) -> Result<()> {
    if noted(store, region).await? != *settled {
        let value = (!settled.is_empty()).then(|| json!(settled));
        store.set_meta(&meta(region), value).await?;
    }
    Ok(())
}

/// Publishes what was noted and is not public yet, so far as this seat may. Returns how many the hub took.
///
/// # Errors
/// What ends the round. What could not be published stays noted.
pub(crate) async fn publish<S: Store, H: Hub>(
    store: &S,
    line: &mut Line<'_, H>,
    seat: &Seat,
    troubles: &mut Vec<SyncError>,
) -> Result<usize> {
    if !seat.roles.contains(Role::Coordinator) {
        return Ok(0);
    }
    let due = due(store, seat).await?;
    if due.is_empty() {
        return Ok(0);
    }
    let database = Database::Public(seat.region).to_string();
    let body = json!({ "new_edits": false, "docs": due }).to_string();
    let response = line.ask(Request::post(format!("/{database}/_bulk_docs"), body)).await?;
    match judge(&response) {
        Verdict::Rows(rows) => Ok(due.len() - rows.values().filter(|row| **row != Row::Landed).count()),
        _ => {
            troubles.push(response.trouble(&database));
            Ok(0)
        }
    }
}

/// The documents that are to be written: the hub has the settlement, and nobody has published it yet.
async fn due<S: Store>(store: &S, seat: &Seat) -> Result<Vec<Value>> {
    let noted = noted(store, seat.region).await?;
    if noted.is_empty() {
        return Ok(Vec::new());
    }
    let database = Database::Public(seat.region).to_string();
    let named = |id: &str| id.rsplit(':').next().and_then(|id| id.parse::<EventId>().ok());
    let public: BTreeSet<EventId> = store.documents(&database, PREFIX).await?.iter().filter_map(|document| named(&document.id)).collect();
    let waiting: BTreeSet<EventId> = store.outbox().await?.into_iter().map(|row| row.key.event).collect();
    let mut due = Vec::new();
    for id in noted.into_iter().filter(|id| !public.contains(id) && !waiting.contains(id)).take(AT_ONCE) {
        due.extend(agreement(store, id).await?.and_then(|agreement| agreement.document()));
    }
    Ok(due)
}

/// The settlement with its correction; `None` while one of them is not here, or is not what its author signed.
async fn agreement<S: Store>(store: &S, id: EventId) -> Result<Option<Agreement>> {
    let Some(settled) = store.event(id).await?.filter(|row| row.intact) else { return Ok(None) };
    let Body::CorrectionSettled(body) = &settled.event.core.body else { return Ok(None) };
    let Some(correction) = store.event(body.correction).await?.filter(|row| row.intact) else { return Ok(None) };
    Ok(Agreement::of(settled.event, correction.event))
}

async fn noted<S: Store>(store: &S, region: RegionId) -> Result<BTreeSet<EventId>> {
    let kept = store.meta(&meta(region)).await?;
    Ok(kept.and_then(|kept| serde_json::from_value(kept).ok()).unwrap_or_default())
}

fn meta(region: RegionId) -> String {
    format!("agreed:{region}")
}
