//! Showing a picture that is kept as bytes.

use wasm_bindgen::JsValue;

/// A picture with an address of its own inside the page.
pub struct Picture(String);

impl Picture {
    /// Gives these bytes an address; `None` where the browser does not.
    pub fn new(bytes: &[u8]) -> Option<Self> {
        address(bytes).ok().map(Self)
    }

    /// The address, for an `img`.
    pub fn address(&self) -> &str {
        &self.0
    }

    /// Takes the address back, so that the bytes can be dropped.
    pub fn forget(&self) {
        // An address that is unknown is as good as taken back.
        let _gone = web_sys::Url::revoke_object_url(&self.0);
    }
}

fn address(bytes: &[u8]) -> Result<String, JsValue> {
    let array = js_sys::Uint8Array::from(bytes);
    // Named as a picture whatever came, so that a browser never takes it for a page.
    let options = web_sys::BlobPropertyBag::new();
    options.set_type("image/jpeg");
    let blob = web_sys::Blob::new_with_u8_array_sequence_and_options(&js_sys::Array::of1(&array), &options)?;
    web_sys::Url::create_object_url_with_blob(&blob)
}
