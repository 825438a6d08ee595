//! What an authority signs, as everybody reads it in the public database: a credential or a revocation.

use crate::error::{HubError, Result};
use civmesh_domain::id::{CredentialId, DeviceKey, RegionId};
use civmesh_domain::personnel::credential::{Credential, Revocation};
use civmesh_domain::text::{from_base64url, to_base64url};
use serde_json::{Value, json};
use std::path::Path;

/// The largest file that is read as a signed document, in bytes; the longest revocation takes less.
const LARGEST_FILE: u64 = 128 * 1024;

/// A signed document whose signature was verified.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Document {
    /// Who may say what.
    Credential(Credential),
    /// Who no longer may.
    Revocation(SignedRevocation),
}

/// A revocation with its signature.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedRevocation {
    /// What was signed.
    pub revocation: Revocation,
    bytes: Vec<u8>,
    signature: [u8; 64],
}

impl SignedRevocation {
    /// Puts together canonical bytes and a signature.
    ///
    /// # Errors
    /// Bytes that are not a revocation in canonical form, or that its issuer did not sign.
    pub fn from_parts(bytes: Vec<u8>, signature: [u8; 64]) -> Result<Self> {
        let revocation = Revocation::read(&bytes, &signature).map_err(|error| HubError::Argument(error.to_string()))?;
        Ok(Self { revocation, bytes, signature })
    }
}

impl Document {
    /// Its identifier on the hub: its kind, and the first 20 bytes of BLAKE3 over what was signed.
    pub fn id(&self) -> String {
        match self {
            Self::Credential(credential) => format!("credential:{}", credential.id()),
            Self::Revocation(signed) => {
                let mut id = [0; 20];
                id.copy_from_slice(&blake3::hash(&signed.bytes).as_bytes()[..20]);
                format!("revocation:{}", CredentialId(id))
            }
        }
    }

    /// The region in which it counts.
    pub fn region(&self) -> RegionId {
        match self {
            Self::Credential(credential) => credential.grant.region,
            Self::Revocation(signed) => signed.revocation.region,
        }
    }

    /// The device that it is about.
    pub fn device(&self) -> DeviceKey {
        match self {
            Self::Credential(credential) => credential.grant.device,
            Self::Revocation(signed) => signed.revocation.device,
        }
    }

    /// Who signed it.
    pub fn issuer(&self) -> DeviceKey {
        match self {
            Self::Credential(credential) => credential.grant.issuer,
            Self::Revocation(signed) => signed.revocation.issuer,
        }
    }

    /// Its fields on the hub.
    pub fn body(&self) -> Value {
        let (field, bytes, signature) = match self {
            Self::Credential(credential) => ("credential", credential.bytes(), credential.signature()),
            Self::Revocation(signed) => ("revocation", signed.bytes.as_slice(), &signed.signature),
        };
        json!({ "type": field, "v": 1, field: to_base64url(bytes), "sig": to_base64url(signature) })
    }

    /// The file: its fields on the hub, with its identifier.
    pub fn to_text(&self) -> String {
        let mut body = self.body();
        body["_id"] = self.id().into();
        format!("{body:#}\n")
    }

    /// Reads a file of this form, or the document as a hub gives it.
    ///
    /// # Errors
    /// A file that cannot be read, or is not a document that its issuer signed.
    pub fn read(path: &Path) -> Result<Self> {
        let failed = |source| HubError::File { path: path.to_owned(), source };
        if std::fs::metadata(path).map_err(failed)?.len() > LARGEST_FILE {
            return Err(HubError::Content { path: path.to_owned(), reason: "is too large for a credential or a revocation".to_owned() });
        }
        let text = std::fs::read_to_string(path).map_err(failed)?;
        Self::from_text(&text).map_err(|reason| HubError::Content { path: path.to_owned(), reason: reason.to_owned() })
    }

    /// Reads the text of such a file.
    ///
    /// # Errors
    /// What is wrong with it, in words.
    pub fn from_text(text: &str) -> std::result::Result<Self, &'static str> {
        let value: Value = serde_json::from_str(text).map_err(|_| "is not JSON")?;
        let field = value["type"].as_str().unwrap_or_default();
        let bytes = |field: &str| value[field].as_str().and_then(from_base64url);
        let signature: Option<[u8; 64]> = bytes("sig").and_then(|bytes| bytes.try_into().ok());
        let (Some(content), Some(signature)) = (bytes(field), signature) else {
            return Err("is neither a credential nor a revocation");
        };
        let unsigned = "is not what its issuer signed";
        let document = match field {
            "credential" => {
                let credential = Credential::from_parts(content, signature).map_err(|_| unsigned)?;
                Self::Credential(Some(credential).filter(Credential::is_intact).ok_or(unsigned)?)
            }
            "revocation" => Self::Revocation(SignedRevocation::from_parts(content, signature).map_err(|_| unsigned)?),
            _ => return Err("is neither a credential nor a revocation"),
        };
        if value["_id"] == document.id().as_str() { Ok(document) } else { Err("has the identifier of another document") }
    }
}
