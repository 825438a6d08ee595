//! By what right a key speaks for its region. It stands readable in the key file, and is bound to the key by the encryption.

use super::{KeyFault, public};
use crate::manifest::{Endorsement, LONGEST_ENDORSEMENT};
use civmesh_domain::id::{DeviceKey, RegionId};
use ed25519_dalek::SigningKey;
use serde::{Deserialize, Serialize};

/// What a key is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// It signs the region's packs.
    Authority,
    /// It lies elsewhere and takes over when the authority's key is lost or stolen.
    Successor,
}

/// By what right a key speaks for its region.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Title {
    /// The region.
    pub region: RegionId,
    /// The key itself, its public half.
    pub key: DeviceKey,
    /// What it is for.
    pub part: Part,
    /// The key that may take over from it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub successor: Option<DeviceKey>,
    /// Where it did not found the region: the word for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub endorsement: Option<Endorsement>,
}

impl Title {
    /// A new region: the title of its founder, and that of the successor which the founder endorses.
    pub fn found(founder: &SigningKey, successor: &SigningKey) -> (Self, Self) {
        let (key, next) = (public(founder), public(successor));
        let region = RegionId::of_authority(&key);
        let endorsement = Some(Endorsement::sign(founder, &next));
        (
            Self { region, key, part: Part::Authority, successor: Some(next), endorsement: None },
            Self { region, key: next, part: Part::Successor, successor: None, endorsement },
        )
    }

    /// The key takes over, or goes on, with another successor: its title from now on, and that of `next`. With `disown`, what the authority
    /// before it signed counts no longer.
    ///
    /// # Errors
    /// `TooManyPredecessors`.
    pub fn succeed(&self, key: &SigningKey, next: &SigningKey, disown: bool) -> Result<(Self, Self), KeyFault> {
        let mut own = self.clone();
        if let (Part::Successor, Some(word)) = (self.part, &mut own.endorsement) {
            word.disowned = disown;
        }
        own.part = Part::Authority;
        own.successor = Some(public(next));
        let word = Endorsement::sign_after(key, own.endorsement.clone(), &public(next));
        if word.chain().count() > LONGEST_ENDORSEMENT {
            return Err(KeyFault::TooManyPredecessors);
        }
        let heir = Self { region: self.region, key: public(next), part: Part::Successor, successor: None, endorsement: Some(word) };
        Ok((own, heir))
    }

    /// Whether the key founded the region, or is endorsed for it.
    pub fn holds(&self) -> bool {
        let endorsed = || self.endorsement.as_ref().is_some_and(|word| word.covers(&self.region, &self.key));
        RegionId::of_authority(&self.key) == self.region || endorsed()
    }
}
