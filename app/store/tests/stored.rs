//! What small records look like on the phone. A change here is a change of what phones in the field hold: it needs a migration.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, reason = "tests, which the lint does not recognise here")]

use civmesh_domain::clock::Clock;
use civmesh_domain::id::{DeviceKey, EventId, RegionId};
use civmesh_domain::text::Text;
use civmesh_domain::unit::Millis;
use civmesh_store::record::{AuthorState, Document, Fate, OutboxKey, OutboxRow, PackNote, Receipt};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::json;
use std::fmt::Debug;

const EVENT: EventId = EventId([1; 32]);
const EVENT_TEXT: &str = "040G2081040G2081040G2081040G2081040G2081040G2081040G";
const REGION: RegionId = RegionId([2; 16]);
const REGION_TEXT: &str = "081040g2081040g2081040g208";

fn check<T: Serialize + DeserializeOwned + PartialEq + Debug>(record: T, stored: &str) {
    assert_eq!(serde_json::to_string(&record).unwrap(), stored);
    assert_eq!(serde_json::from_str::<T>(stored).unwrap(), record);
}

#[test]
fn rows_of_the_outbox() {
    let row = |part, fate| OutboxRow { key: OutboxKey { event: EVENT, part }, region: REGION, fate, attempts: 3, next_try: Millis(9) };
    let stored = |part: &str, fate: &str| {
        format!(r#"{{"key":{{"event":"{EVENT_TEXT}","part":{part}}},"region":"{REGION_TEXT}","fate":{fate},"attempts":3,"next_try":9}}"#)
    };
    check(row(None, Fate::Waiting), &stored("null", r#""waiting""#));
    check(row(Some(7), Fate::Sending), &stored("7", r#""sending""#));
    let refused = Fate::Refused { code: "node".to_owned(), reason: "not your node".to_owned(), at: Millis(8) };
    check(row(None, refused), &stored("null", r#"{"refused":{"code":"node","reason":"not your node","at":8}}"#));
}

#[test]
fn receipts_states_documents_and_notes() {
    let key = OutboxKey { event: EVENT, part: None };
    let receipt = Receipt { key, at: Millis(8), database: "d".to_owned() };
    check(receipt, &format!(r#"{{"key":{{"event":"{EVENT_TEXT}","part":null}},"at":8,"database":"d"}}"#));

    let state = AuthorState { sequence: u64::MAX, clock: Clock(1) };
    check(state, r#"{"sequence":18446744073709551615,"clock":"0000000000002"}"#);

    let document = Document { database: "d".to_owned(), id: "node:a".to_owned(), body: json!({ "x": [1] }), received: Millis(8) };
    check(document, r#"{"database":"d","id":"node:a","body":{"x":[1]},"received":8}"#);

    let name = Text::new("練習島", "Exercise Island");
    let note = PackNote { region: REGION, name, authority: DeviceKey([3; 32]), version: 1, bytes: 2, received: Millis(8) };
    let authority = DeviceKey([3; 32]);
    let stored = format!(
        r#"{{"region":"{REGION_TEXT}","name":{{"zh":"練習島","en":"Exercise Island"}},"authority":"{authority}","version":1,"bytes":2,"received":8}}"#
    );
    check(note, &stored);
}
