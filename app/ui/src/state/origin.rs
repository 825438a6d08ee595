//! Where distances are measured from: the phone's position, a place chosen by name, or the last known one of these.

use civmesh_domain::text::Text;
use civmesh_domain::unit::{Metres, Millis, Place};
use serde::{Deserialize, Serialize};

/// Where distances are measured from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Origin {
    /// The place.
    pub place: Place,
    /// How it is known.
    pub how: How,
    /// When it was found or chosen.
    pub at: Millis,
}

/// How a place is known.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum How {
    /// By the phone.
    Position {
        /// How far off it may be.
        accuracy: Metres,
    },
    /// Chosen by name.
    Chosen {
        /// The name.
        name: Text,
    },
    /// Found by the phone some time ago.
    LastKnown,
}

impl Origin {
    /// As it reads after a restart: a position of then is the last known one; a chosen place is still chosen.
    pub fn into_last_known(self) -> Self {
        let how = match self.how {
            How::Chosen { name } => How::Chosen { name },
            How::Position { .. } | How::LastKnown => How::LastKnown,
        };
        Self { how, ..self }
    }
}
