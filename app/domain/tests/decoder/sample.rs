//! Inputs that are good, to start from: the golden vectors, and what the app itself writes.

use civmesh_domain::event::Event;
use civmesh_domain::id::{DeviceKey, RegionId};
use civmesh_domain::information::records_file::{Carried, write};
use civmesh_domain::keyring::Keyring;
use civmesh_domain::part::{Envelope, Part, PartKind, PartRef};
use civmesh_domain::seal::ReadingSecret;
use civmesh_domain::spatial::area::{Class, Depth, HazardArea};
use civmesh_domain::spatial::hazard::Hazard;
use civmesh_domain::spatial::people::{Basis, Cell, Population};
use civmesh_domain::spatial::registry::Wrong;
use civmesh_domain::spatial::registry::claim::Claim;
use civmesh_domain::spatial::walk::{Kind, WalkDraft, Way};
use civmesh_domain::text::Text;
use civmesh_domain::unit::{Persons, Place};
use data_encoding::HEXLOWER;
use serde_json::{Value, json};

fn golden(text: &str) -> Vec<Value> {
    match serde_json::from_str(text).unwrap() {
        Value::Array(vectors) => vectors,
        other => vec![other],
    }
}

fn events() -> Vec<Value> {
    golden(include_str!("../golden/event.json"))
}

fn documents() -> Vec<Value> {
    golden(include_str!("../golden/document.json"))
}

fn hex(value: &Value) -> Vec<u8> {
    HEXLOWER.decode(value.as_str().unwrap().as_bytes()).unwrap()
}

fn text(value: &Value) -> Vec<u8> {
    value.as_str().unwrap().into()
}

fn signed(vector: &Value) -> Event {
    Event::from_parts(hex(&vector["core"]), hex(&vector["signature"]).try_into().unwrap()).unwrap()
}

/// The author of the vectors.
pub fn author() -> DeviceKey {
    identity()["author"]["key"].as_str().unwrap().parse().unwrap()
}

/// Their region.
pub fn region() -> RegionId {
    identity()["authority"]["region"].as_str().unwrap().parse().unwrap()
}

fn identity() -> Value {
    serde_json::from_str(include_str!("../golden/identity.json")).unwrap()
}

pub fn cores() -> Vec<Vec<u8>> {
    events().iter().map(|vector| hex(&vector["core"])).collect()
}

pub fn envelopes() -> Vec<Vec<u8>> {
    documents().iter().filter(|vector| vector["envelope"].is_string()).map(|vector| hex(&vector["envelope"])).collect()
}

/// The part of the vectors with another envelope, and what the core says of it.
pub fn part_with(envelope: Envelope) -> (Part, PartRef) {
    let event = signed(&events()[0]);
    (Part { event: event.id, index: 0, kind: PartKind::Person, envelope }, event.core.parts[0].clone())
}

/// What the reader of the sealed vectors holds.
pub fn reader() -> Keyring {
    let secret = hex(&identity()["seat"]["reading"]["secret"]).try_into().unwrap();
    Keyring::of([ReadingSecret::from_bytes(secret)])
}

pub fn deliveries() -> Vec<Vec<u8>> {
    let heads = documents().into_iter().filter(|vector| vector["document"]["type"] == "head").map(|mut vector| vector["document"].take());
    events().into_iter().map(|mut vector| vector["delivery"].take()).chain(heads).map(|document| document.to_string().into()).collect()
}

pub fn agreements() -> Vec<Vec<u8>> {
    let documents = documents();
    let registry = documents.iter().map(|vector| &vector["document"]).filter(|document| document["type"] == "registry");
    registry.map(|document| document.to_string().into()).collect()
}

pub fn parts() -> Vec<Vec<u8>> {
    let documents = documents();
    let parts = documents.iter().map(|vector| &vector["document"]).filter(|document| document["type"] == "part");
    parts.map(|document| document.to_string().into()).collect()
}

pub fn records() -> Vec<Vec<u8>> {
    let mut carried: Vec<Carried> = events().iter().map(|vector| Carried { event: signed(vector), parts: Vec::new() }).collect();
    let first = &mut carried[0];
    let envelope = Envelope::from_bytes(&envelopes()[0]).unwrap();
    first.parts.push(Part { event: first.event.id, index: 0, kind: PartKind::Person, envelope });
    vec![write(region(), &carried[..3]).unwrap(), write(region(), &[]).unwrap()]
}

pub fn messages() -> Vec<Vec<u8>> {
    golden(include_str!("../golden/sms.json")).iter().map(|vector| text(&vector["text"])).collect()
}

pub fn credentials() -> Vec<Vec<u8>> {
    golden(include_str!("../golden/credential.json")).iter().map(with_signature).collect()
}

pub fn revocations() -> Vec<Vec<u8>> {
    golden(include_str!("../golden/revocation.json")).iter().map(with_signature).collect()
}

/// What was signed, then the signature.
fn with_signature(vector: &Value) -> Vec<u8> {
    [hex(&vector["bytes"]), hex(&vector["signature"])].concat()
}

pub fn identifiers() -> Vec<Vec<u8>> {
    let event = &events()[0];
    let identity = identity();
    let words = [&event["id"], &event["check_word"], &event["delivery"]["region"], &identity["author"]["key"], &identity["clock"]["text"]];
    let names = ["s001", "earthquake-store", "m-7k2d", "gas-off", "AAMDAwMDAwMDAwMDAwMDAwMW5p6X5bCP5aeQ"];
    words.into_iter().map(text).chain(names.map(Into::into)).collect()
}

/// A procedure, a node's entry, its staff's entry, and words: what the region's registry and its library hold.
pub fn entries() -> Vec<Vec<u8>> {
    let words = json!({"zh": "關閉瓦斯", "en": "Shut off the gas"});
    let step = json!({"id": "gas-off", "phase": "trigger", "role": "anyone", "due_minutes": 5, "answer": "choice",
        "options": [words, words], "title": words, "detail": words});
    let procedure = json!({"id": "earthquake-store", "version": 3, "scenario": "earthquake", "node_kinds": ["school", "transit_hub"],
        "title": words, "triggers": [words], "sources": ["a book"], "step": [step]});
    let facts = json!({"yes": ["water"], "no": ["beds"]});
    let hazards = json!({"yes": ["flood"], "no": []});
    let node = json!({"id": "s001", "name": words, "kind": "school", "standing": "agreed", "refuge": ["disaster_shelter"],
        "place": {"lat_e7": 250_000_000, "lon_e7": 1_215_000_000}, "address": words, "level": "partly", "capacity": 20, "offers": facts,
        "fit": hazards, "risk": hazards, "infrastructure": {"water_litres": 300}, "look_for": words, "hours": words,
        "exposure": "public", "layer": 0});
    let staff = json!({"contact_points": [words], "where_things_are": words});
    [procedure, node, staff, words].map(|entry| entry.to_string().into()).into()
}

/// Walking graphs: none, one of two streets and steps, and one in two parts.
pub fn walks() -> Vec<Vec<u8>> {
    let at = |north: i32, east: i32| Place { lat_e7: 250_000_000 + north * 900, lon_e7: 1_215_000_000 + east * 990 };
    let street = [at(0, 0), at(0, 10), at(0, 20)];
    let graph = |lines: &[(&[Place], Way)]| {
        let mut draft = WalkDraft::default();
        for (points, way) in lines {
            draft.line(points.iter().copied(), Kind::from(*way), 0, &Text::new("港前街", "Gangqian St.")).unwrap();
        }
        draft.build().unwrap().block
    };
    vec![
        graph(&[]),
        graph(&[(&street, Way::Residential), (&[at(0, 10), at(10, 10)], Way::Steps), (&[at(10, 10), at(10, 20), at(0, 20)], Way::Footway)]),
        graph(&[(&street, Way::Residential), (&[at(5, 0), at(5, 10), at(9, 10), at(5, 0)], Way::Path)]),
    ]
}

/// A hazard area with a hole, and a grid of two cells.
pub fn grounds() -> Vec<Vec<u8>> {
    let at = |lat_e7, lon_e7| Place { lat_e7, lon_e7 };
    let rings = vec![vec![at(0, 0), at(0, 900), at(900, 900), at(900, 0)], vec![at(300, 300), at(300, 600), at(600, 300)]];
    let depth = Some(Depth { from_mm: 150, to_mm: Some(300) });
    let area = HazardArea { hazard: Hazard::Flood, class: Class(2), depth, layer: 0, rings };
    let cells = vec![Cell { place: at(250_000_000, 1_215_000_000), people: Persons(12) }, Cell { place: at(-1, 5), people: Persons(300) }];
    let people = Population { basis: Basis::SpreadOverBuildings, layer: 1, cells };
    vec![postcard::to_allocvec(&area).unwrap(), postcard::to_allocvec(&people).unwrap()]
}

pub fn claims() -> Vec<Vec<u8>> {
    let wrongs =
        [Wrong::Moved(Place { lat_e7: 250_000_000, lon_e7: 1_215_000_000 }), Wrong::DuplicateOf("a001".parse().unwrap()), Wrong::Other];
    let claim = |wrong| Claim { region: RegionId([3; 16]), node: "z9".parse().unwrap(), wrong, words: "搬到對街了".to_owned() };
    wrongs.map(|wrong| claim(wrong).to_text().into_bytes()).to_vec()
}

/// Files of areas, as agencies publish them.
pub fn outlines() -> Vec<Vec<u8>> {
    let ring = |low: f64, high: f64| json!([[low, low], [high, low], [high, high], [low, high], [low, low]]);
    let polygon = json!({ "type": "Polygon", "coordinates": [ring(1.0, 2.0), ring(1.2, 1.4)] });
    let feature = json!({ "type": "Feature", "properties": { "name": "低窪", "depth": 30 }, "geometry": polygon });
    let many = json!({ "type": "MultiPolygon", "coordinates": [[ring(3.0, 4.0)], [ring(5.0, 5.5)]] });
    let point = json!({ "type": "Feature", "properties": null, "geometry": { "type": "Point", "coordinates": [1.0, 2.0] } });
    let crs = json!({ "type": "name", "properties": { "name": "urn:ogc:def:crs:OGC:1.3:CRS84" } });
    let file = json!({ "type": "FeatureCollection", "crs": crs, "features": [feature, point, { "type": "Feature", "geometry": many }] });
    [polygon, feature, file].map(|file| file.to_string().into()).into()
}
