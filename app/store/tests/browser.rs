//! The suite on IndexedDB in a real browser, and what only a browser can do to a database.
#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used, reason = "tests, which the lint does not recognise here")]

use civmesh_domain::event::Event;
use civmesh_store::conformance::{fixture::*, run_all};
use civmesh_store::idb::{IdbStore, VERSION};
use civmesh_store::record::{EventRow, Page, Source};
use civmesh_store::{Store, StoreError};
use indexed_db_futures::database::Database;
use indexed_db_futures::prelude::*;
use indexed_db_futures::transaction::TransactionMode;
use serde_json::json;
use wasm_bindgen::JsValue;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

/// Opens a database as another version of the app would.
async fn open_as(name: &str, version: u32) -> Database {
    Database::open(name).with_version(version).with_on_upgrade_needed(|_, _| Ok(())).await.unwrap()
}

/// Puts something in a place where only records of the app should be.
async fn put_raw(name: &str, store: &str, key: &str, value: JsValue) {
    let database = Database::open(name).await.unwrap();
    let tx = database.transaction(store).with_mode(TransactionMode::Readwrite).build().unwrap();
    tx.object_store(store).unwrap().put(value).with_key(key).without_key_type().primitive().unwrap();
    tx.commit().await.unwrap();
    database.close();
}

#[wasm_bindgen_test]
async fn indexed_db_keeps_every_promise() {
    let passed = run_all(async |case| IdbStore::open(case).await.unwrap()).await;
    assert!(passed.len() > 30, "{passed:?}");
}

#[wasm_bindgen_test]
async fn what_was_written_is_there_after_closing_and_opening_anew() {
    let event = event(1, 1, 5);
    let store = IdbStore::open("anew").await.unwrap();
    store.write(written(&event, vec![part(&event, 0, "林小姐")])).await.unwrap();
    store.merge(Page { checkpoint: Some(("d".to_owned(), json!("7-x"))), ..page(&[]) }).await.unwrap();
    let outbox = store.outbox().await.unwrap();
    store.close();
    drop(store);

    let store = IdbStore::open("anew").await.unwrap();
    assert_eq!(store.event(event.id).await.unwrap().unwrap().event, event);
    assert_eq!(store.parts(event.id).await.unwrap().len(), 1);
    assert_eq!(store.outbox().await.unwrap(), outbox);
    assert_eq!(store.checkpoint("d").await.unwrap(), Some(json!("7-x")));
    assert_eq!(store.author_state(device(1)).await.unwrap().sequence, 1);
    assert_eq!(store.damaged(), 0);
}

#[wasm_bindgen_test]
async fn of_two_tabs_that_write_the_same_number_one_is_overtaken() {
    let (one, two) = (IdbStore::open("tabs").await.unwrap(), IdbStore::open("tabs").await.unwrap());
    let (first, second) = (event(1, 1, 5), event(1, 1, 4));
    let outcomes = futures::join!(one.write(written(&first, Vec::new())), two.write(written(&second, Vec::new())));
    assert_eq!(outcomes, (Ok(()), Err(StoreError::Overtaken)));
    assert_eq!(two.events(REGION, None).await.unwrap().len(), 1);
    assert_eq!(one.outbox().await, two.outbox().await);
}

#[wasm_bindgen_test]
async fn a_newer_database_is_read_and_never_written() {
    let event = event(1, 1, 5);
    let store = IdbStore::open("newer").await.unwrap();
    store.write(written(&event, Vec::new())).await.unwrap();
    assert!(!store.is_read_only());
    // The newer app is not kept waiting by the older one that is still open.
    open_as("newer", VERSION + 1).await.close();

    for store in [store, IdbStore::open("newer").await.unwrap()] {
        assert_eq!(store.events(REGION, None).await.unwrap().len(), 1);
        assert!(store.is_read_only());
        assert_eq!(store.write(written(&event, Vec::new())).await, Err(StoreError::Newer));
        assert_eq!(store.merge(Page::default()).await, Err(StoreError::Newer));
        assert_eq!(store.settle(vec![received(place(&event))]).await, Err(StoreError::Newer));
        assert_eq!(store.outbox().await.unwrap().len(), 1);
    }
}

/// The database as version 1 made it.
async fn open_as_first(name: &str) -> Database {
    let make = |_, database: &Database| -> indexed_db_futures::Result<()> {
        for name in ["parts", "outbox", "receipts", "documents", "packs", "notes", "authors", "meta"] {
            database.create_object_store(name).build()?;
        }
        let events = database.create_object_store("events").build()?;
        events.create_index("region", indexed_db_futures::KeyPath::from("region")).build()?;
        events.create_index("node", indexed_db_futures::KeyPath::from(["region", "node"])).build()?;
        Ok(())
    };
    Database::open(name).with_version(1u32).with_on_upgrade_needed(move |event, database| make(event, &database)).await.unwrap()
}

#[wasm_bindgen_test]
async fn an_older_database_is_brought_up_to_this_version_and_loses_nothing() {
    open_as_first("migrated").await.close();
    put_raw("migrated", "meta", "value:seat", r#"{"account":"m-7k2d"}"#.into()).await;
    put_raw("migrated", "meta", "checkpoint:d", r#""7-x""#.into()).await;

    let store = IdbStore::open("migrated").await.unwrap();
    assert_eq!(store.meta("seat").await.unwrap(), Some(json!({ "account": "m-7k2d" })));
    assert_eq!(store.checkpoint("d").await.unwrap(), Some(json!("7-x")));
    store.write(written(&event(1, 1, 5), Vec::new())).await.unwrap();
    let database = Database::open("migrated").await.unwrap();
    assert_eq!(database.version(), f64::from(VERSION));
    let names: Vec<String> = database.object_store_names().collect();
    assert_eq!(names, ["authors", "documents", "ends", "events", "keys", "meta", "notes", "outbox", "packs", "parts", "receipts"]);
}

#[wasm_bindgen_test]
async fn a_key_is_kept_as_the_browser_gave_it() {
    let store = IdbStore::open("keys").await.unwrap();
    assert!(store.key("device").await.unwrap().is_none());
    let key = js_sys::Uint8Array::from([1, 2, 3].as_slice());
    store.set_key("device", &key).await.unwrap();
    store.close();
    let kept = store.key("device").await.unwrap().unwrap();
    assert_eq!(js_sys::Uint8Array::new(&kept).to_vec(), [1, 2, 3]);
}

#[wasm_bindgen_test]
async fn a_connection_that_was_dropped_is_opened_anew() {
    let store = IdbStore::open("dropped").await.unwrap();
    let (first, second) = (event(1, 1, 5), event(1, 2, 4));
    store.close();
    store.write(written(&first, Vec::new())).await.unwrap();
    store.close();
    assert_eq!(store.outbox().await.unwrap().len(), 1);
    store.close();
    let outcomes = futures::join!(store.write(written(&second, Vec::new())), store.outbox(), store.events(REGION, None));
    assert_eq!(outcomes.0, Ok(()));
    assert_eq!(store.outbox().await.unwrap().len(), 2);
}

#[wasm_bindgen_test]
async fn a_damaged_record_is_passed_over_and_counted() {
    let event = event(1, 1, 5);
    let store = IdbStore::open("damaged").await.unwrap();
    store.write(written(&event, Vec::new())).await.unwrap();
    put_raw("damaged", "outbox", "0", "{ no json".into()).await;
    put_raw("damaged", "receipts", "0", JsValue::from(5)).await;
    assert_eq!(store.outbox().await.unwrap().len(), 1);
    assert_eq!(store.receipts().await.unwrap(), []);
    assert_eq!(store.damaged(), 2);

    put_raw("damaged", "events", &event.id.to_string(), JsValue::NULL).await;
    put_raw("damaged", "meta", "value:x", "[".into()).await;
    assert_eq!(store.events(REGION, None).await.unwrap(), []);
    assert!(matches!(store.meta("x").await, Err(StoreError::Damaged(_))));
    // What can be had again is healed by the next copy that comes.
    assert_eq!(store.merge(page(std::slice::from_ref(&event))).await.unwrap(), [event.id]);
    assert_eq!(store.event(event.id).await.unwrap(), Some(pulled(&event)));
}

#[wasm_bindgen_test]
async fn ten_thousand_events_are_a_page_like_any_other() {
    let store = IdbStore::open("many").await.unwrap();
    let events: Vec<_> = (1..=10_000).map(unsigned).collect();
    for chunk in events.chunks(2_500) {
        assert_eq!(store.merge(Page { events: chunk.to_vec(), ..Page::default() }).await.unwrap().len(), chunk.len());
    }
    assert_eq!(store.merge(Page { events: events[..2_500].to_vec(), ..Page::default() }).await.unwrap(), []);
    assert_eq!(store.events(REGION, Some(node("s001"))).await.unwrap().len(), events.len());
}

/// Signing ten thousand events would take longer than storing them.
fn unsigned(sequence: u64) -> EventRow {
    let bytes = core(1, sequence, sequence).to_bytes().unwrap();
    EventRow { event: Event::from_parts(bytes, [0; 64]).unwrap(), intact: true, source: Source::Hub, received: NOW }
}
