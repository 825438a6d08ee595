//! Parts: names, free text about people, and photos. The core holds a salted hash; the part travels beside it, to the node's own
//! database, and can expire without breaking the signature.

use crate::clock::Clock;
use crate::id::{EventId, bytes};
use crate::keyring::{KeyMark, Keyring, Wrapped};
use crate::seal::ReadingKey;
use crate::unit::Millis;
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{ChaCha20Poly1305, Nonce};
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

/// Until when a part of an event with this clock is kept, not included. A clock that was far ahead of `received`, when this phone got it, would
/// keep it for ever: then it counts from there.
pub fn kept_until(kind: PartKind, written: Clock, received: Millis) -> Millis {
    let from = if written.is_sane(received) { written.millis() } else { received };
    Millis(from.0.saturating_add(u64::from(kind.retention_days()) * Millis::DAY))
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
    /// As it is: only where the phone knows nobody to whom it could be sealed.
    Plain(Content),
    /// To be opened by whoever holds one of a few keys.
    Sealed(Sealed),
}

/// Content under a key of its own, and that key for each of those who may read it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sealed {
    /// The content's key, for each reader.
    pub keys: Vec<Wrapped>,
    /// `postcard` of the [`Content`] under ChaCha20-Poly1305. The nonce is zero: the key is used once.
    pub sealed: Vec<u8>,
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
/// The most readers to whom one part is sealed.
pub const MOST_READERS: usize = 64;

const PURPOSE: &[u8] = b"civmesh part v1\n";
const CONTENT_KEY: &str = "civmesh 2026 part content key v1";
const WRAP_CHANCE: &str = "civmesh 2026 part wrap chance v1";
const KEEP_CHANCE: &str = "civmesh 2026 part kept sealed v1";

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
    /// Whether it takes a key to open it.
    pub fn is_sealed(&self) -> bool {
        matches!(self, Self::Sealed(_))
    }

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

    /// Whether only the holder of one of these keys can open it: nobody else is known who could, so it is of no use to anybody yet.
    pub fn is_only_for(&self, keys: &[ReadingKey]) -> bool {
        match self {
            Self::Plain(_) => false,
            Self::Sealed(sealed) => match sealed.keys.as_slice() {
                [only] => keys.iter().any(|key| KeyMark::of(key) == only.to),
                _ => false,
            },
        }
    }
}

impl Part {
    /// The part at this place of an event, sealed to at most [`MOST_READERS`] of `readers`. `chance` is never used twice. `None` where no
    /// reader's key is one.
    pub fn seal(event: EventId, index: u8, kind: PartKind, content: &Content, readers: &[ReadingKey], chance: &[u8; 32]) -> Option<Self> {
        let beside = beside(event, index, &content.describe(kind));
        let key = blake3::derive_key(CONTENT_KEY, chance);
        let wrap = |reader: &ReadingKey| {
            let chance = blake3::derive_key(WRAP_CHANCE, &[chance.as_slice(), &reader.0].concat());
            Wrapped::seal(reader, PURPOSE, &beside, &key, &chance)
        };
        let mut keys: Vec<Wrapped> = Vec::new();
        for wrapped in readers.iter().take(MOST_READERS).filter_map(wrap) {
            if !keys.contains(&wrapped) {
                keys.push(wrapped);
            }
        }
        let plain = postcard::to_allocvec(content).ok()?;
        let sealed = cipher(&key).encrypt(&Nonce::default(), Payload { msg: &plain, aad: &beside }).ok()?;
        let envelope = Envelope::Sealed(Sealed { keys, sealed });
        let has_readers = matches!(&envelope, Envelope::Sealed(sealed) if !sealed.keys.is_empty());
        has_readers.then_some(Self { event, index, kind, envelope })
    }

    /// The part as a phone keeps it whose holder has a PIN: what came plain is sealed to the holder, and lies nowhere as it came. `None` where
    /// `key` is none.
    ///
    /// Chance is what the content brings: its salt is random, and one content at one place is sealed to one key in one way only.
    pub fn kept_for(self, key: &ReadingKey) -> Option<Self> {
        let Envelope::Plain(content) = &self.envelope else { return Some(self) };
        let from = [self.event.0.as_slice(), &[self.index], &key.0, &content.salt, &content.bytes].concat();
        let chance = blake3::derive_key(KEEP_CHANCE, &from);
        Self::seal(self.event, self.index, self.kind, content, std::slice::from_ref(key), &chance)
    }

    /// The content, if it is readable with these secrets and is what the core said.
    pub fn open(&self, said: &PartRef, keyring: &Keyring) -> Option<Content> {
        let content = match &self.envelope {
            Envelope::Plain(content) => content.clone(),
            Envelope::Sealed(sealed) => self.unseal(sealed, said, keyring)?,
        };
        (content.describe(self.kind) == *said).then_some(content)
    }

    /// Whether it may be what the core said: one that is sealed is taken on the word of its kind.
    pub fn may_be(&self, said: &PartRef) -> bool {
        match &self.envelope {
            Envelope::Plain(content) => content.describe(self.kind) == *said,
            Envelope::Sealed(_) => self.kind == said.kind,
        }
    }

    fn unseal(&self, sealed: &Sealed, said: &PartRef, keyring: &Keyring) -> Option<Content> {
        let beside = beside(self.event, self.index, said);
        let key = keyring.open(&sealed.keys, PURPOSE, &beside)?;
        let plain = cipher(&key).decrypt(&Nonce::default(), Payload { msg: &sealed.sealed, aad: &beside }).ok()?;
        postcard::from_bytes(&plain).ok()
    }

    /// The CouchDB revision that a delivery of this part carries.
    pub fn revision(&self) -> String {
        let mut hasher = blake3::Hasher::new();
        hasher.update(&self.event.0).update(&[self.index]);
        format!("1-{}", data_encoding::HEXLOWER.encode(&hasher.finalize().as_bytes()[..16]))
    }
}

/// What a sealed part is bound to, so that it can be moved to no other place: the event, its place there, and what the core says of it.
fn beside(event: EventId, index: u8, said: &PartRef) -> Vec<u8> {
    [event.0.as_slice(), &[index, said.kind as u8], &said.hash].concat()
}

fn cipher(key: &[u8; 32]) -> ChaCha20Poly1305 {
    ChaCha20Poly1305::new(&(*key).into())
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
mod tests;
