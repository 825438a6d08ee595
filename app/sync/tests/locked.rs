//! A phone that is locked: its password is out of reach, and it syncs for as long as its session lasts.
#![allow(clippy::unwrap_used, reason = "a test may fail loudly")]

mod model;
mod world;

use civmesh_domain::unit::Millis;
use civmesh_store::record::{Fate, OutboxKey};
use civmesh_sync::engine::Link;
use serde_json::json;
use std::cell::Cell;
use std::rc::Rc;
use world::hub::ModelHub;
use world::{Phone, START, check_in, report};

const MANAGER: &[&str] = &["manager", "node:s001"];

/// A manager's phone that was logged in once and then locked.
fn locked() -> (ModelHub, Phone) {
    let now = Rc::new(Cell::new(START));
    let hub = ModelHub::new(&now);
    hub.seat("seat-1", MANAGER);
    let mut phone = Phone::with_seat(&now, "seat-1", MANAGER);
    assert_eq!(phone.round(&hub).link, Link::Reached);
    phone.seat.as_mut().unwrap().password = None;
    (hub, phone)
}

/// Writes as the phone did before it was locked.
fn write(phone: &mut Phone) -> OutboxKey {
    let password = "password of seat-1".to_owned();
    phone.seat.as_mut().unwrap().password = Some(password);
    let event = phone.write("s001", report());
    phone.write_with_parts("s001", check_in(), &[10]);
    phone.seat.as_mut().unwrap().password = None;
    OutboxKey { event: event.id, part: None }
}

#[test]
fn what_was_written_goes_out_while_the_session_lasts() {
    let (hub, mut phone) = locked();
    let key = write(&mut phone);
    let report = phone.round(&hub);
    assert_eq!((report.link, report.pushed, hub.log_ins.get()), (Link::Reached, 3, 1));
    assert!(phone.outbox().is_empty() && hub.copies(&key).len() == 1);
    phone.assert_nothing_is_lost(&hub);
}

#[test]
fn once_the_session_has_ended_rows_wait_untouched_and_nobody_tries_to_log_in() {
    let (hub, mut phone) = locked();
    write(&mut phone);
    hub.put("public", json!({ "_id": "node:s001", "type": "node", "v": 1 }));
    for session in [None, Some("seat-9".to_owned())] {
        *hub.session.borrow_mut() = session;
        let report = phone.round(&hub);
        assert_eq!((report.link, report.pushed, report.refused, report.retry), (Link::SignedOut, 0, 0, 0));
        assert!(!report.leaves_work(), "nothing helps but unlocking");
        assert!(phone.outbox().iter().all(|row| row.fate == Fate::Waiting && row.attempts == 0));
        assert_eq!(phone.documents("node:").len(), 1, "what is public needs no seat");
    }
    assert_eq!(hub.log_ins.get(), 1, "only before it was locked");
}

#[test]
fn a_session_that_ends_in_the_middle_leaves_the_rest_to_be_tried_again() {
    for lasts in 0..8 {
        let (hub, mut phone) = locked();
        let key = write(&mut phone);
        hub.session_lasts.set(Some(lasts));
        let report = phone.round(&hub);
        assert_eq!((report.refused, hub.log_ins.get()), (0, 1), "{lasts}");
        phone.assert_nothing_is_lost(&hub);
        phone.seat.as_mut().unwrap().password = Some("password of seat-1".to_owned());
        phone.settle(&hub);
        assert_eq!((phone.outbox().len(), hub.copies(&key).len()), (0, 1), "{lasts}");
    }
}

#[test]
fn a_locked_phone_does_not_pester_the_hub() {
    let (hub, mut phone) = locked();
    write(&mut phone);
    *hub.session.borrow_mut() = None;
    let report = phone.round(&hub);
    let next = phone.schedule.borrow_mut().end(&report, true, true, Millis(START), 0);
    assert_eq!((next.at, next.watch), (Millis(START + Millis::MINUTE), false));
}
