//! Rules of the protocol, each broken on purpose by something that stands around the phone or the hub: the simulation has to find every one.

use crate::network::Line;
use crate::shelf::Shelf;
use crate::world::store::take_turns;
use bytes::Bytes;
use civmesh_domain::id::{DeviceKey, EventId, NodeId, RegionId};
use civmesh_domain::part::Part;
use civmesh_domain::unit::Millis;
use civmesh_store::record::{AuthorState, Document, EventRow, OutboxKey, OutboxRow, Outcome, PackNote, Page, Receipt, Source, Written};
use civmesh_store::{Result, Store};
use civmesh_sync::hub::{Hub, Request, Response, Unreachable};
use serde_json::Value;

/// One broken rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flaw {
    /// A row of the answer is taken for the document at its place in the batch.
    ReceiptByPlace,
    /// A batch without an answer is taken for received.
    ReceiptOnTimeout,
    /// Whatever answers 200 is taken for the hub.
    ReceiptFromSignInPage,
    /// A batch is sent again with new revisions.
    FreshRevision,
    /// The checkpoint is kept before its page.
    CheckpointFirst,
    /// The event is written in one transaction, its place in the outbox in the next.
    OutboxLater,
    /// What is settled as received leaves the outbox in one transaction, and its receipt is kept in none.
    NoReceipt,
    /// Parts are dropped by the phone's clock alone.
    OneClock,
    /// A page ends where the link broke off, and is taken for whole.
    HalfPage,
    /// The hub says that it has what it has not stored yet.
    ReceiptBeforeStoring,
    /// Receipts of a hub that lost its disk still count.
    OldReceipts,
    /// What one hub could not hand on is passed over.
    ReplicationSkips,
}

impl Flaw {
    pub const ALL: &[Self] = &[
        Self::ReceiptByPlace,
        Self::ReceiptOnTimeout,
        Self::ReceiptFromSignInPage,
        Self::FreshRevision,
        Self::CheckpointFirst,
        Self::OutboxLater,
        Self::NoReceipt,
        Self::OneClock,
        Self::HalfPage,
        Self::ReceiptBeforeStoring,
        Self::OldReceipts,
        Self::ReplicationSkips,
    ];
}

/// The phone's line, with the flaws of a client that reads answers wrongly.
pub struct Crooked {
    pub line: Line,
    pub flaw: Option<Flaw>,
}

impl Hub for Crooked {
    async fn send(&self, mut request: Request) -> std::result::Result<Response, Unreachable> {
        let is_batch = request.path.ends_with("/_bulk_docs");
        let chance = &self.line.scene.chance;
        if self.flaw == Some(Flaw::FreshRevision) && is_batch {
            request.body = request.body.map(|body| with_fresh_revisions(&body, chance.bytes()));
        }
        let answer = self.line.send(request.clone()).await;
        match (self.flaw, answer) {
            (Some(Flaw::ReceiptByPlace), Ok(answer)) if is_batch => Ok(by_place(&request, answer)),
            (Some(Flaw::ReceiptOnTimeout), Err(_)) if is_batch => Ok(all_landed()),
            (Some(Flaw::ReceiptFromSignInPage), Ok(answer)) if is_batch && answer.status == 200 => Ok(all_landed()),
            (Some(Flaw::HalfPage), Ok(answer)) if request.path.contains("/_changes") && chance.one_in(10) => Ok(half(answer)),
            (_, answer) => answer,
        }
    }
}

fn all_landed() -> Response {
    Response { status: 201, body: "[]".to_owned(), date: None }
}

fn with_fresh_revisions(body: &str, salt: [u8; 16]) -> String {
    let mut body: Value = serde_json::from_str(body).unwrap();
    for doc in body["docs"].as_array_mut().unwrap() {
        let hash = blake3::keyed_hash(blake3::hash(&salt).as_bytes(), doc["_id"].as_str().unwrap().as_bytes());
        doc["_rev"] = format!("1-{}", &hash.to_hex()[..32]).into();
    }
    body.to_string()
}

fn by_place(request: &Request, mut answer: Response) -> Response {
    let asked: Value = serde_json::from_str(request.body.as_deref().unwrap()).unwrap();
    let Some(Value::Array(mut rows)) = answer.json() else { return answer };
    for (row, doc) in rows.iter_mut().zip(asked["docs"].as_array().unwrap()) {
        if row.is_object() {
            row["id"] = doc["_id"].clone();
        }
    }
    answer.body = Value::Array(rows).to_string();
    answer
}

fn half(mut answer: Response) -> Response {
    if let Some(mut page) = answer.json()
        && let Some(results) = page.get_mut("results").and_then(Value::as_array_mut)
    {
        results.truncate(results.len() / 2);
        answer.body = page.to_string();
    }
    answer
}

/// The phone's store, with the flaws of one that does in two steps what is one.
pub struct Mistaken {
    pub shelf: Shelf,
    pub flaw: Option<Flaw>,
}

macro_rules! as_it_is {
    ($($name:ident($($argument:ident: $kind:ty),*) -> $result:ty;)*) => {
        $(async fn $name(&self, $($argument: $kind),*) -> Result<$result> {
            self.shelf.$name($($argument),*).await
        })*
    };
}

impl Store for Mistaken {
    async fn merge(&self, mut page: Page) -> Result<Vec<EventId>> {
        if self.flaw == Some(Flaw::CheckpointFirst) {
            let first = Page { checkpoint: page.checkpoint.take(), ..Page::default() };
            self.shelf.merge(first).await?;
            take_turns(1).await;
        }
        self.shelf.merge(page).await
    }

    async fn write(&self, written: Written) -> Result<()> {
        if self.flaw != Some(Flaw::OutboxLater) {
            return self.shelf.write(written).await;
        }
        let Written { event, parts, at, .. } = written;
        let keys = std::iter::once(None).chain(parts.iter().map(|part| Some(part.index)));
        let rows = keys.map(|part| OutboxRow::new(OutboxKey { event: event.id, part }, event.core.region)).collect();
        self.shelf.scene.truth.wrote(&self.shelf.scene, self.shelf.phone, &event, &parts);
        let row = EventRow { intact: true, event, source: Source::Here, received: at };
        self.shelf.merge(Page { at, events: vec![row], parts, ..Page::default() }).await?;
        self.shelf.enqueue(rows).await
    }

    async fn settle(&self, mut outcomes: Vec<(OutboxKey, Outcome)>) -> Result<()> {
        if self.flaw == Some(Flaw::NoReceipt) {
            let received = outcomes.iter().filter(|(_, outcome)| matches!(outcome, Outcome::Received(_))).map(|(key, _)| *key);
            let received: Vec<OutboxKey> = received.collect();
            for (_, outcome) in &mut outcomes {
                if matches!(outcome, Outcome::Received(_)) {
                    *outcome = Outcome::Refused { code: "done".to_owned(), reason: "done".to_owned(), at: Millis(0) };
                }
            }
            self.shelf.settle(outcomes).await?;
            for key in received {
                self.shelf.scene.phones[self.shelf.phone].disk.dismiss(key).await?;
            }
            return self.shelf.recover().await;
        }
        self.shelf.settle(outcomes).await
    }

    async fn expire(&self, now: Millis) -> Result<Vec<OutboxKey>> {
        let own = self.shelf.scene.phone_clock(self.shelf.phone);
        self.shelf.expire(if self.flaw == Some(Flaw::OneClock) { own } else { now }).await
    }

    async fn take_back(&self, database: &str) -> Result<()> {
        if self.flaw == Some(Flaw::OldReceipts) {
            return Ok(());
        }
        self.shelf.take_back(database).await
    }

    as_it_is! {
        enqueue(rows: Vec<OutboxRow>) -> ();
        dismiss(key: OutboxKey) -> ();
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
