//! A whole pack: verified, decoded and checked, or refused. There is nothing in between.

use crate::error::{Fault, PackError};
use crate::later::{LATER, Later};
use crate::manifest::{LARGEST_PACK, Manifest, SectionEntry, read_header};
use crate::pause::{AtOnce, Pauses, at_once};
use crate::place::NamedPlace;
use bytes::Bytes;
use civmesh_domain::spatial::node::Node;
use civmesh_domain::text::Text;
use civmesh_domain::unit::Place;
use serde::de::DeserializeOwned;
use std::collections::HashSet;

/// The most nodes, and the most named places, in a pack.
pub const MOST_NODES: u32 = 200_000;

pub(crate) const NODES: &str = "nodes";
pub(crate) const PLACES: &str = "places";
/// What is read at once, and is in every pack.
pub(crate) const FIRST: [&str; 2] = [NODES, PLACES];

/// A region, as its authority signed it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pack {
    /// The signed header.
    pub manifest: Manifest,
    /// The registry.
    pub nodes: Vec<Node>,
    /// Places that can be chosen by name.
    pub places: Vec<NamedPlace>,
    /// What is opened when it is first needed.
    pub later: Later,
}

impl Pack {
    /// Reads a pack: sizes first, then signature and hashes, then every entry, apart from those of sections that are opened later. The file
    /// may end before these, and [`Later::read`] then reads what comes in another one.
    ///
    /// # Errors
    /// The first thing that is wrong, and where. Nothing is kept of a pack that is refused.
    pub fn read(file: &[u8]) -> Result<Self, PackError> {
        at_once(Self::read_with(file, true, &AtOnce))
    }

    /// [`Pack::read`], with pauses: a country's nodes take longer than a screen may wait.
    ///
    /// # Errors
    /// As [`Pack::read`].
    pub async fn read_pausing(file: &[u8], pauses: &impl Pauses) -> Result<Self, PackError> {
        Self::read_with(file, true, pauses).await
    }

    /// Reads a pack that this phone has read whole before, from its own storage: the same, but sections that are opened later are compared
    /// with their hashes when they are, so that starting does not wait for a large graph.
    ///
    /// # Errors
    /// As [`Pack::read`].
    pub async fn read_first(file: &[u8], pauses: &impl Pauses) -> Result<Self, PackError> {
        Self::read_with(file, false, pauses).await
    }

    async fn read_with(file: &[u8], verify_later: bool, pauses: &impl Pauses) -> Result<Self, PackError> {
        let size = file.len() as u64;
        if size > LARGEST_PACK {
            return Err(PackError::TooLarge { found: size, limit: LARGEST_PACK });
        }
        let (manifest, start) = read_header(file)?;
        let announced = start as u64 + manifest.section_bytes();
        if announced > LARGEST_PACK {
            return Err(PackError::TooLarge { found: announced, limit: LARGEST_PACK });
        }
        let is_whole = manifest.first_length(start) != size || announced == size;
        let listed = if is_whole { manifest.sections.as_slice() } else { manifest.sections.get(..manifest.first()).unwrap_or_default() };
        let sections = cut(listed, file.get(start..).unwrap_or_default(), verify_later, pauses).await?;
        let named = |name| once(&sections, name)?.ok_or(PackError::Missing(name));
        let nodes = decode(NODES, named(NODES)?, MOST_NODES, pauses).await?;
        let places = decode(PLACES, named(PLACES)?, MOST_NODES, pauses).await?;
        let later =
            if is_whole { Later::of(&manifest, &sections, verify_later, Bytes::copy_from_slice)? } else { Later::awaited(&manifest) };
        check_nodes(&nodes, manifest.layers.len(), pauses).await?;
        check_places(&places, pauses).await?;
        check_place(manifest.centre, || manifest.name.clone()).map_err(|_| PackError::Damaged("manifest".to_owned()))?;
        Ok(Self { manifest, nodes, places, later })
    }
}

/// Where a file is cut in two, so that what is opened later need not come with the first screen: both halves together are the file.
///
/// # Errors
/// What is no pack.
pub fn first_half(file: &[u8]) -> Result<usize, PackError> {
    let (manifest, start) = read_header(file)?;
    Ok(manifest.first_length(start) as usize)
}

/// Cuts bytes into the parts that the manifest lists, each with the hash that was signed, and nothing after them.
/// Those that are opened later are left to be compared then, unless `verify_later`.
pub(crate) async fn cut<'a>(
    listed: &'a [SectionEntry],
    bytes: &'a [u8],
    verify_later: bool,
    pauses: &impl Pauses,
) -> Result<Vec<(&'a str, &'a [u8])>, PackError> {
    let announced: u64 = listed.iter().map(|section| u64::from(section.length)).sum();
    if (bytes.len() as u64) < announced {
        return Err(PackError::Truncated);
    }
    let mut rest = bytes;
    let mut sections = Vec::new();
    for section in listed {
        let (bytes, after) = rest.split_at_checked(section.length as usize).ok_or(PackError::Truncated)?;
        let is_due = verify_later || !LATER.contains(&section.name.as_str());
        if is_due && !has_hash(bytes, &section.blake3, pauses).await {
            return Err(PackError::Damaged(section.name.clone()));
        }
        sections.push((section.name.as_str(), bytes));
        rest = after;
    }
    if rest.is_empty() { Ok(sections) } else { Err(PackError::Damaged("end".to_owned())) }
}

/// So many bytes are hashed between two pauses.
const HASHED_AT_ONCE: usize = 256 * 1024;

/// Whether bytes have the hash that was signed, in hexadecimal digits.
pub(crate) async fn has_hash(bytes: &[u8], hash: &str, pauses: &impl Pauses) -> bool {
    let mut hasher = blake3::Hasher::new();
    for some in bytes.chunks(HASHED_AT_ONCE) {
        hasher.update(some);
        pauses.pause().await;
    }
    hasher.finalize().to_hex().as_str() == hash
}

/// The one section of this name; `None` where there is none.
pub(crate) fn once<'a>(sections: &[(&str, &'a [u8])], name: &str) -> Result<Option<&'a [u8]>, PackError> {
    let mut found = sections.iter().filter(|(other, _)| *other == name);
    match (found.next(), found.next()) {
        (first, None) => Ok(first.map(|(_, bytes)| *bytes)),
        (_, Some(_)) => Err(PackError::Damaged("manifest".to_owned())),
    }
}

/// The fewest bytes that an entry of any list takes, about: no more room is taken in advance than the bytes can fill.
const SHORTEST_ENTRY: usize = 24;

/// So many entries are read or looked at between two pauses.
const AT_ONCE: u32 = 256;

/// Reads a counted list entry by entry, so that the one which cannot be read is known.
pub(crate) async fn decode<T: DeserializeOwned>(
    section: &'static str,
    bytes: &[u8],
    most: u32,
    pauses: &impl Pauses,
) -> Result<Vec<T>, PackError> {
    let undecodable = |item| move |_| PackError::Undecodable { section, item };
    let (count, mut rest) = postcard::take_from_bytes::<u32>(bytes).map_err(undecodable(0))?;
    if count > most {
        return Err(PackError::TooLarge { found: count.into(), limit: most.into() });
    }
    let mut entries = Vec::with_capacity((count as usize).min(rest.len() / SHORTEST_ENTRY));
    for item in 1..=count {
        let (entry, after) = postcard::take_from_bytes(rest).map_err(undecodable(item))?;
        entries.push(entry);
        rest = after;
        if item % AT_ONCE == 0 {
            pauses.pause().await;
        }
    }
    if rest.is_empty() { Ok(entries) } else { Err(PackError::Undecodable { section, item: count }) }
}

async fn check_nodes(nodes: &[Node], layers: usize, pauses: &impl Pauses) -> Result<(), PackError> {
    let mut ids = HashSet::with_capacity(nodes.len());
    each(NODES, nodes, pauses, |node| {
        let id = || node.id.to_string();
        if !ids.insert(&node.id) {
            return Err(Fault::DuplicateId(id()));
        }
        if node.name.is_empty() {
            return Err(Fault::NoName(id()));
        }
        if usize::from(node.layer) >= layers {
            return Err(Fault::UnknownLayer(id()));
        }
        check_place(node.place, || Text::new(id(), ""))
    })
    .await
}

async fn check_places(places: &[NamedPlace], pauses: &impl Pauses) -> Result<(), PackError> {
    each(PLACES, places, pauses, |place| {
        if place.name.is_empty() {
            return Err(Fault::NoName(format!("{:?}", place.place)));
        }
        check_place(place.place, || place.name.clone())
    })
    .await
}

pub(crate) fn check_place(place: Place, name: impl Fn() -> Text) -> Result<(), Fault> {
    let on_globe = Place::from_degrees(place.lat(), place.lon()).is_some();
    if on_globe { Ok(()) } else { Err(Fault::OffTheGlobe(name().zh)) }
}

pub(crate) async fn each<'a, T>(
    section: &'static str,
    entries: &'a [T],
    pauses: &impl Pauses,
    mut check: impl FnMut(&'a T) -> Result<(), Fault>,
) -> Result<(), PackError> {
    for (item, entry) in (1..).zip(entries) {
        check(entry).map_err(|fault| PackError::Unfit { section, item, fault })?;
        if item % AT_ONCE == 0 {
            pauses.pause().await;
        }
    }
    Ok(())
}
