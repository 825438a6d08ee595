//! The documents of the table: honest ones, with a field changed, or forged byte by byte.

use crate::common::*;
use crate::forge::forged;
use civmesh_domain::clock::Clock;
use civmesh_domain::event::Core;
use civmesh_domain::part::{PartKind, PartRef};
use civmesh_domain::unit::Millis;
use serde_json::{Value, json};

/// Splits `push DATABASE DOCUMENT` or `put DATABASE DOCUMENT`; `None` for what is a request or a phone's own affair.
pub fn sending(with: &str) -> Option<(&str, &str, &str)> {
    let (verb, rest) = with.split_once(' ')?;
    let (database, document) = rest.split_once(' ')?;
    matches!(verb, "push" | "put").then_some((verb, database, document))
}

/// The document that these words describe, as `who` makes it.
pub fn document(who: &str, words: &str) -> Value {
    let (words, changes) = words.split_once(" {").map_or((words, None), |(words, rest)| (words, Some(format!("{{{rest}"))));
    let words: Vec<&str> = words.split_whitespace().collect();
    let honest = match words[..] {
        ["event", account, kind, node] => event(account, kind, node, 1),
        ["grave", account, kind, node] => {
            json!({ "_id": event(account, kind, node, 1)["_id"], "_rev": "9-ffffffffffffffffffffffffffffffff", "_deleted": true })
        }
        ["part", account, kind, node] => part_of(account, &core("check_in", node, 1), kind_named(kind)),
        ["part", account, kind, node, "aged", days] => {
            let core = core("check_in", node, 1);
            let clock = Clock::new(Millis(core.clock.millis().0 - days.parse::<u64>().unwrap() * Millis::DAY), 0);
            part_of(account, &Core { clock, ..core }, kind_named(kind))
        }
        ["sealed", account, kind, node, bytes] => sealed(account, &core("check_in", node, 1), kind_named(kind), bytes.parse().unwrap()),
        ["head", account, node] => head(account, node),
        ["credential"] => credential(),
        ["agreed", node] => agreed(node, 1),
        // As long as a record can be: all that it holds are the hashes of parts.
        ["full"] => {
            let parts = vec![PartRef { kind: PartKind::Photo, hash: [8; 32] }; 245];
            delivery(who, &Core { parts, ..core("report", "s001", 24) })
        }
        ["forged", name] => forged(name, who),
        _ => panic!("no such document: {words:?}"),
    };
    let changes = changes.map_or_else(|| json!({}), |changes| repeated(serde_json::from_str(&changes).unwrap()));
    with(honest, changes)
}

fn kind_named(name: &str) -> PartKind {
    PartKind::ALL.into_iter().find(|kind| kind.name() == name).unwrap()
}

/// Writes out `A*9`, and `A*9B`.
fn repeated(value: Value) -> Value {
    match value {
        Value::String(text) => match text.split_once('*') {
            Some((letter, rest)) => {
                let digits = rest.chars().take_while(char::is_ascii_digit).count();
                Value::String(letter.repeat(rest[..digits].parse().unwrap()) + &rest[digits..])
            }
            None => Value::String(text),
        },
        Value::Object(fields) => fields.into_iter().map(|(name, value)| (name, repeated(value))).collect(),
        other => other,
    }
}
