//! The nearest of many places on foot: nodes of a region, each where its door steps onto the graph.

use super::graph::{Edge, NodeNumber, WalkGraph};
use super::pace::Costs;
use super::reach::{NO_LIMIT, Reach, share, starts};
use super::snap::Spot;
use super::way::Decimetres;
use crate::unit::{Metres, Place};
use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashSet};
use std::ops::ControlFlow;

/// What a stretch between a place and the graph takes, in milliseconds for each decimetre: 80 m a minute.
pub const OFF_THE_GRAPH: u32 = 75;

/// Places on a graph, found again by edge.
#[derive(Clone, Debug, Default)]
pub struct Doors {
    spots: Vec<Option<Spot>>,
    /// Edge and place, in order.
    by_edge: Vec<(u32, u32)>,
}

/// A place that was found on foot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OnFoot {
    /// Its position among the places.
    pub at: usize,
    /// How long it takes, rounded up, the stretches off the graph counted in. What is to be avoided counts as so much longer.
    pub seconds: u32,
    /// How far it is along the ways.
    pub length: Decimetres,
}

impl Doors {
    /// Each place steps onto the nearest edge that `keep` lets through, at most `within` away, as [`WalkGraph::step_on`] says; one that can't is
    /// never found.
    pub fn new(graph: &WalkGraph, places: &[Place], within: Metres, keep: impl Fn(&Edge) -> bool) -> Self {
        Self::of(places.iter().map(|place| graph.step_on(*place, within, &keep)).collect())
    }

    /// Of places that stepped onto the graph already.
    pub fn of(spots: Vec<Option<Spot>>) -> Self {
        let mut by_edge: Vec<(u32, u32)> = (0u32..).zip(&spots).filter_map(|(at, spot)| spot.map(|spot| (spot.edge.0, at))).collect();
        by_edge.sort_unstable();
        Self { spots, by_edge }
    }

    /// Where a place steps onto the graph.
    pub fn spot(&self, at: usize) -> Option<&Spot> {
        self.spots.get(at)?.as_ref()
    }

    /// How many places there are, whether they step onto the graph or not.
    pub fn len(&self) -> usize {
        self.spots.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.spots.is_empty()
    }

    /// The places on an edge.
    pub(in crate::spatial) fn on(&self, edge: u32) -> impl Iterator<Item = u32> {
        let from = self.by_edge.partition_point(|(known, _)| *known < edge);
        self.by_edge.iter().skip(from).take_while(move |(known, _)| *known == edge).map(|(_, at)| *at)
    }

    /// The nearest `count` places on foot that `wanted` lets through, nearest first, at the same time the earlier one first. The search
    /// goes no farther than it must.
    pub fn nearest(&self, graph: &WalkGraph, costs: &Costs, from: &Spot, count: usize, wanted: impl Fn(usize) -> bool) -> Vec<OnFoot> {
        let mut search =
            Search { doors: self, graph, costs, wanted: &wanted, ahead: BinaryHeap::new(), known: HashSet::new(), found: Vec::new() };
        search.along(from);
        let mut reach = Reach::default();
        reach.search_from(graph, costs, starts(graph, costs, from), NO_LIMIT, |node, cost| {
            search.settle(cost, count);
            search.around(node, cost);
            if search.found.len() < count { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        });
        search.settle(u32::MAX, count);
        search.found.iter().filter_map(|way| way.finish(self, graph, &reach, from)).collect()
    }
}

/// A way to a place: over the end of its edge, or straight along the edge where one stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Way {
    /// With the stretch between the graph and the place.
    cost: u32,
    at: u32,
    over: Option<NodeNumber>,
}

struct Search<'a, F> {
    doors: &'a Doors,
    graph: &'a WalkGraph,
    costs: &'a Costs,
    wanted: &'a F,
    ahead: BinaryHeap<Reverse<Way>>,
    known: HashSet<u32>,
    found: Vec<Way>,
}

impl<F: Fn(usize) -> bool> Search<'_, F> {
    /// Places on the edge where one stands.
    fn along(&mut self, from: &Spot) {
        let Some(edge) = self.graph.edge(from.edge) else { return };
        let Some(whole) = self.costs.cost_of(&edge) else { return };
        for at in self.doors.on(from.edge.0) {
            let part = |spot: &Spot| share(whole, from.along.0.abs_diff(spot.along.0), edge.length.0);
            self.push(at, None, part);
        }
    }

    /// Places on the edges that meet at a node.
    fn around(&mut self, node: NodeNumber, cost: u32) {
        for (_, id) in self.graph.neighbours(node) {
            let Some(edge) = self.graph.edge(id) else { continue };
            let Some(whole) = self.costs.cost_of(&edge) else { continue };
            for at in self.doors.on(id.0) {
                let from_start = |spot: &Spot| share(whole, spot.along.0, edge.length.0);
                let from_end = |spot: &Spot| share(whole, edge.length.0.saturating_sub(spot.along.0), edge.length.0);
                if edge.from == node {
                    self.push(at, Some(node), |spot| cost.saturating_add(from_start(spot)));
                }
                if edge.to == node {
                    self.push(at, Some(node), |spot| cost.saturating_add(from_end(spot)));
                }
            }
        }
    }

    fn push(&mut self, at: u32, over: Option<NodeNumber>, cost: impl Fn(&Spot) -> u32) {
        let Some(spot) = self.doors.spot(at as usize).filter(|_| (self.wanted)(at as usize)) else { return };
        let cost = cost(spot).saturating_add(spot.away.0.saturating_mul(OFF_THE_GRAPH));
        self.ahead.push(Reverse(Way { cost, at, over }));
    }

    /// Whatever costs less than where the search is now can't be had for less any more.
    fn settle(&mut self, cost: u32, count: usize) {
        while let Some(Reverse(way)) = self.ahead.peek().copied()
            && (way.cost < cost || cost == u32::MAX)
            && self.found.len() < count
        {
            self.ahead.pop();
            if self.known.insert(way.at) {
                self.found.push(way);
            }
        }
    }
}

impl Way {
    fn finish(&self, doors: &Doors, graph: &WalkGraph, reach: &Reach, from: &Spot) -> Option<OnFoot> {
        let spot = doors.spot(self.at as usize)?;
        let edge = graph.edge(spot.edge)?;
        let end = |edge: &Edge, node: NodeNumber, along: u32| {
            let (start, end) = (along, edge.length.0.saturating_sub(along));
            if edge.from == edge.to {
                start.min(end)
            } else if edge.from == node {
                start
            } else {
                end
            }
        };
        let length = match self.over {
            None => from.along.0.abs_diff(spot.along.0),
            Some(node) => {
                let (mut sum, mut node) = (end(&edge, node, spot.along.0), node);
                while let Some((id, backwards)) = reach.came_by(node) {
                    let edge = graph.edge(id)?;
                    sum = sum.saturating_add(edge.length.0);
                    node = if backwards { edge.to } else { edge.from };
                }
                sum.saturating_add(end(&graph.edge(from.edge)?, node, from.along.0))
            }
        };
        let cost = self.cost.saturating_add(from.away.0.saturating_mul(OFF_THE_GRAPH));
        Some(OnFoot { at: self.at as usize, seconds: cost.div_ceil(1000), length: Decimetres(length) })
    }
}
