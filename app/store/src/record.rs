//! What is stored. These are the shapes that the trait speaks; how a backend writes them is its own affair.

use civmesh_domain::clock::Clock;
use civmesh_domain::event::Event;
use civmesh_domain::id::{DeviceKey, EventId, RegionId};
use civmesh_domain::part::Part;
use civmesh_domain::text::Text;
use civmesh_domain::unit::Millis;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// How an event came to be here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// Written on this phone.
    Here,
    /// Pulled from the hub.
    Hub,
    /// Loaded from a file.
    File,
}

/// An event as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EventRow {
    /// The event.
    pub event: Event,
    /// Whether its signature was found intact when it came.
    pub intact: bool,
    /// How it came.
    pub source: Source,
    /// When it came, by this phone's clock, or by the hub's where the phone's is behind.
    pub received: Millis,
}

/// One thing to be sent: an event, or one of its parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct OutboxKey {
    /// The event.
    pub event: EventId,
    /// The part's index; `None` for the event itself.
    pub part: Option<u8>,
}

/// Where a thing in the outbox stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fate {
    /// To be sent.
    Waiting,
    /// On its way; becomes `Waiting` again when the app opens anew.
    Sending,
    /// The hub will not take it. It stays until a person deals with it.
    Refused {
        /// Short code: `kind`, `node`, `account`, `shape`, `size`, `deleted`, `expired`, `malformed` or `other`.
        code: String,
        /// The hub's own words.
        reason: String,
        /// When, by this phone's clock.
        at: Millis,
    },
}

/// A row of the outbox.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutboxRow {
    /// What is to be sent.
    pub key: OutboxKey,
    /// The region, so that a region's rows can be told apart without reading its events.
    pub region: RegionId,
    /// Where it stands.
    pub fate: Fate,
    /// How often it was tried.
    pub attempts: u32,
    /// Not to be tried before, by this phone's clock.
    pub next_try: Millis,
}

impl OutboxRow {
    /// A new row, to be sent at once.
    pub fn new(key: OutboxKey, region: RegionId) -> Self {
        Self { key, region, fate: Fate::Waiting, attempts: 0, next_try: Millis(0) }
    }
}

/// The hub's receipt, got by this phone itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    /// What was received.
    pub key: OutboxKey,
    /// When, by the hub's clock.
    pub at: Millis,
    /// In which database.
    pub database: String,
}

/// What became of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It is being sent. This counts as an attempt. A refused row stays refused.
    Sending,
    /// The hub has it.
    Received(Receipt),
    /// The hub will not take it.
    Refused {
        /// As in [`Fate::Refused`].
        code: String,
        /// The hub's own words.
        reason: String,
        /// When, by this phone's clock.
        at: Millis,
    },
    /// It did not arrive, or nobody knows: to be tried again. Also how a person has a refused row tried again.
    Retry {
        /// Not before, by this phone's clock.
        next_try: Millis,
    },
}

/// The state of an author on this phone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuthorState {
    /// The sequence of its last event; 0 before the first.
    pub sequence: u64,
    /// Its clock after that event, or after what it has seen since.
    pub clock: Clock,
}

/// An event of one's own, to be written.
#[derive(Clone, Debug)]
pub struct Written {
    /// The event, signed.
    pub event: Event,
    /// Its parts.
    pub parts: Vec<Part>,
    /// When, by this phone's clock.
    pub at: Millis,
    /// Refused rows that this event replaces.
    pub replaces: Vec<OutboxKey>,
}

/// What came from elsewhere, in one transaction.
#[derive(Clone, Debug, Default)]
pub struct Page {
    /// When it came, by whichever of the phone's clock and the hub's is behind: parts that have expired by then are not taken in.
    pub at: Millis,
    /// The same by whichever is ahead: an event's clock that is not beyond it is believed. Where there is one clock, `at` says it all.
    pub latest: Millis,
    /// Events, with what was found of their signatures.
    pub events: Vec<EventRow>,
    /// Parts, taken in unless they have expired.
    pub parts: Vec<Part>,
    /// Documents that replace those of the same identifier.
    pub documents: Vec<Document>,
    /// Documents that are gone: database and identifier.
    pub gone: Vec<(String, String)>,
    /// The database and the hub's sequence value that follows this page.
    pub checkpoint: Option<(String, Value)>,
}

/// A document as pulled: registry entries, heads, credentials, revocations.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {
    /// The database it is in.
    pub database: String,
    /// Its identifier.
    pub id: String,
    /// The document.
    pub body: Value,
    /// When it came, by this phone's clock.
    pub received: Millis,
}

/// What is noted beside a pack.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PackNote {
    /// The region.
    pub region: RegionId,
    /// Its name.
    pub name: Text,
    /// The authority, pinned when the region was first taken in.
    pub authority: DeviceKey,
    /// The pack's own version.
    pub version: u32,
    /// Its size in bytes.
    pub bytes: u32,
    /// When it came.
    pub received: Millis,
}

/// What became of a database in which something was missing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rescue {
    /// When, by this phone's clock.
    pub at: Millis,
    /// Records that were rescued.
    pub records: usize,
    /// Places in the outbox that were rescued, or follow from the records.
    pub unsent: usize,
    /// Records of any kind that could not be read.
    pub unreadable: usize,
    /// Kinds of records of which nothing was there, by the names of their object stores.
    pub missing: Vec<String>,
}
