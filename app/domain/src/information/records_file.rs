//! Records in a file: what one phone could not send yet, so that another can carry it (`docs/formats/records-file.md`).

use crate::event::{Event, LONGEST_CORE, Malformed};
use crate::id::RegionId;
use crate::part::{Envelope, LONGEST_ENVELOPE, Part, PartKind};
use crate::text::{from_base64url, to_base64url};
use serde::de::{Error as _, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::value::RawValue;
use std::collections::BTreeSet;
use std::fmt;

/// The largest file that is read, in bytes.
pub const LARGEST_FILE: usize = 20 * 1024 * 1024;

/// More records than the largest file can hold: none is written in fewer than 180 characters.
const MOST_RECORDS: usize = LARGEST_FILE / 180;

const FORMAT: &str = "civmesh-records";
const VERSION: u32 = 1;

/// An event with those of its parts that travel with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Carried {
    /// The event.
    pub event: Event,
    /// Its parts.
    pub parts: Vec<Part>,
}

/// Why a file is refused as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotRecords {
    /// It is larger than [`LARGEST_FILE`].
    #[error("the file is larger than {LARGEST_FILE} bytes")]
    TooLarge,
    /// It is something else, or was not copied whole.
    #[error("this is not a file of records")]
    OtherFile,
    /// It was saved by a newer app.
    #[error("the file has version {0}; this app reads version {VERSION}")]
    OtherVersion(u64),
}

/// What is wrong with one record of a file; the others are read all the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
pub enum Fault {
    /// It is no event.
    #[error("this is no record")]
    Unreadable,
    /// It is not what its author signed.
    #[error("the signature is not the author's")]
    Broken,
    /// It belongs to another region than the file.
    #[error("it belongs to another region than the file")]
    OtherRegion,
    /// A name, text or photo beside it is not the one that it speaks of; the record itself was read.
    #[error("a part is not the one that the record speaks of")]
    Part,
}

/// What was read of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Loaded {
    /// The region of all records in it.
    pub region: RegionId,
    /// The good ones, each once.
    pub good: Vec<Carried>,
    /// The bad ones: their place in the file, from 1, and what is wrong.
    pub bad: Vec<(usize, Fault)>,
}

#[derive(Serialize)]
struct File {
    format: &'static str,
    version: u32,
    region: RegionId,
    events: Vec<Entry>,
}

/// What every version has.
#[derive(Deserialize)]
struct Head {
    format: String,
    version: u64,
}

#[derive(Deserialize)]
struct Body<'a> {
    region: RegionId,
    #[serde(borrow)]
    events: Entries<'a>,
}

/// The records as they stand in the file. They are read one by one: as values of JSON, many small things would take a hundred times
/// the room of the file.
struct Entries<'a>(Vec<&'a RawValue>);

impl<'de: 'a, 'a> Deserialize<'de> for Entries<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Bounded;
        impl<'de> Visitor<'de> for Bounded {
            type Value = Vec<&'de RawValue>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "at most {MOST_RECORDS} records")
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
                let mut entries = Vec::new();
                while let Some(entry) = seq.next_element()? {
                    if entries.len() == MOST_RECORDS {
                        return Err(A::Error::invalid_length(MOST_RECORDS + 1, &self));
                    }
                    entries.push(entry);
                }
                Ok(entries)
            }
        }
        deserializer.deserialize_seq(Bounded).map(Self)
    }
}

#[derive(Serialize, Deserialize)]
struct Entry {
    core: String,
    sig: String,
    #[serde(default)]
    parts: Vec<PartEntry>,
}

#[derive(Serialize, Deserialize)]
struct PartEntry {
    index: u8,
    kind: PartKind,
    envelope: String,
}

/// The bytes of a file with these records of one region.
///
/// # Errors
/// Never for what came from a store; the encoder's error is passed on all the same.
pub fn write(region: RegionId, records: &[Carried]) -> Result<Vec<u8>, Malformed> {
    let events: Result<Vec<Entry>, Malformed> = records.iter().map(write_entry).collect();
    let file = File { format: FORMAT, version: VERSION, region, events: events? };
    serde_json::to_vec(&file).map_err(|_| Malformed::NotAnEvent)
}

fn write_entry(carried: &Carried) -> Result<Entry, Malformed> {
    let part = |part: &Part| {
        let envelope = part.envelope.to_bytes().map_err(|_| Malformed::NotAnEvent)?;
        Ok(PartEntry { index: part.index, kind: part.kind, envelope: to_base64url(&envelope) })
    };
    let parts: Result<Vec<PartEntry>, Malformed> = carried.parts.iter().map(part).collect();
    let event = &carried.event;
    Ok(Entry { core: to_base64url(event.core_bytes()), sig: to_base64url(event.signature()), parts: parts? })
}

/// Reads a file. Every record is checked by itself: a bad one does not spoil the others.
///
/// # Errors
/// A file that is not one of records; nothing of it is read.
pub fn read(file: &[u8]) -> Result<Loaded, NotRecords> {
    if file.len() > LARGEST_FILE {
        return Err(NotRecords::TooLarge);
    }
    let head: Head = serde_json::from_slice(file).map_err(|_| NotRecords::OtherFile)?;
    match (head.format.as_str(), head.version) {
        (FORMAT, version) if version == u64::from(VERSION) => {}
        (FORMAT, version) => return Err(NotRecords::OtherVersion(version)),
        _ => return Err(NotRecords::OtherFile),
    }
    let file: Body<'_> = serde_json::from_slice(file).map_err(|_| NotRecords::OtherFile)?;
    let mut loaded = Loaded { region: file.region, good: Vec::new(), bad: Vec::new() };
    let mut seen = BTreeSet::new();
    for (at, entry) in file.events.0.into_iter().enumerate() {
        match read_entry(entry, file.region) {
            Err(fault) => loaded.bad.push((at + 1, fault)),
            Ok((carried, bad_parts)) => {
                if bad_parts {
                    loaded.bad.push((at + 1, Fault::Part));
                }
                if seen.insert(carried.event.id) {
                    loaded.good.push(carried);
                }
            }
        }
    }
    Ok(loaded)
}

fn read_entry(entry: &RawValue, region: RegionId) -> Result<(Carried, bool), Fault> {
    let entry: Entry = serde_json::from_str(entry.get()).map_err(|_| Fault::Unreadable)?;
    let core = bounded(&entry.core, LONGEST_CORE).ok_or(Fault::Unreadable)?;
    let signature = bounded(&entry.sig, 64).and_then(|bytes| bytes.try_into().ok()).ok_or(Fault::Unreadable)?;
    let event = Event::from_parts(core, signature).map_err(|_| Fault::Unreadable)?;
    if event.core.region != region {
        return Err(Fault::OtherRegion);
    }
    if !event.is_intact() {
        return Err(Fault::Broken);
    }
    let announced = entry.parts.len();
    let parts: Vec<Part> = entry.parts.into_iter().filter_map(|part| read_part(part, &event)).collect();
    let bad_parts = parts.len() < announced;
    Ok((Carried { event, parts }, bad_parts))
}

/// A part that the event speaks of. A sealed one can't be opened here and is taken on the word of its kind.
fn read_part(entry: PartEntry, event: &Event) -> Option<Part> {
    let said = event.core.parts.get(usize::from(entry.index)).filter(|said| said.kind == entry.kind)?;
    let envelope = Envelope::from_bytes(&bounded(&entry.envelope, LONGEST_ENVELOPE)?)?;
    let part = Part { event: event.id, index: entry.index, kind: entry.kind, envelope };
    part.may_be(said).then_some(part)
}

/// Sizes are bounded before memory is taken.
fn bounded(text: &str, longest: usize) -> Option<Vec<u8>> {
    (text.len() <= longest.div_ceil(3) * 4).then(|| from_base64url(text)).flatten()
}

#[cfg(test)]
mod tests;
