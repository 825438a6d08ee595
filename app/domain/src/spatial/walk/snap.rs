//! The edge nearest to a place: where somebody steps onto the graph.

use super::graph::{Edge, EdgeId, WalkGraph};
use super::way::Decimetres;
use crate::spatial::nearest::metres_between;
use crate::unit::{Metres, Place};
use geo::{ClosestPoint, Line, Point};

/// A point on an edge, and how far from it somebody stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spot {
    /// The edge.
    pub edge: EdgeId,
    /// How far along it, from its start.
    pub along: Decimetres,
    /// The point on it.
    pub place: Place,
    /// How far the place that was asked for lies from there, straight.
    pub away: Decimetres,
}

/// How much nearer than the largest component an island must be, in metres.
const HARDLY_NEARER: u32 = 60;
/// Metres of a degree of latitude, about: a length of a box, never shown.
const METRES_PER_E7: f64 = 0.0111;

impl WalkGraph {
    /// The nearest point on an edge that `keep` lets through, at most `within` away; `None` where there is none.
    ///
    /// Looks at cells around the place, ring after ring, until nothing nearer can be in the next.
    pub fn snap(&self, from: Place, within: Metres, keep: impl Fn(&Edge) -> bool) -> Option<Spot> {
        let header = &self.header;
        let row = (i64::from(from.lat_e7) - i64::from(header.south)).div_euclid(i64::from(header.height));
        let column = (i64::from(from.lon_e7) - i64::from(header.west)).div_euclid(i64::from(header.width));
        let side = self.shorter_side(from);
        let mut best: Option<(f64, Spot)> = None;
        // The rings that reach the grid at all.
        let beyond = |at: i64, count: u32| (-at).max(at - i64::from(count) + 1).max(0);
        let first = beyond(row, header.rows).max(beyond(column, header.columns));
        let last = row.max(i64::from(header.rows) - row).max(column).max(i64::from(header.columns) - column);
        for ring in first..=last {
            // Whatever is in this ring lies at least so far away.
            let least = side * (ring - 1).max(0) as f64;
            if least > f64::from(within.0) || best.is_some_and(|(away, _)| least > away) {
                break;
            }
            for (row, column) in ring_cells(row, column, ring, header.rows, header.columns) {
                for edge in self.cell(row, column).filter_map(|id| self.edge(id)).filter(&keep) {
                    let (away, spot) = self.nearest_on_edge(&edge, from);
                    let is_nearer = best.is_none_or(|(least, spot)| (away, edge.id) < (least, spot.edge));
                    if away <= f64::from(within.0) && is_nearer {
                        best = Some((away, spot));
                    }
                }
            }
        }
        best.map(|(_, spot)| spot)
    }

    /// As [`WalkGraph::snap`], but an edge of the largest component is taken before one of an island that is hardly nearer, such as an arcade
    /// whose doors a source does not know: 60 m.
    pub fn step_on(&self, from: Place, within: Metres, keep: impl Fn(&Edge) -> bool) -> Option<Spot> {
        let nearest = self.snap(from, within, &keep)?;
        let is_mainland = |edge: &Edge| self.component(edge.from) == Some(0);
        if self.edge(nearest.edge).is_some_and(|edge| is_mainland(&edge)) {
            return Some(nearest);
        }
        let reach = Metres(nearest.away.metres().0.saturating_add(HARDLY_NEARER)).min(within);
        Some(self.snap(from, reach, |edge| keep(edge) && is_mainland(edge)).unwrap_or(nearest))
    }

    /// The shorter side of a cell near a place, in metres, on the safe side.
    fn shorter_side(&self, near: Place) -> f64 {
        let north = self.header.south.saturating_add_unsigned(self.header.height.saturating_mul(self.header.rows));
        let farthest = [near.lat_e7, self.header.south, north].into_iter().map(i32::unsigned_abs).max().unwrap_or_default();
        let narrowing = (f64::from(farthest) / 1e7).min(90.0).to_radians().cos();
        METRES_PER_E7 * f64::from(self.header.height).min(f64::from(self.header.width) * narrowing)
    }

    /// The point on an edge nearest to a place, and how far it is.
    pub fn nearest_on_edge(&self, edge: &Edge, from: Place) -> (f64, Spot) {
        let line = self.line(edge);
        let whole: f64 = line.windows(2).map(|pair| pair.first().zip(pair.last()).map_or(0.0, |(a, b)| metres_between(*a, *b))).sum();
        let (mut passed, mut best) = (0.0, (f64::INFINITY, 0.0, from));
        for pair in line.windows(2) {
            let (Some(&start), Some(&end)) = (pair.first(), pair.last()) else { continue };
            let (place, share) = nearest_on([start, end], from);
            let (away, length) = (metres_between(place, from), metres_between(start, end));
            if away < best.0 {
                best = (away, passed + share * length, place);
            }
            passed += length;
        }
        let (away, along, place) = best;
        let share = if whole > 0.0 { (along / whole).clamp(0.0, 1.0) } else { 0.0 };
        let along = Decimetres((share * f64::from(edge.length.0)).round() as u32);
        (away, Spot { edge: edge.id, along, place, away: Decimetres((away * 10.0).round() as u32) })
    }
}

/// The cells of a ring around a cell that are on the grid. The ring may be far larger than the grid.
fn ring_cells(row: i64, column: i64, ring: i64, rows: u32, columns: u32) -> impl Iterator<Item = (u32, u32)> {
    let on = |at: i64, count: u32| u32::try_from(at).ok().filter(|at| *at < count);
    let clip = |from: i64, to: i64, count: u32| from.clamp(0, i64::from(count))..(to + 1).clamp(0, i64::from(count));
    let across = clip(column - ring, column + ring, columns);
    let up = clip(row - ring + 1, row + ring - 1, rows);
    let edges = |at: i64| if ring == 0 { vec![at] } else { vec![at - ring, at + ring] };
    let (level, upright) = (edges(row), if ring == 0 { Vec::new() } else { edges(column) });
    let levels =
        level.into_iter().filter_map(move |at| on(at, rows)).flat_map(move |at| across.clone().map(move |column| (at, column as u32)));
    let uprights =
        upright.into_iter().filter_map(move |at| on(at, columns)).flat_map(move |at| up.clone().map(move |row| (row as u32, at)));
    levels.chain(uprights)
}

/// The point between two places that is nearest to a third, and what share of the way it lies from the first. The ground is taken as flat
/// around the first, which is right to a millimetre in a kilometre at the scale of streets.
pub(super) fn nearest_on([start, end]: [Place; 2], from: Place) -> (Place, f64) {
    let narrowing = start.lat().to_radians().cos();
    let flat = |place: Place| {
        let (north, east) = (place.lat_e7 - start.lat_e7, i64::from(place.lon_e7) - i64::from(start.lon_e7));
        Point::new(east as f64 * narrowing, f64::from(north))
    };
    let line = Line::new(flat(start), flat(end));
    let point = match line.closest_point(&flat(from)) {
        geo::Closest::SinglePoint(point) | geo::Closest::Intersection(point) => point,
        geo::Closest::Indeterminate => flat(start),
    };
    let length = line.dx().hypot(line.dy());
    let share = if length > 0.0 { point.x().hypot(point.y()) / length } else { 0.0 };
    let between = |one: i32, other: i32| (f64::from(one) + share * (f64::from(other) - f64::from(one))).round() as i32;
    (Place { lat_e7: between(start.lat_e7, end.lat_e7), lon_e7: between(start.lon_e7, end.lon_e7) }, share.min(1.0))
}
