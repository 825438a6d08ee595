//! An event: a core, its canonical bytes, the identifier that proves them, and the author's signature.
//!
//! Bytes are the truth. They are hashed and verified as received; what is read from them must encode to the same bytes again.

use crate::body::Body;
use crate::clock::Clock;
use crate::id::{CheckWord, DeviceKey, EventId, NodeId, RegionId};
use crate::part::PartRef;
use ed25519_dalek::{Signature, VerifyingKey};
use serde::{Deserialize, Serialize};

/// Whether this is for real. It is inside the signature, so a drill's event can't be replayed as real.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Mode {
    /// For real.
    Real,
    /// An exercise, by its reference.
    Drill(CheckWord),
}

/// What is signed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Core {
    /// The region it belongs to.
    pub region: RegionId,
    /// For real, or a drill.
    pub mode: Mode,
    /// The activation under which it was written, if any.
    pub activation: Option<CheckWord>,
    /// The device that wrote it.
    pub author: DeviceKey,
    /// The author's own count, from 1, without gaps.
    pub sequence: u64,
    /// When, by the author's clock.
    pub clock: Clock,
    /// The node it is about.
    pub node: NodeId,
    /// What it says.
    pub body: Body,
    /// Hashes of the parts that travel beside it.
    pub parts: Vec<PartRef>,
}

/// The core in canonical form. The body stands as counted bytes, so that a reader who does not know its kind can read all the rest.
#[derive(Serialize, Deserialize)]
struct Canonical {
    region: RegionId,
    mode: Mode,
    activation: Option<CheckWord>,
    author: DeviceKey,
    sequence: u64,
    clock: Clock,
    node: NodeId,
    number: u16,
    body: Vec<u8>,
    parts: Vec<PartRef>,
}

/// Why bytes are not an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Malformed {
    /// Longer than [`LONGEST_CORE`].
    #[error("longer than an event may be")]
    TooLong,
    /// They do not decode.
    #[error("not an event")]
    NotAnEvent,
    /// They decode to something that is written differently.
    #[error("not in canonical form")]
    NotCanonical,
    /// The identifier or document beside them says something else.
    #[error("the document disagrees with its bytes: {0}")]
    Disagrees(&'static str),
}

/// The longest core accepted, in bytes: checked before anything is decoded.
pub const LONGEST_CORE: usize = 8 * 1024;

const SIGNING_CONTEXT: &[u8] = b"civmesh event v1\n";

impl Core {
    /// Canonical bytes: `postcard` of the fields in the order of the formats document.
    ///
    /// # Errors
    /// `TooLong` for a core that no reader would accept.
    pub fn to_bytes(&self) -> Result<Vec<u8>, Malformed> {
        let canonical = Canonical {
            region: self.region,
            mode: self.mode,
            activation: self.activation,
            author: self.author,
            sequence: self.sequence,
            clock: self.clock,
            node: self.node.clone(),
            number: self.body.number(),
            body: self.body.encode().map_err(|_| Malformed::NotAnEvent)?,
            parts: self.parts.clone(),
        };
        let bytes = postcard::to_allocvec(&canonical).map_err(|_| Malformed::NotAnEvent)?;
        if bytes.len() > LONGEST_CORE { Err(Malformed::TooLong) } else { Ok(bytes) }
    }

    /// Reads canonical bytes.
    ///
    /// # Errors
    /// Anything that does not encode to exactly these bytes again is refused.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, Malformed> {
        if bytes.len() > LONGEST_CORE {
            return Err(Malformed::TooLong);
        }
        let canonical: Canonical = postcard::from_bytes(bytes).map_err(|_| Malformed::NotAnEvent)?;
        let core = Self {
            region: canonical.region,
            mode: canonical.mode,
            activation: canonical.activation,
            author: canonical.author,
            sequence: canonical.sequence,
            clock: canonical.clock,
            node: canonical.node,
            body: Body::decode(canonical.number, &canonical.body).map_err(|_| Malformed::NotAnEvent)?,
            parts: canonical.parts,
        };
        if core.to_bytes()? == bytes { Ok(core) } else { Err(Malformed::NotCanonical) }
    }
}

/// What the author's key signs for these core bytes.
pub fn signing_message(core: &[u8]) -> Vec<u8> {
    [SIGNING_CONTEXT, core].concat()
}

/// A signed event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// The identifier, derived from the bytes.
    pub id: EventId,
    /// What it says.
    pub core: Core,
    bytes: Vec<u8>,
    signature: [u8; 64],
}

impl Event {
    /// Puts together core bytes and a signature. Does not verify: see [`Event::is_intact`].
    ///
    /// # Errors
    /// Bytes that are not a core in canonical form.
    pub fn from_parts(bytes: Vec<u8>, signature: [u8; 64]) -> Result<Self, Malformed> {
        let core = Core::from_bytes(&bytes)?;
        let id = identify(core.clock, &bytes);
        Ok(Self { id, core, bytes, signature })
    }

    /// The canonical bytes as received.
    pub fn core_bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The author's signature as received.
    pub fn signature(&self) -> &[u8; 64] {
        &self.signature
    }

    /// Whether the signature is the author's, over just these bytes (`verify_strict`: no small-order keys, one form only).
    pub fn is_intact(&self) -> bool {
        let signature = Signature::from_bytes(&self.signature);
        VerifyingKey::from_bytes(&self.core.author.0).is_ok_and(|key| key.verify_strict(&signing_message(&self.bytes), &signature).is_ok())
    }
}

/// Eight bytes of clock, then 24 of BLAKE3 over the core.
fn identify(clock: Clock, core: &[u8]) -> EventId {
    let mut id = [0; 32];
    id[..8].copy_from_slice(&clock.to_bytes());
    id[8..].copy_from_slice(&blake3::hash(core).as_bytes()[..24]);
    EventId(id)
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::body::Body;
    use crate::information::status::{NodeState, NodeStatus};
    use crate::unit::Millis;
    use ed25519_dalek::{Signer, SigningKey};

    pub(crate) fn key(seed: u8) -> SigningKey {
        SigningKey::from_bytes(&[seed; 32])
    }

    /// The public keys of the seeds 1 to 9, worked out once.
    pub(crate) fn device(seed: u8) -> DeviceKey {
        static KEYS: std::sync::OnceLock<Vec<DeviceKey>> = std::sync::OnceLock::new();
        KEYS.get_or_init(|| (0..10).map(|seed| DeviceKey(key(seed).verifying_key().to_bytes())).collect())[usize::from(seed)]
    }

    pub(crate) fn sign(core: &Core, seed: u8) -> Event {
        let bytes = core.to_bytes().unwrap();
        let signature = key(seed).sign(&signing_message(&bytes)).to_bytes();
        Event::from_parts(bytes, signature).unwrap()
    }

    pub(crate) fn core(seed: u8, sequence: u64, at: u64, body: Body) -> Core {
        Core {
            region: RegionId([1; 16]),
            mode: Mode::Real,
            activation: None,
            author: device(seed),
            sequence,
            clock: Clock::new(Millis(at), 0),
            node: "s001".parse().unwrap(),
            body,
            parts: Vec::new(),
        }
    }

    fn open() -> Body {
        Body::NodeStatus(NodeStatus { state: NodeState::Open, offers: Default::default(), replaces: Vec::new() })
    }

    #[test]
    fn a_signed_event_is_intact_and_any_changed_byte_breaks_it() {
        let event = sign(&core(1, 1, 5_000, open()), 1);
        assert!(event.is_intact());
        for at in 0..event.core_bytes().len() {
            let mut bytes = event.core_bytes().to_vec();
            bytes[at] ^= 1;
            if let Ok(changed) = Event::from_parts(bytes, *event.signature()) {
                assert!(!changed.is_intact(), "byte {at}");
                assert_ne!(changed.id, event.id, "byte {at}");
            }
        }
    }

    #[test]
    fn another_key_and_another_mode_break_the_signature() {
        let event = sign(&core(1, 1, 5_000, open()), 2);
        assert!(!event.is_intact());
        let drill = Core { mode: Mode::Drill(CheckWord([9; 5])), ..core(1, 1, 5_000, open()) };
        let real = Core { mode: Mode::Real, ..drill.clone() };
        let signature = *sign(&drill, 1).signature();
        assert!(!Event::from_parts(real.to_bytes().unwrap(), signature).unwrap().is_intact());
    }

    #[test]
    fn trailing_and_padded_bytes_are_refused() {
        let bytes = core(1, 1, 5_000, open()).to_bytes().unwrap();
        let trailing = [bytes.clone(), vec![0]].concat();
        assert!(Core::from_bytes(&trailing).is_err());
        // The sequence, 1, as a padded varint of two bytes.
        let at = 16 + 1 + 1 + 32;
        let padded = [&bytes[..at], &[0x81, 0x00], &bytes[at + 1..]].concat();
        assert!(Core::from_bytes(&padded).is_err());
        assert_eq!(Core::from_bytes(&vec![0; LONGEST_CORE + 1]), Err(Malformed::TooLong));
    }

    #[test]
    fn a_kind_from_a_newer_version_is_kept_whole() {
        let unknown = Body::Unknown { number: 999, bytes: vec![1, 2, 3] };
        let event = sign(&core(1, 1, 5_000, unknown.clone()), 1);
        assert!(event.is_intact());
        assert_eq!(event.core.body, unknown);
    }

    #[test]
    fn identifiers_sort_by_clock() {
        let early = sign(&core(1, 9, 1_000, open()), 1);
        let late = sign(&core(1, 1, 2_000, open()), 1);
        assert!(early.id < late.id);
        assert!(early.id.to_string() < late.id.to_string());
    }
}
