//! Profiles: several people share one phone, each with a key of their own, and what a phone may show of them while it is locked.
//!
//! # Layout
//! - [`sign`]: how people find themselves in a list that names nobody.
//! - [`pin`]: what is a PIN.
//! - [`lock`]: from a PIN to the profile's key, and from there to what is sealed under it.
//! - [`passkey`]: a second way to that key.
//! - [`tries`]: wrong PINs slow down.
//! - [`idle`]: when a phone that nobody touches locks.
//! - this file: the list of profiles as it is kept (`docs/formats/profile.md`).

pub mod idle;
pub mod lock;
pub mod passkey;
pub mod pin;
pub mod sign;
pub mod tries;

use crate::id::{Account, DeviceKey, ReadingKey, RegionId, bytes};
use crate::text::{from_base32, to_base32};
use lock::{Cost, Lock, ProfileKey, Slot, TooDear};
use passkey::Passkey;
use pin::Pin;
use serde::{Deserialize, Serialize};
use sign::Sign;
use std::fmt;
use tries::Tries;

/// The most profiles on one phone: more people than share one, and a list that is still looked through at a glance.
pub const MOST_PROFILES: usize = 12;
/// After so many minutes without a touch a profile locks, unless somebody chose otherwise.
pub const IDLE_MINUTES: u32 = 5;

/// Eight random bytes that name a profile on its phone and nowhere else.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ProfileId(pub [u8; 8]);

impl fmt::Display for ProfileId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&to_base32(&self.0).to_lowercase())
    }
}

impl fmt::Debug for ProfileId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ProfileId({self})")
    }
}

impl Serialize for ProfileId {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() { serializer.collect_str(self) } else { bytes::write(&self.0, serializer) }
    }
}

impl<'de> Deserialize<'de> for ProfileId {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if !deserializer.is_human_readable() {
            return bytes::read(deserializer).map(Self);
        }
        let text = String::deserialize(deserializer)?;
        let read = from_base32(&text).and_then(|bytes| bytes.try_into().ok()).map(Self);
        read.ok_or_else(|| serde::de::Error::custom("not a profile"))
    }
}

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

/// What everybody may know of a seat who has the phone in hand: all but the password. With it a phone that is locked goes on sending.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeatView {
    /// The account.
    pub account: Account,
    /// The region.
    pub region: RegionId,
    /// Roles and nodes by their names on the hub.
    pub hub_roles: Vec<String>,
    /// Whose key signs for it.
    #[serde(default)]
    pub key: KeyOf,
    /// The public half of that key.
    pub device: DeviceKey,
}

/// What a PIN stands before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Gate {
    /// Holds the profile's key.
    pub pin: Lock,
    /// Opened by the PIN that erases. It is always there, so that nobody sees whether one was chosen.
    pub duress: Lock,
    /// Minutes without a touch after which the profile locks.
    pub idle_minutes: u32,
    /// Wrong PINs since the last right one.
    #[serde(default)]
    pub tries: Tries,
    /// The profile's own reading key: what nobody else can read yet is sealed to it, while it is locked too.
    pub reading: ReadingKey,
    /// A second way to the profile's key, where its holder has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub passkey: Option<Passkey>,
}

/// What a PIN turned out to be.
pub enum Opened {
    /// The profile's own.
    Key(ProfileKey),
    /// The one that erases.
    Duress,
    /// Neither.
    Wrong,
}

impl Gate {
    /// Tries a PIN. Whoever calls has noted the try before, see [`Tries::next`].
    ///
    /// # Errors
    /// The stored lock asks for more memory or time than this app ever did: it was written by something else.
    pub fn open(&self, profile: ProfileId, pin: &Pin) -> Result<Opened, TooDear> {
        if let Some(key) = self.pin.open(profile, Slot::Key, pin)? {
            return Ok(Opened::Key(key));
        }
        // The second lock is tried after every wrong PIN, whether or not there is anything behind it: time does not tell.
        let duress = self.duress.open(profile, Slot::Duress, pin)?;
        Ok(if duress.is_some() { Opened::Duress } else { Opened::Wrong })
    }
}

/// A profile, as far as it is readable without a PIN. What is secret is kept under [`value_name`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Profile {
    /// Its identifier.
    pub id: ProfileId,
    /// How its holder finds it. Never a name.
    pub sign: Sign,
    /// Its seat, if it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seat: Option<SeatView>,
    /// What stands before its secrets; without one they lie open, as on a phone that one person uses.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gate: Option<Gate>,
}

/// All profiles of a phone, one value, so that whatever changes changes at once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Profiles {
    v: u32,
    /// The one that was used last: a locked phone sends for it.
    pub current: ProfileId,
    /// Each of them.
    pub list: Vec<Profile>,
}

/// The version that is written.
const VERSION: u32 = 1;
/// Under which name the list is kept.
pub const NAME: &str = "profiles";

/// Under which name a secret of a profile is kept.
pub fn value_name(profile: ProfileId, name: &str) -> String {
    format!("profile:{profile}:{name}")
}

impl Profiles {
    /// The first profile of a phone.
    pub fn first(profile: Profile) -> Self {
        Self { v: VERSION, current: profile.id, list: vec![profile] }
    }

    /// Reads a list as it is kept; `None` for anything else, which is then no list of this version.
    pub fn read(value: serde_json::Value) -> Option<Self> {
        let read: Self = serde_json::from_value(value).ok()?;
        (read.v == VERSION && read.get(read.current).is_some()).then_some(read)
    }

    /// One of them.
    pub fn get(&self, id: ProfileId) -> Option<&Profile> {
        self.list.iter().find(|profile| profile.id == id)
    }

    /// One of them, to be changed.
    pub fn get_mut(&mut self, id: ProfileId) -> Option<&mut Profile> {
        self.list.iter_mut().find(|profile| profile.id == id)
    }

    /// The one that was used last.
    pub fn current(&self) -> Option<&Profile> {
        self.get(self.current)
    }

    /// Signs that nobody here has.
    pub fn free_signs(&self) -> impl Iterator<Item = Sign> {
        Sign::ALL.iter().copied().filter(|&sign| self.list.iter().all(|profile| profile.sign != sign))
    }

    /// Takes one out; another one becomes the current one if it was. `None` where no other is left.
    pub fn without(mut self, id: ProfileId) -> Option<Self> {
        self.list.retain(|profile| profile.id != id);
        let first = self.list.first()?.id;
        if self.get(self.current).is_none() {
            self.current = first;
        }
        Some(self)
    }
}

/// The gate of a profile: its key behind `pin`, and a second lock that nothing opens. `chance` is never used twice.
///
/// # Errors
/// A cost beyond all bounds.
pub fn close(
    profile: ProfileId,
    (key, pin): (&ProfileKey, &Pin),
    cost: Cost,
    reading: ReadingKey,
    chance: &[u8; 32],
) -> Result<Gate, TooDear> {
    let chance = |purpose: &str| blake3::derive_key(purpose, chance);
    let lock = Lock::close(profile, Slot::Key, (key, pin), cost, &chance("civmesh 2026 chance of a profile's lock v1"))?;
    let duress = Lock::decoy(cost, &chance("civmesh 2026 chance of a profile's second lock v1"));
    Ok(Gate { pin: lock, duress, idle_minutes: IDLE_MINUTES, tries: Tries::default(), reading, passkey: None })
}

#[cfg(test)]
mod tests;
