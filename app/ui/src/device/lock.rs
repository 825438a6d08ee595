//! Web Locks: one tab writes, one syncs.

pub use civmesh_sync::lock::{SYNC, with};

/// Sequence, signing and the write of an event happen under this lock.
pub const WRITE: &str = "civmesh-write";
