//! The validation functions, put together from the files in `validation/`: one frame with
//! what reads the bytes of an event, and one body for every kind of database.

use crate::database::rules;
use civmesh_domain::routing::{Database, Realm};
use serde_json::{Value, json};

/// The identifier of the design document that holds the function.
pub const DESIGN_DOCUMENT: &str = "_design/civmesh";

const FRAME: &str = include_str!("../validation/frame.js");
const CORE: &str = include_str!("../validation/core.js");
const PUBLIC: &str = include_str!("../validation/public.js");
const OPS: &str = include_str!("../validation/ops.js");
const PART: &str = include_str!("../validation/part.js");
const NODE: &str = include_str!("../validation/node.js");
const RELAY: &str = include_str!("../validation/relay.js");

/// The text of a database's validation function. It begins with `function`, because pouchdb-server puts `return` before it.
pub fn function(database: &Database) -> String {
    let body = match database.realm() {
        Realm::Public => PUBLIC.to_owned(),
        Realm::Ops => OPS.to_owned(),
        Realm::Node => [PART, NODE].join("\n"),
        Realm::Relay => [PART, RELAY].join("\n"),
    };
    let frame = FRAME.replace("__RULES__", &rules(database).to_string()).replace("__CORE__", CORE.trim());
    frame.replace("__BODY__", body.trim()).trim().to_owned()
}

/// The design document of a database, without identifier and revision.
pub fn design_document(database: &Database) -> Value {
    json!({ "language": "javascript", "validate_doc_update": function(database) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use civmesh_domain::id::RegionId;

    #[test]
    fn functions_are_whole_and_plain() {
        for database in crate::database::all(RegionId([7; 16]), &["s001".parse().unwrap()]) {
            let text = function(&database);
            assert!(text.starts_with("function (doc, old, user) {") && text.ends_with('}'), "{database}");
            assert!(!text.contains("__"), "a placeholder is left in the function of {database}");
            // ES5, and no look at the document before: both would work in one place and fail in another.
            for word in ["=>", "let ", "const ", "`", "old.", "old["] {
                let code = text.lines().filter(|line| !line.trim_start().starts_with("//"));
                assert!(code.clone().all(|line| !line.contains(word)), "{word} in the function of {database}");
            }
        }
    }
}
