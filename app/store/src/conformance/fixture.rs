//! Signed events and what goes with them, for tests of every crate above this one.

use crate::record::{EventRow, OutboxKey, Outcome, Page, Receipt, Source, Written};
use civmesh_domain::body::Body;
use civmesh_domain::clock::Clock;
use civmesh_domain::event::{Core, Event, Mode, signing_message};
use civmesh_domain::id::{DeviceKey, NodeId, RegionId};
use civmesh_domain::part::{Content, Envelope, Part, PartKind};
use civmesh_domain::personnel::check_in::{CheckIn, Duty, Subject};
use civmesh_domain::unit::Millis;
use ed25519_dalek::{Signer, SigningKey};

/// The region of all fixtures.
pub const REGION: RegionId = RegionId([1; 16]);

/// When everything comes in, by the phone's clock.
pub const NOW: Millis = Millis(1_800_000_000_000);

/// A signing key.
pub fn key(seed: u8) -> SigningKey {
    SigningKey::from_bytes(&[seed; 32])
}

/// The author with this key.
pub fn device(seed: u8) -> DeviceKey {
    DeviceKey(key(seed).verifying_key().to_bytes())
}

/// A node of the region.
pub fn node(id: &str) -> NodeId {
    id.parse().unwrap()
}

/// The core of a check-in at node `s001`, `minutes` before [`NOW`].
pub fn core(author: u8, sequence: u64, minutes: u64) -> Core {
    Core {
        region: REGION,
        mode: Mode::Real,
        activation: None,
        author: device(author),
        sequence,
        clock: Clock::new(Millis(NOW.0 - minutes * Millis::MINUTE), 0),
        node: node("s001"),
        body: Body::CheckIn(CheckIn { subject: Subject::Myself, duty: Duty::General, skills: Default::default(), corrects: None }),
        parts: Vec::new(),
    }
}

/// The event with this core, signed by its author's key.
pub fn sign(core: &Core, author: u8) -> Event {
    let bytes = core.to_bytes().unwrap();
    let signature = key(author).sign(&signing_message(&bytes)).to_bytes();
    Event::from_parts(bytes, signature).unwrap()
}

/// A signed check-in, `minutes` before [`NOW`].
pub fn event(author: u8, sequence: u64, minutes: u64) -> Event {
    sign(&core(author, sequence, minutes), author)
}

/// The same event with a signature that is not its author's.
pub fn spoilt(event: &Event) -> Event {
    Event::from_parts(event.core_bytes().to_vec(), [7; 64]).unwrap()
}

/// A part of `event`.
pub fn part(event: &Event, index: u8, text: &str) -> Part {
    let content = Content { salt: [index; 16], bytes: text.into() };
    Part { event: event.id, index, kind: PartKind::Text, envelope: Envelope::Plain(content) }
}

/// An event to be written.
pub fn written(event: &Event, parts: Vec<Part>) -> Written {
    Written { event: event.clone(), parts, at: NOW, replaces: Vec::new() }
}

/// An event as pulled from the hub.
pub fn pulled(event: &Event) -> EventRow {
    EventRow { event: event.clone(), intact: event.is_intact(), source: Source::Hub, received: NOW }
}

/// A page of events.
pub fn page(events: &[Event]) -> Page {
    Page { events: events.iter().map(pulled).collect(), at: NOW, ..Page::default() }
}

/// The event's place in the outbox.
pub fn place(event: &Event) -> OutboxKey {
    OutboxKey { event: event.id, part: None }
}

/// The place of an event's part in the outbox.
pub fn part_place(event: &Event, index: u8) -> OutboxKey {
    OutboxKey { event: event.id, part: Some(index) }
}

/// A receipt.
pub fn receipt(key: OutboxKey) -> Receipt {
    Receipt { key, at: NOW, database: "civmesh-r-ops".to_owned() }
}

/// The hub has it.
pub fn received(key: OutboxKey) -> (OutboxKey, Outcome) {
    (key, Outcome::Received(receipt(key)))
}

/// The hub will not take it.
pub fn refused(key: OutboxKey) -> (OutboxKey, Outcome) {
    (key, Outcome::Refused { code: "node".to_owned(), reason: "not your node".to_owned(), at: NOW })
}
