//! Files in and out of the app.

use leptos::prelude::document;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

/// Saves `bytes` as a file that the person keeps. Returns whether the browser took it.
pub fn save(name: &str, kind: &str, bytes: &[u8]) -> bool {
    offer(name, kind, bytes).is_ok()
}

fn offer(name: &str, kind: &str, bytes: &[u8]) -> Result<(), JsValue> {
    let array = js_sys::Uint8Array::from(bytes);
    let options = web_sys::BlobPropertyBag::new();
    options.set_type(kind);
    let blob = web_sys::Blob::new_with_u8_array_sequence_and_options(&js_sys::Array::of1(&array), &options)?;
    let address = web_sys::Url::create_object_url_with_blob(&blob)?;
    let link: web_sys::HtmlAnchorElement = document().create_element("a")?.unchecked_into();
    link.set_href(&address);
    link.set_download(name);
    link.click();
    web_sys::Url::revoke_object_url(&address)
}

/// The file that was chosen in `input`, if any.
pub fn chosen(input: &web_sys::HtmlInputElement) -> Option<web_sys::File> {
    input.files()?.get(0)
}

/// Reads a whole file, unless it is larger than `limit` bytes.
pub async fn read(file: &web_sys::File, limit: f64) -> Option<Vec<u8>> {
    if file.size() > limit {
        return None;
    }
    let buffer = JsFuture::from(file.array_buffer()).await.ok()?;
    Some(js_sys::Uint8Array::new(&buffer).to_vec())
}

/// `bytes` as an address that an image can show.
pub fn data_url(kind: &str, bytes: &[u8]) -> String {
    let binary: String = bytes.iter().map(|&byte| char::from(byte)).collect();
    // Every character is below 256, which is all that `btoa` asks for.
    let base64 = leptos::prelude::window().btoa(&binary).unwrap_or_default();
    format!("data:{kind};base64,{base64}")
}

/// Reads the first `bytes` of a file, or all of a shorter one: enough to see what it is before the rest takes room.
pub async fn read_start(file: &web_sys::File, bytes: usize) -> Option<Vec<u8>> {
    let start = file.slice_with_i32_and_i32(0, i32::try_from(bytes).ok()?).ok()?;
    let buffer = JsFuture::from(start.array_buffer()).await.ok()?;
    Some(js_sys::Uint8Array::new(&buffer).to_vec())
}
