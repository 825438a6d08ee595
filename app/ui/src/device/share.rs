//! Handing words to other apps.

use leptos::prelude::window;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

/// How a text left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shared {
    /// By the phone's share sheet.
    Sheet,
    /// Into the clipboard, because there is no share sheet.
    Copied,
    /// Not at all: the person closed the sheet, or the browser allows neither.
    No,
}

/// Shares `text` by the share sheet where there is one, else copies it.
pub async fn text(text: &str) -> Shared {
    let navigator = window().navigator();
    let can_share = js_sys::Reflect::get(&navigator, &JsValue::from_str("share")).is_ok_and(|share| share.is_function());
    if can_share {
        let data = web_sys::ShareData::new();
        data.set_text(text);
        return match JsFuture::from(navigator.share_with_data(&data)).await {
            Ok(_) => Shared::Sheet,
            Err(_) => Shared::No,
        };
    }
    copy(text).await
}

/// Copies `text`.
pub async fn copy(text: &str) -> Shared {
    let navigator = window().navigator();
    let clipboard = js_sys::Reflect::get(&navigator, &JsValue::from_str("clipboard")).ok().filter(|clipboard| clipboard.is_object());
    if clipboard.is_none() {
        return Shared::No;
    }
    match JsFuture::from(navigator.clipboard().write_text(text)).await {
        Ok(_) => Shared::Copied,
        Err(_) => Shared::No,
    }
}
