//! Hazards that people flee from.

use enumset::EnumSetType;
use serde::{Deserialize, Serialize};

/// A hazard for which a node is fit, unfit or unknown.
#[derive(Debug, PartialOrd, Ord, Hash, EnumSetType, Serialize, Deserialize)]
#[enumset(serialize_repr = "list")]
#[serde(rename_all = "snake_case")]
pub enum Hazard {
    /// Earthquake.
    Earthquake,
    /// Typhoon and flood.
    Flood,
    /// Power cut.
    Blackout,
    /// Air raid: minutes, blast.
    AirRaid,
    /// Pandemic.
    Pandemic,
    /// Landslide and debris flow.
    Landslide,
    /// Tsunami.
    Tsunami,
}
