//! Capacity against people.
//!
//! The rule is simple so that it can be explained on the spot: people are led to the nearest node that has room, those who have the shortest
//! way first; at the same distance the earlier cell first, then the earlier node. A cell may be shared between nodes. That is not the best
//! division there is, but the one that comes about when everybody walks to the nearest open door.

use super::access::Access;
use crate::unit::Persons;

/// How full a node gets.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Load {
    /// For how many it has room; `None` where nobody has said, which takes in nobody.
    pub capacity: Option<Persons>,
    /// How many come to it.
    pub people: u64,
    /// How many have it as their nearest node, room or not.
    pub nearest: u64,
}

impl Load {
    /// How many more have it as their nearest node than it has room for.
    pub fn overflow(&self) -> u64 {
        self.nearest.saturating_sub(self.capacity.map_or(0, |capacity| u64::from(capacity.0)))
    }
}

/// Who goes where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Loads {
    /// By node.
    pub nodes: Vec<Load>,
    /// People who reach a node, but none that has room left.
    pub turned_away: u64,
    /// People who reach no node at all.
    pub out_of_reach: u64,
    /// For each cell, how many of its people found room.
    pub housed: Vec<Persons>,
}

impl Loads {
    /// Leads people to nodes. `room` is by node; `counts` says which nodes take anybody in; `limit` is how far people go.
    pub fn of(access: &Access, people: &[Persons], room: &[Option<Persons>], limit: u32, counts: impl Fn(u32) -> bool) -> Self {
        let load = |at: u32| Load { capacity: room.get(at as usize).copied().flatten(), ..Load::default() };
        let mut loads = Self {
            nodes: (0..access.nodes()).map(load).collect(),
            turned_away: 0,
            out_of_reach: 0,
            housed: vec![Persons(0); people.len()],
        };
        let mut ways = Vec::new();
        for (cell, persons) in people.iter().enumerate() {
            let within = access.reached(cell).iter().take_while(|reached| reached.far <= limit).filter(|reached| counts(reached.node));
            let before = ways.len();
            ways.extend(within.map(|reached| (reached.far, cell, reached.node)));
            match ways.get(before).and_then(|(_, _, node)| loads.nodes.get_mut(*node as usize)) {
                Some(nearest) => nearest.nearest += u64::from(persons.0),
                None => loads.out_of_reach += u64::from(persons.0),
            }
        }
        ways.sort_unstable();
        let mut left: Vec<u32> = people.iter().map(|persons| persons.0).collect();
        for (_, cell, node) in ways {
            let (Some(load), Some(left), Some(housed)) =
                (loads.nodes.get_mut(node as usize), left.get_mut(cell), loads.housed.get_mut(cell))
            else {
                continue;
            };
            let room = load.capacity.map_or(0, |capacity| u64::from(capacity.0).saturating_sub(load.people));
            let taken = u64::from(*left).min(room) as u32;
            load.people += u64::from(taken);
            *left -= taken;
            housed.0 += taken;
        }
        loads.turned_away = left.iter().map(|left| u64::from(*left)).sum::<u64>() - loads.out_of_reach;
        loads
    }
}
