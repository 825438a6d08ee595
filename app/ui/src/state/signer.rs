//! With which key this phone signs: its own once it was invited, the seat's where the key comes with the seat, else one of its own for
//! which nobody vouches.

use super::AppState;
use crate::command::Failed;
use crate::device::{chance, key};
use civmesh_domain::id::DeviceKey;
use civmesh_domain::personnel::signed::{Signable, Signed};
use civmesh_domain::seal::ReadingSecret;
use civmesh_domain::text::{from_base64url, to_base64url};
use civmesh_store::idb::IdbStore;
use civmesh_store::{Result, Store};
use civmesh_sync::held::KeyOf;
use ed25519_dalek::{Signer as _, SigningKey};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use wasm_bindgen::JsValue;

const DEVICE: &str = "device";
const OWN_SEED: &str = "own-seed";
const READING: &str = "reading-secret";

/// A key that signs.
pub enum Signer {
    /// In the app's hands.
    Seed(SigningKey),
    /// In the browser's hands.
    Kept {
        /// The key as the browser gave it.
        key: JsValue,
        /// Its public half.
        public: DeviceKey,
    },
}

/// What is noted of the device's own key.
#[derive(Serialize, Deserialize)]
struct Own {
    public: DeviceKey,
    /// The seed, where the browser can't keep keys.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    seed: Option<String>,
}

impl Signer {
    /// Its public half.
    pub fn public(&self) -> DeviceKey {
        match self {
            Self::Seed(key) => DeviceKey(key.verifying_key().to_bytes()),
            Self::Kept { public, .. } => *public,
        }
    }

    /// Signs a message.
    ///
    /// # Errors
    /// The browser does not sign.
    pub async fn sign(&self, message: &[u8]) -> std::result::Result<[u8; 64], Failed> {
        match self {
            Self::Seed(key) => Ok(key.sign(message).to_bytes()),
            Self::Kept { key, .. } => key::sign(key, message).await.ok_or(Failed::NotWritten),
        }
    }

    /// Signs a value that names this key.
    ///
    /// # Errors
    /// The browser does not sign, or nobody would read the value.
    pub async fn seal_off<T: Signable>(&self, value: &T) -> std::result::Result<Signed<T>, Failed> {
        let message = value.signing_message().map_err(|_| Failed::NotWritten)?;
        let bytes = value.to_bytes().map_err(|_| Failed::NotWritten)?;
        Signed::from_parts(bytes, self.sign(&message).await?).map_err(|_| Failed::NotWritten)
    }
}

/// The key with which this phone signs now, made at the first need.
///
/// # Errors
/// It can't be read or kept.
pub async fn signer(app: AppState) -> std::result::Result<Signer, Failed> {
    let store = app.store().ok_or(Failed::NotReady)?;
    match app.seat.get_untracked() {
        Some(seat) if seat.key == KeyOf::Device => own(&store).await,
        Some(seat) => Ok(Signer::Seed(SigningKey::from_bytes(&seat.seed().ok_or(Failed::NotReady)?))),
        None => loose(&store).await,
    }
}

/// The public half of the key with which this phone signs now; `None` before the first need of one.
pub async fn known(app: AppState, store: &IdbStore) -> Option<DeviceKey> {
    match app.seat.get_untracked() {
        Some(seat) if seat.key == KeyOf::Device => Some(note(store).await.ok()??.public),
        Some(seat) => Some(seat.device),
        None => Some(Signer::Seed(SigningKey::from_bytes(&kept_seed(store).await.ok()??)).public()),
    }
}

/// The device's own key for which somebody vouches or shall vouch, made at the first need.
///
/// # Errors
/// It can't be read or kept.
pub async fn own(store: &IdbStore) -> std::result::Result<Signer, Failed> {
    match note(store).await? {
        Some(Own { seed: Some(seed), .. }) => {
            read_seed(&seed).map(|seed| Signer::Seed(SigningKey::from_bytes(&seed))).ok_or(Failed::NotReady)
        }
        Some(Own { public, seed: None }) => {
            let key = store.key(DEVICE).await?.ok_or(Failed::NotReady)?;
            Ok(Signer::Kept { key, public })
        }
        None => make(store).await,
    }
}

async fn make(store: &IdbStore) -> std::result::Result<Signer, Failed> {
    if let Some((key, public)) = key::make().await {
        // A browser may make such keys and not be able to keep them.
        if store.set_key(DEVICE, &key).await.is_ok() {
            let public = DeviceKey(public);
            keep_note(store, &Own { public, seed: None }).await?;
            return Ok(Signer::Kept { key, public });
        }
    }
    let seed: [u8; 32] = chance::random().ok_or(Failed::NotWritten)?;
    let signer = Signer::Seed(SigningKey::from_bytes(&seed));
    keep_note(store, &Own { public: signer.public(), seed: Some(to_base64url(&seed)) }).await?;
    Ok(signer)
}

/// The secret with which this phone opens what is sealed to it, made at the first need.
///
/// # Errors
/// It can't be read or kept.
pub async fn reading_secret(store: &IdbStore) -> std::result::Result<ReadingSecret, Failed> {
    if let Some(kept) = kept_reading_secret(store).await? {
        return Ok(kept);
    }
    let secret = ReadingSecret::derive(&chance::random().ok_or(Failed::NotWritten)?);
    store.set_meta(READING, Some(to_base64url(&secret.to_bytes()).into())).await?;
    Ok(secret)
}

/// The secret with which this phone opens what is sealed to it, if it has made one.
///
/// # Errors
/// It can't be read.
pub async fn kept_reading_secret(store: &IdbStore) -> Result<Option<ReadingSecret>> {
    let kept = store.meta(READING).await?;
    Ok(kept.as_ref().and_then(|value| read_seed(value.as_str()?)).map(ReadingSecret::from_bytes))
}

/// A key of the phone's own without a seat: what it signs is shown as unverified.
async fn loose(store: &IdbStore) -> std::result::Result<Signer, Failed> {
    let seed = match kept_seed(store).await? {
        Some(seed) => seed,
        None => {
            let seed: [u8; 32] = chance::random().ok_or(Failed::NotWritten)?;
            store.set_meta(OWN_SEED, Some(to_base64url(&seed).into())).await?;
            seed
        }
    };
    Ok(Signer::Seed(SigningKey::from_bytes(&seed)))
}

async fn note(store: &IdbStore) -> Result<Option<Own>> {
    Ok(store.meta(DEVICE).await?.and_then(|value| serde_json::from_value(value).ok()))
}

async fn keep_note(store: &IdbStore, own: &Own) -> std::result::Result<(), Failed> {
    let value = serde_json::to_value(own).map_err(|_| Failed::NotWritten)?;
    Ok(store.set_meta(DEVICE, Some(value)).await?)
}

async fn kept_seed(store: &IdbStore) -> Result<Option<[u8; 32]>> {
    Ok(store.meta(OWN_SEED).await?.and_then(|value| read_seed(value.as_str()?)))
}

fn read_seed(text: &str) -> Option<[u8; 32]> {
    from_base64url(text)?.try_into().ok()
}
