//! What is kept for one profile only: as it is where there is no PIN, else sealed under the profile's key, each value by itself.

use super::list::{self, Values};
use super::{AppState, open};
use crate::command::Failed;
use crate::device::chance;
use civmesh_domain::personnel::profile::lock::ProfileKey;
use civmesh_domain::personnel::profile::{ProfileId, value_name};
use civmesh_store::Store;
use civmesh_store::phone::PhoneStore;
use serde_json::{Value, json};

const SEALED: &str = "sealed";

/// What is secret of a profile, by name. Whatever is kept for one has its name here, or setting a PIN would pass it over.
pub const ALL: [&str; 6] = [SEAT, DEVICE, READING, OWN_SEED, INVITATIONS, JOINING];
/// The password of the seat.
pub const SEAT: &str = "seat";
/// The phone's own key, for which somebody vouches or shall vouch.
pub const DEVICE: &str = "device";
/// The secret that opens what is sealed to this profile.
pub const READING: &str = "reading-secret";
/// The seed of a key for which nobody vouches.
pub const OWN_SEED: &str = "own-seed";
/// Whom a coordinator invites, by name, and the seats for them.
pub const INVITATIONS: &str = "invitations";
/// The answer to an invitation that waits for the other phone.
pub const JOINING: &str = "joining";

/// Reads a secret of the profile in use.
///
/// # Errors
/// The profile is locked, or the value can't be read.
pub async fn read(app: AppState, store: &PhoneStore, name: &str) -> Result<Option<Value>, Failed> {
    let Some(id) = open(app)? else { return Ok(None) };
    match store.meta(&value_name(id, name)).await? {
        Some(value) => undress(app.profile_key().as_ref(), id, name, value).map(Some),
        None => Ok(None),
    }
}

/// Keeps a secret of the profile in use; `None` removes it. The phone's first profile is made where there is none.
///
/// # Errors
/// The profile is locked, or nothing could be kept.
pub async fn keep(app: AppState, store: &PhoneStore, name: &str, value: Option<Value>) -> Result<(), Failed> {
    let id = list::open_or_first(app).await?;
    let value = value.map(|value| dress(app.profile_key().as_ref(), id, name, &value)).transpose()?;
    Ok(store.set_meta(&value_name(id, name), value).await?)
}

/// All that is secret of the profile in use, to be kept under `key`.
pub(super) async fn all_under(app: AppState, store: &PhoneStore, key: &ProfileKey, id: ProfileId) -> Result<Values, Failed> {
    let mut values = Values::new();
    for name in ALL {
        if let Some(value) = read(app, store, name).await? {
            values.push((value_name(id, name), Some(dress(Some(key), id, name, &value)?)));
        }
    }
    Ok(values)
}

/// A value as it is kept.
pub(in crate::state) fn dress(key: Option<&ProfileKey>, id: ProfileId, name: &str, value: &Value) -> Result<Value, Failed> {
    let Some(key) = key else { return Ok(value.clone()) };
    let nonce = chance::random().ok_or(Failed::NotWritten)?;
    let sealed = key.seal(id, name, value.to_string().as_bytes(), nonce).ok_or(Failed::NotWritten)?;
    Ok(json!({ SEALED: sealed }))
}

fn undress(key: Option<&ProfileKey>, id: ProfileId, name: &str, value: Value) -> Result<Value, Failed> {
    match (key, value.get(SEALED).and_then(Value::as_str)) {
        (Some(key), Some(sealed)) => {
            let opened = key.open(id, name, sealed).ok_or(Failed::NotReady)?;
            serde_json::from_slice(&opened).map_err(|_| Failed::NotReady)
        }
        // Another tab has set a PIN.
        (None, Some(_)) => Err(Failed::Locked),
        (_, None) => Ok(value),
    }
}
