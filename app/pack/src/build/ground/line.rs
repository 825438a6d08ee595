//! Lines go into the walking graph.

use super::way::{Walkable, walkable};
use crate::build::gather::finding;
use crate::build::node::Frame;
use crate::build::osm::WalkedWay;
use crate::build::report::{Finding, LayerCount, Reason, Report};
use crate::build::shape::{Point, Shape};
use crate::build::table::Table;
use civmesh_domain::spatial::walk::WalkDraft;
use civmesh_domain::unit::Place;

/// Takes lines of a source whose points have no numbers.
pub fn line_rows(draft: &mut WalkDraft, frame: &Frame<'_>, table: &Table, count: &mut LayerCount, report: &mut Report) {
    for row in &table.rows {
        let tag = |key: &str| Some(table.cell(row, frame.layer.column_of(key))).filter(|value| !value.is_empty());
        let Some(what) = walkable(tag) else {
            count.passed_over += 1;
            continue;
        };
        let Shape::Lines(lines) = &row.shape else {
            report.findings.push(finding(frame.layer, row, Reason::NoLine, "it is a way, but has no line".to_owned()));
            continue;
        };
        for line in lines {
            match take(draft, frame, &what, line) {
                Ok(true) => count.kept += 1,
                Ok(false) => count.outside += 1,
                Err((reason, detail)) => report.findings.push(finding(frame.layer, row, reason, detail)),
            }
        }
    }
}

/// Whether the line was taken, or lies outside the clip.
fn take(draft: &mut WalkDraft, frame: &Frame<'_>, what: &Walkable, line: &[Point]) -> Result<bool, (Reason, String)> {
    let place = |(lat, lon): &Point| {
        let place = Place::from_degrees(*lat, *lon).filter(|_| frame.bounds.has(*lat, *lon));
        place.ok_or_else(|| (Reason::OutOfRange, format!("its point at latitude {lat}, longitude {lon} lies outside the region's bounds")))
    };
    let places = line.iter().map(place).collect::<Result<Vec<Place>, _>>()?;
    if !touches(frame, places.iter()) {
        return Ok(false);
    }
    let taken = draft.line(places, what.kind, what.layer, &what.name);
    taken.map(|()| true).map_err(|fault| (Reason::NoLine, fault.to_string()))
}

/// Takes ways whose points have numbers. A row of the table stands for none of them.
pub fn walked_ways(draft: &mut WalkDraft, frame: &Frame<'_>, ways: &[WalkedWay], count: &mut LayerCount, report: &mut Report) {
    count.rows += ways.len();
    for way in ways {
        for line in &way.lines {
            if !touches(frame, line.iter().map(|(_, place)| place)) {
                count.outside += 1;
                continue;
            }
            match draft.numbered_line(line.iter().copied(), way.what.kind, &way.what.name) {
                Ok(()) => count.kept += 1,
                Err(fault) => {
                    let number = way.id.unsigned_abs();
                    let file = frame.layer.file.clone();
                    report.findings.push(Finding { file, line: number, reason: Reason::NoLine, detail: format!("way {number}: {fault}") });
                }
            }
        }
    }
}

/// Whether a line has a point in the clip.
fn touches<'a>(frame: &Frame<'_>, mut places: impl Iterator<Item = &'a Place>) -> bool {
    frame.clip.is_none_or(|clip| places.any(|place| clip.has_place(*place)))
}
