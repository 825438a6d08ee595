//! IndexedDB. What a phone has is what is here.
//!
//! # Layout
//! - `migration`: the schema, as numbered steps.
//! - `fault`: what a browser's errors mean.
//! - `opening`: how a database is opened, made and migrated.
//! - `salvage`: what becomes of one in which something is missing.
//! - `handle`: the connection, and transactions that survive its loss.
//! - `table`: one object store within a transaction.
//! - `shape`: how records look.
//! - `write`: what is written here, and what becomes of it.
//! - `merge`: what comes from elsewhere.
//! - `private`: secrets, and forgetting.
//! - `reading`: listings that pass over what can't be read.
//! - this file: what is read, and packs.

mod fault;
mod handle;
mod merge;
mod migration;
mod opening;
mod private;
mod reading;
mod salvage;
mod shape;
mod table;
mod write;

pub use migration::VERSION;

use crate::health::Monitor;
use crate::record::{AuthorState, Document, EventRow, OutboxKey, OutboxRow, Outcome, PackNote, Page, Receipt, Rescue, Written};
use crate::{Result, Store, StoreError, author};
use bytes::Bytes;
use civmesh_domain::clock::Clock;
use civmesh_domain::id::{DeviceKey, EventId, NodeId, RegionId};
use civmesh_domain::part::Part;
use civmesh_domain::unit::Millis;
use handle::{Access, Door};
use indexed_db_futures::transaction::Transaction;
use migration::{AUTHORS, BY_NODE, BY_REGION, DOCUMENTS, EVENTS, KEYS, META, NOTES, OUTBOX, PACKS, PARTS, RECEIPTS};
use serde::de::DeserializeOwned;
use serde_json::Value;
use shape::{bytes, document_key, from_bytes, from_event, from_part, from_text, node_key, piece_key, rest_key, text};
use std::rc::Rc;
use table::{Table, beginning};
use wasm_bindgen::JsValue;

/// The name of the app's database.
pub const NAME: &str = "civmesh";

/// Mends the database of this name, which could not be opened because it is damaged: what can be read is rescued, what waits to be sent
/// first. Nothing is removed before it stands somewhere else. See [`IdbStore::rescue`] for what came of it.
///
/// # Errors
/// It could not be mended, and is as it was, or as far as it came: the next call goes on.
pub async fn mend(name: &str) -> Result<()> {
    salvage::mend(name).await
}

/// Where the latest sane clock among what was seen is kept.
const SEEN: &str = "seen";

/// So many bytes of a pack's second half are one record. The browser hands a record over in one task, for which a screen waits.
const PIECE: usize = 1 << 20;

/// A store in IndexedDB. Clones share the connection.
#[derive(Clone)]
pub struct IdbStore {
    door: Rc<Door>,
}

impl IdbStore {
    /// Opens the database of this name ([`NAME`] in the app), making or migrating it where needed. One that a newer version wrote is
    /// opened for reading; writing then gives [`StoreError::Newer`].
    ///
    /// # Errors
    /// The browser gives no database (private windows of some browsers), there is no room for it, it can't be opened, or it is not whole and
    /// has to be [mended](mend) first: [`StoreError::Damaged`].
    pub async fn open(name: &str) -> Result<Self> {
        Self::open_watched(name, Rc::default()).await
    }

    /// Opens it, and notes how it fares with `monitor`: also while opening waits for another tab.
    ///
    /// # Errors
    /// As [`IdbStore::open`].
    pub async fn open_watched(name: &str, monitor: Rc<Monitor>) -> Result<Self> {
        Ok(Self { door: Rc::new(Door::open(name, monitor).await?) })
    }

    /// Whether there is a database of this name, for who is not to make one: a page that finds none at all knows that the browser removed it.
    pub async fn is_there(name: &str) -> bool {
        opening::is_there(name).await
    }

    /// Whether the database belongs to a newer version and can only be read.
    pub fn is_read_only(&self) -> bool {
        self.door.is_newer()
    }

    /// How many records could not be read since the store was opened: listings pass them over rather than fail.
    pub fn damaged(&self) -> usize {
        self.door.monitor().health().damaged
    }

    /// What was rescued when the database was last made whole again.
    ///
    /// # Errors
    /// The database.
    pub async fn rescue(&self) -> Result<Option<Rescue>> {
        self.one_text(META, salvage::RESCUED).await
    }

    /// Closes the connection, for a page that goes to the background. The next call opens it anew.
    pub fn close(&self) {
        self.door.close();
    }

    /// Takes back what is under way and closes the connection, for a page that the browser puts away as it stands. What was taken back is
    /// done anew once the page [comes back](Self::come_back), as is all that is asked for in the meantime; what was committed stays.
    pub fn let_go(&self) {
        self.door.let_go();
    }

    /// Goes on after [`IdbStore::let_go`]: the page is back.
    pub fn come_back(&self) {
        self.door.come_back();
    }

    /// A key of this device under its name, as the browser keeps it.
    ///
    /// # Errors
    /// The database.
    pub async fn key(&self, name: &str) -> Result<Option<JsValue>> {
        self.one(KEYS, name).await
    }

    /// Keeps a key of this device under its name, strictly durable: what it signs would be worth nothing without it.
    ///
    /// # Errors
    /// The database, and a browser that can't keep keys.
    pub async fn set_key(&self, name: &str, key: &JsValue) -> Result<()> {
        self.door.run(&[KEYS], Access::Strict, async |tx: &Transaction<'_>, _| Table::of(tx, KEYS)?.put(name, key.clone())).await
    }

    /// Forgets a key of this device.
    ///
    /// # Errors
    /// The database.
    pub async fn forget_key(&self, name: &str) -> Result<()> {
        self.door.run(&[KEYS], Access::Strict, async |tx: &Transaction<'_>, _| Table::of(tx, KEYS)?.delete(name)).await
    }

    async fn one(&self, store: &str, key: &str) -> Result<Option<JsValue>> {
        self.door.run(&[store], Access::Read, async |tx, _| Table::of(tx, store)?.get(key).await).await
    }

    async fn one_text<T: DeserializeOwned>(&self, store: &str, key: &str) -> Result<Option<T>> {
        self.one(store, key).await?.map(|value| from_text(&value).ok_or_else(|| damaged(store, key))).transpose()
    }

    async fn list<T: DeserializeOwned>(&self, store: &str) -> Result<Vec<T>> {
        let values = self.values(store, None).await?;
        Ok(self.readable(values, from_text))
    }
}

fn damaged(store: &str, key: &str) -> StoreError {
    StoreError::Damaged(format!("{store} {key}"))
}

/// The state kept for an author; none yet is the first.
async fn state_of(authors: &Table<'_>, device: DeviceKey) -> Result<AuthorState> {
    let key = device.to_string();
    match authors.get(&key).await? {
        Some(value) => from_text(&value).ok_or_else(|| damaged(AUTHORS, &key)),
        None => Ok(AuthorState::default()),
    }
}

/// The latest sane clock seen. It is only a hint: a damaged one counts as none.
async fn seen(meta: &Table<'_>) -> Result<Clock> {
    Ok(meta.get(SEEN).await?.as_ref().and_then(from_text).unwrap_or_default())
}

fn checkpoint_key(database: &str) -> String {
    format!("checkpoint:{database}")
}

fn value_key(name: &str) -> String {
    format!("value:{name}")
}

impl Store for IdbStore {
    async fn write(&self, written: Written) -> Result<()> {
        write::write(&self.door, &written).await
    }

    async fn merge(&self, page: Page) -> Result<Vec<EventId>> {
        merge::merge(&self.door, &page).await
    }

    async fn settle(&self, outcomes: Vec<(OutboxKey, Outcome)>) -> Result<()> {
        write::settle(&self.door, &outcomes).await
    }

    async fn enqueue(&self, rows: Vec<OutboxRow>) -> Result<()> {
        write::enqueue(&self.door, &rows).await
    }

    async fn take_back(&self, database: &str) -> Result<()> {
        write::take_back(&self.door, database).await
    }

    async fn dismiss(&self, key: OutboxKey) -> Result<()> {
        write::dismiss(&self.door, key).await
    }

    async fn expire(&self, now: Millis) -> Result<Vec<OutboxKey>> {
        write::expire(&self.door, now).await
    }

    async fn recover(&self) -> Result<()> {
        write::recover(&self.door).await
    }

    async fn event(&self, id: EventId) -> Result<Option<EventRow>> {
        let key = id.to_string();
        let row = self.one(EVENTS, &key).await?.map(|value| from_event(&value).filter(|row| row.event.id == id));
        row.map(|row| row.ok_or_else(|| damaged(EVENTS, &key))).transpose()
    }

    async fn events(&self, region: RegionId, node: Option<NodeId>) -> Result<Vec<EventRow>> {
        let (index, key) = match &node {
            Some(node) => (BY_NODE, node_key(region, node)),
            None => (BY_REGION, region.to_string().into()),
        };
        let read = async |tx: &Transaction<'_>, _| Table::of(tx, EVENTS)?.indexed(index, key.clone()).await;
        match self.door.run(&[EVENTS], Access::Read, read).await {
            Err(StoreError::Unreachable(_)) => {
                let rows = self.readable(self.one_by_one(EVENTS, None).await?, from_event);
                let is_wanted =
                    |row: &EventRow| row.event.core.region == region && node.as_ref().is_none_or(|node| row.event.core.node == *node);
                Ok(rows.into_iter().filter(is_wanted).collect())
            }
            values => Ok(self.readable(values?, from_event)),
        }
    }

    async fn parts(&self, event: EventId) -> Result<Vec<Part>> {
        let values = self.values(PARTS, Some(beginning(&format!("{event}:")))).await?;
        Ok(self.readable(values, from_part))
    }

    async fn outbox(&self) -> Result<Vec<OutboxRow>> {
        self.list(OUTBOX).await
    }

    async fn receipts(&self) -> Result<Vec<Receipt>> {
        self.list(RECEIPTS).await
    }

    async fn documents(&self, database: &str, prefix: &str) -> Result<Vec<Document>> {
        let values = self.values(DOCUMENTS, Some(beginning(&document_key(database, prefix)))).await?;
        Ok(self.readable(values, from_text))
    }

    async fn checkpoint(&self, database: &str) -> Result<Option<Value>> {
        self.one_text(META, &checkpoint_key(database)).await
    }

    async fn author_state(&self, device: DeviceKey) -> Result<AuthorState> {
        let read = async |tx: &Transaction<'_>, _| {
            let state = state_of(&Table::of(tx, AUTHORS)?, device).await?;
            Ok(author::caught_up(state, seen(&Table::of(tx, META)?).await?))
        };
        self.door.run(&[AUTHORS, META], Access::Read, read).await
    }

    async fn meta(&self, name: &str) -> Result<Option<Value>> {
        self.one_text(META, &value_key(name)).await
    }

    async fn set_meta(&self, name: &str, value: Option<Value>) -> Result<()> {
        let key = value_key(name);
        let value = value.map(|value| text(&value)).transpose()?;
        let change = async |tx: &Transaction<'_>, _| match &value {
            Some(value) => Table::of(tx, META)?.put(&key, value.clone()),
            None => Table::of(tx, META)?.delete(&key),
        };
        // A seat and choices that nobody wants to make again are among these.
        self.door.run(&[META], Access::Strict, change).await
    }

    async fn put_pack(&self, note: PackNote, pack: Vec<u8>) -> Result<()> {
        let key = note.region.to_string();
        let (note, value) = (text(&note)?, bytes(&pack));
        drop(pack);
        let change = async |tx: &Transaction<'_>, _| {
            Table::of(tx, PACKS)?.put(&key, value.clone())?;
            Table::of(tx, NOTES)?.put(&key, note.clone())
        };
        self.door.run(&[PACKS, NOTES], Access::Write, change).await
    }

    async fn pack(&self, region: RegionId) -> Result<Option<Vec<u8>>> {
        let key = region.to_string();
        let value = self.one(PACKS, &key).await?;
        value.map(|value| from_bytes(value).ok_or_else(|| damaged(PACKS, &key))).transpose()
    }

    async fn packs(&self) -> Result<Vec<PackNote>> {
        self.list(NOTES).await
    }

    async fn put_rest(&self, region: RegionId, rest: Bytes) -> Result<()> {
        let change = async |tx: &Transaction<'_>, _| {
            let packs = Table::of(tx, PACKS)?;
            packs.delete_within(beginning(&rest_key(region)))?;
            for (number, piece) in rest.chunks(PIECE).enumerate() {
                packs.put_large(&piece_key(region, number), bytes(piece)).await?;
            }
            Ok(())
        };
        self.door.run(&[PACKS], Access::Write, change).await
    }

    async fn rest(&self, region: RegionId) -> Result<Option<Bytes>> {
        let read = async |tx: &Transaction<'_>, _| {
            let packs = Table::of(tx, PACKS)?;
            let keys = packs.keys_within(beginning(&rest_key(region))).await?;
            let mut rest = Vec::with_capacity(keys.len() * PIECE);
            for key in &keys {
                let piece = packs.get(key).await?.and_then(from_bytes);
                rest.extend(piece.ok_or_else(|| damaged(PACKS, key))?);
            }
            Ok((!keys.is_empty()).then(|| rest.into()))
        };
        self.door.run(&[PACKS], Access::Read, read).await
    }

    async fn remove_pack(&self, region: RegionId) -> Result<()> {
        let key = region.to_string();
        let change = async |tx: &Transaction<'_>, _| {
            Table::of(tx, PACKS)?.delete(&key)?;
            Table::of(tx, PACKS)?.delete_within(beginning(&rest_key(region)))?;
            Table::of(tx, NOTES)?.delete(&key)
        };
        self.door.run(&[PACKS, NOTES], Access::Write, change).await
    }
}

#[cfg(test)]
wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);
