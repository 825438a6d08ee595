//! The region that is shown: its pack, read and indexed.

use civmesh_domain::id::NodeId;
use civmesh_domain::spatial::node::Node;
use civmesh_domain::spatial::registry::Agreed;
use civmesh_domain::spatial::search::{Directory, DirectoryDraft};
use civmesh_pack::{Later, Manifest, NamedPlace, Pack, Pauses};
use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::sync::{Arc, OnceLock};

/// What was agreed about the registry since the pack was made. It comes with the rest of the app: `super::corrected` lays it over.
pub trait Corrected: Send + Sync {
    /// A node that ended: it is in no list, and whoever has its address is told.
    fn ended(&self, id: &NodeId) -> Option<&Node>;
    /// The entry as the pack has it, where it is shown differently.
    fn before(&self, id: &NodeId) -> Option<&Node>;
    /// What was agreed.
    fn agreed(&self) -> &BTreeMap<NodeId, Agreed>;
}

/// So many nodes are indexed between two pauses.
const AT_ONCE: usize = 4_096;

/// The directory of these nodes.
pub async fn directory(nodes: Vec<Node>, pauses: &impl Pauses) -> Directory {
    let mut draft = DirectoryDraft::new(nodes);
    loop {
        draft = match draft.step(AT_ONCE) {
            ControlFlow::Break(directory) => return directory,
            ControlFlow::Continue(more) => more,
        };
        pauses.pause().await;
    }
}

/// A region, ready to be asked.
pub struct Region {
    /// The signed header of its pack.
    pub manifest: Manifest,
    /// Its nodes, with what finds them.
    pub directory: Directory,
    /// Places that can be chosen by name.
    pub places: Vec<NamedPlace>,
    /// What is opened later, once it was read: `super::later` does it.
    pub later: Arc<OnceLock<Later>>,
    /// What is laid over the pack's entries, once it was read.
    pub corrected: Option<Arc<dyn Corrected>>,
}

impl Region {
    /// Makes a region of its pack.
    pub async fn of(pack: Pack, pauses: &impl Pauses) -> Self {
        let Pack { manifest, nodes, places, later } = pack;
        let later = if later.is_awaited() { OnceLock::new() } else { OnceLock::from(later) };
        Self { manifest, directory: directory(nodes, pauses).await, places, later: Arc::new(later), corrected: None }
    }

    /// All its nodes.
    pub fn nodes(&self) -> &[Node] {
        self.directory.nodes()
    }

    /// The node with this identifier, one that ended included.
    pub fn node(&self, id: &NodeId) -> Option<&Node> {
        self.directory.get(id).or_else(|| self.corrected.as_ref()?.ended(id))
    }
}
