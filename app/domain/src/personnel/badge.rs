//! A badge: what a phone shows as a QR so that another, offline, sees who stands before it. It is signed by the device's key and good for
//! minutes, so a picture of it is soon worth nothing.

use super::credential::Credential;
use super::invitation::Signature;
use super::signed::{Signable, Signed};
use super::trust::Trust;
use crate::id::DeviceKey;
use crate::part::Content;
use crate::unit::Millis;
use serde::{Deserialize, Serialize};

/// How long a badge is good, in milliseconds.
pub const GOOD_FOR: u64 = 5 * Millis::MINUTE;
/// By how much the clocks of two phones may differ, in milliseconds.
pub const TOLERANCE: u64 = 5 * Millis::MINUTE;

/// What is shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Badge {
    /// The device that shows it, and signs.
    pub device: DeviceKey,
    /// When, by its clock.
    pub at: Millis,
    /// The holder's credential and those above it, up to the authority: grants and signatures.
    pub credentials: Vec<(Vec<u8>, Signature)>,
    /// The holder's name with its salt: it has to be the one that the credential's hash stands for.
    pub name: Option<Content>,
}

impl Signable for Badge {
    const CONTEXT: &'static [u8] = b"civmesh badge v1\n";

    fn signer(&self) -> &DeviceKey {
        &self.device
    }
}

/// What a badge proves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proven {
    /// The credential that vouches for the holder.
    pub credential: Credential,
    /// The name, where the credential vouches for it.
    pub name: Option<String>,
}

/// Why a badge proves nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Refusal {
    /// It is not signed by the device it names.
    NotIntact,
    /// It was shown too long ago, or one of the two clocks is wrong.
    Stale,
    /// It was shown in the future: one of the two clocks is wrong.
    Ahead,
    /// The device was revoked.
    Revoked,
    /// Nobody whom the authority allows to vouches for the device.
    NoCredential,
    /// The credential is not valid yet, or no longer.
    NotNow,
}

impl Trust {
    /// What this badge proves `now`.
    ///
    /// # Errors
    /// Why it proves nothing.
    pub fn check_badge(&self, badge: &Signed<Badge>, now: Millis) -> Result<Proven, Refusal> {
        let shown = &badge.value;
        if !badge.is_intact() {
            return Err(Refusal::NotIntact);
        }
        if shown.at.0 > now.0.saturating_add(TOLERANCE) {
            return Err(Refusal::Ahead);
        }
        if now.0 > shown.at.0.saturating_add(GOOD_FOR + TOLERANCE) {
            return Err(Refusal::Stale);
        }
        let mut trust = self.clone();
        for (grant, signature) in &shown.credentials {
            // What can't be read vouches for nobody.
            if let Ok(credential) = Credential::from_parts(grant.clone(), signature.0) {
                trust.add_credential(credential);
            }
        }
        if trust.is_revoked_device(&shown.device) {
            return Err(Refusal::Revoked);
        }
        let valid = |credential: &&Credential| credential.grant.is_valid(now);
        let credential = trust.credentials_of(&shown.device).find(valid);
        let Some(credential) = credential.cloned() else {
            let known = trust.credentials_of(&shown.device).next().is_some();
            return Err(if known { Refusal::NotNow } else { Refusal::NoCredential });
        };
        let name = shown.name.as_ref().filter(|name| name.hash() == credential.grant.name_hash);
        let name = name.and_then(|name| String::from_utf8(name.bytes.clone()).ok());
        Ok(Proven { credential, name })
    }
}

#[cfg(test)]
mod tests;
