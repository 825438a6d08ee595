//! With which key this phone signs: its own once it was invited, the seat's where the key comes with the seat, else one of its own for
//! which nobody vouches.

use super::AppState;
use super::profile::{list, secret};
use crate::command::Failed;
use crate::device::{chance, key};
use civmesh_domain::id::DeviceKey;
use civmesh_domain::personnel::signed::{Signable, Signed};
use civmesh_domain::seal::ReadingSecret;
use civmesh_domain::text::{from_base64url, to_base64url};
use civmesh_store::phone::PhoneStore;
use civmesh_sync::held::KeyOf;
use ed25519_dalek::{Signer as _, SigningKey};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use wasm_bindgen::JsValue;

/// A key that signs.
#[derive(Clone)]
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
    /// The seed, where the browser can't keep keys, and where it lies behind a PIN.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    seed: Option<String>,
    /// Where the browser keeps it, else.
    #[serde(default = "first_place", skip_serializing_if = "String::is_empty")]
    place: String,
}

/// Where the only key was kept before there were profiles.
fn first_place() -> String {
    "device".to_owned()
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
    pub async fn sign(&self, message: &[u8]) -> Result<[u8; 64], Failed> {
        match self {
            Self::Seed(key) => Ok(key.sign(message).to_bytes()),
            Self::Kept { key, .. } => key::sign(key, message).await.ok_or(Failed::NotWritten),
        }
    }

    /// Signs a value that names this key.
    ///
    /// # Errors
    /// The browser does not sign, or nobody would read the value.
    pub async fn seal_off<T: Signable>(&self, value: &T) -> Result<Signed<T>, Failed> {
        let message = value.signing_message().map_err(|_| Failed::NotWritten)?;
        let bytes = value.to_bytes().map_err(|_| Failed::NotWritten)?;
        Signed::from_parts(bytes, self.sign(&message).await?).map_err(|_| Failed::NotWritten)
    }
}

/// The key with which this phone signs now, made at the first need.
///
/// # Errors
/// It can't be read or kept, or lies behind a PIN.
pub async fn signer(app: AppState) -> Result<Signer, Failed> {
    let holder = app.seat.with_untracked(|seat| seat.as_ref().map(|seat| seat.device));
    let kept = app.vault.with_value(|vault| vault.signer.clone()).filter(|(of, _)| *of == holder);
    if let Some((_, signer)) = kept {
        return Ok(signer);
    }
    let store = app.store().ok_or(Failed::NotReady)?;
    let signer = match app.seat.get_untracked() {
        Some(seat) if seat.key == KeyOf::Device => own(app, &store).await?,
        Some(seat) => in_hands(app, seat.seed().ok_or(Failed::Locked)?).await,
        None => loose(app, &store).await?,
    };
    app.vault.update_value(|vault| vault.signer = Some((holder, signer.clone())));
    Ok(signer)
}

impl AppState {
    /// Another key signs from now on.
    pub(super) fn forget_signer(self) {
        self.vault.update_value(|vault| vault.signer = None);
    }

    /// Whether the profile in use has a PIN.
    fn has_pin(self) -> bool {
        self.profile_now().is_some_and(|profile| profile.gate.is_some())
    }
}

/// A key with this seed. Behind a PIN it is in the browser's hands for as long as the profile is open, where the browser takes it.
async fn in_hands(app: AppState, seed: [u8; 32]) -> Signer {
    let key = SigningKey::from_bytes(&seed);
    let public = DeviceKey(key.verifying_key().to_bytes());
    let imported = if app.has_pin() { key::import(&seed).await } else { None };
    imported.map_or(Signer::Seed(key), |key| Signer::Kept { key, public })
}

/// The public half of the key with which this phone signs now; `None` before the first need of one.
pub async fn known(app: AppState, store: &PhoneStore) -> Option<DeviceKey> {
    match app.seat.get_untracked() {
        Some(seat) => Some(seat.device),
        None => Some(Signer::Seed(SigningKey::from_bytes(&kept_seed(app, store).await.ok()??)).public()),
    }
}

/// The device's own key for which somebody vouches or shall vouch, made at the first need.
///
/// # Errors
/// It can't be read or kept.
pub async fn own(app: AppState, store: &PhoneStore) -> Result<Signer, Failed> {
    match note(app, store).await? {
        Some(Own { seed: Some(seed), .. }) => Ok(in_hands(app, read_seed(&seed).ok_or(Failed::NotReady)?).await),
        Some(Own { public, seed: None, place }) => {
            let key = store.key(&place).await?.ok_or(Failed::NotReady)?;
            Ok(Signer::Kept { key, public })
        }
        None => make(app, store).await,
    }
}

/// Where the browser keeps the device's own key of the profile in use, if it does.
///
/// # Errors
/// It can't be read.
pub async fn kept_place(app: AppState, store: &PhoneStore) -> Result<Option<String>, Failed> {
    Ok(note(app, store).await?.filter(|own| own.seed.is_none()).map(|own| own.place))
}

async fn make(app: AppState, store: &PhoneStore) -> Result<Signer, Failed> {
    let id = list::open_or_first(app).await?;
    // Behind a PIN the browser keeps nothing: what it keeps it signs with for whoever opens it.
    if !app.has_pin()
        && let Some((key, public)) = key::make().await
    {
        let (place, public) = (format!("device:{id}"), DeviceKey(public));
        // A browser may make such keys and not be able to keep them.
        if store.set_key(&place, &key).await.is_ok() {
            keep_note(app, store, &Own { public, seed: None, place }).await?;
            return Ok(Signer::Kept { key, public });
        }
    }
    let seed: [u8; 32] = chance::random().ok_or(Failed::NotWritten)?;
    let signer = in_hands(app, seed).await;
    let own = Own { public: signer.public(), seed: Some(to_base64url(&seed)), place: String::new() };
    keep_note(app, store, &own).await?;
    Ok(signer)
}

/// The secret with which the profile in use opens what is sealed to it, made at the first need.
///
/// # Errors
/// It can't be read or kept.
pub async fn reading_secret(app: AppState, store: &PhoneStore) -> Result<ReadingSecret, Failed> {
    if let Some(kept) = kept_reading_secret(app, store).await? {
        return Ok(kept);
    }
    let secret = ReadingSecret::derive(&chance::random().ok_or(Failed::NotWritten)?);
    secret::keep(app, store, secret::READING, Some(to_base64url(&secret.to_bytes()).into())).await?;
    Ok(secret)
}

/// The secret with which the profile in use opens what is sealed to it, if it has made one.
///
/// # Errors
/// It can't be read.
pub async fn kept_reading_secret(app: AppState, store: &PhoneStore) -> Result<Option<ReadingSecret>, Failed> {
    let kept = secret::read(app, store, secret::READING).await?;
    Ok(kept.as_ref().and_then(|value| read_seed(value.as_str()?)).map(ReadingSecret::from_bytes))
}

/// A key of the phone's own without a seat: what it signs is shown as unverified.
async fn loose(app: AppState, store: &PhoneStore) -> Result<Signer, Failed> {
    let seed = match kept_seed(app, store).await? {
        Some(seed) => seed,
        None => {
            let seed: [u8; 32] = chance::random().ok_or(Failed::NotWritten)?;
            secret::keep(app, store, secret::OWN_SEED, Some(to_base64url(&seed).into())).await?;
            seed
        }
    };
    Ok(in_hands(app, seed).await)
}

async fn note(app: AppState, store: &PhoneStore) -> Result<Option<Own>, Failed> {
    Ok(secret::read(app, store, secret::DEVICE).await?.and_then(|value| serde_json::from_value(value).ok()))
}

async fn keep_note(app: AppState, store: &PhoneStore, own: &Own) -> Result<(), Failed> {
    let value = serde_json::to_value(own).map_err(|_| Failed::NotWritten)?;
    secret::keep(app, store, secret::DEVICE, Some(value)).await
}

async fn kept_seed(app: AppState, store: &PhoneStore) -> Result<Option<[u8; 32]>, Failed> {
    Ok(secret::read(app, store, secret::OWN_SEED).await?.and_then(|value| read_seed(value.as_str()?)))
}

fn read_seed(text: &str) -> Option<[u8; 32]> {
    from_base64url(text)?.try_into().ok()
}
