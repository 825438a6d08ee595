//! Where events and documents live on a phone.
//!
//! # Layout
//! - [`record`]: what is stored: events, parts, outbox rows, receipts, documents.
//! - [`Store`]: the trait, one method per transaction.
//! - [`private`]: what profiles ask of a store beyond that.
//! - [`outbox`]: how a row of the outbox changes, the same for every backend.
//! - `author`: how the state of an author moves on, the same for every backend.
//! - `incoming`: which events and parts of a page are to be stored, the same for every backend.
//! - [`health`]: how a store fares, for whoever shows it.
//! - [`memory`]: the twin in memory, for tests and where a browser gives no database.
//! - `idb`: IndexedDB, in browsers only.
//! - `phone`: the one or the other, whichever a phone gives; in browsers only.
//! - `conformance`: the suite that both pass (feature `conformance`).

#![allow(async_fn_in_trait, reason = "a phone's store runs on one thread; futures need not be Send")]

mod author;
#[cfg(feature = "conformance")]
pub mod conformance;
pub mod health;
#[cfg(target_arch = "wasm32")]
pub mod idb;
mod incoming;
pub mod memory;
pub mod outbox;
#[cfg(target_arch = "wasm32")]
pub mod phone;
pub mod private;
pub mod record;

use bytes::Bytes;
use civmesh_domain::id::{DeviceKey, EventId, NodeId, RegionId};
use civmesh_domain::part::Part;
use civmesh_domain::unit::Millis;
use record::{AuthorState, Document, EventRow, OutboxKey, OutboxRow, Outcome, PackNote, Page, Receipt, Written};
use serde_json::Value;

/// Why the store could not do what was asked.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// There is no room left on the device.
    #[error("the device's storage is full")]
    Full,
    /// The browser gives no database here: private windows of some browsers, or a setting.
    #[error("the browser gives no database: {0}")]
    NotGiven(String),
    /// The database was closed or lost and could not be opened again.
    #[error("the database is not reachable: {0}")]
    Unreachable(String),
    /// The database was written by a newer version: it can be read, not written.
    #[error("the database belongs to a newer version")]
    Newer,
    /// A record can't be read.
    #[error("a stored record can't be read: {0}")]
    Damaged(String),
    /// The author's sequence moved on since it was read: read it again and sign again.
    #[error("another write came first")]
    Overtaken,
}

impl StoreError {
    /// Whether trying again may help.
    pub fn is_transient(&self) -> bool {
        matches!(self, Self::Unreachable(_) | Self::Overtaken)
    }

    /// Whether the device is full.
    pub fn is_storage_full(&self) -> bool {
        matches!(self, Self::Full)
    }
}

/// The result of a store's method.
pub type Result<T> = std::result::Result<T, StoreError>;

/// A phone's store. Every method is one transaction.
pub trait Store {
    /// Writes an event, its parts, their places in the outbox and the author's new state: all or nothing, strictly durable.
    /// Refused rows that it replaces leave the outbox in the same transaction, see [`outbox::dismissed`].
    ///
    /// # Errors
    /// [`StoreError::Overtaken`] where the author's stored sequence is not the one before the event's.
    async fn write(&self, written: Written) -> Result<()>;

    /// Takes in what came from elsewhere, and the checkpoint that follows it: all or nothing. What is here already is left as it is,
    /// an event of one's own loaded back from a file keeps its place in the outbox; only a copy whose signature is broken gives way to
    /// an intact one, or anybody could spoil an event by bringing a bad copy first. Intact events move the state of their author on, and
    /// their clocks are witnessed. Returns the identifiers of events that were new or became intact.
    async fn merge(&self, page: Page) -> Result<Vec<EventId>>;

    /// Notes what became of outbox rows. [`Outcome::Received`] takes the row out and keeps the receipt, in one transaction.
    /// A row that is no longer in the outbox is passed over: no receipt is kept for what was not waiting for one.
    async fn settle(&self, outcomes: Vec<(OutboxKey, Outcome)>) -> Result<()>;

    /// Puts rows into the outbox that are not there yet and have no receipt: for events loaded from a file.
    async fn enqueue(&self, rows: Vec<OutboxRow>) -> Result<()>;

    /// Gives back the receipts of a database that is not the one it was: what they were for waits again, as tried once, so that the hub is
    /// asked before anything is sent. Of what is no longer here the receipt stays.
    async fn take_back(&self, database: &str) -> Result<()>;

    /// Takes a refused row out of the outbox because a person decided so, and with a refused record what travels beside it; the event
    /// itself stays. A row that is not refused stays.
    async fn dismiss(&self, key: OutboxKey) -> Result<()>;

    /// Drops parts that have expired by `now`, and with each its place in the outbox and its receipt. Their events stay, signature and all.
    /// Returns what was dropped.
    async fn expire(&self, now: Millis) -> Result<Vec<OutboxKey>>;

    /// Makes rows that were on their way wait again. For whoever holds the lock on syncing, before the first push: then nothing can
    /// be on its way any more, whatever an earlier tab or a killed one left behind.
    async fn recover(&self) -> Result<()>;

    /// One event.
    async fn event(&self, id: EventId) -> Result<Option<EventRow>>;

    /// All events of a region, or of one of its nodes, in the order of their identifiers.
    async fn events(&self, region: RegionId, node: Option<NodeId>) -> Result<Vec<EventRow>>;

    /// The parts of an event, by index.
    async fn parts(&self, event: EventId) -> Result<Vec<Part>>;

    /// All rows of the outbox, oldest event first.
    async fn outbox(&self) -> Result<Vec<OutboxRow>>;

    /// All receipts that this phone itself got.
    async fn receipts(&self) -> Result<Vec<Receipt>>;

    /// Documents whose identifier begins with `prefix`, from one database.
    async fn documents(&self, database: &str, prefix: &str) -> Result<Vec<Document>>;

    /// The checkpoint of a database: the hub's sequence value, opaque.
    async fn checkpoint(&self, database: &str) -> Result<Option<Value>>;

    /// The state of an author who writes on this phone.
    async fn author_state(&self, device: DeviceKey) -> Result<AuthorState>;

    /// A small value under a name.
    async fn meta(&self, name: &str) -> Result<Option<Value>>;

    /// Keeps a small value under a name; `None` removes it.
    async fn set_meta(&self, name: &str, value: Option<Value>) -> Result<()>;

    /// Keeps a region pack, in place of an older one of the same region: as it came, or the half of it that is read at once.
    async fn put_pack(&self, note: PackNote, bytes: Vec<u8>) -> Result<()>;

    /// The bytes of a region's pack.
    async fn pack(&self, region: RegionId) -> Result<Option<Vec<u8>>>;

    /// The packs that are here.
    async fn packs(&self) -> Result<Vec<PackNote>>;

    /// Keeps the half of a region's pack that is opened later, in place of an older one. It may be of another version than the first:
    /// whoever reads it holds it to that one's manifest.
    async fn put_rest(&self, region: RegionId, bytes: Bytes) -> Result<()>;

    /// The bytes of the half of a region's pack that is opened later, if it is here.
    async fn rest(&self, region: RegionId) -> Result<Option<Bytes>>;

    /// Removes a region's pack, both halves; its events stay.
    async fn remove_pack(&self, region: RegionId) -> Result<()>;
}
