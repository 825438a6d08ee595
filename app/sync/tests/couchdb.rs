//! Answers as a real CouchDB 3.4.3 gave them, replayed: the client is right only if it is right on CouchDB.
//!
//! The recordings lie beside the project; where they are absent the tests say so and pass.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail loudly")]

mod model;
mod world;

use civmesh_domain::event::Event;
use civmesh_store::Store;
use civmesh_store::record::{Fate, Page};
use civmesh_sync::clock::read_date;
use civmesh_sync::engine::{Link, RoundReport};
use civmesh_sync::error::SyncError;
use civmesh_sync::hub::{Hub, Method, Request, Response, Unreachable};
use civmesh_sync::session;
use futures::executor::block_on;
use serde_json::Value;
use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::path::Path;
use std::rc::Rc;
use world::{Phone, START, database, report};

/// The recorded exchanges by their notes.
struct Recording(BTreeMap<String, Response>);

impl Recording {
    fn open() -> Option<Self> {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/couchdb/answers-3.4.3.jsonl");
        let Ok(text) = std::fs::read_to_string(path) else {
            println!("skipped: the recorded answers are not here");
            return None;
        };
        let read = |line: &str| {
            let exchange: Value = serde_json::from_str(line).unwrap();
            let response = &exchange["response"];
            let date = response["headers"]["date"].as_str().and_then(read_date);
            let body = response["body"].as_str().unwrap().to_owned();
            (exchange["note"].as_str().unwrap().to_owned(), Response { status: response["status"].as_u64().unwrap() as u16, body, date })
        };
        Some(Self(text.lines().map(read).collect()))
    }

    fn get(&self, note: &str) -> Response {
        self.0.get(note).unwrap_or_else(|| panic!("no recording {note:?}")).clone()
    }
}

/// Answers from a script: the first rule whose method and path ending fit, each used once; the last one of a kind for ever.
struct Scripted {
    script: RefCell<Vec<(Method, &'static str, Response)>>,
    asked: RefCell<Vec<String>>,
}

impl Hub for Scripted {
    async fn send(&self, request: Request) -> Result<Response, Unreachable> {
        self.asked.borrow_mut().push(format!("{:?} {} {}", request.method, request.path, request.body.clone().unwrap_or_default()));
        let fits = |(method, path, _): &(Method, &str, Response)| *method == request.method && request.path.contains(path);
        let mut script = self.script.borrow_mut();
        let at = script.iter().position(fits).ok_or_else(|| Unreachable(format!("nothing is scripted for {request:?}")))?;
        let path = script[at].1;
        let is_last = script.iter().filter(|rule| rule.0 == request.method && rule.1 == path).count() == 1;
        Ok(if is_last { script[at].2.clone() } else { script.remove(at).2 })
    }
}

/// What a database says of itself: the one answer that was not recorded.
fn info() -> (Method, &'static str, Response) {
    let body = "{\"db_name\":\"x\",\"instance_start_time\":\"1795397734\"}".to_owned();
    (Method::Get, "/civmesh-", Response { status: 200, body, date: None })
}

/// A hub that takes this phone for `seat-1` and has no news, and beyond that answers as scripted.
fn scripted(recording: &Recording, rules: Vec<(Method, &'static str, Response)>) -> Scripted {
    let mut script = rules;
    script.push((Method::Get, "/_session", recording.get("session, logged in")));
    script.push((Method::Post, "/_session", recording.get("log in")));
    script.push((Method::Get, "/_changes", recording.get("long poll that ends by its time-out")));
    script.push(info());
    Scripted { script: RefCell::new(script), asked: RefCell::default() }
}

/// Pushes three reports against recorded answers in which `names` stand for the three events.
fn push_three(
    names: [&str; 3],
    rules: impl Fn(&Recording, &dyn Fn(&str) -> Response) -> Vec<(Method, &'static str, Response)>,
) -> Option<(Phone, Vec<Event>, Scripted, RoundReport)> {
    let recording = Recording::open()?;
    let phone = Phone::with_seat(&Rc::new(Cell::new(START)), "seat-1", &["volunteer", "node:n1"]);
    let events: Vec<Event> = (0..3).map(|_| phone.write("n1", report())).collect();
    let adapt = |note: &str| {
        let mut response = recording.get(note);
        for (name, event) in names.iter().zip(&events) {
            response.body = response.body.replace(&format!("seat-1:{name}"), &format!("seat-1:{}", event.id));
        }
        response
    };
    let hub = scripted(&recording, rules(&recording, &adapt));
    let report = phone.round(&hub);
    Some((phone, events, hub, report))
}

#[test]
fn an_empty_answer_means_that_all_landed_and_so_does_its_repeat() {
    for note in ["push three, new_edits false: all stored", "push the same again: nothing changes"] {
        let Some((phone, events, _, report)) = push_three(["A1", "A2", "A3"], |_, adapt| vec![(Method::Post, "_bulk_docs", adapt(note))])
        else {
            return;
        };
        assert_eq!((report.pushed, report.refused, report.link), (3, 0, Link::Reached), "{note}");
        let receipts = block_on(phone.store.receipts()).unwrap();
        assert_eq!(receipts.len(), events.len());
        assert!(receipts.iter().all(|receipt| receipt.at.0 == 1_795_397_735_000), "the receipt's time is CouchDB's");
        assert!(phone.outbox().is_empty());
    }
}

#[test]
fn one_of_three_is_refused_by_its_identifier() {
    let Some((phone, events, _, report)) =
        push_three(["B1", "B2", "B3"], |_, adapt| vec![(Method::Post, "_bulk_docs", adapt("one of three refused"))])
    else {
        return;
    };
    assert_eq!((report.pushed, report.refused), (2, 1));
    assert_eq!(phone.refusal(events[1].id), Some(("other".to_owned(), "kind not allowed".to_owned())));
}

#[test]
fn an_ended_session_is_taken_up_again_on_a_private_and_on_a_public_database() {
    for note in ["not logged in, private database", "not logged in, public database"] {
        let Some((_, _, hub, report)) = push_three(["D2", "-", "-"], |recording, adapt| {
            vec![
                (Method::Post, "_bulk_docs", adapt(note)),
                (Method::Post, "_bulk_docs", recording.get("push three, new_edits false: all stored")),
            ]
        }) else {
            return;
        };
        assert_eq!((report.pushed, report.refused, report.link), (3, 0, Link::Reached), "{note}");
        assert_eq!(hub.asked.borrow().iter().filter(|line| line.starts_with("Post /_session")).count(), 1, "{note}");
    }
}

#[test]
fn a_silent_end_of_the_session_is_noticed_before_anything_is_sent() {
    for note in ["session, anonymous", "session, a cookie that was tampered with"] {
        let Some((_, _, hub, report)) = push_three(["-", "-", "-"], |recording, adapt| {
            vec![
                (Method::Get, "/_session", recording.get(note)),
                (Method::Post, "_bulk_docs", adapt("push three, new_edits false: all stored")),
            ]
        }) else {
            return;
        };
        assert_eq!(report.pushed, 3, "{note}");
        assert!(hub.asked.borrow()[1].starts_with("Post /_session"), "{note}");
    }
}

#[test]
fn poisons_as_couchdb_words_them_are_found_and_set_aside() {
    let notes = ["poison: an identifier that begins with _", "poison: a malformed revision", "poison: an unknown field that begins with _"];
    for note in notes {
        // The three fail together, the first alone, and alone again; the other two land.
        let Some((phone, events, _, report)) = push_three(["-", "-", "-"], |recording, adapt| {
            let landed = recording.get("push three, new_edits false: all stored");
            vec![
                (Method::Post, "_bulk_docs", adapt(note)),
                (Method::Post, "_bulk_docs", adapt(note)),
                (Method::Post, "_bulk_docs", adapt(note)),
                (Method::Post, "_bulk_docs", landed),
            ]
        }) else {
            return;
        };
        assert_eq!((report.pushed, report.refused), (2, 1), "{note}");
        assert_eq!(phone.refusal(events[0].id).unwrap().0, "malformed", "{note}");
    }
}

#[test]
fn a_413_that_names_the_document_sets_aside_just_that_one() {
    let Some((phone, events, hub, report)) = push_three(["-", "E7", "-"], |recording, adapt| {
        vec![
            (Method::Post, "_bulk_docs", adapt("a document over max_document_size")),
            (Method::Post, "_bulk_docs", recording.get("push three, new_edits false: all stored")),
        ]
    }) else {
        return;
    };
    assert_eq!((report.pushed, report.refused), (2, 1));
    assert_eq!(phone.refusal(events[1].id).unwrap().0, "size");
    assert_eq!(hub.asked.borrow().iter().filter(|line| line.contains("_bulk_docs")).count(), 2);
}

#[test]
fn a_body_that_was_mangled_on_the_way_refuses_nothing_that_passes_the_second_time() {
    let Some((_, _, _, report)) = push_three(["-", "-", "-"], |recording, adapt| {
        vec![
            (Method::Post, "_bulk_docs", adapt("not JSON")),
            (Method::Post, "_bulk_docs", recording.get("push three, new_edits false: all stored")),
        ]
    }) else {
        return;
    };
    assert_eq!((report.pushed, report.refused), (3, 0));
}

#[test]
fn what_was_sent_before_is_asked_about_and_only_a_real_answer_counts() {
    let Some(recording) = Recording::open() else { return };
    // The recorded question held A9 with the revision aa…: here our own question holds one that no hub has, and the answer must say so.
    let honest = recording.get("what is missing");
    let genuine = Response {
        body: honest.body.replace("event:seat-1:A9", "event:nowhere:nothing").replace(&"a".repeat(32), &"0".repeat(32)),
        ..honest.clone()
    };
    for (answer, repeated) in [(genuine, 0), (honest, 1)] {
        let phone = Phone::with_seat(&Rc::new(Cell::new(START)), "seat-1", &["volunteer", "node:n1"]);
        phone.write("n1", report());
        let deaf = scripted(&recording, vec![]);
        assert_eq!(phone.round(&deaf).link, Link::Unreachable);
        assert!(matches!(phone.outbox()[0].fate, Fate::Waiting));
        phone.now.set(START + 60_000);
        let landed = recording.get("push the same again: nothing changes");
        let hub = scripted(&recording, vec![(Method::Post, "_revs_diff", answer), (Method::Post, "_bulk_docs", landed)]);
        assert_eq!(phone.round(&hub).pushed, 1);
        assert_eq!(hub.asked.borrow().iter().filter(|line| line.contains("_bulk_docs")).count(), repeated);
    }
}

#[test]
fn log_ins_are_read_as_couchdb_words_them() {
    let Some(recording) = Recording::open() else { return };
    let account = "seat-1".parse().unwrap();
    let cases = [
        ("log in", Ok(world::roles(&["volunteer", "node:n1"]))),
        ("log in, wrong password", Err(SyncError::SeatRefused)),
        ("log in after many wrong passwords", Err(SyncError::Locked)),
    ];
    for (note, expected) in cases {
        let hub = Scripted { script: RefCell::new(vec![(Method::Post, "/_session", recording.get(note))]), asked: RefCell::default() };
        assert_eq!(block_on(session::log_in(&hub, &account, "pw1")), expected, "{note}");
    }
    for (note, expected) in [("session, logged in", Some("seat-1")), ("session, anonymous", None)] {
        let hub = Scripted { script: RefCell::new(vec![(Method::Get, "/_session", recording.get(note))]), asked: RefCell::default() };
        assert_eq!(block_on(session::ask(&hub)).unwrap().account.as_deref(), expected, "{note}");
    }
}

#[test]
fn a_locked_seat_waits_and_its_rows_with_it() {
    let Some((phone, _, _, report)) = push_three(["-", "-", "-"], |recording, _| {
        vec![
            (Method::Get, "/_session", recording.get("session, anonymous")),
            (Method::Post, "/_session", recording.get("log in after many wrong passwords")),
            (Method::Post, "/_session", recording.get("log in after many wrong passwords")),
        ]
    }) else {
        return;
    };
    assert_eq!((report.link, report.refused), (Link::Locked, 0));
    assert!(SyncError::Locked.is_transient());
    assert_eq!(phone.outbox().len(), 3);
}

#[test]
fn changes_are_read_as_couchdb_writes_them() {
    let Some(recording) = Recording::open() else { return };
    // The recorded documents are not events: they are passed over, one by one, and the checkpoint moves on all the same.
    for note in
        ["changes, first page", "changes, next page", "changes, seq_interval", "changes show the deletion", "not logged in, public read"]
    {
        let phone = Phone::anonymous(&Rc::new(Cell::new(START)));
        let hub =
            Scripted { script: RefCell::new(vec![(Method::Get, "/_changes", recording.get(note)), info()]), asked: RefCell::default() };
        let report = phone.round(&hub);
        assert_eq!(report.link, Link::Reached, "{note}: {:?}", report.troubles);
        let last: Value = serde_json::from_str(&recording.get(note).body).unwrap();
        assert_eq!(block_on(phone.store.checkpoint(&database("public"))).unwrap().as_ref(), Some(&last["last_seq"]), "{note}");
    }
}

#[test]
fn a_since_that_is_not_a_sequence_and_a_database_that_is_not_there() {
    let Some(recording) = Recording::open() else { return };
    let phone = Phone::anonymous(&Rc::new(Cell::new(START)));
    let garbage = Page { checkpoint: Some((database("public"), "garbage".into())), ..Page::default() };
    block_on(phone.store.merge(garbage)).unwrap();
    let rules = vec![
        (Method::Get, "since=garbage", recording.get("since that is not a sequence")),
        (Method::Get, "/_changes", recording.get("changes, first page")),
        info(),
    ];
    let hub = Scripted { script: RefCell::new(rules), asked: RefCell::default() };
    assert_eq!(phone.round(&hub).link, Link::Reached);
    assert_ne!(block_on(phone.store.checkpoint(&database("public"))).unwrap(), Some("garbage".into()));

    let phone = Phone::anonymous(&Rc::new(Cell::new(START)));
    let hub = Scripted {
        script: RefCell::new(vec![(Method::Get, "/", recording.get("a database that is not there"))]),
        asked: RefCell::default(),
    };
    let report = phone.round(&hub);
    assert_eq!((report.link, report.troubles), (Link::Reached, vec![SyncError::NoDatabase(database("public"))]));
}
