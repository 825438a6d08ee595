//! A node's status: what it is and offers now. Bands instead of counts, because everybody can read it.

use crate::id::CheckWord;
use crate::spatial::node::{Facts, Offer};
use serde::{Deserialize, Serialize};

/// What a node is now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NodeState {
    /// Open; there is room.
    Open,
    /// Open; little room is left.
    NearlyFull,
    /// No room; help at the door only.
    Full,
    /// Closed.
    Closed,
    /// Do not come: the place itself is dangerous.
    Unsafe,
}

impl NodeState {
    /// All states in the order of a form.
    pub const ALL: [NodeState; 5] = [Self::Open, Self::NearlyFull, Self::Full, Self::Closed, Self::Unsafe];

    /// Whether somebody can be sent there.
    pub fn takes_people(self) -> bool {
        matches!(self, Self::Open | Self::NearlyFull)
    }
}

/// What a node is and offers now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NodeStatus {
    /// What it is.
    pub state: NodeState,
    /// What it offers and does not.
    pub offers: Facts<Offer>,
    /// The statuses that its author saw and replaces: who has seen a value and changes it wins, whatever the clocks say.
    pub replaces: Vec<CheckWord>,
}
