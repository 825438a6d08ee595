//! The seat as the phone holds it, for the app and for the worker that syncs while the app is closed.
//!
//! All but the password may be read while the phone is locked. Without it the seat is known all the same, and syncs for as long as its
//! session at the hub lasts.

use crate::seat::{Seat, read_roles};
use civmesh_domain::id::{Account, DeviceKey, NodeId, ReadingKey, RegionId};
use civmesh_domain::personnel::credential::Scope;
pub use civmesh_domain::personnel::profile::KeyOf;
use civmesh_domain::personnel::profile::{self, Profile, ProfileId, Profiles, SeatView};
use civmesh_domain::personnel::role::Role;
use civmesh_domain::personnel::seat::{device_seed, reading_secret};
use civmesh_domain::seal::ReadingSecret;
use civmesh_store::{Result, Store};
use serde::Deserialize;
use serde_json::{Value, json};
use std::fmt;

/// Under which name the password of a seat is kept, and was the whole seat before there were profiles.
const META: &str = "seat";
const PASSWORD: &str = "password";

/// A seat as it is kept: with the roles' names as the hub gave them.
#[derive(Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "Stored")]
pub struct HeldSeat {
    /// The account.
    pub account: Account,
    /// Its password: the seat logs in by itself, so it has to be here. `None` while it is locked away.
    password: Option<String>,
    /// The region.
    pub region: RegionId,
    /// Roles and nodes by their names on the hub.
    hub_roles: Vec<String>,
    /// Whose key signs for it.
    pub key: KeyOf,
    /// The public half of that key.
    pub device: DeviceKey,
    /// As in [`Seat`].
    at_rest: Option<ReadingKey>,
    /// As in [`Seat`].
    held_back: Vec<ReadingKey>,
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
        Ok(Self { account, password, region, hub_roles, key, device, at_rest: None, held_back: Vec::new() })
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
        Self { account, password: Some(password), region, hub_roles, key: KeyOf::Seat, device, at_rest: None, held_back: Vec::new() }
    }

    /// A seat for which the device's own key signs.
    pub fn with_device_key(account: Account, password: String, region: RegionId, hub_roles: Vec<String>, device: DeviceKey) -> Self {
        Self { account, password: Some(password), region, hub_roles, key: KeyOf::Device, device, at_rest: None, held_back: Vec::new() }
    }

    /// The seat of a profile, with its password if that is at hand.
    pub fn of_profile(profiles: &Profiles, id: ProfileId, password: Option<String>) -> Option<Self> {
        let SeatView { account, region, hub_roles, key, device } = profiles.get(id)?.seat.clone()?;
        let reading = |profile: &Profile| profile.gate.as_ref().map(|gate| gate.reading);
        let at_rest = profiles.get(id).and_then(reading);
        let held_back = profiles.list.iter().filter_map(reading).collect();
        Some(Self { account, password, region, hub_roles, key, device, at_rest, held_back })
    }

    /// All but the password.
    pub fn to_view(&self) -> SeatView {
        let Self { account, region, hub_roles, key, device, .. } = self.clone();
        SeatView { account, region, hub_roles, key, device }
    }

    /// The password as it is kept for one profile; `None` while it is locked away.
    pub fn secret(&self) -> Option<Value> {
        self.password.as_ref().map(|password| json!({ PASSWORD: password }))
    }

    /// The same seat with the roles that the hub gives it now; `None` where these are the ones that are known.
    pub fn with_roles(&self, hub_roles: &[String]) -> Option<Self> {
        (self.hub_roles != hub_roles).then(|| Self { hub_roles: hub_roles.to_vec(), ..self.clone() })
    }

    /// The seat as sync knows it.
    pub fn to_seat(&self) -> Seat {
        let (roles, nodes) = read_roles(&self.hub_roles);
        let Self { account, password, region, device, at_rest, held_back, .. } = self.clone();
        Seat { account, password, region, roles, nodes, device, at_rest, held_back }
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

/// Reads the seat of the profile that was used last, without its password where that lies behind a PIN. One that can't be read counts as
/// none: it can be taken up again.
///
/// # Errors
/// What the store says.
pub async fn read<S: Store>(store: &S) -> Result<Option<HeldSeat>> {
    let Some(kept) = store.meta(profile::NAME).await? else {
        // From before there were profiles: the app moves it when it opens next.
        return Ok(store.meta(META).await?.and_then(|value| serde_json::from_value(value).ok()));
    };
    let Some(profiles) = Profiles::read(kept) else { return Ok(None) };
    let password = match profiles.current() {
        Some(current) if current.gate.is_none() => store.meta(&profile::value_name(current.id, META)).await?.and_then(read_secret),
        _ => None,
    };
    Ok(HeldSeat::of_profile(&profiles, profiles.current, password))
}

/// The password in [`HeldSeat::secret`].
pub fn read_secret(secret: Value) -> Option<String> {
    secret.get(PASSWORD)?.as_str().map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;
    use civmesh_domain::personnel::profile::lock::{Cost, ProfileKey};
    use civmesh_domain::personnel::profile::pin::Pin;
    use civmesh_domain::personnel::profile::sign::Sign;
    use civmesh_store::memory::MemoryStore;
    use futures::executor::block_on;

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

    /// Two people share the phone; the second one's seat is that of `held`, with a PIN or without.
    fn profiles(held: &HeldSeat, with_pin: bool) -> Profiles {
        let gate = |seed: u8| {
            let pin = Pin::typed("274913").unwrap();
            let (id, key, cost) = (ProfileId([seed; 8]), ProfileKey::new([seed; 32]), Cost { memory_kib: 8, passes: 1 });
            profile::close(id, (&key, &pin), cost, ReadingKey([seed; 32]), &[seed; 32]).unwrap()
        };
        let profile = |seed: u8, sign, seat| Profile { id: ProfileId([seed; 8]), sign, seat, gate: None };
        let mut profiles = Profiles::first(Profile { gate: Some(gate(1)), ..profile(1, Sign::Kite, None) });
        profiles.list.push(Profile { gate: with_pin.then(|| gate(2)), ..profile(2, Sign::Drum, Some(held.to_view())) });
        profiles.current = ProfileId([2; 8]);
        profiles
    }

    #[test]
    fn the_seat_of_the_profile_used_last_is_read_with_its_password_unless_that_lies_behind_a_pin() {
        let device = DeviceKey([7; 32]);
        let held = HeldSeat::with_device_key("seat-2".parse().unwrap(), "secret".to_owned(), REGION, vec!["volunteer".to_owned()], device);
        for with_pin in [false, true] {
            let store = MemoryStore::new();
            let profiles = profiles(&held, with_pin);
            let read = block_on(async {
                store.set_meta(profile::NAME, serde_json::to_value(&profiles).ok()).await.unwrap();
                // Whoever sets a PIN seals it; even if it still lay there, it would not be read.
                store.set_meta(&profile::value_name(profiles.current, META), held.secret()).await.unwrap();
                read(&store).await.unwrap().unwrap().to_seat()
            });
            let password = (!with_pin).then(|| "secret".to_owned());
            let (first, own) = (ReadingKey([1; 32]), ReadingKey([2; 32]));
            let held_back = if with_pin { vec![first, own] } else { vec![first] };
            assert_eq!(read, Seat { password, at_rest: with_pin.then_some(own), held_back, ..held.to_seat() });
        }
    }

    #[test]
    fn a_seat_without_its_password_is_known_and_can_neither_sign_nor_open() {
        let locked = HeldSeat::of_profile(&profiles(&seat(), true), ProfileId([2; 8]), None).unwrap();
        assert!(locked.seed().is_none() && locked.reading_secret().is_none() && locked.secret().is_none());
        assert!(locked.has(Role::Manager) && locked.is_for(&"s001".parse().unwrap()));
        assert_eq!(seat().secret().and_then(read_secret).as_deref(), Some("secret"));
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
