//! What a batch of documents may hold. A hub asks its validation functions about ordinary documents only: `_local/…` and, in the embedded
//! hub, `_design/…` are stored as they come. In the embedded hub `_local/_security` says who may open the database.

use serde::Deserialize;
use std::borrow::Cow;

/// All that is looked at of a batch. A field that stands twice is refused: gate and hub could each take another one.
#[derive(Deserialize)]
struct Batch<'b> {
    new_edits: Option<bool>,
    #[serde(borrow)]
    docs: Vec<Named<'b>>,
}

/// A document, as far as its name goes.
#[derive(Deserialize)]
struct Named<'b> {
    #[serde(rename = "_id", borrow)]
    id: Cow<'b, str>,
}

/// Whether the hub may be given this body of `_bulk_docs`.
///
/// # Errors
/// Why not, in words for a log.
pub fn check(body: &[u8]) -> Result<(), &'static str> {
    // A compressed body ends here too; no phone sends one.
    let batch: Batch = serde_json::from_slice(body).map_err(|_| "The gate can't read this batch.")?;
    if batch.new_edits != Some(false) {
        // An edit of what is there already: events and parts are written once, with the revision that their content gives them.
        return Err("A batch brings what was written elsewhere: new_edits must be false.");
    }
    if batch.docs.iter().any(|document| document.id.starts_with('_')) {
        return Err("Documents of the hub itself are not written here.");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_phones_push_passes() {
        for body in [
            r#"{"new_edits":false,"docs":[]}"#,
            r#"{"docs":[{"_id":"event:a:B","_rev":"1-a","kind":{"x":[1]}}],"new_edits":false}"#,
            r#"{"new_edits":false,"docs":[{"_id":"event:\u0061:B"}]}"#,
        ] {
            assert_eq!(check(body.as_bytes()), Ok(()), "{body}");
        }
    }

    #[test]
    fn what_a_hub_would_take_without_asking_its_validation_function_does_not() {
        for body in [
            r#"{"new_edits":false,"docs":[{"_id":"_local/_security"}]}"#,
            r#"{"new_edits":false,"docs":[{"_id":"event:a:B"},{"_id":"_design/x"}]}"#,
            r#"{"new_edits":false,"docs":[{"_id":"\u005flocal/x"}]}"#,
            r#"{"new_edits":false,"docs":[{"\u005fid":"_local/x"}]}"#,
            r#"{"new_edits":false,"docs":[{"_id":"event:a:B","_id":"_local/x"}]}"#,
            r#"{"new_edits":false,"docs":[],"docs":[{"_id":"_local/x"}]}"#,
            r#"{"new_edits":false,"docs":[{}]}"#,
            r#"{"new_edits":true,"docs":[]}"#,
            r#"{"new_edits":false,"new_edits":true,"docs":[]}"#,
            r#"{"docs":[]}"#,
            r#"[]"#,
            "\u{1f}\u{8b}",
        ] {
            assert!(check(body.as_bytes()).is_err(), "{body}");
        }
    }
}
