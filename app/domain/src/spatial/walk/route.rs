//! From one place to another: the edges, how long it is, and the line to draw.

use super::graph::{Edge, NodeNumber, WalkGraph};
use super::pace::Costs;
use super::reach::{NO_LIMIT, Reach, share};
use super::snap::Spot;
use super::turn::{Turn, turns};
use super::way::Decimetres;
use crate::unit::Place;
use std::ops::ControlFlow;

/// Where somebody wants to go, on the graph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Trip {
    /// From here.
    pub from: Spot,
    /// To here.
    pub to: Spot,
}

/// An edge of a route, or the part of one that is walked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Leg {
    /// The edge.
    pub edge: Edge,
    /// Whether it is walked from its end.
    pub backwards: bool,
    /// Where it is stepped onto and left, along the edge from its own start.
    pub span: (Decimetres, Decimetres),
}

/// A way on foot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Route {
    /// The edges in order.
    pub legs: Vec<Leg>,
    /// How long it is, from spot to spot.
    pub length: Decimetres,
    /// How long it takes, rounded up. What is avoided does not count: see [`Costs::millis`].
    pub seconds: u32,
    /// How much of it lies on edges that were to be avoided.
    pub hindered: Decimetres,
    /// What was minimised: milliseconds, more where something was to be avoided.
    pub cost: u32,
    /// The line to draw.
    pub line: Vec<Place>,
    /// What to tell who walks it.
    pub turns: Vec<Turn>,
}

impl Leg {
    /// How much of the edge is walked.
    pub fn length(&self) -> Decimetres {
        Decimetres(self.span.0.0.abs_diff(self.span.1.0))
    }
}

impl Trip {
    /// The way that costs least; `None` where there is none.
    pub fn route(&self, graph: &WalkGraph, costs: &Costs) -> Option<Route> {
        let mut reach = Reach::default();
        self.route_with(&mut reach, graph, costs)
    }

    /// The same with tables that are kept between searches.
    pub fn route_with(&self, reach: &mut Reach, graph: &WalkGraph, costs: &Costs) -> Option<Route> {
        let mut quest = self.begin(reach, graph, costs)?;
        while quest.go_on(reach, graph, costs, u32::MAX) {}
        quest.found(reach, graph, costs)
    }

    /// Begins to search it, a piece at a time.
    pub(super) fn begin(self, reach: &mut Reach, graph: &WalkGraph, costs: &Costs) -> Option<Quest> {
        let goal = graph.edge(self.to.edge)?;
        reach.begin_at(graph, costs, &self.from, NO_LIMIT);
        Some(Quest { trip: self, goal: [goal.from, goal.to], ends_left: if goal.from == goal.to { 1 } else { 2 } })
    }

    /// [`Route::seconds`] of the way that a search from this trip's start, at these costs, has found; `None` where it did not come to the end. For
    /// lists: one search serves all their places.
    pub fn seconds(&self, reach: &Reach, graph: &WalkGraph, costs: &Costs) -> Option<u32> {
        let (legs, _) = self.found(reach, graph, costs)?;
        Some(millis(&legs, costs).div_ceil(1000))
    }

    /// The legs that a search has found, and what they cost.
    fn found(&self, reach: &Reach, graph: &WalkGraph, costs: &Costs) -> Option<(Vec<Leg>, u32)> {
        let goal = graph.edge(self.to.edge)?;
        let cost = reach.cost_to(graph, costs, Some(&self.from), &self.to)?;
        Some((self.legs(reach, graph, costs, &goal, cost)?, cost))
    }

    /// The legs, found backwards from the end of the goal's edge over which the way came.
    fn legs(&self, reach: &Reach, graph: &WalkGraph, costs: &Costs, goal: &Edge, cost: u32) -> Option<Vec<Leg>> {
        let whole = costs.cost_of(goal)?;
        let rest = |along: u32| share(whole, along, goal.length.0);
        if self.from.edge == self.to.edge && cost == rest(self.from.along.0.abs_diff(self.to.along.0)) {
            let backwards = self.to.along < self.from.along;
            return Some(vec![Leg { edge: *goal, backwards, span: (self.from.along, self.to.along) }]);
        }
        let over_from = reach.cost(goal.from).map(|before| before.saturating_add(rest(self.to.along.0)));
        let backwards = over_from != Some(cost);
        let (mut node, entered) = if backwards { (goal.to, goal.length) } else { (goal.from, Decimetres(0)) };
        let mut legs = vec![Leg { edge: *goal, backwards, span: (entered, self.to.along) }];
        while let Some((id, backwards)) = reach.came_by(node) {
            let edge = graph.edge(id)?;
            let span = if backwards { (edge.length, Decimetres(0)) } else { (Decimetres(0), edge.length) };
            legs.push(Leg { edge, backwards, span });
            node = if backwards { edge.to } else { edge.from };
        }
        legs.push(self.first_leg(graph, node)?);
        legs.reverse();
        legs.retain(|leg| leg.length() > Decimetres(0));
        Some(legs)
    }

    /// From the spot to the end of its edge where the search began.
    fn first_leg(&self, graph: &WalkGraph, node: NodeNumber) -> Option<Leg> {
        let edge = graph.edge(self.from.edge)?;
        let nearer_start = self.from.along.0 * 2 <= edge.length.0;
        let backwards = if edge.from == edge.to { nearer_start } else { node == edge.from };
        let left = if backwards { Decimetres(0) } else { edge.length };
        Some(Leg { edge, backwards, span: (self.from.along, left) })
    }
}

/// The way of a trip that is being searched.
pub(super) struct Quest {
    trip: Trip,
    /// The ends of the goal's edge.
    goal: [NodeNumber; 2],
    /// How many of them the search has still to come to.
    ends_left: u8,
}

impl Quest {
    /// Searches so many steps more; whether there is more to do.
    pub(super) fn go_on(&mut self, reach: &mut Reach, graph: &WalkGraph, costs: &Costs, steps: u32) -> bool {
        let Self { goal, ends_left, .. } = self;
        reach.go_on(graph, costs, NO_LIMIT, steps, |node, _| {
            *ends_left -= u8::from(goal.contains(&node));
            if *ends_left == 0 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        })
    }

    /// What the search has found.
    pub(super) fn found(&self, reach: &Reach, graph: &WalkGraph, costs: &Costs) -> Option<Route> {
        let (legs, cost) = self.trip.found(reach, graph, costs)?;
        Some(Route::of(&self.trip, graph, costs, legs, cost))
    }
}

impl Route {
    fn of(trip: &Trip, graph: &WalkGraph, costs: &Costs, legs: Vec<Leg>, cost: u32) -> Self {
        let lines = walked(trip, graph, &legs);
        let mut line: Vec<Place> = lines.iter().flatten().copied().collect();
        line.dedup();
        let route = Self {
            length: Decimetres(legs.iter().map(|leg| leg.length().0).fold(0, u32::saturating_add)),
            seconds: millis(&legs, costs).div_ceil(1000),
            hindered: Decimetres(0),
            cost,
            turns: turns(trip, graph, costs, &legs, &lines),
            line,
            legs,
        };
        Self { hindered: route.hindered_by(costs), ..route }
    }
}

/// How long legs take, in milliseconds.
fn millis(legs: &[Leg], costs: &Costs) -> u32 {
    let of = |leg: &Leg| share(costs.millis(&leg.edge).unwrap_or_default(), leg.length().0, leg.edge.length.0);
    legs.iter().map(of).fold(0, u32::saturating_add)
}

/// The lines of the legs, as walked, with the spots at both ends of the way: a leg that is left before its first bend has a direction by them.
fn walked(trip: &Trip, graph: &WalkGraph, legs: &[Leg]) -> Vec<Vec<Place>> {
    let mut lines: Vec<Vec<Place>> = legs.iter().map(|leg| leg.line(graph)).collect();
    if let Some(first) = lines.first_mut() {
        first.insert(0, trip.from.place);
    }
    if let Some(last) = lines.last_mut() {
        last.push(trip.to.place);
    }
    lines.iter_mut().for_each(Vec::dedup);
    lines
}

impl Leg {
    /// The part of the edge's line that is walked, in the direction in which it is walked; its cut ends are left to the spots.
    fn line(&self, graph: &WalkGraph) -> Vec<Place> {
        let line = graph.line(&self.edge);
        let (low, high) = (self.span.0.min(self.span.1), self.span.0.max(self.span.1));
        let whole = self.edge.length;
        let mut kept = between(&line, low, high, whole);
        if self.backwards {
            kept.reverse();
        }
        kept
    }
}

/// The points of a line that lie within a span, by their share of its length.
fn between(line: &[Place], low: Decimetres, high: Decimetres, whole: Decimetres) -> Vec<Place> {
    if low == Decimetres(0) && high >= whole {
        return line.to_vec();
    }
    let mut metres = 0.0;
    let mut along = vec![0.0];
    for pair in line.windows(2) {
        metres += pair.first().zip(pair.last()).map_or(0.0, |(one, other)| crate::spatial::nearest::metres_between(*one, *other));
        along.push(metres);
    }
    let scale = if metres > 0.0 { f64::from(whole.0) / metres } else { 0.0 };
    let within = |at: &f64| (f64::from(low.0)..=f64::from(high.0)).contains(&(at * scale).round());
    line.iter().zip(&along).filter(|(_, at)| within(at)).map(|(place, _)| *place).collect()
}
