//! What the hub's answer to a batch says of each of its documents. Rows are judged by their identifier, never by their place.

use crate::hub::{Complaint, Response};
use serde_json::Value;
use std::collections::BTreeMap;

/// What the hub says of one document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Row {
    /// It has it.
    Landed,
    /// It will not take it.
    Refused { code: String, reason: String },
    /// It takes the caller for somebody else, or for nobody.
    SignIn,
    /// It could not, this time.
    Again,
}

/// What the hub says of a batch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// Row by row. With `new_edits:false` a document that is not mentioned has landed.
    Rows(BTreeMap<String, Row>),
    /// Something in the batch makes the hub refuse all of it, and nothing of it was stored.
    Poisoned(Poison),
    /// Nobody knows what became of it.
    Unsure,
    /// The seat may not write here at all.
    Closed(String),
    /// The hub is not well; the status says how.
    Unwell(u16),
}

/// What the hub says is wrong with a poisoned batch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Poison {
    /// `malformed` or `size`.
    pub(crate) code: &'static str,
    /// The hub's words.
    pub(crate) reason: String,
    /// Whether these are words that CouchDB has for a bad document, and not those of something before it.
    pub(crate) is_certain: bool,
    /// The document that the hub names.
    pub(crate) names: Option<String>,
}

/// Judges the answer to `_bulk_docs`. A receipt is a 201 or 202 with an array: the sign-in page of a public network gives neither.
pub(crate) fn judge(response: &Response) -> Verdict {
    let complaint = response.complaint();
    match response.status {
        201 | 202 => match response.json() {
            Some(Value::Array(rows)) => judge_rows(&rows),
            _ => Verdict::Unsure,
        },
        200..300 => Verdict::Unsure,
        400 if complaint.is_some() => Verdict::Poisoned(poison("malformed", complaint)),
        413 => Verdict::Poisoned(poison("size", complaint)),
        403 => match complaint {
            Some(complaint) if !complaint.is_lock_out() => Verdict::Closed(complaint.reason),
            _ => Verdict::Unwell(403),
        },
        status => Verdict::Unwell(status),
    }
}

fn poison(code: &'static str, complaint: Option<Complaint>) -> Poison {
    let Complaint { error, reason } = complaint.unwrap_or(Complaint { error: String::new(), reason: String::new() });
    let is_certain = matches!(error.as_str(), "illegal_docid" | "bad_request" | "doc_validation");
    let names = (error == "document_too_large").then(|| reason.clone());
    let reason = if error.is_empty() { reason } else { format!("{error}: {reason}") };
    Poison { code, reason, is_certain, names }
}

fn judge_rows(rows: &[Value]) -> Verdict {
    let mut judged = BTreeMap::new();
    for row in rows {
        match (row.get("id").and_then(Value::as_str), Complaint::of(row)) {
            (Some(id), complaint) => {
                judged.insert(id.to_owned(), judge_row(complaint));
            }
            // A row that fails and does not say whose it is could be anybody's.
            (None, _) => return Verdict::Unsure,
        }
    }
    Verdict::Rows(judged)
}

fn judge_row(complaint: Option<Complaint>) -> Row {
    let Some(complaint) = complaint else { return Row::Landed };
    match complaint.error.as_str() {
        "unauthorized" => Row::SignIn,
        "forbidden" if complaint.is_lock_out() => Row::Again,
        "forbidden" => Row::Refused { code: code_of(&complaint.reason).to_owned(), reason: complaint.reason },
        _ => Row::Again,
    }
}

/// The code before the colon in "code: sentence".
pub(crate) fn code_of(reason: &str) -> &str {
    let code = reason.split_once(": ").map_or("", |(code, _)| code);
    if matches!(code, "account" | "kind" | "node" | "shape" | "size" | "deleted" | "expired") { code } else { "other" }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(status: u16, body: &str) -> Verdict {
        judge(&Response { status, body: body.to_owned(), date: None })
    }

    #[test]
    fn only_a_201_or_202_with_an_array_is_a_receipt() {
        for (status, body) in [(201, "[]"), (202, "[]\n")] {
            assert_eq!(answer(status, body), Verdict::Rows(BTreeMap::new()), "{status} {body}");
        }
        for (status, body) in [(200, "[]"), (201, ""), (201, "<html>"), (201, "{}"), (201, "{\"ok\":true}"), (201, "null"), (204, "")] {
            assert_eq!(answer(status, body), Verdict::Unsure, "{status} {body}");
        }
        assert_eq!(answer(201, r#"[{"error":"forbidden","reason":"x"}]"#), Verdict::Unsure);
    }

    #[test]
    fn codes_are_read_from_the_reason_and_only_known_ones() {
        for (reason, code) in [
            ("kind: this seat may not", "kind"),
            ("kind not allowed", "other"),
            ("expired: a photo is kept for 30 days", "expired"),
            ("note: x", "other"),
            ("", "other"),
        ] {
            assert_eq!(code_of(reason), code, "{reason}");
        }
    }

    #[test]
    fn a_400_that_is_not_the_hubs_says_nothing_about_a_document() {
        assert_eq!(answer(400, "<html>Bad Request</html>"), Verdict::Unwell(400));
        assert!(matches!(answer(400, r#"{"error":"doc_validation","reason":"x"}"#), Verdict::Poisoned(_)));
    }
}
