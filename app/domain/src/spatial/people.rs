//! Where people live: a grid, or any other list of places with how many live around each.

use crate::unit::{Persons, Place};
use serde::{Deserialize, Serialize};

/// A cell of a grid of people.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cell {
    /// Its middle.
    pub place: Place,
    /// Who lives in it.
    pub people: Persons,
}

/// What the figures rest on. The order is part of the format.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    /// Somebody counted or estimated people cell by cell.
    Counted,
    /// Only the region's total is known; it was spread by the ground that buildings cover, which says nothing of floors or of who sleeps there.
    SpreadOverBuildings,
}

/// Where the people of a region live.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Population {
    /// What the figures rest on; shown wherever they are.
    pub basis: Basis,
    /// Index into the pack's layers: where they come from.
    pub layer: u16,
    /// The cells, in no order. Cells without people are left out.
    pub cells: Vec<Cell>,
}

impl Population {
    /// All people together.
    pub fn total(&self) -> u64 {
        self.cells.iter().map(|cell| u64::from(cell.people.0)).sum()
    }
}
