//! Lines and outlines of a source, as they come.

use civmesh_domain::unit::Place;
use geojson::{GeometryValue, Position};

/// Latitude and longitude.
pub type Point = (f64, f64);

/// What a row draws. `None` where its layer needs no more than a point, or there is nothing.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Shape {
    /// Nothing.
    #[default]
    None,
    /// Lines of points.
    Lines(Vec<Vec<Point>>),
    /// Outlines: rings, of which the first is the outer one.
    Outlines(Vec<Vec<Vec<Point>>>),
    /// Something else, such as a point.
    Other,
}

/// The lines or outlines of a geometry.
pub fn shape_of(geometry: GeometryValue) -> Shape {
    let line = |line: Vec<Position>| line.iter().filter_map(at).collect::<Vec<Point>>();
    let rings = |rings: Vec<Vec<Position>>| rings.into_iter().map(line).collect::<Vec<_>>();
    match geometry {
        GeometryValue::LineString { coordinates } => Shape::Lines(vec![line(coordinates)]),
        GeometryValue::MultiLineString { coordinates } => Shape::Lines(rings(coordinates)),
        GeometryValue::Polygon { coordinates } => Shape::Outlines(vec![rings(coordinates)]),
        GeometryValue::MultiPolygon { coordinates } => Shape::Outlines(coordinates.into_iter().map(rings).collect()),
        _ => Shape::Other,
    }
}

fn at(position: &Position) -> Option<Point> {
    Some((*position.as_slice().get(1)?, *position.as_slice().first()?))
}

/// Whether all points of a line are where a place can be.
pub fn is_on_globe(line: &[Point]) -> bool {
    line.iter().all(|(lat, lon)| Place::from_degrees(*lat, *lon).is_some())
}

/// A point on or in a geometry: the middle vertex of a line, the middle of an outline's box.
pub fn point_on(geometry: &GeometryValue) -> Option<(f64, f64)> {
    let middle = |line: &[Position]| line.get(line.len() / 2).and_then(at);
    match geometry {
        GeometryValue::Point { coordinates } => at(coordinates),
        GeometryValue::MultiPoint { coordinates } => coordinates.first().and_then(at),
        GeometryValue::LineString { coordinates } => middle(coordinates),
        GeometryValue::MultiLineString { coordinates } => coordinates.first().and_then(|line| middle(line)),
        GeometryValue::Polygon { coordinates } => coordinates.first().and_then(|ring| box_middle(ring)),
        GeometryValue::MultiPolygon { coordinates } => coordinates.first()?.first().and_then(|ring| box_middle(ring)),
        GeometryValue::GeometryCollection { geometries } => geometries.first().and_then(|geometry| point_on(&geometry.value)),
    }
}

fn box_middle(ring: &[Position]) -> Option<(f64, f64)> {
    let axis = |index: usize| {
        let values = || ring.iter().filter_map(move |position| position.as_slice().get(index).copied());
        let (low, high) = (values().reduce(f64::min)?, values().reduce(f64::max)?);
        Some(f64::midpoint(low, high))
    };
    Some((axis(1)?, axis(0)?))
}
