//! Upkeep of a node: what was found when somebody looked at each item of the checklist that makes a place ready to be a node (white
//! paper, A2).
//!
//! # Layout
//! - this file: what is said, and the fold that keeps it by node and item.
//! - [`checklist`]: the eight items of one node as seen at one time, and how nodes are put in order.
//! - [`sheet`]: the same for a spreadsheet.

pub mod checklist;
pub mod sheet;

use crate::body::Body;
use crate::fold::{Judged, Scene, Statement, known};
use crate::id::NodeId;
use crate::unit::Millis;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// An item of the checklist.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Item {
    /// The building is safe to stay in.
    Structure,
    /// Power when the grid is out.
    BackupPower,
    /// Light when the power is out.
    Lighting,
    /// A first-aid kit.
    FirstAid,
    /// A reserve of basic supplies.
    Supplies,
    /// Signs that say that this is a node, and the way in.
    Signage,
    /// The procedures, at hand.
    Procedures,
    /// Whom to reach, and how.
    Contacts,
}

impl Item {
    /// All of them, in the order of the white paper.
    pub const ALL: [Self; 8] = [
        Self::Structure,
        Self::BackupPower,
        Self::Lighting,
        Self::FirstAid,
        Self::Supplies,
        Self::Signage,
        Self::Procedures,
        Self::Contacts,
    ];

    /// Its name in addresses and spreadsheets.
    pub fn name(self) -> &'static str {
        match self {
            Self::Structure => "structure",
            Self::BackupPower => "backup_power",
            Self::Lighting => "lighting",
            Self::FirstAid => "first_aid",
            Self::Supplies => "supplies",
            Self::Signage => "signage",
            Self::Procedures => "procedures",
            Self::Contacts => "contacts",
        }
    }

    /// The item with this name.
    ///
    /// ```
    /// use civmesh_domain::spatial::upkeep::Item;
    /// assert_eq!(Item::named("first_aid"), Some(Item::FirstAid));
    /// assert_eq!(Item::named("moat"), None);
    /// ```
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|item| item.name() == name)
    }
}

/// What was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Finding {
    /// As it should be.
    Met,
    /// In part.
    Partly,
    /// Not as it should be.
    NotMet,
    /// Nothing that this place needs.
    NotApplicable,
}

impl Finding {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Met, Self::Partly, Self::NotMet, Self::NotApplicable];
}

/// Somebody looked at one item of the event's node. A note and a photo travel as parts, as with a report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlaceChecked {
    /// What was looked at.
    pub item: Item,
    /// What was found.
    pub finding: Finding,
    /// How many days before the event's clock that was; 0 where it is entered on the spot.
    pub days_ago: u16,
}

impl PlaceChecked {
    /// When it was looked at, to the day, if it was said at `said`.
    pub fn before(&self, said: Millis) -> Millis {
        Millis(said.0.saturating_sub(u64::from(self.days_ago) * Millis::DAY))
    }
}

impl Statement<PlaceChecked> {
    /// When it was looked at, to the day.
    pub fn checked_at(&self) -> Millis {
        self.value.before(self.at())
    }
}

/// All that was said of one node, by item, then by clock. What is said later takes the place of what was said before, also where it was
/// looked at earlier: so a wrong entry can be put right.
pub type Findings = BTreeMap<Item, Vec<Statement<PlaceChecked>>>;

/// All that was said of the upkeep of nodes in this scene.
pub fn findings<'a>(events: impl IntoIterator<Item = &'a Judged>, scene: Scene) -> BTreeMap<NodeId, Findings> {
    let concerning = events.into_iter().filter(|judged| matches!(judged.event.core.body, Body::PlaceChecked(_)));
    let mut found: BTreeMap<NodeId, Findings> = BTreeMap::new();
    // In the order of identifiers, so by clock.
    for judged in known(concerning, scene).values() {
        if let Body::PlaceChecked(checked) = &judged.event.core.body {
            let of_node = found.entry(judged.event.core.node.clone()).or_default();
            of_node.entry(checked.item).or_default().push(Statement::new(judged, checked.clone()));
        }
    }
    found
}

#[cfg(test)]
mod tests;
