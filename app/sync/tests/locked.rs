//! A phone whose profile is locked: what goes on without the PIN, and what waits for it.
#![allow(clippy::unwrap_used, reason = "a test may fail loudly")]

mod model;
mod world;

use civmesh_domain::delivery::PartDelivery;
use civmesh_domain::keyring::Keyring;
use civmesh_domain::part::{Content, Envelope, PartKind};
use civmesh_domain::seal::ReadingSecret;
use civmesh_store::Store;
use civmesh_store::record::OutboxKey;
use civmesh_sync::engine::Link;
use civmesh_sync::seat::{Held, Seat};
use futures::executor::block_on;
use serde_json::json;
use std::cell::Cell;
use std::rc::Rc;
use world::hub::ModelHub;
use world::{Phone, START, check_in, node, report};

const MANAGER: &[&str] = &["manager", "node:s001"];

fn manager() -> (ModelHub, Phone) {
    let now = Rc::new(Cell::new(START));
    let hub = ModelHub::new(&now);
    hub.seat("seat-1", MANAGER);
    (hub, Phone::with_seat(&now, "seat-1", MANAGER))
}

/// The profile is locked: the seat is known without its password. Returns it as it was.
fn lock(phone: &mut Phone) -> Seat {
    let seat = phone.seat().clone();
    phone.seat = Some(Seat { password: None, ..seat.clone() });
    seat
}

fn secret(seed: u8) -> ReadingSecret {
    ReadingSecret::derive(&[seed; 32])
}

#[test]
fn while_the_session_lasts_the_outbox_goes_out_locked() {
    let (hub, mut phone) = manager();
    phone.round(&hub);
    let event = phone.write_with_parts("s001", report(), &[100]);
    lock(&mut phone);
    let log_ins = hub.log_ins.get();
    let report = phone.round(&hub);
    assert_eq!((report.pushed, report.link, hub.log_ins.get()), (2, Link::Reached, log_ins));
    assert!(phone.outbox().is_empty());
    phone.assert_nothing_is_lost(&hub);
    assert!(phone.has_event(event.id));
}

#[test]
fn a_session_that_ended_waits_for_the_unlocking_and_what_is_public_comes_all_the_same() {
    let (hub, mut phone) = manager();
    phone.round(&hub);
    phone.write("s001", report());
    let unlocked = lock(&mut phone);
    for session in [None, Some("seat-9".to_owned())] {
        *hub.session.borrow_mut() = session.clone();
        let log_ins = hub.log_ins.get();
        let id = format!("node:s00{}", session.is_some());
        hub.put("public", json!({ "_id": id, "type": "node", "v": 1 }));
        phone.now.set(phone.now.get() + 1_000_000);
        let report = phone.round(&hub);
        assert_eq!((report.link, report.pushed, report.refused), (Link::SignedOut, 0, 0));
        assert_eq!((hub.log_ins.get(), phone.outbox().len()), (log_ins, 1));
        assert_eq!(phone.documents(&id).len(), 1);
    }
    phone.seat = Some(unlocked);
    assert_eq!((phone.round(&hub).link, phone.outbox().len()), (Link::Reached, 0));
}

#[test]
fn a_part_that_only_its_writer_can_read_waits_for_a_reader() {
    let (hub, mut phone) = manager();
    let (own, other) = (secret(1).public().unwrap(), secret(2).public().unwrap());
    let content = Content { salt: [5; 16], bytes: "林小姐".into() };
    let event = phone.write_sealed("s001", check_in(), &content, &[own]);
    let key = OutboxKey { event: event.id, part: Some(0) };
    // Whoever of this phone brings it.
    for held_back in [vec![own], vec![other, own]] {
        phone.seat.as_mut().unwrap().held_back = held_back;
        let report = phone.round(&hub);
        assert_eq!((report.held, report.next_try, phone.outbox().len()), (vec![(key, Held::NoReader)], None, 1));
        assert!(hub.copies(&key).is_empty());
    }
    let sealed = civmesh_domain::part::Part::seal(event.id, 0, PartKind::Photo, &content, &[own, other], &[6; 32]).unwrap();
    block_on(civmesh_store::private::Private::reseal(&phone.store, vec![sealed])).unwrap();
    assert_eq!((phone.round(&hub).pushed, phone.outbox().len()), (1, 0));
    assert_eq!(hub.copies(&key).len(), 1);
}

#[test]
fn what_comes_plain_is_kept_sealed_to_the_profile() {
    let (hub, writer) = manager();
    let event = writer.write_with_parts("s001", check_in(), &[9]);
    let part = block_on(writer.store.parts(event.id)).unwrap().remove(0);
    assert!(matches!(part.envelope, Envelope::Plain(_)));
    let document = PartDelivery::of(&part, &node("s001"), &"seat-1".parse().unwrap());
    hub.put("node-s001", serde_json::to_value(document).unwrap());

    for (at_rest, opens) in [(None, true), (secret(1).public(), false)] {
        let mut reader = Phone::with_seat(&writer.now, "seat-1", MANAGER);
        reader.seat.as_mut().unwrap().at_rest = at_rest;
        reader.round(&hub);
        let kept = block_on(reader.store.parts(event.id)).unwrap().remove(0);
        assert_eq!(kept.open(&event.core.parts[0], &Keyring::default()).is_some(), opens);
        assert!(kept.open(&event.core.parts[0], &Keyring::of([secret(1)])).is_some());
    }
}
