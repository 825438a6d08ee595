//! What somebody wants to look at.

use civmesh_domain::spatial::coverage::{Choice, MINUTES, RADII};

/// How distances are had.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Measure {
    /// By the ways of the walking graph, in seconds.
    #[default]
    OnFoot,
    /// As the crow flies, in metres.
    Straight,
}

impl Measure {
    /// The three limits that are looked at.
    pub fn limits(self) -> [u32; 3] {
        match self {
            Self::OnFoot => MINUTES,
            Self::Straight => RADII,
        }
    }
}

/// All choices together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ask {
    /// Which nodes count.
    pub choice: Choice,
    /// How distances are had.
    pub measure: Measure,
    /// Which of the three limits gaps, room and the rest go by.
    pub limit: usize,
}

impl Default for Ask {
    /// Fifteen minutes to what has agreed, on an ordinary day.
    fn default() -> Self {
        Self { choice: Choice::default(), measure: Measure::default(), limit: 2 }
    }
}

impl Ask {
    /// What can be answered: without a graph distances are straight.
    pub fn with_graph(self, has_graph: bool) -> Self {
        if has_graph { self } else { Self { measure: Measure::Straight, ..self } }
    }

    /// The limit itself.
    pub fn limit(self) -> u32 {
        let limits = self.measure.limits();
        limits.get(self.limit).copied().unwrap_or(limits[2])
    }
}
