//! From a passkey to a profile's key: a second way beside the PIN, where the device has an authenticator that gives a secret (the PRF extension of
//! WebAuthn). The PIN stays. Both lead to the same key, so another PIN leaves the passkey as it is.

use super::ProfileId;
use super::lock::{KEY, MARK, NONCE, ProfileKey, base64url};
use chacha20poly1305::XChaCha20Poly1305;
use chacha20poly1305::aead::KeyInit;
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

/// How many bytes the salt has, for which the authenticator gives its secret.
pub const SALT: usize = 32;
/// No authenticator names a credential by more bytes (WebAuthn Level 3, section 4).
pub const LONGEST_CREDENTIAL: usize = 1023;
const CONTEXT: &[u8] = b"civmesh profile passkey v1\n";
const PURPOSE: &str = "civmesh 2026 passkey of a profile v1";

/// What an authenticator gives for one credential and one salt, always the same. It is wiped from memory when it is dropped.
pub struct Secret(Zeroizing<[u8; KEY]>);

impl Secret {
    /// The 32 bytes of the authenticator.
    pub fn new(bytes: [u8; KEY]) -> Self {
        Self(Zeroizing::new(bytes))
    }

    fn cipher(&self) -> XChaCha20Poly1305 {
        let key = Zeroizing::new(blake3::derive_key(PURPOSE, self.0.as_slice()));
        XChaCha20Poly1305::new(&(*key).into())
    }
}

/// The profile's key behind a passkey, and what it takes to ask for that.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Passkey {
    /// How the authenticator names the credential.
    #[serde(with = "base64url")]
    pub credential: Vec<u8>,
    /// For what it is asked.
    #[serde(with = "base64url")]
    pub salt: [u8; SALT],
    #[serde(with = "base64url")]
    nonce: [u8; NONCE],
    #[serde(with = "base64url")]
    sealed: [u8; KEY + MARK],
}

impl Passkey {
    /// Puts a profile's key behind a passkey, which gave `secret` for `salt`. `nonce` is random and never used twice. `None` where the credential's
    /// name is longer than any is.
    pub fn close(
        profile: ProfileId,
        (key, secret): (&ProfileKey, &Secret),
        credential: Vec<u8>,
        salt: [u8; SALT],
        nonce: [u8; NONCE],
    ) -> Option<Self> {
        let beside = (credential.len() <= LONGEST_CREDENTIAL).then(|| beside(profile, &salt, &credential))?;
        let sealed = key.put_under(&secret.cipher(), nonce, &beside)?.try_into().ok()?;
        Some(Self { credential, salt, nonce, sealed })
    }

    /// The key, if this is the secret of its passkey.
    pub fn open(&self, profile: ProfileId, secret: &Secret) -> Option<ProfileKey> {
        let beside = beside(profile, &self.salt, &self.credential);
        ProfileKey::take_from_under(&secret.cipher(), self.nonce, &self.sealed, &beside)
    }
}

/// What it is bound to: its profile, the salt, and the credential.
fn beside(profile: ProfileId, salt: &[u8; SALT], credential: &[u8]) -> Vec<u8> {
    [CONTEXT, &profile.0, salt, credential].concat()
}
