//! Which nodes each cell reaches, and how far they are.

use crate::spatial::nearest::{NearestIndex, Tags, measure};
use crate::spatial::walk::door::OFF_THE_GRAPH;
use crate::spatial::walk::{Costs, Doors, Reach, Spot, WalkGraph};
use crate::unit::{Metres, Place};

/// A node that a cell reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Reached {
    /// How far: seconds on foot, or metres straight, whatever the table was made of.
    pub far: u32,
    /// The node.
    pub node: u32,
}

/// For each cell, the nodes that it reaches, nearest first. One block of memory for all of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Access {
    nodes: u32,
    /// The first of each cell, and the end of the last one's.
    first: Vec<u32>,
    reached: Vec<Reached>,
}

/// How far a place may lie from the graph, to step onto it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Steps {
    /// From a node's door.
    pub node: Metres,
    /// From the middle of a cell.
    pub cell: Metres,
}

impl Default for Steps {
    /// 100 m from a door, 200 m from the middle of a cell.
    fn default() -> Self {
        Self { node: Metres(100), cell: Metres(200) }
    }
}

impl Access {
    /// Of a list for each cell: node, and how far it is. `nodes` is how many there are.
    pub fn of(cells: impl IntoIterator<Item = Vec<(u32, u32)>>, nodes: u32) -> Self {
        let mut access = Self { nodes, first: vec![0], reached: Vec::new() };
        for cell in cells {
            let before = access.reached.len();
            access.reached.extend(cell.into_iter().map(|(node, far)| Reached { far, node }));
            access.reached[before..].sort_unstable();
            access.first.push(access.reached.len() as u32);
        }
        access
    }

    /// On foot: seconds from each cell to each node that lies within `limit` seconds, the stretch off the graph counted in. What `costs`
    /// closes is not walked; what it makes dearer counts as so much longer.
    pub fn on_foot(graph: &WalkGraph, costs: &Costs, [cells, nodes]: [&[Place]; 2], steps: Steps, limit: u32) -> Self {
        let cells = Doors::new(graph, cells, steps.cell, |edge| costs.is_open(edge));
        let mut found: Vec<Vec<(u32, u32)>> = vec![Vec::new(); cells.len()];
        let mut reach = Reach::default();
        for (number, node) in (0u32..).zip(nodes) {
            let Some(spot) = graph.step_on(*node, steps.node, |edge| costs.is_open(edge)) else { continue };
            reach.search(graph, costs, &spot, limit.saturating_mul(1000));
            for at in near(graph, &reach, &spot, &cells) {
                let Some(cell) = cells.spot(at as usize) else { continue };
                let off = cell.away.0.saturating_add(spot.away.0).saturating_mul(OFF_THE_GRAPH);
                let on = reach.cost_to(graph, costs, Some(&spot), cell);
                let seconds = on.map(|millis| millis.saturating_add(off).div_ceil(1000)).filter(|seconds| *seconds <= limit);
                if let (Some(seconds), Some(found)) = (seconds, found.get_mut(at as usize)) {
                    found.push((number, seconds));
                }
            }
        }
        Self::of(found, nodes.len() as u32)
    }

    /// Straight: metres from each cell to each node within `radius`.
    pub fn straight([cells, nodes]: [&[Place]; 2], radius: Metres) -> Self {
        let index = NearestIndex::new(nodes.iter().map(|place| (*place, Tags::default())));
        let of = |cell: &Place| {
            let far = |at: usize| nodes.get(at).map(|node| (at as u32, measure(*cell, *node).0.0));
            let all = index.nearest(*cell, Tags::default()).filter_map(|near| far(near.at));
            all.take_while(|(_, metres)| *metres <= radius.0).collect()
        };
        Self::of(cells.iter().map(of), nodes.len() as u32)
    }

    /// How many cells there are.
    pub fn cells(&self) -> usize {
        self.first.len().saturating_sub(1)
    }

    /// How many nodes there are, reached or not.
    pub fn nodes(&self) -> u32 {
        self.nodes
    }

    /// The nodes that a cell reaches, nearest first, at the same distance the earlier one first.
    pub fn reached(&self, cell: usize) -> &[Reached] {
        let bounds = self.first.get(cell).zip(self.first.get(cell + 1));
        bounds.and_then(|(from, to)| self.reached.get(*from as usize..*to as usize)).unwrap_or_default()
    }

    /// The nearest node of a cell among those that `keep` lets through.
    pub fn nearest(&self, cell: usize, keep: impl Fn(u32) -> bool) -> Option<Reached> {
        self.reached(cell).iter().copied().find(|reached| keep(reached.node))
    }
}

/// Cells on edges that the search came to, each once.
fn near(graph: &WalkGraph, reach: &Reach, start: &Spot, cells: &Doors) -> Vec<u32> {
    let touched = reach.reached().flat_map(|(node, _)| graph.neighbours(node).map(|(_, edge)| edge.0));
    let mut edges: Vec<u32> = touched.chain([start.edge.0]).collect();
    edges.sort_unstable();
    edges.dedup();
    edges.into_iter().flat_map(|edge| cells.on(edge)).collect()
}
