//! What lies between the nodes: ways on foot, hazard areas, and where people live.
//!
//! # Layout
//! - [`way`]: which lines can be walked.
//! - [`line`]: lines go into the walking graph.
//! - [`area`]: outlines become hazard areas.
//! - [`people`]: rows or buildings become a population grid.

pub mod area;
pub mod line;
pub mod people;
pub mod way;

use super::config::Holds;
use super::error::BuildError;
use super::node::Frame;
use super::osm::WalkedWay;
use super::report::{GroundCount, LayerCount, Report};
use super::table::Table;
use crate::error::PackError;
use crate::write::Ground;
use area::area_rows;
use civmesh_domain::spatial::area::HazardArea;
use civmesh_domain::spatial::people::{Basis, Population};
use civmesh_domain::spatial::walk::WalkDraft;
use people::{Spread, counted_rows};

/// What was gathered so far.
#[derive(Default)]
pub struct Gathered {
    draft: WalkDraft,
    has_ways: bool,
    areas: Vec<HazardArea>,
    people: Option<Population>,
    spread: Spread,
}

impl Gathered {
    /// Takes the rows of a layer that holds anything but nodes or places.
    pub fn take(&mut self, frame: &Frame<'_>, table: &Table, walked: &[WalkedWay], count: &mut LayerCount, report: &mut Report) {
        match frame.layer.holds {
            Holds::Nodes => {}
            Holds::Ways => {
                self.has_ways = true;
                line::line_rows(&mut self.draft, frame, table, count, report);
                line::walked_ways(&mut self.draft, frame, walked, count, report);
            }
            Holds::Areas => self.areas.append(&mut area_rows(frame, table, count, report)),
            Holds::People => {
                let cells = counted_rows(frame, table, count, report);
                let known = self.people.get_or_insert_with(|| Population { basis: Basis::Counted, layer: frame.index, cells: Vec::new() });
                known.cells.extend(cells);
            }
            Holds::Buildings => self.spread.take(frame, table, count),
        }
    }

    /// Puts it together, and says what there is.
    ///
    /// # Errors
    /// More than a pack can hold.
    pub fn finish(self, report: &mut Report) -> Result<Ground, BuildError> {
        let walk = self.has_ways.then(|| self.draft.build()).transpose();
        let walk = walk.map_err(|error| match error {
            civmesh_domain::spatial::walk::WalkError::TooLarge { found, limit, .. } => PackError::TooLarge { found, limit },
            _ => PackError::Undecodable { section: crate::later::WALK, item: 0 },
        })?;
        let people = self.people.or_else(|| self.spread.population());
        report.ground = GroundCount {
            walk: walk.as_ref().map(|built| (built.counts, built.block.len())),
            areas: self.areas.len(),
            people: people.as_ref().map(|people| (people.basis, people.cells.len(), people.total())),
        };
        Ok(Ground { walk: walk.map(|built| built.block), areas: self.areas, people })
    }
}
