//! What was agreed about the registry reaches everybody, and is put again wherever it is missing.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail loudly")]

mod model;
mod world;

use civmesh_domain::body::Body;
use civmesh_domain::id::EventId;
use civmesh_domain::spatial::registry::document::registry_id;
use civmesh_domain::spatial::registry::{CorrectionSettled, PlaceCorrection, Settlement, Wrong};
use civmesh_sync::agreed::note;
use futures::executor::block_on;
use std::cell::Cell;
use std::collections::BTreeSet;
use std::rc::Rc;
use world::hub::{Fault, ModelHub};
use world::*;

const COORDINATOR: &[&str] = &["coordinator"];
const VOLUNTEER: &[&str] = &["volunteer", "node:s001"];

struct Scene {
    now: Rc<Cell<u64>>,
    hub: ModelHub,
    volunteer: Phone,
    coordinator: Phone,
    correction: EventId,
}

/// A volunteer said that `s001` is closed, and a coordinator's phone has heard it.
fn scene() -> Scene {
    let now = Rc::new(Cell::new(START));
    let hub = ModelHub::new(&now);
    hub.seat("vol", VOLUNTEER);
    hub.seat("coo", COORDINATOR);
    let (volunteer, coordinator) = (Phone::with_seat(&now, "vol", VOLUNTEER), Phone::with_seat(&now, "coo", COORDINATOR));
    let correction = volunteer.write("s001", Body::PlaceCorrection(PlaceCorrection { wrong: Wrong::Closed })).id;
    volunteer.settle(&hub);
    *hub.session.borrow_mut() = None;
    coordinator.settle(&hub);
    Scene { now, hub, volunteer, coordinator, correction }
}

impl Scene {
    /// The coordinator accepts, and the phone notes what the fold says of it.
    fn accept(&self) -> EventId {
        let body = CorrectionSettled { correction: self.correction, settlement: Settlement::Accepted };
        let settled = self.coordinator.write("s001", Body::CorrectionSettled(body)).id;
        block_on(note(&self.coordinator.store, REGION, &BTreeSet::from([settled]))).unwrap();
        settled
    }
}

#[test]
fn what_was_agreed_is_public_in_the_same_round_and_a_phone_without_a_seat_has_both_events() {
    let scene = scene();
    let settled = scene.accept();
    let anonymous = Phone::anonymous(&scene.now);
    *scene.hub.session.borrow_mut() = None;
    anonymous.round(&scene.hub);
    assert!(!anonymous.has_event(scene.correction), "until then the public sees nothing of it");
    assert_eq!(scene.coordinator.round(&scene.hub).agreed, 1);
    *scene.hub.session.borrow_mut() = None;
    anonymous.round(&scene.hub);
    assert!(anonymous.has_event(settled) && anonymous.has_event(scene.correction));
    assert_eq!(anonymous.documents("registry:").len(), 1);
    // It was pulled, so it is not put again.
    assert_eq!(scene.coordinator.round(&scene.hub).agreed, 0);
}

#[test]
fn what_could_not_be_put_is_put_in_a_later_round() {
    let scene = scene();
    let settled = scene.accept();
    let before = scene.hub.requests();
    // Events go first, then what was agreed: that one fails.
    scene.hub.faults.borrow_mut().extend((before + 1..before + 3).map(|at| (at, Fault::Status(503))));
    scene.coordinator.round(&scene.hub);
    assert_eq!(scene.hub.doc("public", &registry_id(&node("s001"), settled)), None);
    scene.hub.faults.borrow_mut().clear();
    scene.now.set(scene.now.get() + 600_000);
    scene.coordinator.settle(&scene.hub);
    assert!(scene.hub.doc("public", &registry_id(&node("s001"), settled)).is_some());
}

#[test]
fn nobody_else_publishes_it() {
    let scene = scene();
    block_on(note(&scene.volunteer.store, REGION, &BTreeSet::from([scene.correction]))).unwrap();
    *scene.hub.session.borrow_mut() = None;
    assert_eq!(scene.volunteer.round(&scene.hub).agreed, 0);
    // A correction is no settlement, whoever notes it.
    block_on(note(&scene.coordinator.store, REGION, &BTreeSet::from([scene.correction]))).unwrap();
    *scene.hub.session.borrow_mut() = None;
    assert_eq!(scene.coordinator.round(&scene.hub).agreed, 0);
}

#[test]
fn a_hub_that_was_made_anew_gets_it_again() {
    let scene = scene();
    let settled = scene.accept();
    scene.coordinator.round(&scene.hub);
    let name = registry_id(&node("s001"), settled);
    assert!(scene.hub.doc("public", &name).is_some());
    for end in ["public", "ops", "relay"] {
        scene.hub.create(&database(end));
    }
    scene.now.set(scene.now.get() + 3_600_000);
    scene.coordinator.settle(&scene.hub);
    assert!(scene.hub.doc("public", &name).is_some());
    assert_eq!(scene.coordinator.round(&scene.hub).agreed, 0);
}
