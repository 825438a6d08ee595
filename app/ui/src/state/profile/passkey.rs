//! A passkey beside the PIN of a profile: adding it, removing it, and coming in by it.

use super::list::{self, Values};
use super::pin::in_use;
use super::unlock::settle_in;
use super::{Access, AppState};
use crate::command::Failed;
use crate::device::chance;
use crate::device::passkey::{self, NotGiven};
use crate::locale::lock::sign;
use civmesh_domain::personnel::profile::lock::ProfileKey;
use civmesh_domain::personnel::profile::passkey::{Passkey, Secret};
use civmesh_domain::personnel::profile::{Gate, ProfileId};
use leptos::prelude::*;

/// Why there is no passkey, or it opened nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// The person cancelled, or was not recognised.
    Cancelled,
    /// The device gives no secret, or not the one that opens the profile.
    Unable,
    /// The phone could not read or write what it takes.
    Failed(Failed),
}

impl From<NotGiven> for Refused {
    fn from(not_given: NotGiven) -> Self {
        match not_given {
            NotGiven::Cancelled => Self::Cancelled,
            NotGiven::Unable => Self::Unable,
        }
    }
}

impl From<Failed> for Refused {
    fn from(failed: Failed) -> Self {
        Self::Failed(failed)
    }
}

/// Adds a passkey to the profile in use, which has a PIN. Whoever calls has asked for the PIN.
///
/// # Errors
/// All is as it was.
pub async fn add(app: AppState) -> Result<(), Refused> {
    let (id, ..) = in_use(app)?;
    let salt = chance::random().ok_or(Failed::NotWritten)?;
    // The device shows it in its list, and may take it to the account of its owner: the sign, as on the locked phone, and never a name.
    let name = app.profile_now().map_or("", |profile| sign(profile.sign).get(app.language.get_untracked()));
    let made = passkey::make(name, &salt).await?;
    let kept = async {
        let given = match made.secret {
            Some(secret) => Some(secret),
            None => passkey::ask(&made.credential, &salt).await?,
        };
        keep(app, id, made.credential.clone(), salt, &given.ok_or(Refused::Unable)?).await
    };
    let kept = kept.await;
    if kept.is_err() {
        passkey::disown(&made.credential);
    }
    kept
}

async fn keep(app: AppState, id: ProfileId, credential: Vec<u8>, salt: [u8; 32], secret: &Secret) -> Result<(), Refused> {
    // While the device asked the profile may have locked.
    let (_, _, key) = in_use(app).ok().filter(|(now, ..)| *now == id).ok_or(Failed::Locked)?;
    let nonce = chance::random().ok_or(Failed::NotWritten)?;
    let closed = Passkey::close(id, (&key, secret), credential, salt, nonce).ok_or(Refused::Unable)?;
    let kept = list::change_one(app, id, |profile| {
        let gate = profile.gate.as_mut().filter(|gate| gate.passkey.is_none()).ok_or(Failed::NotWritten)?;
        gate.passkey = Some(closed);
        Ok((Values::new(), ()))
    });
    Ok(kept.await?)
}

/// Removes the passkey of the profile in use; the PIN stays.
///
/// # Errors
/// All is as it was.
pub async fn remove(app: AppState) -> Result<(), Failed> {
    let (id, ..) = in_use(app)?;
    let gone = list::change_one(app, id, |profile| {
        let gate = profile.gate.as_mut().ok_or(Failed::NotReady)?;
        Ok((Values::new(), gate.passkey.take()))
    });
    disown(gone.await?.as_ref());
    Ok(())
}

/// Tells the device that a passkey is of no use any more.
pub(super) fn disown(passkey: Option<&Passkey>) {
    if let Some(Passkey { credential, .. }) = passkey {
        passkey::disown(credential);
    }
}

/// Opens a profile by its passkey: how many wrong PINs were tried before. It is neither slowed down nor counted as a try: nobody guesses the
/// secret of an authenticator, which has its own way with fingers that it does not know.
///
/// # Errors
/// It stays locked, and the PIN opens it.
pub async fn enter(app: AppState, id: ProfileId) -> Result<u32, Refused> {
    let known = app.profiles.with_untracked(|list| list.as_ref()?.get(id)?.gate.as_ref()?.passkey.clone()).ok_or(Failed::NotReady)?;
    // Nothing is waited for before this: some browsers ask only right after a touch.
    let secret = passkey::ask(&known.credential, &known.salt).await?.ok_or(Refused::Unable)?;
    let (gate, key) = open(app, id, &known, &secret).await?;
    // Somebody came in by a PIN while the device asked.
    if matches!(app.access.get_untracked(), Access::Open(_)) {
        return Err(Refused::Cancelled);
    }
    settle_in(app, id, Some(key)).await?;
    Ok(gate.tries.failed)
}

/// What the secret opens, as the profile is kept by now: another tab may have removed the passkey.
async fn open(app: AppState, id: ProfileId, known: &Passkey, secret: &Secret) -> Result<(Gate, ProfileKey), Refused> {
    let store = app.store().ok_or(Failed::NotReady)?;
    let list = list::read(&store).await.map_err(Failed::from)?;
    let gate = list.as_ref().and_then(|list| list.get(id)?.gate.clone()).ok_or(Failed::NotReady)?;
    let passkey = gate.passkey.as_ref().filter(|passkey| *passkey == known).ok_or(Refused::Unable)?;
    let key = passkey.open(id, secret).ok_or(Refused::Unable)?;
    Ok((gate, key))
}
