//! The coded SMS form of a status.
