//! What has to hold once everything was well for long enough: hubs agree, every receipt is kept by all of them, every reader has what it may
//! read and nothing else, all see the same, and what is left in an outbox is there for a reason.

use crate::check::label;
use crate::region;
use crate::scene::{LATER_KIND, Scene};
use crate::world::{REGION, database, node};
use crate::writing::reading_secret;
use civmesh_domain::delivery::Delivery;
use civmesh_domain::event::Mode;
use civmesh_domain::fold::{self, Judged};
use civmesh_domain::id::{EventId, NodeId};
use civmesh_domain::information::{report, status};
use civmesh_domain::keyring::Keyring;
use civmesh_domain::personnel::check_in;
use civmesh_domain::personnel::trust::{Trust, Verdict};
use civmesh_domain::sop::run;
use civmesh_store::Store;
use civmesh_store::record::{EventRow, Fate, OutboxKey};
use civmesh_sync::seat::stays;
use futures::FutureExt;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

const SCENE: fold::Scene = fold::Scene { region: REGION, mode: Mode::Real };

/// Checks all of it.
pub fn check(scene: &Scene) {
    hubs_agree(scene);
    receipts_are_kept(scene);
    nothing_is_stuck(scene);
    heads_say_what_was_said_last(scene);
    let truth = Everything::of(scene);
    for phone in 0..scene.phones.len() {
        reader_has_all_and_nothing_else(scene, phone);
        parts_are_there(scene, phone);
        sees_what_all_see(scene, phone, &truth);
    }
}

fn event_of(id: &str) -> Option<EventId> {
    let fields: Vec<&str> = id.split(':').collect();
    match fields.as_slice() {
        ["event", _, event] => event.parse().ok(),
        _ => None,
    }
}

/// Whether the account of this phone's seat still opens anything.
fn is_let_in(scene: &Scene, phone: usize) -> bool {
    let account = scene.phones[phone].seat.as_ref().map(|seat| seat.account.to_string());
    account.is_some_and(|account| scene.hubs[0].couch.accounts.borrow().contains_key(&account))
}

/// What a document says, in a name of its kind that all would give it: two phones of one account may bring an event of a later kind, one that
/// knows its name and one that does not. The bytes are the same, and readers go by them.
fn says(body: &Value) -> Value {
    let mut body = body.clone();
    if body["kind"] == LATER_KIND.1 {
        body["kind"] = format!("kind-{}", LATER_KIND.0).into();
    }
    body
}

fn hubs_agree(scene: &Scene) {
    let first = scene.hubs[0].couch.databases.borrow();
    for (at, site) in scene.hubs.iter().enumerate() {
        for (name, db) in site.couch.databases.borrow().iter() {
            for (id, doc) in &db.docs {
                let same = first[name]
                    .docs
                    .get(id)
                    .is_some_and(|other| says(&other.body) == says(&doc.body) && other.branches() == doc.branches());
                if !same && !scene.truth.expired.borrow().contains(&(0, id.clone())) {
                    let other = first[name].docs.get(id).map(|other| other.revisions());
                    let (site, name) = (site.name, &name[35..]);
                    scene.fail(format!("hubs a and {site} disagree about {id} in {name}: {other:?} and {:?}", doc.revisions()));
                }
                let is_once = id.starts_with("head:") || (doc.branches(), doc.writes) == (1, 1);
                if !is_once {
                    scene.fail(format!("{id} was written {} times at {}, in {} branches", doc.writes, site.name, doc.branches()));
                }
                if event_of(id).is_some_and(|event| !scene.truth.events.borrow().contains_key(&event)) {
                    scene.fail(format!("nobody wrote {id}, which is at {}", site.name));
                }
            }
            let lacks = first[name].docs.keys().find(|id| !db.docs.contains_key(*id));
            if let Some(id) = lacks.filter(|id| !scene.truth.expired.borrow().contains(&(at, (*id).clone()))) {
                scene.fail(format!("{id} is at a and not at {}, in {}", site.name, &name[35..]));
            }
        }
    }
}

fn receipts_are_kept(scene: &Scene) {
    for (phone, site) in (0..scene.phones.len()).flat_map(|phone| scene.hubs.iter().map(move |site| (phone, site))) {
        for receipt in scene.receipts(phone) {
            let id = scene.document(phone, &receipt.key);
            let there = site.couch.databases.borrow()[&receipt.database].docs.contains_key(&id);
            let expired = scene.truth.expired.borrow().iter().any(|(_, expired)| *expired == id);
            if !there && !expired {
                let (name, site, database) = (&scene.phones[phone].name, site.name, &receipt.database[35..]);
                scene.fail(format!("{name} has a receipt for {} in {database}, and hub {site} has it not", label(&receipt.key)));
            }
        }
    }
}

/// What waits, waits for a seat, a node or an event; what is refused, a hub refused by the table.
fn nothing_is_stuck(scene: &Scene) {
    for phone in (0..scene.phones.len()).filter(|&phone| is_let_in(scene, phone)) {
        let seat = scene.phones[phone].seat.as_ref().unwrap();
        let outbox = scene.outbox(phone);
        for row in &outbox {
            let (event, ..) = scene.truth.events.borrow()[&row.key.event].clone();
            let event_waits = outbox.iter().any(|other| other.key == OutboxKey { part: None, ..row.key });
            let is_held = row.key.part.is_some_and(|index| event_waits || stays(&event, event.core.parts[usize::from(index)].kind, seat));
            let fails = match &row.fate {
                Fate::Refused { code, .. } => {
                    !matches!(code.as_str(), "kind" | "node" | "expired")
                        || !scene.truth.was_denied(phone, &scene.document(phone, &row.key))
                }
                Fate::Waiting | Fate::Sending => !is_held,
            };
            if fails {
                scene.fail(format!(
                    "{} of {} is stuck: {:?} after {} tries",
                    label(&row.key),
                    scene.phones[phone].name,
                    row.fate,
                    row.attempts
                ));
            }
        }
    }
}

/// The head of an account is the last status that one of its phones has a receipt for.
fn heads_say_what_was_said_last(scene: &Scene) {
    let mut last: BTreeMap<String, Vec<EventId>> = BTreeMap::new();
    for (phone, seat) in scene.phones.iter().enumerate().filter_map(|(at, phone)| Some((at, phone.seat.as_ref()?))) {
        let mut by_node: BTreeMap<NodeId, (u64, EventId)> = BTreeMap::new();
        for receipt in scene.receipts(phone).iter().filter(|receipt| receipt.key.part.is_none() && receipt.database.ends_with("-ops")) {
            let events = scene.truth.events.borrow();
            let (event, _, author) = &events[&receipt.key.event];
            if *author == phone && matches!(event.core.body, civmesh_domain::body::Body::NodeStatus(_)) {
                let entry = by_node.entry(event.core.node.clone()).or_insert((0, event.id));
                *entry = (*entry).max((event.core.sequence, event.id));
            }
        }
        for (place, (_, event)) in by_node {
            last.entry(format!("head:{place}:{}", seat.account)).or_default().push(event);
        }
    }
    for (id, candidates) in last {
        for site in &scene.hubs {
            let databases = site.couch.databases.borrow();
            let head = databases[&database("public")].docs.get(&id).and_then(|doc| Delivery::read(doc.body.clone()).ok());
            if !head.as_ref().is_some_and(|head| candidates.contains(&head.id)) {
                let words = |id: &EventId| id.check_word().to_string();
                let (said, wanted) = (head.map(|head| words(&head.id)), candidates.iter().map(words).collect::<Vec<_>>());
                scene.fail(format!("{id} at {} says {said:?}, and the last word was {wanted:?}", site.name));
            }
        }
    }
}

fn rows(scene: &Scene, phone: usize) -> Vec<EventRow> {
    scene.phones[phone].disk.events(REGION, None).now_or_never().unwrap().unwrap()
}

/// The events in these databases of the hubs, which agree.
fn events_in(scene: &Scene, names: &BTreeSet<String>) -> BTreeSet<EventId> {
    let databases = scene.hubs[0].couch.databases.borrow();
    let docs = names.iter().flat_map(|name| &databases[name].docs);
    let head = |doc: &Value| Delivery::read(doc.clone()).ok().map(|event| event.id);
    docs.filter_map(|(id, doc)| event_of(id).or_else(|| id.starts_with("head:").then(|| head(&doc.body)).flatten())).collect()
}

/// The names of the databases that it reads now.
fn reads(scene: &Scene, phone: usize) -> BTreeSet<String> {
    if is_let_in(scene, phone) { scene.phones[phone].reads() } else { [database("public")].into() }
}

fn reader_has_all_and_nothing_else(scene: &Scene, phone: usize) {
    let name = &scene.phones[phone].name;
    let events = scene.truth.events.borrow();
    let all = events_in(scene, &reads(scene, phone));
    let ever = events_in(scene, &scene.phones[phone].reads());
    let rows = rows(scene, phone);
    let here: BTreeSet<EventId> = rows.iter().map(|row| row.event.id).collect();
    if let Some(lacking) = all.difference(&here).next() {
        scene.fail(format!("{name} may read {} and has it not", lacking.check_word()));
    }
    let statuses = events_in(scene, &[database("ops")].into());
    for row in rows {
        let id = row.event.id;
        let (event, _, author) = match events.get(&id) {
            Some(known) => known,
            None => return scene.fail(format!("nobody wrote {} which {name} has", id.check_word())),
        };
        if *event != row.event || !row.intact {
            scene.fail(format!("{name} has {} otherwise than it was written", id.check_word()));
        }
        // What was in a head may have been written over since.
        let was_head = event.core.body.number() == 2 && statuses.contains(&id);
        let may = *author == phone || ever.contains(&id) || was_head || scene.truth.loaded.borrow().contains(&(phone, id));
        if !may {
            scene.fail(format!("{name} has {} and may not read it", id.check_word()));
        }
    }
}

/// Parts with a receipt are at all who read that database, and open with the node's key.
fn parts_are_there(scene: &Scene, phone: usize) {
    let (mine, now) = (reads(scene, phone), scene.time.now());
    for other in 0..scene.phones.len() {
        for receipt in scene.receipts(other).into_iter().filter(|receipt| mine.contains(&receipt.database)) {
            let Some(index) = receipt.key.part.filter(|_| scene.truth.kept_until(&receipt.key) > now) else { continue };
            let id = scene.document(other, &receipt.key);
            if scene.truth.expired.borrow().iter().any(|(_, expired)| *expired == id) {
                continue;
            }
            let (event, ..) = scene.truth.events.borrow()[&receipt.key.event].clone();
            if scene.truth.met_two_wrong_clocks(phone, &event.id) {
                continue;
            }
            let keyring = Keyring::of([reading_secret(&event.core.node)]);
            let parts = scene.phones[phone].disk.parts(event.id).now_or_never().unwrap().unwrap();
            let opens = |part: &civmesh_domain::part::Part| part.open(&event.core.parts[usize::from(index)], &keyring).is_some();
            if !parts.iter().any(|part| part.index == index && opens(part)) {
                scene.fail(format!("{} has not {}, which it may read", scene.phones[phone].name, label(&receipt.key)));
            }
        }
    }
}

/// What somebody sees who has everything that is public among staff.
struct Everything {
    trust: Trust,
    shared: BTreeSet<EventId>,
}

impl Everything {
    fn of(scene: &Scene) -> Self {
        let databases = scene.hubs[0].couch.databases.borrow();
        let trust = region::trust(databases[&database("public")].docs.values().map(|doc| &doc.body));
        Self { trust, shared: events_in(scene, &["public", "ops", "relay"].map(database).into()) }
    }
}

#[derive(PartialEq)]
struct Folds {
    present: BTreeMap<NodeId, Vec<check_in::Presence>>,
    states: BTreeMap<NodeId, Vec<fold::Statement<status::NodeStatus>>>,
    reports: Vec<fold::Thread<report::Report>>,
    runs: Vec<Vec<run::Run>>,
    later: BTreeSet<(EventId, Vec<u8>)>,
}

impl Folds {
    fn of(judged: &[Judged]) -> Self {
        let later = judged.iter().filter(|judged| judged.event.core.body.number() == LATER_KIND.0);
        Self {
            present: check_in::presence(judged, SCENE),
            states: status::current(judged, SCENE),
            reports: report::reports(judged, SCENE),
            runs: ["s001", "s002", "s009"].map(|place| run::runs(judged, SCENE, &node(place))).into(),
            later: later.map(|judged| (judged.event.id, judged.event.core_bytes().to_vec())).collect(),
        }
    }
}

/// The folds of what all staff reads are the same on each of their phones, and so are those of all that this one reads.
fn sees_what_all_see(scene: &Scene, phone: usize, truth: &Everything) {
    let disk = &scene.phones[phone].disk;
    let documents = disk.documents(&database("public"), "").now_or_never().unwrap().unwrap();
    let trust = region::trust(region::bodies(&documents));
    let rows = rows(scene, phone);
    let events = scene.truth.events.borrow();
    let mine = events_in(scene, &reads(scene, phone));
    let shared = if is_let_in(scene, phone) { &truth.shared } else { &mine };
    for wanted in [shared, &mine] {
        let judge = |row: &EventRow| Judged {
            verdict: if row.intact { trust.judge_intact(&row.event) } else { Verdict::Broken },
            event: row.event.clone(),
        };
        let here: Vec<Judged> = rows.iter().filter(|row| wanted.contains(&row.event.id)).map(judge).collect();
        let known = wanted.iter().rev().filter_map(|id| events.get(id));
        let there = known.map(|(event, ..)| Judged { verdict: truth.trust.judge_intact(event), event: event.clone() });
        if Folds::of(&here) != Folds::of(&there.collect::<Vec<_>>()) {
            scene.fail(format!("{} sees something else than all who have the same", scene.phones[phone].name));
        }
    }
}

/// No phone has a part whose time is over, by everybody's clock.
pub fn nothing_expired_is_kept(scene: &Scene) {
    for (event, index) in scene.truth.parts.borrow().keys() {
        let key = OutboxKey { event: *event, part: Some(*index) };
        // Where the event's clock was ahead, a phone whose own was ahead as well believed it.
        let until = scene.truth.kept_until(&key).max(event.clock().millis().0 + scene.truth.term(&key));
        let is_over = until + civmesh_domain::unit::Millis::DAY < scene.time.now();
        for phone in scene.phones.iter().filter(|_| is_over) {
            let parts = phone.disk.parts(*event).now_or_never().unwrap().unwrap();
            if parts.iter().any(|part| part.index == *index) {
                scene.fail(format!("{} keeps {} beyond its time", phone.name, label(&key)));
            }
        }
    }
}
