//! How long a kind of way takes on foot.
//!
//! Slope counts where the source gives it, up as down: the graph holds no heights.

use super::block::{kind_in, length_in};
use super::graph::{Edge, EdgeId, WalkGraph};
use super::way::{Kind, Trait, Way};
use crate::spatial::hazard::Hazard;

/// What a person needs for a decimetre of each type of way, in milliseconds, and which ways they can't take.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pace {
    /// By type of way, in the order of [`Way::ALL`]; 0 closes a type.
    pub millis: [u16; Way::ALL.len()],
    /// How long a [sloped](Trait::Sloped) and a [steep](Trait::Steep) way takes, in percent of a level one.
    pub slope: [u16; 2],
    /// Whether steps, and what a source calls impassable for wheelchairs, are closed.
    pub step_free: bool,
    /// Whether ways that are open to some only may be taken.
    pub private: bool,
    /// Whether tunnels may be taken, underpasses and underground malls among them.
    pub tunnels: bool,
}

/// 80 m a minute, as [`crate::unit::Metres::walking_minutes`]: 75 ms for each decimetre.
const LEVEL: u16 = 75;
/// Where the ground is uneven: 65 m a minute.
const UNEVEN: u16 = 92;
/// On steps: 40 m a minute along the ground, half of the usual, up as down.
const STEPS: u16 = 150;
/// Up and down taken together, a slope of 1 in 15 takes a twelfth longer and one of 1 in 7 two fifths longer, by Tobler's hiking function (1993).
const SLOPE: [u16; 2] = [110, 140];
/// For somebody who can't climb steps: a detour is better than a slope that is too steep for a ramp.
const SLOPE_STEP_FREE: [u16; 2] = [125, 300];

/// The project's own figures; a region or a person may have others.
impl Default for Pace {
    fn default() -> Self {
        let millis = Way::ALL.map(|way| match way {
            Way::Steps => STEPS,
            Way::Path | Way::Track | Way::Bridleway => UNEVEN,
            _ => LEVEL,
        });
        Self { millis, slope: SLOPE, step_free: false, private: false, tunnels: true }
    }
}

impl Pace {
    /// For somebody who can't climb steps.
    pub fn step_free() -> Self {
        Self { slope: SLOPE_STEP_FREE, step_free: true, ..Self::default() }
    }

    /// For somebody who goes because of this: in a flood nobody is sent underground, whether an area is drawn there or not.
    pub fn because_of(mut self, hazard: Option<Hazard>) -> Self {
        self.tunnels &= !matches!(hazard, Some(Hazard::Flood | Hazard::Tsunami));
        self
    }

    /// Slower or quicker everywhere: 200 takes twice as long. At least a millisecond where a way is open.
    pub fn scaled(mut self, percent: u16) -> Self {
        self.millis = self.millis.map(|millis| if millis == 0 { 0 } else { scaled(millis, percent) });
        self
    }

    /// Milliseconds for a decimetre; 0 for what can't be taken.
    fn of(&self, kind: Kind) -> u16 {
        let has = |what| kind.traits.contains(what);
        let closed =
            (self.step_free && kind.has_steps()) || (!self.private && has(Trait::Private)) || (!self.tunnels && has(Trait::Tunnel));
        let millis = self.millis.get(kind.way as usize).copied().filter(|millis| *millis > 0 && !closed);
        let [sloped, steep] = self.slope;
        let percent = if has(Trait::Steep) {
            steep
        } else if has(Trait::Sloped) {
            sloped
        } else {
            AS_IT_IS
        };
        millis.map_or(0, |millis| scaled(millis, percent))
    }
}

/// So many percent of a time, and at least a millisecond.
fn scaled(millis: u16, percent: u16) -> u16 {
    u16::try_from((u32::from(millis) * u32::from(percent) / 100).max(1)).unwrap_or(u16::MAX)
}

/// What an edge costs beyond its length.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Passage {
    /// As if it were so many times as long, in percent; 100 changes nothing, less is taken for 100.
    Dearer(u16),
    /// Can't be passed.
    Closed,
}

/// What every edge of one graph costs somebody: their pace, and what is closed or better avoided.
#[derive(Clone, Debug)]
pub struct Costs {
    /// By the number of the kind.
    millis: Vec<u16>,
    /// By edge, in percent, 0 for closed; empty where nothing is avoided.
    percent: Vec<u16>,
}

/// What nothing is added to.
const AS_IT_IS: u16 = 100;

impl Costs {
    /// By pace alone. What belongs to one graph is of no use with another.
    pub fn new(_graph: &WalkGraph, pace: &Pace) -> Self {
        let millis = (0..Kind::NUMBERS as u16).map(|number| Kind::of_number(number).map_or(0, |kind| pace.of(kind)));
        Self { millis: millis.collect(), percent: Vec::new() }
    }

    /// Makes an edge dearer or closes it. Of two such the heavier holds.
    pub fn hinder(&mut self, graph: &WalkGraph, edge: EdgeId, passage: Passage) {
        if self.percent.is_empty() {
            self.percent = vec![AS_IT_IS; graph.edges() as usize];
        }
        let Some(percent) = self.percent.get_mut(edge.0 as usize) else { return };
        *percent = match passage {
            Passage::Closed => 0,
            Passage::Dearer(_) if *percent == 0 => 0,
            Passage::Dearer(more) => more.max(*percent),
        };
    }

    /// Whether an edge can be walked.
    pub fn is_open(&self, edge: &Edge) -> bool {
        self.millis.get(usize::from(edge.kind.number())).is_some_and(|millis| *millis > 0) && self.percent_of(edge.id.0) > 0
    }

    /// Whether an edge is dearer than its length, or closed, because of something that is to be avoided.
    pub fn is_hindered(&self, edge: EdgeId) -> bool {
        self.percent_of(edge.0) != AS_IT_IS
    }

    /// How long an edge takes somebody who walks it, in milliseconds; `None` where the pace does not allow it. What is avoided is left
    /// out of account: it makes a way unwelcome, not slow.
    pub fn millis(&self, edge: &Edge) -> Option<u32> {
        let millis = self.millis.get(usize::from(edge.kind.number())).copied().filter(|millis| *millis > 0)?;
        Some(edge.length.0.saturating_mul(u32::from(millis)))
    }

    #[inline]
    fn percent_of(&self, edge: u32) -> u16 {
        if self.percent.is_empty() { AS_IT_IS } else { self.percent.get(edge as usize).copied().unwrap_or_default() }
    }

    /// What a search adds up: milliseconds, more where something is avoided; `None` where the edge is closed. At most some 50 days.
    #[inline]
    pub(super) fn cost(&self, edge: u32, packed: u32) -> Option<u32> {
        let millis = u64::from(*self.millis.get(usize::from(kind_in(packed)))?);
        if millis == 0 {
            return None;
        }
        let cost = u64::from(length_in(packed)) * millis;
        if self.percent.is_empty() {
            return Some(cost.min(u64::from(u32::MAX - 1)) as u32);
        }
        let percent = u64::from(self.percent_of(edge));
        (percent > 0).then(|| (cost * percent / 100).min(u64::from(u32::MAX - 1)) as u32)
    }

    /// The same for an edge.
    pub(super) fn cost_of(&self, edge: &Edge) -> Option<u32> {
        self.cost(edge.id.0, super::block::pack(edge.kind.number(), edge.length.0))
    }
}
