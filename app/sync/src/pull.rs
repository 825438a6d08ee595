//! Pull: pages of changes, each kept in one transaction with the checkpoint that follows it.
//!
//! Three steps work side by side, each on a page of its own: while one page is kept, the next one is read and the one after that is on its
//! way. They hand pages on one by one, so pages are kept in the order in which they came, at most three are in memory, and after one
//! that can't be kept no other is.

use crate::document::{Change, read};
use crate::engine::{Progress, Round, RoundReport};
use crate::error::{Result, SyncError};
use crate::feed::{Feed, Fetched, SMALLEST_PAGE};
use crate::hub::Hub;
use crate::instance::Note;
use crate::line::Line;
use civmesh_domain::event::Event;
use civmesh_domain::id::ReadingKey;
use civmesh_domain::routing::Database;
use civmesh_domain::unit::Millis;
use civmesh_store::Store;
use civmesh_store::record::{Document, EventRow, Page, Source};
use futures::channel::mpsc::{Receiver, Sender, channel};
use futures::future::LocalBoxFuture;
use futures::{SinkExt, StreamExt};
use serde_json::Value;

/// Documents in a page.
const PAGE: usize = 2_500;
/// After so long reading, in milliseconds, the screen gets its turn: below the 50 ms that a person notices, even where one signature takes
/// ten and the browser has something of its own to do.
const TURN: u64 = 12;
const META_PAGE: &str = "pull-page";

/// A page that was read.
#[derive(Default)]
struct Read {
    page: Page,
    pulled: usize,
    skipped: Vec<String>,
    database: String,
    note: Option<Note>,
}

/// One round's pulling.
pub(crate) struct Pull<'p, 'r, S, H> {
    pub(crate) round: &'p mut Round<'r, S, H>,
    pub(crate) line: &'p mut Line<'r, H>,
    pub(crate) report: &'p mut RoundReport,
}

impl<S: Store, H: Hub> Pull<'_, '_, S, H> {
    /// Pulls all these databases.
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
        let Self { round, line, report } = self;
        let at_rest = round.seat.and_then(|seat| seat.at_rest.as_ref());
        let (store, now, pause) = (round.store, round.now, round.pause);
        let mut feed = Feed { store, line, now, limit, troubles: Vec::new() };
        let (to_read, fetched) = channel(0);
        let (to_keep, read) = channel(0);
        let (fetching, reading) = (feed.fetch_all(databases, to_read), read_all(now, at_rest, pause, fetched, to_keep));
        let (fetched, (), kept) = futures::join!(fetching, reading, keep_all(round, report, read));
        report.troubles.append(&mut feed.troubles);
        kept.and(fetched)
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

/// Reads pages as they come, verifying what is signed, and gives the screen its turn meanwhile. Each page has the times of its own answer: a
/// phone whose clock is wrong, or becomes so in the middle of a round, would find parts expired that are not. Parts that come plain are kept sealed to
/// `at_rest`, if there is such a key.
async fn read_all(
    now: &dyn Fn() -> Millis,
    at_rest: Option<&ReadingKey>,
    pause: &dyn Fn() -> LocalBoxFuture<'static, ()>,
    mut pages: Receiver<Fetched>,
    mut to_keep: Sender<Read>,
) {
    while let Some(page) = pages.next().await {
        let received = now();
        let mut began = received;
        let mut read = Read::of(&page.database, page.last, page.is_news, page.note);
        let date = page.date.unwrap_or(received);
        (read.page.at, read.page.latest) = (date.min(received), date.max(received));
        for line in page.lines {
            read.add(&page.database, line, received, at_rest);
            // Whichever way the clock goes.
            if now().0.abs_diff(began.0) >= TURN {
                pause().await;
                began = now();
            }
        }
        if to_keep.send(read).await.is_err() {
            return;
        }
    }
}

impl Read {
    fn of(database: &Database, last: Value, is_news: bool, note: Option<Note>) -> Self {
        let database = database.to_string();
        let checkpoint = is_news.then(|| (database.clone(), last));
        Self { page: Page { checkpoint, ..Page::default() }, database, note, ..Self::default() }
    }

    /// Adds a line of the feed, verifying the signature if there is one.
    fn add(&mut self, database: &Database, mut line: Value, received: Millis, at_rest: Option<&ReadingKey>) {
        let (name, page) = (|| database.to_string(), &mut self.page);
        let came = page.latest;
        let row = |event: Event| EventRow { intact: event.is_intact(), event, source: Source::Hub, received: came };
        match read(database.realm(), database.region(), &mut line) {
            Change::Event(event) => page.events.push(row(event)),
            Change::Part(part) => page.parts.extend(match at_rest {
                Some(key) => part.kept_for(key),
                None => Some(part),
            }),
            Change::Head(event, id, body) => {
                page.events.push(row(event));
                page.documents.push(Document { database: name(), id, body, received });
            }
            Change::Agreed(agreement, id, body) => {
                page.events.extend([agreement.correction, agreement.settled].map(row));
                page.documents.push(Document { database: name(), id, body, received });
            }
            Change::Registry(id, body) => page.documents.push(Document { database: name(), id, body, received }),
            Change::Gone(id) => page.gone.push((name(), id)),
            Change::Internal => return,
            Change::Bad(id) => return self.skipped.push(format!("{}/{id}", name())),
        }
        self.pulled += 1;
    }
}

/// Keeps pages as they are read, and says so.
async fn keep_all<S: Store, H>(round: &mut Round<'_, S, H>, report: &mut RoundReport, mut pages: Receiver<Read>) -> Result<()> {
    while let Some(Read { page, pulled, skipped, database, note }) = pages.next().await {
        if page.checkpoint.is_some() {
            let documents = page.documents.len() + page.gone.len() + page.parts.len();
            let new = round.store.merge(page).await?;
            (round.progress)(Progress::Merged { events: new.len(), documents });
            report.new_events.extend(new);
        }
        if let Some(note) = note {
            note.keep(round.store, [database]).await?;
        }
        report.pulled += pulled;
        report.skipped.extend(skipped);
    }
    Ok(())
}
