//! What the hub refuses, and what never blocks the rest.
#![allow(clippy::unwrap_used, reason = "a test may fail loudly")]

mod model;
mod world;

use civmesh_domain::delivery::Delivery;
use civmesh_domain::event::Event;
use civmesh_domain::id::RegionId;
use civmesh_domain::information::status::NodeState;
use civmesh_domain::unit::Millis;
use civmesh_store::Store;
use civmesh_store::record::{EventRow, OutboxKey, OutboxRow, Page, Source};
use civmesh_sync::engine::{Link, Progress};
use civmesh_sync::hub::{Hub, Request, Response, Unreachable};
use civmesh_sync::seat::Held;
use futures::executor::block_on;
use serde_json::{Value, json};
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use world::hub::{Fault, ModelHub};
use world::{Phone, START, check_in, database, report, status};

const MANAGER: &[&str] = &["manager", "node:s001"];

fn manager() -> (ModelHub, Phone) {
    let now = Rc::new(Cell::new(START));
    let hub = ModelHub::new(&now);
    hub.seat("seat-1", MANAGER);
    (hub, Phone::with_seat(&now, "seat-1", MANAGER))
}

fn is_of(event: &Event) -> impl Fn(&Value) -> bool + use<> {
    let ending = event.id.to_string();
    move |doc| doc["_id"].as_str().is_some_and(|id| id.contains(&ending))
}

#[test]
fn one_in_twenty_is_refused_and_nineteen_arrive() {
    for chatty in [false, true] {
        let (hub, phone) = manager();
        hub.chatty.set(chatty);
        let events: Vec<Event> = (0..20).map(|_| phone.write("s001", report())).collect();
        let bad = is_of(&events[7]);
        *hub.rule.borrow_mut() =
            Box::new(move |doc| bad(doc).then(|| json!({ "error": "forbidden", "reason": "kind: this seat may not write report" })));
        let report = phone.round(&hub);
        assert_eq!((report.pushed, report.refused, report.link), (19, 1, Link::Reached));
        assert_eq!(phone.refusal(events[7].id), Some(("kind".to_owned(), "kind: this seat may not write report".to_owned())));
        assert_eq!(phone.outbox().len(), 1);
        phone.assert_nothing_is_lost(&hub);
        // It is left alone until a person deals with it.
        let before = hub.asked("_bulk_docs");
        phone.round(&hub);
        assert_eq!(hub.asked("_bulk_docs"), before);
        assert_eq!(phone.outbox().len(), 1);
    }
}

#[test]
fn poisons_are_found_by_halving_and_all_others_arrive() {
    let answers = [
        (400, json!({ "error": "doc_validation", "reason": "Bad special document member: _what" }), "malformed"),
        (400, json!({ "error": "bad_request", "reason": "Invalid rev format" }), "malformed"),
        (400, json!({ "error": "illegal_docid", "reason": "Only reserved document ids may start with underscore." }), "malformed"),
    ];
    for (status, body, code) in answers {
        let (hub, phone) = manager();
        let events: Vec<Event> = (0..60).map(|_| phone.write("s001", report())).collect();
        let (one, other) = (is_of(&events[3]), is_of(&events[41]));
        let answer = body.clone();
        *hub.poison.borrow_mut() = Box::new(move |doc| (one(doc) || other(doc)).then(|| (status, answer.clone())));
        let report = phone.round(&hub);
        assert_eq!((report.pushed, report.refused), (58, 2), "{body}");
        for bad in [3, 41] {
            assert_eq!(phone.refusal(events[bad].id).unwrap().0, code);
        }
        assert!(hub.asked("_bulk_docs") < 40, "{} batches", hub.asked("_bulk_docs"));
        phone.assert_nothing_is_lost(&hub);
    }
}

#[test]
fn a_document_that_the_hub_names_as_too_large_is_set_aside_at_once() {
    let (hub, phone) = manager();
    let events: Vec<Event> = (0..20).map(|_| phone.write("s001", report())).collect();
    let bad = is_of(&events[5]);
    *hub.poison.borrow_mut() = Box::new(move |doc| bad(doc).then(|| (413, json!({ "error": "document_too_large", "reason": doc["_id"] }))));
    let report = phone.round(&hub);
    assert_eq!((report.pushed, report.refused), (19, 1));
    assert_eq!(phone.refusal(events[5].id).unwrap().0, "size");
    assert_eq!(hub.asked("_bulk_docs"), 2);
}

#[test]
fn a_lone_document_is_sent_twice_before_it_is_believed_to_be_bad() {
    let (hub, phone) = manager();
    phone.write("s001", report());
    let left = Cell::new(1);
    *hub.poison.borrow_mut() =
        Box::new(move |_| (left.replace(0) == 1).then(|| (400, json!({ "error": "bad_request", "reason": "invalid UTF-8 JSON" }))));
    let report = phone.round(&hub);
    assert_eq!((report.pushed, report.refused), (1, 0));
}

#[test]
fn rows_wait_out_their_pause_unless_there_is_a_new_chance() {
    let (hub, phone) = manager();
    phone.write("s001", report());
    *hub.poison.borrow_mut() = Box::new(|_| Some((503, json!({ "error": "unavailable", "reason": "" }))));
    phone.round(&hub);
    *hub.poison.borrow_mut() = Box::new(|_| None);
    assert_eq!(phone.round(&hub).pushed, 0, "its pause is not over");
    phone.eager.set(true);
    assert_eq!(phone.round(&hub).pushed, 1);
}

#[test]
fn a_413_from_a_proxy_refuses_a_small_document_only_after_minutes() {
    let (hub, phone) = manager();
    let events: Vec<Event> = (0..4).map(|_| phone.write("s001", report())).collect();
    let bad = is_of(&events[2]);
    *hub.poison.borrow_mut() = Box::new(move |doc| bad(doc).then(|| (413, json!("<html>Request Entity Too Large</html>"))));
    let report = phone.round(&hub);
    assert_eq!((report.pushed, report.refused, report.retry), (3, 0, 1));
    for _ in 0..5 {
        phone.now.set(phone.now.get() + 61_000);
        phone.round(&hub);
    }
    assert_eq!(phone.refusal(events[2].id).unwrap().0, "size");
}

#[test]
fn a_document_on_which_the_hub_breaks_does_not_hold_up_the_others_for_ever() {
    let (hub, phone) = manager();
    let events: Vec<Event> = (0..40).map(|_| phone.write("s001", report())).collect();
    let bad = is_of(&events[0]);
    *hub.poison.borrow_mut() = Box::new(move |doc| bad(doc).then(|| (500, json!({ "error": "unknown_error", "reason": "query server" }))));
    for _ in 0..30 {
        phone.round(&hub);
        phone.now.set(phone.now.get() + 61_000);
    }
    assert_eq!(phone.outbox().iter().map(|row| row.key.event).collect::<Vec<_>>(), [events[0].id]);
    assert_eq!(phone.refusal(events[0].id), None);
    phone.assert_nothing_is_lost(&hub);
}

#[test]
fn a_locked_row_passes_and_does_not_block_others() {
    let (hub, phone) = manager();
    let events: Vec<Event> = (0..5).map(|_| phone.write("s001", report())).collect();
    let locked = is_of(&events[0]);
    *hub.rule.borrow_mut() = Box::new(move |doc| {
        locked(doc)
            .then(|| json!({ "error": "forbidden", "reason": "Account is temporarily locked due to multiple authentication failures" }))
    });
    let report = phone.round(&hub);
    assert_eq!((report.pushed, report.refused, report.retry), (4, 0, 1));
    *hub.rule.borrow_mut() = Box::new(|_| None);
    phone.settle(&hub);
    assert!(phone.outbox().is_empty());
}

#[test]
fn a_session_that_ends_in_the_middle_is_taken_up_again_unasked() {
    for lasts in 0..12 {
        let (hub, phone) = manager();
        for _ in 0..3 {
            phone.write("s001", report());
            phone.write("s001", check_in());
        }
        phone.write("s001", status(NodeState::Open, &[]));
        hub.session_lasts.set(Some(lasts));
        let report = phone.round(&hub);
        assert_eq!((report.pushed, report.refused, report.retry, report.heads, report.link), (7, 0, 0, 1, Link::Reached), "{lasts}");
        phone.assert_nothing_is_lost(&hub);
    }
}

#[test]
fn unauthorized_rows_in_a_201_lead_to_a_new_log_in_and_nothing_else() {
    let (hub, phone) = manager();
    let event = phone.write("s001", report());
    let left = Cell::new(1);
    *hub.rule.borrow_mut() =
        Box::new(move |_| (left.replace(0) == 1).then(|| json!({ "error": "unauthorized", "reason": "sign in first" })));
    let report = phone.round(&hub);
    assert_eq!((report.pushed, report.refused, hub.log_ins.get()), (1, 0, 2));
    assert_eq!(hub.copies(&OutboxKey { event: event.id, part: None }).len(), 1);
}

#[test]
fn another_seats_session_on_a_shared_phone_is_replaced_before_anything_is_sent() {
    let (hub, phone) = manager();
    hub.seat("seat-9", &["volunteer", "node:s001"]);
    *hub.session.borrow_mut() = Some("seat-9".to_owned());
    phone.write("s001", report());
    let report = phone.round(&hub);
    assert_eq!((report.pushed, report.refused, hub.asked("_bulk_docs")), (1, 0, 1));
}

#[test]
fn a_wrong_password_is_told_and_the_seat_is_not_locked_by_trying() {
    let (hub, phone) = manager();
    hub.accounts.borrow_mut().get_mut("seat-1").unwrap().0 = "another".to_owned();
    hub.put("public", json!({ "_id": "node:s001", "type": "node", "v": 1 }));
    let event = phone.write("s001", report());
    for _ in 0..5 {
        let report = phone.round(&hub);
        assert_eq!(report.link, Link::SeatRefused);
        phone.now.set(phone.now.get() + 1_000);
    }
    assert_eq!(hub.log_ins.get(), 2, "once, and once more to be sure");
    assert_eq!(phone.documents("node:").len(), 1, "what is public needs no seat");
    assert_eq!((phone.outbox().len(), phone.refusal(event.id)), (1, None));
    // The password is put right at the hub: the seat finds out by itself, and at once when a person asks.
    hub.seat("seat-1", MANAGER);
    block_on(civmesh_sync::session::forget_refusal(&phone.store)).unwrap();
    assert_eq!(phone.round(&hub).link, Link::Reached);
    assert!(phone.outbox().is_empty());
}

#[test]
fn events_go_where_the_routing_table_says() {
    let now = Rc::new(Cell::new(START));
    let hub = ModelHub::new(&now);
    hub.seat("seat-1", &["volunteer", "node:s001", "node:s009"]);
    let phone = Phone::with_seat(&now, "seat-1", &["volunteer", "node:s001", "node:s009"]);
    let cases = [
        (phone.write("s001", check_in()), "node-s001"),
        (phone.write("s009", check_in()), "node-unlisted"),
        (phone.write("s001", report()), "ops"),
        (phone.write("s002", check_in()), "relay"),
        (phone.write("s002", report()), "relay"),
    ];
    // A manager's status, carried here by file: not for a volunteer to write, but to bring.
    let manager = Phone::with_seat(&now, "seat-2", MANAGER);
    let carried = manager.make("s001", status(NodeState::Full, &[]), &[]);
    let row = EventRow { intact: true, event: carried.clone(), source: Source::File, received: Millis(START) };
    block_on(phone.store.merge(Page { events: vec![row], ..Page::default() })).unwrap();
    block_on(phone.store.enqueue(vec![OutboxRow::new(OutboxKey { event: carried.id, part: None }, world::REGION)])).unwrap();
    assert_eq!(phone.round(&hub).refused, 0);
    for (event, name) in cases.iter().map(|(event, name)| (event, *name)).chain([(&carried, "relay")]) {
        let found: Vec<String> = hub.copies(&OutboxKey { event: event.id, part: None }).into_iter().map(|(name, _)| name).collect();
        assert_eq!(found, [database(name)], "{:?}", event.core.body);
    }
    assert!(hub.doc("public", "head:s001:seat-1").is_none(), "a volunteer publishes no heads");
}

#[test]
fn parts_stay_on_the_phone_where_the_seat_is_not_for_the_node_and_their_event_goes() {
    let (hub, phone) = manager();
    let event = phone.write_with_parts("s002", report(), &[500]);
    let report = phone.round(&hub);
    let part = OutboxKey { event: event.id, part: Some(0) };
    assert_eq!(report.held, [(part, Held::OtherNode)]);
    assert_eq!((report.pushed, report.link, report.next_try), (1, Link::Reached, None));
    assert_eq!(phone.outbox().iter().map(|row| row.key).collect::<Vec<_>>(), [part]);
    assert!(hub.copies(&part).is_empty());
}

#[test]
fn parts_wait_for_their_event() {
    let (hub, phone) = manager();
    let event = phone.write_with_parts("s001", report(), &[500]);
    *hub.rule.borrow_mut() =
        Box::new(|doc| (doc["type"] == "event").then(|| json!({ "error": "forbidden", "reason": "shape: there is no field x" })));
    let report = phone.round(&hub);
    assert_eq!(report.held, [(OutboxKey { event: event.id, part: Some(0) }, Held::EventFirst)]);
    assert_eq!(phone.refusal(event.id).unwrap().0, "shape");
    assert!(hub.copies(&OutboxKey { event: event.id, part: Some(0) }).is_empty());
}

#[test]
fn photos_go_few_at_a_time_and_one_that_is_too_large_stays() {
    let (hub, phone) = manager();
    let events: Vec<Event> = (0..9).map(|_| phone.write_with_parts("s001", report(), &[400_000])).collect();
    let large = phone.write_with_parts("s001", report(), &[600_000]);
    phone.settle(&hub);
    for event in &events {
        assert_eq!(hub.copies(&OutboxKey { event: event.id, part: Some(0) }).len(), 1);
    }
    assert_eq!(phone.refusal(large.id).unwrap().0, "size");
    assert_eq!(phone.outbox().len(), 1);
    phone.assert_nothing_is_lost(&hub);
}

#[test]
fn rows_of_another_region_are_left_alone() {
    let (hub, phone) = manager();
    let key = OutboxKey { event: phone.make("s001", report(), &[]).id, part: None };
    block_on(phone.store.enqueue(vec![OutboxRow::new(key, RegionId([8; 16]))])).unwrap();
    let report = phone.round(&hub);
    assert_eq!((report.pushed, report.refused, report.held.as_slice()), (0, 0, [(key, Held::OtherRegion)].as_slice()));
    assert_eq!(phone.outbox()[0].attempts, 0);
}

#[test]
fn a_broken_signature_is_not_passed_on() {
    let (hub, phone) = manager();
    let event = phone.make("s001", report(), &[]);
    let broken = Event::from_parts(event.core_bytes().to_vec(), [1; 64]).unwrap();
    let row = EventRow { intact: broken.is_intact(), event: broken, source: Source::File, received: Millis(START) };
    block_on(phone.store.merge(Page { events: vec![row], ..Page::default() })).unwrap();
    block_on(phone.store.enqueue(vec![OutboxRow::new(OutboxKey { event: event.id, part: None }, world::REGION)])).unwrap();
    phone.round(&hub);
    assert_eq!(phone.refusal(event.id).unwrap().0, "malformed");
    assert_eq!(hub.asked("_bulk_docs"), 0);
}

#[test]
fn a_thousand_rows_go_in_few_requests_and_the_marks_count_them() {
    let (hub, phone) = manager();
    for _ in 0..1_000 {
        phone.write("s001", report());
    }
    assert_eq!(phone.round(&hub).pushed, 1_000);
    assert_eq!((hub.asked("_bulk_docs"), hub.asked("_revs_diff")), (2, 0));
    let progress = phone.progress.borrow();
    assert!(progress.contains(&Progress::PushStart { docs: 1_000 }) && progress.contains(&Progress::PushDone { docs: 1_000 }));
}

/// A hub that counts the documents in each batch, and takes so long over one, in milliseconds.
struct Counting<'a> {
    hub: &'a ModelHub,
    phone: &'a Phone,
    takes: u64,
    batches: RefCell<Vec<usize>>,
}

impl Hub for Counting<'_> {
    async fn send(&self, request: Request) -> Result<Response, Unreachable> {
        if request.path.ends_with("_bulk_docs") {
            let body: Value = serde_json::from_str(request.body.as_ref().unwrap()).unwrap();
            self.batches.borrow_mut().push(body["docs"].as_array().unwrap().len());
            self.phone.now.set(self.phone.now.get() + self.takes);
        }
        self.hub.send(request).await
    }
}

impl<'a> Counting<'a> {
    fn new(hub: &'a ModelHub, phone: &'a Phone, takes: u64) -> Self {
        Self { hub, phone, takes, batches: RefCell::default() }
    }
}

#[test]
fn batches_grow_while_the_hub_takes_them_at_once() {
    for (takes, expected) in [(5_000, &[200, 800, 300][..]), (5_001, &[200, 200, 200, 200, 200, 200, 100])] {
        let (hub, phone) = manager();
        (0..1_300).for_each(|_| drop(phone.write("s001", report())));
        let counting = Counting::new(&hub, &phone, takes);
        assert_eq!(phone.round(&counting).pushed, 1_300);
        assert_eq!(counting.batches.into_inner(), expected, "{takes}");
    }
}

#[test]
fn after_a_batch_that_failed_no_other_is_long_and_what_failed_goes_in_small_company() {
    let (hub, phone) = manager();
    (0..1_300).for_each(|_| drop(phone.write("s001", report())));
    // After the questions who one is and which hub it is, the log-in and the first batch comes the second.
    hub.faults.borrow_mut().insert(4, Fault::Status(503));
    let first = Counting::new(&hub, &phone, 0);
    let report = phone.round(&first);
    assert_eq!((report.pushed, report.retry), (500, 800));
    assert_eq!(first.batches.into_inner(), [200, 800, 200, 100]);
    phone.now.set(START + 60_000);
    let second = Counting::new(&hub, &phone, 0);
    assert_eq!(phone.round(&second).pushed, 800);
    assert_eq!(second.batches.into_inner(), [100; 8]);
    phone.assert_nothing_is_lost(&hub);
}

#[test]
fn a_batch_that_had_to_be_halved_is_followed_by_short_ones() {
    let (hub, phone) = manager();
    let events: Vec<Event> = (0..1_400).map(|_| phone.write("s001", report())).collect();
    let bad = is_of(&events[300]);
    *hub.poison.borrow_mut() = Box::new(move |doc| bad(doc).then(|| (400, json!({ "error": "doc_validation", "reason": "x" }))));
    let counting = Counting::new(&hub, &phone, 0);
    let report = phone.round(&counting);
    assert_eq!((report.pushed, report.refused), (1_399, 1));
    let batches = counting.batches.into_inner();
    assert!(batches.starts_with(&[200, 800, 400]) && batches.ends_with(&[400, 200, 200]), "{batches:?}");
    phone.assert_nothing_is_lost(&hub);
}

#[test]
fn a_head_gives_way_to_a_later_one_and_replaces_an_earlier_one() {
    for (theirs_is_later, author) in [(true, "seat-1"), (false, "seat-1"), (false, "seat-2")] {
        let (hub, phone) = manager();
        let other = Phone::with_seat(&phone.now, author, MANAGER);
        phone.now.set(START + if theirs_is_later { 5_000 } else { 0 });
        let theirs = other.make("s001", status(NodeState::Closed, &[]), &[]);
        phone.now.set(START + 1_000);
        let mine = phone.write("s001", status(NodeState::Open, &[]));
        let head = Delivery::head(&theirs, &phone.seat().account, Some("1-aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa".to_owned()));
        hub.put("public", serde_json::to_value(head).unwrap());
        phone.settle(&hub);
        let stands = Delivery::read(hub.doc("public", "head:s001:seat-1").unwrap()).unwrap().id;
        assert_eq!(stands, if theirs_is_later { theirs.id } else { mine.id });
        // And that is the end of it.
        let before = hub.asked("Put");
        phone.round(&hub);
        assert_eq!(hub.asked("Put"), before);
    }
}

#[test]
fn whoever_has_seen_a_status_and_replaces_it_wins_whatever_the_clocks_say() {
    let (hub, phone) = manager();
    phone.now.set(START + 200_000);
    let wrong_clock = phone.write("s001", status(NodeState::Open, &[]));
    phone.now.set(START);
    let mine = phone.write("s001", status(NodeState::Unsafe, &[wrong_clock.id]));
    phone.settle(&hub);
    assert_eq!(Delivery::read(hub.doc("public", "head:s001:seat-1").unwrap()).unwrap().id, mine.id);
}

#[test]
fn a_head_that_replication_set_back_is_put_again_and_a_later_one_is_left() {
    let (hub, phone) = manager();
    let account = phone.seat().account.clone();
    let id = "head:s001:seat-1";
    let first = phone.write("s001", status(NodeState::Open, &[]));
    phone.settle(&hub);
    phone.now.set(START + 2_000);
    let second = phone.write("s001", status(NodeState::Full, &[first.id]));
    phone.settle(&hub);
    // At another hub the first one was put as often, and its branch wins.
    let there = hub.doc("public", id).unwrap()["_rev"].as_str().unwrap().to_owned();
    assert!(there.starts_with("2-"), "{there}");
    let set_back = |event: &Event, hash: &str| {
        let rev = format!("9-{}", hash.repeat(32));
        hub.put("public", serde_json::to_value(Delivery::head(event, &account, Some(rev))).unwrap());
    };
    let says = || Delivery::read(hub.doc("public", id).unwrap()).unwrap().id;
    set_back(&first, "f");
    assert_eq!(says(), first.id);
    phone.settle(&hub);
    phone.settle(&hub);
    assert_eq!(says(), second.id);
    // The same seat on another phone said something later: that stays.
    let other = Phone::with_seat(&phone.now, "seat-1", MANAGER);
    phone.now.set(START + 9_000);
    let third = other.make("s001", status(NodeState::Closed, &[second.id]), &[]);
    hub.put("public", serde_json::to_value(Delivery::head(&third, &account, Some(format!("11-{}", "a".repeat(32))))).unwrap());
    phone.settle(&hub);
    phone.settle(&hub);
    assert_eq!(says(), third.id);
}
