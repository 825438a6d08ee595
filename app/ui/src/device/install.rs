//! Whether the app is installed, where that decides how long the phone keeps its data.

use gloo_storage::{LocalStorage, Storage};
use leptos::prelude::window;
use std::cell::RefCell;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

const HINT: &str = "civmesh.install-hint-seen";

thread_local! {
    /// The browser's offer to install, until it is used.
    static OFFER: RefCell<Option<JsValue>> = const { RefCell::new(None) };
}

/// Whether this is Safari on iOS with the app not installed: it drops what it keeps after seven idle days.
pub fn should_install() -> bool {
    let navigator = window().navigator();
    // Only iOS knows this property; an iPad that calls itself a Mac has it too.
    let standalone = js_sys::Reflect::get(&navigator, &"standalone".into()).ok().and_then(|standalone| standalone.as_bool());
    standalone == Some(false) && !LocalStorage::get::<bool>(HINT).unwrap_or(false)
}

/// The person has read the hint.
pub fn hide_hint() {
    // Where nothing is kept, the hint comes back with the next visit.
    let _best_effort = LocalStorage::set(HINT, true);
}

/// Keeps the browser's offer, which comes once and early, until a person asks for it.
pub fn listen() {
    let offered = Closure::<dyn FnMut(web_sys::Event)>::new(|event: web_sys::Event| {
        event.prevent_default();
        OFFER.set(Some(event.into()));
    });
    // Without the event there is the browser's own menu.
    let _menu = window().add_event_listener_with_callback("beforeinstallprompt", offered.as_ref().unchecked_ref());
    // The listener lives as long as the page.
    offered.forget();
}

/// Whether the browser can be asked to install.
pub fn can_ask() -> bool {
    OFFER.with_borrow(Option::is_some)
}

/// Asks the browser to install; it asks the person.
pub async fn ask() {
    let Some(offer) = OFFER.take() else { return };
    let shown = js_sys::Reflect::get(&offer, &"prompt".into()).ok().and_then(|prompt| prompt.dyn_into::<js_sys::Function>().ok());
    let answer = shown.and_then(|prompt| prompt.call0(&offer).ok()).and_then(|answer| answer.dyn_into::<js_sys::Promise>().ok());
    if let Some(answer) = answer {
        // Whatever the person says, the page goes on as it is.
        let _either = JsFuture::from(answer).await;
    }
}

/// Whether the app runs as an installed one.
pub fn is_installed() -> bool {
    let displayed = window().match_media("(display-mode: standalone)").ok().flatten().is_some_and(|query| query.matches());
    let on_ios = js_sys::Reflect::get(&window().navigator(), &"standalone".into()).ok().and_then(|value| value.as_bool());
    displayed || on_ios == Some(true)
}

/// Whether this is an iPhone or iPad: there, an installed app has a storage of its own.
pub fn is_ios() -> bool {
    let agent = window().navigator().user_agent().unwrap_or_default();
    let touches = js_sys::Reflect::get(&window().navigator(), &"maxTouchPoints".into()).ok().and_then(|value| value.as_f64());
    let is_ipad = agent.contains("Macintosh") && touches.is_some_and(|touches| touches > 1.0);
    agent.contains("iPhone") || agent.contains("iPad") || is_ipad
}
