//! The region that is shown: its pack, read and indexed.

use civmesh_domain::id::{NodeId, SopId};
use civmesh_domain::sop::procedure::Procedure;
use civmesh_domain::spatial::node::Node;
use civmesh_domain::spatial::search::Directory;
use civmesh_pack::{Later, Manifest, NamedPlace, Pack};

/// A region, ready to be asked.
pub struct Region {
    /// The signed header of its pack.
    pub manifest: Manifest,
    /// Its nodes, with what finds them.
    pub directory: Directory,
    /// Its library of procedures.
    pub sops: Vec<Procedure>,
    /// Places that can be chosen by name.
    pub places: Vec<NamedPlace>,
    /// What of its pack is opened when it is first needed.
    pub later: Later,
}

impl Region {
    /// Makes a region of its pack.
    pub fn new(pack: Pack) -> Self {
        let Pack { manifest, nodes, sops, places, later } = pack;
        Self { manifest, directory: Directory::new(nodes), sops, places, later }
    }

    /// Its pack with nothing but what is opened when it is first needed.
    pub fn pack(&self) -> Pack {
        let (manifest, later) = (self.manifest.clone(), self.later.clone());
        Pack { manifest, later, nodes: Vec::new(), sops: Vec::new(), places: Vec::new() }
    }

    /// All its nodes.
    pub fn nodes(&self) -> &[Node] {
        self.directory.nodes()
    }

    /// The node with this identifier.
    pub fn node(&self, id: &NodeId) -> Option<&Node> {
        self.directory.get(id)
    }

    /// The procedure with this identifier.
    pub fn sop(&self, id: &SopId) -> Option<&Procedure> {
        self.sops.iter().find(|sop| sop.id == *id)
    }
}
