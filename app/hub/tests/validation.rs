//! The validation functions in the embedded hub: a table of what passes, and of what an attacker or a mistake would try.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on should say so")]

mod common;

use civmesh_domain::clock::Clock;
use civmesh_domain::event::{Core, Mode};
use civmesh_domain::part::{PartKind, PartRef};
use civmesh_domain::unit::Millis;
use common::*;
use serde_json::{Value, json};

const STAFF_KINDS: &[&str] = &["step_marked", "report"];
const LEAD_KINDS: &[&str] = &["node_status", "run_started", "run_ended"];

/// Account, end of the database's name, document, what becomes of it.
type Case = (&'static str, &'static str, Value, &'static str);

async fn check(cases: Vec<Case>) {
    let hub = hub().await;
    for (account, end, document, expected) in cases {
        let seen = push(hub.couch(), account, end, &document).await;
        let shown: String = document.to_string().chars().take(300).collect();
        assert_eq!(seen, expected, "{account} to {end}: {shown}");
        let stored = hub.couch().find(&[&database(end), document["_id"].as_str().unwrap()]).await.unwrap();
        assert_eq!(stored.is_some(), expected == "ok", "{account} to {end}, stored: {shown}");
    }
}

#[tokio::test]
async fn staff_write_what_the_routing_table_gives_them() {
    let mut cases: Vec<Case> = Vec::new();
    for (number, kind) in STAFF_KINDS.iter().enumerate() {
        let number = number as u32;
        cases.extend(["vol", "man", "coo"].map(|account| (account, "ops", event(account, kind, "s001", number), "ok")));
    }
    for (number, kind) in LEAD_KINDS.iter().enumerate() {
        let number = 10 + number as u32;
        cases.push(("vol", "ops", event("vol", kind, "s001", number), "kind"));
        cases.extend(["man", "coo"].map(|account| (account, "ops", event(account, kind, "s001", number), "ok")));
    }
    for account in ["vol", "man", "coo"] {
        cases.push((account, "node-s001", event(account, "check_in", "s001", 20), "ok"));
        cases.push((account, "node-s001", part(account, "s001", 20), "ok"));
        cases.push((account, "relay", event(account, "check_in", "x9", 21), "ok"));
    }
    for (number, kind) in ["credential_issued", "device_revoked"].into_iter().enumerate() {
        cases.push(("coo", "public", event("coo", kind, "region", 30 + number as u32), "ok"));
        cases.push(("man", "public", event("man", kind, "s001", 30 + number as u32), "kind"));
        cases.push(("vol", "relay", event("vol", kind, "s001", 30 + number as u32), "ok"));
    }
    for account in ["coo", "man"] {
        cases.push((account, "public", event(account, "reading_key_issued", "s001", 34), "ok"));
    }
    cases.push(("vol", "public", event("vol", "reading_key_issued", "s001", 34), "kind"));
    cases.push(("man", "public", event("man", "reading_key_issued", "c001", 35), "node"));
    cases.push(("vol", "relay", event("vol", "reading_key_issued", "s001", 36), "ok"));
    cases.push(("man", "ops", event("man", "reading_key_issued", "s001", 37), "kind"));
    cases.push(("coo", "public", event("coo", "node_status", "s001", 32), "kind"));
    cases.push(("coo", "public", event("coo", "report", "s001", 32), "kind"));
    cases.push(("vol", "node-unlisted", event("vol", "check_out", "s001", 22), "ok"));
    let drill = Core { mode: Mode::Drill("ABCDEFGH".parse().unwrap()), ..core("report", "s001", 23) };
    cases.push(("vol", "ops", delivery("vol", &drill), "ok"));
    let full = Core { parts: vec![PartRef { kind: PartKind::Photo, hash: [8; 32] }; 245], ..core("report", "s001", 24) };
    cases.push(("vol", "ops", delivery("vol", &full), "ok"));
    cases.push(("vol", "node-s001", with(part("vol", "s001", 25), json!({ "envelope": "A".repeat(700_000) })), "ok"));
    check(cases).await;
}

#[tokio::test]
async fn nobody_writes_for_another_account_node_or_role() {
    check(vec![
        ("nobody", "public", head("vol", "s001"), "unauthorized"),
        ("nobody", "ops", event("vol", "report", "s001", 1), "unauthorized"),
        ("nobody", "relay", event("vol", "report", "s001", 1), "unauthorized"),
        ("nob", "relay", event("nob", "report", "s001", 1), "unauthorized"),
        ("nob", "public", head("nob", "s001"), "kind"),
        ("vol", "ops", event("man", "report", "s001", 2), "account"),
        ("coo", "ops", event("vol", "report", "s001", 2), "account"),
        ("vol", "relay", event("man", "report", "s001", 2), "account"),
        ("vol", "node-s001", part("man", "s001", 2), "account"),
        ("vol", "ops", event("vol", "report", "c001", 3), "node"),
        ("man", "ops", event("man", "node_status", "c001", 3), "node"),
        ("vol", "node-unlisted", event("vol", "check_in", "c001", 3), "node"),
        ("vol", "node-s001", event("vol", "check_in", "c001", 3), "node"),
        ("coo", "node-s001", event("coo", "check_in", "c001", 3), "node"),
        ("coo", "node-s001", part("coo", "c001", 3), "node"),
        ("man2", "node-s001", event("man2", "check_in", "s001", 3), "unauthorized"),
        ("vol", "ops", event("vol", "check_in", "s001", 4), "kind"),
        ("vol", "node-s001", event("vol", "report", "s001", 4), "kind"),
        ("vol", "relay", event("vol", "nonsense", "s001", 4), "kind"),
        ("vol", "ops", event("vol", "constructor", "s001", 4), "kind"),
        ("coo", "public", credential(), "kind"),
        ("coo", "public", json!({ "_id": "node:s001", "_rev": "1-00000000000000000000000000000001", "type": "node", "v": 1 }), "kind"),
    ])
    .await;
}

#[tokio::test]
async fn what_has_another_shape_is_refused() {
    let mut cases: Vec<Case> = Vec::new();
    let report = || event("vol", "report", "s001", 1);
    let changes = [
        json!({ "type": "head" }),
        json!({ "v": 2 }),
        json!({ "v": "1" }),
        json!({ "kind": 1 }),
        json!({ "kind": "Report" }),
        json!({ "node": ["s001"] }),
        json!({ "node": "S001" }),
        json!({ "node": "s001\n" }),
        json!({ "region": "00000000000000000000000000" }),
        json!({ "mode": "drill" }),
        json!({ "author": "0" }),
        json!({ "clock": 1 }),
        json!({ "core": "AAA=" }),
        json!({ "core": { "length": 4 } }),
        json!({ "sig": "A".repeat(85) }),
        json!({ "sig": null }),
        json!({ "node": null }),
        json!({ "type": null }),
        json!({ "extra": 1 }),
        json!({ "_attachments": { "a": { "content_type": "text/plain", "data": "AAAA" } } }),
        json!({ "_id": "event:vol:short" }),
        json!({ "_id": "event:vol:more:0000000000000000000000000000000000000000000000000000" }),
        json!({ "_id": "part:vol:0000000000000000000000000000000000000000000000000000:0" }),
        json!({ "_id": "anything" }),
    ];
    cases.extend(changes.into_iter().map(|change| ("vol", "ops", with(report(), change), "shape")));
    let changes = [
        json!({ "kind": "voice" }),
        json!({ "index": 1 }),
        json!({ "event": "0".repeat(52) }),
        json!({ "envelope": "<script>" }),
        json!({ "envelope": null }),
        json!({ "extra": 1 }),
    ];
    cases.extend(changes.into_iter().map(|change| ("vol", "node-s001", with(part("vol", "s001", 1), change), "shape")));
    cases.push(("man", "public", with(head("man", "s001"), json!({ "kind": "report" })), "shape"));
    cases.push(("man", "public", with(head("man", "s001"), json!({ "node": "c001" })), "shape"));
    check(cases).await;
}

#[tokio::test]
async fn size_is_bounded_and_nothing_is_deleted() {
    let long = |length| json!({ "core": "A".repeat(length) });
    check(vec![
        ("vol", "ops", with(event("vol", "report", "s001", 1), long(16_500)), "size"),
        ("vol", "relay", with(event("vol", "report", "s001", 1), long(16_500)), "size"),
        ("vol", "ops", with(event("vol", "report", "s001", 1), json!({ "extra": { "_revisions": "A".repeat(16_500) } })), "size"),
        ("vol", "node-s001", with(part("vol", "s001", 1), json!({ "envelope": "A".repeat(717_000) })), "size"),
        ("man", "public", with(head("man", "s001"), long(16_500)), "size"),
    ])
    .await;
}

/// All staff of the region keep a copy of the relay.
#[tokio::test]
async fn the_relay_passes_on_what_is_sealed_and_small() {
    let of = |number| core("check_in", "c001", number);
    check(vec![
        ("vol", "relay", sealed("vol", &of(1), PartKind::Person, 60), "ok"),
        ("man", "relay", sealed("man", &of(2), PartKind::Text, 9_000), "ok"),
        ("rep", "relay", sealed("vol", &of(3), PartKind::Text, 60), "ok"),
        ("vol", "relay", part_of("vol", &of(4), PartKind::Person), "shape"),
        ("rep", "relay", part_of("vol", &of(4), PartKind::Person), "shape"),
        ("vol", "relay", sealed("vol", &of(5), PartKind::Photo, 60), "kind"),
        ("vol", "relay", sealed("vol", &of(6), PartKind::Text, 30_000), "size"),
        ("vol", "relay", sealed("man", &of(7), PartKind::Person, 60), "account"),
        ("nob", "relay", sealed("nob", &of(8), PartKind::Person, 60), "unauthorized"),
        ("vol", "node-s001", sealed("vol", &of(9), PartKind::Person, 60), "node"),
        ("man", "ops", sealed("man", &of(10), PartKind::Person, 60), "shape"),
    ])
    .await;
}

#[tokio::test]
async fn tombstones_are_refused_and_the_document_stays() {
    let hub = hub().await;
    let report = event("vol", "report", "s001", 1);
    assert_eq!(push(hub.couch(), "vol", "ops", &report).await, "ok");
    for account in ["vol", "man", "coo", "rep"] {
        let grave = json!({ "_id": report["_id"], "_rev": "9-ffffffffffffffffffffffffffffffff", "_deleted": true });
        assert_eq!(push(hub.couch(), account, "ops", &grave).await, "deleted", "{account}");
    }
    assert!(hub.couch().find(&[&database("ops"), report["_id"].as_str().unwrap()]).await.unwrap().is_some());
}

#[tokio::test]
async fn heads_are_published_by_managers_for_themselves_and_by_coordinators_for_others() {
    let hub = hub().await;
    let put = async |account: &str, document: Value| {
        let caller = hub.couch().seen_by(Some((account, PASSWORD)));
        let id = document["_id"].as_str().unwrap().to_owned();
        match caller.put(&[&database("public"), &id], Some(&document)).await {
            Ok(answer) => answer.body["rev"].as_str().unwrap().to_owned(),
            Err(error) => error.to_string(),
        }
    };
    let mut mine = with(head("man", "s001"), json!({ "_rev": null }));
    let rev = put("man", mine.clone()).await;
    assert!(rev.starts_with("1-"), "{rev}");
    assert!(put("man", mine.clone()).await.contains("409 conflict"));
    mine["_rev"] = rev.into();
    let rev = put("man", mine.clone()).await;
    assert!(rev.starts_with("2-"), "{rev}");
    mine["_rev"] = rev.into();
    let rev = put("coo", mine.clone()).await;
    assert!(rev.starts_with("3-"), "a coordinator publishes another's: {rev}");
    for (account, document, code) in [
        ("vol", with(head("vol", "s001"), json!({ "_rev": null })), "kind:"),
        ("man2", with(head("man", "s001"), json!({ "_rev": null })), "node:"),
        ("man", with(head("coo", "s001"), json!({ "_rev": null })), "account:"),
    ] {
        let answer = put(account, document).await;
        assert!(answer.contains(&format!("403 forbidden, {code}")), "{account}: {answer}");
    }
}

#[tokio::test]
async fn the_replicator_is_exempt_from_account_kind_and_node_but_not_from_shape_and_size() {
    check(vec![
        ("rep", "ops", event("vol", "report", "c001", 1), "ok"),
        ("rep", "ops", event("man", "kind-99", "c001", 2), "ok"),
        ("rep", "ops", event("man", "check_in", "c001", 3), "ok"),
        ("rep", "node-s001", part("vol", "s001", 4), "ok"),
        ("rep", "public", head("man", "s001"), "ok"),
        ("rep", "public", credential(), "ok"),
        ("rep", "public", with(credential(), json!({ "_id": "credential:def", "sig": "A" })), "shape"),
        ("rep", "public", with(credential(), json!({ "_id": "credential:def", "type": "node" })), "shape"),
        ("rep", "public", with(credential(), json!({ "_id": "other:def", "type": "other" })), "shape"),
        ("rep", "public", with(credential(), json!({ "_id": "credential:def", "credential": "A".repeat(300_000) })), "size"),
        ("rep", "ops", with(event("vol", "report", "s001", 5), json!({ "extra": 1 })), "shape"),
        ("rep", "ops", with(event("vol", "report", "s001", 5), json!({ "core": "A".repeat(16_500) })), "size"),
        ("rep", "node-s001", event("vol", "check_in", "c001", 5), "node"),
    ])
    .await;
}

/// The hub's clock can't be moved here, so the events are older.
#[tokio::test]
async fn a_part_is_refused_once_its_kind_is_not_kept_any_longer_and_its_event_is_not() {
    let days_ago = |days: u64| {
        let clock = Clock::new(Millis(now().0 - days * Millis::DAY), 0);
        Core { clock, ..core("check_in", "s001", days as u32) }
    };
    let mut cases: Vec<Case> = Vec::new();
    for kind in PartKind::ALL {
        let days = u64::from(kind.retention_days());
        cases.push(("vol", "node-s001", part_of("vol", &days_ago(days - 1), kind), "ok"));
        cases.push(("vol", "node-s001", part_of("vol", &days_ago(days + 1), kind), "expired"));
        cases.push(("rep", "node-s001", part_of("man", &days_ago(days + 2), kind), "expired"));
        cases.push(("vol", "node-s001", delivery("vol", &days_ago(days + 1)), "ok"));
    }
    check(cases).await;
}

/// What CouchDB's replicator counts as `doc_write_failures` are the rows of such a push that carry an error.
#[tokio::test]
async fn a_replication_push_has_no_write_failures() {
    let hub = hub().await;
    let accounts = ["vol", "man", "coo"];
    let docs: Vec<Value> =
        (0..300).map(|n| event(accounts[n as usize % 3], "report", if n % 2 == 0 { "s001" } else { "c001" }, n)).collect();
    let body = json!({ "new_edits": false, "docs": docs });
    let replicator = hub.couch().seen_by(Some(("rep", PASSWORD)));
    for round in ["first", "again"] {
        let answer = replicator.post(&[&database("ops"), "_bulk_docs"], &body).await.unwrap();
        let failures = answer.body.as_array().unwrap().iter().filter(|row| row["error"].is_string()).count();
        assert_eq!((answer.status, failures), (201, 0), "{round}");
    }
    let wanted: Value = docs.iter().map(|doc| (doc["_id"].as_str().unwrap().to_owned(), json!([doc["_rev"]]))).collect();
    let missing = replicator.post(&[&database("ops"), "_revs_diff"], &wanted).await.unwrap();
    assert_eq!(missing.body, json!({}));
}
