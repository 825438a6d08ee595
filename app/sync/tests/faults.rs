//! A fault at every step of a round: whatever goes wrong wherever, the end is the same.
#![allow(clippy::unwrap_used, reason = "a test may fail loudly")]

mod model;
mod world;

use civmesh_domain::delivery::Delivery;
use civmesh_domain::event::Event;
use civmesh_domain::information::status::NodeState;
use std::cell::Cell;
use std::rc::Rc;
use world::hub::{FAULTS, Fault, ModelHub};
use world::{Phone, START, check_in, delivery, lcg, report, status};

const MANAGER: &[&str] = &["manager", "node:s001", "node:s009"];

struct Scene {
    hub: ModelHub,
    phone: Phone,
    last_status: Event,
    foreign: Vec<Event>,
}

/// A manager who was offline for a while, and a hub with news from somebody else. The hub's clock is ahead by three minutes.
fn scene() -> Scene {
    let now = Rc::new(Cell::new(START));
    let hub = ModelHub::new(&now);
    hub.fast_by.set(180_000);
    hub.seat("seat-1", MANAGER);
    let phone = Phone::with_seat(&now, "seat-1", MANAGER);
    phone.write("s001", check_in());
    phone.write_with_parts("s001", report(), &[40_000, 300]);
    let first = phone.write("s001", status(NodeState::Open, &[]));
    let last_status = phone.write("s001", status(NodeState::Full, &[first.id]));
    phone.write_with_parts("s009", check_in(), &[90]);
    phone.write("s002", report());
    let other = Phone::with_seat(&now, "seat-2", &["manager", "node:s001"]);
    let foreign =
        vec![other.make("s001", report(), &[]), other.make("s001", check_in(), &[]), other.make("s004", status(NodeState::Open, &[]), &[])];
    hub.put("ops", delivery(&foreign[0], "seat-2"));
    hub.put("node-s001", delivery(&foreign[1], "seat-2"));
    hub.put("public", serde_json::to_value(Delivery::head(&foreign[2], &"seat-2".parse().unwrap(), None)).unwrap());
    Scene { hub, phone, last_status, foreign }
}

/// Everything is at the hub once and verifies, the phone has every receipt and all news, and the head says what was said last.
fn assert_all_is_well(scene: &Scene, context: &str) {
    let Scene { hub, phone, last_status, foreign } = scene;
    assert!(phone.outbox().is_empty(), "{context}: {:?}", phone.outbox());
    phone.assert_nothing_is_lost(hub);
    for key in phone.written.borrow().iter() {
        let copies = hub.copies(key);
        assert_eq!(copies.iter().map(|(_, writes)| *writes).collect::<Vec<_>>(), [1], "{context}: {key:?} {copies:?}");
    }
    for name in ["ops", "relay", "node-s001", "node-unlisted"] {
        for (id, doc) in &hub.databases.borrow()[&world::database(name)].docs {
            let intact = id.starts_with("part:") || Delivery::read(doc.body.clone()).is_ok_and(|event| event.is_intact());
            assert!(intact, "{context}: {id}");
        }
    }
    let head = Delivery::read(hub.doc("public", "head:s001:seat-1").unwrap()).unwrap();
    assert_eq!(head.id, last_status.id, "{context}");
    for event in foreign {
        assert!(phone.has_event(event.id), "{context}: {:?} did not come", event.core.body);
    }
}

#[test]
fn without_a_fault_one_round_does_it_all() {
    let scene = scene();
    let reports = scene.phone.settle(&scene.hub);
    assert_eq!(reports.len(), 1);
    assert_eq!((reports[0].pushed, reports[0].refused, reports[0].retry, reports[0].heads), (9, 0, 0, 1));
    assert_all_is_well(&scene, "no fault");
}

#[test]
fn every_fault_at_every_request_heals() {
    let requests = {
        let scene = scene();
        scene.phone.settle(&scene.hub);
        scene.hub.requests()
    };
    assert!(requests > 10, "{requests}");
    for at in 0..requests {
        for &fault in FAULTS {
            let scene = scene();
            scene.hub.faults.borrow_mut().insert(at, fault);
            scene.phone.settle(&scene.hub);
            scene.phone.settle(&scene.hub);
            assert_all_is_well(&scene, &format!("{fault:?} at request {at}"));
        }
    }
}

#[test]
fn two_faults_at_any_two_requests_heal() {
    for first in 0..14 {
        for gap in 1..4 {
            for (one, two) in
                [(Fault::LostAnswer, Fault::Captive), (Fault::Status(401), Fault::LostAnswer), (Fault::Body(""), Fault::Status(413))]
            {
                let scene = scene();
                scene.hub.faults.borrow_mut().extend([(first, one), (first + gap, two)]);
                scene.phone.settle(&scene.hub);
                scene.phone.settle(&scene.hub);
                assert_all_is_well(&scene, &format!("{one:?} at {first}, {two:?} {gap} later"));
            }
        }
    }
}

#[test]
fn a_network_that_fails_more_often_than_not_heals() {
    for seed in 0..60 {
        let scene = scene();
        let mut chance = lcg(seed);
        for at in 0..40 {
            if chance() >> 8 & 3 != 0 {
                scene.hub.faults.borrow_mut().insert(at, FAULTS[(chance() >> 8) as usize % 5]);
            }
        }
        scene.phone.settle(&scene.hub);
        scene.phone.settle(&scene.hub);
        assert_all_is_well(&scene, &format!("seed {seed}"));
    }
}

#[test]
fn a_fault_that_lasts_for_minutes_refuses_nothing() {
    for &fault in FAULTS {
        let scene = scene();
        // Only what a hub says in its own words about a document is believed, and "trouble" is not such a word.
        scene.hub.faults.borrow_mut().extend((0..40).map(|at| (at, fault)));
        for _ in 0..4 {
            scene.phone.round(&scene.hub);
            scene.phone.assert_nothing_is_lost(&scene.hub);
            scene.phone.now.set(scene.phone.now.get() + 61_000);
        }
        scene.hub.faults.borrow_mut().clear();
        scene.phone.now.set(scene.phone.now.get() + 16 * 60_000);
        scene.phone.settle(&scene.hub);
        scene.phone.settle(&scene.hub);
        assert_all_is_well(&scene, &format!("{fault:?} for minutes"));
    }
}

#[test]
fn every_fault_at_every_batch_of_a_long_queue_heals() {
    // Who one is, the log-in, the first batch, the second and longer one.
    for (at, &fault) in (2..4).flat_map(|at| FAULTS.iter().map(move |fault| (at, fault))) {
        let now = Rc::new(Cell::new(START));
        let hub = ModelHub::new(&now);
        hub.seat("seat-1", MANAGER);
        let phone = Phone::with_seat(&now, "seat-1", MANAGER);
        (0..420).for_each(|_| drop(phone.write("s001", report())));
        hub.faults.borrow_mut().insert(at, fault);
        phone.settle(&hub);
        phone.settle(&hub);
        assert!(phone.outbox().is_empty(), "{fault:?} at request {at}");
        let written_once = hub.databases.borrow()[&world::database("ops")].docs.values().filter(|doc| doc.writes == 1).count();
        assert_eq!(written_once, 420, "{fault:?} at request {at}");
    }
}

#[test]
fn a_store_that_fails_at_any_call_loses_nothing() {
    use civmesh_store::StoreError;
    for calls in 0..70 {
        for error in [StoreError::Unreachable("closed".to_owned()), StoreError::Full] {
            let scene = scene();
            scene.phone.store.fail_after(calls, error.clone());
            scene.phone.settle(&scene.hub);
            scene.phone.settle(&scene.hub);
            scene.phone.store.fail_after(usize::MAX, error.clone());
            assert_all_is_well(&scene, &format!("{error} at call {calls}"));
        }
    }
}

#[test]
fn a_round_that_is_cut_off_at_any_request_goes_on_in_the_next() {
    // The app is killed while it waits for an answer: nothing after that request happens, not even the note that it failed.
    for at in 0..20 {
        for fault in [Fault::LostRequest, Fault::LostAnswer] {
            let scene = scene();
            scene.hub.faults.borrow_mut().insert(at, fault);
            let killed = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
                scene.phone.round(&KilledAt { hub: &scene.hub, at, count: Cell::new(0) });
            }));
            assert!(killed.is_err() || at >= 10, "{at}");
            scene.hub.faults.borrow_mut().clear();
            scene.phone.assert_nothing_is_lost(&scene.hub);
            scene.phone.settle(&scene.hub);
            scene.phone.settle(&scene.hub);
            assert_all_is_well(&scene, &format!("killed at {at}, {fault:?}"));
        }
    }
}

struct KilledAt<'a> {
    hub: &'a ModelHub,
    at: usize,
    count: Cell<usize>,
}

impl civmesh_sync::hub::Hub for KilledAt<'_> {
    async fn send(&self, request: civmesh_sync::hub::Request) -> Result<civmesh_sync::hub::Response, civmesh_sync::hub::Unreachable> {
        let answer = self.hub.send(request).await;
        self.count.set(self.count.get() + 1);
        if self.count.get() == self.at + 1 {
            std::panic::resume_unwind(Box::new("killed"));
        }
        answer
    }
}
