//! The region that is shown: its pack, read and indexed.

use civmesh_domain::id::NodeId;
use civmesh_domain::spatial::node::Node;
use civmesh_domain::spatial::search::Directory;
use civmesh_pack::{Later, Manifest, NamedPlace, Pack};
use std::sync::OnceLock;

/// A region, ready to be asked.
pub struct Region {
    /// The signed header of its pack.
    pub manifest: Manifest,
    /// Its nodes, with what finds them.
    pub directory: Directory,
    /// Places that can be chosen by name.
    pub places: Vec<NamedPlace>,
    /// What is opened later, once it was read: `super::later` does it.
    pub later: OnceLock<Later>,
}

impl Region {
    /// Makes a region of its pack.
    pub fn new(pack: Pack) -> Self {
        let Pack { manifest, nodes, places, later } = pack;
        let later = if later.is_awaited() { OnceLock::new() } else { OnceLock::from(later) };
        Self { manifest, directory: Directory::new(nodes), places, later }
    }

    /// All its nodes.
    pub fn nodes(&self) -> &[Node] {
        self.directory.nodes()
    }

    /// The node with this identifier.
    pub fn node(&self, id: &NodeId) -> Option<&Node> {
        self.directory.get(id)
    }
}
