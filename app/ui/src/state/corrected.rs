//! What was agreed about the registry, laid over the region that is shown: the one place where an entry of the pack is changed.

use super::AppState;
use super::region::{Corrected, Region, directory};
use super::turns::Turns;
use civmesh_domain::fold::{Judged, Scene};
use civmesh_domain::id::NodeId;
use civmesh_domain::personnel::role::Role;
use civmesh_domain::spatial::node::Node;
use civmesh_domain::spatial::registry::overlay::{Overlaid, lay_over};
use civmesh_domain::spatial::registry::{Agreed, registry};
use civmesh_pack::Pauses;
use civmesh_store::phone::PhoneStore;
use civmesh_sync::agreed::note;
use leptos::prelude::*;
use std::collections::BTreeMap;
use std::sync::Arc;

/// So many entries are copied before the screen has its turn.
const COPIED_AT_ONCE: usize = 256;

/// What is laid over, and what was there before.
struct Laid {
    agreed: BTreeMap<NodeId, Agreed>,
    ended: BTreeMap<NodeId, Node>,
    before: BTreeMap<NodeId, Node>,
}

impl Corrected for Laid {
    fn ended(&self, id: &NodeId) -> Option<&Node> {
        self.ended.get(id)
    }

    fn before(&self, id: &NodeId) -> Option<&Node> {
        self.before.get(id)
    }

    fn agreed(&self) -> &BTreeMap<NodeId, Agreed> {
        &self.agreed
    }
}

/// Shows the region of `scene` as `judged` has it, and lets a coordinator's phone publish what everybody has to know.
pub async fn follow(app: AppState, store: &PhoneStore, judged: &[Judged], scene: Scene) {
    let registry = registry(judged, scene);
    if app.seat.with_untracked(|seat| seat.as_ref().is_some_and(|seat| seat.has(Role::Coordinator) && seat.region == scene.region)) {
        // What could not be noted now is noted with the next change.
        let _later = note(store, scene.region, &registry.public).await;
    }
    // Another region may be shown by now.
    let Some(region) = app.region.get_untracked().filter(|region| region.scene() == scene) else { return };
    let shown = region.corrected.as_ref().map(|corrected| corrected.agreed());
    if shown.map_or(!registry.agreed.is_empty(), |shown| *shown != registry.agreed) {
        let corrected = corrected(&region, registry.agreed).await;
        // And by now.
        if app.region.with_untracked(|shown| shown.as_ref().is_some_and(|shown| Arc::ptr_eq(shown, &region))) {
            app.region.set(Some(Arc::new(corrected)));
        }
    }
}

/// `region` with nothing laid over its pack's entries but this.
async fn corrected(region: &Region, agreed: BTreeMap<NodeId, Agreed>) -> Region {
    let turns = Turns::begin();
    let Overlaid { nodes, ended, before } = lay_over(of_pack(region, &turns).await, &agreed);
    Region {
        manifest: region.manifest.clone(),
        directory: directory(nodes, &turns).await,
        places: region.places.clone(),
        later: region.later.clone(),
        corrected: Some(Arc::new(Laid { agreed, ended, before })),
    }
}

/// The entries as the pack has them.
async fn of_pack(region: &Region, pauses: &impl Pauses) -> Vec<Node> {
    let corrected = region.corrected.as_ref();
    let before = |id: &NodeId| corrected.and_then(|corrected| corrected.before(id));
    let mut nodes = Vec::with_capacity(region.nodes().len());
    for some in region.nodes().chunks(COPIED_AT_ONCE) {
        nodes.extend(some.iter().map(|node| before(&node.id).unwrap_or(node).clone()));
        pauses.pause().await;
    }
    let changed = corrected.into_iter().flat_map(|corrected| corrected.agreed().keys().filter(|id| corrected.ended(id).is_some()));
    nodes.extend(changed.filter_map(|id| before(id).cloned()));
    nodes
}
