//! Who has to be given a node's reading key, when a new one is due, and the events that do it.
//!
//! Plain functions of what a phone knows. Two phones that act at the same time make two keys, of which all take the same one.

use super::credential::{Grant, Scope};
use super::reading::{MOST_WRAPPED, ReadingKeyIssued, ReadingKeys};
use super::trust::Trust;
use crate::body::Kind;
use crate::id::{DeviceKey, NodeId, RegionId};
use crate::keyring::{KeyMark, Keyring, Wrapped};
use crate::routing::route;
use crate::seal::{ReadingKey, ReadingSecret};
use crate::unit::Millis;
use std::collections::BTreeSet;

/// The most keys that one event replaces by name. There is more than one only after concurrent ones.
const MOST_REPLACED: usize = 16;
const SECRET_CHANCE: &str = "civmesh 2026 chance of a reading key v1";
const WRAP_CHANCE: &str = "civmesh 2026 chance of a wrapped reading key v1";

/// What is to be done about a node's reading key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Due {
    /// The node has staff and no key.
    New,
    /// These devices hold no copy of the key.
    Wrap(Vec<ReadingKey>),
    /// Somebody has a copy who should have none any more: what is sealed from now on needs another key.
    Rotate,
}

/// What is known about one node, at one time.
#[derive(Clone, Copy, Debug)]
pub struct Custody<'a> {
    /// The region.
    pub region: RegionId,
    /// The node.
    pub node: &'a NodeId,
    /// Who holds which credential.
    pub trust: &'a Trust,
    /// The keys that were issued.
    pub keys: &'a ReadingKeys,
    /// When.
    pub now: Millis,
}

impl Custody<'_> {
    /// The reading keys of those who may read the node's parts: devices with a valid credential for the node, coordinators among them. Never
    /// one that was revoked.
    pub fn holders(&self) -> BTreeSet<ReadingKey> {
        self.valid(|_| true)
    }

    fn valid(&self, wanted: impl Fn(&Grant) -> bool) -> BTreeSet<ReadingKey> {
        let holders = self.trust.holders().filter(|(device, _)| !self.trust.is_revoked_device(device));
        let grants = holders.flat_map(|(_, credentials)| credentials).map(|credential| &credential.grant);
        let valid = grants.filter(|grant| grant.is_valid(self.now) && grant.is_for(self.node) && !grant.roles.is_empty());
        valid.filter(|grant| wanted(grant)).map(|grant| grant.reading).collect()
    }

    /// To whom a part is sealed now: the node's current key, or, where it has none yet, each device that may read its parts.
    pub fn readers(&self) -> Vec<ReadingKey> {
        match self.keys.current(self.node) {
            Some(current) => vec![current.key],
            None => self.holders().into_iter().collect(),
        }
    }

    /// What is to be done, if anything is.
    pub fn due(&self) -> Option<Due> {
        let Some(current) = self.keys.current(self.node) else {
            let has_staff = !self.valid(|grant| matches!(grant.scope, Scope::Nodes(_))).is_empty();
            return has_staff.then_some(Due::New);
        };
        let holders = self.holders();
        let marks: BTreeSet<KeyMark> = holders.iter().map(KeyMark::of).collect();
        // A device that this phone has not heard of yet is no reason: its credential may be on the way.
        let known = self.trust.named().map(|grant| KeyMark::of(&grant.reading));
        if known.filter(|mark| !marks.contains(mark)).any(|mark| current.holders.contains(&mark)) {
            return Some(Due::Rotate);
        }
        let missing: Vec<ReadingKey> = holders.into_iter().filter(|key| !current.holders.contains(&KeyMark::of(key))).collect();
        (!missing.is_empty()).then_some(Due::Wrap(missing))
    }

    /// Whether `device` may issue a reading key for the node.
    pub fn may_issue(&self, device: &DeviceKey) -> bool {
        let issuing = route(Kind::ReadingKeyIssued);
        let may = |grant: &Grant| grant.is_valid(self.now) && grant.is_for(self.node) && issuing.may_be_written_by(grant.roles);
        !self.trust.is_revoked_device(device) && self.trust.credentials_of(device).any(|credential| may(&credential.grant))
    }

    /// The bodies of the events that do what is due; none where the secret to be wrapped is not in `keyring`. `chance` is never used twice.
    pub fn draft(&self, due: &Due, keyring: &Keyring, chance: &[u8; 32]) -> Vec<ReadingKeyIssued> {
        let (secret, readers, replaces) = match due {
            Due::Wrap(missing) => {
                let held = self.keys.current(self.node).and_then(|current| keyring.secret_of(&current.key));
                let Some(secret) = held else { return Vec::new() };
                (secret.clone(), missing.clone(), Vec::new())
            }
            Due::New | Due::Rotate => {
                let secret = ReadingSecret::derive(&blake3::derive_key(SECRET_CHANCE, chance));
                let replaces = self.keys.unreplaced(self.node).map(|key| key.first).take(MOST_REPLACED).collect();
                (secret, self.holders().into_iter().collect(), replaces)
            }
        };
        let Some(key) = secret.public() else { return Vec::new() };
        let wrap = |reader: &ReadingKey| {
            let chance = blake3::derive_key(WRAP_CHANCE, &[chance.as_slice(), &reader.0].concat());
            ReadingKeyIssued::wrap(&secret, (self.region, self.node), reader, &chance)
        };
        let wrapped: Vec<Wrapped> = readers.iter().filter_map(wrap).collect();
        // Each event says what it replaces: any of them may come alone.
        wrapped.chunks(MOST_WRAPPED).map(|some| ReadingKeyIssued { key, wrapped: some.to_vec(), replaces: replaces.clone() }).collect()
    }
}

#[cfg(test)]
mod tests;
