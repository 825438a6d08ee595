//! Rows or buildings become a population grid.

use crate::build::config::Field;
use crate::build::node::{Frame, Taken};
use crate::build::reading::Reading;
use crate::build::report::{LayerCount, Reason, Report};
use crate::build::shape::{Point, Shape, is_on_globe};
use crate::build::table::Table;
use civmesh_domain::spatial::people::{Basis, Cell, Population};
use civmesh_domain::unit::{Persons, Place};
use geo::{ChamberlainDuquetteArea, LineString, Polygon};
use std::collections::{BTreeMap, HashSet};

/// The side of a cell over which the ground of buildings is added up, 1e-7 degrees: some 100 metres.
const SIDE: i32 = 9_000;

/// Whole people out of fractions, so that the sum stays right: what is cut off one cell is given to the next.
#[derive(Default)]
struct Whole {
    left: f64,
}

impl Whole {
    fn of(&mut self, people: f64) -> u32 {
        self.left += people;
        let whole = self.left.round().clamp(0.0, f64::from(u32::MAX));
        self.left -= whole;
        whole as u32
    }
}

/// Takes rows with a place and a number of people, which may be a fraction, as models give it.
pub fn counted_rows(frame: &Frame<'_>, table: &Table, count: &mut LayerCount, report: &mut Report) -> Vec<Cell> {
    let (mut cells, mut whole) = (Vec::new(), Whole::default());
    for row in &table.rows {
        let mut reading = Reading::new(frame.layer, table, row);
        let place = match frame.place::<Cell>(&mut reading, table, row) {
            Ok(place) => place,
            Err(Taken::Refused(mut findings)) => {
                report.findings.append(&mut findings);
                continue;
            }
            Err(_) => {
                count.outside += 1;
                continue;
            }
        };
        let words = reading.words(Field::People).replace(',', "");
        match words.parse::<f64>().ok().filter(|people| (0.0..1e7).contains(people)) {
            Some(people) => {
                count.kept += 1;
                let people = Persons(whole.of(people));
                cells.extend((people.0 > 0).then_some(Cell { place, people }));
            }
            None => reading.find(Reason::NotANumber, format!("'{words}' is not a number of people")),
        }
        report.findings.append(&mut reading.findings);
    }
    cells
}

/// People that are spread over buildings by the ground that these cover.
#[derive(Default)]
pub struct Spread {
    people: u32,
    layer: u16,
    /// Square metres, by row and column.
    ground: BTreeMap<(i32, i32), f64>,
    /// The first corner and the number of corners of each outline: one that is there twice, at a tile's seam, counts once.
    known: HashSet<(Place, usize)>,
}

impl Spread {
    /// Takes the outlines of a layer.
    pub fn take(&mut self, frame: &Frame<'_>, table: &Table, count: &mut LayerCount) {
        self.people = self.people.saturating_add(frame.layer.people.unwrap_or_default());
        self.layer = frame.index;
        for row in &table.rows {
            let Shape::Outlines(outlines) = &row.shape else {
                count.passed_over += 1;
                continue;
            };
            let place = row.point.and_then(|(lat, lon)| Place::from_degrees(lat, lon));
            let is_inside = |place: &Place| frame.clip.unwrap_or(frame.bounds).has_place(*place);
            let Some(place) = place.filter(|place| is_inside(place) && outlines.iter().flatten().all(|ring| is_on_globe(ring))) else {
                count.outside += 1;
                continue;
            };
            let corner = outlines.first().and_then(|outline| outline.first()?.first().copied());
            let corners = outlines.iter().flatten().map(Vec::len).sum();
            let corner = corner.and_then(|(lat, lon)| Place::from_degrees(lat, lon)).unwrap_or(place);
            if !self.known.insert((corner, corners)) {
                count.passed_over += 1;
                continue;
            }
            let cell = (place.lat_e7.div_euclid(SIDE), place.lon_e7.div_euclid(SIDE));
            *self.ground.entry(cell).or_default() += outlines.iter().map(|outline| ground(outline)).sum::<f64>();
            count.kept += 1;
        }
    }

    /// The people, cell by cell; `None` where there are none or nothing to spread them over.
    pub fn population(self) -> Option<Population> {
        let all: f64 = self.ground.values().sum();
        if self.people == 0 || all <= 0.0 {
            return None;
        }
        let mut whole = Whole::default();
        let middle = |at: i32| at.saturating_mul(SIDE).saturating_add(SIDE / 2);
        let cells = self.ground.iter().map(|((row, column), ground)| Cell {
            place: Place { lat_e7: middle(*row), lon_e7: middle(*column) },
            people: Persons(whole.of(ground / all * f64::from(self.people))),
        });
        let cells = cells.filter(|cell| cell.people.0 > 0).collect();
        Some(Population { basis: Basis::SpreadOverBuildings, layer: self.layer, cells })
    }
}

/// Square metres of an outline, its holes taken off.
fn ground(outline: &[Vec<Point>]) -> f64 {
    let mut rings = outline.iter().map(|ring| LineString::from(ring.iter().map(|(lat, lon)| (*lon, *lat)).collect::<Vec<_>>()));
    rings.next().map_or(0.0, |outer| Polygon::new(outer, rings.collect()).chamberlain_duquette_unsigned_area())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fractions_add_up_to_whole_people() {
        let mut whole = Whole::default();
        let cells: Vec<u32> = [0.4, 0.4, 0.4, 2.5, 0.3].into_iter().map(|people| whole.of(people)).collect();
        assert_eq!(cells.iter().sum::<u32>(), 4);
        assert!(cells.iter().all(|people| *people <= 3));
    }

    #[test]
    fn people_are_spread_by_ground_and_none_is_lost() {
        let spread = Spread {
            people: 1_000,
            layer: 3,
            ground: BTreeMap::from([((0, 0), 300.0), ((0, 1), 100.0), ((5, 5), 0.1)]),
            ..Spread::default()
        };
        let population = spread.population().unwrap();
        assert_eq!((population.total(), population.basis, population.cells.len()), (1_000, Basis::SpreadOverBuildings, 2));
        assert_eq!(population.cells[0].people, Persons(750));
        assert_eq!(Spread::default().population(), None);
    }
}
