//! A phone's store with everything that a real one does to whoever uses it: it takes its time before and after each transaction, it is full,
//! it is not there. What is in it survives the phone's death; and after each change it is looked at.

use crate::scene::Scene;
use bytes::Bytes;
use civmesh_domain::id::{DeviceKey, EventId, NodeId, RegionId};
use civmesh_domain::part::Part;
use civmesh_domain::unit::Millis;
use civmesh_store::record::{AuthorState, Document, EventRow, OutboxKey, OutboxRow, Outcome, PackNote, Page, Receipt, Source, Written};
use civmesh_store::{Result, Store, StoreError};
use serde_json::Value;
use std::rc::Rc;

pub struct Shelf {
    pub scene: Rc<Scene>,
    pub phone: usize,
}

impl Shelf {
    async fn before(&self, writes: bool) -> Result<()> {
        let (scene, phone) = (&self.scene, &self.scene.phones[self.phone]);
        scene.time.sleep(scene.chance.below(4)).await;
        if scene.calm.get() {
            return Ok(());
        }
        if writes && phone.full.get() {
            scene.faults.count("full stores");
            return Err(StoreError::Full);
        }
        if scene.chance.one_in(scene.temper.store) {
            scene.faults.count("lost databases");
            return Err(StoreError::Unreachable("closed".to_owned()));
        }
        Ok(())
    }

    async fn after(&self) {
        self.scene.time.sleep(self.scene.chance.below(3)).await;
    }

    fn disk(&self) -> &impl Store {
        &self.scene.phones[self.phone].disk
    }
}

macro_rules! reads {
    ($($name:ident($($argument:ident: $kind:ty),*) -> $result:ty;)*) => {
        $(async fn $name(&self, $($argument: $kind),*) -> Result<$result> {
            self.before(false).await?;
            let read = self.disk().$name($($argument),*).await?;
            self.after().await;
            Ok(read)
        })*
    };
}

macro_rules! writes {
    ($($name:ident($($argument:ident: $kind:ty),*) -> $result:ty;)*) => {
        $(async fn $name(&self, $($argument: $kind),*) -> Result<$result> {
            self.before(true).await?;
            let done = self.disk().$name($($argument),*).await?;
            self.scene.truth.look(&self.scene, self.phone);
            self.after().await;
            Ok(done)
        })*
    };
}

impl Store for Shelf {
    async fn write(&self, written: Written) -> Result<()> {
        self.before(true).await?;
        let (event, parts) = (written.event.clone(), written.parts.clone());
        self.disk().write(written).await?;
        self.scene.truth.wrote(&self.scene, self.phone, &event, &parts);
        self.scene.truth.look(&self.scene, self.phone);
        self.after().await;
        Ok(())
    }

    async fn enqueue(&self, rows: Vec<OutboxRow>) -> Result<()> {
        self.before(true).await?;
        let keys: Vec<OutboxKey> = rows.iter().map(|row| row.key).collect();
        self.disk().enqueue(rows).await?;
        self.scene.truth.took_on(self.phone, &keys);
        self.scene.truth.look(&self.scene, self.phone);
        self.after().await;
        Ok(())
    }

    async fn expire(&self, now: Millis) -> Result<Vec<OutboxKey>> {
        self.before(true).await?;
        let dropped = self.disk().expire(now).await?;
        self.scene.truth.dropped(&self.scene, self.phone, &dropped);
        self.scene.truth.look(&self.scene, self.phone);
        self.after().await;
        Ok(dropped)
    }

    async fn dismiss(&self, key: OutboxKey) -> Result<()> {
        self.before(true).await?;
        self.disk().dismiss(key).await?;
        self.scene.truth.let_go(&self.scene, self.phone, key);
        self.scene.truth.look(&self.scene, self.phone);
        self.after().await;
        Ok(())
    }

    async fn merge(&self, page: Page) -> Result<Vec<EventId>> {
        self.before(true).await?;
        let loaded = page.events.iter().filter(|row| row.source == Source::File).map(|row| (self.phone, row.event.id));
        self.scene.truth.loaded.borrow_mut().extend(loaded);
        let (parts, at) = (page.parts.clone(), page.at);
        let new = self.disk().merge(page).await?;
        for part in parts {
            if self.disk().parts(part.event).await?.iter().all(|kept| kept.index != part.index) {
                let (name, word) = (&self.scene.phones[self.phone].name, part.event.check_word());
                self.scene.note(name, format_args!("takes part {} of {word} for expired at {at:?}", part.index));
            }
        }
        self.scene.truth.look(&self.scene, self.phone);
        self.after().await;
        Ok(new)
    }

    writes! {
        settle(outcomes: Vec<(OutboxKey, Outcome)>) -> ();
        take_back(database: &str) -> ();
        recover() -> ();
        set_meta(name: &str, value: Option<Value>) -> ();
        put_pack(note: PackNote, bytes: Vec<u8>) -> ();
        put_rest(region: RegionId, bytes: Bytes) -> ();
        remove_pack(region: RegionId) -> ();
    }

    reads! {
        event(id: EventId) -> Option<EventRow>;
        events(region: RegionId, node: Option<NodeId>) -> Vec<EventRow>;
        parts(event: EventId) -> Vec<Part>;
        outbox() -> Vec<OutboxRow>;
        receipts() -> Vec<Receipt>;
        documents(database: &str, prefix: &str) -> Vec<Document>;
        checkpoint(database: &str) -> Option<Value>;
        author_state(device: DeviceKey) -> AuthorState;
        meta(name: &str) -> Option<Value>;
        pack(region: RegionId) -> Option<Vec<u8>>;
        packs() -> Vec<PackNote>;
        rest(region: RegionId) -> Option<Bytes>;
    }
}
