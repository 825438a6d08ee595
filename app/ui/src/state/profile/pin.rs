//! Choosing PINs, adding a profile and removing one.

use super::list::{self, Changed, Values};
use super::unlock::{painted, settle_in};
use super::{Access, AppState, passkey, secret, unlock, vigil};
use crate::command::Failed;
use crate::device::chance;
use crate::state::{seat, signer, view};
use civmesh_domain::personnel::profile::lock::{Cost, Lock, ProfileKey, Slot};
use civmesh_domain::personnel::profile::pin::Pin;
use civmesh_domain::personnel::profile::sign::Sign;
use civmesh_domain::personnel::profile::{Gate, MOST_PROFILES, Profile, ProfileId, Profiles, close, value_name};
use civmesh_domain::seal::ReadingSecret;
use civmesh_domain::text::to_base64url;
use leptos::prelude::*;
use serde_json::Value;

/// Why a PIN was not set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotSet {
    /// It opens the other lock of this profile.
    Same,
    /// The phone could not keep it.
    Failed(Failed),
}

impl From<Failed> for NotSet {
    fn from(failed: Failed) -> Self {
        Self::Failed(failed)
    }
}

fn drawn<const N: usize>() -> Result<[u8; N], Failed> {
    chance::random().ok_or(Failed::NotWritten)
}

async fn gate(id: ProfileId, key: &ProfileKey, pin: &Pin, reading: &ReadingSecret) -> Result<Gate, Failed> {
    let (reading, chance) = (reading.public().ok_or(Failed::NotWritten)?, drawn()?);
    painted().await;
    close(id, (key, pin), Cost::NEW, reading, &chance).map_err(|_| Failed::NotWritten)
}

fn reading_value(secret: &ReadingSecret) -> Value {
    to_base64url(&secret.to_bytes()).into()
}

/// Gives the profile in use its first PIN: all that is secret of it is sealed, in one transaction.
///
/// # Errors
/// All is as it was.
pub async fn set_first(app: AppState, pin: Pin) -> Result<(), Failed> {
    let store = app.store().ok_or(Failed::NotReady)?;
    let id = list::open_or_first(app).await?;
    let key = ProfileKey::new(drawn()?);
    let (reading, is_new) = match signer::kept_reading_secret(app, &store).await? {
        Some(kept) => (kept, false),
        None => (ReadingSecret::derive(&drawn()?), true),
    };
    let gate = gate(id, &key, &pin, &reading).await?;
    let mut values = secret::all_under(app, &store, &key, id).await?;
    if is_new {
        let sealed = secret::dress(Some(&key), id, secret::READING, &reading_value(&reading))?;
        values.push((value_name(id, secret::READING), Some(sealed)));
    }
    list::change_one(app, id, move |profile| match profile.gate {
        Some(_) => Err(Failed::Locked),
        None => {
            profile.gate = Some(gate);
            Ok((values, ()))
        }
    })
    .await?;
    settle_in(app, id, Some(key)).await
}

/// Another PIN for the profile in use, whose key stays.
///
/// # Errors
/// All is as it was.
pub async fn change(app: AppState, pin: Pin) -> Result<(), NotSet> {
    let (id, gate, key) = in_use(app)?;
    let chance = drawn()?;
    painted().await;
    if !matches!(gate.duress.open(id, Slot::Duress, &pin), Ok(None)) {
        return Err(NotSet::Same);
    }
    let lock = Lock::close(id, Slot::Key, (&key, &pin), Cost::NEW, &chance).map_err(|_| Failed::NotWritten)?;
    Ok(change_gate(app, id, |gate| gate.pin = lock).await?)
}

/// The PIN that erases, or none.
///
/// # Errors
/// All is as it was.
pub async fn set_duress(app: AppState, pin: Option<Pin>) -> Result<(), NotSet> {
    let (id, gate, _) = in_use(app)?;
    let chance = drawn()?;
    painted().await;
    let lock = match pin {
        None => Lock::decoy(Cost::NEW, &chance),
        Some(pin) if matches!(gate.pin.open(id, Slot::Key, &pin), Ok(None)) => {
            let nothing = ProfileKey::new(drawn()?);
            Lock::close(id, Slot::Duress, (&nothing, &pin), Cost::NEW, &chance).map_err(|_| Failed::NotWritten)?
        }
        Some(_) => return Err(NotSet::Same),
    };
    Ok(change_gate(app, id, |gate| gate.duress = lock).await?)
}

/// After how many minutes the profile in use locks.
///
/// # Errors
/// All is as it was.
pub async fn set_idle(app: AppState, minutes: u32) -> Result<(), Failed> {
    let (id, ..) = in_use(app)?;
    change_gate(app, id, move |gate| gate.idle_minutes = minutes).await
}

async fn change_gate(app: AppState, id: ProfileId, change: impl FnOnce(&mut Gate) + 'static) -> Result<(), Failed> {
    list::change_one(app, id, |profile| {
        change(profile.gate.as_mut().ok_or(Failed::NotReady)?);
        Ok((Values::new(), ()))
    })
    .await
}

/// The profile in use, if it has a PIN.
pub(super) fn in_use(app: AppState) -> Result<(ProfileId, Gate, ProfileKey), Failed> {
    let id = super::open(app)?.ok_or(Failed::NotReady)?;
    let gate = app.profiles.with_untracked(|list| list.as_ref()?.get(id)?.gate.clone());
    Ok((id, gate.ok_or(Failed::NotReady)?, app.profile_key().ok_or(Failed::Locked)?))
}

/// Another sign for the profile in use.
///
/// # Errors
/// All is as it was.
pub async fn set_sign(app: AppState, sign: Sign) -> Result<(), Failed> {
    let id = list::open_or_first(app).await?;
    list::change(app, move |list| {
        let mut list = list.ok_or(Failed::NotReady)?;
        if list.free_signs().any(|free| free == sign) {
            list.get_mut(id).ok_or(Failed::NotReady)?.sign = sign;
        }
        Ok(Changed { list: Some(list), values: Values::new(), said: () })
    })
    .await
}

/// A new profile with its PIN, made the one in use. Nothing of it is ever kept in plain.
///
/// # Errors
/// There is none.
pub async fn add(app: AppState, sign: Sign, pin: Pin) -> Result<(), Failed> {
    let (id, key, reading) = (ProfileId(drawn()?), ProfileKey::new(drawn()?), ReadingSecret::derive(&drawn()?));
    let gate = gate(id, &key, &pin, &reading).await?;
    let sealed = secret::dress(Some(&key), id, secret::READING, &reading_value(&reading))?;
    let profile = Profile { id, sign, seat: None, gate: Some(gate) };
    list::change(app, move |list| {
        let values = vec![(value_name(id, secret::READING), Some(sealed))];
        let list = match list {
            None => Profiles::first(profile),
            Some(mut list) if list.list.len() < MOST_PROFILES && list.free_signs().any(|free| free == sign) => {
                list.list.push(profile);
                list
            }
            Some(_) => return Err(Failed::NotWritten),
        };
        Ok(Changed { list: Some(list), values, said: () })
    })
    .await?;
    settle_in(app, id, Some(key)).await
}

/// Removes the profile in use with its keys and its seat. What it wrote stays, and goes out with whatever seat is used next.
///
/// # Errors
/// All is as it was.
pub async fn remove(app: AppState) -> Result<(), Failed> {
    let (store, id) = (app.store().ok_or(Failed::NotReady)?, super::open(app)?.ok_or(Failed::NotReady)?);
    let place = signer::kept_place(app, &store).await?;
    let passkey = app.profile_now().and_then(|profile| profile.gate?.passkey);
    let left = list::change(app, move |list| {
        let values = secret::ALL.into_iter().map(|name| (value_name(id, name), None)).collect();
        let list = list.and_then(|list| list.without(id));
        let said = list.as_ref().map(|list| list.current);
        Ok(Changed { list, values, said })
    })
    .await?;
    passkey::disown(passkey.as_ref());
    if let Some(place) = place {
        store.forget_key(&place).await?;
    }
    unlock::lock(app);
    app.access.set(left.map_or(Access::Free, Access::Locked));
    seat::show_locked(app);
    vigil::tell_locked(app);
    view::refresh(app);
    Ok(())
}
