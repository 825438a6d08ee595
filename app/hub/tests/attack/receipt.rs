//! Answers that claim to be receipts. A row leaves a phone's outbox on a hub's own word only.

use crate::common::phone::Phone;
use crate::common::*;
use civmesh_sync::hub::{Hub, Method, Request, Response, Unreachable};
use serde_json::{Value, json};
use std::cell::Cell;

/// Something that answers like a hub, but for what it says to what is pushed.
struct Impostor {
    to_batches: Option<(u16, &'static str)>,
    to_differences: Option<&'static str>,
    asked: Cell<usize>,
}

impl Hub for Impostor {
    async fn send(&self, request: Request) -> Result<Response, Unreachable> {
        let answer = |status: u16, body: &str| Ok(Response { status, body: body.to_owned(), date: Some(now()) });
        let path = request.path.as_str();
        match request.method {
            _ if path == "/_session" => {
                let session = json!({ "ok": true, "name": "vol", "userCtx": { "name": "vol", "roles": ["volunteer", "node:s001"] } });
                answer(200, &session.to_string())
            }
            _ if path.ends_with("/_bulk_docs") => {
                self.asked.set(self.asked.get() + 1);
                let lost = || Err(Unreachable("the answer is lost".to_owned()));
                self.to_batches.map_or_else(lost, |(status, body)| answer(status, body))
            }
            _ if path.ends_with("/_revs_diff") => {
                let question: Value = serde_json::from_str(&request.body.unwrap_or_default()).unwrap();
                // A real hub has what was sent, and says of what no hub has that it is missing.
                let honest: Value = json!({ "event:nowhere:nothing": { "missing": question["event:nowhere:nothing"] } });
                answer(200, &self.to_differences.map_or_else(|| honest.to_string(), str::to_owned))
            }
            Method::Get if path.contains("/_changes") => answer(200, r#"{"results":[],"last_seq":1}"#),
            _ => answer(200, r#"{"db_name":"x","instance_start_time":"1"}"#),
        }
    }
}

/// Writes a record, syncs twice with an impostor, and says whether the record still waits.
pub async fn attempt(name: &str) -> String {
    const NOTHING_IS_MISSING: &str = "{}";
    let (to_batches, to_differences) = match name {
        "receipt-from-a-page" => (Some((200, "<html>Welcome! You are online.</html>")), Some("<html>Welcome!</html>")),
        "receipt-of-nothing" => (Some((204, "")), Some("")),
        "receipt-without-rows" => (Some((201, r#"{"ok":true}"#)), Some(r#"{"ok":true}"#)),
        "receipt-of-a-difference" => (None, Some(NOTHING_IS_MISSING)),
        "receipt-of-nameless-rows" => (Some((201, r#"[{"error":"forbidden","reason":"no"}]"#)), Some(NOTHING_IS_MISSING)),
        "receipt-honest" => (Some((201, "[]")), None),
        "receipt-of-a-true-difference" => (None, None),
        _ => panic!("nobody tries {name}"),
    };
    let hub = Impostor { to_batches, to_differences, asked: Cell::default() };
    let phone = Phone::of("vol");
    phone.write(body("report"), 0).await;
    for _ in 0..2 {
        phone.sync_with(&hub).await;
    }
    assert!(hub.asked.get() > 0, "nothing was pushed");
    match phone.waiting_and_received().await {
        (1, 0) => "waits".to_owned(),
        (0, 1) => "received".to_owned(),
        other => format!("{other:?}"),
    }
}
