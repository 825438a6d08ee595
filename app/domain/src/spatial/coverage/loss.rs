//! Resilience: what happens to cover where nodes are out, or a hazard changes the ways.

use super::access::Access;
use super::load::Loads;
use crate::unit::Persons;
use std::collections::BTreeMap;

/// People of one node who go to another now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Move {
    /// The node that was nearest.
    pub from: u32,
    /// The one that is nearest now; `None` for those who reach none any more.
    pub to: Option<u32>,
    /// How many.
    pub people: u64,
}

/// What is lost.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Loss {
    /// People who reached a node within the limit and reach none any more.
    pub uncovered: u64,
    /// The cells they live in, with how many.
    pub cells: Vec<(usize, Persons)>,
    /// People whose nearest node is another now, from node to node.
    pub moves: Vec<Move>,
    /// Nodes with more people too many than before, for whom it is the nearest and has no room; and how many are too many now.
    pub overflowing: Vec<(u32, u64)>,
}

/// A state of the mesh: who reaches what, and which nodes take anybody in.
pub struct State<'a> {
    /// Which nodes each cell reaches. A hazard that changes the ways needs a table of its own.
    pub access: &'a Access,
    /// Which nodes count.
    pub counts: &'a dyn Fn(u32) -> bool,
}

impl Loss {
    /// Compares two states of one mesh: the same cells, and nodes with the same numbers. `room` is by node.
    pub fn between([before, after]: [&State<'_>; 2], people: &[Persons], room: &[Option<Persons>], limit: u32) -> Self {
        let nearest = |state: &State<'_>, cell: usize| {
            state.access.nearest(cell, state.counts).filter(|reached| reached.far <= limit).map(|reached| reached.node)
        };
        let mut moves: BTreeMap<(u32, Option<u32>), u64> = BTreeMap::new();
        let mut cells = Vec::new();
        for (cell, persons) in people.iter().enumerate().filter(|(_, persons)| persons.0 > 0) {
            let (Some(from), to) = (nearest(before, cell), nearest(after, cell)) else { continue };
            if to != Some(from) {
                *moves.entry((from, to)).or_default() += u64::from(persons.0);
            }
            if to.is_none() {
                cells.push((cell, *persons));
            }
        }
        let overflow = |state: &State<'_>| Loads::of(state.access, people, room, limit, state.counts).nodes;
        let pairs = overflow(before).into_iter().zip(overflow(after));
        let overflowing = (0u32..).zip(pairs).filter(|(_, (before, after))| after.overflow() > before.overflow());
        Self {
            uncovered: cells.iter().map(|(_, persons)| u64::from(persons.0)).sum(),
            cells,
            moves: moves.into_iter().map(|((from, to), people)| Move { from, to, people }).collect(),
            overflowing: overflowing.map(|(node, (_, after))| (node, after.overflow())).collect(),
        }
    }
}

/// Each node out alone, by its number: how many people lose cover. The node that the most depend on is first.
pub fn single_failures(access: &Access, people: &[Persons], limit: u32, counts: impl Fn(u32) -> bool) -> Vec<(u32, u64)> {
    let mut depend = vec![0u64; access.nodes() as usize];
    for (cell, persons) in people.iter().enumerate() {
        let mut within = access.reached(cell).iter().take_while(|reached| reached.far <= limit).filter(|reached| counts(reached.node));
        if let (Some(only), None) = (within.next(), within.next())
            && let Some(depend) = depend.get_mut(only.node as usize)
        {
            *depend += u64::from(persons.0);
        }
    }
    let mut all: Vec<(u32, u64)> = (0u32..).zip(depend).filter(|(node, _)| counts(*node)).collect();
    all.sort_by_key(|(node, people)| (std::cmp::Reverse(*people), *node));
    all
}
