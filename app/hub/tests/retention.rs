//! Names and photos are not kept for ever: after their time they are gone from hub, neighbour and phone, and nobody brings them back.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on should say so")]

mod common;

use civmesh_domain::clock::Clock;
use civmesh_domain::event::{Core, Event};
use civmesh_domain::part::{Content, Envelope, Part, PartKind};
use civmesh_domain::routing::Database;
use civmesh_domain::unit::Millis;
use civmesh_hub::couch::Couch;
use civmesh_hub::documents::write;
use civmesh_hub::expire::{Outcome, expire};
use civmesh_hub::replicate::{Checkpoints, carry};
use civmesh_store::Store;
use civmesh_store::record::{EventRow, Page, Source};
use common::phone::{Phone, device, seat_key, sign};
use common::*;
use reqwest::Url;
use serde_json::{Value, json};
use std::sync::{Arc, Mutex};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

/// A record that the volunteer wrote so many days ago, with a part of this kind.
fn aged(days: u64, kind: PartKind) -> (Event, Part) {
    let content = Content { salt: [1; 16], bytes: b"Lin Mei-ling".into() };
    let key = seat_key("vol");
    let clock = Clock::new(Millis(now().0 - days * Millis::DAY), days as u16);
    let event =
        sign(&Core { author: device(&key), clock, parts: vec![content.describe(kind)], ..core("check_in", "s001", days as u32) }, &key);
    let part = Part { event: event.id, index: 0, kind, envelope: Envelope::Plain(content) };
    (event, part)
}

/// The documents of all records, of their parts that have expired, and of those that have not.
struct Kept {
    rows: Vec<(Event, Part)>,
    records: Vec<Value>,
    old: Vec<Value>,
    young: Vec<Value>,
}

fn kept() -> Kept {
    let delivered = |part: &Part| {
        let delivery = civmesh_domain::delivery::PartDelivery::of(part, &"s001".parse().unwrap(), &"vol".parse().unwrap());
        serde_json::to_value(delivery.unwrap()).unwrap()
    };
    let of = |days: u64| PartKind::ALL.map(|kind| aged(u64::from(kind.retention_days()) + days - 2, kind));
    let (young, old) = (of(1), of(3));
    let record = |(event, _): &(Event, Part)| delivery_of(event, "vol");
    Kept {
        records: old.iter().chain(&young).map(record).collect(),
        old: old.iter().map(|(_, part)| delivered(part)).collect(),
        young: young.iter().map(|(_, part)| delivered(part)).collect(),
        rows: old.into_iter().chain(young).collect(),
    }
}

/// Which of these a hub has, by any revision.
async fn there(hub: &Couch, documents: &[Value]) -> Vec<bool> {
    let mut found = Vec::new();
    for document in documents {
        let id = document["_id"].as_str().unwrap();
        let by_revision = hub.get_with(&[&database("node-s001"), id], &[("rev", document["_rev"].as_str().unwrap())]).await;
        found.push(hub.find(&[&database("node-s001"), id]).await.unwrap().is_some() || by_revision.is_ok());
    }
    found
}

#[tokio::test]
async fn parts_are_gone_from_hub_neighbour_and_phone_and_are_not_taken_again() {
    let (hub, neighbour, kept) = (hub().await, hub().await, kept());
    let node = Database::Node(REGION, "s001".parse().unwrap());
    // As it was while they were young; the administrator may write what is old.
    let all: Vec<Value> = [&kept.records[..], &kept.old, &kept.young].concat();
    for hub in [&hub, &neighbour] {
        assert_eq!(write(hub.couch(), &node.to_string(), all.clone()).await.unwrap(), []);
        assert_eq!(there(hub.couch(), &kept.old).await, [true; 3]);
    }
    let phone = Phone::of("man");
    for (event, part) in &kept.rows {
        let row = EventRow { event: event.clone(), intact: true, source: Source::Hub, received: event.core.clock.millis() };
        let page = Page { at: event.core.clock.millis(), events: vec![row], parts: vec![part.clone()], ..Page::default() };
        phone.store.merge(page).await.unwrap();
    }

    let done = expire(hub.couch(), REGION, now()).await.unwrap();
    assert_eq!(done, Outcome { databases: 6, parts: 3, gone: 3 });
    assert_eq!(there(hub.couch(), &kept.old).await, [false; 3], "no revision of it can be read either");
    assert_eq!(there(hub.couch(), &kept.young).await, [true; 3]);
    assert_eq!(there(hub.couch(), &kept.records).await, [true; 6], "what was written stays, without the names");
    assert_eq!(expire(hub.couch(), REGION, now()).await.unwrap().gone, 0);

    // The neighbour still has them. It neither brings them back nor counts that as a failure.
    let carried = both_ways(&hub, &neighbour, &node).await;
    assert_eq!((carried.expired, carried.written, carried.failures.len()), (3, 0, 0), "{carried:?}");
    assert_eq!(there(hub.couch(), &kept.old).await, [false; 3]);
    assert_eq!(expire(neighbour.couch(), REGION, now()).await.unwrap().gone, 3);
    assert_eq!(there(neighbour.couch(), &kept.old).await, [false; 3]);
    let carried = both_ways(&hub, &neighbour, &node).await;
    assert_eq!((carried.expired, carried.written, carried.failures.len()), (0, 0, 0), "{carried:?}");

    // Nobody brings them back by another way.
    for document in &kept.old {
        for account in ["vol", "rep"] {
            assert_eq!(push(hub.couch(), account, "node-s001", document).await, "expired", "{account}");
        }
    }
    let expired = phone.sync(hub.couch().base().as_str()).await.expired;
    let mut left = 0;
    for (event, _) in &kept.rows {
        assert!(phone.store.event(event.id).await.unwrap().is_some());
        left += phone.store.parts(event.id).await.unwrap().len();
    }
    assert_eq!((expired, left), (3, 3));
}

async fn both_ways(
    hub: &civmesh_hub::embedded::EmbeddedHub,
    neighbour: &civmesh_hub::embedded::EmbeddedHub,
    database: &Database,
) -> civmesh_hub::replicate::Carried {
    let [here, there] = [hub, neighbour].map(|hub| hub.couch().seen_by(Some(("rep", PASSWORD))));
    let mut carried = carry(&here, &there, database, &mut Checkpoints::default(), now()).await.unwrap();
    carried.add(carry(&there, &here, database, &mut Checkpoints::default(), now()).await.unwrap());
    carried
}

/// A CouchDB as far as `expire` speaks with one: it lists one database with these documents, and purges.
async fn couchdb(documents: Vec<Value>) -> (Url, Arc<Mutex<Vec<String>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap()).parse().unwrap();
    let (asked, documents) = (Arc::new(Mutex::new(Vec::new())), Arc::new(Mutex::new(documents)));
    let log = asked.clone();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let (mut seen, mut length) = (Vec::new(), None);
            while length.is_none_or(|length| seen.len() < length) {
                stream.read_buf(&mut seen).await.unwrap();
                let text = String::from_utf8_lossy(&seen).to_lowercase();
                length = text.find("\r\n\r\n").map(|at| {
                    let body = text.lines().find_map(|line| line.strip_prefix("content-length: ")).map_or(0, |n| n.parse().unwrap());
                    at + 4 + body
                });
            }
            let text = String::from_utf8(seen).unwrap();
            let (head, body) = text.split_once("\r\n\r\n").unwrap();
            let line = head.lines().next().unwrap().to_owned();
            let body: Value = serde_json::from_str(body).unwrap_or_default();
            let answer = answer(&line, &body, &mut documents.lock().unwrap());
            log.lock().unwrap().push(format!("{line} {body}"));
            let answer = format!("HTTP/1.1 201 Created\r\nconnection: close\r\ncontent-length: {}\r\n\r\n{answer}", answer.len());
            stream.write_all(answer.as_bytes()).await.unwrap();
        }
    });
    (url, asked)
}

/// In the words of CouchDB's documentation.
fn answer(line: &str, body: &Value, documents: &mut Vec<Value>) -> String {
    let row =
        |document: &Value| json!({ "id": document["_id"], "key": document["_id"], "value": { "rev": document["_rev"] }, "doc": document });
    match line {
        line if line.contains("/_all_dbs") => json!([database("node-s001")]).to_string(),
        line if line.starts_with("GET") => {
            let parts = documents.iter().filter(|document| document["type"] == "part");
            let mut listed: Vec<Value> = parts.map(row).collect();
            listed.dedup_by_key(|row| row["id"].clone());
            json!({ "rows": listed }).to_string()
        }
        line if line.contains("/_all_docs") => {
            let find = |key: &Value| {
                documents.iter().find(|document| document["_id"] == *key).map_or(json!({ "key": key, "error": "not_found" }), row)
            };
            json!({ "rows": body["keys"].as_array().unwrap().iter().map(find).collect::<Vec<_>>() }).to_string()
        }
        line if line.contains("/_purge") => {
            documents.retain(|document| body[document["_id"].as_str().unwrap()] != json!([document["_rev"]]));
            json!({ "purge_seq": null, "purged": body }).to_string()
        }
        line if line.contains("/_compact") => json!({ "ok": true }).to_string(),
        other => panic!("{other}"),
    }
}

#[tokio::test]
async fn couchdb_purges_what_expired_and_nothing_else_and_is_compacted() {
    let kept = kept();
    let second = with(kept.old[0].clone(), json!({ "_rev": "1-ffffffffffffffffffffffffffffffff" }));
    let documents = [kept.records.clone(), vec![second], kept.old.clone(), kept.young.clone()].concat();
    let (url, asked) = couchdb(documents).await;
    let hub = Couch::at(&format!("http://admin:x@{}", url.authority())).unwrap();
    let done = expire(&hub, REGION, now()).await.unwrap();
    assert_eq!((done.parts, done.gone), (3, 3));
    let asked = asked.lock().unwrap().clone();
    let purges: Vec<&String> = asked.iter().filter(|line| line.contains("/_purge")).collect();
    assert_eq!(purges.len(), 2, "a part that was pushed under two revisions is purged of both: {asked:?}");
    for document in &kept.old {
        let wanted = format!("{}:{}", document["_id"], json!([document["_rev"]]));
        assert!(purges.iter().any(|line| line.contains(&wanted)), "{wanted} in {purges:?}");
    }
    assert!(asked.last().unwrap().contains("/_compact") && !asked.iter().any(|line| line.contains("_bulk_docs")), "{asked:?}");
}
