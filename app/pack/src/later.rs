//! Sections that are opened when they are first needed, so that the first screen does not wait for them. They are kept as the bytes that
//! were signed; a pack without them is as good as any.

use crate::error::{Fault, PackError};
use crate::manifest::Manifest;
use crate::map::BaseMap;
use crate::pack::{Pack, check_place, cut, decode, each, has_hash, once};
use crate::pause::{AtOnce, Pauses, at_once};
use bytes::Bytes;
use civmesh_domain::sop::procedure::Procedure;
use civmesh_domain::spatial::area::HazardArea;
use civmesh_domain::spatial::people::Population;
use civmesh_domain::spatial::walk::{Opened, Opening, WalkError, WalkGraph};
use civmesh_domain::text::Text;
use civmesh_domain::unit::Place;
use std::collections::HashSet;

/// The most procedures in a pack.
pub const MOST_SOPS: u32 = 2_000;
/// The most hazard areas in a pack.
pub const MOST_AREAS: u32 = 100_000;
/// The most cells of a population grid.
pub const MOST_CELLS: usize = 1_000_000;

pub(crate) const SOPS: &str = "sops";
pub(crate) const WALK: &str = "walk";
pub(crate) const AREAS: &str = "areas";
pub(crate) const PEOPLE: &str = "people";
pub(crate) const MAP: &str = "map";
/// All of them, in the order in which they are written.
pub(crate) const LATER: [&str; 5] = [SOPS, WALK, AREAS, PEOPLE, MAP];

/// Their bytes, by name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Later {
    sections: Vec<Section>,
    /// How many sources the manifest lists.
    layers: usize,
    /// Whether they are in another file, which is not here yet.
    awaited: bool,
}

/// One of them.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Section {
    name: &'static str,
    bytes: Bytes,
    /// The hash that was signed, where the bytes have not been compared with it yet.
    unverified: Option<String>,
}

impl Later {
    /// Those among the sections of a file, which were compared with their hashes or are to be when they are opened. `held` is how their bytes
    /// are held: shared with the file, or copied.
    pub(crate) fn of(
        manifest: &Manifest,
        sections: &[(&str, &[u8])],
        is_verified: bool,
        held: impl Fn(&[u8]) -> Bytes,
    ) -> Result<Self, PackError> {
        let hash = |name| manifest.sections.iter().find(|section| section.name == name).map(|section| section.blake3.clone());
        let mut known = Vec::new();
        for name in LATER {
            let section = once(sections, name)?;
            known.extend(section.map(|bytes| Section { name, bytes: held(bytes), unverified: hash(name).filter(|_| !is_verified) }));
        }
        Ok(Self { sections: known, layers: manifest.layers.len(), awaited: false })
    }

    /// Where they are in another file.
    pub(crate) fn awaited(manifest: &Manifest) -> Self {
        Self { sections: Vec::new(), layers: manifest.layers.len(), awaited: true }
    }

    /// Out of the file that holds what the first one ended before, whose bytes are shared: each section has the hash that the manifest names.
    ///
    /// # Errors
    /// Bytes that are not those which were signed.
    pub fn read(manifest: &Manifest, rest: &Bytes) -> Result<Self, PackError> {
        at_once(Self::read_pausing(manifest, rest, &AtOnce))
    }

    /// [`Later::read`], with pauses.
    ///
    /// # Errors
    /// As [`Later::read`].
    pub async fn read_pausing(manifest: &Manifest, rest: &Bytes, pauses: &impl Pauses) -> Result<Self, PackError> {
        Self::read_with(manifest, rest, true, pauses).await
    }

    /// The same from this phone's own storage: sections are compared with their hashes when they are opened.
    ///
    /// # Errors
    /// As [`Later::read`].
    pub fn read_kept(manifest: &Manifest, rest: &Bytes) -> Result<Self, PackError> {
        at_once(Self::read_with(manifest, rest, false, &AtOnce))
    }

    async fn read_with(manifest: &Manifest, rest: &Bytes, verify: bool, pauses: &impl Pauses) -> Result<Self, PackError> {
        let listed = manifest.sections.get(manifest.first()..).unwrap_or_default();
        Self::of(manifest, &cut(listed, rest, verify, pauses).await?, verify, |section| rest.slice_ref(section))
    }

    /// Whether they are in another file, which is not here yet.
    pub fn is_awaited(&self) -> bool {
        self.awaited
    }

    /// The bytes of a section, shared; `None` where the pack has none. What was not compared with its hash yet is compared now.
    async fn signed(&self, name: &str, pauses: &impl Pauses) -> Result<Option<Bytes>, PackError> {
        let Some(section) = self.sections.iter().find(|section| section.name == name) else { return Ok(None) };
        let is_good = match &section.unverified {
            Some(hash) => has_hash(&section.bytes, hash, pauses).await,
            None => true,
        };
        if is_good { Ok(Some(section.bytes.clone())) } else { Err(PackError::Damaged(name.to_owned())) }
    }

    /// The library of procedures; none where the pack has none.
    ///
    /// # Errors
    /// The first that can't be decoded or followed.
    pub async fn sops_pausing(&self, pauses: &impl Pauses) -> Result<Vec<Procedure>, PackError> {
        let Some(bytes) = self.signed(SOPS, pauses).await? else { return Ok(Vec::new()) };
        let sops: Vec<Procedure> = decode(SOPS, &bytes, MOST_SOPS, pauses).await?;
        let mut ids = HashSet::new();
        each(SOPS, &sops, pauses, |sop| {
            if !ids.insert(&sop.id) {
                return Err(Fault::DuplicateId(sop.id.to_string()));
            }
            sop.flaws().into_iter().next().map_or(Ok(()), |flaw| Err(Fault::Procedure(sop.id.to_string(), flaw)))
        })
        .await?;
        Ok(sops)
    }

    /// The walking graph; `None` where the pack has none. Each call reads it once through, and shares the pack's bytes after that.
    ///
    /// # Errors
    /// A graph that is damaged or of another format.
    pub async fn walk_pausing(&self, pauses: &impl Pauses) -> Result<Option<WalkGraph>, PackError> {
        let Some(bytes) = self.signed(WALK, pauses).await? else { return Ok(None) };
        let wrong = |error: WalkError| undecodable(&error);
        let mut opening = Opening::begin(bytes).map_err(wrong)?;
        loop {
            pauses.pause().await;
            opening = match opening.step(LOOKED_AT_ONCE).map_err(wrong)? {
                Opened::More(opening) => opening,
                Opened::Done(graph) => return Ok(Some(graph)),
            };
        }
    }

    /// Hazard areas; none where the pack has none.
    ///
    /// # Errors
    /// The first that can't be decoded or used.
    pub async fn areas_pausing(&self, pauses: &impl Pauses) -> Result<Vec<HazardArea>, PackError> {
        let Some(bytes) = self.signed(AREAS, pauses).await? else { return Ok(Vec::new()) };
        let areas: Vec<HazardArea> = decode(AREAS, &bytes, MOST_AREAS, pauses).await?;
        if let Some(at) = areas.iter().position(|area| area.rings.is_empty() || area.rings.iter().any(|ring| ring.len() < 3)) {
            return Err(PackError::Undecodable { section: AREAS, item: at as u32 + 1 });
        }
        each(AREAS, &areas, pauses, |area| {
            let name = || format!("a {:?} area", area.hazard);
            if usize::from(area.layer) >= self.layers {
                return Err(Fault::UnknownLayer(name()));
            }
            area.rings.iter().flatten().try_for_each(|place| on_globe(*place, &name))
        })
        .await?;
        Ok(areas)
    }

    /// Where people live; `None` where the pack does not say.
    ///
    /// # Errors
    /// A grid that can't be decoded or used.
    pub async fn people_pausing(&self, pauses: &impl Pauses) -> Result<Option<Population>, PackError> {
        let Some(bytes) = self.signed(PEOPLE, pauses).await? else { return Ok(None) };
        let undecodable = |_| PackError::Undecodable { section: PEOPLE, item: 0 };
        let (population, rest) = postcard::take_from_bytes::<Population>(&bytes).map_err(undecodable)?;
        if !rest.is_empty() {
            return Err(PackError::Undecodable { section: PEOPLE, item: 0 });
        }
        if population.cells.len() > MOST_CELLS {
            return Err(PackError::TooLarge { found: population.cells.len() as u64, limit: MOST_CELLS as u64 });
        }
        if usize::from(population.layer) >= self.layers {
            let fault = Fault::UnknownLayer("the population grid".to_owned());
            return Err(PackError::Unfit { section: PEOPLE, item: 1, fault });
        }
        each(PEOPLE, &population.cells, pauses, |cell| on_globe(cell.place, &|| "a cell".to_owned())).await?;
        Ok(Some(population))
    }

    /// The base map; `None` where the pack has none.
    ///
    /// # Errors
    /// What is no archive of vector tiles.
    pub async fn map_pausing(&self, pauses: &impl Pauses) -> Result<Option<BaseMap>, PackError> {
        self.signed(MAP, pauses).await?.map(BaseMap::open).transpose()
    }

    /// [`Later::sops_pausing`] without pauses.
    ///
    /// # Errors
    /// The same.
    pub fn sops(&self) -> Result<Vec<Procedure>, PackError> {
        at_once(self.sops_pausing(&AtOnce))
    }

    /// [`Later::walk_pausing`] without pauses.
    ///
    /// # Errors
    /// The same.
    pub fn walk(&self) -> Result<Option<WalkGraph>, PackError> {
        at_once(self.walk_pausing(&AtOnce))
    }

    /// [`Later::areas_pausing`] without pauses.
    ///
    /// # Errors
    /// The same.
    pub fn areas(&self) -> Result<Vec<HazardArea>, PackError> {
        at_once(self.areas_pausing(&AtOnce))
    }

    /// [`Later::people_pausing`] without pauses.
    ///
    /// # Errors
    /// The same.
    pub fn people(&self) -> Result<Option<Population>, PackError> {
        at_once(self.people_pausing(&AtOnce))
    }

    /// [`Later::map_pausing`] without pauses.
    ///
    /// # Errors
    /// The same.
    pub fn map(&self) -> Result<Option<BaseMap>, PackError> {
        at_once(self.map_pausing(&AtOnce))
    }

    /// Opens all of them: before a pack is written, and whenever one comes from elsewhere and there is time.
    ///
    /// # Errors
    /// The first that can't be used.
    pub fn check(&self) -> Result<(), PackError> {
        self.sops()?;
        self.walk()?;
        self.areas()?;
        self.people()?;
        self.map().map(drop)
    }
}

/// So many entries of a walking graph are looked at between two pauses.
const LOOKED_AT_ONCE: u32 = 20_000;

impl Pack {
    /// [`Later::sops`] of this pack.
    ///
    /// # Errors
    /// The first that can't be decoded or followed.
    pub fn sops(&self) -> Result<Vec<Procedure>, PackError> {
        self.later.sops()
    }

    /// [`Later::walk`] of this pack.
    ///
    /// # Errors
    /// A graph that is damaged or of another format.
    pub fn walk(&self) -> Result<Option<WalkGraph>, PackError> {
        self.later.walk()
    }

    /// [`Later::areas`] of this pack.
    ///
    /// # Errors
    /// The first that can't be decoded or used.
    pub fn areas(&self) -> Result<Vec<HazardArea>, PackError> {
        self.later.areas()
    }

    /// [`Later::people`] of this pack.
    ///
    /// # Errors
    /// A grid that can't be decoded or used.
    pub fn people(&self) -> Result<Option<Population>, PackError> {
        self.later.people()
    }

    /// [`Later::map`] of this pack.
    ///
    /// # Errors
    /// What is no archive of vector tiles.
    pub fn map(&self) -> Result<Option<BaseMap>, PackError> {
        self.later.map()
    }

    /// [`Later::check`] of this pack.
    ///
    /// # Errors
    /// The first that can't be used.
    pub fn check_later(&self) -> Result<(), PackError> {
        self.later.check()
    }
}

fn undecodable(error: &WalkError) -> PackError {
    let item = if let WalkError::Wrong { at, .. } = error { at.saturating_add(1) } else { 0 };
    PackError::Undecodable { section: WALK, item }
}

fn on_globe(place: Place, name: &dyn Fn() -> String) -> Result<(), Fault> {
    check_place(place, || Text::new(name(), ""))
}
