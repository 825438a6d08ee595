//! A provisioned embedded hub with a few accounts, and the documents that phones would write.
#![allow(dead_code, missing_docs, clippy::unwrap_used, clippy::panic, reason = "shared by tests, each of which uses its share")]

pub mod folder;
pub mod nginx;
pub mod phone;

use civmesh_domain::body::Body;
use civmesh_domain::clock::Clock;
use civmesh_domain::delivery::{Delivery, PartDelivery};
use civmesh_domain::event::{Core, Event, Mode};
use civmesh_domain::id::{DeviceKey, EventId, NodeId, RegionId};
use civmesh_domain::information::report::{Report, Urgency};
use civmesh_domain::information::status::{NodeState, NodeStatus};
use civmesh_domain::keyring::{KeyMark, Wrapped};
use civmesh_domain::part::{Content, Envelope, Part, PartKind};
use civmesh_domain::personnel::check_in::{CheckIn, CheckOut, Duty, Subject};
use civmesh_domain::personnel::issue::{CredentialIssued, DeviceRevoked};
use civmesh_domain::personnel::reading::{MOST_WRAPPED, ReadingKeyIssued};
use civmesh_domain::seal::{ReadingKey, ReadingSecret};
use civmesh_domain::sop::run::{Answer, Mark, Outcome, RunEnded, RunStarted, StepMarked};
use civmesh_domain::spatial::danger::outline::Outline;
use civmesh_domain::spatial::danger::{AreaDeclared, AreaWithdrawn, Condition};
use civmesh_domain::spatial::registry::document::Agreement;
use civmesh_domain::spatial::registry::{CorrectionSettled, PlaceCorrection, Settlement, Wrong};
use civmesh_domain::spatial::upkeep::{Finding, Item, PlaceChecked};
use civmesh_domain::unit::{Metres, Millis, Place};
use civmesh_hub::couch::Couch;
use civmesh_hub::embedded::{EmbeddedHub, Storage};
use civmesh_hub::provision::provision;
use enumset::EnumSet;
use serde_json::{Value, json};
use std::path::PathBuf;

pub const REGION: RegionId = RegionId([7; 16]);
pub const PASSWORD: &str = "k7wd-3m9q-x2ht-8rfp";
/// Name, roles.
pub const ACCOUNTS: &[(&str, &[&str])] = &[
    ("vol", &["volunteer", "node:s001"]),
    ("man", &["manager", "node:s001"]),
    ("man2", &["manager", "node:c001"]),
    ("coo", &["coordinator"]),
    ("rep", &["replicator", "node:s001"]),
    ("nob", &[]),
];

pub fn npm() -> PathBuf {
    let default = || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../.tools/npm");
    std::env::var_os("CIVMESH_NPM").map_or_else(default, PathBuf::from)
}

pub fn nodes() -> Vec<NodeId> {
    ["s001", "c001"].map(|node| node.parse().unwrap()).into()
}

pub async fn hub() -> EmbeddedHub {
    let hub = match EmbeddedHub::start(&npm(), &Storage::Memory).await {
        Ok(hub) => hub,
        Err(error) => panic!("this test needs the embedded hub: {error}"),
    };
    provision(hub.couch(), REGION, &nodes()).await.unwrap();
    for (name, roles) in ACCOUNTS {
        let account = json!({ "name": name, "password": PASSWORD, "roles": roles, "type": "user" });
        hub.couch().put(&["_users", &format!("org.couchdb.user:{name}")], Some(&account)).await.unwrap();
    }
    hub
}

pub fn database(end: &str) -> String {
    format!("civmesh-{REGION}-{end}")
}

/// Now, by this machine's clock: the hub's own is the same, and parts expire by it.
pub fn now() -> Millis {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap();
    Millis(since.as_millis() as u64)
}

/// A body of the kind with this name; one that no version knows for any other name.
pub fn body(kind: &str) -> Body {
    match kind {
        "check_in" => Body::CheckIn(CheckIn { subject: Subject::Myself, duty: Duty::General, skills: EnumSet::empty(), corrects: None }),
        "check_out" => Body::CheckOut(CheckOut { check_in: EventId([7; 32]) }),
        "node_status" => Body::NodeStatus(NodeStatus { state: NodeState::Open, offers: Default::default(), replaces: Vec::new() }),
        "run_started" => Body::RunStarted(RunStarted { sop: "quake".parse().unwrap(), version: 1, trigger: None }),
        "step_marked" => {
            let step = "gas-off".parse().unwrap();
            Body::StepMarked(StepMarked { run: EventId([5; 32]), step, mark: Mark::Done(Answer::Tick), replaces: Vec::new() })
        }
        "run_ended" => Body::RunEnded(RunEnded { run: EventId([5; 32]), outcome: Outcome::Completed }),
        "report" => {
            let (needs, dangers) = (Vec::new(), EnumSet::empty());
            Body::Report(Report { urgency: Urgency::Soon, situation: None, people: None, needs, dangers, corrects: None })
        }
        "credential_issued" => Body::CredentialIssued(CredentialIssued { grant: vec![1, 2, 3], signature: [4; 64] }),
        "device_revoked" => Body::DeviceRevoked(DeviceRevoked { revocation: vec![1, 2, 3], signature: [4; 64] }),
        "reading_key_issued" => {
            let (wrapped, replaces) = (vec![Wrapped { to: KeyMark([1; 8]), sealed: [2; 80] }; MOST_WRAPPED], vec![EventId([7; 32]); 16]);
            Body::ReadingKeyIssued(ReadingKeyIssued { key: ReadingKey([3; 32]), wrapped, replaces })
        }
        "place_correction" => Body::PlaceCorrection(PlaceCorrection { wrong: Wrong::Closed }),
        "correction_settled" => {
            Body::CorrectionSettled(CorrectionSettled { correction: EventId([7; 32]), settlement: Settlement::Accepted })
        }
        "area_declared" => {
            let outlines = vec![Outline::circle(Place { lat_e7: 250_000_000, lon_e7: 1_215_000_000 }, Metres(25)).unwrap()];
            let (condition, title) = (Condition::Closed, "South Bridge".to_owned());
            Body::AreaDeclared(AreaDeclared { title, condition, until: None, continues: None, outlines })
        }
        "area_withdrawn" => Body::AreaWithdrawn(AreaWithdrawn { area: EventId([7; 32]) }),
        "place_checked" => Body::PlaceChecked(PlaceChecked { item: Item::FirstAid, finding: Finding::Met, days_ago: 0 }),
        other => {
            let number = other.strip_prefix("kind-").map_or(60_000, |number| number.parse().unwrap());
            Body::Unknown { number, bytes: vec![1, 2, 3] }
        }
    }
}

/// The core of the `number`th event at `node`.
pub fn core(kind: &str, node: &str, number: u32) -> Core {
    Core {
        region: REGION,
        mode: Mode::Real,
        activation: None,
        author: DeviceKey([9; 32]),
        sequence: u64::from(number),
        // The same number twice is the same event: one clock for the whole test.
        clock: Clock::new(*BEGAN, number as u16),
        node: node.parse().unwrap(),
        body: body(kind),
        parts: Vec::new(),
    }
}

/// When the test began: what is made of it is the same every time.
pub static BEGAN: std::sync::LazyLock<Millis> = std::sync::LazyLock::new(now);

/// This core as `account` delivers it. Nobody signed it: that is for readers to find out, not for the hub.
pub fn delivery(account: &str, core: &Core) -> Value {
    delivery_of(&Event::from_parts(core.to_bytes().unwrap(), [0; 64]).unwrap(), account)
}

/// The document in which `account` brings an event.
pub fn delivery_of(event: &Event, account: &str) -> Value {
    serde_json::to_value(Delivery::of(event, &account.parse().unwrap())).unwrap()
}

/// A delivery by `account`, the `number`th of its kind.
pub fn event(account: &str, kind: &str, node: &str, number: u32) -> Value {
    with(delivery(account, &core(kind, node, number)), json!({ "kind": kind }))
}

pub fn part(account: &str, node: &str, number: u32) -> Value {
    part_of(account, &core("check_in", node, number), PartKind::Person)
}

/// A part of this kind, of the event with this core.
pub fn part_of(account: &str, core: &Core, kind: PartKind) -> Value {
    let event = Event::from_parts(core.to_bytes().unwrap(), [0; 64]).unwrap();
    let content = Content { salt: [1; 16], bytes: b"somebody".into() };
    let part = Part { event: event.id, index: 0, kind, envelope: Envelope::Plain(content) };
    serde_json::to_value(PartDelivery::of(&part, &core.node, &account.parse().unwrap()).unwrap()).unwrap()
}

/// The same, sealed to somebody.
pub fn sealed(account: &str, core: &Core, kind: PartKind, bytes: usize) -> Value {
    let event = Event::from_parts(core.to_bytes().unwrap(), [0; 64]).unwrap();
    let (content, reader) = (Content { salt: [1; 16], bytes: vec![7; bytes] }, ReadingSecret::derive(&[5; 32]).public().unwrap());
    let part = Part::seal(event.id, 0, kind, &content, &[reader], &[6; 32]).unwrap();
    serde_json::to_value(PartDelivery::of(&part, &core.node, &account.parse().unwrap()).unwrap()).unwrap()
}

pub fn head(account: &str, node: &str) -> Value {
    with(event(account, "node_status", node, 1), json!({ "_id": format!("head:{node}:{account}"), "type": "head" }))
}

/// What everybody reads of the `number`th settlement at `node`. Nobody signed it.
pub fn agreed(node: &str, number: u32) -> Value {
    let unsigned = |core: &Core| Event::from_parts(core.to_bytes().unwrap(), [0; 64]).unwrap();
    let correction = unsigned(&core("place_correction", node, number));
    let body = CorrectionSettled { correction: correction.id, settlement: Settlement::Accepted };
    let settled = unsigned(&Core { body: Body::CorrectionSettled(body), ..core("correction_settled", node, number) });
    Agreement::of(settled, correction).unwrap().document().unwrap()
}

pub fn credential() -> Value {
    json!({ "_id": "credential:abc", "_rev": "1-00000000000000000000000000000001", "type": "credential", "v": 1, "credential": "AAAAAAAA",
        "sig": "A".repeat(86) })
}

/// The document with these fields changed; null takes one out.
pub fn with(mut document: Value, changes: Value) -> Value {
    for (name, value) in changes.as_object().unwrap() {
        if value.is_null() {
            document.as_object_mut().unwrap().remove(name);
        } else {
            document[name] = value.clone();
        }
    }
    document
}

/// Pushes one document as a phone does, and says what became of it: `ok`, or the first word of the reason.
pub async fn push(hub: &Couch, account: &str, end: &str, document: &Value) -> String {
    let caller = (account != "nobody").then_some((account, PASSWORD));
    let body = json!({ "new_edits": false, "docs": [document] });
    let answer = hub.seen_by(caller).post(&[&database(end), "_bulk_docs"], &body).await;
    let rows = match answer {
        Ok(answer) => answer.body,
        Err(error) => return error.to_string(),
    };
    match rows.as_array().unwrap().iter().find(|row| row["error"].is_string()) {
        None => "ok".to_owned(),
        Some(row) if row["error"] == "forbidden" => row["reason"].as_str().unwrap().split(':').next().unwrap().to_owned(),
        Some(row) => row["error"].as_str().unwrap().to_owned(),
    }
}
