//! How much room the phone has, and whether it promises to keep what is here.

use leptos::prelude::window;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

/// Room for this app on the phone, in bytes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Room {
    /// Used.
    pub used: f64,
    /// In all.
    pub quota: f64,
}

fn manager() -> Option<web_sys::StorageManager> {
    let storage = js_sys::Reflect::get(&window().navigator(), &"storage".into()).ok()?;
    storage.is_object().then(|| storage.unchecked_into())
}

/// Room for this app; `None` where the browser does not say.
pub async fn room() -> Option<Room> {
    let estimate = JsFuture::from(manager()?.estimate().ok()?).await.ok()?;
    let number = |name: &str| js_sys::Reflect::get(&estimate, &name.into()).ok()?.as_f64();
    Some(Room { used: number("usage")?, quota: number("quota")? })
}

/// Whether the phone has promised to keep the data.
pub async fn is_persistent() -> Option<bool> {
    JsFuture::from(manager()?.persisted().ok()?).await.ok()?.as_bool()
}

/// Asks the phone to keep the data.
pub async fn persist() -> Option<bool> {
    JsFuture::from(manager()?.persist().ok()?).await.ok()?.as_bool()
}
