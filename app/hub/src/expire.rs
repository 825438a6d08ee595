//! The end of parts: names, words and photos that are kept no longer go from a hub. Events stay, signature and all.
//!
//! On CouchDB they are purged: no trace stays, and a neighbour that still has one can't bring it back, because the validation function
//! refuses what has expired from replicators too. The embedded hub can't purge; there a tombstone stays that holds nothing but identifier
//! and revision.

use crate::couch::Couch;
use crate::documents::Leaf;
use crate::error::{HubError, Result};
use civmesh_domain::id::{EventId, RegionId};
use civmesh_domain::part::PartKind;
use civmesh_domain::unit::Millis;
use reqwest::Method;
use serde_json::{Map, Value, json};

/// So many parts are looked at or purged at once: CouchDB purges a hundred documents in one request.
const AT_ONCE: usize = 100;
/// A part has one revision. So many are removed before somebody should look what is going on.
const MOST_REVISIONS: usize = 16;

/// What was done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// Databases that were looked through.
    pub databases: usize,
    /// Parts that are there.
    pub parts: usize,
    /// Parts that were there and are gone.
    pub gone: usize,
}

/// The kind of part with this name.
fn kind_named(name: &str) -> Option<PartKind> {
    PartKind::ALL.into_iter().find(|kind| kind.name() == name)
}

/// When the event of this part was written, by the clock in its identifier; `None` for what is no part.
fn written(id: &str) -> Option<Millis> {
    let mut fields = id.strip_prefix("part:")?.split(':');
    let event: EventId = fields.nth(1)?.parse().ok()?;
    Some(event.clock().millis())
}

fn has_passed(written: Millis, days: u32, now: Millis) -> bool {
    written.0.saturating_add(u64::from(days) * Millis::DAY) < now.0
}

/// Whether this document is a part that is kept no longer `now`: as the validation functions have it.
pub fn has_expired(document: &Value, now: Millis) -> bool {
    let kind = document["kind"].as_str().and_then(kind_named);
    let written = document["_id"].as_str().and_then(written);
    matches!((kind, written), (Some(kind), Some(written)) if has_passed(written, kind.retention_days(), now))
}

/// Whether the document with this identifier could have expired `now`, whatever kind of part it is.
fn may_have_expired(id: &str, now: Millis) -> bool {
    let shortest = PartKind::ALL.into_iter().map(PartKind::retention_days).min().unwrap_or_default();
    written(id).is_some_and(|written| has_passed(written, shortest, now))
}

/// Removes what has expired `now` from all databases of this region.
///
/// # Errors
/// No answer, or a hub that does not let us. What was removed stays removed, and the rest follows when it is done again.
pub async fn expire(hub: &Couch, region: RegionId, now: Millis) -> Result<Outcome> {
    let mut outcome = Outcome::default();
    for database in hub.databases(region).await? {
        let ids = part_ids(hub, &database).await?;
        let (old, young): (Vec<&String>, Vec<&String>) = ids.iter().partition(|id| may_have_expired(id, now));
        outcome.databases += 1;
        outcome.parts += young.len();
        let mut gone = 0;
        for some in old.chunks(AT_ONCE) {
            let removed = remove_expired(hub, &database, some, now).await?;
            outcome.parts += some.len() - removed;
            gone += removed;
        }
        if gone > 0 {
            // Until it is compacted, the file still holds what is no longer there.
            hub.post(&[&database, "_compact"], &json!({})).await?;
        }
        outcome.gone += gone;
    }
    Ok(outcome)
}

async fn part_ids(hub: &Couch, database: &str) -> Result<Vec<String>> {
    let range = [("startkey", "\"part:\""), ("endkey", "\"part;\"")];
    let answer = hub.get_with(&[database, "_all_docs"], &range).await?;
    let rows = answer["rows"].as_array().map(Vec::as_slice).unwrap_or_default();
    Ok(rows.iter().filter_map(|row| row["id"].as_str().map(str::to_owned)).collect())
}

/// Removes what has expired of these, and says how many those were.
async fn remove_expired(hub: &Couch, database: &str, ids: &[&String], now: Millis) -> Result<usize> {
    let expired = expired_of(hub, database, ids, now).await?;
    let (first, mut left) = (expired.len(), expired);
    // Whoever pushed a part under two revisions would have the second one come to light when the first is gone.
    for _ in 0..MOST_REVISIONS {
        if left.is_empty() {
            return Ok(first);
        }
        remove(hub, database, left).await?;
        left = expired_of(hub, database, ids, now).await?;
    }
    if left.is_empty() { Ok(first) } else { Err(incomplete(database, left.len())) }
}

async fn expired_of(hub: &Couch, database: &str, ids: &[&String], now: Millis) -> Result<Vec<Leaf>> {
    let answer = hub.post_with(&[database, "_all_docs"], &[("include_docs", "true")], &json!({ "keys": ids })).await?;
    let rows = answer.body["rows"].as_array().map(Vec::as_slice).unwrap_or_default();
    let expired = rows.iter().map(|row| &row["doc"]).filter(|document| has_expired(document, now));
    Ok(expired.filter_map(|document| Some((document["_id"].as_str()?.to_owned(), document["_rev"].as_str()?.to_owned()))).collect())
}

async fn remove(hub: &Couch, database: &str, leaves: Vec<Leaf>) -> Result<()> {
    if leaves.is_empty() {
        return Ok(());
    }
    let wanted: Map<String, Value> = leaves.iter().map(|(id, revision)| (id.clone(), json!([revision]))).collect();
    let (status, text) = hub.ask(Method::POST, &[database, "_purge"], Some(&Value::Object(wanted))).await?;
    let answer = match crate::couch::read(&format!("purge from {database}"), status, &text) {
        // What the embedded hub says to what it does not know.
        Err(HubError::Refused { status: 400, reason, .. }) if reason == "only_multipart_accepted" => {
            return bury(hub, database, leaves).await;
        }
        answer => answer?,
    };
    let purged = answer.body["purged"].as_object().map(Map::len).unwrap_or_default();
    if purged == leaves.len() { Ok(()) } else { Err(incomplete(database, leaves.len() - purged.min(leaves.len()))) }
}

/// Deletes, where nothing can be purged: tombstones stay.
async fn bury(hub: &Couch, database: &str, leaves: Vec<Leaf>) -> Result<()> {
    let deletions: Vec<Value> = leaves.iter().map(|(id, revision)| json!({ "_id": id, "_rev": revision, "_deleted": true })).collect();
    let answer = hub.post(&[database, "_bulk_docs"], &json!({ "docs": deletions })).await?;
    let left = answer.body.as_array().into_iter().flatten().filter(|row| row["error"].is_string()).count();
    if left == 0 { Ok(()) } else { Err(incomplete(database, left)) }
}

fn incomplete(database: &str, left: usize) -> HubError {
    HubError::Argument(format!("{left} expired parts are still in {database}; run this again"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const WRITTEN: u64 = 1_800_000_000_000;

    fn part(kind: &str) -> Value {
        let clock = civmesh_domain::clock::Clock::new(Millis(WRITTEN), 0);
        let mut id = [9; 32];
        id[..8].copy_from_slice(&clock.to_bytes());
        json!({ "_id": format!("part:seat-1:{}:0", EventId(id)), "kind": kind })
    }

    #[test]
    fn a_part_expires_by_its_kind_a_millisecond_after_its_last_one() {
        for kind in PartKind::ALL {
            let end = WRITTEN + u64::from(kind.retention_days()) * Millis::DAY;
            assert!(!has_expired(&part(kind.name()), Millis(end)), "{kind:?}");
            assert!(has_expired(&part(kind.name()), Millis(end + 1)), "{kind:?}");
        }
        assert!(!may_have_expired(part("text")["_id"].as_str().unwrap(), Millis(WRITTEN + 30 * Millis::DAY)));
        assert!(may_have_expired(part("text")["_id"].as_str().unwrap(), Millis(WRITTEN + 31 * Millis::DAY)));
    }

    #[test]
    fn nothing_but_a_part_expires() {
        let mut event = part("photo");
        event["_id"] = json!(event["_id"].as_str().unwrap().replace("part:", "event:"));
        for document in [event, part("voice"), Value::Null, json!({ "_id": "part:", "kind": "photo" })] {
            assert!(!has_expired(&document, Millis(u64::MAX)), "{document}");
        }
    }
}
