//! The device's own signing key, made and kept by the browser (WebCrypto, Ed25519): the app can have it sign, and can't read it.
//! Where a browser has no Ed25519, the caller falls back to a key in the app's own hands, see `state/signer.rs`.

use js_sys::{Array, Object, Reflect, Uint8Array};
use leptos::prelude::window;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{CryptoKey, CryptoKeyPair, SubtleCrypto};

const ALGORITHM: &str = "Ed25519";

fn subtle() -> Option<SubtleCrypto> {
    // Absent where the page was not served safely.
    let subtle = window().crypto().ok()?.subtle();
    (!JsValue::from(subtle.clone()).is_undefined()).then_some(subtle)
}

/// Makes a key that can't be taken out of the browser: itself, and its public half. `None` where the browser can't.
pub async fn make() -> Option<(JsValue, [u8; 32])> {
    let (subtle, algorithm) = (subtle()?, Object::new());
    Reflect::set(&algorithm, &"name".into(), &ALGORITHM.into()).ok()?;
    let usages = Array::of2(&"sign".into(), &"verify".into());
    let made = JsFuture::from(subtle.generate_key_with_object(&algorithm, false, &usages).ok()?).await.ok()?;
    let pair: CryptoKeyPair = made.unchecked_into();
    let public = JsFuture::from(subtle.export_key("raw", &pair.get_public_key()).ok()?).await.ok()?;
    let public = Uint8Array::new(&public).to_vec().try_into().ok()?;
    Some((pair.get_private_key().into(), public))
}

/// Has the key sign `message`. `None` where it does not, or is no such key.
pub async fn sign(key: &JsValue, message: &[u8]) -> Option<[u8; 64]> {
    let key = key.dyn_ref::<CryptoKey>()?;
    let signed = subtle()?.sign_with_str_and_u8_array(ALGORITHM, key, message).ok()?;
    let signed = JsFuture::from(signed).await.ok()?;
    Uint8Array::new(&signed).to_vec().try_into().ok()
}
