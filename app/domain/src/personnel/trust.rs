//! What a phone believes, offline: the authority's key, the credentials it has seen, and what was revoked.

use super::credential::{Credential, Grant, Revocation, Scope};
use super::role::Role;
use crate::body::Body;
use crate::event::Event;
use crate::id::{DeviceKey, RegionId};
use crate::routing::route;
use crate::unit::Millis;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What is thought of an event. The better verdict is the smaller.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Signed by a device that may say this.
    Verified,
    /// Signed, but nobody vouches for it.
    Unverified(Doubt),
    /// Not what its author signed. Never shown as a fact.
    Broken,
}

impl Verdict {
    /// How little is thought of it: 0 verified, 1 unverified for whatever reason, 2 broken.
    pub fn rank(self) -> u8 {
        match self {
            Self::Verified => 0,
            Self::Unverified(_) => 1,
            Self::Broken => 2,
        }
    }
}

/// Why nobody vouches for an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Doubt {
    /// The device has no credential of this region that is known here.
    NoCredential,
    /// It was written outside the credential's time.
    NotThen,
    /// The credential is for other nodes.
    NotThere,
    /// The role may not say this.
    NotThat,
    /// The device was revoked.
    Revoked,
    /// It belongs to another region.
    OtherRegion,
}

/// The most holders who may stand between a device and the authority.
const LONGEST_CHAIN: usize = 4;

/// What a phone believes about who may say what in one region. The order in which things are learnt does not matter.
#[derive(Clone, Debug)]
pub struct Trust {
    region: RegionId,
    authorities: Vec<DeviceKey>,
    credentials: BTreeMap<DeviceKey, Vec<Known>>,
    revocations: BTreeMap<DeviceKey, Vec<Revocation>>,
}

/// A credential that was seen, and whether its chain reaches the authority.
#[derive(Clone, Debug)]
struct Known {
    credential: Credential,
    holds: bool,
}

impl Trust {
    /// Trust in the authority that founded a region, and in nobody else yet.
    pub fn new(authority: DeviceKey) -> Self {
        Self::of(RegionId::of_authority(&authority), vec![authority])
    }

    /// Trust in all who speak for a region: its authority, its successor, and former authorities whose word still counts.
    pub fn of(region: RegionId, authorities: Vec<DeviceKey>) -> Self {
        Self { region, authorities, credentials: BTreeMap::new(), revocations: BTreeMap::new() }
    }

    /// Whether this key speaks for the region itself.
    pub fn is_authority(&self, device: &DeviceKey) -> bool {
        self.authorities.contains(device)
    }

    /// Takes note of a credential. One that is broken or of another region is passed over.
    pub fn add_credential(&mut self, credential: Credential) {
        if self.note_credential(credential) {
            self.settle();
        }
    }

    /// Takes note of a revocation (its signature was verified when it was read).
    pub fn add_revocation(&mut self, revocation: Revocation) {
        if self.note_revocation(revocation) {
            self.settle();
        }
    }

    /// Takes note of what events give or take. What is signed inside them counts, whoever brings them. All at once, because each may
    /// change what any other is worth: one after the other, a stranger who hands in thousands would keep the phone busy for minutes.
    pub fn learn<'e>(&mut self, events: impl IntoIterator<Item = &'e Event>) {
        let mut changed = false;
        for event in events {
            changed |= match &event.core.body {
                Body::CredentialIssued(issued) => issued.credential().is_ok_and(|credential| self.note_credential(credential)),
                Body::DeviceRevoked(revoked) => revoked.read().is_ok_and(|revocation| self.note_revocation(revocation)),
                _ => false,
            };
        }
        if changed {
            self.settle();
        }
    }

    /// Keeps a credential; whether that may change any chain.
    fn note_credential(&mut self, credential: Credential) -> bool {
        if credential.grant.region != self.region || !credential.is_intact() {
            return false;
        }
        let known = self.credentials.entry(credential.grant.device).or_default();
        if known.iter().any(|known| known.credential == credential) {
            return false;
        }
        // Nearly all credentials are the authority's own and grant nothing: they change no other chain.
        let alone = self.authorities.contains(&credential.grant.issuer) && !credential.grant.may_grant;
        known.push(Known { credential, holds: alone });
        !alone
    }

    /// Keeps a revocation; whether that may change any chain.
    fn note_revocation(&mut self, revocation: Revocation) -> bool {
        let concerns = revocation.region == self.region;
        if concerns {
            self.revocations.entry(revocation.device).or_default().push(revocation);
        }
        concerns
    }

    /// Whether `device` was revoked by somebody who may: all that it says from now on is unverified.
    pub fn is_revoked_device(&self, device: &DeviceKey) -> bool {
        self.revocations.get(device).is_some_and(|all| all.iter().any(|revocation| self.counts(revocation)))
    }

    /// All devices that hold a credential whose chain reaches the authority, with their credentials.
    pub fn holders(&self) -> impl Iterator<Item = (&DeviceKey, Vec<&Credential>)> {
        self.credentials.keys().map(|device| (device, self.credentials_of(device).collect::<Vec<_>>())).filter(|(_, all)| !all.is_empty())
    }

    /// All grants of this region that were ever handed in, whoever signed them: that a device is named says nothing of what it may.
    pub fn named(&self) -> impl Iterator<Item = &Grant> {
        self.credentials.values().flatten().map(|known| &known.credential.grant)
    }

    /// Whether `device` may give a credential like this `now`: nobody gives more than they have.
    pub fn may_grant(&self, device: &DeviceKey, grant: &Grant, now: Millis) -> bool {
        !self.is_revoked_device(device)
            && self.credentials_of(device).any(|by| empowers(&by.grant) && by.grant.is_valid(now) && is_within(grant, &by.grant))
    }

    /// The credentials of `device` that are valid `now`, and those above them up to the authority: what another phone needs to believe it.
    pub fn chain_of(&self, device: &DeviceKey, now: Millis) -> Vec<Credential> {
        let mut chain: Vec<Credential> = Vec::new();
        let mut next = Some(*device);
        while let Some(device) = next.filter(|device| !self.is_authority(device) && chain.len() <= LONGEST_CHAIN) {
            let own = self.credentials_of(&device).filter(|credential| credential.grant.is_valid(now));
            let Some(credential) = own.max_by_key(|credential| credential.grant.until) else { break };
            next = Some(credential.grant.issuer);
            chain.push(credential.clone());
        }
        chain
    }

    /// The credentials of `device` whose chain reaches the authority.
    pub fn credentials_of(&self, device: &DeviceKey) -> impl Iterator<Item = &Credential> {
        let known = self.credentials.get(device).map(Vec::as_slice).unwrap_or_default();
        known.iter().filter(|known| known.holds).map(|known| &known.credential)
    }

    /// What is thought of `event`, whose signature is checked here.
    pub fn judge(&self, event: &Event) -> Verdict {
        if event.is_intact() { self.judge_intact(event) } else { Verdict::Broken }
    }

    /// What is thought of `event`, whose signature was found intact before.
    pub fn judge_intact(&self, event: &Event) -> Verdict {
        if event.core.region != self.region {
            return Verdict::Unverified(Doubt::OtherRegion);
        }
        if self.is_revoked(event) {
            return Verdict::Unverified(Doubt::Revoked);
        }
        let mut doubt = Doubt::NoCredential;
        for credential in self.credentials_of(&event.core.author) {
            match objection(&credential.grant, event) {
                None => return Verdict::Verified,
                Some(objection) => doubt = doubt.max(objection),
            }
        }
        Verdict::Unverified(doubt)
    }

    fn is_revoked(&self, event: &Event) -> bool {
        let revocations = self.revocations.get(&event.core.author).map(Vec::as_slice).unwrap_or_default();
        let mut valid = revocations.iter().filter(|revocation| self.counts(revocation)).peekable();
        valid.peek().is_some() && !valid.any(|revocation| revocation.accepted.binary_search(&event.id).is_ok())
    }

    /// Whether a revocation counts. Holders who may grant are revoked by the authority alone, everybody else by such a holder too: so two
    /// coordinators can't revoke each other, and what counts never depends on itself.
    fn counts(&self, revocation: &Revocation) -> bool {
        let at = revocation.at;
        self.is_authority(&revocation.issuer)
            || (!self.is_revoked_by_authority(&revocation.issuer)
                && self.credentials_of(&revocation.issuer).any(|by| empowers(&by.grant) && by.grant.is_valid(at))
                && !self.credentials_of(&revocation.device).any(|credential| empowers(&credential.grant)))
    }

    fn is_revoked_by_authority(&self, device: &DeviceKey) -> bool {
        self.revocations.get(device).is_some_and(|all| all.iter().any(|revocation| self.is_authority(&revocation.issuer)))
    }

    /// Works out whose chains hold, from the authority downwards: however many credentials strangers hand in, this ends soon.
    fn settle(&mut self) {
        let mut granting: BTreeMap<DeviceKey, Vec<Grant>> = BTreeMap::new();
        for known in self.credentials.values_mut().flatten() {
            known.holds = self.authorities.contains(&known.credential.grant.issuer);
        }
        for _ in 0..LONGEST_CHAIN {
            granting.clear();
            for known in self.credentials.values().flatten().filter(|known| known.holds && empowers(&known.credential.grant)) {
                if !self.is_revoked_by_authority(&known.credential.grant.device) {
                    granting.entry(known.credential.grant.device).or_default().push(known.credential.grant.clone());
                }
            }
            for known in self.credentials.values_mut().flatten() {
                let grant = &known.credential.grant;
                let issuers = granting.get(&grant.issuer).map(Vec::as_slice).unwrap_or_default();
                known.holds |= issuers.iter().any(|by| is_within(grant, by));
            }
        }
    }
}

/// Whether the holder may grant to others, and revoke them.
fn empowers(grant: &Grant) -> bool {
    grant.may_grant && grant.roles.contains(Role::Coordinator)
}

/// Nobody grants more than they have: neither a longer time nor other nodes.
fn is_within(grant: &Grant, by: &Grant) -> bool {
    by.from <= grant.from && grant.until <= by.until && contains(&by.scope, &grant.scope)
}

fn contains(outer: &Scope, inner: &Scope) -> bool {
    match (outer, inner) {
        (Scope::All, _) => true,
        (Scope::Nodes(_), Scope::All) => false,
        (Scope::Nodes(outer), Scope::Nodes(inner)) => inner.iter().all(|node| outer.contains(node)),
    }
}

/// What stands against `event` under this grant.
fn objection(grant: &Grant, event: &Event) -> Option<Doubt> {
    let at = event.core.clock.millis();
    let may = event.core.body.kind().is_some_and(|kind| route(kind).may_be_written_by(grant.roles));
    if !grant.is_valid(at) {
        Some(Doubt::NotThen)
    } else if !grant.is_for(&event.core.node) {
        Some(Doubt::NotThere)
    } else if !may {
        Some(Doubt::NotThat)
    } else {
        None
    }
}

#[cfg(test)]
mod tests;
