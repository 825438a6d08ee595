//! Tests of who is given a node's reading key, and when there is a new one.

use super::*;
use crate::body::Body;
use crate::event::tests::{core, device, sign};
use crate::event::{Core, Event, Mode};
use crate::fold::{Judged, Scene};
use crate::id::EventId;
use crate::part::{Content, Part, PartKind, PartRef};
use crate::personnel::credential::tests::{grant, reading, revocation, signed};
use crate::personnel::reading::keyring;
use crate::personnel::role::Role;
use enumset::EnumSet;

const AUTHORITY: u8 = 1;
const MANAGER: u8 = 2;
const VOLUNTEER: u8 = 3;
const COORDINATOR: u8 = 4;
const ELSEWHERE: u8 = 5;
const LATE: u8 = 6;
const NOW: Millis = Millis(5_000);

/// What the region knows, and grows by.
struct Region {
    trust: Trust,
    events: Vec<Event>,
}

fn node() -> NodeId {
    "s001".parse().unwrap()
}

fn scene() -> Scene {
    Scene { region: RegionId::of_authority(&device(AUTHORITY)), mode: Mode::Real }
}

fn key(seed: u8) -> ReadingKey {
    reading(seed).public().unwrap()
}

fn of(seed: u8, role: Role, nodes: &[&str]) -> Grant {
    let scope = if nodes.is_empty() { Scope::All } else { Scope::Nodes(nodes.iter().map(|node| node.parse().unwrap()).collect()) };
    Grant { roles: EnumSet::only(role), scope, ..grant(seed) }
}

impl Region {
    fn new() -> Self {
        let mut region = Self { trust: Trust::new(device(AUTHORITY)), events: Vec::new() };
        region.give(of(MANAGER, Role::Manager, &["s001"]));
        region.give(of(VOLUNTEER, Role::Volunteer, &["s001"]));
        region.give(of(COORDINATOR, Role::Coordinator, &[]));
        region.give(of(ELSEWHERE, Role::Volunteer, &["s002"]));
        region
    }

    fn give(&mut self, grant: Grant) {
        self.trust.add_credential(signed(&grant, AUTHORITY));
    }

    fn revoke(&mut self, seed: u8, accepted: Vec<EventId>) {
        self.trust.add_revocation(revocation(seed, accepted));
    }

    fn judged(&self) -> Vec<Judged> {
        self.events.iter().map(|event| Judged { event: event.clone(), verdict: self.trust.judge(event) }).collect()
    }

    fn look<T>(&self, look: impl FnOnce(&Custody<'_>) -> T) -> T {
        let keys = ReadingKeys::of(&self.judged(), scene());
        look(&Custody { region: scene().region, node: &node(), trust: &self.trust, keys: &keys, now: NOW })
    }

    fn due(&self) -> Option<Due> {
        self.look(|custody| custody.due())
    }

    fn keyring(&self, seed: u8) -> Keyring {
        keyring(&self.judged(), scene(), Keyring::of([reading(seed)]))
    }

    /// Has this device do what is due, at this time; returns with how many events.
    fn act(&mut self, seed: u8, at: u64) -> usize {
        let keyring = self.keyring(seed);
        let drafts = self.look(|custody| {
            assert!(custody.may_issue(&device(seed)));
            custody.due().map(|due| custody.draft(&due, &keyring, &[at as u8; 32])).unwrap_or_default()
        });
        for issued in &drafts {
            let sequence = self.events.len() as u64 + 1;
            let core = Core { region: scene().region, ..core(seed, sequence, at, Body::ReadingKeyIssued(issued.clone())) };
            self.events.push(sign(&core, seed));
        }
        drafts.len()
    }

    /// A part sealed now, and what its core says of it.
    fn seal(&self, event: u8) -> (Part, PartRef) {
        let content = Content { salt: [event; 16], bytes: "林小姐".into() };
        let readers = self.look(|custody| custody.readers());
        let part = Part::seal(EventId([event; 32]), 0, PartKind::Person, &content, &readers, &[event; 32]).unwrap();
        (part, content.describe(PartKind::Person))
    }

    fn opens(&self, seed: u8, (part, said): &(Part, PartRef)) -> bool {
        part.open(said, &self.keyring(seed)).is_some()
    }
}

#[test]
fn a_node_with_staff_gets_a_key_that_its_staff_and_coordinators_hold() {
    let mut region = Region::new();
    assert_eq!(region.due(), Some(Due::New));
    assert_eq!(region.act(MANAGER, 5_000), 1);
    assert_eq!(region.due(), None);
    let part = region.seal(1);
    let opens = [MANAGER, VOLUNTEER, COORDINATOR, ELSEWHERE].map(|seed| region.opens(seed, &part));
    assert_eq!(opens, [true, true, true, false]);
}

#[test]
fn a_node_without_staff_of_its_own_needs_no_key_and_its_parts_are_sealed_to_coordinators() {
    let mut region = Region { trust: Trust::new(device(AUTHORITY)), events: Vec::new() };
    region.give(of(COORDINATOR, Role::Coordinator, &[]));
    region.give(of(ELSEWHERE, Role::Manager, &["s002"]));
    assert_eq!(region.due(), None);
    let part = region.seal(1);
    assert_eq!([COORDINATOR, ELSEWHERE].map(|seed| region.opens(seed, &part)), [true, false]);
}

#[test]
fn who_joins_late_is_given_the_key_and_reads_what_is_old() {
    let mut region = Region::new();
    region.act(MANAGER, 5_000);
    let part = region.seal(1);
    region.give(of(LATE, Role::Volunteer, &["s001"]));
    assert!(!region.opens(LATE, &part));
    assert_eq!(region.due(), Some(Due::Wrap(vec![key(LATE)])));
    // Who does not hold the secret can't hand it on.
    region.give(of(7, Role::Manager, &["s001"]));
    assert_eq!(region.act(7, 5_001), 0);
    assert_eq!(region.act(COORDINATOR, 5_002), 1);
    assert_eq!(region.due(), None);
    assert!(region.opens(LATE, &part));
}

#[test]
fn after_a_revocation_a_new_key_closes_what_is_new_and_not_what_is_old() {
    let mut region = Region::new();
    region.act(MANAGER, 5_000);
    let old = region.seal(1);
    region.revoke(VOLUNTEER, Vec::new());
    assert_eq!(region.due(), Some(Due::Rotate));
    region.act(MANAGER, 5_001);
    assert_eq!(region.due(), None);
    let new = region.seal(2);
    assert_eq!([VOLUNTEER, MANAGER, COORDINATOR].map(|seed| region.opens(seed, &new)), [false, true, true]);
    assert_eq!([VOLUNTEER, MANAGER].map(|seed| region.opens(seed, &old)), [true, true]);
}

#[test]
fn the_key_of_a_manager_who_was_revoked_is_no_longer_used_but_opens_what_was_sealed_to_it() {
    let mut region = Region::new();
    region.act(MANAGER, 5_000);
    let old = region.seal(1);
    region.revoke(MANAGER, Vec::new());
    assert_eq!(region.due(), Some(Due::New));
    assert!(!region.look(|custody| custody.may_issue(&device(MANAGER))));
    region.act(COORDINATOR, 5_001);
    let new = region.seal(2);
    assert_eq!([MANAGER, VOLUNTEER].map(|seed| region.opens(seed, &new)), [false, true]);
    assert!(region.opens(VOLUNTEER, &old));
    // The coordinator accepts the old key's event after all: it is current, the manager has it, so once more.
    region.revoke(MANAGER, vec![region.events[0].id]);
    assert_eq!(region.due(), Some(Due::Rotate));
    region.act(COORDINATOR, 5_002);
    assert_eq!(region.due(), None);
    assert!(!region.opens(MANAGER, &region.seal(3)));
}

#[test]
fn a_credential_that_ran_out_or_moved_away_is_a_reason_for_a_new_key() {
    for former in [Grant { until: Millis(4_000), ..of(LATE, Role::Volunteer, &["s001"]) }, of(LATE, Role::Volunteer, &["s002"])] {
        let mut region = Region::new();
        region.give(of(LATE, Role::Volunteer, &["s001"]));
        region.act(MANAGER, 5_000);
        // What this phone learns is the other credential alone: the first was never of this region's.
        let events = region.events;
        let mut region = Region { events, ..Region::new() };
        assert_eq!(region.due(), None, "a device that is not known is no reason");
        region.give(former);
        assert_eq!(region.due(), Some(Due::Rotate));
    }
}

#[test]
fn those_whom_a_revoked_coordinator_let_in_lose_the_key_too() {
    let mut region = Region::new();
    region.give(Grant { may_grant: true, ..of(8, Role::Coordinator, &[]) });
    let by_coordinator = Grant { issuer: device(8), ..of(LATE, Role::Volunteer, &["s001"]) };
    region.trust.add_credential(signed(&by_coordinator, 8));
    region.act(MANAGER, 5_000);
    assert_eq!(region.due(), None);
    region.revoke(8, Vec::new());
    assert_eq!(region.due(), Some(Due::Rotate));
    region.act(MANAGER, 5_001);
    let part = region.seal(1);
    assert_eq!([8, LATE, VOLUNTEER].map(|seed| region.opens(seed, &part)), [false, false, true]);
}

#[test]
fn two_phones_that_act_at_once_agree_and_nobody_is_shut_out() {
    let mut region = Region::new();
    let mut other = Region::new();
    region.act(MANAGER, 5_000);
    other.act(COORDINATOR, 5_001);
    let (mine, theirs) = (region.seal(1), other.seal(2));
    region.events.extend(other.events);
    assert_eq!(region.due(), None);
    assert!(region.opens(VOLUNTEER, &mine) && region.opens(VOLUNTEER, &theirs));
    region.revoke(VOLUNTEER, Vec::new());
    region.act(MANAGER, 5_002);
    assert_eq!(region.due(), None, "both are replaced");
    assert!(!region.opens(VOLUNTEER, &region.seal(3)));
}

#[test]
fn many_holders_go_into_several_events_of_one_key() {
    let (reader, mut region) =
        (|n: u16| crate::seal::ReadingSecret::derive(&[[0; 30].as_slice(), &n.to_be_bytes()].concat().try_into().unwrap()), Region::new());
    for n in 0..200_u16 {
        let device = DeviceKey([[7; 30].as_slice(), &n.to_be_bytes()].concat().try_into().unwrap());
        region.give(Grant { device, reading: reader(n).public().unwrap(), ..of(LATE, Role::Volunteer, &["s001"]) });
    }
    // Signing would refuse a core that is too long.
    assert_eq!(region.act(MANAGER, 5_000), 3);
    assert_eq!(region.due(), None);
    let (part, said) = region.seal(1);
    let opens = |n: u16| part.open(&said, &keyring(&region.judged(), scene(), Keyring::of([reader(n)]))).is_some();
    assert!([0, 79, 80, 199].map(opens).iter().all(|opens| *opens));
}
