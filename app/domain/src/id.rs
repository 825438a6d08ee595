//! Identifiers as types. Those made of bytes are Crockford base32 to people and in JSON, and raw bytes in canonical form.

use crate::clock::Clock;
use crate::text::{from_base32, to_base32};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};
use std::fmt;
use std::str::FromStr;

/// What is wrong with an identifier that came from outside.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a valid {0}")]
pub struct BadId(
    /// The kind of identifier that was expected.
    pub &'static str,
);

macro_rules! byte_id {
    ($(#[$doc:meta])* $name:ident, $length:literal, $case:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub [u8; $length]);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&to_base32(&self.0).$case())
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}({self})", stringify!($name))
            }
        }

        impl FromStr for $name {
            type Err = BadId;
            fn from_str(text: &str) -> Result<Self, BadId> {
                from_base32(text).and_then(|bytes| bytes.try_into().ok()).map(Self).ok_or(BadId(stringify!($name)))
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                if serializer.is_human_readable() { serializer.collect_str(self) } else { bytes::write(&self.0, serializer) }
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                if deserializer.is_human_readable() {
                    String::deserialize(deserializer)?.parse().map_err(D::Error::custom)
                } else {
                    bytes::read(deserializer).map(Self)
                }
            }
        }
    };
}

byte_id!(
    /// A region: the fingerprint (first 16 bytes of BLAKE3) of its authority's public key. 26 characters, lower case, because
    /// database names contain it.
    RegionId, 16, to_ascii_lowercase);
byte_id!(
    /// A device's public key, Ed25519. 52 characters, lower case.
    DeviceKey, 32, to_ascii_lowercase);
byte_id!(
    /// The public half of a reading key, X25519. 52 characters, lower case.
    ReadingKey, 32, to_ascii_lowercase);
byte_id!(
    /// An event: 8 bytes of clock, 24 bytes of hash over its core. 52 characters, upper case; sorts by clock.
    EventId, 32, to_ascii_uppercase);
byte_id!(
    /// A credential: the first 20 bytes of BLAKE3 over what was signed. 32 characters.
    CredentialId, 20, to_ascii_lowercase);
byte_id!(
    /// A short reference to an event, drill or author: 8 characters to be read aloud. It finds, it does not prove.
    CheckWord, 5, to_ascii_uppercase);

impl RegionId {
    /// The region of this authority.
    pub fn of_authority(key: &DeviceKey) -> Self {
        let mut id = [0; 16];
        id.copy_from_slice(&blake3::hash(&key.0).as_bytes()[..16]);
        Self(id)
    }
}

impl DeviceKey {
    /// The eight characters by which an SMS or a voice names this author.
    pub fn check_word(&self) -> CheckWord {
        let mut word = [0; 5];
        word.copy_from_slice(&blake3::hash(&self.0).as_bytes()[..5]);
        CheckWord(word)
    }
}

impl EventId {
    /// The eight characters by which a voice or a later event names this one: the first five bytes of the hash.
    pub fn check_word(&self) -> CheckWord {
        let mut word = [0; 5];
        word.copy_from_slice(&self.0[8..13]);
        CheckWord(word)
    }

    /// When its author wrote it, by the author's clock.
    pub fn clock(&self) -> Clock {
        let mut bytes = [0; 8];
        bytes.copy_from_slice(&self.0[..8]);
        Clock(u64::from_be_bytes(bytes))
    }

    /// The CouchDB revision that a delivery of this event carries, so that pushing it again changes nothing.
    pub fn revision(&self) -> String {
        format!("1-{}", data_encoding::HEXLOWER.encode(&self.0[16..32]))
    }
}

macro_rules! text_id {
    ($(#[$doc:meta])* $name:ident, $longest:literal, $allowed:expr) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Debug)]
        #[serde(transparent)]
        pub struct $name(String);

        impl $name {
            /// The identifier as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl FromStr for $name {
            type Err = BadId;
            fn from_str(text: &str) -> Result<Self, BadId> {
                let allowed: fn(u8) -> bool = $allowed;
                let fits = !text.is_empty() && text.len() <= $longest && text.bytes().all(allowed);
                fits.then(|| Self(text.to_owned())).ok_or(BadId(stringify!($name)))
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                String::deserialize(deserializer)?.parse().map_err(D::Error::custom)
            }
        }
    };
}

text_id!(
    /// A node: up to six lower-case letters and digits, short enough for an SMS and fit for a database name.
    NodeId, 6, |b| b.is_ascii_lowercase() || b.is_ascii_digit());
text_id!(
    /// A procedure in a region's library.
    SopId, 32, |b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
text_id!(
    /// A step within a procedure; stable across its versions.
    StepId, 24, |b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
text_id!(
    /// An account on the hub, a seat: random, says nothing about the person.
    Account, 32, |b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');

/// Fixed-length bytes as they stand, without a length in front: `serde` knows arrays only up to 32.
pub(crate) mod bytes {
    use serde::de::{Error, SeqAccess, Visitor};
    use serde::ser::SerializeTuple;
    use serde::{Deserializer, Serializer};
    use std::fmt;

    pub fn write<const N: usize, S: Serializer>(bytes: &[u8; N], serializer: S) -> Result<S::Ok, S::Error> {
        let mut tuple = serializer.serialize_tuple(N)?;
        for byte in bytes {
            tuple.serialize_element(byte)?;
        }
        tuple.end()
    }

    pub fn read<'de, const N: usize, D: Deserializer<'de>>(deserializer: D) -> Result<[u8; N], D::Error> {
        struct Bytes<const N: usize>;
        impl<'de, const N: usize> Visitor<'de> for Bytes<N> {
            type Value = [u8; N];
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{N} bytes")
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<[u8; N], A::Error> {
                let mut bytes = [0; N];
                for (at, byte) in bytes.iter_mut().enumerate() {
                    *byte = seq.next_element()?.ok_or_else(|| A::Error::invalid_length(at, &self))?;
                }
                Ok(bytes)
            }
        }
        deserializer.deserialize_tuple(N, Bytes::<N>)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn node_identifiers_are_short_and_lower_case() {
        for good in ["s001", "a", "abc123"] {
            assert!(good.parse::<NodeId>().is_ok(), "{good}");
        }
        for bad in ["", "S001", "abcdefg", "a-b", "店", "a/b"] {
            assert!(bad.parse::<NodeId>().is_err(), "{bad}");
        }
    }

    #[test]
    fn byte_identifiers_are_text_in_json_and_bytes_in_canonical_form() {
        let id = EventId([7; 32]);
        let json = serde_json::to_string(&id).unwrap();
        assert_eq!(json.len(), 52 + 2);
        assert_eq!(serde_json::from_str::<EventId>(&json).unwrap(), id);
        let bytes = postcard::to_allocvec(&id).unwrap();
        assert_eq!(bytes, [7; 32]);
        assert_eq!(postcard::from_bytes::<EventId>(&bytes).unwrap(), id);
    }
}
