//! The twin in memory. It holds every promise of the trait except the one about batteries, and it can be told to fail.

use crate::incoming::KeptPart;
use crate::private::Private;
use crate::record::{AuthorState, Document, EventRow, OutboxKey, OutboxRow, Outcome, PackNote, Page, Receipt, Written};
use crate::{Result, Store, StoreError, author, incoming, outbox};
use bytes::Bytes;
use civmesh_domain::clock::Clock;
use civmesh_domain::id::{DeviceKey, EventId, NodeId, RegionId};
use civmesh_domain::part::{Envelope, Part};
use civmesh_domain::unit::Millis;
use serde_json::Value;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

/// A store in memory. Clones share what is in it, as two tabs share a database.
#[derive(Clone, Debug, Default)]
pub struct MemoryStore {
    state: Rc<RefCell<State>>,
    fault: Rc<RefCell<Option<Fault>>>,
}

/// A failure to come.
#[derive(Debug)]
struct Fault {
    after: usize,
    error: StoreError,
}

#[derive(Debug, Default)]
struct State {
    events: BTreeMap<EventId, EventRow>,
    parts: BTreeMap<(EventId, u8), KeptPart>,
    outbox: BTreeMap<OutboxKey, OutboxRow>,
    receipts: BTreeMap<OutboxKey, Receipt>,
    documents: BTreeMap<(String, String), Document>,
    checkpoints: BTreeMap<String, Value>,
    authors: BTreeMap<DeviceKey, AuthorState>,
    seen: Clock,
    meta: BTreeMap<String, Value>,
    packs: BTreeMap<RegionId, (PackNote, Vec<u8>)>,
    rests: BTreeMap<RegionId, Bytes>,
}

impl MemoryStore {
    /// An empty store.
    pub fn new() -> Self {
        Self::default()
    }

    /// The next call fails with `error` and changes nothing.
    pub fn fail_next(&self, error: StoreError) {
        self.fail_after(0, error);
    }

    /// `calls` calls succeed, the one after them fails with `error` and changes nothing, and then all is well again.
    pub fn fail_after(&self, calls: usize, error: StoreError) {
        *self.fault.borrow_mut() = Some(Fault { after: calls, error });
    }

    fn meet_fault(&self) -> Result<()> {
        let mut fault = self.fault.borrow_mut();
        match fault.take() {
            Some(Fault { after: 0, error }) => Err(error),
            Some(Fault { after, error }) => {
                *fault = Some(Fault { after: after - 1, error });
                Ok(())
            }
            None => Ok(()),
        }
    }

    fn read<T>(&self, read: impl FnOnce(&State) -> T) -> Result<T> {
        self.meet_fault()?;
        Ok(read(&self.state.borrow()))
    }

    fn change<T>(&self, change: impl FnOnce(&mut State) -> T) -> Result<T> {
        self.meet_fault()?;
        Ok(change(&mut self.state.borrow_mut()))
    }
}

impl State {
    fn write(&mut self, written: Written) -> Result<()> {
        let device = written.event.core.author;
        let next = author::advance(self.authors.get(&device).copied().unwrap_or_default(), &written)?;
        self.authors.insert(device, next);
        self.events.insert(written.event.id, author::event_row(&written));
        self.outbox.extend(author::outbox_rows(&written).map(|row| (row.key, row)));
        for key in &written.replaces {
            self.dismiss(key);
        }
        let at = written.at;
        self.parts.extend(written.parts.into_iter().map(|part| ((part.event, part.index), incoming::written(part, at))));
        Ok(())
    }

    fn merge(&mut self, page: Page) -> Vec<EventId> {
        let ahead = incoming::far_ahead(&page).into_iter().filter_map(|id| Some((id, self.events.get(&id)?.received))).collect();
        let parts = incoming::unexpired(&page, &ahead);
        let here = page.events.iter().filter_map(|row| self.events.get(&row.event.id));
        let here = here.map(|row| (row.event.id, row.intact)).collect();
        let fresh = incoming::fresh(page.events, &here);
        let new = fresh.iter().map(|row| row.event.id).collect();
        for row in fresh {
            if row.intact {
                let state = self.authors.entry(row.event.core.author).or_default();
                *state = author::follow(*state, &row);
                self.seen = author::witness(self.seen, &row);
            }
            self.events.insert(row.event.id, row);
        }
        for kept in parts {
            self.parts.entry((kept.part.event, kept.part.index)).or_insert(kept);
        }
        for document in page.documents {
            self.documents.insert((document.database.clone(), document.id.clone()), document);
        }
        for gone in &page.gone {
            self.documents.remove(gone);
        }
        self.checkpoints.extend(page.checkpoint);
        new
    }

    fn settle(&mut self, outcomes: Vec<(OutboxKey, Outcome)>) {
        let receipts = outbox::settle_all(&mut self.outbox, outcomes);
        self.receipts.extend(receipts.into_iter().map(|receipt| (receipt.key, receipt)));
    }

    fn enqueue(&mut self, row: OutboxRow) {
        if !self.receipts.contains_key(&row.key) {
            self.outbox.entry(row.key).or_insert(row);
        }
    }

    fn take_back(&mut self, database: &str) {
        let Self { events, parts, receipts, outbox, .. } = self;
        receipts.retain(|key, receipt| {
            let is_here = key.part.is_none_or(|index| parts.contains_key(&(key.event, index)));
            let row = events.get(&key.event).filter(|_| is_here && receipt.database == database);
            outbox.extend(row.map(|row| (*key, outbox::again(receipt, row.event.core.region))));
            row.is_none()
        });
    }

    fn dismiss(&mut self, key: &OutboxKey) {
        let first = OutboxKey { event: key.event, part: None };
        let rows: Vec<_> = self.outbox.range(first..).map(|(_, row)| row).take_while(|row| row.key.event == key.event).cloned().collect();
        for key in outbox::dismissed(key, &rows) {
            self.outbox.remove(&key);
        }
    }

    fn expire(&mut self, now: Millis) -> Vec<OutboxKey> {
        let expired = self.parts.iter().filter(|(_, kept)| incoming::has_expired(kept.until, now)).map(|(place, _)| *place);
        let keys: Vec<OutboxKey> = expired.map(|(event, index)| OutboxKey { event, part: Some(index) }).collect();
        self.parts.retain(|_, kept| !incoming::has_expired(kept.until, now));
        for key in &keys {
            self.outbox.remove(key);
            self.receipts.remove(key);
        }
        keys
    }

    fn recover(&mut self) {
        let recovered: Vec<_> = self.outbox.values().cloned().filter_map(outbox::recover).collect();
        self.outbox.extend(recovered.into_iter().map(|row| (row.key, row)));
    }

    fn events(&self, region: RegionId, node: Option<&NodeId>) -> Vec<EventRow> {
        let wanted = |row: &&EventRow| row.event.core.region == region && node.is_none_or(|node| row.event.core.node == *node);
        self.events.values().filter(wanted).cloned().collect()
    }

    fn documents(&self, database: &str, prefix: &str) -> Vec<Document> {
        let wanted = |document: &&Document| document.database == database && document.id.starts_with(prefix);
        self.documents.values().filter(wanted).cloned().collect()
    }

    fn set_meta(&mut self, name: &str, value: Option<Value>) {
        match value {
            Some(value) => self.meta.insert(name.to_owned(), value),
            None => self.meta.remove(name),
        };
    }
}

impl State {
    fn reseal(&mut self, part: Part) {
        if let Some(kept) = self.parts.get_mut(&(part.event, part.index)) {
            kept.part = part;
        }
    }

    fn forget(&mut self, public: &[String], events: Vec<EventRow>) {
        let before = std::mem::take(self);
        let is_public = |database: &String| public.contains(database);
        *self = Self {
            packs: before.packs,
            rests: before.rests,
            documents: before.documents.into_iter().filter(|((database, _), _)| is_public(database)).collect(),
            checkpoints: before.checkpoints.into_iter().filter(|(database, _)| is_public(database)).collect(),
            events: events.into_iter().map(|row| (row.event.id, row)).collect(),
            ..Self::default()
        };
    }
}

impl Private for MemoryStore {
    async fn set_values(&self, values: Vec<(String, Option<Value>)>) -> Result<()> {
        self.change(|state| values.into_iter().for_each(|(name, value)| state.set_meta(&name, value)))
    }

    async fn plain_parts(&self) -> Result<Vec<Part>> {
        let is_plain = |part: &&Part| matches!(part.envelope, Envelope::Plain(_));
        self.read(|state| state.parts.values().map(|kept| &kept.part).filter(is_plain).cloned().collect())
    }

    async fn reseal(&self, parts: Vec<Part>) -> Result<()> {
        self.change(|state| parts.into_iter().for_each(|part| state.reseal(part)))
    }

    async fn forget(&self, public: Vec<String>, events: Vec<EventRow>) -> Result<()> {
        self.change(|state| state.forget(&public, events))
    }
}

impl Store for MemoryStore {
    async fn write(&self, written: Written) -> Result<()> {
        self.change(|state| state.write(written))?
    }

    async fn merge(&self, page: Page) -> Result<Vec<EventId>> {
        self.change(|state| state.merge(page))
    }

    async fn settle(&self, outcomes: Vec<(OutboxKey, Outcome)>) -> Result<()> {
        self.change(|state| state.settle(outcomes))
    }

    async fn enqueue(&self, rows: Vec<OutboxRow>) -> Result<()> {
        self.change(|state| rows.into_iter().for_each(|row| state.enqueue(row)))
    }

    async fn take_back(&self, database: &str) -> Result<()> {
        self.change(|state| state.take_back(database))
    }

    async fn dismiss(&self, key: OutboxKey) -> Result<()> {
        self.change(|state| state.dismiss(&key))
    }

    async fn expire(&self, now: Millis) -> Result<Vec<OutboxKey>> {
        self.change(|state| state.expire(now))
    }

    async fn recover(&self) -> Result<()> {
        self.change(State::recover)
    }

    async fn event(&self, id: EventId) -> Result<Option<EventRow>> {
        self.read(|state| state.events.get(&id).cloned())
    }

    async fn events(&self, region: RegionId, node: Option<NodeId>) -> Result<Vec<EventRow>> {
        self.read(|state| state.events(region, node.as_ref()))
    }

    async fn parts(&self, event: EventId) -> Result<Vec<Part>> {
        self.read(|state| state.parts.range((event, 0)..=(event, u8::MAX)).map(|(_, kept)| kept.part.clone()).collect())
    }

    async fn outbox(&self) -> Result<Vec<OutboxRow>> {
        self.read(|state| state.outbox.values().cloned().collect())
    }

    async fn receipts(&self) -> Result<Vec<Receipt>> {
        self.read(|state| state.receipts.values().cloned().collect())
    }

    async fn documents(&self, database: &str, prefix: &str) -> Result<Vec<Document>> {
        self.read(|state| state.documents(database, prefix))
    }

    async fn checkpoint(&self, database: &str) -> Result<Option<Value>> {
        self.read(|state| state.checkpoints.get(database).cloned())
    }

    async fn author_state(&self, device: DeviceKey) -> Result<AuthorState> {
        self.read(|state| author::caught_up(state.authors.get(&device).copied().unwrap_or_default(), state.seen))
    }

    async fn meta(&self, name: &str) -> Result<Option<Value>> {
        self.read(|state| state.meta.get(name).cloned())
    }

    async fn set_meta(&self, name: &str, value: Option<Value>) -> Result<()> {
        self.change(|state| state.set_meta(name, value))
    }

    async fn put_pack(&self, note: PackNote, bytes: Vec<u8>) -> Result<()> {
        self.change(|state| state.packs.insert(note.region, (note, bytes)))?;
        Ok(())
    }

    async fn pack(&self, region: RegionId) -> Result<Option<Vec<u8>>> {
        self.read(|state| state.packs.get(&region).map(|(_, bytes)| bytes.clone()))
    }

    async fn packs(&self) -> Result<Vec<PackNote>> {
        self.read(|state| state.packs.values().map(|(note, _)| note.clone()).collect())
    }

    async fn put_rest(&self, region: RegionId, bytes: Bytes) -> Result<()> {
        self.change(|state| state.rests.insert(region, bytes))?;
        Ok(())
    }

    async fn rest(&self, region: RegionId) -> Result<Option<Bytes>> {
        self.read(|state| state.rests.get(&region).cloned())
    }

    async fn remove_pack(&self, region: RegionId) -> Result<()> {
        self.change(|state| (state.packs.remove(&region), state.rests.remove(&region)))?;
        Ok(())
    }
}
