//! News for an exercise region, so that somebody who opens it for the first time sees places in different states and of different age.

use crate::couch::Couch;
use crate::error::{HubError, Result};
use crate::region::Region;
use crate::seat::{Authority, Seat, install};
use civmesh_domain::body::Body;
use civmesh_domain::clock::Clock;
use civmesh_domain::delivery::Delivery;
use civmesh_domain::event::{Core, Event, signing_message};
use civmesh_domain::information::status::{NodeState, NodeStatus};
use civmesh_domain::personnel::role::Role;
use civmesh_domain::personnel::seat::device_seed;
use civmesh_domain::routing::Database;
use civmesh_domain::spatial::node::Node;
use civmesh_domain::unit::Millis;
use ed25519_dalek::{Signer, SigningKey};
use serde_json::{Value, json};

/// State and age in minutes of the news, node by node; the last one is older than what still counts as news.
const NEWS: [(NodeState, u64); 8] = [
    (NodeState::Open, 12),
    (NodeState::Open, 47),
    (NodeState::NearlyFull, 25),
    (NodeState::Open, 190),
    (NodeState::Full, 8),
    (NodeState::Closed, 300),
    (NodeState::Open, 95),
    (NodeState::Open, 31 * 60),
];

/// Writes the news of a region's showcase: signed statuses by a coordinator's seat that nobody is given.
pub async fn load(hub: &Couch, region: &Region, authority: Option<&Authority>, now: u64) -> Result<usize> {
    let desk = Seat::draw(Role::Coordinator, &[], now)?;
    install(hub, region.id, &desk, authority).await?;
    let mut deliveries = Vec::new();
    for (at, (node, (state, minutes))) in region.showcase.iter().zip(NEWS).enumerate() {
        let clock = Clock::new(Millis(now.saturating_sub(minutes * Millis::MINUTE)), 0);
        let event = status(region, &desk, node, state, at as u64 + 1, clock)?;
        deliveries.push(document(&Delivery::of(&event, &desk.account))?);
        let head = Delivery::head(&event, &desk.account, None);
        hub.put(&[&Database::Public(region.id).to_string(), &head.id], Some(&document(&head)?)).await?;
    }
    let written = deliveries.len();
    let body = json!({ "new_edits": false, "docs": deliveries });
    hub.post(&[&Database::Ops(region.id).to_string(), "_bulk_docs"], &body).await?;
    Ok(written)
}

fn status(region: &Region, desk: &Seat, node: &Node, state: NodeState, sequence: u64, clock: Clock) -> Result<Event> {
    let core = Core {
        region: region.id,
        mode: region.mode,
        activation: None,
        author: desk.device_key(),
        sequence,
        clock,
        node: node.id.clone(),
        body: Body::NodeStatus(NodeStatus { state, offers: node.offers, replaces: Vec::new() }),
        parts: Vec::new(),
    };
    let unfit = |error| HubError::Argument(format!("node {} cannot be given a status: {error}", node.id));
    let bytes = core.to_bytes().map_err(unfit)?;
    let key = SigningKey::from_bytes(&device_seed(&desk.account, &desk.password));
    let signature = key.sign(&signing_message(&bytes)).to_bytes();
    Event::from_parts(bytes, signature).map_err(unfit)
}

fn document(delivery: &Delivery) -> Result<Value> {
    serde_json::to_value(delivery).map_err(|error| HubError::Argument(error.to_string()))
}
