//! `region.toml`: which files a region is built from, and which of their columns mean what.

use super::error::BuildError;
use super::key::title::{Part, Title};
use crate::manifest::Endorsement;
use crate::place::PlaceKind;
use civmesh_domain::id::{CheckWord, DeviceKey};
use civmesh_domain::spatial::node::NodeKind;
use civmesh_domain::text::Text;
use civmesh_domain::unit::Place;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::Path;

/// A whole `region.toml`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Region {
    /// The region's name.
    pub name: Text,
    /// `exercise` or `real`.
    pub mode: ModeName,
    /// The reference of the exercise: eight characters. Needed for an exercise.
    pub drill: Option<CheckWord>,
    /// The pack's version.
    pub version: u32,
    /// Where a map or a list starts.
    pub centre: Degrees,
    /// Where anything of this country or district can lie; what is outside is mended by swapping, or refused.
    #[serde(default = "Bounds::globe")]
    pub bounds: Bounds,
    /// What is outside is left out without a word: for cutting a town out of a country's file.
    pub clip: Option<Bounds>,
    /// Folder of procedures, one TOML file each.
    pub sops: Option<String>,
    /// Who signs.
    #[serde(default)]
    pub authority: Authority,
    /// The sources, in the order in which they are read.
    #[serde(default, rename = "layer")]
    pub layers: Vec<Layer>,
}

/// For real, or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ModeName {
    /// An exercise.
    Exercise,
    /// For real.
    Real,
}

/// Who signs, and who may sign after that.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Authority {
    /// The exercise authority's key, in the open; not allowed in a region that is for real.
    pub seed: Option<String>,
    /// The key that may sign later packs too.
    pub successor: Option<DeviceKey>,
    /// The first authority's word for the key that signs, as `civmesh-pack key endorse` prints it.
    pub endorsement: Option<Endorsement>,
}

impl Authority {
    /// Takes over what a key file says of its successor and endorsement; what stands in `region.toml` must not contradict it.
    pub(super) fn take(&mut self, title: &Title) -> Result<(), String> {
        if title.part == Part::Successor {
            return Err("this is the successor's key; `civmesh-hub authority succeed` lets it take over".to_owned());
        }
        if self.successor.is_some() && self.successor != title.successor {
            return Err("`successor` is not the one that the key file names; take it out, the key file says it".to_owned());
        }
        if self.endorsement.is_some() && self.endorsement != title.endorsement {
            return Err("`endorsement` is not the one in the key file; take it out, the key file has it".to_owned());
        }
        self.successor = title.successor;
        self.endorsement.clone_from(&title.endorsement);
        Ok(())
    }
}

/// A place in degrees.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Degrees {
    /// Latitude.
    pub lat: f64,
    /// Longitude.
    pub lon: f64,
}

/// A box, written as west, south, east, north in degrees. It does not cross the 180th meridian.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[serde(from = "[f64; 4]")]
pub struct Bounds {
    west: f64,
    south: f64,
    east: f64,
    north: f64,
}

impl From<[f64; 4]> for Bounds {
    fn from([west, south, east, north]: [f64; 4]) -> Self {
        Self { west, south, east, north }
    }
}

impl Bounds {
    /// Everywhere.
    pub fn globe() -> Self {
        [-180.0, -90.0, 180.0, 90.0].into()
    }

    /// Whether the point lies in it; the edges belong to it.
    pub fn has(&self, lat: f64, lon: f64) -> bool {
        (self.south..=self.north).contains(&lat) && (self.west..=self.east).contains(&lon)
    }

    /// Whether the place lies in it.
    pub fn has_place(&self, place: Place) -> bool {
        self.has(place.lat(), place.lon())
    }
}

/// One source of nodes or of named places.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Layer {
    /// Its name, shown with the licence.
    pub name: Text,
    /// The file, relative to `region.toml`.
    pub file: String,
    /// Its format.
    pub format: Format,
    /// Its licence, by name.
    pub licence: String,
    /// The words that the licence wants to be shown.
    pub attribution: String,
    /// Where it was got.
    pub source: String,
    /// Its date.
    pub date: String,
    /// Named places of this kind, where the mapping gives them no other; without it the layer holds nodes.
    pub places: Option<PlaceKind>,
    /// For places: rows of one name within so many metres of the first are one place. Without it each row is one.
    #[serde(default)]
    pub spread: u32,
    /// One letter that starts the identifiers of its nodes, where no column holds identifiers.
    pub prefix: Option<char>,
    /// Another clip than the region's.
    pub clip: Option<Bounds>,
    /// Rows count only if these columns have one of these values.
    #[serde(default)]
    pub only: BTreeMap<String, Vec<String>>,
    /// Rows are refused unless these columns start with one of these words: a row that says itself that it lies elsewhere.
    #[serde(default)]
    pub within: BTreeMap<String, Vec<String>>,
    /// Nodes of one name, and of one address where both have one, within so many metres are one node.
    #[serde(default = "default_merge")]
    pub merge_metres: u32,
    /// A capacity above this is not believed.
    #[serde(default = "default_most_capacity")]
    pub most_capacity: u32,
    /// What fields are read from: a column's name, or words with `{column}` in them.
    pub map: BTreeMap<Field, String>,
    /// What fields are where the row says nothing.
    #[serde(default)]
    pub fixed: BTreeMap<Field, String>,
    /// Words of the source for words of the format; an empty one leaves the word out knowingly.
    #[serde(default)]
    pub values: BTreeMap<Field, BTreeMap<String, String>>,
    /// Kinds told by the name, the first that fits.
    #[serde(default)]
    pub kinds: Vec<KindRule>,
}

fn default_merge() -> u32 {
    15
}

fn default_most_capacity() -> u32 {
    100_000
}

/// A name that holds one of these words is of this kind.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KindRule {
    /// The words.
    pub has: Vec<String>,
    /// The kind.
    pub kind: NodeKind,
}

/// A file's format.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Format {
    /// Comma-separated values with a header, UTF-8.
    Csv,
    /// A GeoJSON FeatureCollection.
    Geojson,
}

/// What can be read from a row. `docs/formats/pack.md` says what each takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "the names are the documentation; the words they take are in the formats document")]
pub enum Field {
    Id,
    NameZh,
    NameEn,
    Lat,
    Lon,
    Kind,
    Standing,
    Refuge,
    AddressZh,
    AddressEn,
    Level,
    Capacity,
    Indoor,
    Outdoor,
    Offers,
    Lacks,
    Vulnerable,
    Fit,
    Unfit,
    Risk,
    SafeFrom,
    Structure,
    BackupHours,
    Lighting,
    WaterLitres,
    Toilets,
    Storage,
    FirstAid,
    LookForZh,
    LookForEn,
    HoursZh,
    HoursEn,
    Exposure,
}

impl Region {
    /// Reads `region.toml`.
    ///
    /// # Errors
    /// A file that cannot be read, is not TOML of this form (with line and column), or contradicts itself.
    pub fn read(path: &Path) -> Result<Self, BuildError> {
        let text = std::fs::read_to_string(path).map_err(|source| BuildError::File { path: path.to_owned(), source })?;
        let region: Self = toml::from_str(&text).map_err(|error| BuildError::toml(path, &error))?;
        region.check().map_err(|reason| BuildError::Config { path: path.to_owned(), reason })?;
        Ok(region)
    }

    fn check(&self) -> Result<(), String> {
        match (self.mode, self.drill) {
            (ModeName::Exercise, None) => return Err("an exercise needs `drill`, a reference of eight characters".to_owned()),
            (ModeName::Real, Some(_)) => return Err("`drill` is for an exercise; this region is for real".to_owned()),
            _ => {}
        }
        if self.mode == ModeName::Real && self.authority.seed.is_some() {
            return Err("a seed in the open is for exercises only; a real region is signed with --key".to_owned());
        }
        let mut prefixes = Vec::new();
        for layer in self.layers.iter().filter(|layer| layer.places.is_none() && !layer.map.contains_key(&Field::Id)) {
            let prefix = layer.prefix.filter(char::is_ascii_lowercase);
            let prefix = prefix.ok_or_else(|| format!("layer {} needs `prefix`, one letter a–z, or a column for `id`", layer.file))?;
            if prefixes.contains(&prefix) {
                return Err(format!("layer {} has the prefix {prefix} of another layer", layer.file));
            }
            prefixes.push(prefix);
        }
        Ok(())
    }
}
