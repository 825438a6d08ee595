//! PINs: what is tried is noted before it is tried, and what opens stays in memory only.

use super::list::{self, Values};
use super::{Access, AppState, Vault, erase, parts, vigil};
use crate::command::Failed;
use crate::state::{seat, sync, view};
use civmesh_domain::personnel::profile::lock::ProfileKey;
use civmesh_domain::personnel::profile::pin::Pin;
use civmesh_domain::personnel::profile::tries::Tries;
use civmesh_domain::personnel::profile::{Opened, ProfileId};
use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;
use std::sync::Arc;

/// A frame or two, in milliseconds.
const PAINT: u32 = 40;

/// What became of a PIN.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tried {
    /// The profile is open. So many wrong ones were tried before.
    Open(u32),
    /// It was the PIN that erases; the page starts anew.
    Erased,
    /// It was wrong.
    Wrong,
    /// There is something left to wait: it was not tried.
    Wait,
    /// The phone could not read or write what it takes.
    Failed,
}

/// What a PIN opened.
pub enum Key {
    /// The profile's key. So many wrong ones were tried before.
    Of(ProfileKey, u32),
    /// Nothing.
    Not(Tried),
}

/// Tries a PIN of a profile, noting the try first.
pub async fn try_pin(app: AppState, id: ProfileId, pin: &Pin) -> Key {
    let noted = list::change_one(app, id, |profile| {
        let gate = profile.gate.as_mut().ok_or(Failed::NotReady)?;
        let before = gate.tries;
        let next = before.next();
        gate.tries = next.unwrap_or(before);
        Ok((Values::new(), next.map(|_| (gate.clone(), before.failed))))
    });
    let (gate, failed) = match noted.await {
        Ok(Some(noted)) => noted,
        Ok(None) => return Key::Not(Tried::Wait),
        Err(_) => return Key::Not(Tried::Failed),
    };
    // It takes half a second: what is said meanwhile is to be on the screen first.
    painted().await;
    match gate.open(id, pin) {
        Ok(Opened::Key(key)) => Key::Of(key, failed),
        Ok(Opened::Duress) if erase::erase(app).await => Key::Not(Tried::Erased),
        Ok(Opened::Wrong) => Key::Not(Tried::Wrong),
        Ok(Opened::Duress) | Err(_) => Key::Not(Tried::Failed),
    }
}

/// Comes back once what is on the screen was painted: what follows keeps the page busy for half a second.
pub(super) async fn painted() {
    TimeoutFuture::new(PAINT).await;
}

/// Forgives the tries of a profile whose PIN was right.
pub async fn forgive(app: AppState, id: ProfileId) -> Result<(), Failed> {
    list::change_one(app, id, |profile| {
        profile.gate.iter_mut().for_each(|gate| gate.tries = Tries::default());
        Ok((Values::new(), ()))
    })
    .await
}

/// Opens a profile by its PIN.
pub async fn enter(app: AppState, id: ProfileId, pin: &Pin) -> Tried {
    match try_pin(app, id, pin).await {
        Key::Not(tried) => tried,
        Key::Of(key, failed) => match settle_in(app, id, Some(key)).await {
            Ok(()) => Tried::Open(failed),
            Err(_) => Tried::Failed,
        },
    }
}

/// Opens a profile that has no PIN.
///
/// # Errors
/// It can't be read, or has one.
pub async fn enter_freely(app: AppState, id: ProfileId) -> Result<(), Failed> {
    let has_gate = app.profiles.with_untracked(|list| list.as_ref().and_then(|list| list.get(id)?.gate.as_ref()).is_some());
    if has_gate { Err(Failed::Locked) } else { settle_in(app, id, None).await }
}

/// Makes a profile the one in use.
pub(super) async fn settle_in(app: AppState, id: ProfileId, key: Option<ProfileKey>) -> Result<(), Failed> {
    list::change(app, move |list| {
        let mut list = list.ok_or(Failed::NotReady)?;
        list.current = id;
        let profile = list.get_mut(id).ok_or(Failed::NotReady)?;
        profile.gate.iter_mut().for_each(|gate| gate.tries = Tries::default());
        Ok(list::Changed { list: Some(list), values: Values::new(), said: () })
    })
    .await?;
    app.vault.update_value(|vault| vault.take_in(key));
    app.access.set(Access::Open(id));
    vigil::tell_opened(app, id);
    let store = app.store().ok_or(Failed::NotReady)?;
    seat::read(app, &store).await;
    parts::seal_plain(app).await;
    // What can't be read now is read with the next change.
    let _later = view::read(app).await;
    sync::nudge(app);
    Ok(())
}

/// Locks: what was open in memory is gone, what stood on the screens is covered.
pub fn lock(app: AppState) {
    let Access::Open(id) = app.access.get_untracked() else { return };
    app.vault.update_value(Vault::forget);
    app.access.set(Access::Locked(id));
    app.keys.set_value(Arc::default());
    app.names.set(Arc::default());
    seat::show_locked(app);
    vigil::close_sheets();
    // Names that were open are read anew, and found closed.
    view::refresh(app);
}

/// Locks all tabs, because somebody said so.
pub fn lock_everywhere(app: AppState) {
    lock(app);
    vigil::tell_locked(app);
}

impl Vault {
    fn take_in(&mut self, key: Option<ProfileKey>) {
        self.forget();
        self.key = key;
        self.touched = Some(vigil::moment());
    }

    fn forget(&mut self) {
        (self.key, self.signer, self.touched) = (None, None, None);
    }
}
