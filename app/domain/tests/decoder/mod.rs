//! Every decoder of this crate that takes what comes from outside, as a function over bytes that says whether they were accepted and
//! fails where a property does not hold. `robust.rs` calls them with damaged inputs, `make fuzz` with whatever its coverage leads it to.
//!
//! What is accepted is written back as the same bytes, or as the same thing where people may write it in several ways; and nothing takes
//! more memory than its input accounts for.
#![allow(clippy::unwrap_used, reason = "a test; the lint only knows functions marked as tests")]

pub mod memory;
pub mod sample;

use civmesh_domain::clock::Clock;
use civmesh_domain::delivery::{Delivery, PartDelivery};
use civmesh_domain::event::{Core, Event};
use civmesh_domain::id::{Account, CheckWord, DeviceKey, EventId, NodeId, RegionId, SopId, StepId};
use civmesh_domain::information::records_file::{self, Fault, write};
use civmesh_domain::information::sms;
use civmesh_domain::part::{Envelope, Part};
use civmesh_domain::personnel::credential::{Credential, Revocation};
use civmesh_domain::sop::procedure::Procedure;
use civmesh_domain::spatial::area::HazardArea;
use civmesh_domain::spatial::danger::import;
use civmesh_domain::spatial::node::{Node, StaffEntry};
use civmesh_domain::spatial::people::Population;
use civmesh_domain::spatial::registry::claim::Claim;
use civmesh_domain::spatial::registry::document::Agreement;
use civmesh_domain::spatial::walk::{Costs, Opened, Opening, Pace, WalkError, WalkGraph};
use civmesh_domain::text::{Text, from_base32, from_base64url, to_base32, to_base64url};
use civmesh_domain::unit::{Metres, Place};
use memory::bounded;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::fmt::{Debug, Display};
use std::str::FromStr;

/// A decoder's name, good inputs for it, and its properties.
pub type Decoder = (&'static str, fn() -> Vec<Vec<u8>>, fn(&[u8]) -> bool);

pub const ALL: &[Decoder] = &[
    ("event", sample::cores, event),
    ("envelope", sample::envelopes, envelope),
    ("delivery", sample::deliveries, delivery),
    ("registry", sample::agreements, registry),
    ("part", sample::parts, part),
    ("records", sample::records, records),
    ("message", sample::messages, message),
    ("credential", sample::credentials, credential),
    ("revocation", sample::revocations, revocation),
    ("identifier", sample::identifiers, identifier),
    ("entry", sample::entries, entry),
    ("walk", sample::walks, walk),
    ("ground", sample::grounds, ground),
    ("outlines", sample::outlines, outlines),
    ("claim", sample::claims, claim),
];

/// Bytes in canonical form: an element of two bytes takes some thirty, and twice that while its list grows.
const BYTES: u64 = 128;
/// JSON read into `serde_json::Value`, where an object of one field takes some 650 bytes and six characters.
const JSON: u64 = 256;
/// A file of records, of which each is looked at by itself.
const RECORDS: u64 = 32;

/// The core of an event, with or without the signature.
pub fn event(bytes: &[u8]) -> bool {
    let core = bounded(bytes.len(), BYTES, || Core::from_bytes(bytes));
    let event = Event::from_parts(bytes.to_vec(), [0; 64]);
    assert_eq!(core.as_ref().ok(), event.as_ref().ok().map(|event| &event.core));
    let Ok(event) = event else { return false };
    assert_eq!(event.core.to_bytes().as_deref(), Ok(bytes));
    assert_eq!(event.core_bytes(), bytes);
    assert!(!event.is_intact());
    // What is an event can travel in every form.
    let document = serde_json::to_value(Delivery::of(&event, &account())).unwrap();
    assert_eq!(Delivery::read(document).as_ref(), Ok(&event));
    let carried = records_file::Carried { event: event.clone(), parts: Vec::new() };
    let loaded = records_file::read(&write(event.core.region, &[carried]).unwrap()).unwrap();
    assert_eq!(loaded.bad, [(1, Fault::Broken)]);
    true
}

fn account() -> Account {
    "m-7k2d".parse().unwrap()
}

/// The envelope of a part.
pub fn envelope(bytes: &[u8]) -> bool {
    let envelope = bounded(bytes.len(), BYTES, || Envelope::from_bytes(bytes));
    let Some(envelope) = envelope else { return false };
    assert_eq!(envelope.to_bytes().as_deref(), Ok(bytes));
    // Whatever was damaged, its reader sees what the core said or nothing.
    let (part, said) = sample::part_with(envelope);
    let opened = part.open(&said, &sample::reader());
    assert!(opened.is_none_or(|content| content.describe(part.kind) == said));
    true
}

/// A document with an event in it.
pub fn delivery(bytes: &[u8]) -> bool {
    let Some(document) = json(bytes) else { return false };
    let Ok(event) = bounded(bytes.len(), JSON, || Delivery::read(document.clone())) else { return false };
    let fields: Vec<&str> = document["_id"].as_str().unwrap().split(':').collect();
    let account = |at: usize| fields[at].parse().unwrap();
    let honest = match fields[0] {
        "head" => Delivery::head(&event, &account(2), None),
        _ => Delivery::of(&event, &account(1)),
    };
    same_but_for_the_revision(serde_json::to_value(honest).unwrap(), document)
}

/// A document of the registry, with a settlement and a correction in it.
pub fn registry(bytes: &[u8]) -> bool {
    let Some(document) = json(bytes) else { return false };
    let Ok(agreement) = bounded(bytes.len(), JSON, || Agreement::read(document.clone())) else { return false };
    assert!(agreement.settlement().is_some());
    same_but_for_the_revision(agreement.document().unwrap(), document)
}

/// A document with a part in it.
pub fn part(bytes: &[u8]) -> bool {
    let Some(document) = json(bytes) else { return false };
    let Ok(part) = bounded(bytes.len(), JSON, || PartDelivery::read(document.clone())) else { return false };
    let account = document["_id"].as_str().unwrap().split(':').nth(1).unwrap().parse().unwrap();
    let mut honest = serde_json::to_value(PartDelivery::of(&part, &document["node"].as_str().unwrap().parse().unwrap(), &account)).unwrap();
    // The event's identifier may stand there in lower case.
    honest["event"] = document["event"].clone();
    same_but_for_the_revision(honest, document)
}

/// Only the revision is not in the bytes, because a head has the hub's.
fn same_but_for_the_revision(mut honest: Value, mut document: Value) -> bool {
    for document in [&mut honest, &mut document] {
        document.as_object_mut().unwrap().remove("_rev");
    }
    assert_eq!(honest, document);
    true
}

fn json(bytes: &[u8]) -> Option<Value> {
    bounded(bytes.len(), JSON, || serde_json::from_slice(bytes).ok())
}

/// A file of records. What was read of it is good as a whole, and reads back from a file of its own.
pub fn records(bytes: &[u8]) -> bool {
    let Ok(loaded) = bounded(bytes.len(), RECORDS, || records_file::read(bytes)) else { return false };
    assert!(loaded.bad.iter().all(|(at, _)| *at > 0));
    for carried in &loaded.good {
        assert!(carried.event.is_intact() && carried.event.core.region == loaded.region);
        let fits = |part: &Part| {
            let said = &carried.event.core.parts[usize::from(part.index)];
            part.event == carried.event.id && part.may_be(said)
        };
        assert!(carried.parts.iter().all(fits));
    }
    let again = records_file::read(&write(loaded.region, &loaded.good).unwrap()).unwrap();
    assert_eq!((again.region, again.good, again.bad), (loaded.region, loaded.good, Vec::new()));
    true
}

/// A coded SMS. Only what its author signed is ever read from one.
pub fn message(bytes: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(bytes) else { return false };
    let read = bounded(bytes.len(), BYTES, || sms::decode(text, sample::region(), |_| [sample::author()]));
    let Ok(event) = read else { return false };
    assert!(event.is_intact() && event.core.region == sample::region());
    let again = sms::encode(&event).unwrap();
    assert_eq!(sms::decode(&again, sample::region(), |_| [sample::author()]).as_ref(), Ok(&event));
    true
}

/// A credential with its signature behind it.
pub fn credential(bytes: &[u8]) -> bool {
    let Some((bytes, signature)) = bytes.split_last_chunk::<64>() else { return false };
    let read = bounded(bytes.len(), BYTES, || Credential::from_parts(bytes.to_vec(), *signature));
    let Ok(credential) = read else { return false };
    assert_eq!(credential.grant.to_bytes().as_deref(), Ok(bytes));
    assert_eq!((credential.bytes(), credential.signature()), (bytes, signature));
    let _ = credential.is_intact();
    true
}

/// A revocation with its signature behind it.
pub fn revocation(bytes: &[u8]) -> bool {
    let Some((bytes, signature)) = bytes.split_last_chunk::<64>() else { return false };
    let Ok(revocation) = bounded(bytes.len(), BYTES, || Revocation::read(bytes, signature)) else { return false };
    assert_eq!(revocation.to_bytes().as_deref(), Ok(bytes));
    assert!(revocation.accepted.is_sorted());
    true
}

/// Identifiers and the two encodings, which share one alphabet or another. People may write some of them in either case.
pub fn identifier(bytes: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(bytes) else { return false };
    let decoded = bounded(bytes.len(), BYTES, || (from_base64url(text), from_base32(text)));
    if let Some(bytes) = &decoded.0 {
        assert_eq!(to_base64url(bytes), text);
    }
    if let Some(bytes) = &decoded.1 {
        assert_eq!(from_base32(&to_base32(bytes)).as_ref(), Some(bytes));
    }
    let exact = [written::<NodeId>(text), written::<SopId>(text), written::<StepId>(text), written::<Account>(text)];
    assert!(exact.iter().flatten().all(|again| again == text));
    let either_case = [
        written::<RegionId>(text),
        written::<DeviceKey>(text),
        written::<EventId>(text),
        written::<CheckWord>(text),
        written::<Clock>(text),
    ];
    assert!(either_case.iter().flatten().all(|again| again.len() == text.len()));
    decoded.0.is_some() || decoded.1.is_some() || exact.iter().any(Option::is_some)
}

/// `text` as it is written after having been read, where it is a `T`.
fn written<T: FromStr + Display + Debug + PartialEq>(text: &str) -> Option<String> {
    let read: T = text.parse().ok()?;
    let again = read.to_string();
    assert_eq!(again.parse::<T>().ok().as_ref(), Some(&read));
    Some(again)
}

/// An entry of the region's registry or library, as JSON.
pub fn entry(bytes: &[u8]) -> bool {
    let procedure = round::<Procedure>(bytes);
    if let Some(procedure) = &procedure {
        let _ = procedure.flaws();
    }
    let others = [round::<Node>(bytes).is_some(), round::<StaffEntry>(bytes).is_some(), round::<Text>(bytes).is_some()];
    procedure.is_some() || others.contains(&true)
}

/// What is read survives being written as JSON and, where it goes into a pack, as bytes.
fn round<T: DeserializeOwned + Serialize + Debug + PartialEq>(bytes: &[u8]) -> Option<T> {
    let read: T = bounded(bytes.len(), JSON, || serde_json::from_slice(bytes).ok())?;
    assert_eq!(serde_json::from_slice::<T>(&serde_json::to_vec(&read).unwrap()).unwrap(), read);
    assert_eq!(postcard::from_bytes::<T>(&postcard::to_allocvec(&read).unwrap()).unwrap(), read);
    Some(read)
}

/// A walking graph. What opens is read, searched and snapped to without harm, and is kept as it came.
pub fn walk(bytes: &[u8]) -> bool {
    let opened = bounded(bytes.len(), BYTES, || WalkGraph::open(bytes.to_vec()));
    assert_eq!(in_pieces(bytes).map(|graph| graph.edges()), opened.as_ref().map(WalkGraph::edges).map_err(Clone::clone));
    let Ok(graph) = opened else { return false };
    assert_eq!(graph.block(), bytes);
    let edges: Vec<_> = graph.all_edges().collect();
    assert_eq!(edges.len(), graph.edges() as usize);
    for edge in &edges {
        assert!(graph.component(edge.from) == graph.component(edge.to) && graph.line(edge).len() >= 2);
        assert!(edge.length.0 > 0 && graph.neighbours(edge.from).any(|(head, id)| head == edge.to && id == edge.id));
        let _ = graph.name(edge);
    }
    assert_eq!(graph.components().sum::<u32>(), graph.nodes());
    let (pace, ends) = (Pace::default(), [0, graph.nodes().saturating_sub(1)].map(|node| graph.place(node)));
    let _ = graph.answer(&pace, &Costs::new(&graph, &pace), ends, Metres(500));
    true
}

/// The same graph, three entries at a time.
fn in_pieces(bytes: &[u8]) -> Result<WalkGraph, WalkError> {
    let mut opening = Opening::begin(bytes.to_vec())?;
    loop {
        match opening.step(3)? {
            Opened::More(rest) => opening = rest,
            Opened::Done(graph) => return Ok(graph),
        }
    }
}

/// A hazard area or a grid of people, as a pack holds them. Whatever is read is as good for asking as any.
pub fn ground(bytes: &[u8]) -> bool {
    let area = bounded(bytes.len(), BYTES, || postcard::from_bytes::<HazardArea>(bytes).ok());
    if let Some(area) = &area {
        assert_eq!(postcard::from_bytes::<HazardArea>(&postcard::to_allocvec(area).unwrap()).as_ref(), Ok(area));
        let corners = area.corners();
        assert!(corners.is_none_or(|(low, high)| low.lat_e7 <= high.lat_e7 && low.lon_e7 <= high.lon_e7));
        let _ = corners.map(|(low, high)| area.has(low) || area.has(high));
    }
    let people = bounded(bytes.len(), BYTES, || postcard::from_bytes::<Population>(bytes).ok());
    if let Some(people) = &people {
        assert_eq!(postcard::from_bytes::<Population>(&postcard::to_allocvec(people).unwrap()).as_ref(), Ok(people));
        let _ = people.total();
    }
    area.is_some() || people.is_some()
}

/// What somebody without an account says of a place, out of a link.
pub fn claim(bytes: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(bytes) else { return false };
    let Some(claim) = bounded(bytes.len(), BYTES, || Claim::from_text(text)) else { return false };
    assert_eq!(Claim::from_text(&claim.to_text()), Some(claim));
    true
}

/// A GeoJSON file of areas. What is taken of it can be drawn, and makes events.
pub fn outlines(bytes: &[u8]) -> bool {
    let globe = [-1, 1].map(|side| Place { lat_e7: side * 900_000_000, lon_e7: side * 1_800_000_000 });
    let Ok(import) = bounded(bytes.len(), JSON, || import::read(bytes, (globe[0], globe[1]))) else { return false };
    assert!(import.outlines.iter().all(|outline| outline.rings().is_some()));
    assert!(import.corners() <= import.before && import.events() <= import.outlines.len());
    true
}
