//! What a pulled document is. Whatever it is, it is read into a type or passed over: one bad document never stops a page.

use civmesh_domain::delivery::{Delivery, PartDelivery};
use civmesh_domain::event::Event;
use civmesh_domain::id::RegionId;
use civmesh_domain::part::Part;
use civmesh_domain::routing::{Realm, route};
use civmesh_domain::spatial::registry::document::Agreement;
use serde_json::Value;

/// One line of a changes feed, read.
#[derive(Clone, Debug)]
pub(crate) enum Change {
    /// An event.
    Event(Event),
    /// A part of one.
    Part(Part),
    /// A head: a document, and the event in it, so that whoever reads the document can verify it.
    Head(Event, String, Value),
    /// What was agreed about the registry: a document, and the two events in it.
    Agreed(Box<Agreement>, String, Value),
    /// A document of the region's registry.
    Registry(String, Value),
    /// A document that is gone.
    Gone(String),
    /// The hub's own, of no concern to a phone.
    Internal,
    /// It can't be read, or has no business in this database.
    Bad(String),
}

/// Reads one line of the feed of a database of this kind and region.
pub(crate) fn read(realm: Realm, region: RegionId, line: &mut Value) -> Change {
    let Some(id) = line["id"].as_str().map(str::to_owned) else { return Change::Bad(String::new()) };
    if id.starts_with('_') {
        return Change::Internal;
    }
    if line["deleted"] == true {
        return Change::Gone(id);
    }
    let document = line.get_mut("doc").map(Value::take).unwrap_or_default();
    if document["_id"] != id.as_str() {
        return Change::Bad(id);
    }
    let read = match (realm, id.split(':').next().unwrap_or_default()) {
        (Realm::Ops | Realm::Node | Realm::Relay, "event") => of_region(document, region).map(Change::Event),
        (Realm::Public, "event") => of_region(document, region).filter(is_public).map(Change::Event),
        (Realm::Node, "part") => PartDelivery::read(document).ok().map(Change::Part),
        (Realm::Relay, "part") => PartDelivery::read(document).ok().filter(|part| part.envelope.is_sealed()).map(Change::Part),
        (Realm::Public, "head") => of_region(document.clone(), region).map(|event| Change::Head(event, id.clone(), document)),
        (Realm::Public, "registry") => agreed(document.clone(), region).map(|read| Change::Agreed(Box::new(read), id.clone(), document)),
        (Realm::Public, "credential" | "revocation" | "node" | "sop") => Some(Change::Registry(id.clone(), document)),
        _ => None,
    };
    read.unwrap_or(Change::Bad(id))
}

/// What the routing table has everybody read.
fn is_public(event: &Event) -> bool {
    event.core.body.kind().is_none_or(|kind| route(kind).realm == Realm::Public)
}

fn of_region(document: Value, region: RegionId) -> Option<Event> {
    Delivery::read(own(document)).ok().filter(|event| event.core.region == region)
}

fn agreed(document: Value, region: RegionId) -> Option<Agreement> {
    Agreement::read(own(document)).ok().filter(|agreement| agreement.settled.core.region == region)
}

/// What CouchDB adds on its own when asked for more than we ask says nothing about the event.
fn own(mut document: Value) -> Value {
    if let Some(fields) = document.as_object_mut() {
        fields.retain(|name, _| !matches!(name.as_str(), "_revisions" | "_conflicts" | "_attachments" | "_local_seq"));
    }
    document
}
