//! Parts: names, free text about people, and photos. The core holds a salted hash; the part travels beside it, to the node's own
//! database, and can expire without breaking the signature.

use crate::id::{EventId, bytes};
use serde::{Deserialize, Serialize};

/// What a part is. It decides how long the part is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PartKind {
    /// A person's name and how to reach them.
    Person,
    /// Free text.
    Text,
    /// A picture, scaled down on the phone.
    Photo,
}

impl PartKind {
    /// All kinds.
    pub const ALL: [Self; 3] = [Self::Person, Self::Text, Self::Photo];

    /// The name in documents.
    pub fn name(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Text => "text",
            Self::Photo => "photo",
        }
    }

    /// Days after which phones and hubs drop it and refuse it: as the routing table has it.
    pub fn retention_days(self) -> u32 {
        crate::routing::part_route(self).retention_days
    }
}

/// What the core says of a part.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartRef {
    /// What it is.
    pub kind: PartKind,
    /// BLAKE3 over the plain content (salt included), so that the hash says nothing to who can't read the part.
    #[serde(with = "hash")]
    pub hash: [u8; 32],
}

/// What is inside a part once it is open.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Content {
    /// Random, so that equal names have different hashes.
    pub salt: [u8; 16],
    /// UTF-8 for people and text, JPEG or WebP for photos.
    pub bytes: Vec<u8>,
}

/// How the content of a part is wrapped. Numbered for ever.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Envelope {
    /// As it is, for a database that only the node's staff can read.
    Plain(Content),
    /// HPKE (RFC 9180: X25519, HKDF-SHA256, ChaCha20-Poly1305) to the node's reading key; the sealed content is `postcard` of [`Content`].
    Sealed {
        /// First eight bytes of BLAKE3 over the reading key.
        key: [u8; 8],
        /// The encapsulated key.
        encapsulated: [u8; 32],
        /// The sealed content.
        sealed: Vec<u8>,
    },
}

/// A part on its way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// The event it belongs to.
    pub event: EventId,
    /// Its place among the event's parts.
    pub index: u8,
    /// What it is.
    pub kind: PartKind,
    /// The wrapped content.
    pub envelope: Envelope,
}

/// The largest envelope accepted, in bytes.
pub const LONGEST_ENVELOPE: usize = 500 * 1024;

impl Content {
    /// What the core says of a part with this content.
    pub fn describe(&self, kind: PartKind) -> PartRef {
        PartRef { kind, hash: self.hash() }
    }

    /// BLAKE3 over salt and bytes.
    pub fn hash(&self) -> [u8; 32] {
        let mut hasher = blake3::Hasher::new();
        hasher.update(&self.salt).update(&self.bytes);
        *hasher.finalize().as_bytes()
    }
}

impl Envelope {
    /// Canonical bytes.
    ///
    /// # Errors
    /// Never for what fits in memory; the encoder's error is passed on all the same.
    pub fn to_bytes(&self) -> postcard::Result<Vec<u8>> {
        postcard::to_allocvec(self)
    }

    /// Reads canonical bytes; `None` for anything else, or beyond [`LONGEST_ENVELOPE`].
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let envelope: Self = (bytes.len() <= LONGEST_ENVELOPE).then(|| postcard::from_bytes(bytes).ok()).flatten()?;
        (envelope.to_bytes().ok()?.as_slice() == bytes).then_some(envelope)
    }
}

impl Part {
    /// The content, if it is readable here and is what the core said.
    pub fn open(&self, said: &PartRef) -> Option<&Content> {
        match &self.envelope {
            Envelope::Plain(content) if content.describe(self.kind) == *said => Some(content),
            _ => None,
        }
    }

    /// The CouchDB revision that a delivery of this part carries.
    pub fn revision(&self) -> String {
        let mut hasher = blake3::Hasher::new();
        hasher.update(&self.event.0).update(&[self.index]);
        format!("1-{}", data_encoding::HEXLOWER.encode(&hasher.finalize().as_bytes()[..16]))
    }
}

/// A hash is text in JSON and 32 bytes in canonical form.
mod hash {
    use super::bytes;
    use serde::{Deserialize, Deserializer, Serializer, de::Error as _};

    pub fn serialize<S: Serializer>(hash: &[u8; 32], serializer: S) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() {
            serializer.serialize_str(&crate::text::to_base64url(hash))
        } else {
            bytes::write(hash, serializer)
        }
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<[u8; 32], D::Error> {
        if deserializer.is_human_readable() {
            let text = String::deserialize(deserializer)?;
            let bytes = crate::text::from_base64url(&text).and_then(|bytes| bytes.try_into().ok());
            bytes.ok_or_else(|| D::Error::custom("not a hash"))
        } else {
            bytes::read(deserializer)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_opens_only_if_it_is_what_the_core_said() {
        let content = Content { salt: [3; 16], bytes: "林小姐".into() };
        let said = content.describe(PartKind::Person);
        let part = Part { event: EventId([1; 32]), index: 0, kind: PartKind::Person, envelope: Envelope::Plain(content.clone()) };
        assert_eq!(part.open(&said), Some(&content));
        let other = Content { salt: [4; 16], ..content };
        assert_eq!(Part { envelope: Envelope::Plain(other), ..part }.open(&said), None);
    }

    #[test]
    fn envelopes_round_trip_and_refuse_trailing_bytes() {
        let envelope = Envelope::Sealed { key: [1; 8], encapsulated: [2; 32], sealed: vec![3; 99] };
        let mut bytes = envelope.to_bytes().unwrap();
        assert_eq!(Envelope::from_bytes(&bytes), Some(envelope));
        bytes.push(0);
        assert_eq!(Envelope::from_bytes(&bytes), None);
    }
}
