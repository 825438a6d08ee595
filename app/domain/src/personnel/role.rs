//! Roles that a seat and a credential can have.

use enumset::EnumSetType;
use serde::{Deserialize, Serialize};

/// A role. Citizens need none.
#[derive(Debug, PartialOrd, Ord, Hash, EnumSetType, Serialize, Deserialize)]
#[enumset(serialize_repr = "list")]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// 志工
    Volunteer,
    /// 節點負責人: store manager, building manager, village head.
    Manager,
    /// 協調官: the whole region.
    Coordinator,
}

impl Role {
    /// The role's name on the hub.
    pub fn name(self) -> &'static str {
        match self {
            Self::Volunteer => "volunteer",
            Self::Manager => "manager",
            Self::Coordinator => "coordinator",
        }
    }
}
