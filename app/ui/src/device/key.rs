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

/// What PKCS #8 has before the seed of an Ed25519 key (RFC 8410).
const PKCS8: [u8; 16] = [0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20];

/// The key with this seed, in the browser's hands: it signs for as long as the page lives and is not given back. `None` where the browser can't.
pub async fn import(seed: &[u8; 32]) -> Option<JsValue> {
    let (subtle, algorithm) = (subtle()?, Object::new());
    Reflect::set(&algorithm, &"name".into(), &ALGORITHM.into()).ok()?;
    let bytes = Uint8Array::from([PKCS8.as_slice(), seed].concat().as_slice());
    let usages = Array::of1(&"sign".into());
    let imported = subtle.import_key_with_object("pkcs8", &bytes, &algorithm, false, &usages).ok()?;
    let key = JsFuture::from(imported).await.ok();
    // The copy that was handed over is of no use any more.
    bytes.fill(0, 0, bytes.length());
    key
}

/// Has the key sign `message`. `None` where it does not, or is no such key.
pub async fn sign(key: &JsValue, message: &[u8]) -> Option<[u8; 64]> {
    let key = key.dyn_ref::<CryptoKey>()?;
    let signed = subtle()?.sign_with_str_and_u8_array(ALGORITHM, key, message).ok()?;
    let signed = JsFuture::from(signed).await.ok()?;
    Uint8Array::new(&signed).to_vec().try_into().ok()
}
