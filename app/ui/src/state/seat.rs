//! The seat of this phone: taking it up, keeping it, giving it back.

use super::profile::{Access, list, secret};
use super::{AppState, signer, view};
use crate::command::Failed;
use civmesh_domain::id::Account;
use civmesh_domain::personnel::credential::{Grant, Scope};
use civmesh_domain::personnel::invitation::SeatKey;
use civmesh_domain::personnel::profile::value_name;
use civmesh_store::phone::PhoneStore;
use civmesh_sync::error::SyncError;
use civmesh_sync::fetch::FetchHub;
use civmesh_sync::held::{HeldSeat, read_secret};
use civmesh_sync::seat::Seat;
use civmesh_sync::session;
use leptos::prelude::*;
use std::sync::Arc;

/// Why a seat could not be taken up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotTaken {
    /// The account's name is not one.
    BadAccount,
    /// The password is empty.
    NoPassword,
    /// The hub knows no such account, or the password is wrong.
    Refused,
    /// Too many wrong passwords: the account is locked for some minutes.
    Locked,
    /// There is no network, and no credential of this seat is on the phone.
    Unreachable,
    /// The phone could not keep it.
    NotKept,
}

/// Takes up a seat: by the hub where there is a network, else by its credential if that is on the phone.
pub async fn take_up(app: AppState, account: &str, password: &str) -> Result<(), NotTaken> {
    let account: Account = account.trim().to_lowercase().parse().map_err(|_| NotTaken::BadAccount)?;
    let password = password.trim().to_lowercase();
    if password.is_empty() {
        return Err(NotTaken::NoPassword);
    }
    let region = app.region.get_untracked().ok_or(NotTaken::NotKept)?.manifest.region;
    let hub_roles = match session::log_in(&FetchHub::default(), &account, &password).await {
        Ok(roles) => roles,
        Err(SyncError::SeatRefused) => return Err(NotTaken::Refused),
        Err(SyncError::Locked) => return Err(NotTaken::Locked),
        Err(_) => by_credential(app, &account, &password).await.ok_or(NotTaken::Unreachable)?,
    };
    keep(app, Some(HeldSeat::with_seat_key(account, password, region, hub_roles))).await.map_err(|_| NotTaken::NotKept)
}

/// The roles that the credential of this seat gives, by their names on the hub.
async fn by_credential(app: AppState, account: &Account, password: &str) -> Option<Vec<String>> {
    let region = app.region.get_untracked()?;
    let trust = view::trust(&app.store()?, &region).await?;
    let device = Seat::new(account.clone(), password.to_owned(), region.manifest.region, &[]).device;
    trust.credentials_of(&device).next().map(|credential| hub_roles(&credential.grant))
}

/// The roles that an account with this grant has, by their names on the hub.
fn hub_roles(grant: &Grant) -> Vec<String> {
    let nodes = match &grant.scope {
        Scope::All => Vec::new(),
        Scope::Nodes(nodes) => nodes.iter().map(|node| format!("node:{node}")).collect(),
    };
    grant.roles.iter().map(|role| role.name().to_owned()).chain(nodes).collect()
}

/// Takes up the seat that came with an admission, for the device's own key.
pub async fn take_up_own(app: AppState, seat: SeatKey, grant: &Grant) -> Result<(), Failed> {
    keep(app, Some(HeldSeat::with_device_key(seat.account, seat.password, grant.region, hub_roles(grant), grant.device))).await
}

/// Gives the seat back: the phone forgets it. What was written stays, and waits where it was not sent.
pub async fn give_back(app: AppState) -> Result<(), Failed> {
    keep(app, None).await
}

async fn keep(app: AppState, seat: Option<HeldSeat>) -> Result<(), Failed> {
    let store = app.store().ok_or(Failed::NotReady)?;
    let id = list::open_or_first(app).await?;
    let (view, password) = (seat.as_ref().map(HeldSeat::to_view), seat.as_ref().and_then(HeldSeat::secret));
    let password = password.map(|password| secret::dress(app.profile_key().as_ref(), id, secret::SEAT, &password)).transpose()?;
    list::change_one(app, id, move |profile| {
        profile.seat = view;
        Ok((vec![(value_name(id, secret::SEAT), password)], ()))
    })
    .await?;
    session::forget_refusal(&store).await.map_err(|_| Failed::NotWritten)?;
    app.forget_signer();
    read(app, &store).await;
    super::sync::nudge(app);
    Ok(())
}

/// Takes note of the roles that the hub gives the seat now.
pub async fn note_roles(app: AppState, hub_roles: &[String]) {
    let Some(held) = app.seat.get_untracked().and_then(|held| held.with_roles(hub_roles)) else { return };
    if let Access::Open(id) | Access::Locked(id) = app.access.get_untracked() {
        let view = held.to_view();
        let noted = list::change_one(app, id, move |profile| {
            // Another seat may have been taken up meanwhile.
            let is_same = profile.seat.as_ref().is_some_and(|seat| seat.account == view.account);
            profile.seat = if is_same { Some(view) } else { profile.seat.take() };
            Ok((Vec::new(), ()))
        });
        // What can't be kept now is noted again in the next round.
        let _again = noted.await;
    }
    app.seat.set(Some(Arc::new(held)));
}

/// Reads the seat of the profile in use, with its password unless that is locked away.
pub async fn read(app: AppState, store: &PhoneStore) {
    let password = match app.access.get_untracked() {
        Access::Open(_) => secret::read(app, store, secret::SEAT).await.ok().flatten().and_then(read_secret),
        _ => None,
    };
    show(app, password);
    know_oneself(app, store).await;
}

/// Shows the seat of the profile that is locked, as far as it is known without the PIN.
pub fn show_locked(app: AppState) {
    show(app, None);
    app.me.set(app.seat.get_untracked().map(|seat| seat.device));
}

fn show(app: AppState, password: Option<String>) {
    let (Access::Open(id) | Access::Locked(id)) = app.access.get_untracked() else { return app.seat.set(None) };
    let seat = app.profiles.with_untracked(|list| HeldSeat::of_profile(list.as_ref()?, id, password));
    app.seat.set(seat.map(Arc::new));
}

/// Notes the key with which this phone signs, if it has one yet.
pub async fn know_oneself(app: AppState, store: &PhoneStore) {
    app.me.set(signer::known(app, store).await);
}
