//! How records look in IndexedDB. Bytes are `Uint8Array`, so that an event's core is kept as it came; small records are JSON text,
//! which keeps every number and reads back the same in every browser.

use crate::record::{EventRow, OutboxKey, Source};
use crate::{Result, StoreError};
use civmesh_domain::event::Event;
use civmesh_domain::id::{EventId, NodeId, RegionId};
use civmesh_domain::part::{Envelope, Part, PartKind};
use civmesh_domain::unit::Millis;
use js_sys::{Array, Object, Reflect, Uint8Array};
use serde::Serialize;
use serde::de::DeserializeOwned;
use wasm_bindgen::{JsCast, JsValue};

/// A small record as JSON text.
pub(super) fn text(record: &impl Serialize) -> Result<JsValue> {
    let json = serde_json::to_string(record).map_err(|error| StoreError::Damaged(error.to_string()))?;
    Ok(JsValue::from(json))
}

/// Reads a small record; `None` for one that is damaged.
pub(super) fn from_text<T: DeserializeOwned>(value: &JsValue) -> Option<T> {
    serde_json::from_str(&value.as_string()?).ok()
}

/// Where a thing is in the outbox and among the receipts. Sorts by event, the event before its parts, parts by index.
pub(super) fn outbox_key(key: &OutboxKey) -> String {
    key.part.map_or_else(|| key.event.to_string(), |index| part_key(key.event, index))
}

/// Where a part is.
pub(super) fn part_key(event: EventId, index: u8) -> String {
    format!("{event}:{index:03}")
}

/// Where a document is, and with a prefix in place of the identifier, where such documents begin.
pub(super) fn document_key(database: &str, id: &str) -> String {
    format!("{database}\n{id}")
}

/// What the keys of all pieces of the second half of a region's pack begin with.
pub(super) fn rest_key(region: RegionId) -> String {
    format!("{region}:rest")
}

/// Where one of these pieces is. Keys order like numbers.
pub(super) fn piece_key(region: RegionId, number: usize) -> String {
    format!("{}:{number:05}", rest_key(region))
}

/// A node's key in the index of events.
pub(super) fn node_key(region: RegionId, node: &NodeId) -> JsValue {
    Array::of2(&region.to_string().into(), &node.as_str().into()).into()
}

/// Bytes, copied once.
pub(super) fn bytes(bytes: &[u8]) -> JsValue {
    Uint8Array::from(bytes).into()
}

/// Reads bytes; `None` for anything else.
pub(super) fn from_bytes(value: JsValue) -> Option<Vec<u8>> {
    value.dyn_into::<Uint8Array>().ok().map(|bytes| bytes.to_vec())
}

/// An event.
pub(super) fn event(row: &EventRow) -> JsValue {
    let core = &row.event.core;
    object(&[
        ("region", core.region.to_string().into()),
        ("node", core.node.as_str().into()),
        ("core", bytes(row.event.core_bytes())),
        ("sig", bytes(row.event.signature())),
        ("intact", row.intact.into()),
        ("source", source(row.source).into()),
        ("received", (row.received.0 as f64).into()),
    ])
}

/// Reads an event; `None` for one that is damaged. The identifier follows from the bytes.
pub(super) fn from_event(value: &JsValue) -> Option<EventRow> {
    let signature = from_bytes(field(value, "sig")?)?.try_into().ok()?;
    Some(EventRow {
        event: Event::from_parts(from_bytes(field(value, "core")?)?, signature).ok()?,
        intact: is_intact(value)?,
        source: from_source(&field(value, "source")?.as_string()?)?,
        received: Millis(field(value, "received")?.as_f64()? as u64),
    })
}

/// Whether a stored event is intact, without reading all of it.
pub(super) fn is_intact(value: &JsValue) -> Option<bool> {
    field(value, "intact")?.as_bool()
}

/// A part.
pub(super) fn part(part: &Part) -> Result<JsValue> {
    let envelope = part.envelope.to_bytes().map_err(|error| StoreError::Damaged(error.to_string()))?;
    Ok(object(&[
        ("event", part.event.to_string().into()),
        ("index", part.index.into()),
        ("kind", text(&part.kind)?),
        ("envelope", bytes(&envelope)),
    ]))
}

/// The key under which it stands until when a part is kept. Keys order like time.
pub(super) fn end_key(until: Millis, part: &str) -> String {
    format!("{}:{part}", end_before(until))
}

/// Below this are the keys of all parts that are kept until an earlier time.
pub(super) fn end_before(time: Millis) -> String {
    format!("{:020}", time.0)
}

/// The part that such a key is about: the key of the part, and its place in the outbox.
pub(super) fn from_end_key(key: &str) -> Option<(&str, OutboxKey)> {
    let (_, part) = key.split_once(':')?;
    let (event, index) = part.split_once(':')?;
    Some((part, OutboxKey { event: event.parse().ok()?, part: Some(index.parse().ok()?) }))
}

/// Reads a part; `None` for one that is damaged.
pub(super) fn from_part(value: &JsValue) -> Option<Part> {
    Some(Part {
        event: field(value, "event")?.as_string()?.parse().ok()?,
        index: field(value, "index")?.as_f64()? as u8,
        kind: from_text::<PartKind>(&field(value, "kind")?)?,
        envelope: Envelope::from_bytes(&from_bytes(field(value, "envelope")?)?)?,
    })
}

fn source(source: Source) -> &'static str {
    match source {
        Source::Here => "here",
        Source::Hub => "hub",
        Source::File => "file",
    }
}

fn from_source(name: &str) -> Option<Source> {
    [Source::Here, Source::Hub, Source::File].into_iter().find(|&known| source(known) == name)
}

fn object(fields: &[(&str, JsValue)]) -> JsValue {
    let object = Object::new();
    for (name, value) in fields {
        // A plain object of our own making takes any property.
        let _ = Reflect::set(&object, &JsValue::from(*name), value);
    }
    object.into()
}

fn field(value: &JsValue, name: &str) -> Option<JsValue> {
    Reflect::get(value, &JsValue::from(name)).ok().filter(|value| !value.is_undefined())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::conformance::fixture;
    use wasm_bindgen_test::wasm_bindgen_test;

    fn properties(value: &JsValue) -> String {
        Object::keys(value.unchecked_ref::<Object>()).join(" ").into()
    }

    #[wasm_bindgen_test]
    fn events_and_parts_keep_their_shape_on_the_phone() {
        let row = fixture::pulled(&fixture::event(1, 1, 5));
        let stored = event(&row);
        assert_eq!(properties(&stored), "region node core sig intact source received");
        assert_eq!(from_bytes(field(&stored, "core").unwrap()).unwrap(), row.event.core_bytes());
        assert_eq!(field(&stored, "source").unwrap(), JsValue::from("hub"));
        assert_eq!(from_event(&stored), Some(row.clone()));

        let sealed = fixture::part(&row.event, 7, "林小姐");
        let stored = part(&sealed).unwrap();
        assert_eq!(properties(&stored), "event index kind envelope");
        assert_eq!(part_key(sealed.event, sealed.index), format!("{}:007", row.event.id));
        assert_eq!(from_part(&stored), Some(sealed));
    }

    #[wasm_bindgen_test]
    fn what_is_not_a_record_is_refused_without_a_panic() {
        let row = fixture::pulled(&fixture::event(1, 1, 5));
        for name in ["core", "sig", "intact", "source", "received"] {
            let stored = event(&row);
            Reflect::set(&stored, &name.into(), &"nonsense".into()).unwrap();
            assert_eq!(from_event(&stored), None, "{name}");
        }
        for value in [JsValue::NULL, JsValue::UNDEFINED, 5.into(), "x".into(), Array::new().into()] {
            assert_eq!((from_event(&value), from_part(&value), from_text::<u8>(&"x".into())), (None, None, None));
        }
    }
}
