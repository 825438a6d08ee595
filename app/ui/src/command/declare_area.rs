//! Declaring areas closed or dangerous, and withdrawing them. Everybody receives what a coordinator says here.

use super::Failed;
use super::author::{Draft, write};
use crate::state::AppState;
use civmesh_domain::body::Body;
use civmesh_domain::id::{EventId, NodeId};
use civmesh_domain::spatial::area::corners;
use civmesh_domain::spatial::danger::outline::Outline;
use civmesh_domain::spatial::danger::parcel::parcels;
use civmesh_domain::spatial::danger::{AreaDeclared, AreaWithdrawn, Condition, title_of};
use civmesh_domain::spatial::nearest::measure;
use civmesh_domain::unit::{Millis, Place};
use leptos::prelude::*;

/// What is declared of some outlines.
#[derive(Clone, Debug, PartialEq)]
pub struct Declaration {
    /// What people call it.
    pub title: String,
    /// How it is there.
    pub condition: Condition,
    /// Until when; `None` until it is withdrawn.
    pub until: Option<Millis>,
}

/// Declares the outlines, in as many records as they need. Returns the first of them.
///
/// # Errors
/// Where the first could not be written, nothing was; else what was written stands, and is withdrawn as one.
pub async fn declare_area(app: AppState, declaration: Declaration, outlines: Vec<Outline>) -> Result<EventId, Failed> {
    let start = outlines.first().and_then(Outline::rings).and_then(|rings| corners(&rings)).ok_or(Failed::NotWritten)?.0;
    let node = node_at(app, start).ok_or(Failed::NotReady)?;
    let mut first = None;
    for outlines in parcels(outlines) {
        let Declaration { title, condition, until } = declaration.clone();
        let body = AreaDeclared { title: title_of(&title), condition, until, continues: first, outlines };
        let id = write(app, Draft::new(node.clone(), Body::AreaDeclared(body))).await?;
        first.get_or_insert(id);
    }
    first.ok_or(Failed::NotWritten)
}

/// Withdraws what was declared about `node`, and with the first record of a file all of it.
pub async fn withdraw_area(app: AppState, node: NodeId, area: EventId) -> Result<EventId, Failed> {
    write(app, Draft::new(node, Body::AreaWithdrawn(AreaWithdrawn { area }))).await
}

/// The nearest node for which this phone may speak.
fn node_at(app: AppState, place: Place) -> Option<NodeId> {
    let (region, seat) = (app.region.get_untracked()?, app.seat.get_untracked()?);
    let nodes = region.nodes().iter().filter(|node| seat.is_for(&node.id));
    nodes.min_by_key(|node| measure(place, node.place).0).map(|node| node.id.clone())
}
