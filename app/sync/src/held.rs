//! The seat as the phone holds it, for the app and for the worker that syncs while the app is closed.
//!
//! All but the password may be read while the phone is locked. Without it the seat is known all the same, and syncs for as long as its
//! session at the hub lasts.

use crate::seat::{Seat, read_roles};
use civmesh_domain::id::{Account, DeviceKey, NodeId, RegionId};
use civmesh_domain::personnel::credential::Scope;
use civmesh_domain::personnel::role::Role;
use civmesh_domain::personnel::seat::{device_seed, reading_secret};
use civmesh_domain::seal::ReadingSecret;
use civmesh_store::{Result, Store};
use serde::{Deserialize, Serialize};
use std::fmt;

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
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Stored")]
pub struct HeldSeat {
    /// The account.
    pub account: Account,
    /// Its password: the seat logs in by itself, so it has to be here. `None` while it is locked away.
    #[serde(skip_serializing_if = "Option::is_none")]
    password: Option<String>,
    /// The region.
    pub region: RegionId,
    /// Roles and nodes by their names on the hub.
    hub_roles: Vec<String>,
    /// Whose key signs for it.
    pub key: KeyOf,
    /// The public half of that key.
    pub device: DeviceKey,
}

/// What may be stored: before the public key was kept with every seat, it followed from the password.
#[derive(Deserialize)]
struct Stored {
    account: Account,
    #[serde(default)]
    password: Option<String>,
    region: RegionId,
    hub_roles: Vec<String>,
    #[serde(default)]
    key: KeyOf,
    #[serde(default)]
    device: Option<DeviceKey>,
}

impl TryFrom<Stored> for HeldSeat {
    type Error = &'static str;

    fn try_from(stored: Stored) -> std::result::Result<Self, Self::Error> {
        let Stored { account, password, region, hub_roles, key, device } = stored;
        let derived = || password.as_ref().map(|password| Seat::new(account.clone(), password.clone(), region, &[]).device);
        let device = device.or_else(derived).ok_or("a seat with neither key nor password")?;
        Ok(Self { account, password, region, hub_roles, key, device })
    }
}

impl fmt::Debug for HeldSeat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The password never reaches a log.
        f.debug_struct("HeldSeat").field("account", &self.account).field("hub_roles", &self.hub_roles).finish_non_exhaustive()
    }
}

impl HeldSeat {
    /// A seat whose key is derived from its password.
    pub fn with_seat_key(account: Account, password: String, region: RegionId, hub_roles: Vec<String>) -> Self {
        let device = Seat::new(account.clone(), password.clone(), region, &[]).device;
        Self { account, password: Some(password), region, hub_roles, key: KeyOf::Seat, device }
    }

    /// A seat for which the device's own key signs.
    pub fn with_device_key(account: Account, password: String, region: RegionId, hub_roles: Vec<String>, device: DeviceKey) -> Self {
        Self { account, password: Some(password), region, hub_roles, key: KeyOf::Device, device }
    }

    /// The same seat with the roles that the hub gives it now; `None` where these are the ones that are known.
    pub fn with_roles(&self, hub_roles: &[String]) -> Option<Self> {
        (self.hub_roles != hub_roles).then(|| Self { hub_roles: hub_roles.to_vec(), ..self.clone() })
    }

    /// The seat as sync knows it.
    pub fn to_seat(&self) -> Seat {
        let (roles, nodes) = read_roles(&self.hub_roles);
        let Self { account, password, region, device, .. } = self.clone();
        Seat { account, password, region, roles, nodes, device }
    }

    /// The seed of the key that comes with the seat; `None` while the password is locked away.
    pub fn seed(&self) -> Option<[u8; 32]> {
        self.password.as_ref().map(|password| device_seed(&self.account, password))
    }

    /// The secret that opens what is sealed to the seat; `None` while the password is locked away.
    pub fn reading_secret(&self) -> Option<ReadingSecret> {
        self.password.as_ref().map(|password| reading_secret(&self.account, password))
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

/// Reads the seat that is kept. One that can't be read counts as none: it can be taken up again.
///
/// # Errors
/// What the store says.
pub async fn read<S: Store>(store: &S) -> Result<Option<HeldSeat>> {
    Ok(store.meta(META).await?.and_then(|value| serde_json::from_value(value).ok()))
}

/// Keeps a seat, or none.
///
/// # Errors
/// What the store says.
pub async fn keep<S: Store>(store: &S, seat: Option<&HeldSeat>) -> Result<()> {
    // A seat is plain data: it can always be written as JSON.
    store.set_meta(META, seat.and_then(|seat| serde_json::to_value(seat).ok())).await
}

#[cfg(test)]
mod tests {
    use super::*;
    use civmesh_store::memory::MemoryStore;
    use futures::executor::block_on;
    use serde_json::{Value, json};

    const REGION: RegionId = RegionId([1; 16]);

    fn read_back(value: Value) -> Option<HeldSeat> {
        let store = MemoryStore::new();
        block_on(async {
            store.set_meta(META, Some(value)).await.unwrap();
            read(&store).await.unwrap()
        })
    }

    fn seat() -> HeldSeat {
        HeldSeat::with_seat_key("seat-1".parse().unwrap(), "secret".to_owned(), REGION, vec!["manager".to_owned(), "node:s001".to_owned()])
    }

    #[test]
    fn a_seat_kept_before_its_key_was_kept_too_is_the_same_seat() {
        let old = json!({ "account": "seat-1", "password": "secret", "region": REGION, "hub_roles": ["manager", "node:s001"] });
        assert_eq!(read_back(old), Some(seat()));
    }

    #[test]
    fn what_is_kept_is_read_back() {
        let device = DeviceKey([7; 32]);
        let own = HeldSeat::with_device_key("seat-2".parse().unwrap(), "secret".to_owned(), REGION, vec!["volunteer".to_owned()], device);
        let store = MemoryStore::new();
        for seat in [Some(seat()), Some(own), None] {
            block_on(keep(&store, seat.as_ref())).unwrap();
            assert_eq!(block_on(read(&store)).unwrap(), seat);
        }
    }

    #[test]
    fn a_seat_without_its_password_is_known_and_can_neither_sign_nor_open() {
        let mut value = serde_json::to_value(seat()).unwrap();
        value.as_object_mut().unwrap().remove("password");
        let locked = read_back(value).unwrap();
        assert_eq!(locked.to_seat(), Seat { password: None, ..seat().to_seat() });
        assert!(locked.seed().is_none() && locked.reading_secret().is_none());
        assert!(locked.has(Role::Manager) && locked.is_for(&"s001".parse().unwrap()));
    }

    #[test]
    fn what_is_no_seat_is_none() {
        for value in [json!(null), json!("seat"), json!({ "account": "seat-1", "region": REGION, "hub_roles": [] })] {
            assert_eq!(read_back(value.clone()), None, "{value}");
        }
    }

    #[test]
    fn the_password_stays_out_of_logs() {
        assert!(!format!("{:?} {:?}", seat(), seat().to_seat()).contains("secret"));
    }
}
