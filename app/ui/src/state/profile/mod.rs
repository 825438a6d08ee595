//! The profiles of this phone: which one is in use, and whether its secrets are open. Several people share a phone; what names people is
//! sealed for each of them by itself (docs/formats/profile.md).
//!
//! # Layout
//! - [`list`]: the list as it is kept, and changing it.
//! - [`secret`]: what is kept for one profile only.
//! - [`unlock`]: PINs, and waiting after wrong ones.
//! - [`pin`]: choosing PINs, adding and removing profiles.
//! - [`passkey`]: the other way in, beside a PIN.
//! - [`parts`]: no part lies plain where there is a PIN.
//! - [`vigil`]: locking by time, and what other tabs say.
//! - [`erase`]: the PIN that erases.
//! - [`before`]: phones from before there were profiles.

pub mod before;
pub mod erase;
pub mod list;
pub mod parts;
pub mod passkey;
pub mod pin;
pub mod secret;
pub mod unlock;
pub mod vigil;

use super::signer::Signer;
use super::{AppState, seat};
use crate::command::Failed;
use civmesh_domain::id::DeviceKey;
use civmesh_domain::personnel::profile::idle::Moment;
use civmesh_domain::personnel::profile::lock::ProfileKey;
use civmesh_domain::personnel::profile::{Profile, ProfileId, Profiles};
use civmesh_store::phone::PhoneStore;
use leptos::prelude::*;
use std::sync::Arc;

/// Whether what staff do is open to whoever has the phone in hand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Access {
    /// Not known before the store was read.
    #[default]
    Unknown,
    /// Nobody has a profile here.
    Free,
    /// This profile is in use.
    Open(ProfileId),
    /// This profile was in use last, and waits for its PIN.
    Locked(ProfileId),
}

/// What is in memory only, and only while a profile is open.
#[derive(Default)]
pub struct Vault {
    /// The key of a profile with a PIN.
    key: Option<ProfileKey>,
    /// The key that signs, once it was needed, and the seat's device for which it does: another seat has another key.
    pub(super) signer: Option<(Option<DeviceKey>, Signer)>,
    /// When somebody last touched the screen.
    touched: Option<Moment>,
    /// Since when the app is out of sight.
    unseen: Option<Moment>,
}

/// Reads who shares this phone, and opens the profile that was used last unless it has a PIN.
pub async fn begin(app: AppState, store: &PhoneStore) {
    // What could not be ended or moved now is tried again when the app opens next.
    let _next_time = (erase::go_on(store).await, before::move_in(app, store).await);
    let list = list::read(store).await.ok().flatten();
    let access = match list.as_ref().and_then(Profiles::current) {
        None => Access::Free,
        Some(Profile { id, gate: Some(_), .. }) => Access::Locked(*id),
        Some(Profile { id, gate: None, .. }) => Access::Open(*id),
    };
    app.profiles.set(list.map(Arc::new));
    app.access.set(access);
    seat::read(app, store).await;
    vigil::start(app);
}

/// Takes note of what another tab made of the list.
pub async fn look_again(app: AppState, store: &PhoneStore) {
    let Ok(list) = list::read(store).await else { return };
    let has_gate = |id| list.as_ref().is_some_and(|list| list.get(id).is_some_and(|profile| profile.gate.is_some()));
    let is_shut = matches!(app.access.get_untracked(), Access::Open(id) if has_gate(id) && app.profile_key().is_none());
    if app.profiles.with_untracked(|known| known.as_deref() != list.as_ref()) {
        app.profiles.set(list.map(Arc::new));
    }
    // It has a PIN now: whoever set it has the key, and this tab has not.
    if is_shut {
        unlock::lock(app);
    }
}

impl AppState {
    /// Whether a PIN is asked for.
    pub fn is_locked(self) -> bool {
        matches!(self.access.get(), Access::Locked(_))
    }

    /// The profile in use, or that was in use last.
    pub fn profile(self) -> Option<Profile> {
        let (Access::Open(id) | Access::Locked(id)) = self.access.get() else { return None };
        self.profiles.with(|list| list.as_ref()?.get(id).cloned())
    }

    /// The same, for what does not follow it.
    pub fn profile_now(self) -> Option<Profile> {
        let (Access::Open(id) | Access::Locked(id)) = self.access.get_untracked() else { return None };
        self.profiles.with_untracked(|list| list.as_ref()?.get(id).cloned())
    }

    /// The key under which the secrets of the profile in use lie, where it has a PIN.
    pub(super) fn profile_key(self) -> Option<ProfileKey> {
        self.vault.with_value(|vault| vault.key.clone())
    }
}

/// The profile whose secrets may be read and written; `None` where nobody has one yet.
fn open(app: AppState) -> Result<Option<ProfileId>, Failed> {
    match app.access.get_untracked() {
        Access::Unknown | Access::Free => Ok(None),
        Access::Open(id) => Ok(Some(id)),
        Access::Locked(_) => Err(Failed::Locked),
    }
}
