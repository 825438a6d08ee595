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
    /// closes is not walked; what it makes dearer counts as so much longer. All in one go; [`Cells`] does the same step by step.
    pub fn on_foot(graph: &WalkGraph, costs: &Costs, [cells, nodes]: [&[Place]; 2], steps: Steps, limit: u32) -> Self {
        let mut all = Cells::new(graph, costs, steps);
        cells.iter().for_each(|cell| all.add(*cell));
        let mut walks = all.walks(limit);
        nodes.iter().for_each(|node| walks.add(*node));
        walks.access()
    }

    /// Straight: metres from each cell to each node within `radius`. All in one go; [`Straight`] does the same cell by cell.
    pub fn straight([cells, nodes]: [&[Place]; 2], radius: Metres) -> Self {
        let straight = Straight::new(nodes, radius);
        Self::of(cells.iter().map(|cell| straight.from(*cell)), nodes.len() as u32)
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

/// A straight table in the making, cell by cell.
pub struct Straight<'a> {
    nodes: &'a [Place],
    index: NearestIndex,
    radius: Metres,
}

impl<'a> Straight<'a> {
    /// To these nodes, as far as `radius`.
    pub fn new(nodes: &'a [Place], radius: Metres) -> Self {
        Self { nodes, index: NearestIndex::new(nodes.iter().map(|place| (*place, Tags::default()))), radius }
    }

    /// The nodes around a cell and how far they are, as [`Access::of`] takes them.
    pub fn from(&self, cell: Place) -> Vec<(u32, u32)> {
        let far = |at: usize| self.nodes.get(at).map(|node| (at as u32, measure(cell, *node).0.0));
        let all = self.index.nearest(cell, Tags::default()).filter_map(|near| far(near.at));
        all.take_while(|(_, metres)| *metres <= self.radius.0).collect()
    }
}

/// A table on foot in the making, a place at a time, so that a screen can have its turn in between. First all cells step onto the graph.
pub struct Cells<'a> {
    graph: &'a WalkGraph,
    costs: &'a Costs,
    steps: Steps,
    spots: Vec<Option<Spot>>,
}

impl<'a> Cells<'a> {
    /// With no cells yet.
    pub fn new(graph: &'a WalkGraph, costs: &'a Costs, steps: Steps) -> Self {
        Self { graph, costs, steps, spots: Vec::new() }
    }

    /// The next cell.
    pub fn add(&mut self, cell: Place) {
        self.spots.push(self.graph.step_on(cell, self.steps.cell, |edge| self.costs.is_open(edge)));
    }

    /// That was all of them: now the nodes, from which ways of up to `limit` seconds are walked.
    pub fn walks(self, limit: u32) -> Walks<'a> {
        let found = vec![Vec::new(); self.spots.len()];
        let Self { graph, costs, steps, spots } = self;
        Walks { graph, costs, within: steps.node, limit, cells: Doors::of(spots), found, reach: Reach::default(), nodes: 0 }
    }
}

/// Then the ways from each node are walked.
pub struct Walks<'a> {
    graph: &'a WalkGraph,
    costs: &'a Costs,
    within: Metres,
    limit: u32,
    cells: Doors,
    found: Vec<Vec<(u32, u32)>>,
    reach: Reach,
    nodes: u32,
}

impl Walks<'_> {
    /// The next node. One that can't step onto the graph is reached by nobody.
    pub fn add(&mut self, node: Place) {
        let number = self.nodes;
        self.nodes += 1;
        let (graph, costs) = (self.graph, self.costs);
        let Some(spot) = graph.step_on(node, self.within, |edge| costs.is_open(edge)) else { return };
        self.reach.search(graph, costs, &spot, self.limit.saturating_mul(1000));
        for at in near(graph, &self.reach, &spot, &self.cells) {
            let Some(cell) = self.cells.spot(at as usize) else { continue };
            let off = cell.away.0.saturating_add(spot.away.0).saturating_mul(OFF_THE_GRAPH);
            let on = self.reach.cost_to(graph, costs, Some(&spot), cell);
            let seconds = on.map(|millis| millis.saturating_add(off).div_ceil(1000)).filter(|seconds| *seconds <= self.limit);
            if let (Some(seconds), Some(found)) = (seconds, self.found.get_mut(at as usize)) {
                found.push((number, seconds));
            }
        }
    }

    /// The table.
    pub fn access(self) -> Access {
        Access::of(self.found, self.nodes)
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
