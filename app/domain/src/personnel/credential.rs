//! Credentials: who may say what, signed by the region's authority or by somebody whom it empowered. Public; names are not in them.

use super::check_in::Skill;
use super::role::Role;
use super::signed::{from_canonical, is_signed, to_canonical};
use crate::event::Malformed;
use crate::id::{CredentialId, DeviceKey, EventId, NodeId, RegionId, bytes};
use crate::seal::ReadingKey;
use crate::unit::Millis;
use enumset::EnumSet;
use serde::{Deserialize, Serialize};

/// Which nodes a credential is for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// All nodes of the region.
    All,
    /// These, in ascending order.
    Nodes(Vec<NodeId>),
}

/// What is signed: one device, what it may do, for how long.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Grant {
    /// The region.
    pub region: RegionId,
    /// The device that is empowered.
    pub device: DeviceKey,
    /// The key to which the device is sealed what only it is to read: the secrets that open its nodes' parts.
    pub reading: ReadingKey,
    /// Its roles.
    pub roles: EnumSet<Role>,
    /// What its holder is known to be able to do.
    pub skills: EnumSet<Skill>,
    /// Its nodes.
    pub scope: Scope,
    /// Valid from.
    pub from: Millis,
    /// Valid until, not included.
    pub until: Millis,
    /// Salted hash of the holder's name; the name is a part that only staff can read. Zero where there is none.
    #[serde(serialize_with = "bytes::write", deserialize_with = "bytes::read")]
    pub name_hash: [u8; 32],
    /// Whether the holder may grant to others.
    pub may_grant: bool,
    /// Who signs: the authority, or a holder who may grant.
    pub issuer: DeviceKey,
}

/// A signed grant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Credential {
    /// What was signed.
    pub grant: Grant,
    bytes: Vec<u8>,
    signature: [u8; 64],
}

const CREDENTIAL_CONTEXT: &[u8] = b"civmesh credential v1\n";
const REVOCATION_CONTEXT: &[u8] = b"civmesh revocation v1\n";

impl Grant {
    /// Whether it is valid at this time.
    pub fn is_valid(&self, at: Millis) -> bool {
        self.from <= at && at < self.until
    }

    /// Whether it is for this node.
    pub fn is_for(&self, node: &NodeId) -> bool {
        match &self.scope {
            Scope::All => true,
            Scope::Nodes(nodes) => nodes.contains(node),
        }
    }

    /// Canonical bytes.
    ///
    /// # Errors
    /// `TooLong` for a grant that no reader would accept.
    pub fn to_bytes(&self) -> Result<Vec<u8>, Malformed> {
        to_canonical(self)
    }

    /// What the issuer's key signs.
    ///
    /// # Errors
    /// As [`Grant::to_bytes`].
    pub fn signing_message(&self) -> Result<Vec<u8>, Malformed> {
        Ok([CREDENTIAL_CONTEXT, &self.to_bytes()?].concat())
    }
}

impl Credential {
    /// Puts together canonical bytes and a signature, without verifying.
    ///
    /// # Errors
    /// Bytes that are not a grant in canonical form.
    pub fn from_parts(bytes: Vec<u8>, signature: [u8; 64]) -> Result<Self, Malformed> {
        Ok(Self { grant: from_canonical(&bytes)?, bytes, signature })
    }

    /// The identifier: the first 20 bytes of BLAKE3 over what was signed.
    pub fn id(&self) -> CredentialId {
        let mut id = [0; 20];
        id.copy_from_slice(&blake3::hash(&self.bytes).as_bytes()[..20]);
        CredentialId(id)
    }

    /// Canonical bytes.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The issuer's signature.
    pub fn signature(&self) -> &[u8; 64] {
        &self.signature
    }

    /// Whether the named issuer signed just this.
    pub fn is_intact(&self) -> bool {
        is_signed(&self.grant.issuer, CREDENTIAL_CONTEXT, &self.bytes, &self.signature)
    }
}

/// What is signed when a device is revoked: all that is still accepted from it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Revocation {
    /// The region.
    pub region: RegionId,
    /// The device.
    pub device: DeviceKey,
    /// Events by it that are still accepted, in ascending order; anything else by it is unverified, whatever its clock says.
    pub accepted: Vec<EventId>,
    /// When it was signed.
    pub at: Millis,
    /// Who signs.
    pub issuer: DeviceKey,
}

impl Revocation {
    /// Canonical bytes.
    ///
    /// # Errors
    /// `TooLong` for a list that no reader would accept.
    pub fn to_bytes(&self) -> Result<Vec<u8>, Malformed> {
        to_canonical(self)
    }

    /// What the issuer's key signs.
    ///
    /// # Errors
    /// `TooLong` for a list that no reader would accept.
    pub fn signing_message(&self) -> Result<Vec<u8>, Malformed> {
        Ok([REVOCATION_CONTEXT, &self.to_bytes()?].concat())
    }

    /// Reads a revocation that its named issuer signed.
    ///
    /// # Errors
    /// Bytes that are not canonical (a list out of order among them), or another's signature.
    pub fn read(bytes: &[u8], signature: &[u8; 64]) -> Result<Self, Malformed> {
        let revocation: Self = from_canonical(bytes)?;
        if !revocation.accepted.is_sorted() {
            return Err(Malformed::NotCanonical);
        }
        let signed = is_signed(&revocation.issuer, REVOCATION_CONTEXT, bytes, signature);
        signed.then_some(revocation).ok_or(Malformed::Disagrees("signature"))
    }
}

#[cfg(test)]
pub(crate) mod tests;
