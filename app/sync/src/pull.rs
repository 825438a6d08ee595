//! Pull: pages of changes, each kept in one transaction with the checkpoint that follows it.
//!
//! The hub's sequence values are opaque JSON. A database that was made anew is read from the beginning: taking in what is here already
//! changes nothing.

use crate::document::{Change, read};
use crate::engine::{Progress, Round, RoundReport};
use crate::error::{Result, SyncError};
use crate::hub::{Hub, Request};
use crate::line::Line;
use civmesh_domain::event::Event;
use civmesh_domain::routing::Database;
use civmesh_domain::unit::Millis;
use civmesh_store::Store;
use civmesh_store::record::{Document, EventRow, Page, Source};
use serde_json::{Value, json};
use std::collections::VecDeque;

/// Documents in a page.
const PAGE: usize = 1_000;
/// Over a link that breaks off in the middle of a page, no page is smaller.
const SMALLEST_PAGE: usize = 50;
/// Signatures verified in a row, before the screen gets its turn.
const VERIFIED_IN_A_ROW: usize = 50;
/// How long it is taken for granted that a database is the one it was, in milliseconds.
const SAME_FOR: u64 = 10 * Millis::MINUTE;
const META_PAGE: &str = "pull-page";

/// A page as it came.
struct Fetched {
    lines: Vec<Value>,
    last: Value,
    more: bool,
}

/// One round's pulling.
pub(crate) struct Pull<'p, 'r, S, H> {
    pub(crate) round: &'p mut Round<'r, S, H>,
    pub(crate) line: &'p mut Line<'r, H>,
    pub(crate) report: &'p mut RoundReport,
}

impl<S: Store, H: Hub> Pull<'_, '_, S, H> {
    /// Pulls all these databases: first a page of each, then the rest, so that no database waits for the longest.
    ///
    /// # Errors
    /// What ends the round. A database that can't be read does not.
    pub(crate) async fn run(&mut self, databases: &[Database]) -> Result<()> {
        (self.round.progress)(Progress::PullStart);
        let before = self.report.pulled;
        let limit = self.page_size().await?;
        let result = self.pull(databases, limit).await;
        if matches!(result, Err(SyncError::Unreachable(_))) && limit > SMALLEST_PAGE {
            self.keep_page_size(limit / 2).await?;
        } else if result.is_ok() && limit < PAGE {
            self.keep_page_size(limit * 2).await?;
        }
        (self.round.progress)(Progress::PullDone { docs: self.report.pulled - before });
        result
    }

    async fn pull(&mut self, databases: &[Database], limit: usize) -> Result<()> {
        let mut unfinished = VecDeque::new();
        for database in databases {
            match self.first_page(database, limit).await {
                Ok(more) => unfinished.extend(more.map(|page| (database, page))),
                Err(error) => self.pass_over(error)?,
            }
        }
        while let Some((database, page)) = unfinished.pop_front() {
            if let Err(error) = self.rest(database, page, limit).await {
                self.pass_over(error)?;
            }
        }
        Ok(())
    }

    fn pass_over(&mut self, error: SyncError) -> Result<()> {
        if error.ends_round() {
            return Err(error);
        }
        self.report.troubles.push(error);
        Ok(())
    }

    /// Takes in the first page; returns the checkpoint behind it if there is more.
    async fn first_page(&mut self, database: &Database, limit: usize) -> Result<Option<Value>> {
        let name = database.to_string();
        let (since, note) = self.starting_point(&name).await?;
        let page = match self.fetch(&name, since.as_ref(), limit).await {
            Err(SyncError::Busy(400)) if since.is_some() => self.fetch(&name, None, limit).await?,
            other => other?,
        };
        let page = match &since {
            Some(since) if page.lines.is_empty() && is_behind(&page.last, since) => self.fetch(&name, None, limit).await?,
            _ => page,
        };
        let more = page.more.then(|| page.last.clone());
        if Some(&page.last) != since.as_ref() || !page.lines.is_empty() {
            let read = self.read(database, page).await;
            self.merge(read).await?;
        }
        if note.is_some() {
            self.round.store.set_meta(&meta_instance(&name), note).await?;
        }
        Ok(more)
    }

    /// Takes in all further pages; while one is read and kept, the next is on its way.
    async fn rest(&mut self, database: &Database, since: Value, limit: usize) -> Result<()> {
        let name = database.to_string();
        let mut page = self.fetch(&name, Some(&since), limit).await?;
        loop {
            let since = page.last.clone();
            if !page.more {
                let read = self.read(database, page).await;
                return self.merge(read).await;
            }
            let Self { round, line, report } = self;
            let ahead = fetch(line, &name, Some(&since), limit);
            let kept = async {
                let read = read_page(round, report, database, page).await;
                merge(round, report, read).await
            };
            let (next, kept) = futures::join!(ahead, kept);
            kept?;
            page = next?;
        }
    }

    async fn fetch(&mut self, database: &str, since: Option<&Value>, limit: usize) -> Result<Fetched> {
        fetch(self.line, database, since, limit).await
    }

    async fn read(&mut self, database: &Database, page: Fetched) -> Page {
        read_page(self.round, self.report, database, page).await
    }

    async fn merge(&mut self, page: Page) -> Result<()> {
        merge(self.round, self.report, page).await
    }

    /// The checkpoint to go on from, none where the hub has another database under this name than it had; and what to note of the
    /// database once a page of it was kept.
    async fn starting_point(&mut self, database: &str) -> Result<(Option<Value>, Option<Value>)> {
        let checkpoint = self.round.store.checkpoint(database).await?;
        let known = self.round.store.meta(&meta_instance(database)).await?.unwrap_or_default();
        let now = (self.round.now)();
        let asked = Millis(known["asked"].as_u64().unwrap_or_default());
        if asked <= now && asked.age(now) < SAME_FOR {
            return Ok((checkpoint, None));
        }
        let response = self.line.ask(Request::get(format!("/{database}"))).await?;
        let Some(info) = response.json().filter(|info| response.status == 200 && info["db_name"].is_string()) else {
            return Err(response.trouble(database));
        };
        let instance = &info["instance_start_time"];
        let is_new = known["instance"].is_string() && known["instance"] != *instance;
        Ok((checkpoint.filter(|_| !is_new), Some(json!({ "instance": instance, "asked": now }))))
    }

    async fn page_size(&self) -> Result<usize> {
        let kept = self.round.store.meta(META_PAGE).await?.and_then(|value| value.as_u64());
        Ok(kept.map_or(PAGE, |kept| (kept as usize).clamp(SMALLEST_PAGE, PAGE)))
    }

    async fn keep_page_size(&self, limit: usize) -> Result<()> {
        let value = (limit < PAGE).then(|| limit.max(SMALLEST_PAGE).into());
        Ok(self.round.store.set_meta(META_PAGE, value).await?)
    }
}

fn meta_instance(database: &str) -> String {
    format!("pull-instance:{database}")
}

async fn fetch<H: Hub>(line: &mut Line<'_, H>, database: &str, since: Option<&Value>, limit: usize) -> Result<Fetched> {
    let mut path = format!("/{database}/_changes?include_docs=true&limit={limit}&seq_interval={limit}");
    if let Some(since) = since {
        path.push_str("&since=");
        path.push_str(&encode(since));
    }
    let response = line.ask(Request::get(path)).await?;
    if response.status != 200 {
        return Err(response.trouble(database));
    }
    let mut json = response.json().ok_or(SyncError::NotTheHub)?;
    // Not by index: indexing for writing panics on what is not an object.
    let mut take = |name: &str| json.get_mut(name).map(Value::take);
    let (Some(last), Some(Value::Array(lines))) = (take("last_seq"), take("results")) else { return Err(SyncError::NotTheHub) };
    if last.is_null() {
        return Err(SyncError::NotTheHub);
    }
    Ok(Fetched { more: lines.len() >= limit, lines, last })
}

async fn read_page<S, H>(round: &Round<'_, S, H>, report: &mut RoundReport, database: &Database, page: Fetched) -> Page {
    let (name, realm, region) = (database.to_string(), database.realm(), database.region());
    let received = (round.now)();
    let row = |event: Event| EventRow { intact: event.is_intact(), event, source: Source::Hub, received };
    let mut read_in = Page { checkpoint: Some((name.clone(), page.last)), ..Page::default() };
    let mut verified = 0;
    for mut line in page.lines {
        match read(realm, region, &mut line) {
            Change::Event(event) => read_in.events.push(row(event)),
            Change::Part(part) => read_in.parts.push(part),
            Change::Head(event, id, body) => {
                read_in.events.push(row(event));
                read_in.documents.push(Document { database: name.clone(), id, body, received });
            }
            Change::Registry(id, body) => read_in.documents.push(Document { database: name.clone(), id, body, received }),
            Change::Gone(id) => read_in.gone.push((name.clone(), id)),
            Change::Internal => continue,
            Change::Bad(id) => {
                report.skipped.push(format!("{name}/{id}"));
                continue;
            }
        }
        report.pulled += 1;
        if read_in.events.len() >= verified + VERIFIED_IN_A_ROW {
            verified = read_in.events.len();
            (round.pause)().await;
        }
    }
    read_in
}

async fn merge<S: Store, H>(round: &mut Round<'_, S, H>, report: &mut RoundReport, page: Page) -> Result<()> {
    let documents = page.documents.len() + page.gone.len() + page.parts.len();
    let new = round.store.merge(page).await?;
    (round.progress)(Progress::Merged { events: new.len(), documents });
    report.new_events.extend(new);
    Ok(())
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
