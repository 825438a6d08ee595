//! What was declared dangerous or closed, and which of it stands now: for the screens, the ways and the map.

use super::AppState;
use civmesh_domain::fold::{Judged, Scene};
use civmesh_domain::id::NodeId;
use civmesh_domain::spatial::area::Outlined;
use civmesh_domain::spatial::danger::{Area, areas};
use civmesh_domain::spatial::hazard::Hazard;
use civmesh_domain::spatial::walk::Passage;
use civmesh_domain::unit::{Millis, Place};
use leptos::prelude::*;
use std::collections::BTreeSet;
use std::sync::Arc;

/// Keeps what `judged` has of declared areas.
pub fn renew(app: AppState, judged: &[Judged], scene: Scene) {
    let declared = areas(judged, scene);
    if app.declared.with_untracked(|known| **known != declared) {
        app.declared.set(Arc::new(declared));
    }
}

/// Keeps what of it stands, as time goes by, and which nodes lie in what is dangerous now.
pub fn follow(app: AppState) {
    Effect::new(move || {
        let (declared, now) = (app.declared.get(), app.now.get());
        if app.standing.with_untracked(|known| !is_same(known, &declared, now)) {
            app.standing.set(Arc::new(declared.iter().filter(|area| area.stands(now)).cloned().collect()));
        }
    });
    Effect::new(move || {
        let nodes = app
            .region
            .get()
            .map(|region| app.standing.with(|standing| endangered(standing, region.nodes().iter().map(|node| (&node.id, node.place)))));
        let nodes = nodes.unwrap_or_default();
        if app.endangered.with_untracked(|known| **known != nodes) {
            app.endangered.set(Arc::new(nodes));
        }
    });
}

fn is_same(known: &[Area], declared: &[Area], now: Millis) -> bool {
    known.iter().map(|area| area.said.id).eq(declared.iter().filter(|area| area.stands(now)).map(|area| area.said.id))
}

fn endangered<'a>(standing: &[Area], nodes: impl Iterator<Item = (&'a NodeId, Place)>) -> BTreeSet<NodeId> {
    let now = standing.iter().filter(|area| area.condition().is_now());
    let outlined = Outlined::new(now.flat_map(|area| &area.outlines));
    nodes.filter(|(_, place)| outlined.has(*place)).map(|(id, _)| id.clone()).collect()
}

/// What closes a way, place by place, for somebody who flees from `feared`.
pub fn closed_on(app: AppState, feared: Option<Hazard>, way: &[Place]) -> Vec<Area> {
    let closes = |area: &&Area| area.condition().passage(feared) == Some(Passage::Closed) && Outlined::new(&area.outlines).touches(way);
    app.standing.with(|standing| standing.iter().filter(closes).cloned().collect())
}

/// What stands at a place, the newest first.
pub fn at(app: AppState, place: Place) -> Vec<Area> {
    app.standing.with(|standing| standing.iter().rev().filter(|area| area.has(place)).cloned().collect())
}
