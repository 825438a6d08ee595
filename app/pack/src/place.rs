//! Named places: villages, stations and streets, so that a person without a position can say where they are.

use civmesh_domain::text::Text;
use civmesh_domain::unit::Place;
use serde::{Deserialize, Serialize};

/// What a name names. The order is part of the format.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PlaceKind {
    /// 村里
    Village,
    /// A station, or one of its exits.
    Station,
    /// 街道
    Street,
    /// Anything else that people know.
    Landmark,
}

/// A place that can be chosen by name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NamedPlace {
    /// Its name.
    pub name: Text,
    /// What it is.
    pub kind: PlaceKind,
    /// A point on or in it.
    pub place: Place,
}
