//! Spatial mesh: nodes, what they are fit for, which are nearest, the way there on foot, and hazards on it.

pub mod area;
pub mod coverage;
pub mod hazard;
pub mod nearest;
pub mod node;
pub mod people;
pub mod search;
pub mod walk;
