//! Spatial mesh: nodes, what they are fit for, and which are nearest.

pub mod hazard;
pub mod nearest;
pub mod node;
pub mod search;
