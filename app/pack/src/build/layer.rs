//! A `[[layer]]` of `region.toml`: one file, what it holds, and which of its columns mean what.

use super::config::Bounds;
use crate::place::PlaceKind;
use civmesh_domain::spatial::node::NodeKind;
use civmesh_domain::text::Text;
use serde::Deserialize;
use std::collections::BTreeMap;

/// One source.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Layer {
    /// Its name, shown with the licence.
    pub name: Text,
    /// The file, relative to `region.toml`.
    pub file: String,
    /// Its format.
    pub format: Format,
    /// What it holds.
    #[serde(default)]
    pub holds: Holds,
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
    /// Nodes of one name, and of one address where both have one, within so many metres are one node; 0 puts none together.
    #[serde(default = "default_merge")]
    pub merge_metres: u32,
    /// A capacity above this is not believed.
    #[serde(default = "default_most_capacity")]
    pub most_capacity: u32,
    /// What fields are read from: a column's name, or words with `{column}` in them.
    #[serde(default)]
    pub map: BTreeMap<Field, String>,
    /// Ways: the source's column for a key of OpenStreetMap, where it has another name.
    #[serde(default)]
    pub keys: BTreeMap<String, String>,
    /// A map: what these keys of OpenStreetMap say of all its rows, where the source does not say it of each.
    #[serde(default)]
    pub tags: BTreeMap<String, String>,
    /// Areas: points that move the outline by less than so many metres are left out.
    #[serde(default = "default_simplify")]
    pub simplify_metres: u32,
    /// Buildings: how many people live in all of them together.
    pub people: Option<u32>,
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

fn default_simplify() -> u32 {
    2
}

pub(super) fn default_most_capacity() -> u32 {
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
    /// An extract of OpenStreetMap, as PBF.
    OsmPbf,
}

/// What a layer holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Holds {
    /// Nodes, or named places where `places` is given.
    #[default]
    Nodes,
    /// Lines that can be walked.
    Ways,
    /// Hazard areas.
    Areas,
    /// Cells of a population grid.
    People,
    /// Outlines over which people are spread.
    Buildings,
    /// Streets, buildings, water and parks, for the base map only.
    Map,
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
    People,
    Hazard,
    Class,
    DepthFrom,
    DepthTo,
}

impl Layer {
    /// Whether its rows become nodes of the registry.
    pub fn has_nodes(&self) -> bool {
        self.holds == Holds::Nodes && self.places.is_none()
    }

    pub(super) fn check(&self) -> Result<(), String> {
        let Self { file, holds, .. } = self;
        if *holds != Holds::Nodes && self.places.is_some() {
            return Err(format!("layer {file} has `places`, which are for layers that hold nothing else"));
        }
        if matches!(holds, Holds::Ways | Holds::Areas | Holds::Buildings | Holds::Map) && self.format == Format::Csv {
            return Err(format!("layer {file} holds lines or outlines, which a CSV can't have"));
        }
        if self.format == Format::OsmPbf && matches!(holds, Holds::Areas | Holds::People) {
            return Err(format!("layer {file}: an extract of OpenStreetMap has neither hazard areas nor people"));
        }
        if *holds == Holds::Buildings && self.people.is_none() {
            return Err(format!("layer {file} holds buildings, and needs `people`: how many live in all of them together"));
        }
        // A roof against rain and a home for the homeless are called shelters there, and are no refuge from a disaster.
        let is_shelter = |key: &str| self.only.get(key).is_some_and(|values| values.iter().any(|value| value == "shelter"));
        let is_refuge = self.map.contains_key(&Field::Refuge) || self.fixed.contains_key(&Field::Refuge);
        if is_refuge && (is_shelter("amenity") || is_shelter("social_facility")) {
            return Err(format!(
                "layer {file}: OpenStreetMap's amenity=shelter and social_facility=shelter are no refuges from a disaster"
            ));
        }
        Ok(())
    }
}
