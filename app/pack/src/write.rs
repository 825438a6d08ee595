//! Writes a pack. What is returned has been read again, so a pack that a phone would refuse is never written.

use crate::error::PackError;
use crate::later::{AREAS, MAP, PEOPLE, SOPS, WALK};
use crate::manifest::{Endorsement, FORMAT, LARGEST_MANIFEST, LARGEST_PACK, Layer, MAGIC, Manifest, PACK_CONTEXT, SectionEntry};
use crate::pack::{NODES, PLACES, Pack};
use crate::place::NamedPlace;
use civmesh_domain::event::Mode;
use civmesh_domain::id::{DeviceKey, RegionId};
use civmesh_domain::sop::procedure::Procedure;
use civmesh_domain::spatial::area::HazardArea;
use civmesh_domain::spatial::node::Node;
use civmesh_domain::spatial::people::Population;
use civmesh_domain::text::Text;
use civmesh_domain::unit::{Millis, Place};
use ed25519_dalek::{Signer, SigningKey};
use serde::Serialize;

/// What goes into a pack, before it is signed. Fields as in [`Manifest`] and [`Pack`].
#[derive(Clone, Debug)]
pub struct Draft {
    /// The region's name.
    pub name: Text,
    /// For real, or an exercise.
    pub mode: Mode,
    /// Where a map or a list starts.
    pub centre: Place,
    /// When it was built.
    pub built: Millis,
    /// Its version.
    pub version: u32,
    /// The key that may sign later packs too.
    pub successor: Option<DeviceKey>,
    /// The first authority's word for the key that signs, where that is another.
    pub endorsement: Option<Endorsement>,
    /// Where the data comes from.
    pub layers: Vec<Layer>,
    /// The registry.
    pub nodes: Vec<Node>,
    /// The procedures.
    pub sops: Vec<Procedure>,
    /// Named places.
    pub places: Vec<NamedPlace>,
    /// What lies between the nodes.
    pub ground: Ground,
}

/// What lies between the nodes: sections that are left out where there is nothing in them.
#[derive(Clone, Debug, Default)]
pub struct Ground {
    /// The block of a walking graph.
    pub walk: Option<Vec<u8>>,
    /// Hazard areas.
    pub areas: Vec<HazardArea>,
    /// Where people live.
    pub people: Option<Population>,
    /// The archive of a base map.
    pub map: Option<Vec<u8>>,
}

impl Ground {
    fn parts(&self) -> Result<Vec<(&'static str, Vec<u8>)>, PackError> {
        let people = |people| postcard::to_allocvec(people).map_err(|_| PackError::Undecodable { section: PEOPLE, item: 0 });
        let areas = (!self.areas.is_empty()).then(|| encode(AREAS, &self.areas));
        let people = self.people.as_ref().map(people);
        let parts = [(WALK, self.walk.clone()), (AREAS, areas.transpose()?), (PEOPLE, people.transpose()?), (MAP, self.map.clone())];
        Ok(parts.into_iter().filter_map(|(name, bytes)| Some((name, bytes?))).collect())
    }
}

impl Draft {
    /// Signs with the authority's key; returns the file, and the pack as a phone reads it.
    ///
    /// # Errors
    /// Whatever a phone would refuse it for.
    pub fn seal(&self, authority: &SigningKey) -> Result<(Vec<u8>, Pack), PackError> {
        let first = [(NODES, encode(NODES, &self.nodes)?), (PLACES, encode(PLACES, &self.places)?), (SOPS, encode(SOPS, &self.sops)?)];
        let parts: Vec<_> = first.into_iter().chain(self.ground.parts()?).collect();
        let sections = parts.iter().map(|(name, bytes)| describe(name, bytes)).collect::<Result<_, _>>()?;
        let manifest = self.manifest(DeviceKey(authority.verifying_key().to_bytes()), sections);
        let header = serde_json::to_vec(&manifest).map_err(|_| PackError::Damaged("manifest".to_owned()))?;
        let length = u32::try_from(header.len()).ok().filter(|length| u64::from(*length) <= LARGEST_MANIFEST);
        let length = length.ok_or(PackError::TooLarge { found: header.len() as u64, limit: LARGEST_MANIFEST })?;
        let signature = authority.sign(&[PACK_CONTEXT, &header].concat()).to_bytes();
        let mut file = [MAGIC, &[FORMAT][..], &length.to_le_bytes(), &header, &signature].concat();
        for (_, bytes) in &parts {
            file.extend_from_slice(bytes);
        }
        let pack = Pack::read(&file)?;
        pack.check_later()?;
        Ok((file, pack))
    }

    fn manifest(&self, authority: DeviceKey, sections: Vec<SectionEntry>) -> Manifest {
        Manifest {
            region: self.endorsement.as_ref().map_or_else(|| RegionId::of_authority(&authority), Endorsement::region),
            authority,
            successor: self.successor,
            endorsement: self.endorsement.clone(),
            name: self.name.clone(),
            mode: self.mode,
            centre: self.centre,
            built: self.built,
            version: self.version,
            layers: self.layers.clone(),
            sections,
        }
    }
}

fn encode<T: Serialize>(section: &'static str, entries: &[T]) -> Result<Vec<u8>, PackError> {
    postcard::to_allocvec(entries).map_err(|_| PackError::Undecodable { section, item: 0 })
}

fn describe(name: &str, bytes: &[u8]) -> Result<SectionEntry, PackError> {
    let too_large = |_| PackError::TooLarge { found: bytes.len() as u64, limit: LARGEST_PACK };
    let length = u32::try_from(bytes.len()).map_err(too_large)?;
    Ok(SectionEntry { name: name.to_owned(), length, blake3: blake3::hash(bytes).to_hex().to_string() })
}
