//! What the tests of a round share: a model hub, a phone with a manual clock, and events to send.
#![allow(dead_code, clippy::unwrap_used, clippy::panic, reason = "each test file uses a part of it, and a test may fail loudly")]

pub mod hub;
pub mod region;
pub mod store;

use civmesh_domain::body::Body;
use civmesh_domain::clock::Clock;
use civmesh_domain::delivery::Delivery;
use civmesh_domain::event::{Core, Event, Mode, signing_message};
use civmesh_domain::governance::Standing;
use civmesh_domain::id::{EventId, NodeId, RegionId};
use civmesh_domain::information::report::{Report, Urgency};
use civmesh_domain::information::status::{NodeState, NodeStatus};
use civmesh_domain::part::{Content, Envelope, Part, PartKind, PartRef};
use civmesh_domain::personnel::check_in::{CheckIn, Duty, Subject};
use civmesh_domain::personnel::seat::device_seed;
use civmesh_domain::routing::Database;
use civmesh_domain::seal::ReadingKey;
use civmesh_domain::unit::Millis;
use civmesh_store::Store;
use civmesh_store::memory::MemoryStore;
use civmesh_store::record::{OutboxKey, Written};
use civmesh_sync::engine::{Link, Progress, Round, RoundReport, sync_once};
use civmesh_sync::hub::Hub;
use civmesh_sync::schedule::{Schedule, Trigger};
use civmesh_sync::seat::Seat;
use ed25519_dalek::{Signer, SigningKey};
use enumset::EnumSet;
use futures::executor::block_on;
use futures::future::{FutureExt, LocalBoxFuture};
use hub::ModelHub;
use std::cell::{Cell, RefCell};
use std::rc::Rc;

/// The region of the authority with the seed 32 bytes of 1.
pub const REGION: RegionId = RegionId([131, 86, 26, 219, 57, 143, 216, 127, 142, 126, 216, 51, 27, 255, 47, 203]);
pub const START: u64 = 1_795_000_000_000;

pub fn node(name: &str) -> NodeId {
    name.parse().unwrap()
}

/// Only `s009` is still proposed.
pub fn standing(node: &NodeId) -> Standing {
    if node.as_str() == "s009" { Standing::Proposed } else { Standing::Agreed }
}

pub fn roles(names: &[&str]) -> Vec<String> {
    names.iter().map(|&name| name.to_owned()).collect()
}

pub fn status(state: NodeState, replaces: &[EventId]) -> Body {
    let replaces = replaces.iter().map(EventId::check_word).collect();
    Body::NodeStatus(NodeStatus { state, offers: Default::default(), replaces })
}

pub fn report() -> Body {
    let report =
        Report { urgency: Urgency::Soon, situation: None, people: None, needs: Vec::new(), dangers: EnumSet::empty(), corrects: None };
    Body::Report(report)
}

pub fn check_in() -> Body {
    Body::CheckIn(CheckIn { subject: Subject::Myself, duty: Duty::General, skills: EnumSet::empty(), corrects: None })
}

pub fn sign(core: &Core, key: &SigningKey) -> Event {
    let bytes = core.to_bytes().unwrap();
    let signature = key.sign(&signing_message(&bytes)).to_bytes();
    Event::from_parts(bytes, signature).unwrap()
}

/// A phone: a store, a seat, a clock that stands still until it is told otherwise.
pub struct Phone {
    pub store: MemoryStore,
    pub seat: Option<Seat>,
    pub now: Rc<Cell<u64>>,
    /// How long a look at the clock takes, in milliseconds, and with it what is done in between.
    pub look_takes: Cell<u64>,
    pub progress: RefCell<Vec<Progress>>,
    pub schedule: RefCell<Schedule>,
    /// Everything that was ever put into the outbox.
    pub written: RefCell<Vec<OutboxKey>>,
    pub eager: Cell<bool>,
    /// Databases that a person asks for by name.
    pub also: RefCell<Vec<Database>>,
    sequence: Cell<u64>,
}

impl Phone {
    pub fn anonymous(now: &Rc<Cell<u64>>) -> Self {
        Self {
            store: MemoryStore::new(),
            seat: None,
            now: now.clone(),
            look_takes: Cell::default(),
            progress: RefCell::default(),
            schedule: RefCell::default(),
            written: RefCell::default(),
            eager: Cell::default(),
            also: RefCell::default(),
            sequence: Cell::new(0),
        }
    }

    pub fn with_seat(now: &Rc<Cell<u64>>, account: &str, hub_roles: &[&str]) -> Self {
        let seat = Seat::new(account.parse().unwrap(), format!("password of {account}"), REGION, &roles(hub_roles));
        Self { seat: Some(seat), ..Self::anonymous(now) }
    }

    pub fn seat(&self) -> &Seat {
        self.seat.as_ref().unwrap()
    }

    fn key(&self) -> SigningKey {
        SigningKey::from_bytes(&device_seed(&self.seat().account, self.seat().password.as_ref().unwrap()))
    }

    pub fn make(&self, at: &str, body: Body, parts: &[Content]) -> Event {
        self.make_with(at, body, parts.iter().map(|content| content.describe(PartKind::Photo)).collect())
    }

    fn make_with(&self, at: &str, body: Body, parts: Vec<PartRef>) -> Event {
        self.sequence.set(self.sequence.get() + 1);
        let core = Core {
            region: REGION,
            mode: Mode::Real,
            activation: None,
            author: self.seat().device,
            sequence: self.sequence.get(),
            clock: Clock::new(Millis(self.now.get()), self.sequence.get() as u16),
            node: node(at),
            body,
            parts,
        };
        sign(&core, &self.key())
    }

    pub fn write(&self, at: &str, body: Body) -> Event {
        self.write_with_parts(at, body, &[])
    }

    pub fn write_with_parts(&self, at: &str, body: Body, sizes: &[usize]) -> Event {
        let contents: Vec<Content> = sizes.iter().map(|&size| Content { salt: [3; 16], bytes: vec![9; size] }).collect();
        let event = self.make(at, body, &contents);
        let part = |(index, content): (usize, &Content)| Part {
            event: event.id,
            index: index as u8,
            kind: PartKind::Photo,
            envelope: Envelope::Plain(content.clone()),
        };
        let parts: Vec<Part> = contents.iter().enumerate().map(part).collect();
        let keys = std::iter::once(None).chain(parts.iter().map(|part| Some(part.index)));
        self.written.borrow_mut().extend(keys.map(|part| OutboxKey { event: event.id, part }));
        let written = Written { event: event.clone(), parts, at: Millis(self.now.get()), replaces: Vec::new() };
        block_on(self.store.write(written)).unwrap();
        event
    }

    /// Writes an event with a name that is sealed to these readers.
    pub fn write_sealed(&self, at: &str, body: Body, content: &Content, readers: &[ReadingKey]) -> Event {
        let event = self.make_with(at, body, vec![content.describe(PartKind::Person)]);
        let part = Part::seal(event.id, 0, PartKind::Person, content, readers, &event.id.0).unwrap();
        let written = Written { event: event.clone(), parts: vec![part], at: Millis(self.now.get()), replaces: Vec::new() };
        block_on(self.store.write(written)).unwrap();
        event
    }

    pub fn round(&self, hub: &impl Hub) -> RoundReport {
        self.round_with(&self.store, hub, &|| async {}.boxed_local())
    }

    pub fn round_with(&self, store: &impl Store, hub: &impl Hub, pause: &dyn Fn() -> LocalBoxFuture<'static, ()>) -> RoundReport {
        let mut random = lcg(1);
        block_on(sync_once(Round {
            store,
            hub,
            region: REGION,
            seat: self.seat.as_ref(),
            standing: &standing,
            eager: self.eager.get(),
            also: &self.also.borrow(),
            now: &|| Millis(self.now.replace(self.now.get() + self.look_takes.get())),
            random: &mut random,
            pause,
            progress: &mut |step| self.progress.borrow_mut().push(step),
        }))
    }

    /// Rounds as the schedule has them, until the hub was reached and nothing waits. The clock jumps from one to the next.
    pub fn settle(&self, hub: &ModelHub) -> Vec<RoundReport> {
        let mut reports = Vec::new();
        for _ in 0..40 {
            self.schedule.borrow_mut().begin(Trigger::Start, Millis(self.now.get()));
            let report = self.round(hub);
            self.assert_nothing_is_lost(hub);
            let next = self.schedule.borrow_mut().end(&report, self.seat.is_some(), true, Millis(self.now.get()), 9);
            let done = report.link == Link::Reached && report.next_try.is_none();
            reports.push(report);
            if done {
                return reports;
            }
            self.now.set(next.at.0.max(self.now.get()));
        }
        panic!("not settled: {:?}", reports.last());
    }

    /// Whatever was written is in the outbox, or the hub has it and this phone has the receipt.
    pub fn assert_nothing_is_lost(&self, hub: &ModelHub) {
        // A fault that was meant for the round and is met here instead is over after one more try.
        let receipts = block_on(async { self.store.receipts().await.or(self.store.receipts().await) }).unwrap();
        let outbox = self.outbox();
        for key in self.written.borrow().iter() {
            let waits = outbox.iter().any(|row| row.key == *key);
            match receipts.iter().find(|receipt| receipt.key == *key) {
                None => assert!(waits, "{key:?} left the outbox without a receipt"),
                Some(receipt) => {
                    assert!(!waits, "{key:?} has a receipt and waits");
                    assert!(hub.has(&receipt.database, key), "{key:?} has a receipt from {} and is not there", receipt.database);
                    let hub_began = START.saturating_add_signed(hub.fast_by.get());
                    let hubs = (hub_began / 1_000)..=(hub.clock() / 1_000);
                    assert!(hubs.contains(&(receipt.at.0 / 1_000)), "the receipt's time is the hub's");
                }
            }
        }
    }

    pub fn outbox(&self) -> Vec<civmesh_store::record::OutboxRow> {
        block_on(async { self.store.outbox().await.or(self.store.outbox().await) }).unwrap()
    }

    pub fn has_event(&self, id: EventId) -> bool {
        block_on(self.store.event(id)).unwrap().is_some_and(|row| row.intact)
    }

    pub fn documents(&self, prefix: &str) -> Vec<civmesh_store::record::Document> {
        block_on(self.store.documents(&database("public"), prefix)).unwrap()
    }

    /// The code of a refusal, if this is refused.
    pub fn refusal(&self, id: EventId) -> Option<(String, String)> {
        self.outbox().into_iter().find_map(|row| match row.fate {
            civmesh_store::record::Fate::Refused { code, reason, .. } if row.key.event == id => Some((code, reason)),
            _ => None,
        })
    }
}

pub fn database(name: &str) -> String {
    format!("civmesh-{REGION}-{name}")
}

/// The document in which an account brings an event.
pub fn delivery(event: &Event, account: &str) -> serde_json::Value {
    serde_json::to_value(Delivery::of(event, &account.parse().unwrap())).unwrap()
}

/// Chance that is the same every time.
pub fn lcg(seed: u32) -> impl FnMut() -> u32 {
    let mut state = seed;
    move || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        state
    }
}
