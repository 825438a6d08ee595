//! What phones really write, from the domain's own types, passes the hub's validation functions and reads back as the same event.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on should say so")]

mod common;

use civmesh_domain::body::Body;
use civmesh_domain::clock::Clock;
use civmesh_domain::delivery::{Delivery, PartDelivery};
use civmesh_domain::event::{Core, Event, Mode, signing_message};
use civmesh_domain::id::{Account, EventId};
use civmesh_domain::information::status::{NodeState, NodeStatus};
use civmesh_domain::part::{Content, Envelope, LONGEST_ENVELOPE, Part, PartKind};
use civmesh_domain::personnel::check_in::CheckOut;
use civmesh_domain::personnel::role::Role;
use civmesh_domain::personnel::seat::device_seed;
use civmesh_hub::seat::Seat;
use common::*;
use ed25519_dalek::{Signer, SigningKey};
use serde_json::{Value, json};

fn written_by(seat: &Seat, sequence: u64, mode: Mode, body: Body) -> Event {
    let core = Core {
        region: REGION,
        mode,
        activation: None,
        author: seat.device_key(),
        sequence,
        clock: Clock::new(now(), 0),
        node: seat.nodes[0].clone(),
        body,
        parts: Vec::new(),
    };
    let bytes = core.to_bytes().unwrap();
    let key = SigningKey::from_bytes(&device_seed(&seat.account, &seat.password));
    let signature = key.sign(&signing_message(&bytes)).to_bytes();
    Event::from_parts(bytes, signature).unwrap()
}

fn seat(account: &str) -> Seat {
    let account: Account = account.parse().unwrap();
    Seat { account, password: PASSWORD.to_owned(), ..Seat::draw(Role::Manager, &nodes()[..1], 0).unwrap() }
}

#[tokio::test]
async fn events_and_parts_of_the_domain_are_accepted() {
    let hub = hub().await;
    let man = seat("man");
    let state = |state| Body::NodeStatus(NodeStatus { state, offers: Default::default(), replaces: Vec::new() });
    let status = written_by(&man, 1, Mode::Real, state(NodeState::Open));
    let drill = written_by(&man, 2, Mode::Drill(status.id.check_word()), state(NodeState::Full));
    let leaves = written_by(&man, 3, Mode::Real, Body::CheckOut(CheckOut { check_in: EventId([7; 32]) }));
    let unknown = written_by(&man, 4, Mode::Real, Body::Unknown { number: 60_000, bytes: vec![1, 2, 3] });
    let document = |event: &Event| serde_json::to_value(Delivery::of(event, &man.account)).unwrap();
    for (end, document, expected) in [
        ("ops", document(&status), "ok"),
        ("ops", document(&drill), "ok"),
        ("node-s001", document(&leaves), "ok"),
        ("relay", document(&leaves), "ok"),
        ("ops", document(&unknown), "kind"),
    ] {
        assert_eq!(push(hub.couch(), "man", end, &document).await, expected, "{document}");
    }
    assert_eq!(push(hub.couch(), "rep", "ops", &document(&unknown)).await, "ok", "kinds of later versions travel from hub to hub");
    let stored = hub.couch().get(&[&database("ops"), &format!("event:man:{}", drill.id)]).await.unwrap();
    assert_eq!(Delivery::read(stored).unwrap(), drill);

    let head = serde_json::to_value(Delivery::head(&status, &man.account, None)).unwrap();
    let manager = hub.couch().seen_by(Some(("man", PASSWORD)));
    let id = head["_id"].as_str().unwrap();
    manager.put(&[&database("public"), id], Some(&head)).await.unwrap();
    assert_eq!(Delivery::read(hub.couch().seen_by(None).get(&[&database("public"), id]).await.unwrap()).unwrap(), status);

    // The largest photo that the domain lets through: a few bytes of the envelope are its own.
    let content = Content { salt: [1; 16], bytes: vec![255; LONGEST_ENVELOPE - 30] };
    let part = Part { event: leaves.id, index: 0, kind: PartKind::Photo, envelope: Envelope::Plain(content) };
    let document = serde_json::to_value(PartDelivery::of(&part, &man.nodes[0], &man.account).unwrap()).unwrap();
    assert_eq!(push(hub.couch(), "man", "node-s001", &document).await, "ok");
    let path = [&database("node-s001"), document["_id"].as_str().unwrap()];
    assert_eq!(PartDelivery::read(hub.couch().get(&path).await.unwrap()).unwrap(), part);
}

#[tokio::test]
async fn the_same_push_again_changes_nothing() {
    let hub = hub().await;
    let status = written_by(
        &seat("man"),
        1,
        Mode::Real,
        Body::NodeStatus(NodeStatus { state: NodeState::Closed, offers: Default::default(), replaces: Vec::new() }),
    );
    let document: Value = serde_json::to_value(Delivery::of(&status, &seat("man").account)).unwrap();
    for _ in 0..3 {
        assert_eq!(push(hub.couch(), "man", "ops", &document).await, "ok");
    }
    let path = [&database("ops") as &str, "_all_docs"];
    let rows = hub.couch().get(&path).await.unwrap()["rows"].clone();
    let events = rows.as_array().unwrap().iter().filter(|row| row["id"].as_str().unwrap().starts_with("event:"));
    assert_eq!(events.map(|row| row["value"].clone()).collect::<Vec<_>>(), [json!({ "rev": status.id.revision() })]);
}
