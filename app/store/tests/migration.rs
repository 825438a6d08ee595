//! Databases as earlier versions left them, and damaged ones: nothing of what they hold is lost on the way to this version.
#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used, reason = "tests, which the lint does not recognise here")]

use civmesh_domain::event::Event;
use civmesh_domain::text::Text;
use civmesh_domain::unit::Millis;
use civmesh_store::conformance::fixture::*;
use civmesh_store::idb::{IdbStore, VERSION, mend};
use civmesh_store::record::{Document, Fate, OutboxKey, Outcome, PackNote, Page, Source};
use civmesh_store::{Store, StoreError};
use serde_json::{Value, json};
use wasm_bindgen::prelude::*;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

#[wasm_bindgen(module = "/tests/raw.js")]
extern "C" {
    #[wasm_bindgen(catch)]
    async fn dump(name: &str) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(catch)]
    async fn load(name: &str, json: &str) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(catch, js_name = loadWithout)]
    async fn load_without(name: &str, json: &str, missing: &str) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(catch)]
    async fn names() -> Result<JsValue, JsValue>;
    fn lose(store: &str, key: &str) -> js_sys::Function;
}

/// What each version wrote of the same doings, see `fixture/README.md`. The last one is this version's.
const FIXTURES: [&str; 3] = [include_str!("fixture/v1.json"), include_str!("fixture/v2.json"), include_str!("fixture/v3.json")];

fn newest() -> &'static str {
    FIXTURES[FIXTURES.len() - 1]
}

fn waiting() -> Event {
    event(1, 1, 9)
}

fn declined() -> Event {
    event(1, 2, 8)
}

fn arrived() -> Event {
    event(1, 3, 7)
}

fn from_others() -> Event {
    event(2, 1, 6)
}

fn entry() -> Document {
    Document { database: "civmesh-r-public".to_owned(), id: "node:s001".to_owned(), body: json!({ "x": [1, u64::MAX] }), received: NOW }
}

fn pack_note() -> PackNote {
    let name = Text::new("練習島", "Exercise Island");
    PackNote { region: REGION, name, authority: device(9), version: 4, bytes: 300, received: NOW }
}

fn pack() -> Vec<u8> {
    (0u16..300).map(|at| (at % 251) as u8).collect()
}

/// The doings of which the fixtures were made.
async fn work(store: &IdbStore) {
    store.write(written(&waiting(), vec![part(&waiting(), 0, "林小姐")])).await.unwrap();
    store.write(written(&declined(), Vec::new())).await.unwrap();
    store.write(written(&arrived(), vec![part(&arrived(), 0, "看板")])).await.unwrap();
    store.settle(vec![(place(&waiting()), Outcome::Sending), refused(place(&declined())), received(place(&arrived()))]).await.unwrap();
    let others = Page {
        parts: vec![part(&from_others(), 0, "photo")],
        documents: vec![entry()],
        checkpoint: Some(("civmesh-r-ops".to_owned(), json!("7-x"))),
        ..page(&[from_others()])
    };
    store.merge(others).await.unwrap();
    store.put_pack(pack_note(), pack()).await.unwrap();
    store.set_meta("seat", Some(json!({ "account": "m-7k2d" }))).await.unwrap();
    store.set_key("device", &signing_key().await).await.unwrap();
}

/// A key that the browser keeps and does not give away, of a kind that every browser has.
async fn signing_key() -> JsValue {
    let make = js_sys::Function::new_no_args("return crypto.subtle.generateKey({ name: 'HMAC', hash: 'SHA-256' }, false, ['sign'])");
    let made: js_sys::Promise = make.call0(&JsValue::NULL).unwrap().unchecked_into();
    wasm_bindgen_futures::JsFuture::from(made).await.unwrap()
}

/// Opens what can only be opened once it was mended.
async fn mended(name: &str) -> IdbStore {
    assert!(matches!(IdbStore::open(name).await, Err(StoreError::Damaged(_))), "{name}");
    mend(name).await.unwrap();
    IdbStore::open(name).await.unwrap()
}

/// All that the doings left behind is here and can be read.
async fn expect_everything(store: &IdbStore, version: usize) {
    let fate = |key: OutboxKey| async move { store.outbox().await.unwrap().into_iter().find(|row| row.key == key).map(|row| row.fate) };
    assert_eq!(store.outbox().await.unwrap().len(), 4, "version {version}");
    assert_eq!(fate(place(&waiting())).await, Some(Fate::Sending));
    assert_eq!(fate(part_place(&waiting(), 0)).await, Some(Fate::Waiting));
    assert!(matches!(fate(place(&declined())).await, Some(Fate::Refused { code, .. }) if code == "node"));
    assert_eq!(fate(part_place(&arrived(), 0)).await, Some(Fate::Waiting));
    assert_eq!(store.receipts().await.unwrap(), [receipt(place(&arrived()))]);

    for event in [waiting(), declined(), arrived()] {
        let row = store.event(event.id).await.unwrap().unwrap();
        assert_eq!((row.event, row.intact, row.source, row.received), (event, true, Source::Here, NOW));
    }
    assert_eq!(store.event(from_others().id).await.unwrap(), Some(pulled(&from_others())));
    assert_eq!(store.events(REGION, Some(node("s001"))).await.unwrap().len(), 4);
    for (event, text) in [(waiting(), "林小姐"), (arrived(), "看板"), (from_others(), "photo")] {
        assert_eq!(store.parts(event.id).await.unwrap(), [part(&event, 0, text)]);
    }
    assert_eq!(store.documents("civmesh-r-public", "node:").await.unwrap(), [entry()]);
    assert_eq!(store.packs().await.unwrap(), [pack_note()]);
    assert_eq!(store.pack(REGION).await.unwrap(), Some(pack()));
    assert_eq!(store.checkpoint("civmesh-r-ops").await.unwrap(), Some(json!("7-x")));
    assert_eq!(store.meta("seat").await.unwrap(), Some(json!({ "account": "m-7k2d" })));
    assert_eq!(store.author_state(device(1)).await.unwrap().sequence, 3);
    assert_eq!(store.author_state(device(2)).await.unwrap().sequence, 1);
    if version > 1 {
        assert!(store.key("device").await.unwrap().unwrap().is_instance_of::<web_sys::CryptoKey>());
    }
    assert_eq!(store.damaged(), 0);
}

/// Work goes on: the next number, and what waited leaves by its receipt.
async fn expect_to_go_on(store: &IdbStore) {
    let next = event(1, 4, 1);
    store.write(written(&next, vec![part(&next, 0, "later")])).await.unwrap();
    store.settle(vec![received(place(&waiting())), received(part_place(&waiting(), 0))]).await.unwrap();
    assert_eq!(store.outbox().await.unwrap().len(), 4);
    assert_eq!(store.receipts().await.unwrap().len(), 3);
    store.set_key("next", &JsValue::from("x")).await.unwrap();
}

#[wasm_bindgen_test]
async fn what_every_earlier_version_wrote_is_all_here_and_work_goes_on() {
    for (fixture, version) in FIXTURES.iter().zip(1..) {
        let name = format!("from-version-{version}");
        load(&name, fixture).await.unwrap();
        let store = IdbStore::open(&name).await.unwrap();
        expect_everything(&store, version).await;
        expect_to_go_on(&store).await;
    }
}

#[wasm_bindgen_test]
async fn what_this_version_writes_is_its_fixture() {
    assert_eq!(FIXTURES.len(), VERSION as usize, "a version without a fixture, see fixture/README.md");
    let store = IdbStore::open("fixture").await.unwrap();
    work(&store).await;
    let wrote = dump("fixture").await.unwrap().as_string().unwrap();
    let (wrote, kept): (Value, Value) = (serde_json::from_str(&wrote).unwrap(), serde_json::from_str(newest()).unwrap());
    assert_eq!(wrote, kept, "what stands on phones has changed: that needs a new version\n{wrote:#}");
}

#[wasm_bindgen_test]
async fn a_database_that_lacks_a_store_is_made_whole_and_keeps_all_the_rest() {
    for missing in ["ends", "documents", "receipts", "keys"] {
        let name = format!("lacks-{missing}");
        load_without(&name, newest(), missing).await.unwrap();
        let store = mended(&name).await;
        assert_eq!(store.outbox().await.unwrap().len(), 4, "without {missing}");
        assert_eq!(store.events(REGION, None).await.unwrap().len(), 4);
        assert_eq!(store.parts(waiting().id).await.unwrap(), [part(&waiting(), 0, "林小姐")]);
        assert_eq!(store.meta("seat").await.unwrap(), Some(json!({ "account": "m-7k2d" })));
        let rescue = store.rescue().await.unwrap().unwrap();
        assert_eq!((rescue.records, rescue.unsent, rescue.unreadable), (4, 4, 0));
        assert_eq!(rescue.missing, [missing]);
        expect_to_go_on_without(&store, missing).await;
        let left = names().await.unwrap().unchecked_into::<js_sys::Array>();
        assert!(!left.includes(&format!("{name}-aside").into(), 0), "what was put aside is gone again");
    }
}

async fn expect_to_go_on_without(store: &IdbStore, missing: &str) {
    if missing == "receipts" {
        // What has no receipt any more is not sent again by itself: it is not in the outbox.
        assert_eq!(store.receipts().await.unwrap(), []);
        return;
    }
    if missing == "ends" {
        let gone = store.expire(Millis(NOW.0 + 91 * Millis::DAY)).await.unwrap();
        assert_eq!(gone.len(), 3, "parts that were rescued are not kept for ever");
        return;
    }
    expect_to_go_on(store).await;
}

#[wasm_bindgen_test]
async fn a_lost_outbox_follows_from_what_was_written_here_and_has_no_receipt() {
    load_without("lacks-outbox", newest(), "outbox").await.unwrap();
    let store = mended("lacks-outbox").await;
    let rows = store.outbox().await.unwrap();
    let waits = [place(&waiting()), part_place(&waiting(), 0), place(&declined()), part_place(&arrived(), 0)];
    assert_eq!(rows.iter().map(|row| row.key).collect::<Vec<_>>(), waits);
    assert!(rows.iter().all(|row| row.fate == Fate::Waiting));
    assert_eq!(store.rescue().await.unwrap().unwrap().unsent, 4);
}

#[wasm_bindgen_test]
async fn a_rescue_that_was_interrupted_is_taken_up_and_never_a_second_time() {
    // Put aside whole, and the new database not filled yet.
    let at = |at: u64| format!(r#"{{"at":{at},"records":4,"unsent":4,"unreadable":0,"missing":["ends"]}}"#);
    let noted = |note: Option<&str>| {
        let mut all: Value = serde_json::from_str(newest()).unwrap();
        if let Some(note) = note {
            all["stores"]["meta"]["records"]["rescued"] = note.into();
        }
        all.to_string()
    };
    let empty = IdbStore::open("fresh").await.unwrap();
    empty.close();
    load("fresh-aside", &noted(Some(&at(5)))).await.unwrap();
    let store = mended("fresh").await;
    expect_everything(&store, 3).await;
    assert_eq!(store.rescue().await.unwrap().unwrap().at, Millis(5));

    // Filled already, and what was put aside not removed yet: since then a receipt has come.
    store.settle(vec![received(place(&waiting()))]).await.unwrap();
    store.close();
    load("fresh-aside", &noted(Some(&at(5)))).await.unwrap();
    let store = mended("fresh").await;
    assert_eq!(store.outbox().await.unwrap().len(), 3);

    // Not whole: the database itself counts.
    load("half", newest()).await.unwrap();
    load("half-aside", r#"{"version":3,"stores":{"outbox":{"indexes":{},"records":{}}}}"#).await.unwrap();
    expect_everything(&mended("half").await, 3).await;
}

#[wasm_bindgen_test]
async fn a_record_that_the_browser_can_not_give_is_passed_over_and_the_rest_is_read() {
    load("one-lost", newest()).await.unwrap();
    let store = IdbStore::open("one-lost").await.unwrap();
    let found = [lose("events", &from_others().id.to_string()), lose("outbox", &declined().id.to_string())];
    assert_eq!(store.events(REGION, None).await.unwrap().len(), 3);
    assert_eq!(store.events(REGION, Some(node("s001"))).await.unwrap().len(), 3);
    assert_eq!(store.events(REGION, Some(node("s002"))).await.unwrap(), []);
    assert_eq!(store.outbox().await.unwrap().len(), 3);
    assert!(store.damaged() > 0);
    for again in found.into_iter().rev() {
        again.call0(&JsValue::NULL).unwrap();
    }
    assert_eq!(store.events(REGION, None).await.unwrap().len(), 4);
}
