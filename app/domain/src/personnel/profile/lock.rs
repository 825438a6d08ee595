//! From a PIN to a profile's key, and from there to what is sealed under it.
//!
//! Argon2id (RFC 9106) makes a key of the PIN; under that, by XChaCha20-Poly1305, lies the profile's own key, which is random; under that,
//! each secret by itself. So another PIN, or a dearer lock, changes nothing else.

use super::ProfileId;
use super::pin::Pin;
use crate::text::{from_base64url, to_base64url};
use argon2::{Algorithm, Argon2, Params, Version};
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

pub(super) const KEY: usize = 32;
const SALT: usize = 16;
pub(super) const NONCE: usize = 24;
pub(super) const MARK: usize = 16;
const LOCK_CONTEXT: &[u8] = b"civmesh profile lock v1\n";
const VALUE_CONTEXT: &[u8] = b"civmesh profile value v1\n";
/// A lock that somebody else wrote must not take the phone down.
const MOST_MEMORY_KIB: u32 = 128 * 1024;
const MOST_PASSES: u32 = 16;

/// How hard it is to try a PIN. It stands beside each lock, so that it can grow.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cost {
    /// Memory in KiB.
    pub memory_kib: u32,
    /// Passes over it.
    pub passes: u32,
}

impl Cost {
    /// What new locks cost: OWASP's least for Argon2id, and what a slow phone does in about half a second (docs/decisions/0012-profiles.md).
    pub const NEW: Self = Self { memory_kib: 19 * 1024, passes: 2 };
}

/// The stored lock asks for more than a phone is to spend.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the lock asks for {0} KiB")]
pub struct TooDear(pub u32);

/// What a lock is for: one can't be put in the place of another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Slot {
    /// The profile's key.
    Key,
    /// The PIN that erases.
    Duress,
}

/// Something behind a PIN.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lock {
    /// What a try costs.
    pub cost: Cost,
    #[serde(with = "base64url")]
    salt: Vec<u8>,
    #[serde(with = "base64url")]
    nonce: Vec<u8>,
    #[serde(with = "base64url")]
    sealed: Vec<u8>,
}

/// A profile's key: 32 random bytes, in memory only while the profile is unlocked.
#[derive(Clone, PartialEq, Eq)]
pub struct ProfileKey(Zeroizing<[u8; KEY]>);

impl ProfileKey {
    /// A key out of 32 random bytes.
    pub fn new(chance: [u8; KEY]) -> Self {
        Self(Zeroizing::new(chance))
    }

    /// Seals a secret of this profile: the nonce, then the sealed secret, as text. It opens as the secret of this name and of no other.
    /// `nonce` is random and never used twice.
    pub fn seal(&self, profile: ProfileId, name: &str, secret: &[u8], nonce: [u8; NONCE]) -> Option<String> {
        let beside = beside_value(profile, name);
        let sealed = self.cipher().encrypt(&XNonce::from(nonce), Payload { msg: secret, aad: &beside }).ok()?;
        Some(to_base64url(&[nonce.as_slice(), &sealed].concat()))
    }

    /// Opens a secret; `None` for what is not the one of this name, or was changed.
    pub fn open(&self, profile: ProfileId, name: &str, sealed: &str) -> Option<Zeroizing<Vec<u8>>> {
        let bytes = from_base64url(sealed)?;
        let (nonce, sealed) = bytes.split_first_chunk::<NONCE>()?;
        let beside = beside_value(profile, name);
        let opened = self.cipher().decrypt(&XNonce::from(*nonce), Payload { msg: sealed, aad: &beside });
        opened.ok().map(Zeroizing::new)
    }

    fn cipher(&self) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new(&(*self.0).into())
    }

    /// The key itself, sealed under what a PIN or a passkey gives.
    pub(super) fn put_under(&self, outer: &XChaCha20Poly1305, nonce: [u8; NONCE], beside: &[u8]) -> Option<Vec<u8>> {
        outer.encrypt(&XNonce::from(nonce), Payload { msg: self.0.as_slice(), aad: beside }).ok()
    }

    /// The key that was sealed so; `None` under anything else.
    pub(super) fn take_from_under(outer: &XChaCha20Poly1305, nonce: [u8; NONCE], sealed: &[u8], beside: &[u8]) -> Option<Self> {
        let opened = outer.decrypt(&XNonce::from(nonce), Payload { msg: sealed, aad: beside }).ok().map(Zeroizing::new)?;
        <[u8; KEY]>::try_from(opened.as_slice()).ok().map(Self::new)
    }
}

impl Lock {
    /// Puts a key behind a PIN.
    ///
    /// # Errors
    /// A cost beyond all bounds.
    pub fn close(profile: ProfileId, slot: Slot, (key, pin): (&ProfileKey, &Pin), cost: Cost, chance: &[u8; 32]) -> Result<Self, TooDear> {
        let (salt, nonce): ([u8; SALT], [u8; NONCE]) = (drawn(chance, "salt"), drawn(chance, "nonce"));
        let cipher = cipher(pin, cost, &salt)?;
        let beside = beside_lock(profile, slot, cost, &salt);
        // Encrypting 32 bytes in memory does not fail.
        let sealed = key.put_under(&cipher, nonce, &beside).ok_or(TooDear(0))?;
        Ok(Self { cost, salt: salt.to_vec(), nonce: nonce.to_vec(), sealed })
    }

    /// A lock that looks like any other, and nothing opens it.
    pub fn decoy(cost: Cost, chance: &[u8; 32]) -> Self {
        let (salt, nonce): ([u8; SALT], [u8; NONCE]) = (drawn(chance, "salt"), drawn(chance, "nonce"));
        let sealed: [u8; KEY + MARK] = drawn(chance, "sealed");
        Self { cost, salt: salt.to_vec(), nonce: nonce.to_vec(), sealed: sealed.to_vec() }
    }

    /// The key, if this is its PIN.
    ///
    /// # Errors
    /// The lock asks for more than a phone is to spend.
    pub fn open(&self, profile: ProfileId, slot: Slot, pin: &Pin) -> Result<Option<ProfileKey>, TooDear> {
        let cipher = cipher(pin, self.cost, &self.salt)?;
        let Ok(nonce) = <[u8; NONCE]>::try_from(self.nonce.as_slice()) else { return Ok(None) };
        let beside = beside_lock(profile, slot, self.cost, &self.salt);
        Ok(ProfileKey::take_from_under(&cipher, nonce, &self.sealed, &beside))
    }
}

fn cipher(pin: &Pin, cost: Cost, salt: &[u8]) -> Result<XChaCha20Poly1305, TooDear> {
    let too_dear = TooDear(cost.memory_kib);
    if cost.memory_kib > MOST_MEMORY_KIB || cost.passes > MOST_PASSES {
        return Err(too_dear);
    }
    let params = Params::new(cost.memory_kib, cost.passes, 1, Some(KEY)).map_err(|_| too_dear)?;
    let mut key = Zeroizing::new([0; KEY]);
    let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
    argon2.hash_password_into(pin.as_bytes(), salt, key.as_mut_slice()).map_err(|_| too_dear)?;
    Ok(XChaCha20Poly1305::new(&(*key).into()))
}

/// So many bytes for one purpose, out of one chance.
fn drawn<const N: usize>(chance: &[u8; 32], purpose: &str) -> [u8; N] {
    let mut bytes = [0; N];
    blake3::Hasher::new_keyed(chance).update(purpose.as_bytes()).finalize_xof().fill(&mut bytes);
    bytes
}

/// What a lock is bound to: its profile, its slot, and what it costs, so that nobody makes it cheaper.
fn beside_lock(profile: ProfileId, slot: Slot, cost: Cost, salt: &[u8]) -> Vec<u8> {
    let slot = match slot {
        Slot::Key => 0,
        Slot::Duress => 1,
    };
    [LOCK_CONTEXT, &profile.0, &[slot], &cost.memory_kib.to_le_bytes(), &cost.passes.to_le_bytes(), salt].concat()
}

fn beside_value(profile: ProfileId, name: &str) -> Vec<u8> {
    [VALUE_CONTEXT, &profile.0, name.as_bytes()].concat()
}

/// Bytes are base64url in JSON.
pub(super) mod base64url {
    use serde::{Deserialize, Deserializer, Serializer, de::Error as _};

    pub fn serialize<S: Serializer>(bytes: &impl AsRef<[u8]>, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&super::to_base64url(bytes.as_ref()))
    }

    /// Into as many bytes as there are, or into so many and no others.
    pub fn deserialize<'de, D: Deserializer<'de>, B: TryFrom<Vec<u8>>>(deserializer: D) -> Result<B, D::Error> {
        let bytes = super::from_base64url(&String::deserialize(deserializer)?).ok_or_else(|| D::Error::custom("not base64url"))?;
        bytes.try_into().map_err(|_| D::Error::custom("of another length"))
    }
}
