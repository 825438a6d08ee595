//! One zoom, tile by tile: shapes are simplified to what can be seen at it, cut, and set on the tile's own grid.

use super::class::{Ground, Street};
use super::cut::{box_of, line_in, polygon_in};
use super::{Chart, Label, Line};
use geo::{BoundingRect, Coord, LineString, Orient, Polygon, Rect, Simplify, orient::Direction};
use std::collections::{BTreeMap, btree_map::Entry};
use std::ops::RangeInclusive;

/// The side of a tile, in steps of its grid.
pub const EXTENT: f64 = 4096.0;
/// How far beyond its edge a tile knows, in steps: eight pixels, where one is drawn 512 pixels wide.
const AROUND: f64 = 64.0;
/// A pixel, in steps.
const PIXEL: f64 = 8.0;

/// A point on a tile's grid.
pub type Step = (i32, i32);

/// What lies in one tile, by layers, on its grid.
#[derive(Debug, Default)]
pub struct Tile {
    /// Streets: all lines of one kind together.
    pub streets: BTreeMap<Street, Vec<Vec<Step>>>,
    /// Streams.
    pub streams: Vec<Vec<Step>>,
    /// Rings of each sort of ground, the outer ones each followed by its holes.
    pub grounds: BTreeMap<Ground, Vec<Vec<Step>>>,
    /// Names.
    pub labels: Vec<(Label, Step)>,
}

/// The tiles of one zoom, by row and column.
pub struct Zoom {
    zoom: u8,
    /// The zoom above which tiles are only drawn larger: it keeps what lower ones can do without.
    is_highest: bool,
    /// The tiles that have anything in them.
    pub tiles: BTreeMap<(u32, u32), Tile>,
}

impl Zoom {
    /// Sets what is drawn at a zoom onto its tiles.
    pub fn of(chart: &Chart, zoom: u8, is_highest: bool) -> Self {
        let mut this = Self { zoom, is_highest, tiles: BTreeMap::new() };
        for (ground, polygon) in chart.grounds.iter().filter(|(ground, _)| ground.from() <= zoom) {
            this.ground(*ground, polygon);
        }
        for (street, line) in chart.streets.iter().filter(|(street, _)| street.class.from() <= zoom) {
            this.line(line, |tile, line| tile.streets.entry(street.clone()).or_default().push(line));
        }
        for line in &chart.streams {
            this.line(line, |tile, line| tile.streams.push(line));
        }
        for label in chart.labels.iter().filter(|label| label.from <= zoom) {
            this.label(label);
        }
        this
    }

    /// How many tiles all that is drawn touches at a zoom, counted for each piece of it.
    pub fn pieces(chart: &Chart, zoom: u8) -> u64 {
        let this = Self { zoom, is_highest: true, tiles: BTreeMap::new() };
        let lines = chart.streets.iter().map(|(_, line)| line).chain(&chart.streams).filter_map(|line| box_of(line));
        let boxes = chart.grounds.iter().filter_map(|(_, polygon)| polygon.bounding_rect()).chain(lines);
        let long = |span: &RangeInclusive<u32>| u64::from(span.end() - span.start()) + 1;
        boxes.map(|whole| this.span(whole).iter().map(long).product::<u64>()).sum()
    }

    /// Steps of the grid over the whole world.
    fn steps(&self) -> f64 {
        f64::from(1u32 << self.zoom) * EXTENT
    }

    /// What moves a line by less than this is left out: half a pixel; where tiles are drawn larger than they are, a quarter.
    fn tolerance(&self) -> f64 {
        PIXEL / if self.is_highest { 4.0 } else { 2.0 } / self.steps()
    }

    /// The rows and columns of the tiles that a box touches.
    fn span(&self, what: Rect<f64>) -> [RangeInclusive<u32>; 2] {
        let count = 1u32 << self.zoom;
        let around = AROUND / self.steps();
        let tile = |value: f64| ((value * f64::from(count)).floor().max(0.0) as u32).min(count - 1);
        let (low, high) = (what.min(), what.max());
        [tile(low.y - around)..=tile(high.y + around), tile(low.x - around)..=tile(high.x + around)]
    }

    /// The tiles that a box touches, each with its own box.
    fn touched(&self, what: Rect<f64>) -> impl Iterator<Item = ((u32, u32), Rect<f64>)> + use<> {
        let (side, around) = (1.0 / f64::from(1u32 << self.zoom), AROUND / self.steps());
        let [rows, columns] = self.span(what);
        rows.flat_map(move |row| {
            columns.clone().map(move |column| {
                let corner = Coord { x: f64::from(column) * side - around, y: f64::from(row) * side - around };
                let size = side + around + around;
                ((row, column), Rect::new(corner, Coord { x: corner.x + size, y: corner.y + size }))
            })
        })
    }

    fn on_grid(&self, (row, column): (u32, u32), points: &[Coord<f64>]) -> Vec<Step> {
        let step = |value: f64, tile: u32| (value * self.steps() - f64::from(tile) * EXTENT).round() as i32;
        let mut steps: Vec<Step> = points.iter().map(|at| (step(at.x, column), step(at.y, row))).collect();
        steps.dedup();
        steps
    }

    fn line(&mut self, line: &Line, put: impl Fn(&mut Tile, Vec<Step>)) {
        let simple = LineString::new(line.clone()).simplify(self.tolerance()).0;
        let Some(whole) = box_of(&simple) else { return };
        for (at, frame) in self.touched(whole) {
            for stretch in line_in(&simple, &frame) {
                let steps = self.on_grid(at, &stretch);
                if steps.len() > 1 {
                    put(self.tiles.entry(at).or_default(), steps);
                }
            }
        }
    }

    fn ground(&mut self, ground: Ground, polygon: &Polygon) {
        let Some(whole) = polygon.bounding_rect() else { return };
        // What is smaller than two pixels each way is not seen.
        let smallest = if self.is_highest { PIXEL / 2.0 } else { PIXEL * 2.0 } / self.steps();
        if whole.width() < smallest && whole.height() < smallest {
            return;
        }
        let simple = polygon.simplify(self.tolerance()).orient(Direction::Default);
        for (at, frame) in self.touched(whole) {
            for part in polygon_in(&simple, &frame) {
                let part = part.orient(Direction::Default);
                let mut rings = std::iter::once(part.exterior()).chain(part.interiors()).map(|ring| self.ring(at, ring));
                let Some(outer) = rings.next().flatten() else { continue };
                let holes: Vec<_> = rings.flatten().collect();
                let known = match self.tiles.entry(at) {
                    Entry::Occupied(tile) => tile.into_mut(),
                    Entry::Vacant(none) => none.insert(Tile::default()),
                };
                let known = known.grounds.entry(ground).or_default();
                known.push(outer);
                known.extend(holes);
            }
        }
    }

    /// A ring without its last point, which is its first; `None` where nothing is left of it on the grid.
    fn ring(&self, at: (u32, u32), ring: &LineString) -> Option<Vec<Step>> {
        let mut steps = self.on_grid(at, &ring.0);
        if steps.len() > 1 && steps.first() == steps.last() {
            steps.pop();
        }
        let next = |at: usize| steps.get((at + 1) % steps.len()).copied().unwrap_or_default();
        let cross = |(at, (x, y)): (usize, &Step)| i64::from(*x) * i64::from(next(at).1) - i64::from(next(at).0) * i64::from(*y);
        let twice_the_area: i64 = steps.iter().enumerate().map(cross).sum();
        (steps.len() > 2 && twice_the_area != 0).then_some(steps)
    }

    /// A name stands in the one tile in which its point lies.
    fn label(&mut self, label: &Label) {
        let count = 1u32 << self.zoom;
        let tile = |value: f64| ((value * f64::from(count)).floor().max(0.0) as u32).min(count - 1);
        let at = (tile(label.at.y), tile(label.at.x));
        let steps = self.on_grid(at, &[label.at]);
        self.tiles.entry(at).or_default().labels.extend(steps.first().map(|step| (label.clone(), *step)));
    }
}
