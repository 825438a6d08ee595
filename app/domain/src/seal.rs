//! Sealing: what only the holder of one reading key can open. HPKE (RFC 9180) in base mode, with X25519, HKDF-SHA256 and ChaCha20-Poly1305.
//!
//! Chance is an argument, as everywhere in this crate: 32 random bytes for each sealing, never used twice.

pub use crate::id::ReadingKey;
use hpke::aead::ChaCha20Poly1305;
use hpke::kdf::HkdfSha256;
use hpke::kem::X25519HkdfSha256;
use hpke::rand_core::{TryCryptoRng, TryRng};
use hpke::{Deserializable, Kem, OpModeR, OpModeS, Serializable};
use std::convert::Infallible;
use std::fmt;

const LENGTH: usize = 32;
const CHANCE_CONTEXT: &str = "civmesh 2026 chance of one sealing v1";

/// The private half of a reading key.
#[derive(Clone, PartialEq, Eq)]
pub struct ReadingSecret([u8; LENGTH]);

impl fmt::Debug for ReadingSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // It never reaches a log.
        f.write_str("ReadingSecret")
    }
}

impl ReadingSecret {
    /// A pair out of 32 random bytes, by the key derivation of RFC 9180.
    pub fn derive(chance: &[u8; LENGTH]) -> Self {
        let (secret, _) = X25519HkdfSha256::derive_keypair(chance);
        Self(secret.to_bytes().into())
    }

    /// A secret as it was kept.
    pub fn from_bytes(bytes: [u8; LENGTH]) -> Self {
        Self(bytes)
    }

    /// As it is to be kept.
    pub fn to_bytes(&self) -> [u8; LENGTH] {
        self.0
    }

    /// The public half.
    pub fn public(&self) -> Option<ReadingKey> {
        let secret = <X25519HkdfSha256 as Kem>::PrivateKey::from_bytes(&self.0).ok()?;
        Some(ReadingKey(X25519HkdfSha256::sk_to_pk(&secret).to_bytes().into()))
    }

    /// Opens what was sealed to the public half for the same purpose and with the same bytes beside it; `None` for anything else.
    pub fn open(&self, purpose: &[u8], beside: &[u8], sealed: &[u8]) -> Option<Vec<u8>> {
        let (encapsulated, sealed) = sealed.split_at_checked(LENGTH)?;
        let secret = <X25519HkdfSha256 as Kem>::PrivateKey::from_bytes(&self.0).ok()?;
        let encapsulated = <X25519HkdfSha256 as Kem>::EncappedKey::from_bytes(encapsulated).ok()?;
        hpke::single_shot_open::<ChaCha20Poly1305, HkdfSha256, X25519HkdfSha256>(
            &OpModeR::Base,
            &secret,
            &encapsulated,
            purpose,
            sealed,
            beside,
        )
        .ok()
    }
}

impl ReadingKey {
    /// Seals `content` for one purpose, bound to the bytes `beside` it, which are not in it: the encapsulated key, then the sealed content.
    /// `None` for a key that is none.
    pub fn seal(&self, purpose: &[u8], beside: &[u8], content: &[u8], chance: &[u8; LENGTH]) -> Option<Vec<u8>> {
        let key = <X25519HkdfSha256 as Kem>::PublicKey::from_bytes(&self.0).ok()?;
        let (encapsulated, sealed) = hpke::single_shot_seal_with_rng::<ChaCha20Poly1305, HkdfSha256, X25519HkdfSha256>(
            &OpModeS::Base,
            &key,
            purpose,
            content,
            beside,
            &mut Given::new(chance),
        )
        .ok()?;
        Some([encapsulated.to_bytes().as_slice(), &sealed].concat())
    }
}

/// Chance that was given, as the stream that the library asks for.
struct Given(blake3::OutputReader);

impl Given {
    fn new(chance: &[u8; LENGTH]) -> Self {
        Self(blake3::Hasher::new_derive_key(CHANCE_CONTEXT).update(chance).finalize_xof())
    }

    fn take<const N: usize>(&mut self) -> [u8; N] {
        let mut bytes = [0; N];
        self.0.fill(&mut bytes);
        bytes
    }
}

impl TryRng for Given {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        Ok(u32::from_le_bytes(self.take()))
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        Ok(u64::from_le_bytes(self.take()))
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Infallible> {
        self.0.fill(bytes);
        Ok(())
    }
}

impl TryCryptoRng for Given {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_key_the_purpose_and_the_bytes_beside_it_open_it() {
        let (secret, other) = (ReadingSecret::derive(&[1; 32]), ReadingSecret::derive(&[2; 32]));
        let sealed = secret.public().unwrap().seal(b"names", b"event", "林小姐".as_bytes(), &[3; 32]).unwrap();
        assert_eq!(secret.open(b"names", b"event", &sealed).as_deref(), Some("林小姐".as_bytes()));
        assert_eq!(other.open(b"names", b"event", &sealed), None);
        assert_eq!(secret.open(b"seats", b"event", &sealed), None);
        assert_eq!(secret.open(b"names", b"another", &sealed), None);
        for at in 0..sealed.len() {
            let mut changed = sealed.clone();
            changed[at] ^= 1;
            assert_eq!(secret.open(b"names", b"event", &changed), None, "byte {at}");
            assert_eq!(secret.open(b"names", b"event", &sealed[..at]), None, "cut at {at}");
        }
    }

    #[test]
    fn each_chance_seals_differently_and_a_key_that_is_none_seals_nothing() {
        let key = ReadingSecret::derive(&[1; 32]).public().unwrap();
        let seal = |chance| key.seal(b"p", b"", b"content", &[chance; 32]).unwrap();
        assert_ne!(seal(1), seal(2));
        assert_eq!(seal(1), seal(1));
        assert_eq!(ReadingKey([0; 32]).seal(b"p", b"", b"content", &[1; 32]), None);
    }

    /// RFC 9180, appendix A.2 (DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, ChaCha20Poly1305, base mode): the recipient's pair,
    /// by its public half, because the library keeps the secret clamped and the standard prints it before that.
    #[test]
    fn pairs_are_derived_as_the_standard_has_it() {
        let hex = |text: &str| <[u8; 32]>::try_from(data_encoding::HEXLOWER.decode(text.as_bytes()).unwrap()).unwrap();
        let secret = ReadingSecret::derive(&hex("1ac01f181fdf9f352797655161c58b75c656a6cc2716dcb66372da835542e1df"));
        assert_eq!(secret.public().unwrap().0, hex("4310ee97d88cc1f088a5576c77ab0cf5c3ac797f3d95139c6c84b5429c59662a"));
    }
}
