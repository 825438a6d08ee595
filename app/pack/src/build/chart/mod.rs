//! The base map: what streets, buildings, water and parks become.
//!
//! # Layout
//! - [`class`]: what a row is on a map.
//! - [`project`]: from the globe to the plane that is cut into tiles.
//! - [`join`]: pieces of one street become one line.
//! - [`cut`]: what of a shape lies in a tile.
//! - [`tile`]: one zoom, tile by tile.
//! - [`archive`]: all tiles, in one block of bytes.

pub mod archive;
pub mod class;
pub mod cut;
pub mod join;
pub mod project;
pub mod tile;

use super::config::{Format, Holds};
use super::gather::finding;
use super::node::Frame;
use super::report::{LayerCount, MapCount, Reason, Report};
use super::shape::{Point, Shape, is_on_globe};
use super::table::{Row, Table};
use crate::error::PackError;
use crate::place::{NamedPlace, PlaceKind};
use civmesh_domain::text::Text;
use class::{Drawn, Ground, Street, drawn};
use geo::{Coord, Intersects, LineString, Polygon};
use join::joined;
use project::{onto_plane, place_onto_plane};
use tile::Zoom;

/// So many tiles at the highest zoom anything may cover: some six thousand square kilometres, near the tropics.
const MOST_TILES: u64 = 20_000;
/// And what is drawn besides, about so many each: a street that is one line through a large town touches dozens, a building one or two.
const PIECES_EACH: u64 = 64;

/// A line, on the plane.
pub type Line = Vec<Coord<f64>>;

/// A name that stands at a point.
#[derive(Clone, Debug, PartialEq)]
pub struct Label {
    /// What it names, as the map's style calls it.
    pub kind: &'static str,
    /// The lowest zoom at which it is of use.
    pub from: u8,
    /// The name.
    pub name: Text,
    /// Where it stands, on the plane.
    pub at: Coord<f64>,
}

/// What is to be drawn.
#[derive(Clone, Debug, Default)]
pub struct Chart {
    /// Streets and ways.
    pub streets: Vec<(Street, Line)>,
    /// Streams and canals, drawn as lines.
    pub streams: Vec<Line>,
    /// Water, parks and buildings.
    pub grounds: Vec<(Ground, Polygon)>,
    /// Names.
    pub labels: Vec<Label>,
}

impl Chart {
    /// Takes what a layer has to draw: one that holds a map, and the ways and buildings of a GeoJSON.
    pub fn take(&mut self, frame: &Frame<'_>, table: &Table, count: &mut LayerCount, report: &mut Report) {
        let is_map = frame.layer.holds == Holds::Map;
        let is_drawn = matches!(frame.layer.holds, Holds::Ways | Holds::Buildings) && frame.layer.format == Format::Geojson;
        if !is_map && !is_drawn {
            return;
        }
        for row in &table.rows {
            let Some(what) = drawn(|key| tag(frame, table, row, key)) else {
                count.passed_over += usize::from(is_map);
                continue;
            };
            let taken = self.draw(frame, &what, row);
            if is_map {
                match taken {
                    Ok(true) => count.kept += 1,
                    Ok(false) => count.outside += 1,
                    // Of an extract: ways that its edge cuts, and lines where the keys would have an outline.
                    Err(_) if frame.layer.format == Format::OsmPbf => count.passed_over += 1,
                    Err(detail) => report.findings.push(finding(frame.layer, row, Reason::NoLine, detail.to_owned())),
                }
            }
        }
    }

    /// Takes the names of places; those of streets stand along the streets.
    pub fn name(&mut self, places: &[NamedPlace]) {
        for place in places {
            let (kind, from) = match place.kind {
                PlaceKind::Village => ("village", 13),
                PlaceKind::Station => ("station", 14),
                PlaceKind::Landmark => ("landmark", 15),
                PlaceKind::Street => continue,
            };
            self.labels.push(Label { kind, from, name: place.name.clone(), at: place_onto_plane(place.place) });
        }
    }

    /// Whether there is any ground to draw; names alone are no map.
    pub fn is_empty(&self) -> bool {
        self.streets.is_empty() && self.grounds.is_empty()
    }

    /// Refuses what covers more ground than a base map can: a single outline around the globe would be cut into thousands of millions of tiles.
    ///
    /// # Errors
    /// What covers more, in words.
    pub fn check(&self) -> Result<(), String> {
        let pieces = (self.streets.len() + self.streams.len() + self.grounds.len()) as u64;
        let (found, most) = (Zoom::pieces(self, archive::HIGHEST), MOST_TILES + PIECES_EACH * pieces);
        if found <= most {
            Ok(())
        } else {
            Err(format!("what is to be drawn covers {found} tiles of a base map, where {most} would be many; cut it to the region"))
        }
    }

    /// The archive, and what went into it.
    ///
    /// # Errors
    /// More than a pack can hold.
    pub fn build(mut self) -> Result<(Vec<u8>, MapCount), PackError> {
        self.streets = joined(self.streets);
        // A name where nothing is drawn would be a map of its own.
        if let Some(whole) = archive::frame(&self) {
            self.labels.retain(|label| whole.intersects(&label.at));
        }
        archive::write(&self)
    }

    /// Whether the row was drawn, or lies outside.
    fn draw(&mut self, frame: &Frame<'_>, what: &Drawn, row: &Row) -> Result<bool, &'static str> {
        let (lines, outlines) = match &row.shape {
            Shape::Lines(lines) => (lines.clone(), Vec::new()),
            Shape::Outlines(outlines) => (Vec::new(), outlines.clone()),
            Shape::None | Shape::Other => return Err("it has neither a line nor an outline"),
        };
        let inside = |points: &[Point]| points.iter().any(|(lat, lon)| frame.clip.unwrap_or(frame.bounds).has(*lat, *lon));
        let rings = outlines.iter().flatten();
        let all: Vec<&Vec<Point>> = lines.iter().chain(rings).filter(|line| line.len() > 1).collect();
        if all.is_empty() {
            return Err("it has no line of two points");
        }
        if all.iter().any(|line| !is_on_globe(line)) {
            return Err("a point of it is not on the globe");
        }
        // What surrounds the clip has no point in it, and is there all the same.
        let is_around = || outlines.iter().any(|rings| surrounds(frame, rings));
        if !(all.iter().any(|line| inside(line)) || is_around()) {
            return Ok(false);
        }
        match what {
            // A roundabout is drawn as a ring.
            Drawn::Street(street) => self.streets.extend(all.iter().map(|line| (street.clone(), onto_plane(line)))),
            Drawn::Stream => self.streams.extend(all.iter().map(|line| onto_plane(line))),
            Drawn::Ground(ground, name) => {
                if outlines.is_empty() {
                    return Err("it should be an outline, and is a line");
                }
                self.grounds.extend(outlines.iter().filter_map(|rings| polygon(rings)).map(|polygon| (*ground, polygon)));
                if let Some((lat, lon)) = row.point.filter(|_| !name.is_empty()) {
                    let at = project::point_onto_plane((lat, lon));
                    self.labels.push(Label { kind: ground.name(), from: ground.label_from(), name: name.clone(), at });
                }
            }
        }
        Ok(true)
    }
}

/// What a key says of a row: what the layer says of all its rows, else the row's own column.
fn tag<'a>(frame: &Frame<'a>, table: &Table, row: &'a Row, key: &str) -> Option<&'a str> {
    let said = frame.layer.tags.get(key).map(String::as_str);
    // A layer of buildings holds nothing else, whether or not its source says so row by row.
    let said = said.or_else(|| (frame.layer.holds == Holds::Buildings && key == "building").then_some("yes"));
    said.or_else(|| Some(table.cell(row, frame.layer.keys.get(key).map_or(key, String::as_str))).filter(|value| !value.is_empty()))
}

fn surrounds(frame: &Frame<'_>, rings: &[Vec<Point>]) -> bool {
    use geo::Contains;
    let Some((lat, lon)) = frame.clip.map(|clip| clip.middle()) else { return false };
    polygon(rings).is_some_and(|polygon| polygon.contains(&project::point_onto_plane((lat, lon))))
}

fn polygon(rings: &[Vec<Point>]) -> Option<Polygon> {
    let mut rings = rings.iter().filter(|ring| ring.len() > 3).map(|ring| LineString::new(onto_plane(ring)));
    Some(Polygon::new(rings.next()?, rings.collect()))
}
