//! What comes from the hub, in pages, whatever state it is in.
#![allow(clippy::unwrap_used, reason = "a test may fail loudly")]

mod model;
mod world;

use civmesh_domain::body::Body;
use civmesh_domain::delivery::Delivery;
use civmesh_domain::event::{Event, Mode};
use civmesh_domain::fold::{Judged, Scene as Look};
use civmesh_domain::information::report::reports;
use civmesh_domain::information::status::{NodeState, StatusView, current};
use civmesh_domain::personnel::role::Role;
use civmesh_domain::personnel::trust::Trust;
use civmesh_domain::routing::Database;
use civmesh_domain::unit::Millis;
use civmesh_store::record::{EventRow, OutboxKey, OutboxRow, Page, Source};
use civmesh_store::{Store, StoreError};
use civmesh_sync::engine::{Link, Progress};
use civmesh_sync::error::SyncError;
use civmesh_sync::hub::{Hub, Request, Response, Unreachable};
use civmesh_sync::seat::databases;
use civmesh_sync::watch::{News, watch};
use futures::executor::block_on;
use futures::future::FutureExt;
use serde_json::json;
use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;
use std::rc::Rc;
use world::hub::{Fault, ModelHub};
use world::region::{credential, issuer};
use world::store::{SlowStore, take_turns};
use world::{Phone, REGION, START, check_in, database, delivery, node, report, standing, status};

const VOLUNTEER: &[&str] = &["volunteer", "node:s001"];

struct Scene {
    hub: ModelHub,
    phone: Phone,
    other: Phone,
}

fn scene() -> Scene {
    let now = Rc::new(Cell::new(START));
    let hub = ModelHub::new(&now);
    hub.seat("seat-1", VOLUNTEER);
    Scene { hub, phone: Phone::with_seat(&now, "seat-1", VOLUNTEER), other: Phone::with_seat(&now, "seat-2", &["manager", "node:s001"]) }
}

impl Scene {
    fn news(&self, count: usize) -> Vec<Event> {
        let events: Vec<Event> = (0..count).map(|_| self.other.make("s001", report(), &[])).collect();
        events.iter().for_each(|event| self.hub.put("ops", delivery(event, "seat-2")));
        events
    }

    fn head(&self, state: NodeState) -> Event {
        let event = self.other.make("s001", status(state, &[]), &[]);
        self.hub.put("public", serde_json::to_value(Delivery::head(&event, &"seat-2".parse().unwrap(), None)).unwrap());
        event
    }

    fn has_all(&self, events: &[Event]) -> bool {
        events.iter().all(|event| self.phone.has_event(event.id))
    }
}

#[test]
fn pages_follow_each_other_and_the_second_round_asks_for_nothing_twice() {
    let scene = scene();
    let events = scene.news(2_600);
    let report = scene.phone.round(&scene.hub);
    assert_eq!((report.new_events.len(), report.pulled, report.link), (2_600, 2_600, Link::Reached));
    assert!(scene.has_all(&events));
    assert!(scene.phone.progress.borrow().contains(&Progress::PullDone { docs: 2_600 }));
    let again = scene.phone.round(&scene.hub);
    assert_eq!((again.new_events.len(), again.pulled), (0, 0));
    let later = scene.news(1);
    assert_eq!(scene.phone.round(&scene.hub).new_events, [later[0].id]);
}

#[test]
fn a_fault_between_pages_keeps_what_came_and_goes_on_from_there() {
    let clean = scene().with_small_pages();
    let events = clean.news(130);
    clean.phone.round(&clean.hub);
    assert_eq!(clean.hub.asked("ops/_changes"), 3);
    let bodies = ["[]", "7", "{\"results\":[]}", "{\"results\":[7,[],null,{\"id\":3}],\"last_seq\":null}"].map(Fault::Body);
    let faults = [Fault::LostAnswer, Fault::Status(500), Fault::Status(401), Fault::Captive].into_iter().chain(bodies);
    for (at, fault) in faults.flat_map(|fault| (0..clean.hub.requests()).map(move |at| (at, fault))) {
        let scene = scene().with_small_pages();
        events.iter().for_each(|event| scene.hub.put("ops", delivery(event, "seat-2")));
        scene.hub.faults.borrow_mut().insert(at, fault);
        let first = scene.phone.round(&scene.hub);
        scene.phone.now.set(START + 60_000);
        let second = scene.phone.round(&scene.hub);
        assert!(scene.has_all(&events), "{fault:?} at {at}");
        assert_eq!(first.new_events.len() + second.new_events.len(), events.len(), "{fault:?} at {at}: each is new once");
    }
}

impl Scene {
    /// A link that was bad before: pages are as small as can be.
    fn with_small_pages(self) -> Self {
        block_on(self.phone.store.set_meta("pull-page", Some(50.into()))).unwrap();
        self
    }

    /// What the checkpoint says was kept is here, and nothing of a page without its checkpoint.
    fn assert_kept_up_to_the_checkpoint(&self, events: &[Event], context: &str) {
        let checkpoint = block_on(self.phone.store.checkpoint(&database("ops"))).unwrap();
        let kept = checkpoint.map_or(0, |value| value.as_str().unwrap().split('-').next().unwrap().parse().unwrap());
        let here: Vec<bool> = events.iter().map(|event| self.phone.has_event(event.id)).collect();
        assert_eq!(here, [vec![true; kept], vec![false; events.len() - kept]].concat(), "{context}");
    }
}

#[test]
fn a_page_that_fails_in_any_way_leaves_no_later_checkpoint() {
    let events = scene().news(230);
    let filled = || {
        let scene = scene().with_small_pages();
        events.iter().for_each(|event| scene.hub.put("ops", delivery(event, "seat-2")));
        scene
    };
    let mut stopped_at = BTreeSet::new();
    for call in 0..40 {
        let scene = filled();
        scene.phone.store.fail_after(call, StoreError::Full);
        let report = scene.phone.round(&scene.hub);
        scene.phone.store.fail_after(usize::MAX, StoreError::Full);
        scene.assert_kept_up_to_the_checkpoint(&events, &format!("store call {call}"));
        stopped_at.insert((report.link == Link::StoreFailed, report.new_events.len()));
    }
    assert!([0, 50, 100, 150, 200].iter().all(|&kept| stopped_at.contains(&(true, kept))), "{stopped_at:?}");
    for request in 0..14 {
        let scene = filled();
        scene.hub.faults.borrow_mut().insert(request, Fault::LostAnswer);
        scene.phone.round(&scene.hub);
        scene.assert_kept_up_to_the_checkpoint(&events, &format!("request {request}"));
    }
}

/// A hub that notes the pages it is asked for, and takes some turns to answer.
struct Noting<'a>(&'a ModelHub, &'a RefCell<Vec<&'static str>>);

impl Hub for Noting<'_> {
    async fn send(&self, request: Request) -> Result<Response, Unreachable> {
        if request.path.contains("ops/_changes") {
            self.1.borrow_mut().push("asked");
        }
        take_turns(2).await;
        self.0.send(request).await
    }
}

#[test]
fn while_a_page_is_kept_the_next_is_read_and_the_one_after_that_is_on_its_way() {
    let scene = scene().with_small_pages();
    let events = scene.news(230);
    let log = RefCell::default();
    let store = SlowStore { store: &scene.phone.store, turns: 20, log: &log };
    let report = scene.phone.round_with(&store, &Noting(&scene.hub, &log), &|| async {}.boxed_local());
    assert!(report.link == Link::Reached && scene.has_all(&events));
    let log = log.into_inner();
    let place = |what: &str, number: usize| log.iter().enumerate().filter(|(_, entry)| **entry == what).nth(number).unwrap().0;
    // The empty databases were kept before the second page.
    let (before, pages) = (log.iter().filter(|entry| **entry == "kept").count() - 5, 5);
    for page in 1..pages - 2 {
        assert!(place("asked", page + 2) < place("kept", before + page), "page {page}: {log:?}");
    }
    // One page at a time is kept.
    let keeping: Vec<&str> = log.iter().copied().filter(|entry| *entry != "asked").collect();
    assert!(keeping.chunks(2).all(|pair| pair == ["keeps", "kept"]), "{log:?}");
}

#[test]
fn the_screen_has_its_turn_by_the_clock() {
    // So long takes each document, in milliseconds; the screen waits so long at most, for so many documents.
    for (takes, documents) in [(0, 200), (1, 12), (5, 3), (30, 1)] {
        let scene = scene();
        scene.news(200);
        scene.phone.look_takes.set(takes);
        let turns = Rc::new(Cell::new(0));
        let pause = || {
            turns.set(turns.get() + 1);
            async {}.boxed_local()
        };
        scene.phone.round_with(&scene.phone.store, &scene.hub, &pause);
        assert_eq!(turns.get(), if takes == 0 { 0 } else { 200 / documents }, "{takes} ms");
    }
}

#[test]
fn one_bad_document_is_counted_and_the_page_goes_on() {
    let scene = scene();
    let before = scene.news(1);
    let lie = {
        let mut lie = delivery(&scene.other.make("s001", report(), &[]), "seat-2");
        lie["node"] = "s002".into();
        lie
    };
    scene.hub.put("ops", lie);
    scene.hub.put("ops", json!({ "_id": "event:seat-2:nonsense", "core": 7 }));
    scene.hub.put("ops", json!({ "_id": "part:seat-2:x:0", "type": "part" }));
    scene.hub.put("ops", json!({ "_id": "_design/civmesh", "language": "javascript" }));
    scene.hub.put("ops", json!({ "_id": "event:seat-2:list", "core": [], "sig": {} }));
    scene.hub.put("public", json!({ "_id": "something:else" }));
    let after = scene.news(1);
    let report = scene.phone.round(&scene.hub);
    assert!(scene.has_all(&before) && scene.has_all(&after));
    assert_eq!((report.skipped.len(), report.pulled, report.link), (5, 2, Link::Reached), "{:?}", report.skipped);
}

#[test]
fn a_kind_of_a_later_version_is_kept_whole_under_the_name_that_it_has_there() {
    for name in ["bulletin", "kind-77"] {
        let scene = scene();
        let event = scene.other.make("s001", Body::Unknown { number: 77, bytes: vec![1, 2, 3] }, &[]);
        let mut document = delivery(&event, "seat-2");
        document["kind"] = name.into();
        scene.hub.put("relay", document);
        let report = scene.phone.round(&scene.hub);
        assert_eq!(report.skipped, Vec::<String>::new(), "{name}");
        let row = block_on(scene.phone.store.event(event.id)).unwrap().unwrap();
        assert!(row.intact && row.event == event, "{name}");
    }
}

/// Of another node: written by one of its staff elsewhere, brought through the relay, read by all.
#[test]
fn events_of_another_node_come_through_the_relay_verify_and_show() {
    let scene = scene();
    scene.hub.seat("seat-2", &["manager", "node:s001"]);
    // A manager of s001 writes about s002, and carries what a manager of s002 wrote.
    let far = Phone::with_seat(&scene.phone.now, "seat-3", &["manager", "node:s002"]);
    let carried = far.make("s002", status(NodeState::Full, &[]), &[]);
    let row = EventRow { intact: true, event: carried.clone(), source: Source::File, received: Millis(START) };
    block_on(scene.other.store.merge(Page { events: vec![row], ..Page::default() })).unwrap();
    block_on(scene.other.store.enqueue(vec![OutboxRow::new(OutboxKey { event: carried.id, part: None }, REGION)])).unwrap();
    let seen = scene.other.write("s002", report());
    assert_eq!(scene.other.round(&scene.hub).pushed, 2);
    for event in [&carried, &seen] {
        let places: Vec<String> = scene.hub.copies(&OutboxKey { event: event.id, part: None }).into_iter().map(|(name, _)| name).collect();
        assert_eq!(places, [database("relay")]);
    }
    *scene.hub.session.borrow_mut() = None;
    scene.phone.round(&scene.hub);
    // Each verifies by its author's credential, whoever brought it.
    let mut trust = Trust::new(issuer());
    trust.add_credential(credential(&far, Role::Manager, "s002"));
    let rows = block_on(scene.phone.store.events(REGION, Some(node("s002")))).unwrap();
    let judged: Vec<Judged> = rows.into_iter().map(|row| Judged { verdict: trust.judge(&row.event), event: row.event }).collect();
    assert_eq!(judged.len(), 2);
    let look = Look { region: REGION, mode: Mode::Real };
    let states = current(&judged, look);
    let shown = StatusView::of(&states[&node("s002")], Millis(START)).unwrap();
    assert_eq!((shown.state, shown.verified), (NodeState::Full, true));
    // Whoever has no credential for s002 is shown, and as unverified.
    let listed = reports(&judged, look);
    assert_eq!(listed.iter().map(|thread| (thread.root, thread.current[0].is_verified())).collect::<Vec<_>>(), [(seen.id, false)]);
}

#[test]
fn a_changed_signature_is_kept_and_marked_as_broken() {
    let scene = scene();
    let event = scene.other.make("s001", report(), &[]);
    let broken = Event::from_parts(event.core_bytes().to_vec(), [5; 64]).unwrap();
    scene.hub.put("ops", delivery(&broken, "seat-2"));
    scene.phone.round(&scene.hub);
    let row = block_on(scene.phone.store.event(event.id)).unwrap().unwrap();
    assert!(!row.intact);
    // The honest one comes later, and takes its place.
    scene.hub.put("relay", delivery(&event, "seat-3"));
    scene.phone.round(&scene.hub);
    assert!(scene.phone.has_event(event.id));
}

#[test]
fn a_head_is_a_document_and_an_event() {
    let scene = scene();
    let citizen = Phone::anonymous(&scene.phone.now);
    let first = scene.head(NodeState::Open);
    citizen.round(&scene.hub);
    assert!(citizen.has_event(first.id));
    assert_eq!(citizen.documents("head:s001:").len(), 1);
    assert_eq!(scene.hub.asked("_session") + scene.hub.asked("ops"), 0, "a citizen has no account and asks for what is public");
    scene.hub.delete("public", "head:s001:seat-2");
    citizen.round(&scene.hub);
    assert!(citizen.documents("head:").is_empty());
    assert!(citizen.has_event(first.id), "what was said was said");
}

#[test]
fn registry_documents_are_taken_from_the_public_database_only() {
    let scene = scene();
    for id in ["credential:x", "revocation:x", "node:s001", "sop:quake"] {
        scene.hub.put("public", json!({ "_id": id, "v": 1 }));
        scene.hub.put("relay", json!({ "_id": id, "v": 666 }));
    }
    let report = scene.phone.round(&scene.hub);
    assert_eq!(report.skipped.len(), 4);
    assert_eq!(scene.phone.documents("").len(), 4);
    assert!(scene.phone.documents("").iter().all(|document| document.body["v"] == 1));
}

#[test]
fn a_database_made_anew_is_read_from_the_beginning() {
    for (integers, more) in [(false, 0), (true, 0), (true, 5), (false, 5)] {
        let scene = scene();
        scene.hub.integer_sequences.set(integers);
        scene.news(3);
        scene.phone.round(&scene.hub);
        scene.hub.create(&database("ops"));
        // Fewer than before, or more: by its numbers alone nobody could tell.
        let events = scene.news(1 + more);
        scene.phone.round(&scene.hub);
        scene.phone.now.set(START + 11 * 60_000);
        scene.phone.round(&scene.hub);
        assert!(scene.has_all(&events), "integers {integers}, {more} more");
    }
}

#[test]
fn what_a_hub_lost_with_its_disk_the_phones_bring_again() {
    let scene = scene();
    scene.phone.write("s001", report());
    scene.phone.round(&scene.hub);
    let backup = scene.hub.back_up();
    let later = scene.phone.write("s001", report());
    assert_eq!(scene.phone.round(&scene.hub).pushed, 1);
    let key = OutboxKey { event: later.id, part: None };
    scene.hub.restore(&backup);
    assert_eq!(scene.hub.copies(&key).len(), 0);

    scene.phone.now.set(START + 11 * 60_000);
    // The hub is asked first: of two it has one.
    let (before, report) = (scene.hub.asked("_revs_diff"), scene.phone.round(&scene.hub));
    assert_eq!((report.pushed, scene.hub.asked("_revs_diff") - before), (2, 1));
    assert_eq!(scene.hub.copies(&key).len(), 1);
    assert_eq!(block_on(scene.phone.store.outbox()).unwrap(), []);
    assert_eq!(scene.phone.round(&scene.hub).pushed, 0, "once is enough");
}

#[test]
fn a_sequence_that_the_hub_does_not_know_is_forgotten() {
    let scene = scene();
    let events = scene.news(3);
    let page = civmesh_store::record::Page { checkpoint: Some((database("ops"), json!("garbage"))), ..Default::default() };
    block_on(scene.phone.store.merge(page)).unwrap();
    scene.phone.round(&scene.hub);
    assert!(scene.has_all(&events));
}

#[test]
fn a_database_that_is_missing_or_closed_does_not_stop_the_others() {
    let scene = scene();
    let events = scene.news(2);
    scene.hub.databases.borrow_mut().remove(&database("node-s001"));
    let report = scene.phone.round(&scene.hub);
    assert!(scene.has_all(&events));
    assert_eq!(report.link, Link::Reached);
    assert_eq!(report.troubles, [SyncError::NoDatabase(database("node-s001"))]);
}

#[test]
fn a_session_that_ends_in_the_middle_stops_nothing() {
    for lasts in 0..6 {
        let scene = scene();
        let (events, head) = (scene.news(3), scene.head(NodeState::Open));
        scene.hub.session_lasts.set(Some(lasts));
        let report = scene.phone.round(&scene.hub);
        assert_eq!(report.link, Link::Reached, "{lasts}: {:?}", report.troubles);
        assert!(scene.has_all(&events) && scene.phone.has_event(head.id), "{lasts}");
    }
}

#[test]
fn each_seat_pulls_what_it_may_read_and_no_more() {
    let seat = |roles: &[&str]| Phone::with_seat(&Rc::new(Cell::new(START)), "seat-1", roles).seat;
    let of_node = |name: &str| Database::Node(REGION, node(name));
    let staff = [Database::Public(REGION), Database::Ops(REGION), Database::Relay(REGION)];
    let cases = [
        (None, vec![]),
        (seat(&["volunteer"]), vec![]),
        (seat(&["manager", "node:s001", "node:s002"]), vec![of_node("s001"), of_node("s002")]),
        (seat(&["volunteer", "node:s009"]), vec![Database::Unlisted(REGION)]),
        (seat(&["coordinator"]), vec![]),
    ];
    for (seat, nodes) in cases {
        let staff = if seat.is_some() { &staff[..] } else { &staff[..1] };
        assert_eq!(databases(REGION, seat.as_ref(), &standing), [staff, &nodes].concat(), "{seat:?}");
    }
}

#[test]
fn where_photos_are_pages_are_short() {
    let scene = scene();
    for (kept, ops, node) in [(None, 2_500, 250), (Some(1_000), 1_000, 100), (Some(50), 50, 50)] {
        block_on(scene.phone.store.set_meta("pull-page", kept.map(Into::into))).unwrap();
        scene.phone.round(&scene.hub);
        for (name, limit) in [("ops", ops), ("node-s001", node)] {
            let asked = format!("{name}/_changes?include_docs=true&limit={limit}&");
            assert_eq!(scene.hub.asked(&asked), 1, "{asked}");
        }
    }
}

/// A link over which no answer comes that is longer than this.
struct Narrow<'a>(&'a ModelHub, usize);

impl Hub for Narrow<'_> {
    async fn send(&self, request: Request) -> Result<Response, Unreachable> {
        let answer = self.0.send(request).await?;
        if answer.body.len() > self.1 { Err(Unreachable("no answer in time".to_owned())) } else { Ok(answer) }
    }
}

#[test]
fn pages_get_smaller_over_a_link_that_breaks_off_and_larger_again() {
    let scene = scene();
    let events = scene.news(900);
    let rounds = (0..20).take_while(|_| scene.phone.round(&Narrow(&scene.hub, 150_000)).link != Link::Reached).count();
    assert!((1..6).contains(&rounds), "{rounds}");
    assert!(scene.has_all(&events));
    for _ in 0..6 {
        scene.phone.round(&scene.hub);
    }
    let before = scene.hub.asked("limit=2500");
    scene.phone.round(&scene.hub);
    assert!(scene.hub.asked("limit=2500") > before);
}

#[test]
fn whoever_waits_at_the_hub_hears_of_news_and_of_an_ended_session() {
    let scene = scene();
    let databases = [Database::Public(REGION), Database::Ops(REGION)];
    let wait = || block_on(watch(&scene.phone.store, &scene.hub, &databases)).unwrap();
    assert_eq!(wait(), News::Some, "nothing was pulled yet");
    scene.phone.round(&scene.hub);
    assert_eq!(wait(), News::None);
    scene.news(1);
    assert_eq!(wait(), News::Some);
    scene.phone.round(&scene.hub);
    assert_eq!(wait(), News::None);
    *scene.hub.session.borrow_mut() = None;
    assert_eq!(wait(), News::Some);
    assert!(scene.hub.asked("feed=longpoll") >= 6);
}

#[test]
fn the_phones_clock_is_measured_and_kept() {
    for fast_by in [-3_600_000, 0, 95_000] {
        let scene = scene();
        scene.hub.fast_by.set(fast_by);
        let offset = scene.phone.round(&scene.hub).clock_offset.unwrap();
        assert!(offset.abs_diff(fast_by) <= 1_000, "{offset}");
        let kept = block_on(civmesh_sync::clock::stored_offset(&scene.phone.store)).unwrap();
        assert_eq!(kept, Some(offset));
    }
}

#[test]
fn two_phones_that_wrote_offline_end_up_with_the_same_in_either_order() {
    for swapped in [false, true] {
        let scene = scene();
        scene.hub.seat("seat-2", &["manager", "node:s001"]);
        let mut phones = [&scene.phone, &scene.other];
        let written = [scene.phone.write("s001", check_in()), scene.other.write("s001", report()), scene.other.write("s001", check_in())];
        if swapped {
            phones.reverse();
        }
        for _ in 0..2 {
            for phone in phones {
                // Each phone has a cookie of its own.
                *scene.hub.session.borrow_mut() = None;
                phone.settle(&scene.hub);
            }
        }
        for phone in phones {
            assert!(written.iter().all(|event| phone.has_event(event.id)));
            assert!(phone.outbox().is_empty());
        }
    }
}
