//! A model of CouchDB 3.4 as far as a phone and a neighbouring hub see it: accounts, sessions, databases, validation. It is a plain
//! state machine: whoever asks it brings the session, and how questions and answers travel is not its affair.
//!
//! The tests of a round put one phone's line before it, the simulation a whole network. `civmesh-hub` asks it and the embedded hub the
//! same, and compares the answers.
#![allow(dead_code, missing_docs, clippy::unwrap_used, clippy::panic, reason = "shared by tests, each of which uses its share")]

pub mod database;
pub mod validation;

use civmesh_domain::unit::Millis;
use civmesh_sync::hub::{Method, Request, Response};
use database::Db;
use serde_json::{Map, Value, json};
use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use validation::{Caller, Kinds, Refusal, is_member, validate};

type Poison = Box<dyn Fn(&Value) -> Option<(u16, Value)>>;
type Rule = Box<dyn Fn(&Value) -> Option<Value>>;

/// One hub.
pub struct Couch {
    pub databases: RefCell<BTreeMap<String, Db>>,
    /// Password and roles of each account.
    pub accounts: RefCell<BTreeMap<String, (String, Vec<String>)>>,
    /// The row that stands for a refusal besides those of the validation functions, if any.
    pub rule: RefCell<Rule>,
    /// Whether a document makes CouchDB refuse the whole batch, and how.
    pub poison: RefCell<Poison>,
    /// The kinds of event that its validation functions know.
    pub kinds: RefCell<Kinds>,
    /// PouchDB's server answers with a row for everything, in any order.
    pub chatty: Cell<bool>,
    pub integer_sequences: Cell<bool>,
    pub log_ins: Cell<usize>,
    /// What tells its sequence values from another hub's.
    name: String,
    born: Cell<u64>,
    now: Box<dyn Fn() -> u64>,
}

/// The databases of a hub as they once were.
pub type Backup = BTreeMap<String, Db>;

impl Couch {
    /// A hub without databases, whose clock is `now`.
    pub fn new(name: &str, now: impl Fn() -> u64 + 'static) -> Self {
        Self {
            databases: RefCell::default(),
            accounts: RefCell::default(),
            rule: RefCell::new(Box::new(|_| None)),
            poison: RefCell::new(Box::new(|_| None)),
            kinds: RefCell::default(),
            chatty: Cell::default(),
            integer_sequences: Cell::default(),
            log_ins: Cell::default(),
            name: name.to_owned(),
            born: Cell::default(),
            now: Box::new(now),
        }
    }

    /// Makes a database, anew where there was one.
    pub fn create(&self, name: &str) {
        self.born.set(self.born.get() + 1);
        self.databases.borrow_mut().insert(name.to_owned(), Db { born: self.born.get(), ..Db::default() });
    }

    /// What a back-up holds.
    pub fn back_up(&self) -> Backup {
        self.databases.borrow().clone()
    }

    /// Puts a back-up in the place of what is there, in databases made anew. What the region's authority published is published again.
    pub fn restore(&self, backup: &Backup) {
        for (name, old) in backup {
            self.born.set(self.born.get() + 1);
            let now = self.databases.borrow_mut().insert(name.clone(), Db { born: self.born.get(), ..old.clone() });
            let docs = now.into_iter().flat_map(|now| now.docs.into_values());
            let mut databases = self.databases.borrow_mut();
            let db = databases.get_mut(name).unwrap();
            docs.flat_map(|doc| doc.all_branches().collect::<Vec<_>>())
                .filter(|body| matches!(body["type"].as_str(), Some("credential" | "revocation" | "node")))
                .for_each(|body| db.push(&body));
        }
    }

    pub fn clock(&self) -> u64 {
        (self.now)()
    }

    /// Answers; `session` is the cookie that came with the question, and what the answer makes of it.
    pub fn handle(&self, session: &RefCell<Option<String>>, request: &Request) -> Response {
        let (path, query) = request.path.split_once('?').unwrap_or((&request.path, ""));
        let body: Value = request.body.as_ref().map(|body| serde_json::from_str(body).unwrap()).unwrap_or_default();
        let names: Vec<&str> = path.trim_start_matches('/').split('/').collect();
        match (request.method, names.as_slice()) {
            (Method::Get, ["_session"]) => {
                let (name, roles) = self.caller(session).map_or((Value::Null, vec![]), |(name, roles)| (name.into(), roles));
                self.answer(200, &json!({ "ok": true, "userCtx": { "name": name, "roles": roles } }))
            }
            (Method::Post, ["_session"]) => self.log_in(session, &body),
            (method, [name, rest @ ..]) => self.ask_database(self.caller(session), (method, name, rest), query, body),
            _ => panic!("{request:?}"),
        }
    }

    fn ask_database(&self, caller: Option<Caller>, what: (Method, &str, &[&str]), query: &str, body: Value) -> Response {
        let (method, name, rest) = what;
        let mut databases = self.databases.borrow_mut();
        let Some(db) = databases.get_mut(name) else { return self.error(404, "not_found", "Database does not exist.") };
        if !is_member(name, caller.as_ref()) {
            return match caller {
                None => self.error(401, "unauthorized", "You are not authorized to access this db."),
                Some(_) => self.error(403, "forbidden", "You are not allowed to access this db."),
            };
        }
        match (method, rest) {
            (Method::Get, []) => self.answer(200, &json!({ "db_name": name, "instance_start_time": self.instance(db) })),
            (Method::Post, ["_bulk_docs"]) => self.bulk_docs(db, name, caller.as_ref(), &body),
            (Method::Post, ["_revs_diff"]) => self.answer(200, &db.revs_diff(&body)),
            (Method::Get, ["_changes"]) => self.changes(db, query),
            (Method::Get, [id]) => match db.docs.get(*id) {
                Some(doc) if !doc.deleted => self.answer(200, &doc.body),
                Some(_) => self.error(404, "not_found", "deleted"),
                None => self.error(404, "not_found", "missing"),
            },
            (Method::Put, [id]) => self.put_document(db, name, caller.as_ref(), id, body),
            _ => panic!("{method:?} {name} {rest:?}"),
        }
    }

    fn answer(&self, status: u16, body: &Value) -> Response {
        Response { status, body: body.to_string(), date: Some(Millis(self.clock() / 1_000 * 1_000)) }
    }

    /// An answer that complains.
    pub fn error(&self, status: u16, error: &str, reason: &str) -> Response {
        self.answer(status, &json!({ "error": error, "reason": reason }))
    }

    fn caller(&self, session: &RefCell<Option<String>>) -> Option<Caller> {
        let name = session.borrow().clone()?;
        self.accounts.borrow().get(&name).map(|(_, roles)| (name.clone(), roles.clone()))
    }

    fn log_in(&self, session: &RefCell<Option<String>>, body: &Value) -> Response {
        self.log_ins.set(self.log_ins.get() + 1);
        let name = body["name"].as_str().unwrap();
        let account = self.accounts.borrow().get(name).cloned();
        match account {
            Some((password, roles)) if body["password"] == password => {
                *session.borrow_mut() = Some(name.to_owned());
                self.answer(200, &json!({ "ok": true, "name": name, "roles": roles }))
            }
            _ => {
                *session.borrow_mut() = None;
                self.error(401, "unauthorized", "Name or password is incorrect.")
            }
        }
    }

    fn refusal(&self, name: &str, doc: &Value, caller: Option<&Caller>) -> Option<Refusal> {
        validate(name, doc, caller, self.clock(), &self.kinds.borrow()).err()
    }

    fn bulk_docs(&self, db: &mut Db, name: &str, caller: Option<&Caller>, body: &Value) -> Response {
        assert_eq!(body["new_edits"], false);
        let docs = body["docs"].as_array().unwrap();
        assert!(docs.len() <= 1_000 && body.to_string().len() <= (1 << 20) + 1_000, "{} documents", docs.len());
        if let Some((status, body)) = docs.iter().find_map(|doc| (self.poison.borrow())(doc)) {
            return self.answer(status, &body);
        }
        let mut rows = Vec::new();
        for doc in docs {
            let (id, rev) = (doc["_id"].as_str().unwrap(), doc["_rev"].as_str().unwrap());
            match (self.rule.borrow())(doc).or_else(|| self.refusal(name, doc, caller).map(|refusal| refusal.row())) {
                Some(mut row) => {
                    (row["id"], row["rev"]) = (id.into(), rev.into());
                    rows.push(row);
                }
                None => {
                    db.push(doc);
                    if self.chatty.get() {
                        rows.push(json!({ "ok": true, "id": id, "rev": rev }));
                    }
                }
            }
        }
        if self.chatty.get() {
            rows.reverse();
            let middle = rows.len() / 2;
            rows.rotate_left(middle);
        }
        self.answer(201, &rows.into())
    }

    fn put_document(&self, db: &mut Db, name: &str, caller: Option<&Caller>, id: &str, mut body: Value) -> Response {
        body["_id"] = id.into();
        if let Some(refusal) = self.refusal(name, &body, caller) {
            let status = if refusal.error == "unauthorized" { 401 } else { 403 };
            return self.error(status, refusal.error, &refusal.reason);
        }
        match db.edit(id, body) {
            Some(rev) => self.answer(201, &json!({ "ok": true, "id": id, "rev": rev })),
            None => self.error(409, "conflict", "Document update conflict."),
        }
    }

    fn instance(&self, db: &Db) -> String {
        format!("{}{}", self.name, db.born)
    }

    fn sequence(&self, db: &Db, seq: u64) -> Value {
        if self.integer_sequences.get() { seq.into() } else { format!("{seq}-g1AAA+/{}", self.instance(db)).into() }
    }

    /// Where to go on from; `None` for what is no sequence. One of another database is from its beginning: CouchDB sees that by the
    /// database's identifier in it. Where sequences are numbers nobody sees it.
    fn since(&self, db: &Db, text: &str) -> Option<u64> {
        if self.integer_sequences.get() {
            return text.parse().ok();
        }
        let (number, opaque) = text.split_once("-g1AAA+/")?;
        let number = number.parse().ok()?;
        Some(if opaque == self.instance(db) { number } else { 0 })
    }

    fn changes(&self, db: &Db, query: &str) -> Response {
        let query: Map<String, Value> =
            query.split('&').filter_map(|pair| pair.split_once('=')).map(|(k, v)| (k.to_owned(), decoded(v).into())).collect();
        let since = match query.get("since").and_then(Value::as_str) {
            None => 0,
            Some(text) => match self.since(db, text) {
                Some(since) => since,
                None => return self.error(400, "bad_request", "Malformed sequence supplied in 'since' parameter."),
            },
        };
        let limit: usize = query.get("limit").and_then(Value::as_str).map_or(usize::MAX, |limit| limit.parse().unwrap());
        let lines = db.changes(since, limit);
        let last = lines.last().map_or(since.min(db.seq), |(_, doc)| doc.seq);
        let results: Vec<Value> = lines.iter().map(|(id, doc)| doc.line(id)).collect();
        self.answer(200, &json!({ "results": results, "last_seq": self.sequence(db, last), "pending": 0 }))
    }
}

fn decoded(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        let hex = (byte == b'%').then(|| after.get(..2).and_then(|hex| u8::from_str_radix(std::str::from_utf8(hex).ok()?, 16).ok()));
        match hex.flatten() {
            Some(decoded) => (bytes.push(decoded), rest = &after[2..]),
            None => (bytes.push(byte), rest = after),
        };
    }
    String::from_utf8(bytes).unwrap()
}
