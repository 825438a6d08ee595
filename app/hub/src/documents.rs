//! The documents of a database with their revisions, page by page: what back-up, replication and the end of parts read and write.
//!
//! Nothing is asked for that a hub's gate would not let pass, so all of it works from outside too.

use crate::couch::Couch;
use crate::error::{HubError, Result};
use civmesh_domain::routing::{Database, Realm};
use reqwest::Method;
use serde_json::{Map, Value, json};

/// Documents in a page; where photos are, fewer.
const PAGE: usize = 500;
const PAGE_WITH_PHOTOS: usize = 20;
/// No batch is larger, in bytes of JSON, unless one document is. A gate takes twice as much.
const LARGEST_BATCH: usize = 4 * 1024 * 1024;

/// A document of which these revisions are at the end of a branch: more than one where hubs took different edits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// Its identifier.
    pub id: String,
    /// Its revisions.
    pub revisions: Vec<String>,
    /// Whether it was deleted.
    pub is_deleted: bool,
}

/// A page of the changes of a database.
#[derive(Clone, Debug, PartialEq)]
pub struct Page {
    /// What changed; documents of the hub itself are left out.
    pub named: Vec<Named>,
    /// The sequence value that follows: the hub's own, opaque.
    pub last: Value,
    /// Whether nothing more follows now.
    pub is_end: bool,
}

/// One revision of one document.
pub type Leaf = (String, String);

/// A document that a hub did not take, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotTaken {
    /// Its identifier.
    pub id: String,
    /// The hub's words.
    pub reason: String,
}

/// How many documents of this database are read at once.
pub fn page_size(database: &Database) -> usize {
    if database.realm() == Realm::Node { PAGE_WITH_PHOTOS } else { PAGE }
}

/// The next `limit` changes after `since`, or the first of all.
///
/// # Errors
/// No answer, or not that of a hub that lets us read.
pub async fn changes(hub: &Couch, database: &str, since: Option<&Value>, limit: usize) -> Result<Page> {
    let since = since.map(|since| since.as_str().map_or_else(|| since.to_string(), str::to_owned));
    let limit_word = limit.to_string();
    let mut parameters = vec![("style", "all_docs"), ("limit", limit_word.as_str())];
    parameters.extend(since.as_deref().map(|since| ("since", since)));
    let answer = hub.get_with(&[database, "_changes"], &parameters).await?;
    let nonsense = || HubError::Nonsense { doing: format!("read {database}/_changes"), status: 200 };
    let rows = answer["results"].as_array().ok_or_else(nonsense)?;
    let last = Some(&answer["last_seq"]).filter(|last| !last.is_null()).ok_or_else(nonsense)?;
    let named = rows.iter().map(|row| named(row).ok_or_else(nonsense)).collect::<Result<Vec<_>>>()?;
    let named = named.into_iter().filter(|named| !named.id.starts_with('_')).collect();
    Ok(Page { named, last: last.clone(), is_end: rows.len() < limit })
}

fn named(row: &Value) -> Option<Named> {
    let revisions = row["changes"].as_array()?.iter().map(|change| change["rev"].as_str().map(str::to_owned)).collect::<Option<_>>()?;
    Some(Named { id: row["id"].as_str()?.to_owned(), revisions, is_deleted: row["deleted"] == true })
}

/// Which of these a hub does not have.
///
/// # Errors
/// As [`changes`].
pub async fn missing(hub: &Couch, database: &str, named: &[Named]) -> Result<Vec<Leaf>> {
    if named.is_empty() {
        return Ok(Vec::new());
    }
    let question: Map<String, Value> = named.iter().map(|named| (named.id.clone(), json!(named.revisions))).collect();
    let answer = hub.post(&[database, "_revs_diff"], &Value::Object(question)).await?;
    let is_missing = |id: &str, revision: &String| answer.body[id]["missing"].as_array().is_some_and(|all| all.contains(&json!(revision)));
    let leaves = named.iter().flat_map(|named| named.revisions.iter().map(|revision| (named.id.clone(), revision.clone())));
    Ok(leaves.filter(|(id, revision)| is_missing(id, revision)).collect())
}

/// These revisions, as [`write`] wants them. One that is gone by now is left out.
///
/// # Errors
/// As [`changes`].
pub async fn read(hub: &Couch, database: &str, leaves: Vec<Leaf>) -> Result<Vec<Value>> {
    // What was written once has no history, and so it is nearly always: such documents come many at a time.
    let firsts: Vec<&str> = leaves.iter().filter(|(_, revision)| revision.starts_with("1-")).map(|(id, _)| id.as_str()).collect();
    let mut documents = Vec::new();
    if !firsts.is_empty() {
        let answer = hub.post_with(&[database, "_all_docs"], &[("include_docs", "true")], &json!({ "keys": firsts })).await?;
        let rows = answer.body["rows"].as_array().cloned().unwrap_or_default();
        documents = rows.into_iter().map(|mut row| row["doc"].take()).filter(Value::is_object).collect();
    }
    documents
        .retain(|document| leaves.iter().any(|(id, revision)| document["_id"] == id.as_str() && document["_rev"] == revision.as_str()));
    let is_there = |leaf: &Leaf| documents.iter().any(|document| document["_id"] == leaf.0.as_str() && document["_rev"] == leaf.1.as_str());
    let others: Vec<Leaf> = leaves.iter().filter(|leaf| !is_there(leaf)).cloned().collect();
    for (id, revision) in others {
        let parameters = [("rev", revision.as_str()), ("revs", "true")];
        match hub.get_with(&[database, &id], &parameters).await {
            Ok(document) => documents.push(document),
            Err(HubError::Refused { status: 404, .. }) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(documents)
}

/// Writes documents as they are, revisions and all; a repeat changes nothing. Returns those that the hub did not take.
///
/// # Errors
/// What keeps all of them from being written. What was written stays, and the rest follows when it is done again.
pub async fn write(hub: &Couch, database: &str, documents: Vec<Value>) -> Result<Vec<NotTaken>> {
    let mut not_taken = Vec::new();
    let mut batches = in_batches(documents);
    while let Some(mut batch) = batches.pop() {
        let body = json!({ "new_edits": false, "docs": batch });
        let (status, text) = hub.ask(Method::POST, &[database, "_bulk_docs"], Some(&body)).await?;
        match crate::couch::read(&format!("write to {database}"), status, &text) {
            Ok(answer) => not_taken.extend(answer.body.as_array().into_iter().flatten().filter_map(complaint)),
            // One bad document can fail all that came with it: it is looked for by halves.
            Err(HubError::Refused { status: 400 | 413, .. }) if batch.len() > 1 => {
                let half = batch.split_off(batch.len() / 2);
                batches.extend([half, batch]);
            }
            Err(HubError::Refused { status: 400 | 413, error, reason, .. }) => {
                let id = batch[0]["_id"].as_str().unwrap_or_default().to_owned();
                not_taken.push(NotTaken { id, reason: format!("{error}: {reason}") });
            }
            Err(error) => return Err(error),
        }
    }
    Ok(not_taken)
}

fn complaint(row: &Value) -> Option<NotTaken> {
    let error = row.get("error").filter(|error| !error.is_null())?;
    // A validation function's reason says all; other errors have a name that says more than their reason.
    let reason = row["reason"].as_str().filter(|_| error == "forbidden").map(str::to_owned);
    let reason = reason.unwrap_or_else(|| format!("{}: {}", error.as_str().unwrap_or("error"), row["reason"].as_str().unwrap_or_default()));
    Some(NotTaken { id: row["id"].as_str().unwrap_or_default().to_owned(), reason })
}

fn in_batches(documents: Vec<Value>) -> Vec<Vec<Value>> {
    let (mut batches, mut bytes): (Vec<Vec<Value>>, usize) = (Vec::new(), LARGEST_BATCH);
    for document in documents {
        let length = document.to_string().len();
        bytes += length;
        match batches.last_mut() {
            Some(batch) if bytes <= LARGEST_BATCH => batch.push(document),
            _ => {
                bytes = length;
                batches.push(vec![document]);
            }
        }
    }
    batches
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn batches_are_bounded_in_bytes() {
        let document = |bytes: usize| json!({ "x": "a".repeat(bytes - 8) });
        let lengths =
            |sizes: &[usize]| in_batches(sizes.iter().map(|&size| document(size)).collect()).iter().map(Vec::len).collect::<Vec<_>>();
        let half = LARGEST_BATCH / 2;
        assert_eq!(lengths(&[]), [0_usize; 0]);
        assert_eq!(lengths(&[half, half, 9]), [2, 1]);
        assert_eq!(lengths(&[LARGEST_BATCH + 1, 9, half, half]), [1, 2, 1]);
    }

    #[test]
    fn a_row_complains_in_the_hubs_own_words() {
        let row = |error: &str, reason: &str| complaint(&json!({ "id": "a", "error": error, "reason": reason })).map(|said| said.reason);
        assert_eq!(row("forbidden", "shape: no").as_deref(), Some("shape: no"));
        assert_eq!(row("unauthorized", "sign in first").as_deref(), Some("unauthorized: sign in first"));
        assert_eq!(complaint(&json!({ "ok": true, "id": "a", "rev": "1-a" })), None);
    }
}
