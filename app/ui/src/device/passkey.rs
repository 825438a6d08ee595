//! Passkeys (WebAuthn) with the PRF extension: for a credential and a salt an authenticator gives 32 bytes, always the same ones, once it has
//! verified who is there. No server has a part in it, so what the authenticator signs is not looked at.
//! web-sys knows the extension behind a flag for unstable things only, so all of it goes by name.

use super::chance;
use civmesh_domain::personnel::profile::passkey::{SALT, Secret};
use civmesh_domain::text::to_base64url;
use js_sys::{Array, Function, Object, Promise, Reflect, Uint8Array};
use leptos::prelude::window;
use leptos::task::spawn_local;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// How long the device may ask, in milliseconds.
const PATIENCE: f64 = 60_000.0;
const KIND: &str = "public-key";
/// Signatures that authenticators make (COSE): ES256 and RS256. One must be named, though none is used.
const ALGORITHMS: [i32; 2] = [-7, -257];

/// Why an authenticator gave nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotGiven {
    /// The person cancelled, took too long, or was not recognised. Browsers don't say which.
    Cancelled,
    /// The browser or the device can't.
    Unable,
}

/// A new passkey.
pub struct Made {
    /// How the authenticator names it.
    pub credential: Vec<u8>,
    /// What it gives for the salt, where it does so at once. Some give it only when they are asked.
    pub secret: Option<Secret>,
}

/// Whether the browser knows passkeys at all, here. It does not where the page was not served safely.
pub fn is_there() -> bool {
    maker().is_some() && container().is_some()
}

/// Has the device make a passkey under this name, after it has verified who is there. `name` lies readable with the device.
pub async fn make(name: &str, salt: &[u8; SALT]) -> Result<Made, NotGiven> {
    let user: [u8; 16] = chance::random().ok_or(NotGiven::Unable)?;
    let algorithms: Array = ALGORITHMS.iter().map(|&algorithm| object([("type", KIND.into()), ("alg", algorithm.into())])).collect();
    let selection = object([("residentKey", "preferred".into()), ("userVerification", "required".into())]);
    let public_key = object([
        ("challenge", challenge()?),
        // The host of the page is what it is bound to where no other is named.
        ("rp", object([("name", "CivMesh".into())])),
        ("user", object([("id", bytes(&user)), ("name", name.into()), ("displayName", name.into())])),
        ("pubKeyCredParams", algorithms.into()),
        ("authenticatorSelection", selection),
        // This device before a security key or another phone.
        ("hints", Array::of1(&"client-device".into()).into()),
        ("attestation", "none".into()),
        ("timeout", PATIENCE.into()),
        ("extensions", prf(salt)),
    ]);
    let made = request("create", public_key).await?;
    let credential = Reflect::get(&made, &"rawId".into()).map_err(|_| NotGiven::Unable)?;
    Ok(Made { credential: Uint8Array::new(&credential).to_vec(), secret: secret_of(&made) })
}

/// Has the device verify who is there, and give what this passkey gives for the salt; `None` where it gives nothing.
pub async fn ask(credential: &[u8], salt: &[u8; SALT]) -> Result<Option<Secret>, NotGiven> {
    let allowed = object([("type", KIND.into()), ("id", bytes(credential))]);
    let public_key = object([
        ("challenge", challenge()?),
        ("allowCredentials", Array::of1(&allowed).into()),
        ("userVerification", "required".into()),
        ("hints", Array::of1(&"client-device".into()).into()),
        ("timeout", PATIENCE.into()),
        ("extensions", prf(salt)),
    ]);
    Ok(secret_of(&request("get", public_key).await?))
}

/// Tells the device that a passkey is of no use any more, so that it can drop it from its list. Nobody waits for it; some browsers can't.
pub fn disown(credential: &[u8]) {
    let (Some(maker), Ok(host)) = (maker(), window().location().hostname()) else { return };
    let gone = object([("rpId", host.into()), ("credentialId", to_base64url(credential).into())]);
    if let Ok(told) = call(&maker, "signalUnknownCredential", &gone) {
        spawn_local(async move {
            // Then it stays in the device's list until somebody deletes it there.
            let _unheard = JsFuture::from(told.unchecked_into::<Promise>()).await;
        });
    }
}

/// The class of passkeys.
fn maker() -> Option<JsValue> {
    Reflect::get(&window(), &"PublicKeyCredential".into()).ok().filter(JsValue::is_function)
}

fn container() -> Option<JsValue> {
    Reflect::get(&window().navigator(), &"credentials".into()).ok().filter(JsValue::is_object)
}

async fn request(what: &str, public_key: JsValue) -> Result<JsValue, NotGiven> {
    let container = container().ok_or(NotGiven::Unable)?;
    let asked = call(&container, what, &object([("publicKey", public_key)])).map_err(|_| NotGiven::Unable)?;
    let given = JsFuture::from(asked.unchecked_into::<Promise>()).await.map_err(|error| why(&error))?;
    given.is_object().then_some(given).ok_or(NotGiven::Cancelled)
}

fn why(error: &JsValue) -> NotGiven {
    match Reflect::get(error, &"name".into()).ok().and_then(|name| name.as_string()).as_deref() {
        Some("NotAllowedError" | "AbortError") => NotGiven::Cancelled,
        _ => NotGiven::Unable,
    }
}

/// What the extension gave, taken out of the browser's hands.
fn secret_of(credential: &JsValue) -> Option<Secret> {
    let results = call(credential, "getClientExtensionResults", &JsValue::UNDEFINED).ok()?;
    let first = ["prf", "results", "first"].into_iter().try_fold(results, |at, name| Reflect::get(&at, &name.into())).ok()?;
    if !first.is_object() {
        return None;
    }
    let first = Uint8Array::new(&first);
    let secret = <[u8; 32]>::try_from(first.to_vec()).ok().map(Secret::new);
    first.fill(0, 0, first.length());
    secret
}

fn prf(salt: &[u8; SALT]) -> JsValue {
    object([("prf", object([("eval", object([("first", bytes(salt))]))]))])
}

fn challenge() -> Result<JsValue, NotGiven> {
    chance::random::<32>().map(|chance| bytes(&chance)).ok_or(NotGiven::Unable)
}

fn bytes(bytes: &[u8]) -> JsValue {
    Uint8Array::from(bytes).into()
}

fn object<const N: usize>(fields: [(&str, JsValue); N]) -> JsValue {
    let object = Object::new();
    for (name, value) in fields {
        // A plain object takes whatever it is given.
        let _plain = Reflect::set(&object, &name.into(), &value);
    }
    object.into()
}

fn call(of: &JsValue, method: &str, with: &JsValue) -> Result<JsValue, JsValue> {
    Reflect::get(of, &method.into())?.dyn_into::<Function>()?.call1(of, with)
}
