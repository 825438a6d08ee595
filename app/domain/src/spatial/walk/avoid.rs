//! Hazards on the way.

use super::graph::WalkGraph;
use super::pace::{Costs, Passage};
use super::route::Route;
use super::way::Decimetres;
use crate::spatial::area::{coord, corners, polygon};
use crate::unit::Place;
use geo::{Intersects, LineString};

impl Costs {
    /// Closes every edge that an outline (its outer ring, then holes) touches anywhere, or makes it dearer. Bridges count as what they cross:
    /// that one stays dry is not known.
    pub fn avoid(&mut self, graph: &WalkGraph, rings: &[Vec<Place>], passage: Passage) {
        self.avoiding(graph, rings, passage).for_each(drop);
    }

    /// The same, an edge at each step: an outline may have many corners and touch many edges.
    pub fn avoiding<'a>(&'a mut self, graph: &'a WalkGraph, rings: &[Vec<Place>], passage: Passage) -> impl Iterator<Item = ()> + 'a {
        let polygon = polygon(rings);
        let near = corners(rings).into_iter().flat_map(|corners| graph.edges_near(corners));
        near.map(move |edge| {
            let line = LineString::from(graph.line(&edge).into_iter().map(coord).collect::<Vec<_>>());
            if line.intersects(&polygon) {
                self.hinder(graph, edge.id, passage);
            }
        })
    }
}

impl Route {
    /// How much of it lies on edges that `costs` closes or makes dearer.
    pub fn hindered_by(&self, costs: &Costs) -> Decimetres {
        let hindered = self.legs.iter().filter(|leg| costs.is_hindered(leg.edge.id));
        Decimetres(hindered.map(|leg| leg.length().0).fold(0, u32::saturating_add))
    }
}
