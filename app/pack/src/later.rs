//! Sections that are opened when they are first needed, so that the first screen does not wait for them. They are kept as the bytes that
//! were signed; a pack without them is as good as any.

use crate::error::{Fault, PackError};
use crate::pack::{Pack, check_place, decode, each};
use civmesh_domain::spatial::area::HazardArea;
use civmesh_domain::spatial::people::Population;
use civmesh_domain::spatial::walk::{WalkError, WalkGraph};
use civmesh_domain::text::Text;
use civmesh_domain::unit::Place;
use std::sync::Arc;

/// The most hazard areas in a pack.
pub const MOST_AREAS: u32 = 100_000;
/// The most cells of a population grid.
pub const MOST_CELLS: usize = 1_000_000;

pub(crate) const WALK: &str = "walk";
pub(crate) const AREAS: &str = "areas";
pub(crate) const PEOPLE: &str = "people";
/// All of them, in the order in which they are written.
pub(crate) const LATER: [&str; 3] = [WALK, AREAS, PEOPLE];

/// Their bytes, by name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Later {
    sections: Vec<Section>,
}

/// One of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Section {
    pub(crate) name: &'static str,
    pub(crate) bytes: Arc<[u8]>,
    /// The hash that was signed, where the bytes have not been compared with it yet.
    pub(crate) unverified: Option<String>,
}

impl Later {
    pub(crate) fn new(sections: Vec<Section>) -> Self {
        Self { sections }
    }

    /// The bytes of a section, shared; `None` where the pack has none. For handing them to a worker.
    ///
    /// # Errors
    /// Bytes that are not those which were signed: [`Pack::read_first`] leaves that to be seen here.
    pub fn bytes(&self, name: &str) -> Result<Option<Arc<[u8]>>, PackError> {
        let Some(section) = self.sections.iter().find(|section| section.name == name) else { return Ok(None) };
        let is_good = |hash: &String| blake3::hash(&section.bytes).to_hex().as_str() == hash;
        if section.unverified.as_ref().is_none_or(is_good) {
            Ok(Some(section.bytes.clone()))
        } else {
            Err(PackError::Damaged(section.name.to_owned()))
        }
    }
}

impl Pack {
    /// The walking graph; `None` where the pack has none. Each call reads it once through, and shares the pack's bytes after that.
    ///
    /// # Errors
    /// A graph that is damaged or of another format.
    pub fn walk(&self) -> Result<Option<WalkGraph>, PackError> {
        self.later.bytes(WALK)?.map(WalkGraph::open).transpose().map_err(|error| {
            let item = if let WalkError::Wrong { at, .. } = error { at.saturating_add(1) } else { 0 };
            PackError::Undecodable { section: WALK, item }
        })
    }

    /// Hazard areas; none where the pack has none.
    ///
    /// # Errors
    /// The first that can't be decoded or used.
    pub fn areas(&self) -> Result<Vec<HazardArea>, PackError> {
        let Some(bytes) = self.later.bytes(AREAS)? else { return Ok(Vec::new()) };
        let areas: Vec<HazardArea> = decode(AREAS, &bytes, MOST_AREAS)?;
        if let Some(at) = areas.iter().position(|area| area.rings.is_empty() || area.rings.iter().any(|ring| ring.len() < 3)) {
            return Err(PackError::Undecodable { section: AREAS, item: at as u32 + 1 });
        }
        each(AREAS, &areas, |area| {
            let name = || format!("a {:?} area", area.hazard);
            if usize::from(area.layer) >= self.manifest.layers.len() {
                return Err(Fault::UnknownLayer(name()));
            }
            area.rings.iter().flatten().try_for_each(|place| on_globe(*place, &name))
        })?;
        Ok(areas)
    }

    /// Where people live; `None` where the pack does not say.
    ///
    /// # Errors
    /// A grid that can't be decoded or used.
    pub fn people(&self) -> Result<Option<Population>, PackError> {
        let Some(bytes) = self.later.bytes(PEOPLE)? else { return Ok(None) };
        let undecodable = |_| PackError::Undecodable { section: PEOPLE, item: 0 };
        let (population, rest) = postcard::take_from_bytes::<Population>(&bytes).map_err(undecodable)?;
        if !rest.is_empty() {
            return Err(PackError::Undecodable { section: PEOPLE, item: 0 });
        }
        if population.cells.len() > MOST_CELLS {
            return Err(PackError::TooLarge { found: population.cells.len() as u64, limit: MOST_CELLS as u64 });
        }
        if usize::from(population.layer) >= self.manifest.layers.len() {
            let fault = Fault::UnknownLayer("the population grid".to_owned());
            return Err(PackError::Unfit { section: PEOPLE, item: 1, fault });
        }
        each(PEOPLE, &population.cells, |cell| on_globe(cell.place, &|| "a cell".to_owned()))?;
        Ok(Some(population))
    }

    /// Opens all of them: before a pack is written, and whenever one comes from elsewhere and there is time.
    ///
    /// # Errors
    /// The first that can't be used.
    pub fn check_later(&self) -> Result<(), PackError> {
        self.walk()?;
        self.areas()?;
        self.people().map(drop)
    }
}

fn on_globe(place: Place, name: &dyn Fn() -> String) -> Result<(), Fault> {
    check_place(place, || Text::new(name(), ""))
}
