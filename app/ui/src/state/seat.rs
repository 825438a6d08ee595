//! The seat of this phone: taking it up, keeping it, giving it back.

use super::{AppState, signer, view};
use civmesh_domain::id::{Account, DeviceKey, NodeId, RegionId};
use civmesh_domain::personnel::credential::{Grant, Scope};
use civmesh_domain::personnel::invitation::SeatKey;
use civmesh_domain::personnel::role::Role;
use civmesh_domain::personnel::seat::{device_seed, reading_secret};
use civmesh_domain::seal::ReadingSecret;
use civmesh_store::idb::IdbStore;
use civmesh_store::{Result, Store, StoreError};
use civmesh_sync::error::SyncError;
use civmesh_sync::fetch::FetchHub;
use civmesh_sync::seat::{Seat, read_roles};
use civmesh_sync::session;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

const META: &str = "seat";

/// Whose key signs for a seat.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum KeyOf {
    /// The key that is derived from account and password, for seats that come with their credential.
    #[default]
    Seat,
    /// The device's own, which never leaves it.
    Device,
}

/// A seat as it is kept: with the roles' names as the hub gave them.
#[derive(Clone, Serialize, Deserialize)]
pub struct HeldSeat {
    /// The account.
    pub account: Account,
    /// Its password: the seat logs in by itself, so it has to be here.
    password: String,
    /// The region.
    pub region: RegionId,
    /// Roles and nodes by their names on the hub.
    hub_roles: Vec<String>,
    /// Whose key signs for it.
    #[serde(default)]
    pub key: KeyOf,
    /// The device's own key, where that one signs.
    #[serde(default)]
    device: Option<DeviceKey>,
}

impl HeldSeat {
    /// The seat as sync knows it.
    pub fn to_seat(&self) -> Seat {
        let seat = Seat::new(self.account.clone(), self.password.clone(), self.region, &self.hub_roles);
        Seat { device: self.device.unwrap_or(seat.device), ..seat }
    }

    /// The seed of its device key.
    pub fn seed(&self) -> [u8; 32] {
        device_seed(&self.account, &self.password)
    }

    /// The secret that opens what is sealed to it.
    pub fn reading_secret(&self) -> ReadingSecret {
        reading_secret(&self.account, &self.password)
    }

    /// Whether it has this role.
    pub fn has(&self, role: Role) -> bool {
        read_roles(&self.hub_roles).0.contains(role)
    }

    /// Its highest role.
    pub fn role(&self) -> Option<Role> {
        [Role::Coordinator, Role::Manager, Role::Volunteer].into_iter().find(|&role| self.has(role))
    }

    /// Its nodes; empty for a coordinator, who has all.
    pub fn nodes(&self) -> Vec<NodeId> {
        match read_roles(&self.hub_roles).1 {
            Scope::All => Vec::new(),
            Scope::Nodes(nodes) => nodes,
        }
    }

    /// Whether it is for this node.
    pub fn is_for(&self, node: &NodeId) -> bool {
        match read_roles(&self.hub_roles).1 {
            Scope::All => true,
            Scope::Nodes(nodes) => nodes.contains(node),
        }
    }
}

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
pub async fn take_up(app: AppState, account: &str, password: &str) -> std::result::Result<(), NotTaken> {
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
    let held = HeldSeat { account, password, region, hub_roles, key: KeyOf::Seat, device: None };
    keep(app, Some(held)).await.map_err(|_| NotTaken::NotKept)
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
pub async fn take_up_own(app: AppState, seat: SeatKey, grant: &Grant) -> Result<()> {
    let held = HeldSeat {
        account: seat.account,
        password: seat.password,
        region: grant.region,
        hub_roles: hub_roles(grant),
        key: KeyOf::Device,
        device: Some(grant.device),
    };
    keep(app, Some(held)).await
}

/// Gives the seat back: the phone forgets it. What was written stays, and waits where it was not sent.
pub async fn give_back(app: AppState) -> Result<()> {
    keep(app, None).await
}

async fn keep(app: AppState, seat: Option<HeldSeat>) -> Result<()> {
    let store = app.store().ok_or_else(|| StoreError::Unreachable("not open".to_owned()))?;
    // A seat is plain data: it can always be written as JSON.
    let value = seat.as_ref().and_then(|seat| serde_json::to_value(seat).ok());
    store.set_meta(META, value).await?;
    session::forget_refusal(&store).await.map_err(|_| StoreError::Unreachable("refusal".to_owned()))?;
    app.seat.set(seat.map(Arc::new));
    know_oneself(app, &store).await;
    super::sync::nudge(app);
    Ok(())
}

/// Takes note of the roles that the hub gives the seat now.
pub async fn note_roles(app: AppState, hub_roles: &[String]) {
    let Some(held) = app.seat.get_untracked().filter(|held| held.hub_roles != hub_roles) else { return };
    let held = HeldSeat { hub_roles: hub_roles.to_vec(), ..(*held).clone() };
    if let (Some(store), Ok(value)) = (app.store(), serde_json::to_value(&held)) {
        // What can't be kept now is noted again in the next round.
        let _again = store.set_meta(META, Some(value)).await;
    }
    app.seat.set(Some(Arc::new(held)));
}

/// Reads the seat that is kept.
pub async fn read(app: AppState, store: &IdbStore) {
    if let Ok(Some(value)) = store.meta(META).await {
        app.seat.set(serde_json::from_value::<HeldSeat>(value).ok().map(Arc::new));
    }
    know_oneself(app, store).await;
}

/// Notes the key with which this phone signs, if it has one yet.
pub async fn know_oneself(app: AppState, store: &IdbStore) {
    app.me.set(signer::known(app, store).await);
}
