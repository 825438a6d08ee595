//! Procedures (SOPs) as data, and their runs as folds over events.

pub mod procedure;
pub mod progress;
pub mod run;
