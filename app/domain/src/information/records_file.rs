//! Records in a file: what one phone could not send yet, so that another can carry it (`docs/formats/records-file.md`).

use crate::event::{Event, LONGEST_CORE, Malformed};
use crate::id::RegionId;
use crate::part::{Envelope, LONGEST_ENVELOPE, Part, PartKind};
use crate::text::{from_base64url, to_base64url};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeSet;

/// The largest file that is read, in bytes.
pub const LARGEST_FILE: usize = 20 * 1024 * 1024;

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

#[derive(Serialize, Deserialize)]
struct File {
    format: String,
    version: u64,
    region: RegionId,
    events: Vec<Value>,
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
    let events: Result<Vec<Value>, Malformed> = records.iter().map(write_entry).collect();
    let file = File { format: FORMAT.to_owned(), version: VERSION.into(), region, events: events? };
    serde_json::to_vec(&file).map_err(|_| Malformed::NotAnEvent)
}

fn write_entry(carried: &Carried) -> Result<Value, Malformed> {
    let part = |part: &Part| {
        let envelope = part.envelope.to_bytes().map_err(|_| Malformed::NotAnEvent)?;
        Ok(PartEntry { index: part.index, kind: part.kind, envelope: to_base64url(&envelope) })
    };
    let parts: Result<Vec<PartEntry>, Malformed> = carried.parts.iter().map(part).collect();
    let event = &carried.event;
    let entry = Entry { core: to_base64url(event.core_bytes()), sig: to_base64url(event.signature()), parts: parts? };
    serde_json::to_value(entry).map_err(|_| Malformed::NotAnEvent)
}

/// Reads a file. Every record is checked by itself: a bad one does not spoil the others.
///
/// # Errors
/// A file that is not one of records; nothing of it is read.
pub fn read(file: &[u8]) -> Result<Loaded, NotRecords> {
    if file.len() > LARGEST_FILE {
        return Err(NotRecords::TooLarge);
    }
    let value: Value = serde_json::from_slice(file).map_err(|_| NotRecords::OtherFile)?;
    if value.get("format").and_then(Value::as_str) != Some(FORMAT) {
        return Err(NotRecords::OtherFile);
    }
    match value.get("version").and_then(Value::as_u64) {
        Some(version) if version == u64::from(VERSION) => {}
        Some(version) => return Err(NotRecords::OtherVersion(version)),
        None => return Err(NotRecords::OtherFile),
    }
    let file: File = serde_json::from_value(value).map_err(|_| NotRecords::OtherFile)?;
    let mut loaded = Loaded { region: file.region, good: Vec::new(), bad: Vec::new() };
    let mut seen = BTreeSet::new();
    for (at, entry) in file.events.into_iter().enumerate() {
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

fn read_entry(entry: Value, region: RegionId) -> Result<(Carried, bool), Fault> {
    let entry: Entry = serde_json::from_value(entry).map_err(|_| Fault::Unreadable)?;
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
    let fits = matches!(part.envelope, Envelope::Sealed { .. }) || part.open(said).is_some();
    fits.then_some(part)
}

/// Sizes are bounded before memory is taken.
fn bounded(text: &str, longest: usize) -> Option<Vec<u8>> {
    (text.len() <= longest.div_ceil(3) * 4).then(|| from_base64url(text)).flatten()
}

#[cfg(test)]
mod tests;
