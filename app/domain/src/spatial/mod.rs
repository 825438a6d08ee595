//! Spatial mesh: nodes, what they are fit for, which are nearest, the way there on foot, hazards on it, what is declared dangerous, and
//! corrections of the registry.

pub mod area;
pub mod coverage;
pub mod danger;
pub mod frame;
pub mod hazard;
pub mod nearest;
pub mod node;
pub mod people;
pub mod registry;
pub mod search;
pub mod walk;
pub mod zone;
