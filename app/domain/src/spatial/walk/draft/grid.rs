//! A grid over the graph: which edges pass through which cell, so that the one nearest to a place is found without looking at all.

use super::order::Ordered;
use crate::unit::Place;

/// The first size of a cell that is tried, 1e-7 degrees of latitude: some 110 metres.
const HEIGHT: u32 = 10_000;
/// Entries that the grid may have for each edge, before cells are made larger.
const REFS_PER_EDGE: usize = 4;

/// A grid, as it is written.
pub struct Grid {
    pub south: i32,
    pub west: i32,
    pub height: u32,
    pub width: u32,
    pub rows: u32,
    pub columns: u32,
    pub first: Vec<u32>,
    pub refs: Vec<u32>,
}

/// Covers a net, in cells that are about as wide as they are high.
pub fn cover(net: &Ordered) -> Grid {
    let places = || net.nodes.iter().chain(net.edges.iter().flat_map(|edge| &edge.points));
    let lowest = |axis: fn(&Place) -> i32| places().map(axis).min().unwrap_or_default();
    let highest = |axis: fn(&Place) -> i32| places().map(axis).max().unwrap_or_default();
    let (south, north) = (lowest(|place| place.lat_e7), highest(|place| place.lat_e7));
    let (west, east) = (lowest(|place| place.lon_e7), highest(|place| place.lon_e7));
    let middle = f64::midpoint(f64::from(south), f64::from(north)) / 1e7;
    let widening = 1.0 / middle.to_radians().cos().max(0.05);
    let most = net.edges.len() * REFS_PER_EDGE + 64;
    let mut height = HEIGHT;
    loop {
        let width = (f64::from(height) * widening) as u32;
        let rows = north.abs_diff(south) / height + 1;
        let columns = east.abs_diff(west) / width + 1;
        let grid = Grid { south, west, height, width, rows, columns, first: Vec::new(), refs: Vec::new() };
        // One cell for all always passes: it has each edge once.
        let few_cells = u64::from(rows) * u64::from(columns) <= most as u64;
        if let Some(grid) = few_cells.then(|| grid.filled(net, most)).flatten() {
            return grid;
        }
        height = height.saturating_mul(2);
    }
}

impl Grid {
    /// With the edges in their cells; `None` where there would be more entries than `most`.
    fn filled(mut self, net: &Ordered, most: usize) -> Option<Self> {
        let mut entries: Vec<(u32, u32)> = Vec::new();
        for (number, edge) in (0u32..).zip(&net.edges) {
            let before = entries.len();
            let line: Vec<Place> = net.line(edge);
            for pair in line.windows(2) {
                let (Some(one), Some(other)) = (pair.first(), pair.last()) else { continue };
                let (rows, columns) = self.cells_of(*one, *other);
                for row in rows {
                    entries.extend(columns.clone().map(|column| (row * self.columns + column, number)));
                    if entries.len() > most * 2 {
                        return None;
                    }
                }
            }
            entries[before..].sort_unstable();
            let mut kept = before;
            for at in before..entries.len() {
                if at == before || entries[at] != entries[at - 1] {
                    entries[kept] = entries[at];
                    kept += 1;
                }
            }
            entries.truncate(kept);
        }
        if entries.len() > most {
            return None;
        }
        entries.sort_unstable();
        self.first = vec![0; self.rows as usize * self.columns as usize + 1];
        for (cell, _) in &entries {
            self.first[*cell as usize + 1] += 1;
        }
        for at in 1..self.first.len() {
            self.first[at] += self.first[at - 1];
        }
        self.refs = entries.into_iter().map(|(_, edge)| edge).collect();
        Some(self)
    }

    /// The rows and columns of the box around two places.
    fn cells_of(&self, one: Place, other: Place) -> (std::ops::RangeInclusive<u32>, std::ops::RangeInclusive<u32>) {
        let row = |place: Place| place.lat_e7.abs_diff(self.south) / self.height;
        let column = |place: Place| place.lon_e7.abs_diff(self.west) / self.width;
        let span = |one: u32, other: u32| one.min(other)..=one.max(other);
        (span(row(one), row(other)), span(column(one), column(other)))
    }
}
