//! Everything that this crate takes from strangers, as functions over bytes that say whether they were accepted and fail where a property
//! does not hold: the pack itself, and the files that one is built of. As in the domain's own `tests/decoder`, whose pieces are used here;
//! `robust.rs` calls them with damaged inputs, `make fuzz` with whatever its coverage leads it to.
#![allow(clippy::unwrap_used, reason = "a test; the lint only knows functions marked as tests")]

#[path = "../../../domain/tests/decoder/memory.rs"]
pub mod memory;
pub mod pbf;
pub mod sample;

use civmesh_domain::unit::Millis;
use civmesh_pack::build::config::{Bounds, Region};
use civmesh_pack::build::error::BuildError;
use civmesh_pack::build::source::Source;
use civmesh_pack::build::{Built, assemble};
use civmesh_pack::pack::first_half;
use civmesh_pack::{AtOnce, Later, Pack, PackError, at_once};
use memory::bounded;
use std::path::Path;

/// A decoder's name, good inputs for it, and its properties.
pub type Decoder = (&'static str, fn() -> Vec<Vec<u8>>, fn(&[u8]) -> bool);

pub const ALL: &[Decoder] = &[
    ("pack", sample::packs, pack),
    ("section", sample::sections, section),
    ("region", sample::regions, region),
    ("csv", sample::tables, csv),
    ("geojson", sample::collections, geojson),
    ("pbf", sample::extracts, pbf),
];

/// A pack, of which each entry takes some fifteen times its bytes, and twice that while its list grows.
const PACK: u64 = 128;
/// Its header is JSON, and so is a GeoJSON: an object of one field takes some 650 bytes and six characters.
const JSON: u64 = 256;
/// A file, through all that becomes of it: rows for each layer, graph, areas, tiles, and the pack, once written and once read.
const BUILD: u64 = 4096;
/// Of one byte zlib makes a thousand, and a number of one byte takes eight, twice that while its list grows.
const EXTRACT: u64 = 32 * 1024;
/// So many bytes a file is thought longer: tiles are held before they are written, and one block of an extract is before it is looked at.
const BLOCK: usize = 8 * 1024;

/// A whole pack. Only what its authority signed is ever read of it; signed anew, it is read or refused.
pub fn pack(bytes: &[u8]) -> bool {
    let read = bounded(bytes.len(), PACK, || Pack::read(bytes));
    assert!(read.is_err() || sample::PACKS.iter().any(|known| known == bytes), "something else is read as good");
    sample::signed(bytes).is_some_and(|file| is_pack(&file)) || read.is_ok()
}

/// Any bytes as one section of a pack that is signed: the first byte says which.
pub fn section(bytes: &[u8]) -> bool {
    let Some((which, content)) = bytes.split_first() else { return false };
    is_pack(&sample::with_section(sample::SECTIONS[usize::from(*which) % sample::SECTIONS.len()], content))
}

/// Whether a file is a pack, and all that is opened later good. Its halves are as good as the whole.
fn is_pack(file: &[u8]) -> bool {
    let read = bounded(file.len(), PACK, || Pack::read(file));
    let first = at_once(Pack::read_first(file, &AtOnce));
    let Ok(pack) = read else {
        // Opened later, a section is compared with its hash all the same.
        let _ = first.map(|pack| bounded(file.len(), PACK, || pack.check_later()));
        return false;
    };
    let first = first.unwrap();
    assert_eq!((&first.manifest, &first.nodes, &first.places), (&pack.manifest, &pack.nodes, &pack.places));
    assert_eq!(first.check_later(), pack.check_later());
    let half = first_half(file).unwrap();
    if half < file.len() {
        assert!(Pack::read(&file[..half]).unwrap().later.is_awaited());
        assert_eq!(Later::read(&pack.manifest, &file[half..].to_vec().into()).as_ref(), Ok(&pack.later));
    }
    bounded(file.len(), PACK, || pack.check_later()).is_ok()
}

/// What stands in a `region.toml`.
pub fn region(bytes: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(bytes) else { return false };
    let read = bounded(bytes.len(), JSON, || Region::parse(Path::new("region.toml"), text));
    told(read).is_some()
}

/// A CSV, as nodes, places and people.
pub fn csv(bytes: &[u8]) -> bool {
    built(&sample::CSV, bytes, BUILD)
}

/// A GeoJSON, as everything that one may hold.
pub fn geojson(bytes: &[u8]) -> bool {
    built(&sample::GEOJSON, bytes, BUILD)
}

/// An extract of OpenStreetMap, as everything that one may hold.
pub fn pbf(bytes: &[u8]) -> bool {
    built(&sample::PBF, bytes, EXTRACT)
}

/// Builds a region of this one file.
pub fn read(region: &str, bytes: &[u8]) -> Result<Built, BuildError> {
    let path = Path::new("region.toml");
    let source = |file: &str| Ok(Source::held(file, bytes));
    assemble(&Region::parse(path, region)?, path, &sample::key(1), Millis(0), source)
}

/// Why a region of this one file can't be built; nothing where it can.
#[allow(dead_code, reason = "fuzzing needs a part of this")]
pub fn refused(region: &str, bytes: &[u8]) -> String {
    read(region, bytes).err().map(|error| error.to_string()).unwrap_or_default()
}

/// Whether a region of this one file can be built. No row is ever a reason that it can't.
fn built(region: &str, bytes: &[u8], factor: u64) -> bool {
    let read = bounded(bytes.len() + BLOCK, factor, || read(region, bytes));
    assert!(!matches!(read, Err(BuildError::Pack(PackError::Unfit { .. } | PackError::Undecodable { .. }))), "{read:?}");
    let Some(Built { pack, report, .. }) = told(read) else { return false };
    pack.check_later().unwrap();
    let bounds = Bounds::from(sample::BOUNDS);
    assert!(
        pack.nodes.iter().map(|node| node.place).chain(pack.places.iter().map(|place| place.place)).all(|place| bounds.has_place(place))
    );
    for said in report.findings.iter().map(ToString::to_string).chain(report.summary().lines().map(str::to_owned)) {
        assert!(!said.chars().any(char::is_control), "{said:?}");
    }
    assert!(report.to_csv().lines().count() > report.findings.len());
    true
}

/// What was read; an error is one line that does nothing to a terminal.
fn told<T>(read: Result<T, BuildError>) -> Option<T> {
    let error = match read {
        Ok(value) => return Some(value),
        Err(error) => error.to_string(),
    };
    assert!(!error.is_empty() && !error.chars().any(char::is_control), "{error:?}");
    None
}
