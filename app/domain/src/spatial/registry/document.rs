//! The public document that tells everybody what was agreed: the settlement, and the correction that it settles, each with its author's
//! signature. Formats: `docs/formats/registry.md`.

use super::Settlement;
use crate::body::Body;
use crate::delivery::Delivery;
use crate::event::{Event, LONGEST_CORE, Malformed};
use crate::id::{EventId, NodeId};
use crate::text::{from_base64url, to_base64url};
use serde_json::Value;

const CORRECTION: &str = "correction";
const SIGNATURE: &str = "correction_sig";

/// A settlement, and what it settles.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Agreement {
    /// The settlement.
    pub settled: Event,
    /// The correction.
    pub correction: Event,
}

/// The identifier of the document that holds this settlement.
pub fn registry_id(node: &NodeId, settled: EventId) -> String {
    format!("registry:{node}:{settled}")
}

impl Agreement {
    /// Puts the two together; `None` where they do not belong together.
    pub fn of(settled: Event, correction: Event) -> Option<Self> {
        let (one, other) = (&settled.core, &correction.core);
        let names = matches!(&one.body, Body::CorrectionSettled(settled) if settled.correction == correction.id);
        let is_correction = matches!(other.body, Body::PlaceCorrection(_));
        let is_alike = (one.region, one.mode, &one.node) == (other.region, other.mode, &other.node);
        (names && is_correction && is_alike).then_some(Self { settled, correction })
    }

    /// What became of the correction.
    pub fn settlement(&self) -> Option<Settlement> {
        match &self.settled.core.body {
            Body::CorrectionSettled(settled) => Some(settled.settlement),
            _ => None,
        }
    }

    /// The document. It is written once: its revision follows from the settlement.
    pub fn document(&self) -> Option<Value> {
        let mut document = serde_json::to_value(Delivery::registry(&self.settled)).ok()?;
        let fields = document.as_object_mut()?;
        fields.insert(CORRECTION.to_owned(), to_base64url(self.correction.core_bytes()).into());
        fields.insert(SIGNATURE.to_owned(), to_base64url(self.correction.signature()).into());
        Some(document)
    }

    /// Reads a document from outside. The signatures are not verified here: see [`Event::is_intact`].
    ///
    /// # Errors
    /// Not such a document, bytes that are not canonical, fields that disagree with the bytes, or events that do not belong together.
    pub fn read(mut document: Value) -> Result<Self, Malformed> {
        let mut take = |name: &str| match document.as_object_mut()?.remove(name)? {
            Value::String(text) if text.len() <= LONGEST_CORE * 4 / 3 + 4 => from_base64url(&text),
            _ => None,
        };
        let (bytes, signature) = (take(CORRECTION), take(SIGNATURE));
        let bytes = bytes.ok_or(Malformed::NotAnEvent)?;
        let signature = signature.and_then(|bytes| bytes.try_into().ok()).ok_or(Malformed::NotAnEvent)?;
        let settled = Delivery::read_registry(document)?;
        let correction = Event::from_parts(bytes, signature)?;
        Self::of(settled, correction).ok_or(Malformed::Disagrees(CORRECTION))
    }
}
