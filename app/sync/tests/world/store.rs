//! A store that takes its time over a page.

use bytes::Bytes;
use civmesh_domain::id::{DeviceKey, EventId, NodeId, RegionId};
use civmesh_domain::part::Part;
use civmesh_domain::unit::Millis;
use civmesh_store::memory::MemoryStore;
use civmesh_store::record::{AuthorState, Document, EventRow, OutboxKey, OutboxRow, Outcome, PackNote, Page, Receipt, Written};
use civmesh_store::{Result, Store};
use serde_json::Value;
use std::cell::RefCell;
use std::task::Poll;

/// Lets everything else go on, so many times.
pub async fn take_turns(turns: usize) {
    for _ in 0..turns {
        let mut yielded = false;
        futures::future::poll_fn(|context| {
            context.waker().wake_by_ref();
            if std::mem::replace(&mut yielded, true) { Poll::Ready(()) } else { Poll::Pending }
        })
        .await;
    }
}

/// It notes in `log` when it begins and when it ends keeping a page.
pub struct SlowStore<'a> {
    pub store: &'a MemoryStore,
    pub turns: usize,
    pub log: &'a RefCell<Vec<&'static str>>,
}

macro_rules! as_it_is {
    ($($name:ident($($argument:ident: $kind:ty),*) -> $result:ty;)*) => {
        $(async fn $name(&self, $($argument: $kind),*) -> Result<$result> {
            self.store.$name($($argument),*).await
        })*
    };
}

impl Store for SlowStore<'_> {
    async fn merge(&self, page: Page) -> Result<Vec<EventId>> {
        self.log.borrow_mut().push("keeps");
        take_turns(self.turns).await;
        let kept = self.store.merge(page).await;
        self.log.borrow_mut().push("kept");
        kept
    }

    as_it_is! {
        write(written: Written) -> ();
        settle(outcomes: Vec<(OutboxKey, Outcome)>) -> ();
        enqueue(rows: Vec<OutboxRow>) -> ();
        take_back(database: &str) -> ();
        dismiss(key: OutboxKey) -> ();
        expire(now: Millis) -> Vec<OutboxKey>;
        recover() -> ();
        event(id: EventId) -> Option<EventRow>;
        events(region: RegionId, node: Option<NodeId>) -> Vec<EventRow>;
        parts(event: EventId) -> Vec<Part>;
        outbox() -> Vec<OutboxRow>;
        receipts() -> Vec<Receipt>;
        documents(database: &str, prefix: &str) -> Vec<Document>;
        checkpoint(database: &str) -> Option<Value>;
        author_state(device: DeviceKey) -> AuthorState;
        meta(name: &str) -> Option<Value>;
        set_meta(name: &str, value: Option<Value>) -> ();
        put_pack(note: PackNote, bytes: Vec<u8>) -> ();
        pack(region: RegionId) -> Option<Vec<u8>>;
        packs() -> Vec<PackNote>;
        rest(region: RegionId) -> Option<Bytes>;
        put_rest(region: RegionId, bytes: Bytes) -> ();
        remove_pack(region: RegionId) -> ();
    }
}
