//! Nearest nodes by an index, with a predicate.
//!
//! `rstar` needs a metric that agrees with its boxes, so points are indexed on the unit sphere, where chord length orders like arc length;
//! what is shown is the Haversine distance.

use super::node::Node;
use crate::unit::{Metres, Place};
use geo::{Bearing, Distance, Haversine, Point};
use rstar::RTree;
use rstar::primitives::GeomWithData;

/// An index over the places of nodes; entries are positions in the slice it was built from.
pub struct NearestIndex {
    tree: RTree<GeomWithData<[f64; 3], u32>>,
}

impl NearestIndex {
    /// Indexes `places`.
    pub fn new(places: impl Iterator<Item = Place>) -> Self {
        let points = places.enumerate().map(|(at, place)| GeomWithData::new(on_sphere(place), at as u32));
        Self { tree: RTree::bulk_load(points.collect()) }
    }

    /// Indexes the places of `nodes`.
    pub fn of_nodes(nodes: &[Node]) -> Self {
        Self::new(nodes.iter().map(|node| node.place))
    }

    /// All entries that `keep` lets through, nearest to `from` first, lazily.
    pub fn nearest(&self, from: Place, keep: impl Fn(usize) -> bool) -> impl Iterator<Item = usize> {
        let entries = self.tree.nearest_neighbor_iter(&on_sphere(from)).map(|entry| entry.data as usize);
        entries.filter(move |&at| keep(at))
    }

    /// How many entries there are.
    pub fn len(&self) -> usize {
        self.tree.size()
    }

    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// How far and which way `to` lies from `from`.
pub fn measure(from: Place, to: Place) -> (Metres, u16) {
    let (from, to) = (point(from), point(to));
    let bearing = Haversine.bearing(from, to).rem_euclid(360.0).round() as u16 % 360;
    (Metres(Haversine.distance(from, to).round() as u32), bearing)
}

fn point(place: Place) -> Point {
    Point::new(place.lon(), place.lat())
}

fn on_sphere(place: Place) -> [f64; 3] {
    let (lat, lon) = (place.lat().to_radians(), place.lon().to_radians());
    [lat.cos() * lon.cos(), lat.cos() * lon.sin(), lat.sin()]
}
