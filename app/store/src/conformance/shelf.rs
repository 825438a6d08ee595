//! Documents, packs and small values.

use super::fixture::*;
use crate::Store;
use crate::record::{Document, PackNote, Page};
use bytes::Bytes;
use civmesh_domain::id::RegionId;
use civmesh_domain::text::Text;
use serde_json::{Value, json};

fn document(database: &str, id: &str, body: Value) -> Document {
    Document { database: database.to_owned(), id: id.to_owned(), body, received: NOW }
}

fn keep(documents: Vec<Document>) -> Page {
    Page { documents, ..Page::default() }
}

fn note(region: u8, version: u32, bytes: &[u8]) -> PackNote {
    PackNote {
        region: RegionId([region; 16]),
        name: Text::new("練習島", "Exercise Island"),
        authority: device(9),
        version,
        bytes: bytes.len() as u32,
        received: NOW,
    }
}

pub async fn documents_come_by_prefix_in_order(store: impl Store) {
    let database = "civmesh-r-public";
    let ids = ["node:b", "head:a:seat", "node:a", "nodes", "node", "node:a:店"];
    let mut documents: Vec<_> = ids.iter().map(|id| document(database, id, json!({}))).collect();
    documents.push(document("civmesh-r-public2", "node:a", json!({})));
    documents.push(document("civmesh-r", "node:a", json!({})));
    store.merge(keep(documents)).await.unwrap();
    let found = async |prefix: &str| -> Vec<String> {
        store.documents(database, prefix).await.unwrap().into_iter().map(|document| document.id).collect()
    };
    assert_eq!(found("node:").await, ["node:a", "node:a:店", "node:b"]);
    assert_eq!(found("head:").await, ["head:a:seat"]);
    assert_eq!(found("x").await, Vec::<String>::new());
    assert_eq!(found("").await.len(), ids.len());
}

pub async fn a_document_is_replaced(store: impl Store) {
    store.merge(keep(vec![document("d", "head:a:s", json!({ "_rev": "1-a", "old": 1 }))])).await.unwrap();
    let newer = document("d", "head:a:s", json!({ "_rev": "2-b" }));
    store.merge(keep(vec![newer.clone()])).await.unwrap();
    assert_eq!(store.documents("d", "head:").await.unwrap(), [newer]);
}

pub async fn documents_keep_every_number(store: impl Store) {
    let body = json!({ "large": u64::MAX, "negative": i64::MIN, "half": 0.5, "nothing": null, "__proto__": [1, { "店": "港前" }] });
    let kept = document("d", "x", body);
    store.merge(keep(vec![kept.clone()])).await.unwrap();
    assert_eq!(store.documents("d", "x").await.unwrap(), [kept]);
}

pub async fn packs_are_replaced_and_removed(store: impl Store) {
    let (old, new) = (vec![1; 1000], (0..=255).collect::<Vec<u8>>());
    store.put_pack(note(2, 1, &old), old.clone()).await.unwrap();
    store.put_pack(note(1, 1, &old), old).await.unwrap();
    store.put_pack(note(2, 2, &new), new.clone()).await.unwrap();
    assert_eq!(store.pack(RegionId([2; 16])).await.unwrap(), Some(new.clone()));
    let versions: Vec<_> = store.packs().await.unwrap().iter().map(|note| (note.region.0[0], note.version)).collect();
    assert_eq!(versions, [(1, 1), (2, 2)]);
    assert_eq!(store.packs().await.unwrap()[1], note(2, 2, &new));

    // The second half comes and goes by itself, and leaves with the first.
    assert_eq!(store.rest(RegionId([2; 16])).await.unwrap(), None);
    let rest = async |region| store.rest(RegionId([region; 16])).await.unwrap();
    // Of many pieces, where a backend keeps it in pieces; a shorter one leaves none of them behind.
    let long = Bytes::from_iter((0..3_000_001u32).map(|at| (at % 251) as u8));
    for region in [1, 2] {
        store.put_rest(RegionId([region; 16]), long.clone()).await.unwrap();
    }
    assert!(rest(2).await == Some(long.clone()), "not what was put in");
    store.put_rest(RegionId([2; 16]), vec![9; 4].into()).await.unwrap();
    assert_eq!(rest(2).await, Some(vec![9; 4].into()));
    assert_eq!((store.pack(RegionId([2; 16])).await.unwrap(), store.packs().await.unwrap().len()), (Some(new), 2));

    store.remove_pack(RegionId([2; 16])).await.unwrap();
    assert_eq!(rest(2).await, None);
    assert!(rest(1).await == Some(long), "another region's half is gone or changed");
    store.remove_pack(RegionId([2; 16])).await.unwrap();
    assert_eq!(store.pack(RegionId([2; 16])).await.unwrap(), None);
    assert_eq!(store.packs().await.unwrap().len(), 1);
}

pub async fn a_pack_leaves_events_alone(store: impl Store) {
    let event = event(1, 1, 5);
    store.write(written(&event, Vec::new())).await.unwrap();
    store.put_pack(note(1, 1, &[]), Vec::new()).await.unwrap();
    assert_eq!(store.pack(REGION).await.unwrap(), Some(Vec::new()));
    store.remove_pack(REGION).await.unwrap();
    assert_eq!(store.events(REGION, None).await.unwrap().len(), 1);
    assert_eq!(store.outbox().await.unwrap().len(), 1);
}

pub async fn small_values_are_kept_and_removed(store: impl Store) {
    store.set_meta("clock_offset", Some(json!({ "ms": -120_000 }))).await.unwrap();
    store.set_meta("nothing", Some(Value::Null)).await.unwrap();
    assert_eq!(store.meta("clock_offset").await.unwrap(), Some(json!({ "ms": -120_000 })));
    assert_eq!(store.meta("nothing").await.unwrap(), Some(Value::Null));
    store.set_meta("clock_offset", Some(json!(1))).await.unwrap();
    assert_eq!(store.meta("clock_offset").await.unwrap(), Some(json!(1)));
    store.set_meta("clock_offset", None).await.unwrap();
    store.set_meta("clock_offset", None).await.unwrap();
    assert_eq!(store.meta("clock_offset").await.unwrap(), None);
    // A name and a database of the same spelling are two things.
    store.merge(Page { checkpoint: Some(("same".to_owned(), json!(5))), ..Page::default() }).await.unwrap();
    assert_eq!(store.meta("same").await.unwrap(), None);
}

pub async fn what_was_never_kept_is_not_there(store: impl Store) {
    let id = event(1, 1, 5).id;
    assert_eq!(store.event(id).await.unwrap(), None);
    assert_eq!(store.parts(id).await.unwrap(), []);
    assert_eq!(store.pack(REGION).await.unwrap(), None);
    assert_eq!(store.packs().await.unwrap(), []);
    assert_eq!(store.meta("x").await.unwrap(), None);
    assert_eq!(store.receipts().await.unwrap(), []);
}
