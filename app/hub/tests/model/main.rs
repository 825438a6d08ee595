//! The model hub of sync's tests against the embedded hub: the same random questions to both, and the same answers, but for what is known to
//! differ (the embedded hub from CouchDB, which the model follows):
//!
//! - a hub's own revisions are made of other hashes, so of a head that was put only the generation is compared;
//! - who may not open a database is told so by another status, and in a batch row by row;
//! - rows and changes of one batch come in any order, and rows may stand for what landed;
//! - sequence values are numbers;
//! - a revision that was only ever named as an ancestor is known to CouchDB, and missing to the embedded hub;
//! - of a document that is there the embedded hub takes no other branch, and does not say so: each head of another hub has one here.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on should say so")]

#[path = "../../../sync/tests/simulation/chance.rs"]
mod chance;
#[path = "../common/mod.rs"]
mod common;
mod draw;
#[path = "../../../sync/tests/model/mod.rs"]
mod model;

use chance::Chance;
use civmesh_hub::embedded::EmbeddedHub;
use civmesh_sync::hub::{Method, Request};
use common::*;
use model::Couch;
use serde_json::{Value, json};
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

/// Questions to each pair of hubs, and pairs.
const QUESTIONS: usize = 300;
const SEEDS: u64 = 2;
const ENDS: &[&str] = &["public", "ops", "relay", "node-s001", "node-c001", "node-unlisted"];
const CALLERS: &[&str] = &["vol", "man", "man2", "coo", "rep", "nob", "nobody"];

/// Both hubs, and what was learnt of each.
struct Pair {
    embedded: EmbeddedHub,
    http: reqwest::Client,
    model: Couch,
    chance: Chance,
    /// Where each caller goes on in a database, at both.
    cursors: BTreeMap<(&'static str, &'static str), [Value; 2]>,
    /// Revisions of documents that were seen at both.
    revisions: Vec<(String, [Value; 2])>,
    /// Everything that was ever pushed: to be pushed again.
    pushed: Vec<Value>,
}

impl Pair {
    async fn start(seed: u64) -> Self {
        let model = Couch::new("model", || now().0);
        for end in ENDS {
            model.create(&database(end));
        }
        for (name, roles) in ACCOUNTS {
            let roles = roles.iter().map(|&role| role.to_owned()).collect();
            model.accounts.borrow_mut().insert((*name).to_owned(), (PASSWORD.to_owned(), roles));
        }
        Self {
            embedded: hub().await,
            http: civmesh_hub::couch::http().build().unwrap(),
            model,
            chance: Chance::new(seed),
            cursors: BTreeMap::new(),
            revisions: Vec::new(),
            pushed: Vec::new(),
        }
    }

    /// Asks both; what differs between them in the question stands in `bodies` or `paths`.
    async fn ask(&self, caller: &str, method: Method, paths: [&str; 2], bodies: [Option<Value>; 2]) -> [(u16, Value); 2] {
        let url = format!("{}{}", self.embedded.couch().base().as_str().trim_end_matches('/'), paths[0]);
        let mut request = match method {
            Method::Get => self.http.get(url),
            Method::Post => self.http.post(url),
            Method::Put => self.http.put(url),
        };
        if caller != "nobody" {
            request = request.basic_auth(caller, Some(PASSWORD));
        }
        let [first, second] = bodies;
        if let Some(body) = first {
            request = request.json(&body);
        }
        let answer = request.send().await.unwrap();
        let embedded = (answer.status().as_u16(), answer.json().await.unwrap_or_default());
        let session = RefCell::new((caller != "nobody").then(|| caller.to_owned()));
        let request = Request { method, path: paths[1].to_owned(), body: second.map(|body| body.to_string()), timeout: 0 };
        let answer = self.model.handle(&session, &request);
        [embedded, (answer.status, answer.json().unwrap_or_default())]
    }

    async fn same(&self, caller: &str, method: Method, path: &str, body: Option<Value>) -> [(u16, Value); 2] {
        self.ask(caller, method, [path, path], [body.clone(), body]).await
    }
}

/// What became of each document of a batch: the code of its refusal, or that it landed. A database that does not open refuses all.
fn fates((status, answer): &(u16, Value), docs: &[Value]) -> BTreeMap<String, String> {
    let rows = answer.as_array().map(Vec::as_slice).unwrap_or_default();
    let fate = |doc: &Value| {
        let row = rows.iter().find(|row| row["id"] == doc["_id"] && row["error"].is_string());
        match (status, row) {
            (401 | 403, _) => "closed".to_owned(),
            (_, Some(row)) if row["error"] == "unauthorized" => "closed".to_owned(),
            (_, Some(row)) => row["reason"].as_str().unwrap().split(':').next().unwrap().to_owned(),
            (200..300, None) => "landed".to_owned(),
            _ => panic!("{status} {answer}"),
        }
    };
    docs.iter().map(|doc| (doc["_id"].as_str().unwrap().to_owned(), fate(doc))).collect()
}

/// A refusal to open, or the status.
fn opens((status, _): &(u16, Value)) -> u16 {
    if matches!(status, 401 | 403) { 401 } else { *status }
}

/// A document without what a hub adds of its own. Of the revision of a head that was put, only the generation counts.
fn plain(document: &Value, was_put: bool) -> Value {
    let mut document = document.clone();
    if was_put && let Some(rev) = document["_rev"].as_str() {
        document["_rev"] = rev.split('-').next().unwrap().into();
    }
    document
}

impl Pair {
    async fn push(&mut self) {
        let (caller, end) = (*self.chance.pick(CALLERS), *self.chance.pick(ENDS));
        let mut docs: BTreeMap<String, Value> = BTreeMap::new();
        for _ in 0..self.chance.between(1, 6) {
            let doc = draw::document(&self.chance, &self.pushed, caller, end);
            docs.insert(doc["_id"].as_str().unwrap().to_owned(), doc);
        }
        let docs: Vec<Value> = docs.into_values().collect();
        let body = json!({ "new_edits": false, "docs": docs });
        let answers = self.same(caller, Method::Post, &format!("/{}/_bulk_docs", database(end)), Some(body)).await;
        let [embedded, model] = answers.map(|answer| fates(&answer, &docs));
        assert_eq!(embedded, model, "{caller} pushes to {end}: {docs:#?}");
        self.pushed.extend(docs.iter().filter(|doc| model[doc["_id"].as_str().unwrap()] == "landed").cloned());
    }

    /// Puts a head: after what stands there, after something else, or as if nothing did.
    async fn put(&mut self) {
        let (caller, account) = (*self.chance.pick(&["vol", "man", "man2", "coo", "nobody"]), *self.chance.pick(&["man", "man2"]));
        let head = with(event(account, "node_status", "s001", self.chance.below(9) as u32), json!({ "type": "head" }));
        let id = format!("head:s001:{account}");
        let path = format!("/{}/{id}", database("public"));
        let known: Vec<[Value; 2]> = self.revisions.iter().filter(|(of, _)| *of == id).map(|(_, revs)| revs.clone()).collect();
        let revs = match self.chance.below(4) {
            0 => [Value::Null, Value::Null],
            1 if !known.is_empty() => self.chance.pick(&known).clone(),
            _ => known.last().cloned().unwrap_or_default(),
        };
        let bodies = revs.map(|rev| Some(with(head.clone(), json!({ "_id": id, "_rev": rev }))));
        let [embedded, model] = self.ask(caller, Method::Put, [&path, &path], bodies).await;
        let code = |(status, answer): &(u16, Value)| match status {
            201 => (201, answer["rev"].as_str().unwrap().split('-').next().unwrap().to_owned()),
            403 => (403, answer["reason"].as_str().unwrap().split(':').next().unwrap().to_owned()),
            status => (*status, String::new()),
        };
        assert_eq!(code(&embedded), code(&model), "{caller} puts {id}: {embedded:?} {model:?}");
        if model.0 == 201 {
            self.revisions.push((id, [embedded.1["rev"].clone(), model.1["rev"].clone()]));
        }
    }

    async fn revs_diff(&self) {
        let (caller, end) = (*self.chance.pick(CALLERS), *self.chance.pick(ENDS));
        let mut question = json!({ "event:nowhere:nothing": ["1-00000000000000000000000000000000"] });
        for _ in 0..self.chance.below(8) {
            let doc = (!self.pushed.is_empty()).then(|| self.chance.pick(&self.pushed));
            if let Some(doc) = doc.filter(|doc| doc["_revisions"].is_null()) {
                let other = format!("2-{:032x}", self.chance.below(50));
                question[doc["_id"].as_str().unwrap()] = json!([doc["_rev"], other]);
            }
        }
        let answers = self.same(caller, Method::Post, &format!("/{}/_revs_diff", database(end)), Some(question.clone())).await;
        let missing = |answer: &(u16, Value)| match answer {
            (200, Value::Object(missing)) => {
                let revs = |entry: &Value| entry["missing"].as_array().unwrap().iter().map(Value::to_string).collect::<BTreeSet<_>>();
                missing.iter().map(|(id, entry)| (id.clone(), revs(entry))).collect::<BTreeMap<_, _>>()
            }
            other => BTreeMap::from([(opens(other).to_string(), BTreeSet::new())]),
        };
        assert_eq!(missing(&answers[0]), missing(&answers[1]), "{caller} asks {end} for {question}");
    }

    /// Reads on in a database, page by page to its end.
    async fn changes(&mut self) {
        let (caller, end, limit) = (*self.chance.pick(CALLERS), *self.chance.pick(ENDS), self.chance.between(1, 9));
        let from_the_start = self.chance.one_in(3);
        let mut cursors = self.cursors.get(&(caller, end)).filter(|_| !from_the_start).cloned().unwrap_or_default();
        let mut seen: [BTreeMap<String, Value>; 2] = Default::default();
        for at in 0..2 {
            loop {
                let since = match &cursors[at] {
                    Value::Null => String::new(),
                    Value::String(text) => format!("&since={}", text.replace('+', "%2B").replace('/', "%2F")),
                    number => format!("&since={number}"),
                };
                let path = format!("/{}/_changes?include_docs=true&limit={limit}&seq_interval={limit}{since}", database(end));
                let (status, page) = self.same_at(at, caller, &path).await;
                if opens(&(status, Value::Null)) == 401 {
                    seen[at].insert("closed".to_owned(), Value::Null);
                    break;
                }
                assert_eq!(status, 200, "{page}");
                cursors[at] = page["last_seq"].clone();
                let lines = page["results"].as_array().unwrap();
                for line in lines.iter().filter(|line| !line["id"].as_str().unwrap().starts_with('_')) {
                    let id = line["id"].as_str().unwrap();
                    let before = seen[at].insert(id.to_owned(), plain(&line["doc"], id.starts_with("head:s001:")));
                    assert_eq!(before, None, "{id} came twice");
                }
                if (lines.len() as u64) < limit {
                    break;
                }
            }
        }
        let [embedded, model] = seen;
        let ids: BTreeSet<&String> = embedded.keys().chain(model.keys()).collect();
        for id in ids {
            assert_eq!(embedded.get(id), model.get(id), "{caller} reads {end} in pages of {limit}: {id}");
        }
        self.cursors.insert((caller, end), cursors);
    }

    /// Reads from one of the two alone.
    async fn same_at(&self, at: usize, caller: &str, path: &str) -> (u16, Value) {
        let nothing = "/_session";
        let paths = if at == 0 { [path, nothing] } else { [nothing, path] };
        let [embedded, model] = self.ask(caller, Method::Get, paths, [None, None]).await;
        if at == 0 { embedded } else { model }
    }

    async fn read(&self) {
        let (caller, end) = (*self.chance.pick(CALLERS), *self.chance.pick(ENDS));
        let id = match self.chance.below(4) {
            0 => "head:s001:man".to_owned(),
            1.. if !self.pushed.is_empty() => self.chance.pick(&self.pushed)["_id"].as_str().unwrap().to_owned(),
            _ => "event:vol:none".to_owned(),
        };
        let answers = self.same(caller, Method::Get, &format!("/{}/{id}", database(end)), None).await;
        let [embedded, model] = answers.map(|answer| match answer {
            (200, document) => (200, plain(&document, id.starts_with("head:s001:"))),
            other => (opens(&other), Value::Null),
        });
        assert_eq!(embedded, model, "{caller} reads {id} in {end}");
    }

    async fn session(&self) {
        let caller = *self.chance.pick(CALLERS);
        let answers = self.same(caller, Method::Get, "/_session", None).await;
        let [embedded, model] =
            answers.map(|(status, answer)| (status, answer["userCtx"]["name"].clone(), answer["userCtx"]["roles"].clone()));
        assert_eq!(embedded, model);
        let password = *self.chance.pick(&[PASSWORD, "wrong", ""]);
        let body = json!({ "name": self.chance.pick(&["vol", "coo", "stranger"]), "password": password });
        let answers = self.same("nobody", Method::Post, "/_session", Some(body.clone())).await;
        let [embedded, model] =
            answers.map(|(status, answer)| (status, answer["name"].clone(), answer["roles"].clone(), answer["error"].clone()));
        assert_eq!(embedded, model, "{body}");
    }

    async fn information(&self) {
        let (caller, end) = (*self.chance.pick(CALLERS), *self.chance.pick(ENDS));
        let answers = self.same(caller, Method::Get, &format!("/{}", database(end)), None).await;
        let [embedded, model] =
            answers.map(|answer| (opens(&answer), answer.1["db_name"].clone(), answer.1["instance_start_time"].is_string()));
        assert_eq!(embedded, model, "{caller} asks what {end} is");
    }
}

#[tokio::test]
async fn the_model_hub_of_sync_answers_as_the_embedded_hub_does() {
    let mut landed = 0;
    for seed in 0..SEEDS {
        let mut pair = Pair::start(seed).await;
        for _ in 0..QUESTIONS {
            match pair.chance.below(12) {
                0..=4 => pair.push().await,
                5 | 6 => pair.put().await,
                7 => pair.revs_diff().await,
                8 | 9 => pair.changes().await,
                10 => pair.read().await,
                _ => {
                    pair.session().await;
                    pair.information().await;
                }
            }
        }
        landed += pair.pushed.len() + pair.revisions.len();
        pair.embedded.stop().await;
    }
    println!("{} questions, {landed} documents landed", SEEDS * QUESTIONS as u64);
    assert!(landed > 100, "{landed}");
}
