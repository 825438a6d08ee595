//! An exercise region from a pack: seats at its nodes, news that everybody can read and verify.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on should say so")]

mod common;

use civmesh_domain::delivery::Delivery;
use civmesh_domain::event::Mode;
use civmesh_domain::governance::Standing;
use civmesh_domain::routing::Database;
use civmesh_domain::spatial::node::{Node, NodeKind};
use civmesh_domain::text::Text;
use civmesh_domain::unit::{Millis, Place};
use civmesh_hub::embedded::{EmbeddedHub, Storage};
use civmesh_hub::provision::provision;
use civmesh_hub::region::Region;
use civmesh_hub::sample;
use civmesh_hub::seat::{Authority, install};
use civmesh_pack::{Draft, Layer, Pack};
use common::npm;
use ed25519_dalek::SigningKey;
use serde_json::json;

const NOW: u64 = 1_800_000_000_000;

fn node(id: &str, kind: &str, standing: Standing) -> Node {
    let kind: NodeKind = serde_json::from_value(json!(kind)).unwrap();
    let place = Place::from_degrees(24.0, 121.0).unwrap();
    Node {
        id: id.parse().unwrap(),
        name: Text::new(id, id),
        kind,
        standing,
        refuge: Default::default(),
        place,
        address: Text::default(),
        level: Default::default(),
        capacity: None,
        offers: Default::default(),
        fit: Default::default(),
        risk: Default::default(),
        infrastructure: Default::default(),
        look_for: Text::default(),
        hours: Text::default(),
        exposure: Default::default(),
        layer: 0,
    }
}

fn pack(key: &SigningKey) -> Pack {
    let layer =
        Layer { name: Text::new("a", "a"), licence: String::new(), attribution: String::new(), source: String::new(), date: "2026".into() };
    let draft = Draft {
        name: Text::new("島", "Island"),
        mode: Mode::Drill("ABCDEFGH".parse().unwrap()),
        centre: Place::from_degrees(24.0, 121.0).unwrap(),
        built: Millis(NOW),
        version: 1,
        successor: None,
        endorsement: None,
        layers: vec![layer],
        nodes: vec![
            node("p1", "school", Standing::Proposed),
            node("c1", "community_centre", Standing::Certified),
            node("s1", "convenience_store", Standing::Agreed),
            node("x1", "school", Standing::Agreed),
        ],
        sops: vec![],
        places: vec![],
        ground: Default::default(),
    };
    draft.seal(key).unwrap().1
}

#[tokio::test]
async fn an_exercise_starts_with_seats_and_news() {
    let key = SigningKey::from_bytes(&[7; 32]);
    let authority = Authority::from_text(&"07".repeat(32)).unwrap();
    let region = Region::of_pack(&pack(&key));
    assert!(region.is_exercise() && region.accept(&authority).is_ok());
    assert_eq!(region.nodes.iter().map(|node| node.as_str()).collect::<Vec<_>>(), ["c1", "s1", "x1"], "proposed nodes have no database");
    assert!(region.knows(&"p1".parse().unwrap()) && !region.knows(&"zz".parse().unwrap()));
    let seats = region.sample_seats(NOW).unwrap();
    assert_eq!(seats[0].place(), "s1", "a store leads, because it has the most to show");

    let hub = match EmbeddedHub::start(&npm(), &Storage::Memory).await {
        Ok(hub) => hub,
        Err(error) => panic!("this test needs the embedded hub: {error}"),
    };
    provision(hub.couch(), region.id, &region.nodes).await.unwrap();
    for seat in &seats {
        install(hub.couch(), region.id, seat, Some(&authority)).await.unwrap();
    }
    assert_eq!(sample::load(hub.couch(), &region, Some(&authority), NOW).await.unwrap(), 3);

    let public = Database::Public(region.id).to_string();
    let all = hub.couch().seen_by(None).post(&[&public, "_changes"], &json!({})).await.unwrap().body;
    let ids: Vec<&str> = all["results"].as_array().unwrap().iter().map(|row| row["id"].as_str().unwrap()).collect();
    let count = |start: &str| ids.iter().filter(|id| id.starts_with(start)).count();
    assert_eq!((count("head:"), count("credential:")), (3, seats.len() + 1));
    for id in ids.iter().filter(|id| id.starts_with("head:")) {
        let status = Delivery::read(hub.couch().get(&[&public, id]).await.unwrap()).unwrap();
        assert!(status.is_intact() && status.core.mode == region.mode, "{id}");
        let delivery = format!("event:{}:{}", id.rsplit(':').next().unwrap(), status.id);
        assert!(hub.couch().find(&[&Database::Ops(region.id).to_string(), &delivery]).await.unwrap().is_some(), "{delivery}");
    }
}
