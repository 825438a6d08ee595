//! Spatial mesh: nodes, what they are fit for, which are nearest, the way there on foot, hazards on it, what is declared dangerous,
//! corrections of the registry, upkeep, and zones that are planned.

pub mod area;
pub mod coverage;
pub mod danger;
pub mod frame;
pub mod hazard;
pub mod nearest;
pub mod node;
pub mod people;
pub mod registry;
pub mod risk;
pub mod search;
pub mod sheet;
pub mod upkeep;
pub mod walk;
pub mod zone;
