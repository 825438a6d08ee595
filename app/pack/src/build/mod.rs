//! The builder: a region's pack out of `region.toml` and the files that it names. Not for phones.
//!
//! # Layout
//! - [`config`]: what `region.toml` says.
//! - [`layer`]: what it says of one source.
//! - [`gather`]: all layers, one after the other.
//! - [`source`]: a file that a layer names.
//! - [`table`]: rows of CSV and GeoJSON.
//! - [`reading`]: one row, field by field.
//! - [`coordinate`]: where it lies.
//! - [`node`], [`duplicate`]: rows become nodes; those that are one become one.
//! - [`named`]: rows become named places.
//! - [`osm`]: rows and ways of an extract of OpenStreetMap.
//! - [`shape`], [`ground`]: lines and outlines, and what becomes of them: the walking graph, hazard areas, people.
//! - [`chart`]: what is drawn becomes the base map.
//! - [`report`]: what was wrong with which row.
//! - [`export`]: the way back: nodes of a pack as a file, and the layers that read it.
//! - [`shown`]: words of a source, as a terminal can show them.
//! - [`key`]: the authority's key.
//! - [`error`]: why a region cannot be built at all.

pub mod chart;
pub mod config;
pub mod coordinate;
pub mod duplicate;
pub mod error;
pub mod export;
pub mod gather;
pub mod ground;
pub mod key;
pub mod layer;
pub mod named;
pub mod node;
pub mod osm;
pub mod reading;
pub mod report;
pub mod shape;
pub mod shown;
pub mod source;
pub mod table;

use crate::manifest::Layer as Credit;
use crate::pack::Pack;
use crate::write::Draft;
use civmesh_domain::event::Mode;
use civmesh_domain::id::NodeId;
use civmesh_domain::sop::procedure::Procedure;
use civmesh_domain::spatial::node::StaffEntry;
use civmesh_domain::unit::{Millis, Place};
use config::{Layer, ModeName, Region};
use ed25519_dalek::SigningKey;
use error::BuildError;
use gather::{Gathering, gather};
use key::Opened;
use report::Report;
use source::Source;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// A region that was built, not yet written.
#[derive(Debug)]
pub struct Built {
    /// The file.
    pub file: Vec<u8>,
    /// The same, as a phone reads it.
    pub pack: Pack,
    /// What was wrong with which row.
    pub report: Report,
}

/// Builds the region that `path` (a `region.toml`) describes. `key` signs; without it the seed of an exercise does.
///
/// # Errors
/// A file or setting that makes the whole impossible, or a pack that a phone would refuse. Rows are never a reason.
pub fn build(path: &Path, key: Option<&SigningKey>, built: Millis) -> Result<Built, BuildError> {
    let region = Region::read(path)?;
    let authority = match key {
        Some(key) => key.clone(),
        None => seed_of(&region, path)?,
    };
    assemble(&region, path, &authority, built, in_folder_of(path))
}

/// Builds with the key of a file: an encrypted one brings its successor and its endorsement along, a plain one signs exercises only.
///
/// # Errors
/// As [`build`]; a key that may not sign this region's packs.
pub fn build_signed(path: &Path, signer: &Opened, built: Millis) -> Result<Built, BuildError> {
    let mut region = Region::read(path)?;
    match &signer.title {
        Some(title) => region.authority.take(title).map_err(|reason| config_error(path, &reason))?,
        None if region.mode == ModeName::Real => {
            let reason = "a region that is for real is signed with an encrypted key, which `civmesh-hub authority new` makes";
            return Err(BuildError::Key(reason.to_owned()));
        }
        None => {}
    }
    assemble(&region, path, &signer.key, built, in_folder_of(path))
}

/// Finds files by their names beside another one.
fn in_folder_of(path: &Path) -> impl Fn(&str) -> Result<Source, BuildError> {
    move |file| Source::file(path.with_file_name(file))
}

/// Builds of the files that `source` finds by their names; `path` is where the region's description goes by.
///
/// # Errors
/// As [`build`].
pub fn assemble(
    region: &Region,
    path: &Path,
    authority: &SigningKey,
    built: Millis,
    source: impl Fn(&str) -> Result<Source, BuildError>,
) -> Result<Built, BuildError> {
    let folder = path.parent().unwrap_or(Path::new("."));
    let Gathering { nodes, places, ground, mut chart, mut report } = gather(region, source)?;
    let mut ground = ground.finish(&mut report)?;
    if !chart.is_empty() {
        chart.check().map_err(|reason| config_error(path, &reason))?;
        chart.name(&places);
        let (archive, count) = chart.build()?;
        (ground.map, report.map) = (Some(archive), Some(count));
    }
    let centre = Place::from_degrees(region.centre.lat, region.centre.lon);
    let draft = Draft {
        name: region.name.clone(),
        mode: region.drill.map_or(Mode::Real, Mode::Drill),
        centre: centre.ok_or_else(|| config_error(path, "`centre` is not on the globe"))?,
        built,
        version: region.version,
        successor: region.authority.successor,
        endorsement: region.authority.endorsement.clone(),
        layers: region.layers.iter().map(credit).collect(),
        nodes,
        sops: region.sops.as_ref().map_or(Ok(Vec::new()), |sops| procedures(&folder.join(sops)))?,
        places,
        ground,
    };
    let (file, pack) = draft.seal(authority)?;
    Ok(Built { file, pack, report })
}

/// The exercise authority's key that stands in a `region.toml`: for the hub, which needs it to make sample accounts.
///
/// # Errors
/// A file that is not a region's, or has no seed.
pub fn exercise_key(path: &Path) -> Result<SigningKey, BuildError> {
    seed_of(&Region::read(path)?, path)
}

/// Staff entries by node, from a TOML file with one table for each node.
///
/// # Errors
/// A file that cannot be read or is not of this form.
pub fn staff_entries(path: &Path) -> Result<BTreeMap<NodeId, StaffEntry>, BuildError> {
    let text = std::fs::read_to_string(path).map_err(|source| BuildError::File { path: path.to_owned(), source })?;
    toml::from_str(&text).map_err(|error| BuildError::toml(path, &text, &error))
}

/// Writes a file whole or not at all: beside its place first, read again, then moved there.
///
/// # Errors
/// A file that cannot be written, or does not read back as a pack.
pub fn write(file: &[u8], out: &Path) -> Result<(), BuildError> {
    let beside = PathBuf::from(format!("{}.part", out.display()));
    let failed = |source| BuildError::File { path: out.to_owned(), source };
    std::fs::write(&beside, file).map_err(failed)?;
    let read = std::fs::read(&beside).map_err(failed).and_then(|bytes| Ok(Pack::read(&bytes)?));
    match read {
        Ok(_) => std::fs::rename(&beside, out).map_err(failed),
        Err(error) => std::fs::remove_file(&beside).map_err(failed).and(Err(error)),
    }
}

fn seed_of(region: &Region, path: &Path) -> Result<SigningKey, BuildError> {
    let none = || BuildError::Key(format!("{} has no seed of an exercise; name a key file with --key", path.display()));
    let seed = region.authority.seed.as_ref().ok_or_else(none)?;
    key::from_text(seed).ok_or_else(|| config_error(path, "`seed` is not a key: 52 letters of Crockford base32"))
}

pub(crate) fn config_error(path: &Path, reason: &str) -> BuildError {
    BuildError::Config { path: path.to_owned(), reason: reason.to_owned() }
}

fn credit(layer: &Layer) -> Credit {
    let Layer { name, licence, attribution, source, date, .. } = layer.clone();
    Credit { name, licence, attribution, source, date }
}

/// All procedures of a folder, in the order of their file names.
fn procedures(folder: &Path) -> Result<Vec<Procedure>, BuildError> {
    let failed = |source| BuildError::File { path: folder.to_owned(), source };
    let mut paths = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(failed)? {
        paths.push(entry.map_err(failed)?.path());
    }
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "toml"));
    paths.sort();
    let read = |path: &PathBuf| {
        let text = std::fs::read_to_string(path).map_err(|source| BuildError::File { path: path.clone(), source })?;
        toml::from_str(&text).map_err(|error| BuildError::toml(path, &text, &error))
    };
    paths.iter().map(read).collect()
}
