//! Parts on their way: who can read them, and until when anybody keeps them.
#![allow(clippy::unwrap_used, reason = "a test may fail loudly")]

mod model;
mod world;

use civmesh_domain::body::Body;
use civmesh_domain::delivery::PartDelivery;
use civmesh_domain::event::{Event, Mode};
use civmesh_domain::fold::{Judged, Scene};
use civmesh_domain::governance::Standing;
use civmesh_domain::id::EventId;
use civmesh_domain::keyring::Keyring;
use civmesh_domain::part::{Content, Envelope, Part, PartKind};
use civmesh_domain::personnel::credential::Revocation;
use civmesh_domain::personnel::custody::{Custody, Due};
use civmesh_domain::personnel::reading::{ReadingKeys, keyring};
use civmesh_domain::personnel::role::Role;
use civmesh_domain::personnel::trust::Trust;
use civmesh_domain::routing::Database;
use civmesh_domain::spatial::upkeep::{Finding, Item, PlaceChecked};
use civmesh_domain::unit::Millis;
use civmesh_store::Store;
use civmesh_store::record::{OutboxKey, Written};
use civmesh_sync::engine::Link;
use civmesh_sync::hub::{Hub, Request, Response, Unreachable};
use civmesh_sync::seat::{Held, destination_of_part};
use futures::executor::block_on;
use std::cell::Cell;
use std::rc::Rc;
use world::hub::ModelHub;
use world::region::{credential, issuer, own};
use world::{Phone, REGION, START, check_in, database, node, report};

const SCENE: Scene = Scene { region: REGION, mode: Mode::Real };
const PLAIN: &str = "Lin Mei-ling, 0900 000 000";
const MONTH: u64 = 31 * Millis::DAY;

/// A hub, and what its region's authority has said.
struct Region {
    hub: ModelHub,
    now: Rc<Cell<u64>>,
    trust: Trust,
}

fn name() -> Content {
    Content { salt: [5; 16], bytes: PLAIN.into() }
}

impl Region {
    fn new() -> Self {
        let now = Rc::new(Cell::new(START));
        Self { hub: ModelHub::new(&now), now, trust: Trust::new(issuer()) }
    }

    /// A phone with a seat and its credential.
    fn staff(&mut self, account: &str, role: Role, at: &str) -> Phone {
        let roles = [role.name(), &format!("node:{at}")];
        self.hub.seat(account, &roles);
        let phone = Phone::with_seat(&self.now, account, &roles);
        self.trust.add_credential(credential(&phone, role, at));
        phone
    }

    fn revoke(&mut self, phone: &Phone) {
        let device = phone.seat().device;
        self.trust.add_revocation(Revocation { region: REGION, device, accepted: Vec::new(), at: Millis(START), issuer: issuer() });
    }

    fn judged(&self, phone: &Phone) -> Vec<Judged> {
        let rows = block_on(phone.store.events(REGION, None)).unwrap();
        rows.into_iter().map(|row| Judged { verdict: self.trust.judge(&row.event), event: row.event }).collect()
    }

    /// What `phone` sees of the key of `s001`.
    fn look<T>(&self, phone: &Phone, look: impl FnOnce(&Custody<'_>) -> T) -> T {
        let keys = ReadingKeys::of(&self.judged(phone), SCENE);
        look(&Custody { region: REGION, node: &node("s001"), trust: &self.trust, keys: &keys, now: Millis(self.now.get()) })
    }

    fn keyring(&self, phone: &Phone) -> Keyring {
        keyring(&self.judged(phone), SCENE, Keyring::of([own(phone)]))
    }

    /// The phone does what is due, and hands it to the hub. Returns what was due.
    fn act(&self, phone: &Phone, chance: u8) -> Option<Due> {
        phone.settle(&self.hub);
        let due = self.look(phone, |custody| custody.due())?;
        let keyring = self.keyring(phone);
        let drafts = self.look(phone, |custody| custody.draft(&due, &keyring, &[chance; 32]));
        drafts.into_iter().for_each(|issued| drop(phone.write("s001", Body::ReadingKeyIssued(issued))));
        phone.settle(&self.hub);
        Some(due)
    }

    /// The phone writes a check-in with a name, sealed as it should be, and hands it to the hub.
    fn check_in(&self, phone: &Phone) -> Event {
        phone.settle(&self.hub);
        let mut readers = self.look(phone, |custody| custody.readers());
        readers.extend(own(phone).public());
        let event = phone.write_sealed("s001", check_in(), &name(), &readers);
        phone.settle(&self.hub);
        event
    }

    fn part(&self, phone: &Phone, event: &Event) -> Part {
        phone.settle(&self.hub);
        block_on(phone.store.parts(event.id)).unwrap().remove(0)
    }

    /// Whether `phone`, if it has this part from wherever, can read it.
    fn opens(&self, phone: &Phone, part: &Part, event: &Event) -> bool {
        phone.settle(&self.hub);
        part.open(&event.core.parts[0], &self.keyring(phone)) == Some(name())
    }
}

#[test]
fn what_a_volunteer_writes_the_nodes_staff_reads_and_nobody_else_not_even_the_hub() {
    let mut region = Region::new();
    let (manager, volunteer) = (region.staff("man", Role::Manager, "s001"), region.staff("vol", Role::Volunteer, "s001"));
    let elsewhere = region.staff("other", Role::Volunteer, "s002");
    assert_eq!(region.act(&manager, 1), Some(Due::New));
    let event = region.check_in(&volunteer);

    let there = region.hub.databases.borrow()[&database("node-s001")].docs.values().map(|doc| doc.body.clone()).collect::<Vec<_>>();
    assert_eq!(there.iter().filter(|doc| doc["type"] == "part").count(), 1);
    for doc in region.hub.databases.borrow().values().flat_map(|database| database.docs.values()) {
        let envelope = doc.body["envelope"].as_str().and_then(civmesh_domain::text::from_base64url).unwrap_or_default();
        assert!(!doc.body.to_string().contains(PLAIN) && !envelope.windows(PLAIN.len()).any(|seen| seen == PLAIN.as_bytes()));
    }
    let part = region.part(&manager, &event);
    let opens = [&manager, &volunteer, &elsewhere].map(|phone| region.opens(phone, &part, &event));
    assert_eq!(opens, [true, true, false]);
}

#[test]
fn a_revoked_device_reads_what_is_old_and_nothing_new_and_a_late_joiner_reads_both() {
    let mut region = Region::new();
    let (manager, volunteer) = (region.staff("man", Role::Manager, "s001"), region.staff("vol", Role::Volunteer, "s001"));
    region.act(&manager, 1);
    let old = region.check_in(&volunteer);
    region.revoke(&volunteer);
    assert_eq!(region.act(&manager, 2), Some(Due::Rotate));
    let new = region.check_in(&manager);
    let parts = [&old, &new].map(|event| region.part(&manager, event));
    let opens =
        |region: &Region, phone: &Phone| [(&parts[0], &old), (&parts[1], &new)].map(|(part, event)| region.opens(phone, part, event));
    assert_eq!(opens(&region, &volunteer), [true, false]);

    let late = region.staff("late", Role::Volunteer, "s001");
    assert_eq!(opens(&region, &late), [false, false]);
    assert!(matches!(region.act(&manager, 3), Some(Due::Wrap(_))));
    // The current key is handed on, and what was sealed to one before it stays closed.
    assert_eq!(opens(&region, &late), [false, true]);
    assert_eq!(region.act(&manager, 4), None);
}

#[test]
fn a_name_for_a_node_of_others_goes_sealed_through_the_relay_and_is_read_by_that_nodes_staff_alone() {
    let mut region = Region::new();
    let (manager, helper) = (region.staff("man", Role::Manager, "s001"), region.staff("help", Role::Volunteer, "s002"));
    let third = region.staff("third", Role::Volunteer, "s003");
    region.act(&manager, 1);
    let event = region.check_in(&helper);
    assert!(helper.outbox().is_empty(), "{:?}", helper.outbox());
    let place = OutboxKey { event: event.id, part: Some(0) };
    assert_eq!(region.hub.copies(&place), [(database("relay"), 1)]);
    assert!(manager.settle(&region.hub).iter().all(|report| report.skipped.is_empty()));
    assert_eq!(region.judged(&manager).iter().filter(|judged| judged.event.id == event.id).count(), 1);
    let part = region.part(&third, &event);
    assert_eq!([&manager, &third].map(|phone| region.opens(phone, &part, &event)), [true, false]);
}

#[test]
fn the_note_on_a_nodes_upkeep_goes_to_the_relay_where_coordinators_read_it_and_its_photo_does_not() {
    let mut region = Region::new();
    let manager = region.staff("man", Role::Manager, "s001");
    region.act(&manager, 1);
    let body = Body::PlaceChecked(PlaceChecked { item: Item::Lighting, finding: Finding::NotMet, days_ago: 2 });
    let event = manager.make("s001", body, &[name(), name()]);
    let readers = region.look(&manager, |custody| custody.readers());
    let seal = |kind| Part::seal(event.id, 0, kind, &name(), &readers, &event.id.0).unwrap();
    let plain = |kind| Part { event: event.id, index: 0, kind, envelope: Envelope::Plain(name()) };
    let goes = |part: Part| destination_of_part(&event, &part, manager.seat(), Standing::Agreed);
    let (node, relay) = (Database::Node(REGION, node("s001")), Database::Relay(REGION));
    assert_eq!(goes(seal(PartKind::Text)), Ok(relay));
    assert_eq!([goes(seal(PartKind::Photo)), goes(plain(PartKind::Text))], [Ok(node.clone()), Ok(node)]);
}

#[test]
fn a_coordinator_who_looks_into_a_node_gets_its_photos_and_one_who_does_not_keeps_no_copy() {
    let mut region = Region::new();
    let manager = region.staff("man", Role::Manager, "s001");
    let event = manager.write_with_parts("s001", report(), &[100]);
    manager.settle(&region.hub);
    region.hub.seat("coo", &["coordinator"]);
    let coordinator = Phone::with_seat(&region.now, "coo", &["coordinator"]);
    let photos = || block_on(coordinator.store.parts(event.id)).unwrap().len();
    *region.hub.session.borrow_mut() = None;
    coordinator.settle(&region.hub);
    assert!(coordinator.has_event(event.id) && photos() == 0);
    coordinator.also.borrow_mut().push(Database::Node(REGION, node("s001")));
    coordinator.round(&region.hub);
    assert_eq!(photos(), 1);
}

#[test]
fn a_plain_part_is_not_passed_on_nor_taken_from_the_relay() {
    let mut region = Region::new();
    let (helper, other) = (region.staff("help", Role::Volunteer, "s002"), region.staff("other", Role::Volunteer, "s001"));
    let event = helper.make("s001", check_in(), &[name()]);
    let part = Part { event: event.id, index: 0, kind: PartKind::Person, envelope: Envelope::Plain(name()) };
    let written = Written { event: event.clone(), parts: vec![part.clone()], at: Millis(START), replaces: Vec::new() };
    block_on(helper.store.write(written)).unwrap();
    let report = helper.round(&region.hub);
    assert_eq!((report.pushed, report.held), (1, vec![(OutboxKey { event: event.id, part: Some(0) }, Held::OtherNode)]));

    let document = PartDelivery::of(&part, &node("s001"), &"help".parse().unwrap());
    region.hub.put("relay", serde_json::to_value(document).unwrap());
    assert_eq!(other.round(&region.hub).skipped.len(), 1);
    assert!(other.has_event(event.id) && block_on(other.store.parts(event.id)).unwrap().is_empty());
}

/// A manager's phone with a photo that waits, and its clock and the hub's some time later.
fn waiting(phone_later: u64, hub_later: u64) -> (Region, Phone, Event) {
    let mut region = Region::new();
    let phone = region.staff("man", Role::Manager, "s001");
    let event = phone.write_with_parts("s001", report(), &[100]);
    region.now.set(START + phone_later);
    region.hub.fast_by.set(hub_later as i64 - phone_later as i64);
    (region, phone, event)
}

#[test]
fn what_expired_before_it_was_sent_is_dropped_and_its_event_goes() {
    let (region, phone, event) = waiting(MONTH, MONTH);
    let report = phone.round(&region.hub);
    assert_eq!((report.expired, report.pushed, report.refused), (1, 1, 0));
    assert_eq!(region.hub.asked("node-s001/_bulk_docs"), 0);
    assert!(phone.outbox().is_empty() && block_on(phone.store.parts(event.id)).unwrap().is_empty());
    assert!(phone.has_event(event.id));
}

#[test]
fn one_wrong_clock_drops_nothing() {
    // A hub that is weeks ahead refuses what is new, and says why.
    for (phone_later, hub_later, pushed, refused) in [(MONTH, 0, 2, 0), (0, MONTH, 1, 1)] {
        let (region, phone, event) = waiting(phone_later, hub_later);
        let report = phone.round(&region.hub);
        assert_eq!((report.expired, report.pushed, report.refused), (0, pushed, refused));
        assert_eq!(block_on(phone.store.parts(event.id)).unwrap().len(), 1);
    }
}

#[test]
fn an_expired_part_that_a_hub_brings_again_is_not_taken_in() {
    for (later, taken) in [(0, 1), (MONTH, 0)] {
        let (region, phone, event) = waiting(0, 0);
        let part = block_on(phone.store.parts(event.id)).unwrap().remove(0);
        let document = PartDelivery::of(&part, &node("s001"), &"man".parse().unwrap());
        region.hub.put("node-s001", serde_json::to_value(document).unwrap());
        let other = Phone::with_seat(&region.now, "man", &["manager", "node:s001"]);
        region.now.set(START + later);
        other.round(&region.hub);
        assert_eq!(block_on(other.store.parts(event.id)).unwrap().len(), taken);
    }
}

/// A hub on the way to which the phone's clock jumps, with the `at`th request.
struct Jumping<'a> {
    hub: &'a ModelHub,
    now: &'a Cell<u64>,
    at: usize,
    by: u64,
}

impl Hub for Jumping<'_> {
    async fn send(&self, request: Request) -> Result<Response, Unreachable> {
        if self.hub.requests() == self.at {
            self.now.set(self.now.get() + self.by);
            // The hub's clock is not the phone's.
            self.hub.fast_by.set(self.hub.fast_by.get() - self.by as i64);
        }
        self.hub.send(request).await
    }
}

#[test]
fn a_clock_that_jumps_ahead_in_the_middle_of_a_round_drops_nothing_and_takes_everything_in() {
    let requests = {
        let (region, phone, _) = waiting(0, 0);
        phone.round(&region.hub);
        region.hub.requests()
    };
    for at in 0..requests {
        let (region, phone, event) = waiting(0, 0);
        let theirs = region_part(&region, 7);
        let report = phone.round(&Jumping { hub: &region.hub, now: &region.now, at, by: 24 * MONTH });
        assert_eq!((report.expired, report.pushed, report.refused), (0, 2, 0), "at request {at}");
        for event in [event.id, theirs] {
            assert_eq!(block_on(phone.store.parts(event)).unwrap().len(), 1, "at request {at}");
        }
    }
}

/// Somebody else's part, at the hub.
fn region_part(region: &Region, size: usize) -> EventId {
    let other = Phone::with_seat(&region.now, "vol", &["volunteer", "node:s001"]);
    let event = other.write_with_parts("s001", report(), &[size]);
    let part = block_on(other.store.parts(event.id)).unwrap().remove(0);
    let document = PartDelivery::of(&part, &node("s001"), &"vol".parse().unwrap());
    region.hub.put("node-s001", serde_json::to_value(document).unwrap());
    event.id
}

#[test]
fn what_a_phone_with_a_clock_set_back_took_in_is_there_when_its_clock_is_right_again() {
    let region = Region::new();
    region.hub.seat("man", &["manager", "node:s001"]);
    let theirs = region_part(&region, 7);
    let phone = Phone::with_seat(&region.now, "man", &["manager", "node:s001"]);
    region.now.set(START - 24 * MONTH);
    region.hub.fast_by.set(24 * MONTH as i64);
    phone.round(&region.hub);
    region.now.set(START);
    region.hub.fast_by.set(0);
    assert_eq!(phone.round(&region.hub).expired, 0);
    assert_eq!(block_on(phone.store.parts(theirs)).unwrap().len(), 1);
    region.now.set(START + MONTH);
    assert_eq!(phone.round(&region.hub).expired, 1);
}

#[test]
fn a_phone_whose_seat_was_disabled_keeps_nobodys_name_for_ever() {
    let (region, phone, event) = waiting(0, 0);
    phone.round(&region.hub);
    region.hub.accounts.borrow_mut().clear();
    *region.hub.session.borrow_mut() = None;
    region.now.set(START + MONTH);
    let report = phone.round(&region.hub);
    assert_eq!((report.link, report.expired), (Link::SeatRefused, 1));
    assert!(block_on(phone.store.parts(event.id)).unwrap().is_empty() && phone.has_event(event.id));
}
