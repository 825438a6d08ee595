//! Provisioning may be run again, and takes CouchDB's own answers for what they are.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on should say so")]

mod common;

use civmesh_domain::personnel::role::Role;
use civmesh_domain::routing::Database;
use civmesh_hub::couch::read;
use civmesh_hub::error::HubError;
use civmesh_hub::provision::provision;
use civmesh_hub::seat::{Authority, Seat, install};
use common::*;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Every document of every database with its revision, and the security documents.
async fn everything(hub: &civmesh_hub::couch::Couch) -> BTreeMap<String, Value> {
    let mut seen = BTreeMap::new();
    for end in ["public", "ops", "relay", "node-unlisted", "node-s001", "node-c001"] {
        let name = database(end);
        seen.insert(format!("{name} security"), hub.get(&[&name, "_security"]).await.unwrap());
        seen.insert(format!("{name} documents"), hub.get(&[&name, "_all_docs"]).await.unwrap());
        seen.insert(format!("{name} sequence"), hub.get(&[&name]).await.unwrap()["update_seq"].clone());
    }
    seen
}

#[tokio::test]
async fn provisioning_twice_changes_nothing() {
    let hub = hub().await;
    let before = everything(hub.couch()).await;
    let outcome = provision(hub.couch(), REGION, &nodes()).await.unwrap();
    assert!(!outcome.changed(), "{outcome}");
    assert_eq!(everything(hub.couch()).await, before);
}

#[tokio::test]
async fn provisioning_mends_what_differs() {
    let hub = hub().await;
    let (ops, public) = (database("ops"), database("public"));
    hub.couch().put(&[&ops, "_security"], Some(&json!({}))).await.unwrap();
    let mut design = hub.couch().get(&[&public, "_design/civmesh"]).await.unwrap();
    design["validate_doc_update"] = "function () {}".into();
    hub.couch().put(&[&public, "_design/civmesh"], Some(&design)).await.unwrap();
    let more = [nodes(), vec!["d001".parse().unwrap()]].concat();
    let outcome = provision(hub.couch(), REGION, &more).await.unwrap();
    assert_eq!((outcome.made, outcome.secured, outcome.functions), (1, 2, 2), "{outcome}");
    assert_eq!(push(hub.couch(), "nobody", "ops", &event("vol", "report", "s001", 1)).await, "unauthorized");
}

#[tokio::test]
async fn a_seat_signs_in_and_its_credential_is_public() {
    let hub = hub().await;
    let authority = Authority::from_text(&"07".repeat(32)).unwrap();
    let region = authority.region();
    provision(hub.couch(), region, &nodes()).await.unwrap();
    let seat = Seat::draw(Role::Manager, &nodes()[..1], 1_800_000_000_000).unwrap();
    for _ in 0..2 {
        install(hub.couch(), region, &seat, Some(&authority)).await.unwrap();
    }
    let session = hub.couch().seen_by(Some((seat.account.as_str(), &seat.password))).get(&["_session"]).await.unwrap();
    assert_eq!(session["userCtx"]["roles"], json!(["manager", "node:s001"]));
    let id = format!("credential:{}", authority.grant(region, &seat).unwrap().id());
    let public = Database::Public(region).to_string();
    let credential = hub.couch().seen_by(None).get(&[&public, &id]).await.unwrap();
    assert!(credential["_rev"].as_str().unwrap().starts_with("1-"), "installing again wrote nothing: {credential}");
}

/// Answers recorded from CouchDB 3.4.3, as far as this crate relies on them.
#[test]
fn couchdb_answers_are_understood() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/couchdb-3.4.3.jsonl");
    let lines = std::fs::read_to_string(folder).unwrap();
    let answers: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let verdict = |note: &str| {
        let answer = &answers.iter().find(|answer| answer["note"] == note).unwrap()["response"];
        read(note, answer["status"].as_u64().unwrap() as u16, answer["body"].as_str().unwrap())
    };
    assert!(verdict("create a database").is_ok());
    assert!(verdict("create it again").unwrap_err().is_named("file_exists"));
    assert!(verdict("another's database").unwrap_err().is_named("unauthorized"));
    assert!(verdict("head: PUT without the revision").unwrap_err().is_named("conflict"));
    assert!(matches!(verdict("a document that is not there").unwrap_err(), HubError::Refused { status: 404, .. }));
    assert!(verdict("log in, wrong password").unwrap_err().is_refused());
    let security = verdict("security of a new database").unwrap().body;
    assert_ne!(security, civmesh_hub::database::security(&Database::Ops(REGION)), "a new database differs, so it is secured");
}
