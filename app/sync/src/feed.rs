//! The changes in the databases, page by page, as the hub has them.
//!
//! The hub's sequence values are opaque JSON. A database that was made anew is read from the beginning: taking in what is here already
//! changes nothing.

use crate::error::{Result, SyncError};
use crate::hub::{Hub, Request};
use crate::instance::{self, Note};
use crate::line::Line;
use civmesh_domain::routing::{Database, Realm};
use civmesh_domain::unit::Millis;
use civmesh_store::Store;
use futures::SinkExt;
use futures::channel::mpsc::Sender;
use serde_json::Value;
use std::collections::VecDeque;

/// Over a link that breaks off in the middle of a page, no page is smaller.
pub(crate) const SMALLEST_PAGE: usize = 50;
/// Where photos are, a document may weigh as much as a thousand others: so many times fewer of them come in a page.
const PHOTOS_WEIGH: usize = 10;
/// A page as it came.
pub(crate) struct Fetched {
    pub(crate) database: Database,
    pub(crate) lines: Vec<Value>,
    /// The hub's clock when it answered.
    pub(crate) date: Option<Millis>,
    /// The sequence value that follows the page.
    pub(crate) last: Value,
    /// Whether the database moved on since the value that was asked from.
    pub(crate) is_news: bool,
    /// What is to be noted once the page is kept.
    pub(crate) note: Option<Note>,
    more: bool,
}

/// The hub's changes in this round.
pub(crate) struct Feed<'f, 'r, S, H> {
    pub(crate) store: &'r S,
    pub(crate) line: &'f mut Line<'r, H>,
    pub(crate) now: &'r dyn Fn() -> Millis,
    /// Documents in a page.
    pub(crate) limit: usize,
    /// What was wrong with a database and did not end the round.
    pub(crate) troubles: Vec<SyncError>,
}

impl<S: Store, H: Hub> Feed<'_, '_, S, H> {
    /// Fetches all that is new: first a page of each database, then the rest in turn, so that no database waits for the longest. The next
    /// page is asked for as soon as the last one was taken from `pages`. Ends early where nobody takes them any more.
    ///
    /// # Errors
    /// What ends the round. A database that can't be read does not.
    pub(crate) async fn fetch_all(&mut self, databases: &[Database], mut pages: Sender<Fetched>) -> Result<()> {
        let mut unfinished: VecDeque<(&Database, Option<Value>)> = databases.iter().map(|database| (database, None)).collect();
        while let Some((database, since)) = unfinished.pop_front() {
            let page = match since {
                None => self.first_page(database).await,
                since => self.fetch(database, since.as_ref()).await,
            };
            match page {
                Ok(page) => {
                    unfinished.extend(page.more.then(|| (database, Some(page.last.clone()))));
                    if pages.send(page).await.is_err() {
                        return Ok(());
                    }
                }
                Err(error) if error.ends_round() => return Err(error),
                Err(error) => self.troubles.push(error),
            }
        }
        Ok(())
    }

    /// The page after the checkpoint, or the first of all where the hub can't go on from there.
    async fn first_page(&mut self, database: &Database) -> Result<Fetched> {
        let (since, note) = self.starting_point(&database.to_string()).await?;
        let page = match self.fetch(database, since.as_ref()).await {
            Err(SyncError::Busy(400)) if since.is_some() => self.fetch(database, None).await?,
            other => other?,
        };
        let page = match &since {
            Some(since) if page.lines.is_empty() && is_behind(&page.last, since) => self.fetch(database, None).await?,
            _ => page,
        };
        Ok(Fetched { note, ..page })
    }

    /// The checkpoint to go on from, none where the hub has another database under this name than it had; and what to note of the
    /// database once a page of it was kept.
    async fn starting_point(&mut self, database: &str) -> Result<(Option<Value>, Option<Note>)> {
        let checkpoint = self.store.checkpoint(database).await?;
        let note = instance::ask(self.store, self.line, instance::as_read(database), database, ((self.now)(), false)).await?;
        let is_another = note.as_ref().is_some_and(|note| note.is_another);
        Ok((checkpoint.filter(|_| !is_another), note))
    }

    async fn fetch(&mut self, database: &Database, since: Option<&Value>) -> Result<Fetched> {
        let (name, limit) = (database.to_string(), page_limit(self.limit, database));
        let mut path = format!("/{name}/_changes?include_docs=true&limit={limit}&seq_interval={limit}");
        if let Some(since) = since {
            path.push_str("&since=");
            path.push_str(&encode(since));
        }
        let response = self.line.ask(Request::get(path)).await?;
        if response.status != 200 {
            return Err(response.trouble(&name));
        }
        let mut json = response.json().ok_or(SyncError::NotTheHub)?;
        // Not by index: indexing for writing panics on what is not an object.
        let mut take = |name: &str| json.get_mut(name).map(Value::take);
        let (Some(last), Some(Value::Array(lines))) = (take("last_seq"), take("results")) else { return Err(SyncError::NotTheHub) };
        if last.is_null() {
            return Err(SyncError::NotTheHub);
        }
        let is_news = !lines.is_empty() || since != Some(&last);
        Ok(Fetched { database: database.clone(), date: response.date, more: lines.len() >= limit, lines, last, is_news, note: None })
    }
}

/// Documents in a page of `database`, where a page of small ones has `limit`.
fn page_limit(limit: usize, database: &Database) -> usize {
    if database.realm() == Realm::Node { (limit / PHOTOS_WEIGH).max(SMALLEST_PAGE) } else { limit }
}

/// Whether a sequence lies before another, where both begin with a number as they do in practice. Only a hint: wrong, it costs time.
fn is_behind(last: &Value, since: &Value) -> bool {
    let number = |value: &Value| match value {
        Value::Number(number) => number.as_u64(),
        Value::String(text) => text.split('-').next().and_then(|number| number.parse().ok()),
        _ => None,
    };
    matches!((number(last), number(since)), (Some(last), Some(since)) if last < since)
}

/// A sequence value as a query parameter: text as it is, anything else as JSON.
pub(crate) fn encode(since: &Value) -> String {
    let text = since.as_str().map_or_else(|| since.to_string(), str::to_owned);
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => encoded.push(char::from(byte)),
            _ => encoded.push_str(&format!("%{byte:02X}")),
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn sequences_travel_whatever_they_are() {
        let cases = [
            (json!(12), "12"),
            (json!("4-g1AA_-x"), "4-g1AA_-x"),
            (json!("a+b=c&d"), "a%2Bb%3Dc%26d"),
            (json!([1, "x"]), "%5B1%2C%22x%22%5D"),
        ];
        for (since, expected) in cases {
            assert_eq!(encode(&since), expected);
        }
    }
}
