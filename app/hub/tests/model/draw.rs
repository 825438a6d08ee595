//! What is pushed: drawn so that much of it lands, and some of it is refused for every reason.

use crate::chance::Chance;
use crate::common::*;
use civmesh_domain::clock::Clock;
use civmesh_domain::delivery::PartDelivery;
use civmesh_domain::event::{Core, Event};
use civmesh_domain::part::{Content, Part, PartKind};
use civmesh_domain::seal::ReadingSecret;
use civmesh_domain::unit::Millis;
use serde_json::{Value, json};

const KINDS: &[&str] = &[
    "check_in",
    "node_status",
    "report",
    "step_marked",
    "credential_issued",
    "reading_key_issued",
    "place_correction",
    "correction_settled",
    "area_declared",
    "place_checked",
    "kind-77",
    "bulletin",
];

/// Something that `caller` might push there: under an account of its own and of a kind that belongs there, mostly.
pub fn document(chance: &Chance, pushed: &[Value], caller: &str, end: &str) -> Value {
    let accounts = [caller, caller, caller, *chance.pick(&["vol", "man", "man2", "coo", "rep"])];
    let account = *chance.pick(&accounts);
    let (node, number) = (*chance.pick(&["s001", "s001", "c001", "x9"]), chance.below(400) as u32);
    if !pushed.is_empty() && chance.one_in(5) {
        return chance.pick(pushed).clone();
    }
    if end != "public" && end != "ops" && chance.one_in(3) {
        return sealed_part(chance, account, node, number);
    }
    let home = match end {
        "public" => "reading_key_issued",
        "ops" => "report",
        _ => "check_in",
    };
    let kind = *chance.pick(&[home, home, *chance.pick(KINDS)]);
    let document = if end == "public" && chance.one_in(4) {
        agreed(node, number)
    } else if end == "public" && chance.one_in(2) {
        // Not of s001: what is put there has revisions of each hub's own, and which branch wins would be up to them.
        branch(head(account, chance.pick::<&str>(&["c001", "x9"])))
    } else {
        event(account, kind, node, number)
    };
    let mut changes = if chance.one_in(6) { mutation(chance) } else { json!({}) };
    if document["_revisions"].is_object() {
        // Its ancestry begins with its revision, or it is no document at all.
        changes.as_object_mut().unwrap().remove("_rev");
    }
    with(document, changes)
}

/// A part, sealed or not, of an event of today or of months ago.
fn sealed_part(chance: &Chance, account: &str, node: &str, number: u32) -> Value {
    let kind = *chance.pick(&PartKind::ALL);
    let days = *chance.pick(&[0, 0, 0, 40, 100]);
    let core = Core { clock: Clock::new(Millis(now().0 - days * Millis::DAY), number as u16), ..core("check_in", node, number) };
    if chance.one_in(4) {
        return part_of(account, &core, kind);
    }
    let event = Event::from_parts(core.to_bytes().unwrap(), [0; 64]).unwrap();
    let content = Content { salt: [1; 16], bytes: b"somebody".into() };
    let reader = ReadingSecret::derive(&[3; 32]).public().unwrap();
    let part = Part::seal(event.id, 0, kind, &content, &[reader], &chance.bytes()).unwrap();
    serde_json::to_value(PartDelivery::of(&part, &core.node, &account.parse().unwrap()).unwrap()).unwrap()
}

/// A head as another hub hands it on, with what went before it: always the same of one account and node.
fn branch(head: Value) -> Value {
    let generation = 1 + head["_id"].as_str().unwrap().len() as u64 % 3;
    let hashes: Vec<String> = (0..generation).map(|at| format!("{:032x}", (generation - at) * 16)).collect();
    with(head, json!({ "_rev": format!("{generation}-{}", hashes[0]), "_revisions": { "start": generation, "ids": hashes } }))
}

fn mutation(chance: &Chance) -> Value {
    let mutations = [
        json!({ "v": 2 }),
        json!({ "node": "c001" }),
        json!({ "kind": "report" }),
        json!({ "kind": "kind-6" }),
        json!({ "mode": "drill" }),
        json!({ "sig": "A" }),
        json!({ "core": "A".repeat(17_000) }),
        json!({ "extra": 1 }),
        json!({ "region": "00000000000000000000000000" }),
        json!({ "_rev": "1-00000000000000000000000000000000" }),
        json!({ "_deleted": true }),
        json!({ "type": null }),
    ];
    chance.pick(&mutations).clone()
}
