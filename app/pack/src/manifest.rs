//! The manifest: the signed header of a pack. It says whose region it is, who signs for it, where its data comes from, and what
//! hashes the parts behind it have.

use crate::error::PackError;
use crate::pack::FIRST;
use civmesh_domain::event::Mode;
use civmesh_domain::id::{DeviceKey, RegionId};
use civmesh_domain::text::{Text, from_base64url, to_base64url};
use civmesh_domain::unit::{Millis, Place};
use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};
use serde::{Deserialize, Serialize};

/// The most keys that may have spoken for a region before the present one.
pub const LONGEST_ENDORSEMENT: usize = 8;
/// The first bytes of every pack.
pub const MAGIC: &[u8; 7] = b"CIVMESH";
/// The format that this version reads and writes.
pub const FORMAT: u8 = 1;
/// The largest pack, in bytes.
pub const LARGEST_PACK: u64 = 256 * 1024 * 1024;
/// The largest manifest, in bytes.
pub const LARGEST_MANIFEST: u64 = 256 * 1024;
/// Bytes that hold the header of any pack: enough for [`Manifest::peek`].
pub const HEADER_BYTES: usize = PREFIX + LARGEST_MANIFEST as usize + SIGNATURE;

/// Magic, format and the manifest's length.
pub(crate) const PREFIX: usize = MAGIC.len() + 1 + 4;
pub(crate) const SIGNATURE: usize = 64;
pub(crate) const PACK_CONTEXT: &[u8] = b"civmesh pack v1\n";
const SUCCESSOR_CONTEXT: &[u8] = b"civmesh successor v1\n";

/// The signed header. Fields that a later version adds are ignored by this one, and are signed all the same.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// The region.
    pub region: RegionId,
    /// The authority that signs this pack.
    pub authority: DeviceKey,
    /// The authority that may sign later packs of this region too.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub successor: Option<DeviceKey>,
    /// Where the authority is not the region's first: the first one's word that this one speaks for the region.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub endorsement: Option<Endorsement>,
    /// The region's name.
    pub name: Text,
    /// `real`, or the reference of the exercise.
    #[serde(with = "mode_text")]
    pub mode: Mode,
    /// Where a map or a list starts.
    pub centre: Place,
    /// When it was built.
    #[serde(with = "time_text")]
    pub built: Millis,
    /// Its version, counted by its authority.
    pub version: u32,
    /// Where its data comes from; nodes refer to it by index.
    pub layers: Vec<Layer>,
    /// The parts behind the signature, in order.
    pub sections: Vec<SectionEntry>,
}

/// A source of data, with what its licence wants to be shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Layer {
    /// Its name.
    pub name: Text,
    /// Its licence, by name.
    pub licence: String,
    /// The words that its licence wants to be shown.
    pub attribution: String,
    /// Where it was got.
    pub source: String,
    /// Its date, `YYYY-MM-DD` or `YYYY`.
    pub date: String,
}

/// One part of the file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SectionEntry {
    /// Its name: `nodes`, `sops`, `places`; others are kept by later versions and only verified by this one.
    pub name: String,
    /// Its length in bytes.
    pub length: u32,
    /// BLAKE3 of its bytes, in hexadecimal.
    pub blake3: String,
}

/// A key that speaks for the region says that another one does too.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Endorsement {
    /// The region's first authority, whose fingerprint is the region's identifier, or a later one that `via` endorses.
    pub by: DeviceKey,
    /// Its signature over context, region and the endorsed key, base64url.
    pub sig: String,
    /// Where `by` is not the first authority: the word for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub via: Option<Box<Endorsement>>,
    /// Whether what `by` signed counts no longer, because its key is in foreign hands. Said by whoever signs the pack.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub disowned: bool,
}

impl Endorsement {
    /// `founder` endorses `successor` for its own region.
    pub fn sign(founder: &SigningKey, successor: &DeviceKey) -> Self {
        Self::sign_after(founder, None, successor)
    }

    /// `key` endorses `successor`; `via` is the word for `key` itself, where it did not found the region.
    pub fn sign_after(key: &SigningKey, via: Option<Self>, successor: &DeviceKey) -> Self {
        let by = DeviceKey(key.verifying_key().to_bytes());
        let region = via.as_ref().map_or_else(|| RegionId::of_authority(&by), Self::region);
        let signature = key.sign(&successor_message(&region, successor)).to_bytes();
        Self { by, sig: to_base64url(&signature), via: via.map(Box::new), disowned: false }
    }

    /// The region that it is about: that of the first authority.
    pub fn region(&self) -> RegionId {
        RegionId::of_authority(self.chain().last().map_or(&self.by, |word| &word.by))
    }

    /// This word, the one for its author, and so on to the first authority's.
    pub fn chain(&self) -> impl Iterator<Item = &Self> {
        std::iter::successors(Some(self), |word| word.via.as_deref())
    }

    /// Whether it says, link by link, that `authority` speaks for `region`.
    pub fn covers(&self, region: &RegionId, authority: &DeviceKey) -> bool {
        let spoken_for = std::iter::once(authority).chain(self.chain().map(|word| &word.by));
        self.region() == *region
            && self.chain().take(LONGEST_ENDORSEMENT + 1).count() <= LONGEST_ENDORSEMENT
            && self.chain().zip(spoken_for).all(|(word, key)| word.is_signed_for(region, key))
    }

    fn is_signed_for(&self, region: &RegionId, key: &DeviceKey) -> bool {
        let signature = from_base64url(&self.sig).and_then(|bytes| bytes.try_into().ok());
        signature.is_some_and(|signature| is_signed(&self.by, &successor_message(region, key), &signature))
    }
}

fn successor_message(region: &RegionId, successor: &DeviceKey) -> Vec<u8> {
    [SUCCESSOR_CONTEXT, &region.0, &successor.0].concat()
}

impl Manifest {
    /// Reads and verifies the header alone; [`HEADER_BYTES`] of the file are always enough.
    ///
    /// # Errors
    /// Not a pack, another format, cut off within the header, not signed by its authority, or not that authority's region.
    pub fn peek(file: &[u8]) -> Result<Self, PackError> {
        read_header(file).map(|(manifest, _)| manifest)
    }

    /// How large all that follows the header is, in bytes: to be compared with the room there is before it is fetched or stored.
    pub fn section_bytes(&self) -> u64 {
        self.sections.iter().map(|section| u64::from(section.length)).sum()
    }

    /// How many sections, in their order, hold all that is read at once; those after them are opened later.
    pub(crate) fn first(&self) -> usize {
        let is_first = |section: &SectionEntry| FIRST.contains(&section.name.as_str());
        let first = self.sections.iter().take_while(|section| is_first(section)).count();
        // Files of older builds have procedures between nodes and places: these are not cut.
        if self.sections.iter().skip(first).any(is_first) { self.sections.len() } else { first }
    }

    /// How long a file is that ends with these, where the sections begin at `start`.
    pub(crate) fn first_length(&self, start: usize) -> u64 {
        let lengths = self.sections.iter().take(self.first()).map(|section| u64::from(section.length));
        start as u64 + lengths.sum::<u64>()
    }

    /// Whether this pack may take the place of `known`, the one that is here. Packs of other regions never disturb each other.
    ///
    /// # Errors
    /// `ForeignAuthority` where it is the same region, signed neither by the known authority nor by the successor it named.
    pub fn accepts(&self, known: &Manifest) -> Result<(), PackError> {
        let same = self.region == known.region;
        let entitled = self.authority == known.authority || known.successor == Some(self.authority);
        if same && !entitled { Err(PackError::ForeignAuthority) } else { Ok(()) }
    }

    /// The keys whose signatures count in this region: the authority's, the successor's, and those of former authorities whose keys were
    /// lost rather than stolen. Phones take credentials and revocations from these.
    pub fn authorities(&self) -> Vec<DeviceKey> {
        let former = self.endorsement.iter().flat_map(Endorsement::chain).filter(|word| !word.disowned).map(|word| word.by);
        std::iter::once(self.authority).chain(self.successor).chain(former).collect()
    }

    fn is_its_authoritys_region(&self) -> bool {
        let endorsed = || self.endorsement.as_ref().is_some_and(|word| word.covers(&self.region, &self.authority));
        RegionId::of_authority(&self.authority) == self.region || endorsed()
    }
}

/// The verified manifest and the offset of the first section.
pub(crate) fn read_header(file: &[u8]) -> Result<(Manifest, usize), PackError> {
    let known = file.len().min(MAGIC.len());
    if file[..known] != MAGIC[..known] {
        return Err(PackError::NotAPack);
    }
    match file.get(MAGIC.len()) {
        None => return Err(PackError::Truncated),
        Some(&FORMAT) => {}
        Some(&other) => return Err(PackError::OtherFormat(other)),
    }
    let length = file.get(MAGIC.len() + 1..PREFIX).and_then(|bytes| bytes.try_into().ok()).map(u32::from_le_bytes);
    let length = length.ok_or(PackError::Truncated)?;
    if u64::from(length) > LARGEST_MANIFEST {
        return Err(PackError::TooLarge { found: length.into(), limit: LARGEST_MANIFEST });
    }
    let end = PREFIX + length as usize;
    let bytes = file.get(PREFIX..end).ok_or(PackError::Truncated)?;
    let signature = file.get(end..end + SIGNATURE).and_then(|bytes| bytes.try_into().ok()).ok_or(PackError::Truncated)?;
    let manifest: Manifest = serde_json::from_slice(bytes).map_err(|_| PackError::Damaged("manifest".to_owned()))?;
    if !is_signed(&manifest.authority, &[PACK_CONTEXT, bytes].concat(), &signature) {
        return Err(PackError::WrongSignature);
    }
    if !manifest.is_its_authoritys_region() {
        return Err(PackError::RegionMismatch);
    }
    Ok((manifest, end + SIGNATURE))
}

fn is_signed(key: &DeviceKey, message: &[u8], signature: &[u8; SIGNATURE]) -> bool {
    VerifyingKey::from_bytes(&key.0).is_ok_and(|key| key.verify_strict(message, &Signature::from_bytes(signature)).is_ok())
}

/// `real`, or the eight characters of a drill: as in a delivery.
mod mode_text {
    use civmesh_domain::event::Mode;
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub fn serialize<S: Serializer>(mode: &Mode, serializer: S) -> Result<S::Ok, S::Error> {
        match mode {
            Mode::Real => serializer.serialize_str("real"),
            Mode::Drill(drill) => serializer.collect_str(drill),
        }
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Mode, D::Error> {
        match String::deserialize(deserializer)?.as_str() {
            "real" => Ok(Mode::Real),
            drill => drill.parse().map(Mode::Drill).map_err(D::Error::custom),
        }
    }
}

/// RFC 3339 in UTC: 64-bit numbers never travel as JSON numbers.
mod time_text {
    use civmesh_domain::unit::Millis;
    use serde::{Deserialize, Deserializer, Serializer, de::Error, ser::Error as _};
    use std::time::{Duration, UNIX_EPOCH};

    pub fn serialize<S: Serializer>(time: &Millis, serializer: S) -> Result<S::Ok, S::Error> {
        let time = UNIX_EPOCH.checked_add(Duration::from_millis(time.0)).ok_or_else(|| S::Error::custom("too far ahead"))?;
        serializer.collect_str(&humantime::format_rfc3339(time))
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Millis, D::Error> {
        let time = humantime::parse_rfc3339(&String::deserialize(deserializer)?).map_err(D::Error::custom)?;
        let since = time.duration_since(UNIX_EPOCH).map_err(D::Error::custom)?;
        u64::try_from(since.as_millis()).map(Millis).map_err(D::Error::custom)
    }
}
