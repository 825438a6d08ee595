//! Push: what waits in the outbox goes to the hub in batches, and leaves the outbox on the hub's receipt only.
//!
//! What counts as a receipt: the hub's answer to the batch itself, a 201 or 202 with an array in which the row is not complained of. Where that
//! answer was lost or could not be read, the row waits, and the next round first asks by `_revs_diff` what the hub has: that is a receipt too.
//! The question holds one revision that no hub can have, and an answer that does not call it missing is not a hub's. Where `_revs_diff` can't be
//! had, the batch is sent again: with `new_edits:false` and revisions made from identifiers a repeat changes nothing.

use crate::answer::{Poison, Row, Verdict, judge};
use crate::engine::{Progress, Round, RoundReport};
use crate::error::{Result, SyncError};
use crate::head;
use crate::hub::{Hub, Request, Response};
use crate::line::Line;
use crate::outgoing::{Half, Item, Lineup, gather};
use crate::schedule::pause;
use crate::seat::Seat;
use civmesh_domain::routing::Database;
use civmesh_domain::unit::Millis;
use civmesh_store::Store;
use civmesh_store::record::{OutboxKey, Outcome, Receipt};
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// A hub that fails so often in a row is left alone until the next round.
const MOST_STRIKES: u32 = 3;
/// So often a batch is halved in one round before the rest waits for the next.
const MOST_HALVINGS: u32 = 64;
/// Where it is not clear that the document itself is at fault, it is refused only after so many attempts.
const PATIENCE: u32 = 5;
/// A batch that took longer, in milliseconds, is not followed by a longer one: that one, four times as long, would still be answered well
/// before its request is given up.
const QUICK: u64 = 5_000;
/// What no hub has.
const NOWHERE: &str = "event:nowhere:nothing";
const NO_REVISION: &str = "1-00000000000000000000000000000000";

/// Documents that travel together.
struct Batch {
    items: Vec<Item>,
    /// The outbox says of them that they are on their way.
    marked: bool,
    /// They were sent before in this round, and what was in the way was seen to.
    resent: bool,
}

impl Batch {
    fn unsent(items: Vec<Item>) -> Self {
        Self { items, marked: false, resent: false }
    }
}

/// What a batch came to.
enum End {
    /// The hub judged its rows one by one.
    Judged,
    /// The hub took none of it for the sake of one; what is not settled is in other batches now.
    Parted,
    /// The hub is not well.
    Strike,
    /// Nothing more goes to this database in this round.
    Leave,
}

/// One round's pushing.
pub(crate) struct Push<'p, 'r, S, H> {
    pub(crate) round: &'p mut Round<'r, S, H>,
    pub(crate) line: &'p mut Line<'r, H>,
    pub(crate) seat: &'r Seat,
    pub(crate) report: &'p mut RoundReport,
}

impl<S: Store, H: Hub> Push<'_, '_, S, H> {
    /// Pushes one half of what is due.
    ///
    /// # Errors
    /// What ends the round: the network, the seat, the store. What is wrong with a row or a database does not.
    pub(crate) async fn run(&mut self, half: Half) -> Result<()> {
        let outgoing = gather(self.round, self.seat, half).await?;
        self.report.held.extend(&outgoing.held);
        let unfit = outgoing.unfit.iter().map(|unfit| (unfit.key, self.refused(unfit.code, unfit.reason))).collect();
        self.settle(unfit).await?;
        if outgoing.items.is_empty() {
            return Ok(());
        }
        head::note(self.round.store, self.seat, &outgoing.statuses, (self.round.now)()).await?;
        let (docs, before) = (outgoing.len(), self.report.pushed);
        (self.round.progress)(Progress::PushStart { docs });
        let mut result = Ok(());
        for (database, items) in outgoing.items {
            result = self.push_database(&database, items).await;
            if result.is_err() {
                break;
            }
        }
        (self.round.progress)(Progress::PushDone { docs: self.report.pushed - before });
        result
    }

    async fn push_database(&mut self, database: &Database, items: Vec<Item>) -> Result<()> {
        let name = database.to_string();
        let (mut lineup, mut queue) = (Lineup::of(items), VecDeque::new());
        let (mut strikes, mut halvings) = (0, MOST_HALVINGS);
        let mut result = Ok(());
        // What was sent already in this round goes before what was not.
        while let Some(batch) = queue.pop_front().or_else(|| lineup.next_batch().map(Batch::unsent)) {
            let began = (self.round.now)();
            let end = self.push_batch(&name, batch, &mut queue, &mut halvings).await;
            let is_quick = began.age((self.round.now)()) <= QUICK;
            if !matches!(end, Ok(End::Judged)) {
                lineup.stay_small();
            } else if is_quick {
                lineup.grow();
            }
            match end {
                Ok(End::Judged | End::Parted) => strikes = 0,
                Ok(End::Strike) => strikes += 1,
                Ok(End::Leave) => break,
                Err(error) => result = Err(error),
            }
            if strikes >= MOST_STRIKES || result.is_err() {
                break;
            }
        }
        let left: Vec<Item> = queue.into_iter().flat_map(|batch| batch.items).collect();
        self.again(&left).await?;
        result
    }

    async fn push_batch(&mut self, database: &str, mut batch: Batch, queue: &mut VecDeque<Batch>, halvings: &mut u32) -> Result<End> {
        if !batch.marked {
            self.settle(batch.items.iter().map(|item| (item.key, Outcome::Sending)).collect()).await?;
            batch.marked = true;
            let sent_before = batch.items.iter().any(|item| item.attempts > 0);
            if sent_before {
                batch.items = self.settle_known(database, batch.items).await?;
            }
            if batch.items.is_empty() {
                return Ok(End::Judged);
            }
        }
        let docs: Vec<&str> = batch.items.iter().map(|item| item.json.as_str()).collect();
        let body = format!("{{\"new_edits\":false,\"docs\":[{}]}}", docs.join(","));
        let response = self.ask(Request::post(format!("/{database}/_bulk_docs"), body), &batch.items).await?;
        match judge(&response) {
            Verdict::Rows(rows) => self.settle_rows(database, batch, &rows, &response, queue).await,
            Verdict::Poisoned(poison) => self.settle_poisoned(batch, &poison, queue, halvings).await,
            Verdict::Closed(reason) => {
                self.trouble(SyncError::Closed(database.to_owned()));
                self.lose_patience(&batch.items, "other", &reason).await?;
                Ok(End::Leave)
            }
            Verdict::Unsure => {
                self.trouble(SyncError::NotTheHub);
                self.again(&batch.items).await?;
                Ok(End::Strike)
            }
            Verdict::Unwell(status) => {
                self.trouble(response.trouble(database));
                self.again(&batch.items).await?;
                Ok(if matches!(status, 403 | 404 | 429) { End::Leave } else { End::Strike })
            }
        }
    }

    /// Sends a request about `items`; where that fails, they are to be tried again.
    async fn ask(&mut self, request: Request, items: &[Item]) -> Result<Response> {
        let answer = self.line.ask(request).await;
        if answer.is_err() {
            self.again(items).await?;
        }
        answer
    }

    /// Asks what the hub has of what was sent before, settles that, and returns the rest.
    async fn settle_known(&mut self, database: &str, items: Vec<Item>) -> Result<Vec<Item>> {
        let mut question: Map<String, Value> = items.iter().map(|item| (item.id.clone(), json!([item.rev]))).collect();
        question.insert(NOWHERE.to_owned(), json!([NO_REVISION]));
        let request = Request::post(format!("/{database}/_revs_diff"), Value::Object(question).to_string());
        let response = self.ask(request, &items).await?;
        let missing = match response.json() {
            Some(Value::Object(missing)) if response.status == 200 && is_missing(&missing, NOWHERE, NO_REVISION) => missing,
            _ => return Ok(items),
        };
        let (unknown, known): (Vec<Item>, Vec<Item>) = items.into_iter().partition(|item| is_missing(&missing, &item.id, &item.rev));
        let receipts = known.iter().map(|item| (item.key, self.received(item.key, database, &response))).collect();
        self.settle(receipts).await?;
        Ok(unknown)
    }

    async fn settle_rows(
        &mut self,
        database: &str,
        batch: Batch,
        rows: &BTreeMap<String, Row>,
        response: &Response,
        queue: &mut VecDeque<Batch>,
    ) -> Result<End> {
        let (mut outcomes, mut strangers, retry) = (Vec::new(), Vec::new(), self.retry());
        for item in batch.items {
            let outcome = match rows.get(&item.id) {
                None | Some(Row::Landed) => self.received(item.key, database, response),
                // Another tab may have logged in as another seat: what is refused for the account alone is asked once more.
                Some(Row::Refused { code, .. }) if code == "account" && !batch.resent => {
                    strangers.push(item);
                    continue;
                }
                Some(Row::SignIn) if !batch.resent => {
                    strangers.push(item);
                    continue;
                }
                Some(Row::Refused { code, reason }) => self.refused(code, reason),
                Some(Row::SignIn | Row::Again) => retry(&item),
            };
            outcomes.push((item.key, outcome));
        }
        self.settle(outcomes).await?;
        if !strangers.is_empty() {
            if let Err(error) = self.line.renew().await {
                self.again(&strangers).await?;
                return Err(error);
            }
            queue.push_front(Batch { items: strangers, marked: true, resent: true });
        }
        Ok(End::Judged)
    }

    /// One bad document made the hub refuse the batch, and nothing was stored: the batch is halved until the bad one is alone.
    async fn settle_poisoned(&mut self, mut batch: Batch, poison: &Poison, queue: &mut VecDeque<Batch>, halvings: &mut u32) -> Result<End> {
        let named = batch.items.iter().position(|item| poison.names.as_ref() == Some(&item.id));
        match (named, batch.items.len()) {
            (Some(at), _) => {
                let bad = batch.items.remove(at);
                self.settle(vec![(bad.key, self.refused(poison.code, &poison.reason))]).await?;
                if !batch.items.is_empty() {
                    queue.push_front(batch);
                }
            }
            (None, 2..) if *halvings == 0 => {
                self.again(&batch.items).await?;
                return Ok(End::Leave);
            }
            (None, length @ 2..) => {
                *halvings -= 1;
                let second = batch.items.split_off(length / 2);
                queue.push_front(Batch { items: second, ..batch });
                queue.push_front(Batch { items: batch.items, marked: true, resent: batch.resent });
            }
            // Alone. It is sent once more before it is believed to be the one.
            (None, _) if !batch.resent => queue.push_front(Batch { resent: true, ..batch }),
            (None, _) if poison.is_certain => {
                let refused = batch.items.iter().map(|item| (item.key, self.refused(poison.code, &poison.reason))).collect();
                self.settle(refused).await?;
            }
            // A proxy's limit, perhaps set wrong for a while: small documents are not at fault at once.
            (None, _) => {
                self.trouble(SyncError::Busy(413));
                self.lose_patience(&batch.items, poison.code, &poison.reason).await?;
            }
        }
        Ok(End::Parted)
    }

    /// Tries again, or refuses what was tried long enough.
    async fn lose_patience(&mut self, items: &[Item], code: &str, reason: &str) -> Result<()> {
        let retry = self.retry();
        let outcome = |item: &Item| {
            let lost = item.attempts + 1 >= PATIENCE;
            if lost { self.refused(code, reason) } else { retry(item) }
        };
        self.settle(items.iter().map(|item| (item.key, outcome(item))).collect()).await
    }

    async fn again(&mut self, items: &[Item]) -> Result<()> {
        let retry = self.retry();
        self.settle(items.iter().map(|item| (item.key, retry(item))).collect()).await
    }

    fn received(&self, key: OutboxKey, database: &str, response: &Response) -> Outcome {
        let at = response.date.unwrap_or_else(|| self.line.hub_time());
        Outcome::Received(Receipt { key, at, database: database.to_owned() })
    }

    fn refused(&self, code: &str, reason: &str) -> Outcome {
        Outcome::Refused { code: code.to_owned(), reason: reason.to_owned(), at: (self.round.now)() }
    }

    /// How rows are tried again that failed just now. What failed together comes back together, and not in a round for each row.
    fn retry(&mut self) -> impl Fn(&Item) -> Outcome + use<S, H> {
        let (now, chance) = ((self.round.now)(), (self.round.random)());
        move |item| Outcome::Retry { next_try: Millis(now.0 + pause(item.attempts, chance)) }
    }

    fn trouble(&mut self, error: SyncError) {
        self.report.troubles.push(error);
    }

    async fn settle(&mut self, outcomes: Vec<(OutboxKey, Outcome)>) -> Result<()> {
        if outcomes.is_empty() {
            return Ok(());
        }
        let count = |wanted: fn(&Outcome) -> bool| outcomes.iter().filter(|(_, outcome)| wanted(outcome)).count();
        let received = count(|outcome| matches!(outcome, Outcome::Received(_)));
        let refused = count(|outcome| matches!(outcome, Outcome::Refused { .. }));
        let retry = count(|outcome| matches!(outcome, Outcome::Retry { .. }));
        let rows: BTreeSet<OutboxKey> = outcomes.iter().map(|(key, _)| *key).collect();
        self.round.store.settle(outcomes).await?;
        self.report.pushed += received;
        self.report.refused += refused;
        self.report.retry += retry;
        (self.round.progress)(Progress::Settled { rows: rows.len() });
        Ok(())
    }
}

fn is_missing(missing: &Map<String, Value>, id: &str, rev: &str) -> bool {
    let revisions = missing.get(id).and_then(|entry| entry["missing"].as_array());
    revisions.is_some_and(|revisions| revisions.iter().any(|missing| missing == rev))
}
