//! People inside and outside, overlap, and gaps.

use super::access::Access;
use crate::unit::Persons;
use std::cmp::Reverse;

/// What lies within one limit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Band {
    /// The limit, in what the table was made of: seconds or metres.
    pub limit: u32,
    /// People in cells that reach a node within it.
    pub inside: u64,
    /// People by how many nodes their cell reaches: none, one, two, three or more.
    pub overlap: [u64; 4],
}

/// A cell that reaches nothing within the widest limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gap {
    /// The cell.
    pub cell: usize,
    /// Who lives in it.
    pub people: Persons,
}

/// Who is covered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Coverage {
    /// All people.
    pub people: u64,
    /// One for each limit that was asked for, in that order.
    pub bands: Vec<Band>,
    /// What the widest limit leaves out, most people first.
    pub gaps: Vec<Gap>,
}

impl Coverage {
    /// Counts people by cell. `counts` says which nodes do.
    pub fn of(access: &Access, people: &[Persons], limits: &[u32], counts: impl Fn(u32) -> bool) -> Self {
        let widest = limits.iter().copied().max().unwrap_or_default();
        let mut coverage = Self { people: 0, bands: limits.iter().map(|limit| Band::new(*limit)).collect(), gaps: Vec::new() };
        for (cell, persons) in people.iter().enumerate() {
            let people = u64::from(persons.0);
            coverage.people += people;
            for band in &mut coverage.bands {
                let within = access.reached(cell).iter().take_while(|reached| reached.far <= band.limit);
                band.add(within.filter(|reached| counts(reached.node)).take(3).count(), people);
            }
            let reaches = access.nearest(cell, &counts).is_some_and(|reached| reached.far <= widest);
            if !reaches && people > 0 {
                coverage.gaps.push(Gap { cell, people: *persons });
            }
        }
        coverage.gaps.sort_by_key(|gap| (Reverse(gap.people), gap.cell));
        coverage
    }

    /// People whom the widest limit leaves out.
    pub fn outside(&self) -> u64 {
        self.gaps.iter().map(|gap| u64::from(gap.people.0)).sum()
    }
}

impl Band {
    fn new(limit: u32) -> Self {
        Self { limit, inside: 0, overlap: [0; 4] }
    }

    fn add(&mut self, nodes: usize, people: u64) {
        if nodes > 0 {
            self.inside += people;
        }
        if let Some(overlap) = self.overlap.get_mut(nodes) {
            *overlap += people;
        }
    }
}
