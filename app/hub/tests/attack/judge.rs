//! The validation functions outside of any hub, so that many variants of them can be asked about every row.

use crate::common::*;
use crate::document::{document, sending};
use crate::table::{Row, Stopped, rows};
use civmesh_domain::routing::Database;
use civmesh_hub::database::all;
use civmesh_hub::validation::function;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

/// The functions of all databases, by the end of the database's name.
pub type Functions = BTreeMap<String, String>;

/// A document that a function is asked about, and what it should say.
#[derive(Clone, Debug)]
pub struct Question {
    pub what: String,
    pub expected: String,
    end: String,
    document: Value,
    who: String,
}

/// The functions as they are.
pub fn functions() -> Functions {
    let start = format!("civmesh-{REGION}-");
    let end = |database: &Database| database.to_string().trim_start_matches(&start).to_owned();
    all(REGION, &nodes()).iter().map(|database| (end(database), function(database))).collect()
}

/// What the table asks of functions, and what is honest and has to pass.
pub fn questions() -> Vec<Question> {
    let asked = |row: &Row| {
        let (_, end, words) = sending(row.with)?;
        let expected = match row.stopped {
            Stopped::Function => row.answer,
            // The hub takes it.
            Stopped::Reader => "ok",
            _ => return None,
        };
        let document = document(row.who, words);
        Some(Question { what: row.to_string(), expected: expected.to_owned(), end: end.to_owned(), document, who: row.who.to_owned() })
    };
    let more = HONEST.iter().map(|&(who, end, words)| (who, end, words, "ok")).chain(DOOR.iter().copied());
    rows().iter().filter_map(asked).chain(more.map(question)).collect()
}

/// What a function says where who may open the database at all was set wrong.
const DOOR: &[(&str, &str, &str, &str)] =
    &[("nob", "relay", "event nob report s001", "kind"), ("nob", "relay", "sealed nob person c001 60", "kind")];

/// What nobody may be kept from; without it, a function that refuses all would do.
const HONEST: &[(&str, &str, &str)] = &[
    ("vol", "ops", "event vol report s001"),
    ("vol", "ops", "event vol step_marked s001"),
    ("man", "ops", "event man node_status s001"),
    ("coo", "ops", "event coo node_status c001"),
    ("man", "ops", "forged drill"),
    ("vol", "ops", "full"),
    ("vol", "node-s001", "event vol check_in s001"),
    ("vol", "node-s001", "part vol photo s001"),
    ("vol", "node-s001", "part vol photo s001 {\"envelope\":\"A*700000\"}"),
    ("vol", "node-s001", "part vol photo s001 aged 29"),
    ("vol", "node-s001", "part vol person s001 aged 29"),
    ("vol", "node-s001", "part vol text s001 aged 89"),
    ("vol", "node-unlisted", "event vol check_out s001"),
    ("vol", "relay", "event vol check_in c001"),
    ("vol", "relay", "sealed vol person c001 60"),
    ("man", "relay", "sealed man text c001 9000"),
    ("rep", "relay", "sealed vol text c001 60"),
    ("coo", "node-c001", "part coo person c001"),
    ("man", "public", "head man s001"),
    ("man", "public", "head man s001 {\"_rev\":\"7-00000000000000000000000000000001\",\"_revisions\":{\"start\":7,\"ids\":[\"A*20000\"]}}"),
    ("coo", "public", "head man s001"),
    ("coo", "public", "event coo credential_issued region"),
    ("man", "public", "event man reading_key_issued s001"),
    ("rep", "ops", "event vol report c001"),
    ("rep", "ops", "event man kind-99 c001"),
    ("rep", "ops", "event man kind-99 c001 {\"kind\":\"of_later\"}"),
    ("rep", "ops", "event man check_in c001"),
    ("rep", "node-s001", "part vol person s001"),
    ("rep", "public", "head man s001"),
    ("coo", "ops", "event coo correction_settled s001"),
    ("vol", "ops", "event vol place_correction s001"),
    ("man", "ops", "event man place_checked s001"),
    ("coo", "ops", "event coo place_checked c001"),
    ("coo", "public", "agreed c001"),
    ("coo", "public", "event coo area_declared s001"),
    ("coo", "public", "event coo area_withdrawn c001"),
    ("vol", "relay", "event vol area_declared s001"),
    ("rep", "public", "agreed c001"),
    ("rep", "public", "credential"),
    ("rep", "public", "credential {\"_id\":\"node:s001\",\"type\":\"node\"}"),
    ("_admin", "ops", "grave vol report s001"),
];

fn question((who, end, words, expected): (&str, &str, &str, &str)) -> Question {
    let (what, document) = (format!("{who}: {words}"), document(who, words));
    Question { what, expected: expected.to_owned(), end: end.to_owned(), document, who: who.to_owned() }
}

/// What each variant of the functions says to each question.
pub fn ask(variants: &[Functions], questions: &[Question]) -> Vec<Vec<String>> {
    let user = |who: &str| match who {
        "inside" => json!({ "name": null, "roles": [] }),
        "_admin" => json!({ "name": "admin", "roles": ["_admin"] }),
        who => {
            let (name, roles) = ACCOUNTS.iter().find(|(name, _)| *name == who).unwrap();
            json!({ "name": name, "roles": roles })
        }
    };
    let rows: Vec<Value> =
        questions.iter().map(|asked| json!({ "database": asked.end, "document": asked.document, "user": user(&asked.who) })).collect();
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/attack/judge.mjs");
    let mut node = Command::new("node").arg(script).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let said = json!({ "variants": variants, "rows": rows }).to_string();
    let mut input = node.stdin.take().unwrap();
    let writing = std::thread::spawn(move || input.write_all(said.as_bytes()).unwrap());
    let output = node.wait_with_output().unwrap();
    writing.join().unwrap();
    assert!(output.status.success());
    serde_json::from_slice(&output.stdout).unwrap()
}

#[test]
fn outside_of_a_hub_the_functions_say_what_the_table_has_them_say() {
    let questions = questions();
    let answers = ask(&[functions()], &questions);
    let wrong = |(question, answer): (&Question, &String)| {
        (*answer != question.expected).then(|| format!("{}: {answer}, not {}", question.what, question.expected))
    };
    let wrong: Vec<String> = questions.iter().zip(&answers[0]).filter_map(wrong).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
