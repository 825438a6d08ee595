//! The store of a phone: its database, or memory for as long as the page lives, where the browser gives none. Finding a place works
//! either way; who writes has to know which it is, see [`PhoneStore::health`].

use crate::health::{Fleeting, Health, Monitor};
use crate::idb::IdbStore;
use crate::memory::MemoryStore;
use crate::private::Private;
use crate::record::{AuthorState, Document, EventRow, OutboxKey, OutboxRow, Outcome, PackNote, Page, Receipt, Rescue, Written};
use crate::{Result, Store, StoreError};
use bytes::Bytes;
use civmesh_domain::id::{DeviceKey, EventId, NodeId, RegionId};
use civmesh_domain::part::Part;
use civmesh_domain::unit::Millis;
use serde_json::Value;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;
use wasm_bindgen::JsValue;

/// The store of a phone. Clones share what is in it.
#[derive(Clone)]
pub struct PhoneStore {
    place: Place,
    monitor: Rc<Monitor>,
}

#[derive(Clone)]
enum Place {
    Kept(IdbStore),
    Fleeting { store: MemoryStore, keys: Rc<RefCell<BTreeMap<String, JsValue>>> },
}

impl PhoneStore {
    /// Opens the database of this name, or, where that can't be had, a store that keeps nothing. `listen` is told how the store fares,
    /// now and with every change: also while opening waits for another tab.
    pub async fn open(name: &str, listen: impl Fn(Health) + 'static) -> Self {
        let monitor = Rc::new(Monitor::default());
        monitor.listen(listen);
        let place = match IdbStore::open_watched(name, monitor.clone()).await {
            Ok(store) => Place::Kept(store),
            Err(error) => {
                monitor.change(|health| *health = Health { fleeting: Some(why(&error)), ..Health::default() });
                Place::Fleeting { store: MemoryStore::new(), keys: Rc::default() }
            }
        };
        Self { place, monitor }
    }

    /// How it fares now.
    pub fn health(&self) -> Health {
        self.monitor.health()
    }

    /// Whether the database vanished while it was used; tells it once.
    pub fn take_gone(&self) -> bool {
        let gone = self.health().gone;
        self.monitor.change(|health| health.gone = false);
        gone
    }

    /// Finds out whether there is room again, by writing something of the size of a record and taking it away.
    ///
    /// # Errors
    /// There is none.
    pub async fn try_room(&self) -> Result<()> {
        /// A record with its words; a photo may want more.
        const PROBE: usize = 64 * 1024;
        self.set_meta("room", Some("x".repeat(PROBE).into())).await?;
        self.set_meta("room", None).await
    }

    /// What was rescued when the database was last made whole again.
    ///
    /// # Errors
    /// The database.
    pub async fn rescue(&self) -> Result<Option<Rescue>> {
        match &self.place {
            Place::Kept(store) => store.rescue().await,
            Place::Fleeting { .. } => Ok(None),
        }
    }

    /// A key of this device under its name, as the browser keeps it.
    ///
    /// # Errors
    /// The database.
    pub async fn key(&self, name: &str) -> Result<Option<JsValue>> {
        match &self.place {
            Place::Kept(store) => store.key(name).await,
            Place::Fleeting { keys, .. } => Ok(keys.borrow().get(name).cloned()),
        }
    }

    /// Forgets a key of this device.
    ///
    /// # Errors
    /// The database.
    pub async fn forget_key(&self, name: &str) -> Result<()> {
        match &self.place {
            Place::Kept(store) => store.forget_key(name).await,
            Place::Fleeting { keys, .. } => {
                keys.borrow_mut().remove(name);
                Ok(())
            }
        }
    }

    /// Takes back what is under way, for a page that the browser puts away as it stands: see [`IdbStore::let_go`]. Memory goes with the page.
    pub fn let_go(&self) {
        if let Place::Kept(store) = &self.place {
            store.let_go();
        }
    }

    /// Goes on after [`PhoneStore::let_go`]: the page is back.
    pub fn come_back(&self) {
        if let Place::Kept(store) = &self.place {
            store.come_back();
        }
    }

    /// Keeps a key of this device under its name.
    ///
    /// # Errors
    /// The database, and a browser that can't keep keys.
    pub async fn set_key(&self, name: &str, key: &JsValue) -> Result<()> {
        match &self.place {
            Place::Kept(store) => store.set_key(name, key).await,
            Place::Fleeting { keys, .. } => {
                keys.borrow_mut().insert(name.to_owned(), key.clone());
                Ok(())
            }
        }
    }
}

fn why(error: &StoreError) -> Fleeting {
    match error {
        StoreError::NotGiven(_) => Fleeting::NotGiven,
        StoreError::Full => Fleeting::NoRoom,
        StoreError::Damaged(_) => Fleeting::Damaged,
        StoreError::Unreachable(_) | StoreError::Newer | StoreError::Overtaken => Fleeting::Broken,
    }
}

/// Hands every method on to where the records are.
macro_rules! hand_on {
    ($trait:ident: $(async fn $method:ident(&self $(, $argument:ident: $kind:ty)*) -> $outcome:ty;)*) => {
        impl $trait for PhoneStore {
            $(async fn $method(&self $(, $argument: $kind)*) -> $outcome {
                match &self.place {
                    Place::Kept(store) => store.$method($($argument),*).await,
                    Place::Fleeting { store, .. } => store.$method($($argument),*).await,
                }
            })*
        }
    };
}

hand_on! { Store:
    async fn write(&self, written: Written) -> Result<()>;
    async fn merge(&self, page: Page) -> Result<Vec<EventId>>;
    async fn settle(&self, outcomes: Vec<(OutboxKey, Outcome)>) -> Result<()>;
    async fn enqueue(&self, rows: Vec<OutboxRow>) -> Result<()>;
    async fn take_back(&self, database: &str) -> Result<()>;
    async fn dismiss(&self, key: OutboxKey) -> Result<()>;
    async fn expire(&self, now: Millis) -> Result<Vec<OutboxKey>>;
    async fn recover(&self) -> Result<()>;
    async fn event(&self, id: EventId) -> Result<Option<EventRow>>;
    async fn events(&self, region: RegionId, node: Option<NodeId>) -> Result<Vec<EventRow>>;
    async fn parts(&self, event: EventId) -> Result<Vec<Part>>;
    async fn outbox(&self) -> Result<Vec<OutboxRow>>;
    async fn receipts(&self) -> Result<Vec<Receipt>>;
    async fn documents(&self, database: &str, prefix: &str) -> Result<Vec<Document>>;
    async fn checkpoint(&self, database: &str) -> Result<Option<Value>>;
    async fn author_state(&self, device: DeviceKey) -> Result<AuthorState>;
    async fn meta(&self, name: &str) -> Result<Option<Value>>;
    async fn set_meta(&self, name: &str, value: Option<Value>) -> Result<()>;
    async fn put_pack(&self, note: PackNote, bytes: Vec<u8>) -> Result<()>;
    async fn pack(&self, region: RegionId) -> Result<Option<Vec<u8>>>;
    async fn packs(&self) -> Result<Vec<PackNote>>;
    async fn put_rest(&self, region: RegionId, bytes: Bytes) -> Result<()>;
    async fn rest(&self, region: RegionId) -> Result<Option<Bytes>>;
    async fn remove_pack(&self, region: RegionId) -> Result<()>;
}

hand_on! { Private:
    async fn set_values(&self, values: Vec<(String, Option<Value>)>) -> Result<()>;
    async fn plain_parts(&self) -> Result<Vec<Part>>;
    async fn reseal(&self, parts: Vec<Part>) -> Result<()>;
    async fn forget(&self, public: Vec<String>, events: Vec<EventRow>) -> Result<()>;
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    fn what_is_not_given_what_has_no_room_and_what_does_not_open_are_told_apart() {
        assert_eq!(why(&StoreError::NotGiven("SecurityError".to_owned())), Fleeting::NotGiven);
        assert_eq!(why(&StoreError::Full), Fleeting::NoRoom);
        assert_eq!(why(&StoreError::Damaged("civmesh".to_owned())), Fleeting::Damaged);
        assert_eq!(why(&StoreError::Unreachable("UnknownError".to_owned())), Fleeting::Broken);
    }
}
