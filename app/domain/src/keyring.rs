//! Which reading secrets a phone holds, and secrets sealed to one key of many: the one way in which a few bytes are given to several devices.

use crate::id::bytes;
use crate::seal::{ReadingKey, ReadingSecret};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

const SECRET: usize = 32;
/// The encapsulated key, the secret, and the mark by which a change is noticed.
const WRAPPED: usize = 32 + SECRET + 16;

/// Eight bytes by which a reading key is found. They find, they do not prove.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct KeyMark(#[serde(serialize_with = "bytes::write", deserialize_with = "bytes::read")] pub [u8; 8]);

/// 32 secret bytes, sealed to one reading key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wrapped {
    /// To which key.
    pub to: KeyMark,
    /// The encapsulated key, then the sealed secret, as [`ReadingKey::seal`] has them.
    #[serde(serialize_with = "bytes::write", deserialize_with = "bytes::read")]
    pub sealed: [u8; WRAPPED],
}

/// The reading secrets that a phone holds: its own, and those of nodes that were wrapped for it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Keyring {
    // Two keys with one mark are no accident, but then both are tried.
    secrets: BTreeMap<KeyMark, Vec<ReadingSecret>>,
}

impl KeyMark {
    /// The first eight bytes of BLAKE3 over the key.
    pub fn of(key: &ReadingKey) -> Self {
        let mut mark = [0; 8];
        mark.copy_from_slice(&blake3::hash(&key.0).as_bytes()[..8]);
        Self(mark)
    }
}

impl Wrapped {
    /// Seals `secret` to `key` for one purpose, bound to the bytes `beside` it. `chance` is never used twice. `None` for a key that is none.
    pub fn seal(key: &ReadingKey, purpose: &[u8], beside: &[u8], secret: &[u8; SECRET], chance: &[u8; 32]) -> Option<Self> {
        let sealed = key.seal(purpose, beside, secret, chance)?.try_into().ok()?;
        Some(Self { to: KeyMark::of(key), sealed })
    }
}

impl Keyring {
    /// With these secrets.
    pub fn of(secrets: impl IntoIterator<Item = ReadingSecret>) -> Self {
        let mut keyring = Self::default();
        secrets.into_iter().for_each(|secret| keyring.add(secret));
        keyring
    }

    /// Adds a secret; one that is there already, or is none, changes nothing.
    pub fn add(&mut self, secret: ReadingSecret) {
        let Some(key) = secret.public() else { return };
        let held = self.secrets.entry(KeyMark::of(&key)).or_default();
        if !held.contains(&secret) {
            held.push(secret);
        }
    }

    /// The secret half of `key`, if it is here.
    pub fn secret_of(&self, key: &ReadingKey) -> Option<&ReadingSecret> {
        self.secrets.get(&KeyMark::of(key))?.iter().find(|secret| secret.public().as_ref() == Some(key))
    }

    /// What is in the first of `wrapped` that a secret here opens.
    pub fn open(&self, wrapped: &[Wrapped], purpose: &[u8], beside: &[u8]) -> Option<[u8; SECRET]> {
        wrapped.iter().find_map(|wrapped| {
            let held = self.secrets.get(&wrapped.to)?;
            held.iter().find_map(|secret| secret.open(purpose, beside, &wrapped.sealed)?.try_into().ok())
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_comes_to_whom_it_was_wrapped_for() {
        let secrets = [1, 2, 3].map(|seed| ReadingSecret::derive(&[seed; 32]));
        let wrap = |at: usize| Wrapped::seal(&secrets[at].public().unwrap(), b"p", b"b", &[7; 32], &[at as u8; 32]).unwrap();
        let wrapped = [wrap(0), wrap(1)];
        let opened = |at: usize, purpose: &[u8], beside: &[u8]| Keyring::of([secrets[at].clone()]).open(&wrapped, purpose, beside);
        assert_eq!([0, 1, 2].map(|at| opened(at, b"p", b"b")), [Some([7; 32]), Some([7; 32]), None]);
        assert_eq!((opened(0, b"q", b"b"), opened(0, b"p", b"c")), (None, None));
        assert_eq!(Keyring::default().open(&wrapped, b"p", b"b"), None);
    }

    #[test]
    fn a_secret_is_found_by_its_key() {
        let secret = ReadingSecret::derive(&[1; 32]);
        let keyring = Keyring::of([secret.clone(), secret.clone()]);
        assert_eq!(keyring, Keyring::of([secret.clone()]));
        assert_eq!(keyring.secret_of(&secret.public().unwrap()), Some(&secret));
        assert_eq!(keyring.secret_of(&ReadingKey([9; 32])), None);
    }
}
