//! What is due in the outbox, as documents, by database. What can be seen to be wrong here is not sent at all.

use crate::engine::Round;
use crate::error::Result;
use crate::schedule::is_due;
use crate::seat::{Held, Seat, destination, destination_of_part, stays};
use civmesh_domain::body::Kind;
use civmesh_domain::delivery::{Delivery, PartDelivery};
use civmesh_domain::event::Event;
use civmesh_domain::governance::Standing;
use civmesh_domain::id::EventId;
use civmesh_domain::part::{Part, PartKind};
use civmesh_domain::routing::{Database, Realm};
use civmesh_store::Store;
use civmesh_store::record::{EventRow, Fate, OutboxKey, OutboxRow};
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// The largest delivery that a hub takes, in bytes of JSON.
const LARGEST_DELIVERY: usize = 16 * 1024;
/// The largest part that a hub passes on, in bytes of JSON.
const LARGEST_RELAYED_PART: usize = 32 * 1024;
/// The largest part that a hub takes, in bytes of JSON.
const LARGEST_PART: usize = 700 * 1024;
/// No batch is larger, in bytes, unless one document is.
const LARGEST_BATCH: usize = 1024 * 1024;
/// The first batch has no more documents.
const FIRST_BATCH: usize = 200;
/// No batch has more documents.
const LONGEST_BATCH: usize = 1_000;
/// So many times longer than a batch that was taken the next one may be.
const GROWTH: usize = 4;
/// No batch of parts is larger, in bytes, unless one part is: a photo is large and the link may be bad.
const LARGEST_BATCH_OF_PARTS: usize = 256 * 1024;
/// Once parts of so many bytes are in memory, the others follow in the next round.
const PARTS_IN_A_ROUND: usize = 8 * 1024 * 1024;
/// From so many rows on, reading all events of the region in one transaction beats reading each in its own.
const MANY: usize = 32;

/// One document to be sent.
#[derive(Clone, Debug)]
pub(crate) struct Item {
    pub(crate) key: OutboxKey,
    /// How often it was tried before; if ever, the hub may have it already.
    pub(crate) attempts: u32,
    pub(crate) id: String,
    pub(crate) rev: String,
    pub(crate) json: String,
}

/// Which half of the outbox is meant. Events go first: they are small and say the most, and a part without its event says nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Half {
    Events,
    Parts,
}

/// A row that no hub would take.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Unfit {
    pub(crate) key: OutboxKey,
    pub(crate) code: &'static str,
    pub(crate) reason: &'static str,
}

/// What is due.
#[derive(Debug, Default)]
pub(crate) struct Outgoing {
    pub(crate) items: BTreeMap<Database, Vec<Item>>,
    pub(crate) unfit: Vec<Unfit>,
    pub(crate) held: Vec<(OutboxKey, Held)>,
    /// Statuses of one's own among them: they are also to be published as heads.
    pub(crate) statuses: Vec<Event>,
}

impl Outgoing {
    pub(crate) fn len(&self) -> usize {
        self.items.values().map(Vec::len).sum()
    }

    fn bytes(&self) -> usize {
        self.items.values().flatten().map(|item| item.json.len()).sum()
    }
}

/// The rows that wait in the outbox for `seat`'s region, and that others wait for.
pub(crate) fn is_waiting(row: &OutboxRow, seat: &Seat) -> bool {
    row.region == seat.region && !matches!(row.fate, Fate::Refused { .. })
}

/// Gathers one half of what is due.
pub(crate) async fn gather<S: Store, H>(round: &Round<'_, S, H>, seat: &Seat, half: Half) -> Result<Outgoing> {
    let (store, now) = (round.store, (round.now)());
    let outbox = store.outbox().await?;
    let mut outgoing = Outgoing::default();
    let unsent: BTreeSet<EventId> = outbox.iter().filter(|row| row.key.part.is_none()).map(|row| row.key.event).collect();
    for row in outbox.iter().filter(|row| row.region != seat.region && (half == Half::Parts) == row.key.part.is_some()) {
        outgoing.held.push((row.key, Held::OtherRegion));
    }
    let due = |row: &&OutboxRow| {
        is_waiting(row, seat) && (round.eager || is_due(row.next_try, now)) && (half == Half::Parts) == row.key.part.is_some()
    };
    let rows: Vec<&OutboxRow> = outbox.iter().filter(due).collect();
    let mut events = read_events(store, seat, &rows).await?;
    for row in rows {
        let Some(event) = take_fit(&mut events, row, half, &mut outgoing) else { continue };
        let standing = (round.standing)(&event.core.node);
        match row.key.part {
            None => outgoing.add_event(row, &event, seat, standing),
            Some(_) if unsent.contains(&event.id) => outgoing.held.push((row.key, Held::EventFirst)),
            Some(index) if kind_of(&event, index).is_some_and(|kind| stays(&event, kind, seat)) => {
                outgoing.held.push((row.key, Held::OtherNode));
            }
            Some(_) if outgoing.bytes() >= PARTS_IN_A_ROUND => {}
            Some(index) => {
                let part = store.parts(event.id).await?.into_iter().find(|part| part.index == index);
                if part.as_ref().is_some_and(|part| part.envelope.is_only_for(&seat.held_back)) {
                    outgoing.held.push((row.key, Held::NoReader));
                } else {
                    outgoing.add_part(row, &event, part, seat, standing);
                }
            }
        }
    }
    Ok(outgoing)
}

async fn read_events<S: Store>(store: &S, seat: &Seat, rows: &[&OutboxRow]) -> Result<BTreeMap<EventId, EventRow>> {
    let wanted: BTreeSet<EventId> = rows.iter().map(|row| row.key.event).collect();
    let mut events = BTreeMap::new();
    if wanted.len() >= MANY {
        let all = store.events(seat.region, None).await?;
        events.extend(all.into_iter().filter(|row| wanted.contains(&row.event.id)).map(|row| (row.event.id, row)));
    } else {
        for id in wanted {
            events.extend(store.event(id).await?.map(|row| (id, row)));
        }
    }
    Ok(events)
}

fn kind_of(event: &Event, index: u8) -> Option<PartKind> {
    event.core.parts.get(usize::from(index)).map(|part| part.kind)
}

/// The event of a row, unless it is not one that could be sent.
fn take_fit(events: &mut BTreeMap<EventId, EventRow>, row: &OutboxRow, half: Half, outgoing: &mut Outgoing) -> Option<Event> {
    let found = match half {
        Half::Events => events.remove(&row.key.event),
        Half::Parts => events.get(&row.key.event).cloned(),
    };
    let reason = match found {
        Some(found) if found.intact => return Some(found.event),
        Some(_) => "the signature is not the author's",
        None => "the record is missing on this phone",
    };
    outgoing.unfit.push(Unfit { key: row.key, code: "malformed", reason });
    None
}

impl Outgoing {
    fn add_event(&mut self, row: &OutboxRow, event: &Event, seat: &Seat, standing: Standing) {
        let database = destination(event, seat, standing);
        let is_status = event.core.body.kind() == Some(Kind::NodeStatus);
        if is_status && database.realm() == Realm::Ops && event.core.author == seat.device && seat.publishes(&event.core.node) {
            self.statuses.push(event.clone());
        }
        let delivery = Delivery::of(event, &seat.account);
        let json = serde_json::to_string(&delivery).ok();
        self.add(row, database, delivery.id, delivery.rev, json.as_deref(), LARGEST_DELIVERY);
    }

    fn add_part(&mut self, row: &OutboxRow, event: &Event, part: Option<Part>, seat: &Seat, standing: Standing) {
        let Some(part) = part else {
            self.unfit.push(Unfit { key: row.key, code: "malformed", reason: "the part is missing on this phone" });
            return;
        };
        let database = match destination_of_part(event, &part, seat, standing) {
            Ok(database) => database,
            Err(held) => return self.held.push((row.key, held)),
        };
        let largest = if database.realm() == Realm::Relay { LARGEST_RELAYED_PART } else { LARGEST_PART };
        match PartDelivery::of(&part, &event.core.node, &seat.account) {
            Some(delivery) => {
                let json = serde_json::to_string(&delivery).ok();
                self.add(row, database, delivery.id, delivery.rev, json.as_deref(), largest);
            }
            None => self.unfit.push(Unfit { key: row.key, code: "size", reason: "the part is too large" }),
        }
    }

    fn add(&mut self, row: &OutboxRow, database: Database, id: String, rev: Option<String>, json: Option<&str>, limit: usize) {
        let unfit = |code, reason| Unfit { key: row.key, code, reason };
        match (json, rev) {
            (Some(json), Some(rev)) if json.len() <= limit => {
                let item = Item { key: row.key, attempts: row.attempts, id, rev, json: json.to_owned() };
                self.items.entry(database).or_default().push(item);
            }
            (Some(_), Some(_)) => self.unfit.push(unfit("size", "the document is too large")),
            _ => self.unfit.push(unfit("malformed", "the record can't be written as a document")),
        }
    }
}

/// What goes to one database, in the order in which it goes. What failed before goes later and in smaller company, in the end alone: whatever
/// it is that makes a hub fail on one document, it does not hold up the others for long. What goes for the first time goes in batches that
/// grow while all is well, as each costs a request and two transactions.
pub(crate) struct Lineup {
    items: VecDeque<Item>,
    /// So many records go in the next batch, at most.
    longest: usize,
    /// That may grow to so many.
    most: usize,
}

impl Lineup {
    pub(crate) fn of(mut items: Vec<Item>) -> Self {
        items.sort_by_key(|item| (item.attempts, item.key));
        Self { items: items.into(), longest: FIRST_BATCH, most: LONGEST_BATCH }
    }

    /// Takes out the next batch, bounded in bytes and count.
    pub(crate) fn next_batch(&mut self) -> Option<Vec<Item>> {
        let first = self.items.front()?;
        let (attempts, most, mut bytes) = (first.attempts, self.room_for(first), 0);
        let largest = if first.key.part.is_some() { LARGEST_BATCH_OF_PARTS } else { LARGEST_BATCH };
        let fits = |item: &&Item| {
            bytes += item.json.len();
            item.attempts == attempts && bytes <= largest
        };
        let length = self.items.iter().take(most).take_while(fits).count();
        Some(self.items.drain(..length.max(1)).collect())
    }

    fn room_for(&self, item: &Item) -> usize {
        let most = if item.attempts == 0 { self.longest } else { FIRST_BATCH };
        (most >> item.attempts.min(8)).max(1)
    }

    /// The hub took a batch without delay: the next may be longer.
    pub(crate) fn grow(&mut self) {
        self.longest = (self.longest * GROWTH).min(self.most);
    }

    /// The hub did not take a batch: no further one is longer than the first was.
    pub(crate) fn stay_small(&mut self) {
        (self.longest, self.most) = (FIRST_BATCH, FIRST_BATCH);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// So many items, tried so often, of so many bytes.
    fn items(count: usize, attempts: u32, bytes: usize, part: Option<u8>) -> Vec<Item> {
        let key = OutboxKey { event: EventId([0; 32]), part };
        vec![Item { key, attempts, id: String::new(), rev: String::new(), json: "x".repeat(bytes) }; count]
    }

    fn lengths(items: Vec<Item>) -> Vec<usize> {
        let mut lineup = Lineup::of(items);
        let mut lengths = Vec::new();
        while let Some(batch) = lineup.next_batch() {
            assert!(batch.iter().all(|item| item.attempts == batch[0].attempts));
            lengths.push(batch.len());
            lineup.grow();
        }
        lengths
    }

    #[test]
    fn batches_are_bounded_in_count_and_bytes_and_what_failed_is_apart() {
        let cases = [
            (vec![], vec![]),
            (items(2_150, 0, 10, None), vec![200, 800, 1_000, 150]),
            (items(900, 0, 2 * 1_024, None), vec![200, 512, 188]),
            (items(3, 0, LARGEST_BATCH + 1, None), vec![1, 1, 1]),
            ([items(5, 1, 10, None), items(5, 0, 10, None)].concat(), vec![5, 5]),
            ([items(250, 2, 10, None), items(3, 30, 10, None)].concat(), vec![50, 50, 50, 50, 50, 1, 1, 1]),
            ([items(250, 0, 300, Some(0)), items(3, 1, 300, Some(0))].concat(), vec![200, 50, 3]),
            (items(3, 0, LARGEST_BATCH_OF_PARTS / 2 + 1, Some(0)), vec![1, 1, 1]),
        ];
        for (items, expected) in cases {
            assert_eq!(lengths(items), expected);
        }
    }
}
