//! Areas that several ways draw together (multipolygons): lakes with islands, parks along streets, blocks around a yard.

use super::Points;
use crate::build::shape::{Point, Shape};
use geo::{Contains, Coord, LineString, Polygon};
use std::collections::HashMap;

/// A multipolygon that a layer wants.
pub struct Area {
    /// The layer's index.
    pub layer: usize,
    /// Its number in OpenStreetMap.
    pub id: i64,
    /// Its cells.
    pub cells: Vec<String>,
    /// The ways around it.
    pub outer: Vec<i64>,
    /// The ways around its holes.
    pub inner: Vec<i64>,
}

impl Area {
    /// Its outlines, each with the holes that lie in it; `None` where the extract does not hold a whole one.
    pub fn shape(&self, ways: &HashMap<i64, Vec<i64>>, points: &Points) -> Option<(Point, Shape)> {
        let rings = |ids: &[i64]| {
            let lines = ids.iter().filter_map(|id| ways.get(id)).cloned().collect();
            closed(lines).iter().filter_map(|ring| points_of(ring, points)).collect::<Vec<_>>()
        };
        let (outer, inner) = (rings(&self.outer), rings(&self.inner));
        let outlines: Vec<Vec<Vec<Point>>> = outer
            .into_iter()
            .map(|ring| {
                let around = polygon(&ring);
                let holes = inner.iter().filter(|hole| hole.first().is_some_and(|(lat, lon)| around.contains(&Coord { x: *lon, y: *lat })));
                let holes: Vec<_> = holes.cloned().collect();
                std::iter::once(ring).chain(holes).collect()
            })
            .collect();
        let largest = outlines.iter().filter_map(|rings| rings.first()).max_by_key(|ring| ring.len())?;
        Some((super::inside(largest)?, Shape::Outlines(outlines)))
    }
}

fn polygon(ring: &[Point]) -> Polygon {
    Polygon::new(LineString::from(ring.iter().map(|(lat, lon)| (*lon, *lat)).collect::<Vec<_>>()), Vec::new())
}

fn points_of(ring: &[i64], points: &Points) -> Option<Vec<Point>> {
    ring.iter().map(|id| points.place(*id).map(|place| (place.lat(), place.lon()))).collect()
}

/// Rings out of lines that meet at points of one number. What does not close is left out.
fn closed(mut lines: Vec<Vec<i64>>) -> Vec<Vec<i64>> {
    let mut rings = Vec::new();
    while let Some(mut ring) = lines.pop() {
        while ring.first() != ring.last() {
            let end = ring.last().copied();
            let Some(at) = lines.iter().position(|line| line.first().copied() == end || line.last().copied() == end) else { break };
            let mut next = lines.swap_remove(at);
            if next.first().copied() != end {
                next.reverse();
            }
            ring.extend(next.into_iter().skip(1));
        }
        if ring.len() > 3 && ring.first() == ring.last() {
            rings.push(ring);
        }
    }
    rings
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_that_meet_close_and_what_does_not_is_left_out() {
        let rings = closed(vec![vec![1, 2, 3], vec![5, 4, 3], vec![5, 1], vec![7, 8, 9, 7], vec![10, 11]]);
        let mut lengths: Vec<_> = rings.iter().map(|ring| (ring.len(), ring.first() == ring.last())).collect();
        lengths.sort_unstable();
        assert_eq!(lengths, [(4, true), (6, true)]);
    }
}
