//! The node that somebody is on the way to: a small preference, so that it is there after a restart.

use civmesh_domain::id::{NodeId, RegionId};
use civmesh_domain::spatial::hazard::Hazard;
use civmesh_domain::unit::Millis;
use gloo_storage::{LocalStorage, Storage};
use serde::{Deserialize, Serialize};

const GOING: &str = "civmesh.going";

/// A way somebody has set out on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Going {
    /// The region of the node.
    pub region: RegionId,
    /// Where to.
    pub node: NodeId,
    /// From what, if that was chosen.
    pub hazard: Option<Hazard>,
    /// Since when.
    pub since: Millis,
}

/// The way that is kept.
pub fn kept() -> Option<Going> {
    LocalStorage::get(GOING).ok()
}

/// Keeps a way; another one takes its place.
pub fn keep(going: &Going) {
    // Where localStorage is closed to the app, the choice lasts as long as the page.
    let _best_effort = LocalStorage::set(GOING, going);
}

/// Forgets the way.
pub fn forget() {
    LocalStorage::delete(GOING);
}
