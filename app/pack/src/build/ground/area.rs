//! Outlines become hazard areas, simplified so that a phone can hold them, and none is lost by it.

use crate::build::config::Field;
use crate::build::gather::finding;
use crate::build::node::Frame;
use crate::build::reading::Reading;
use crate::build::report::{LayerCount, Reason, Report};
use crate::build::shape::{Point, Shape};
use crate::build::table::Table;
use civmesh_domain::spatial::area::{Class, Depth, HazardArea};
use civmesh_domain::unit::Place;
use geo::{LineString, Simplify};

/// Metres of a degree of latitude, about. One of longitude has fewer, so that no point moves farther than is said.
const METRES_PER_DEGREE: f64 = 111_000.0;

/// Takes the outlines of a layer.
pub fn area_rows(frame: &Frame<'_>, table: &Table, count: &mut LayerCount, report: &mut Report) -> Vec<HazardArea> {
    let mut areas = Vec::new();
    for row in &table.rows {
        let mut reading = Reading::new(frame.layer, table, row);
        let Some(hazard) = reading.one(Field::Hazard) else {
            report.findings.append(&mut reading.findings);
            report.findings.push(finding(frame.layer, row, Reason::NoKind, "no hazard is given for it".to_owned()));
            continue;
        };
        let Shape::Outlines(outlines) = &row.shape else {
            report.findings.push(finding(frame.layer, row, Reason::NoLine, "it has no outline".to_owned()));
            continue;
        };
        let class = Class(reading.translated_number(Field::Class).and_then(|class| u8::try_from(class).ok()).unwrap_or(1).max(1));
        let to_mm = reading.translated_number(Field::DepthTo);
        let depth = reading.translated_number(Field::DepthFrom).map(|from_mm| Depth { from_mm, to_mm });
        report.findings.append(&mut reading.findings);
        for outline in outlines {
            let area = |rings| HazardArea { hazard, class, depth, layer: frame.index, rings };
            match rings(frame, outline) {
                Ok(rings) if is_inside(frame, &rings) => areas.push(area(rings)),
                Ok(_) => count.outside += 1,
                Err((reason, detail)) => report.findings.push(finding(frame.layer, row, reason, detail)),
            }
        }
    }
    count.kept += areas.len();
    areas
}

/// The rings of an outline. A hole that is none is left out; without an outer ring there is nothing.
fn rings(frame: &Frame<'_>, outline: &[Vec<Point>]) -> Result<Vec<Vec<Place>>, (Reason, String)> {
    let mut rings = Vec::new();
    for (at, ring) in outline.iter().enumerate() {
        let place = |(lat, lon): &Point| {
            let place = Place::from_degrees(*lat, *lon).filter(|_| frame.bounds.has(*lat, *lon));
            place.ok_or_else(|| {
                (Reason::OutOfRange, format!("its point at latitude {lat}, longitude {lon} lies outside the region's bounds"))
            })
        };
        let mut places = simplified(ring, frame.layer.simplify_metres).iter().map(place).collect::<Result<Vec<Place>, _>>()?;
        places.dedup();
        if places.len() > 1 && places.first() == places.last() {
            places.pop();
        }
        match (places.len() > 2, at) {
            (true, _) => rings.push(places),
            (false, 0) => return Err((Reason::NoLine, "its outline has fewer than three corners".to_owned())),
            (false, _) => {}
        }
    }
    if rings.is_empty() { Err((Reason::NoLine, "it has no outline".to_owned())) } else { Ok(rings) }
}

/// With fewer points, none of which was farther than so many metres from what is left; as it was where nothing would be left of it.
fn simplified(ring: &[Point], metres: u32) -> Vec<Point> {
    let line = LineString::from(ring.to_vec());
    let simple = line.simplify(f64::from(metres) / METRES_PER_DEGREE);
    if simple.0.len() < 4 { ring.to_vec() } else { simple.0.into_iter().map(|coord| (coord.x, coord.y)).collect() }
}

/// Whether any of it lies in the clip, as far as its box tells.
fn is_inside(frame: &Frame<'_>, rings: &[Vec<Place>]) -> bool {
    let Some(clip) = frame.clip else { return true };
    let outer = || rings.first().into_iter().flatten();
    let (low, high) = (
        outer().map(|place| (place.lat_e7, place.lon_e7)).fold((i32::MAX, i32::MAX), |low, at| (low.0.min(at.0), low.1.min(at.1))),
        outer().map(|place| (place.lat_e7, place.lon_e7)).fold((i32::MIN, i32::MIN), |high, at| (high.0.max(at.0), high.1.max(at.1))),
    );
    let place = |(lat_e7, lon_e7): (i32, i32)| Place { lat_e7, lon_e7 };
    clip.meets(place(low), place(high))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_puddle_smaller_than_the_tolerance_stays_and_a_large_outline_loses_what_is_straight() {
        let degrees = |metres: f64| metres / METRES_PER_DEGREE;
        let square =
            |side: f64| [(0.0, 0.0), (0.0, side), (side, side), (side, 0.0), (0.0, 0.0)].map(|(lat, lon)| (degrees(lat), degrees(lon)));
        assert_eq!(simplified(&square(1.0), 5).len(), 5);
        let mut large = square(100.0).to_vec();
        large.insert(1, (degrees(0.5), degrees(50.0)));
        assert_eq!((simplified(&large, 2).len(), simplified(&large, 0).len()), (5, 6));
    }
}
