//! What a hub needs to know of a region: its identifier, whose signatures count, and which nodes have a database of their own.

use crate::error::{HubError, Result};
use crate::seat::{Authority, Seat};
use civmesh_domain::event::Mode;
use civmesh_domain::governance::Standing;
use civmesh_domain::id::{DeviceKey, NodeId, RegionId};
use civmesh_domain::personnel::role::Role;
use civmesh_domain::spatial::node::{Node, NodeKind};
use civmesh_domain::text::Text;
use civmesh_pack::Pack;
use std::collections::BTreeSet;
use std::path::Path;

/// How many nodes have sample news.
const SHOWN: usize = 8;

/// A region as far as a hub is concerned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Region {
    /// Its identifier.
    pub id: RegionId,
    /// Its name; empty where only the identifier is known.
    pub name: Text,
    /// For real, or an exercise.
    pub mode: Mode,
    /// The nodes that are agreed or certified, in the order of the registry.
    pub nodes: Vec<NodeId>,
    /// A few nodes for sample news; none where no pack says what they offer.
    pub showcase: Vec<Node>,
    /// Nodes of different kinds that show most of what the app does, for sample accounts.
    samples: Vec<NodeId>,
    /// Keys that speak for the region; empty where no pack says so.
    authorities: Vec<DeviceKey>,
    /// All nodes, whatever their standing; none where no pack says so.
    registry: Option<BTreeSet<NodeId>>,
}

impl Region {
    /// A region of which only this is known.
    pub fn bare(id: RegionId, nodes: Vec<NodeId>) -> Self {
        let samples = nodes.iter().take(3).cloned().collect();
        Self { id, name: Text::default(), mode: Mode::Real, nodes, showcase: Vec::new(), samples, authorities: Vec::new(), registry: None }
    }

    /// Reads a pack from a file; one that a phone would refuse is refused.
    pub fn read(path: &Path) -> Result<Self> {
        let bytes = std::fs::read(path).map_err(|source| HubError::File { path: path.to_owned(), source })?;
        let pack = Pack::read(&bytes).map_err(|error| HubError::Content { path: path.to_owned(), reason: error.to_string() })?;
        Ok(Self::of_pack(&pack))
    }

    /// The region of a pack.
    pub fn of_pack(pack: &Pack) -> Self {
        let listed = || pack.nodes.iter().filter(|node| node.standing != Standing::Proposed);
        let kinds = [NodeKind::ConvenienceStore, NodeKind::School, NodeKind::CommunityCentre];
        let firsts: Vec<&Node> = kinds.iter().filter_map(|kind| listed().find(|node| node.kind == *kind)).collect();
        let others = listed().filter(|node| !firsts.iter().any(|first| first.id == node.id));
        let showcase = firsts.iter().copied().chain(others).take(SHOWN).cloned().collect();
        let samples = firsts.iter().map(|node| node.id.clone());
        let nodes: Vec<_> = listed().map(|node| node.id.clone()).collect();
        let manifest = &pack.manifest;
        Self {
            id: manifest.region,
            name: manifest.name.clone(),
            mode: manifest.mode,
            showcase,
            samples: samples.collect(),
            nodes,
            authorities: manifest.authorities(),
            registry: Some(pack.nodes.iter().map(|node| node.id.clone()).collect()),
        }
    }

    /// Whether it is an exercise.
    pub fn is_exercise(&self) -> bool {
        self.mode != Mode::Real
    }

    /// Whether there is such a node, as far as is known here.
    pub fn knows(&self, node: &NodeId) -> bool {
        self.registry.as_ref().is_none_or(|registry| registry.contains(node))
    }

    /// Takes an authority's key for this region's, or says that it is not.
    pub fn accept(&self, authority: &Authority) -> Result<()> {
        let is_known = self.authorities.contains(&authority.public_key());
        let speaks_for_it = authority.region() == self.id;
        // The pack has the last word: a founder whose key was stolen is still the founder, and counts no longer.
        if is_known || (speaks_for_it && self.authorities.is_empty()) {
            return Ok(());
        }
        if speaks_for_it {
            return Err(HubError::Argument(format!("the pack of region {} does not name this key, so phones do not believe it", self.id)));
        }
        Err(HubError::Argument(format!("the key is that of region {}, not of {}", authority.region(), self.id)))
    }

    /// Seats to try everything with: enough for two phones at one node, other nodes, and a coordinator.
    pub fn sample_seats(&self, made: u64) -> Result<Vec<Seat>> {
        let mut seats = Vec::new();
        for (at, node) in self.samples.iter().enumerate() {
            let roles: &[Role] =
                if at == 0 { &[Role::Manager, Role::Manager, Role::Volunteer, Role::Volunteer] } else { &[Role::Manager, Role::Volunteer] };
            for role in roles {
                seats.push(Seat::draw(*role, std::slice::from_ref(node), made)?);
            }
        }
        seats.push(Seat::draw(Role::Coordinator, &[], made)?);
        Ok(seats)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_of_another_region_is_not_accepted() {
        let authority = Authority::from_text(&"07".repeat(32)).unwrap();
        assert!(Region::bare(authority.region(), vec![]).accept(&authority).is_ok());
        assert!(Region::bare(RegionId([1; 16]), vec![]).accept(&authority).is_err());
        let successor = Region { authorities: vec![authority.public_key()], ..Region::bare(RegionId([1; 16]), vec![]) };
        assert!(successor.accept(&authority).is_ok());
    }

    #[test]
    fn sample_seats_let_two_phones_meet_at_one_node() {
        let region = Region::bare(RegionId([1; 16]), ["s001", "c001"].map(|node| node.parse().unwrap()).into());
        let seats = region.sample_seats(0).unwrap();
        let managers = seats.iter().filter(|seat| seat.role == Role::Manager && seat.place() == "s001").count();
        assert_eq!((seats.len(), managers), (7, 2));
        assert_eq!(seats.last().unwrap().role, Role::Coordinator);
    }
}
