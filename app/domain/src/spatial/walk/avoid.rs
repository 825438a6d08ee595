//! Hazards on the way, and an answer for somebody who wants to go from one place to another.

use super::graph::WalkGraph;
use super::pace::{Costs, Pace, Passage};
use super::reach::Reach;
use super::route::{Route, Trip};
use super::snap::Spot;
use super::way::Decimetres;
use crate::spatial::area::{coord, corners, polygon};
use crate::spatial::nearest::measure;
use crate::unit::{Metres, Place};
use geo::{Intersects, LineString};

/// What there is between two places.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// A way that nothing closes. Where some of it was to be avoided, [`Route::hindered`] says how much.
    Route(Route),
    /// Every way leads through something that is closed; this is the shortest of them, so that somebody can look at what blocks it. It is
    /// not for walking without being told so.
    OnlyThrough(Route),
    /// No way is known. What is left is the direction.
    NoWay {
        /// How far it is, straight.
        straight: Metres,
        /// Degrees clockwise from north, 0 to 359.
        bearing: u16,
    },
}

/// An open edge this much farther away than a closed one is where somebody starts: the other side of the street.
const OTHER_SIDE: u32 = 25;

impl Costs {
    /// Closes every edge that an outline (its outer ring, then holes) touches anywhere, or makes it dearer. Bridges count as what they cross:
    /// that one stays dry is not known.
    pub fn avoid(&mut self, graph: &WalkGraph, rings: &[Vec<Place>], passage: Passage) {
        let polygon = polygon(rings);
        for edge in corners(rings).into_iter().flat_map(|corners| graph.edges_near(corners)) {
            let line = LineString::from(graph.line(&edge).into_iter().map(coord).collect::<Vec<_>>());
            if line.intersects(&polygon) {
                self.hinder(graph, edge.id, passage);
            }
        }
    }
}

impl WalkGraph {
    /// The way from one place to another for somebody with this pace, around what `costs` closes. Both places step onto the graph at most
    /// `within` away, where they can on parts of it that hang together.
    pub fn answer(&self, pace: &Pace, costs: &Costs, [from, to]: [Place; 2], within: Metres) -> Answer {
        let mut reach = Reach::default();
        let free = Costs::new(self, pace);
        if let Some(route) = self.trip(&free, costs, [from, to], within).and_then(|trip| trip.route_with(&mut reach, self, costs)) {
            return Answer::Route(route);
        }
        let through = self.trip(&free, &free, [from, to], within).and_then(|trip| trip.route_with(&mut reach, self, &free));
        match through {
            Some(route) => Answer::OnlyThrough(Route { hindered: route.hindered_by(costs), ..route }),
            None => {
                let (straight, bearing) = measure(from, to);
                Answer::NoWay { straight, bearing }
            }
        }
    }

    /// Both places on the graph. Where their nearest edges do not hang together, the largest component that both can step onto.
    fn trip(&self, free: &Costs, costs: &Costs, [from, to]: [Place; 2], within: Metres) -> Option<Trip> {
        let trip = Trip { from: self.stand(free, costs, from, within)?, to: self.stand(free, costs, to, within)? };
        let component = |spot: &Spot| self.edge(spot.edge).and_then(|edge| self.component(edge.from));
        if component(&trip.from) == component(&trip.to) {
            return Some(trip);
        }
        let largest = |place| self.snap(place, within, |edge| costs.is_open(edge) && self.component(edge.from) == Some(0));
        largest(from).zip(largest(to)).map(|(from, to)| Trip { from, to })
    }

    /// Where somebody steps onto the graph, as [`WalkGraph::step_on`] says: on what is near at the costs that are `free` of what is to be avoided, or on
    /// an open edge that is hardly farther. A place whose streets are all closed stands on a closed one.
    pub fn stand(&self, free: &Costs, costs: &Costs, place: Place, within: Metres) -> Option<Spot> {
        let nearest = self.step_on(place, within, |edge| free.is_open(edge))?;
        let reach = Metres(nearest.away.metres().0.saturating_add(OTHER_SIDE)).min(within);
        Some(self.step_on(place, reach, |edge| costs.is_open(edge)).unwrap_or(nearest))
    }
}

impl Route {
    /// How much of it lies on edges that `costs` closes or makes dearer.
    pub fn hindered_by(&self, costs: &Costs) -> Decimetres {
        let hindered = self.legs.iter().filter(|leg| costs.is_hindered(leg.edge.id));
        Decimetres(hindered.map(|leg| leg.length().0).fold(0, u32::saturating_add))
    }
}
