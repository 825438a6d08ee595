//! What comes from outside never makes a decoder panic, and what a decoder accepts it writes back as the same bytes.

#![allow(clippy::unwrap_used, reason = "a test; the lint only knows functions marked as tests")]

use civmesh_domain::body::Body;
use civmesh_domain::clock::Clock;
use civmesh_domain::delivery::{Delivery, PartDelivery};
use civmesh_domain::event::{Core, Event, Mode};
use civmesh_domain::id::{Account, CheckWord, DeviceKey, EventId, RegionId};
use civmesh_domain::part::{Content, Envelope, Part, PartKind, PartRef};
use civmesh_domain::sop::run::{Answer, Mark, StepMarked};
use proptest::collection::vec;
use proptest::prelude::*;
use serde_json::Value;

fn core() -> Core {
    let marked = StepMarked {
        run: EventId([5; 32]),
        step: "gas-off".parse().unwrap(),
        mark: Mark::Done(Answer::Count(300)),
        replaces: vec![CheckWord([7; 5])],
    };
    Core {
        region: RegionId([1; 16]),
        mode: Mode::Drill(CheckWord([2; 5])),
        activation: Some(CheckWord([3; 5])),
        author: DeviceKey([4; 32]),
        sequence: 300,
        clock: Clock(5 << 16),
        node: "s001".parse().unwrap(),
        body: Body::StepMarked(marked),
        parts: vec![PartRef { kind: PartKind::Text, hash: [6; 32] }],
    }
}

fn account() -> Account {
    "seat-1".parse().unwrap()
}

/// `bytes` with some bytes changed, and cut or lengthened.
fn damaged(bytes: Vec<u8>) -> impl Strategy<Value = Vec<u8>> {
    let longest = bytes.len() + 8;
    (vec((any::<prop::sample::Index>(), any::<u8>()), 0..4), 0..longest).prop_map(move |(changes, length)| {
        let mut bytes = bytes.clone();
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        if length % 2 == 0 {
            bytes.resize(length, 0);
        }
        bytes
    })
}

fn json() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        "\\PC{0,60}".prop_map(Value::from)
    ]
}

proptest! {
    #[test]
    fn cores(bytes in prop_oneof![vec(any::<u8>(), 0..400), damaged(core().to_bytes().unwrap())]) {
        if let Ok(core) = Core::from_bytes(&bytes) {
            prop_assert_eq!(core.to_bytes(), Ok(bytes.clone()));
        }
        if let Ok(event) = Event::from_parts(bytes.clone(), [0; 64]) {
            prop_assert!(!event.is_intact());
            prop_assert_eq!(event.core_bytes(), &bytes);
        }
    }

    #[test]
    fn envelopes(bytes in prop_oneof![
        vec(any::<u8>(), 0..200),
        damaged(Envelope::Plain(Content { salt: [1; 16], bytes: vec![2; 40] }).to_bytes().unwrap()),
    ]) {
        if let Some(envelope) = Envelope::from_bytes(&bytes) {
            prop_assert_eq!(envelope.to_bytes(), Ok(bytes));
        }
    }

    #[test]
    fn deliveries(field in any::<prop::sample::Index>(), value in json(), drop: bool, core in damaged(core().to_bytes().unwrap())) {
        let event = Event::from_parts(self::core().to_bytes().unwrap(), [0; 64]).unwrap();
        let mut document = serde_json::to_value(Delivery::of(&event, &account())).unwrap();
        let fields = document.as_object_mut().unwrap();
        let name = fields.keys().nth(field.index(fields.len())).unwrap().clone();
        if drop {
            fields.remove(&name);
        } else {
            fields.insert(name.clone(), value.clone());
        }
        // Only the revision is not in the bytes, because heads have the hub's.
        if let Ok(read) = Delivery::read(document.clone()) {
            prop_assert_eq!((read, name.as_str()), (event.clone(), "_rev"));
        }
        document["core"] = civmesh_domain::text::to_base64url(&core).into();
        let _ = Delivery::read(document);
        let _ = Delivery::read(value);
    }

    #[test]
    fn parts(field in any::<prop::sample::Index>(), value in json(), bytes in vec(any::<u8>(), 0..80)) {
        let envelope = Envelope::Plain(Content { salt: [1; 16], bytes });
        let part = Part { event: EventId([1; 32]), index: 0, kind: PartKind::Photo, envelope };
        let mut document = serde_json::to_value(PartDelivery::of(&part, &"s001".parse().unwrap(), &account())).unwrap();
        prop_assert_eq!(PartDelivery::read(document.clone()), Ok(part));
        let fields = document.as_object_mut().unwrap();
        let name = fields.keys().nth(field.index(fields.len())).unwrap().clone();
        fields.insert(name, value.clone());
        let _ = PartDelivery::read(document);
        let _ = PartDelivery::read(value);
    }

    #[test]
    fn identifiers(text in prop_oneof!["\\PC{0,60}", "[0-9A-Za-z]{1,54}"]) {
        if let Ok(id) = text.parse::<EventId>() {
            prop_assert_eq!(id.to_string().parse::<EventId>(), Ok(id));
        }
        if let Ok(clock) = text.parse::<Clock>() {
            prop_assert_eq!(clock.to_string().len(), 13);
        }
        let _ = text.parse::<Account>();
    }
}
