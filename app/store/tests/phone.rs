//! A phone's store in a real browser: what it says of how it fares, and memory where there is no database.
#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used, reason = "tests, which the lint does not recognise here")]

use civmesh_domain::event::Event;
use civmesh_store::Store;
use civmesh_store::conformance::{fixture::*, run_all};
use civmesh_store::health::{Fleeting, Health};
use civmesh_store::phone::PhoneStore;
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

#[wasm_bindgen(module = "/tests/raw.js")]
extern "C" {
    #[wasm_bindgen(catch)]
    async fn load(name: &str, json: &str) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(catch, js_name = holdOpen)]
    async fn hold_open(name: &str, version: u32) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(js_name = refuseToOpen)]
    fn refuse_to_open(name: &str) -> js_sys::Function;
}

/// A database as version 2 left it.
const OLDER: &str = include_str!("fixture/v2.json");

fn waiting() -> Event {
    event(1, 1, 9)
}

#[wasm_bindgen_test]
async fn a_phones_store_keeps_every_promise_with_a_database_and_without() {
    let passed = run_all(async |case| PhoneStore::open(&format!("kept-{case}"), |_| {}).await).await;
    let again = refuse_to_open("SecurityError");
    let in_memory = run_all(async |case| PhoneStore::open(case, |_| {}).await).await;
    again.call0(&JsValue::NULL).unwrap();
    assert!(passed.len() > 30, "{passed:?}");
    assert_eq!(passed, in_memory);
}

#[wasm_bindgen_test]
async fn opening_waits_for_an_old_tab_and_says_so() {
    load("held", OLDER).await.unwrap();
    let let_go: js_sys::Function = hold_open("held", 2).await.unwrap().unchecked_into();
    let heard: Rc<RefCell<Vec<Health>>> = Rc::default();
    let told = heard.clone();
    let listen = move |health: Health| {
        if health.blocked {
            let_go.call0(&JsValue::NULL).unwrap();
        }
        told.borrow_mut().push(health);
    };
    let store = PhoneStore::open("held", listen).await;
    assert_eq!(store.outbox().await.unwrap().len(), 4);
    assert_eq!(heard.borrow().iter().map(|health| health.blocked).collect::<Vec<_>>(), [false, true, false]);
    assert_eq!(store.health(), Health::default());
}

#[wasm_bindgen_test]
async fn a_tab_that_a_newer_version_overtook_says_so() {
    let store = PhoneStore::open("overtaken", |_| {}).await;
    assert!(store.health().made);
    let close: js_sys::Function = hold_open("overtaken", 99).await.unwrap().unchecked_into();
    assert!(store.health().outdated);
    assert!(store.set_meta("x", None).await.is_err());
    assert!(store.health().newer);
    assert_eq!(store.outbox().await, Ok(Vec::new()));
    close.call0(&JsValue::NULL).unwrap();
}

#[wasm_bindgen_test]
async fn a_database_that_vanishes_while_it_is_used_is_missed() {
    let store = PhoneStore::open("vanishing", |_| {}).await;
    store.write(written(&waiting(), Vec::new())).await.unwrap();
    assert!(!store.health().gone);
    let deleted = indexed_db_futures::database::Database::delete_by_name("vanishing").unwrap();
    deleted.await.unwrap();
    assert_eq!(store.outbox().await.unwrap(), []);
    let health = store.health();
    assert!(health.gone && !health.outdated, "{health:?}");
}

#[wasm_bindgen_test]
async fn where_there_is_no_database_memory_serves_as_long_as_the_page_lives() {
    let again = refuse_to_open("SecurityError");
    let store = PhoneStore::open("private", |_| {}).await;
    again.call0(&JsValue::NULL).unwrap();
    assert_eq!(store.health(), Health { fleeting: Some(Fleeting::NotGiven), ..Health::default() });
    store.write(written(&waiting(), Vec::new())).await.unwrap();
    assert_eq!(store.outbox().await.unwrap().len(), 1);
    store.set_key("device", &"k".into()).await.unwrap();
    assert_eq!(store.key("device").await.unwrap(), Some("k".into()));
}
