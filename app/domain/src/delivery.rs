//! The documents in which events and parts travel to the hub and back. The bytes inside are the truth; the fields beside them serve
//! the hub's validation and people's eyes, and a document whose fields disagree with its bytes is refused.

use crate::body::Kind;
use crate::event::{Event, LONGEST_CORE, Malformed, Mode};
use crate::id::{Account, EventId, NodeId};
use crate::part::{Envelope, LONGEST_ENVELOPE, Part, PartKind};
use crate::spatial::registry::document::registry_id;
use crate::text::{from_base64url, to_base64url};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// The longest name of a kind, in bytes.
const LONGEST_KIND: usize = 32;

/// An event as a document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Delivery {
    /// `event:<account>:<EventId>`, `head:<node>:<account>`, or `registry:<node>:<EventId>`.
    #[serde(rename = "_id")]
    pub id: String,
    /// `1-<32 hex>` from the EventId; heads have the hub's own.
    #[serde(rename = "_rev", default, skip_serializing_if = "Option::is_none")]
    pub rev: Option<String>,
    /// `event`, `head` or `registry`.
    #[serde(rename = "type")]
    pub form: String,
    /// Version of the form: 1.
    pub v: u32,
    /// Name of the kind, or `kind-<number>` for one not known here.
    pub kind: String,
    /// The node.
    pub node: String,
    /// The region.
    pub region: String,
    /// `real`, or the drill's reference.
    pub mode: String,
    /// The author's key.
    pub author: String,
    /// The author's clock.
    pub clock: String,
    /// Canonical bytes, base64url.
    pub core: String,
    /// Signature, base64url.
    pub sig: String,
}

/// A part as a document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PartDelivery {
    /// `part:<account>:<EventId>:<index>`
    #[serde(rename = "_id")]
    pub id: String,
    /// `1-<32 hex>` from the event and the index.
    #[serde(rename = "_rev", default, skip_serializing_if = "Option::is_none")]
    pub rev: Option<String>,
    /// `part`.
    #[serde(rename = "type")]
    pub form: String,
    /// Version of the form: 1.
    pub v: u32,
    /// What it is.
    pub kind: PartKind,
    /// The node.
    pub node: String,
    /// The event it belongs to.
    pub event: EventId,
    /// Its place among the event's parts.
    pub index: u8,
    /// Canonical bytes of the envelope, base64url.
    pub envelope: String,
}

impl Delivery {
    /// The document in which `account` brings `event`.
    pub fn of(event: &Event, account: &Account) -> Self {
        let id = format!("event:{account}:{}", event.id);
        Self { rev: Some(event.id.revision()), ..Self::describe(event, id, "event") }
    }

    /// The head that `account` publishes with `event`, a status; `rev` is the hub's revision that it replaces.
    pub fn head(event: &Event, account: &Account, rev: Option<String>) -> Self {
        let id = head_id(&event.core.node, account);
        Self { rev, ..Self::describe(event, id, "head") }
    }

    /// The part of a registry document that `event`, a settlement, is: see [`Agreement`](crate::spatial::registry::document::Agreement).
    pub(crate) fn registry(event: &Event) -> Self {
        let id = registry_id(&event.core.node, event.id);
        Self { rev: Some(event.id.revision()), ..Self::describe(event, id, "registry") }
    }

    fn describe(event: &Event, id: String, form: &str) -> Self {
        let core = &event.core;
        let kind = core.body.kind().map_or_else(|| format!("kind-{}", core.body.number()), |kind| kind.name().to_owned());
        Self {
            id,
            rev: None,
            form: form.to_owned(),
            v: 1,
            kind,
            node: core.node.to_string(),
            region: core.region.to_string(),
            mode: match core.mode {
                Mode::Real => "real".to_owned(),
                Mode::Drill(drill) => drill.to_string(),
            },
            author: core.author.to_string(),
            clock: core.clock.to_string(),
            core: to_base64url(event.core_bytes()),
            sig: to_base64url(event.signature()),
        }
    }

    /// Reads a document from outside. The signature is not verified here: see [`Event::is_intact`].
    ///
    /// # Errors
    /// Not a delivery, bytes that are not canonical, or fields that disagree with the bytes.
    pub fn read(document: Value) -> Result<Event, Malformed> {
        Self::read_one_of(&["event", "head"], document)
    }

    /// Reads the part of a registry document that [`Delivery::registry`] makes.
    pub(crate) fn read_registry(document: Value) -> Result<Event, Malformed> {
        Self::read_one_of(&["registry"], document)
    }

    fn read_one_of(forms: &[&str], document: Value) -> Result<Event, Malformed> {
        let delivery: Self = serde_json::from_value(document).map_err(|_| Malformed::NotAnEvent)?;
        if !forms.contains(&delivery.form.as_str()) {
            return Err(Malformed::Disagrees("identifier"));
        }
        if delivery.core.len() > LONGEST_CORE * 4 / 3 + 4 {
            return Err(Malformed::TooLong);
        }
        let bytes = from_base64url(&delivery.core).ok_or(Malformed::NotAnEvent)?;
        let signature = from_base64url(&delivery.sig).and_then(|bytes| bytes.try_into().ok()).ok_or(Malformed::NotAnEvent)?;
        let event = Event::from_parts(bytes, signature)?;
        let honest = Self::describe(&event, delivery.id.clone(), &delivery.form);
        let honest = Self { rev: delivery.rev.clone(), kind: delivery.kind.clone(), ..honest };
        if honest != delivery || !is_kind_of(&delivery.kind, &event) {
            return Err(Malformed::Disagrees("fields"));
        }
        delivery.names(&event).then_some(event).ok_or(Malformed::Disagrees("identifier"))
    }

    /// Whether the document's identifier names this event.
    fn names(&self, event: &Event) -> bool {
        let fields: Vec<&str> = self.id.split(':').collect();
        match (self.form.as_str(), fields.as_slice()) {
            ("event", ["event", account, id]) => account.parse::<Account>().is_ok() && *id == event.id.to_string(),
            ("head", ["head", node, account]) => account.parse::<Account>().is_ok() && *node == event.core.node.as_str(),
            ("registry", ["registry", ..]) => self.id == registry_id(&event.core.node, event.id),
            _ => false,
        }
    }
}

/// Whether this is a name for what `event` says. Whoever brings it may not know its kind, and has the number for it; or may be of a later
/// version and know a kind that is not known here, under a name that is no other kind's.
fn is_kind_of(name: &str, event: &Event) -> bool {
    let number = event.core.body.number();
    let is_number = name.strip_prefix("kind-").is_some_and(|digits| digits == number.to_string());
    let is_name = match event.core.body.kind() {
        Some(kind) => name == kind.name(),
        None => {
            let fits = |(at, letter): (usize, u8)| letter.is_ascii_lowercase() || (at > 0 && letter == b'_');
            (1..=LONGEST_KIND).contains(&name.len())
                && name.bytes().enumerate().all(fits)
                && Kind::ALL.iter().all(|kind| kind.name() != name)
        }
    };
    is_number || is_name
}

/// The identifier of the head that `account` publishes for `node`.
pub fn head_id(node: &NodeId, account: &Account) -> String {
    format!("head:{node}:{account}")
}

impl PartDelivery {
    /// The document in which `account` brings `part` to the database of `node`; `None` for one that is too large.
    pub fn of(part: &Part, node: &NodeId, account: &Account) -> Option<Self> {
        let envelope = part.envelope.to_bytes().ok().filter(|bytes| bytes.len() <= LONGEST_ENVELOPE)?;
        Some(Self {
            id: format!("part:{account}:{}:{}", part.event, part.index),
            rev: Some(part.revision()),
            form: "part".to_owned(),
            v: 1,
            kind: part.kind,
            node: node.to_string(),
            event: part.event,
            index: part.index,
            envelope: to_base64url(&envelope),
        })
    }

    /// Reads a document from outside. Whether it is the part that its event named is for [`Part::open`] to say.
    ///
    /// # Errors
    /// Not a part, an identifier that disagrees with its fields, or fields that nobody writes.
    pub fn read(document: Value) -> Result<Part, Malformed> {
        let delivery: Self = serde_json::from_value(document).map_err(|_| Malformed::NotAnEvent)?;
        if delivery.envelope.len() > LONGEST_ENVELOPE * 4 / 3 + 4 {
            return Err(Malformed::TooLong);
        }
        let envelope = from_base64url(&delivery.envelope).and_then(|bytes| Envelope::from_bytes(&bytes)).ok_or(Malformed::NotAnEvent)?;
        let part = Part { event: delivery.event, index: delivery.index, kind: delivery.kind, envelope };
        let account = delivery.id.split(':').nth(1).and_then(|account| account.parse().ok()).ok_or(Malformed::Disagrees("identifier"))?;
        let node = delivery.node.parse().map_err(|_| Malformed::Disagrees("fields"))?;
        let honest = Self::of(&part, &node, &account).map(|honest| Self { rev: delivery.rev.clone(), ..honest });
        match honest {
            Some(honest) if honest == delivery => Ok(part),
            Some(honest) if honest.id == delivery.id => Err(Malformed::Disagrees("fields")),
            _ => Err(Malformed::Disagrees("identifier")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::body::Body;
    use crate::event::tests::{core, sign};
    use crate::information::status::{NodeState, NodeStatus};

    fn delivery() -> Value {
        let body = Body::NodeStatus(NodeStatus { state: NodeState::Open, offers: Default::default(), replaces: Vec::new() });
        let event = sign(&core(1, 1, 5_000, body), 1);
        serde_json::to_value(Delivery::of(&event, &"seat-1".parse().unwrap())).unwrap()
    }

    #[test]
    fn a_delivery_reads_back_as_the_same_event() {
        let event = Delivery::read(delivery()).unwrap();
        assert!(event.is_intact());
        assert_eq!(serde_json::to_value(Delivery::of(&event, &"seat-1".parse().unwrap())).unwrap(), delivery());
    }

    #[test]
    fn a_field_that_disagrees_with_the_bytes_is_refused() {
        let lies = [
            ("kind", "report"),
            ("node", "s002"),
            ("mode", "AAAAAAAA"),
            ("region", "00000000000000000000000000"),
            ("clock", "0000000000000"),
            ("author", "x"),
            ("_id", "event:seat-1:0"),
            ("type", "head"),
        ];
        for (field, lie) in lies {
            let mut document = delivery();
            document[field] = lie.into();
            assert!(matches!(Delivery::read(document), Err(Malformed::Disagrees(_))), "{field}");
        }
    }

    #[test]
    fn a_kind_has_a_name_its_number_or_where_it_is_of_a_later_version_any_name_that_is_no_other_kinds() {
        let later = sign(&core(1, 1, 5_000, Body::Unknown { number: 77, bytes: vec![1, 2, 3] }), 1);
        let later = serde_json::to_value(Delivery::of(&later, &"seat-1".parse().unwrap())).unwrap();
        let cases = [
            (&later, "kind-77", true),
            (&later, "bulletin", true),
            (&later, "road_closed", true),
            (&later, "kind-78", false),
            (&later, "kind-077", false),
            (&later, "report", false),
            (&later, "Bulletin", false),
            (&later, "_bulletin", false),
            (&later, "", false),
            (&later, &"a".repeat(33), false),
            (&delivery(), "node_status", true),
            (&delivery(), "kind-2", true),
            (&delivery(), "kind-3", false),
            (&delivery(), "bulletin", false),
        ];
        for (document, name, is_read) in cases {
            let mut document = document.clone();
            document["kind"] = name.into();
            let read = Delivery::read(document.clone());
            assert_eq!(read.is_ok(), is_read, "{name} for {}", document["core"]);
            assert!(read.is_err() || read == Delivery::read(if document["core"] == later["core"] { later.clone() } else { delivery() }));
        }
    }

    #[test]
    fn a_part_is_refused_where_a_field_is_not_what_is_written() {
        let envelope = Envelope::Plain(crate::part::Content { salt: [1; 16], bytes: vec![2; 9] });
        let part = Part { event: EventId([1; 32]), index: 0, kind: PartKind::Photo, envelope };
        let document = serde_json::to_value(PartDelivery::of(&part, &"s001".parse().unwrap(), &"seat-1".parse().unwrap())).unwrap();
        assert_eq!(PartDelivery::read(document.clone()), Ok(part));
        let id = |account: &str| format!("part:{account}:{}:0", EventId([1; 32]));
        let lies: [(&str, Value); 6] = [
            ("_id", id("").into()),
            ("_id", id("Nobody").into()),
            ("_id", id("seat-1:more").into()),
            ("type", "event".into()),
            ("v", 2.into()),
            ("node", "no node".into()),
        ];
        for (field, lie) in lies {
            let mut document = document.clone();
            document[field] = lie.clone();
            assert!(matches!(PartDelivery::read(document), Err(Malformed::Disagrees(_))), "{field}: {lie}");
        }
    }

    #[test]
    fn what_is_not_a_delivery_is_refused_without_a_panic() {
        for document in [Value::Null, serde_json::json!([]), serde_json::json!({"core": "AAAA"})] {
            assert!(Delivery::read(document).is_err());
        }
    }
}
