//! The table of attacks, tried for real: through the gate of the embedded hub, through Debian's nginx with the configuration of docs/deploy,
//! and on a phone that reads what got through.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on should say so")]

#[path = "../common/mod.rs"]
mod common;
mod document;
mod door;
mod forge;
mod front;
mod judge;
mod mutant;
mod pack;
mod part;
mod reader;
mod receipt;
mod table;

use civmesh_domain::delivery::Delivery;
use civmesh_domain::event::{Event, Mode};
use civmesh_domain::fold::{Judged, Scene, known};
use civmesh_domain::personnel::trust::{Trust, Verdict};
use civmesh_hub::couch::Couch;
use civmesh_store::Store;
use common::phone::Phone;
use common::*;
use document::{document, sending};
use front::{Front, fronts};
use serde_json::Value;
use std::collections::BTreeMap;
use table::{Row, Stopped, rows};

/// All that an attacker would want to change: which databases there are, who opens them, what they check, who has an account.
async fn furniture(hub: &Couch) -> BTreeMap<String, Value> {
    let mut seen = BTreeMap::from([("databases".to_owned(), hub.get(&["_all_dbs"]).await.unwrap())]);
    seen.insert("accounts".to_owned(), hub.get_with(&["_users", "_all_docs"], &[("include_docs", "true")]).await.unwrap());
    for name in hub.databases(REGION).await.unwrap() {
        for path in ["_security", "_design/civmesh", "_local/_security", "_local/x"] {
            let path: Vec<&str> = std::iter::once(name.as_str()).chain(path.split('/')).collect();
            seen.insert(path.join("/"), hub.find(&path).await.unwrap_or_default().unwrap_or_default());
        }
    }
    seen
}

/// Whether the document is at the hub, just as it was sent.
async fn is_stored(hub: &Couch, end: &str, document: &Value) -> bool {
    let found = hub.find(&[&database(end), document["_id"].as_str().unwrap()]).await.unwrap_or_default();
    let same = |found: &Value| document.as_object().unwrap().iter().all(|(name, value)| name == "_rev" || found[name] == *value);
    found.is_some_and(|found| same(&found))
}

/// What is seen of one attack, at one front.
async fn attempt(row: &Row, front: &Front, hub: &Couch) -> String {
    let Some((verb, end, words)) = sending(row.with) else { return front.ask(row.who, row.with).await };
    let document = document(row.who, words);
    let answer = match verb {
        "put" => front.put(row.who, end, &document).await,
        _ => front.push(row.who, end, &document).await,
    };
    let stored = is_stored(hub, end, &document).await;
    match stored {
        true if answer != "ok" => format!("{answer}, and yet it is there"),
        false if answer == "ok" => "ok, and yet it is not there".to_owned(),
        _ => answer,
    }
}

#[tokio::test]
async fn every_request_of_the_table_ends_as_it_says_at_both_fronts() {
    let hub = hub().await;
    let before = furniture(hub.couch()).await;
    let (_running, fronts) = fronts(hub.couch()).await;
    let none = Front::none(hub.couch());
    let mut wrong = Vec::new();
    for row in rows().iter().filter(|row| row.stopped != Stopped::Reader) {
        let meets = |front: &&Front| match (row.who, row.stopped) {
            ("inside", _) => front.name == "none",
            (_, Stopped::OwnGate) => front.name == "embedded",
            _ => front.name != "none",
        };
        for front in fronts.iter().chain([&none]).filter(meets) {
            let answer = attempt(row, front, hub.couch()).await;
            if answer != row.answer {
                wrong.push(format!("{row} at {}: {answer}, not {}", front.name, row.answer));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!(furniture(hub.couch()).await, before, "an attack left something behind");
}

#[tokio::test]
async fn what_was_written_stays_as_it_was() {
    let hub = hub().await;
    let (_running, fronts) = fronts(hub.couch()).await;
    let written = [
        ("vol", "ops", event("vol", "report", "s001", 1)),
        ("coo", "public", event("coo", "credential_issued", "region", 1)),
        ("vol", "node-s001", part("vol", "s001", 1)),
    ];
    // With all that is refused, what is honest passes, and a repeat changes nothing.
    for front in &fronts {
        for (who, end, document) in &written {
            assert_eq!(front.push(who, end, document).await, "ok", "{end} at {}", front.name);
        }
    }
    let changes = |row: &&Row| sending(row.with).is_some_and(|(_, _, words)| words.starts_with("grave") || words.contains("\"_rev\""));
    let rows = rows();
    assert!(rows.iter().filter(changes).count() > 5);
    for (row, front) in rows.iter().filter(changes).flat_map(|row| fronts.iter().map(move |front| (row, front))) {
        let (_, end, words) = sending(row.with).unwrap();
        assert_eq!(front.push(row.who, end, &document(row.who, words)).await, row.answer, "{row} at {}", front.name);
    }
    for (_, end, document) in &written {
        let found = hub.couch().get(&[&database(end), document["_id"].as_str().unwrap()]).await.unwrap();
        assert_eq!(found, *document);
    }
}

/// What a phone makes of what the hub took: the verdict, and whether it belongs to the real picture.
fn seen(trust: &Trust, event: &Event) -> String {
    let verdict = trust.judge(event);
    let judged = Judged { event: event.clone(), verdict };
    let is_real = !known([&judged], Scene { region: REGION, mode: Mode::Real }).is_empty();
    match verdict {
        Verdict::Verified if !is_real => "not in this scene".to_owned(),
        verdict => reader::word(verdict),
    }
}

#[tokio::test]
async fn what_the_hub_takes_every_phone_judges_by_itself() {
    let hub = hub().await;
    let (_running, fronts) = fronts(hub.couch()).await;
    let rows: Vec<Row> = rows().into_iter().filter(|row| row.stopped == Stopped::Reader && sending(row.with).is_some()).collect();
    for (at, row) in rows.iter().enumerate() {
        let front = &fronts[at % fronts.len()];
        assert_eq!(attempt(row, front, hub.couch()).await, "ok", "{row}: the hub can't know");
    }
    let (trust, mut wrong) = (reader::region(), Vec::new());
    for front in &fronts {
        let phone = Phone::of("man");
        let report = phone.sync(&front.hub()).await;
        for row in &rows {
            let document = document(row.who, sending(row.with).unwrap().2);
            let seen = match Delivery::read(document.clone()) {
                Err(_) if report.skipped.iter().any(|name| name.ends_with(document["_id"].as_str().unwrap())) => "passed over".to_owned(),
                Err(error) => panic!("{row}: {error}, and the phone did not say that it passed it over"),
                Ok(event) => {
                    let stored = phone.store.event(event.id).await.unwrap();
                    seen(&trust, &stored.unwrap_or_else(|| panic!("{row} did not arrive")).event)
                }
            };
            if seen != row.answer {
                wrong.push(format!("{row} read through {}: {seen}, not {}", front.name, row.answer));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[tokio::test]
async fn what_reaches_a_phone_by_any_way_it_judges_alike() {
    let mut wrong = Vec::new();
    for row in rows() {
        let Some(name) = row.with.strip_prefix("phone ") else { continue };
        let seen = reader::attempt(name).await;
        if seen != row.answer {
            wrong.push(format!("{row}: {seen}, not {}", row.answer));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_table_leaves_nothing_out() {
    let rows = rows();
    for row in &rows {
        assert_eq!(rows.iter().filter(|other| (other.who, other.with) == (row.who, row.with)).count(), 1, "twice: {row}");
    }
    let of = |stopped| rows.iter().filter(|row| row.stopped == stopped).count();
    println!(
        "{} attacks: {} stopped by the gate, {} by the hub, {} by a validation function, {} by the reader",
        rows.len(),
        of(Stopped::Gate) + of(Stopped::OwnGate),
        of(Stopped::Hub),
        of(Stopped::Function),
        of(Stopped::Reader)
    );
}
