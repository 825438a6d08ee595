//! A provisioned embedded hub with a few accounts, and the documents that phones would write.
#![allow(dead_code, missing_docs, clippy::unwrap_used, clippy::panic, reason = "shared by tests, each of which uses its share")]

pub mod folder;

use civmesh_domain::id::{NodeId, RegionId};
use civmesh_hub::couch::Couch;
use civmesh_hub::embedded::{EmbeddedHub, Storage};
use civmesh_hub::provision::provision;
use serde_json::{Value, json};
use std::path::PathBuf;

pub const REGION: RegionId = RegionId([7; 16]);
pub const PASSWORD: &str = "k7wd-3m9q-x2ht-8rfp";
/// Name, roles.
pub const ACCOUNTS: &[(&str, &[&str])] = &[
    ("vol", &["volunteer", "node:s001"]),
    ("man", &["manager", "node:s001"]),
    ("man2", &["manager", "node:c001"]),
    ("coo", &["coordinator"]),
    ("rep", &["replicator"]),
    ("nob", &[]),
];

pub fn npm() -> PathBuf {
    let default = || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../.tools/npm");
    std::env::var_os("CIVMESH_NPM").map_or_else(default, PathBuf::from)
}

pub fn nodes() -> Vec<NodeId> {
    ["s001", "c001"].map(|node| node.parse().unwrap()).into()
}

pub async fn hub() -> EmbeddedHub {
    let hub = match EmbeddedHub::start(&npm(), &Storage::Memory).await {
        Ok(hub) => hub,
        Err(error) => panic!("this test needs the embedded hub: {error}"),
    };
    provision(hub.couch(), REGION, &nodes()).await.unwrap();
    for (name, roles) in ACCOUNTS {
        let account = json!({ "name": name, "password": PASSWORD, "roles": roles, "type": "user" });
        hub.couch().put(&["_users", &format!("org.couchdb.user:{name}")], Some(&account)).await.unwrap();
    }
    hub
}

pub fn database(end: &str) -> String {
    format!("civmesh-{REGION}-{end}")
}

/// A delivery by `account`, the `number`th of its kind.
pub fn event(account: &str, kind: &str, node: &str, number: u32) -> Value {
    let id = format!("{number:0>52}");
    json!({
        "_id": format!("event:{account}:{id}"), "_rev": format!("1-{number:0>32}"), "type": "event", "v": 1, "kind": kind, "node": node,
        "region": REGION, "mode": "real", "author": "0".repeat(52), "clock": "0".repeat(13), "core": "AAAAAAAA", "sig": "A".repeat(86),
    })
}

pub fn part(account: &str, node: &str, number: u32) -> Value {
    let event = format!("{number:0>52}");
    json!({
        "_id": format!("part:{account}:{event}:0"), "_rev": format!("1-{number:0>32}"), "type": "part", "v": 1, "kind": "person",
        "node": node, "event": event, "index": 0, "envelope": "AAAAAAAA",
    })
}

pub fn head(account: &str, node: &str) -> Value {
    with(event(account, "node_status", node, 1), json!({ "_id": format!("head:{node}:{account}"), "type": "head" }))
}

pub fn credential() -> Value {
    json!({ "_id": "credential:abc", "_rev": "1-00000000000000000000000000000001", "type": "credential", "v": 1, "credential": "AAAAAAAA",
        "sig": "A".repeat(86) })
}

/// The document with these fields changed; null takes one out.
pub fn with(mut document: Value, changes: Value) -> Value {
    for (name, value) in changes.as_object().unwrap() {
        if value.is_null() {
            document.as_object_mut().unwrap().remove(name);
        } else {
            document[name] = value.clone();
        }
    }
    document
}

/// Pushes one document as a phone does, and says what became of it: `ok`, or the first word of the reason.
pub async fn push(hub: &Couch, account: &str, end: &str, document: &Value) -> String {
    let caller = (account != "nobody").then_some((account, PASSWORD));
    let body = json!({ "new_edits": false, "docs": [document] });
    let answer = hub.seen_by(caller).post(&[&database(end), "_bulk_docs"], &body).await;
    let rows = match answer {
        Ok(answer) => answer.body,
        Err(error) => return error.to_string(),
    };
    match rows.as_array().unwrap().iter().find(|row| row["error"].is_string()) {
        None => "ok".to_owned(),
        Some(row) if row["error"] == "forbidden" => row["reason"].as_str().unwrap().split(':').next().unwrap().to_owned(),
        Some(row) => row["error"].as_str().unwrap().to_owned(),
    }
}
