//! From one place to all: Dijkstra's search, with its tables kept between searches.

use super::block::BACKWARDS;
use super::graph::{EdgeId, NodeNumber, WalkGraph};
use super::pace::Costs;
use super::snap::Spot;
use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::ops::ControlFlow;

/// What is known of the way to each node of one graph. Reused from search to search, it costs nothing to begin anew.
#[derive(Clone, Debug, Default)]
pub struct Reach {
    /// Milliseconds to each node; [`UNKNOWN`] where no way was found.
    cost: Vec<u32>,
    /// The step that led to it, with [`BACKWARDS`]; [`UNKNOWN`] at the start.
    step: Vec<u32>,
    /// Nodes that the last search touched.
    touched: Vec<NodeNumber>,
    heap: BinaryHeap<Reverse<u64>>,
}

const UNKNOWN: u32 = u32::MAX;
/// As far as it goes.
pub const NO_LIMIT: u32 = u32::MAX - 1;

fn entry(cost: u32, node: NodeNumber) -> Reverse<u64> {
    Reverse(u64::from(cost) << 32 | u64::from(node))
}

/// A share of an edge's cost.
pub(super) fn share(cost: u32, part: u32, whole: u32) -> u32 {
    (u64::from(cost) * u64::from(part.min(whole)) / u64::from(whole.max(1))) as u32
}

impl Reach {
    /// Searches from a spot, nearest first, until everything within `limit` milliseconds is known.
    pub fn search(&mut self, graph: &WalkGraph, costs: &Costs, from: &Spot, limit: u32) {
        let starts = starts(graph, costs, from);
        self.search_from(graph, costs, starts, limit, |_, _| ControlFlow::Continue(()));
    }

    /// The same from several nodes, each with what it costs to get there. `visit` is told each node once, nearest first, with its cost,
    /// and can end the search; nodes that it was told of are final.
    pub fn search_from(
        &mut self,
        graph: &WalkGraph,
        costs: &Costs,
        starts: impl IntoIterator<Item = (NodeNumber, u32)>,
        limit: u32,
        visit: impl FnMut(NodeNumber, u32) -> ControlFlow<()>,
    ) {
        self.begin(graph, starts, limit);
        self.go_on(graph, costs, limit, u32::MAX, visit);
    }

    /// Begins a search from a spot that [`Reach::go_on`] carries on, a piece at a time.
    pub fn begin_at(&mut self, graph: &WalkGraph, costs: &Costs, from: &Spot, limit: u32) {
        self.begin(graph, starts(graph, costs, from), limit);
    }

    fn begin(&mut self, graph: &WalkGraph, starts: impl IntoIterator<Item = (NodeNumber, u32)>, limit: u32) {
        self.reset(graph);
        for (node, cost) in starts {
            self.improve(node, cost, UNKNOWN, limit);
        }
    }

    /// Carries on a search, with the limit that it began with, for at most so many steps; whether there is more to do. `visit` is as for
    /// [`Reach::search_from`].
    pub fn go_on(
        &mut self,
        graph: &WalkGraph,
        costs: &Costs,
        limit: u32,
        steps: u32,
        mut visit: impl FnMut(NodeNumber, u32) -> ControlFlow<()>,
    ) -> bool {
        for _ in 0..steps {
            let Some(Reverse(next)) = self.heap.pop() else { return false };
            let (cost, node) = ((next >> 32) as u32, next as u32);
            if self.cost.get(node as usize) != Some(&cost) {
                continue;
            }
            if visit(node, cost).is_break() {
                return false;
            }
            for step in graph.steps(node) {
                if let Some(more) = costs.cost(step.edge & !BACKWARDS, step.packed) {
                    self.improve(step.head, cost.saturating_add(more), step.edge, limit);
                }
            }
        }
        true
    }

    /// Milliseconds to a node, dearer where something is avoided; `None` where the last search did not come.
    pub fn cost(&self, node: NodeNumber) -> Option<u32> {
        self.cost.get(node as usize).copied().filter(|cost| *cost != UNKNOWN)
    }

    /// Milliseconds to a spot, over either end of its edge; `None` where the last search did not come. `start` is where that search began:
    /// on the same edge one walks straight along it.
    pub fn cost_to(&self, graph: &WalkGraph, costs: &Costs, start: Option<&Spot>, to: &Spot) -> Option<u32> {
        let edge = graph.edge(to.edge)?;
        let whole = costs.cost_of(&edge)?;
        let over = |node, part: u32| Some(self.cost(node)?.saturating_add(share(whole, part, edge.length.0)));
        let direct =
            start.filter(|start| start.edge == to.edge).map(|start| share(whole, start.along.0.abs_diff(to.along.0), edge.length.0));
        let ends = [over(edge.from, to.along.0), over(edge.to, edge.length.0.saturating_sub(to.along.0)), direct];
        ends.into_iter().flatten().min()
    }

    /// Nodes to which the last search came, the starts first.
    pub fn reached(&self) -> impl Iterator<Item = (NodeNumber, u32)> {
        self.touched.iter().filter_map(|node| Some((*node, self.cost(*node)?)))
    }

    /// The edge by which the last search came to a node, and whether it was walked from its end; `None` at the start.
    pub(super) fn came_by(&self, node: NodeNumber) -> Option<(EdgeId, bool)> {
        let step = self.step.get(node as usize).copied().filter(|step| *step != UNKNOWN)?;
        Some((EdgeId(step & !BACKWARDS), step & BACKWARDS != 0))
    }

    fn reset(&mut self, graph: &WalkGraph) {
        let nodes = graph.nodes() as usize;
        self.heap.clear();
        if self.cost.len() == nodes {
            for node in self.touched.drain(..) {
                self.cost[node as usize] = UNKNOWN;
                self.step[node as usize] = UNKNOWN;
            }
        } else {
            *self = Self { cost: vec![UNKNOWN; nodes], step: vec![UNKNOWN; nodes], ..Self::default() };
        }
    }

    #[inline]
    fn improve(&mut self, node: NodeNumber, cost: u32, step: u32, limit: u32) {
        let Some(known) = self.cost.get_mut(node as usize).filter(|known| cost < **known && cost <= limit) else { return };
        if *known == UNKNOWN {
            self.touched.push(node);
        }
        *known = cost;
        if let Some(came) = self.step.get_mut(node as usize) {
            *came = step;
        }
        self.heap.push(entry(cost, node));
    }
}

/// The two ends of a spot's edge, with what it costs to walk to them.
pub(super) fn starts(graph: &WalkGraph, costs: &Costs, from: &Spot) -> Vec<(NodeNumber, u32)> {
    let found = graph.edge(from.edge).and_then(|edge| Some((edge, costs.cost_of(&edge)?)));
    let Some((edge, whole)) = found else { return Vec::new() };
    let part = |along: u32| share(whole, along, edge.length.0);
    vec![(edge.from, part(from.along.0)), (edge.to, part(edge.length.0.saturating_sub(from.along.0)))]
}
