//! Syncing while the app is closed: what the browser lets the service worker do. Where it lets it do nothing, the next opening of the app
//! sends what waits.

use super::worker::registration;
use leptos::prelude::window;
use leptos::task::spawn_local;
use std::cell::RefCell;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

/// The tags that `service-worker/background.js` answers to.
const OUTBOX: &str = "civmesh-outbox";
const NEWS: &str = "civmesh-news";
/// How often at most the worker looks for news, in milliseconds; browsers take longer as they see fit.
const NEWS_EVERY: f64 = 60.0 * 60.0 * 1_000.0;

thread_local! {
    /// At hand, because a page that is being put away is not given the time to look for it.
    static MANAGER: RefCell<Option<JsValue>> = const { RefCell::new(None) };
}

/// Whether the worker sends what waits as soon as there is a network, with the app closed too. The browser says when.
pub async fn can_send() -> bool {
    manager("sync").await.is_some() && state_of("background-sync").await.is_none_or(|state| state != "denied")
}

/// Asks the browser to have the worker send what waits, as soon as there is a network.
pub fn ask_to_send() {
    if let Some(manager) = MANAGER.with_borrow(Clone::clone) {
        return ask(&manager, OUTBOX, None);
    }
    spawn_local(async {
        if let Some(manager) = manager("sync").await {
            ask(&manager, OUTBOX, None);
            MANAGER.set(Some(manager));
        }
    });
}

/// Asks the browser to have the worker look for news from time to time, where the person has allowed that.
pub fn ask_for_news() {
    spawn_local(async {
        if state_of("periodic-background-sync").await.is_some_and(|state| state == "granted")
            && let Some(manager) = manager("periodicSync").await
        {
            let options = js_sys::Object::new();
            let _plain = js_sys::Reflect::set(&options, &"minInterval".into(), &NEWS_EVERY.into());
            ask(&manager, NEWS, Some(&options));
        }
    });
}

/// What the worker's registration has under this name, which web-sys does not know of.
async fn manager(name: &str) -> Option<JsValue> {
    let found = js_sys::Reflect::get(registration().await?.as_ref(), &name.into()).ok()?;
    found.is_object().then_some(found)
}

fn ask(manager: &JsValue, tag: &str, options: Option<&JsValue>) {
    let Ok(register) = js_sys::Reflect::get(manager, &"register".into()) else { return };
    let Some(register) = register.dyn_ref::<js_sys::Function>() else { return };
    if let Ok(asked) = register.call2(manager, &tag.into(), options.unwrap_or(&JsValue::UNDEFINED)) {
        spawn_local(async move {
            // Refused by the person or the browser, or there is no worker yet: what waits goes out when the app is opened.
            let _refused = JsFuture::from(asked.unchecked_into::<js_sys::Promise>()).await;
        });
    }
}

/// What the person or the browser has decided; `None` where the browser does not know of such a permission.
async fn state_of(permission: &str) -> Option<String> {
    let permissions = js_sys::Reflect::get(&window().navigator(), &"permissions".into()).ok()?;
    let query = js_sys::Reflect::get(&permissions, &"query".into()).ok()?;
    let wanted = js_sys::Object::new();
    js_sys::Reflect::set(&wanted, &"name".into(), &permission.into()).ok()?;
    let asked = query.dyn_ref::<js_sys::Function>()?.call1(&permissions, &wanted).ok()?;
    let status = JsFuture::from(asked.dyn_into::<js_sys::Promise>().ok()?).await.ok()?;
    js_sys::Reflect::get(&status, &"state".into()).ok()?.as_string()
}
