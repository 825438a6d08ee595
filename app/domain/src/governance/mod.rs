//! Governance mesh: how far a place has agreed to be a node.

use serde::{Deserialize, Serialize};

/// How far a place has agreed to be a node. A place on a list is not an agreed one, and a citizen sees which.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// Somebody listed it; nobody there has agreed.
    #[default]
    Proposed,
    /// Its people have agreed.
    Agreed,
    /// Agreed, trained and checked against the standard (white paper, A2).
    Certified,
}
