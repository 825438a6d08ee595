//! Credentials and revocations as events: they are written, sent, carried and received like everything else a phone writes.
//!
//! What counts is the signature inside. Whoever brings such an event vouches for nothing, and its author need not be known.

use super::credential::{Credential, Revocation, Scope};
use crate::event::Malformed;
use crate::id::{NodeId, bytes};
use serde::{Deserialize, Serialize};

/// The node of an event that is about the whole region. No place has this name.
pub const REGION_NODE: &str = "region";

/// A credential on its way to everybody.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CredentialIssued {
    /// Canonical bytes of the grant.
    pub grant: Vec<u8>,
    /// The issuer's signature.
    #[serde(serialize_with = "bytes::write", deserialize_with = "bytes::read")]
    pub signature: [u8; 64],
}

/// A revocation on its way to everybody.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeviceRevoked {
    /// Canonical bytes of the revocation.
    pub revocation: Vec<u8>,
    /// The issuer's signature.
    #[serde(serialize_with = "bytes::write", deserialize_with = "bytes::read")]
    pub signature: [u8; 64],
}

impl CredentialIssued {
    /// The event's body for this credential.
    pub fn of(credential: &Credential) -> Self {
        Self { grant: credential.bytes().to_vec(), signature: *credential.signature() }
    }

    /// The credential in it, not verified.
    ///
    /// # Errors
    /// Bytes that are not a grant in canonical form.
    pub fn credential(&self) -> Result<Credential, Malformed> {
        Credential::from_parts(self.grant.clone(), self.signature)
    }
}

impl DeviceRevoked {
    /// The revocation in it, verified to be its issuer's.
    ///
    /// # Errors
    /// Bytes that are not canonical, or another's signature.
    pub fn read(&self) -> Result<Revocation, Malformed> {
        Revocation::read(&self.revocation, &self.signature)
    }
}

/// The node of an event that gives or takes what this scope says: its first node, or the whole region.
pub fn node_of(scope: &Scope) -> Option<NodeId> {
    match scope {
        Scope::All => REGION_NODE.parse().ok(),
        Scope::Nodes(nodes) => nodes.first().cloned(),
    }
}
