//! What was agreed about the registry, put where everybody reads it once the hub has the settlement itself.
//!
//! A coordinator's phone notes which settlements everybody has to know, by the fold over what it has seen; a round puts each of them beside
//! the correction that it settles, as a document that is written once. So it does not matter which phone puts it, or how often: each does so once at every hub that it meets.

use crate::answer::{Row, Verdict, judge};
use crate::error::{Result, SyncError};
use crate::hub::{Hub, Request};
use crate::instance::met;
use crate::line::Line;
use crate::seat::Seat;
use civmesh_domain::body::Body;
use civmesh_domain::id::{EventId, RegionId};
use civmesh_domain::personnel::role::Role;
use civmesh_domain::routing::Database;
use civmesh_domain::spatial::registry::document::Agreement;
use civmesh_store::Store;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::collections::BTreeSet;

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

/// Publishes what was noted and was not put at this hub yet, so far as this seat may. Returns how many the hub took.
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
    let mut put = Put::read(store, seat.region).await?;
    let due = due(store, seat, &put).await?;
    if due.is_empty() {
        return Ok(0);
    }
    let docs: Vec<&Value> = due.iter().map(|(_, document)| document).collect();
    let body = json!({ "new_edits": false, "docs": docs }).to_string();
    let database = Database::Public(seat.region).to_string();
    let response = line.ask(Request::post(format!("/{database}/_bulk_docs"), body)).await?;
    let Verdict::Rows(rows) = judge(&response) else {
        troubles.push(response.trouble(&database));
        return Ok(0);
    };
    let has_landed = |document: &Value| document["_id"].as_str().and_then(|id| rows.get(id)).is_none_or(|row| *row == Row::Landed);
    let landed: Vec<EventId> = due.iter().filter(|(_, document)| has_landed(document)).map(|(id, _)| *id).collect();
    put.ids.extend(&landed);
    put.keep(store, seat.region).await?;
    Ok(landed.len())
}

/// What this phone has put, and at which hub: one that was restored from a back-up is another.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Put {
    hub: Value,
    ids: BTreeSet<EventId>,
}

impl Put {
    async fn read<S: Store>(store: &S, region: RegionId) -> Result<Self> {
        let hub = met(store).await?;
        let kept = store.meta(&meta_of_put(region)).await?.and_then(|kept| serde_json::from_value::<Self>(kept).ok());
        Ok(kept.filter(|kept| kept.hub == hub).unwrap_or(Self { hub, ids: BTreeSet::new() }))
    }

    async fn keep<S: Store>(&self, store: &S, region: RegionId) -> Result<()> {
        Ok(store.set_meta(&meta_of_put(region), Some(json!(self))).await?)
    }
}

/// The documents that are to be written: the hub has the settlement, and this phone has not put it there.
async fn due<S: Store>(store: &S, seat: &Seat, put: &Put) -> Result<Vec<(EventId, Value)>> {
    let mut noted = noted(store, seat.region).await?;
    noted.retain(|id| !put.ids.contains(id));
    if noted.is_empty() {
        return Ok(Vec::new());
    }
    let waiting: BTreeSet<EventId> = store.outbox().await?.into_iter().map(|row| row.key.event).collect();
    let mut due = Vec::new();
    for id in noted.into_iter().filter(|id| !waiting.contains(id)) {
        due.extend(agreement(store, id).await?.and_then(|agreement| Some((id, agreement.document()?))));
        if due.len() == AT_ONCE {
            break;
        }
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

fn meta_of_put(region: RegionId) -> String {
    format!("agreed-put:{region}")
}

fn meta(region: RegionId) -> String {
    format!("agreed:{region}")
}
