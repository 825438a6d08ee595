//! `region.toml`: which files a region is built from, and which of their columns mean what.

use super::error::BuildError;
use super::key::title::{Part, Title};
pub use super::layer::{Field, Format, Holds, KindRule, Layer};
use crate::manifest::Endorsement;
use civmesh_domain::id::{CheckWord, DeviceKey};
use civmesh_domain::text::Text;
use civmesh_domain::unit::Place;
use serde::Deserialize;
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

    /// Whether a box between two corners has anything in common with it.
    pub fn meets(&self, low: Place, high: Place) -> bool {
        low.lat() <= self.north && high.lat() >= self.south && low.lon() <= self.east && high.lon() >= self.west
    }

    /// Latitude and longitude of its middle.
    pub fn middle(&self) -> (f64, f64) {
        (f64::midpoint(self.south, self.north), f64::midpoint(self.west, self.east))
    }

    /// Whether the place lies in it.
    pub fn has_place(&self, place: Place) -> bool {
        self.has(place.lat(), place.lon())
    }
}

impl Region {
    /// Reads `region.toml`.
    ///
    /// # Errors
    /// A file that cannot be read, is not TOML of this form (with line and column), or contradicts itself.
    pub fn read(path: &Path) -> Result<Self, BuildError> {
        let text = std::fs::read_to_string(path).map_err(|source| BuildError::File { path: path.to_owned(), source })?;
        Self::parse(path, &text)
    }

    /// Reads what stands in a `region.toml`, which goes by this path.
    ///
    /// # Errors
    /// As [`Region::read`].
    pub fn parse(path: &Path, text: &str) -> Result<Self, BuildError> {
        let mut region: Self = toml::from_str(text).map_err(|error| BuildError::toml(path, text, &error))?;
        region.layers.iter_mut().for_each(super::osm::tag::complete);
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
        self.layers.iter().try_for_each(Layer::check)?;
        let mut prefixes = Vec::new();
        for layer in self.layers.iter().filter(|layer| layer.has_nodes() && !layer.map.contains_key(&Field::Id)) {
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
