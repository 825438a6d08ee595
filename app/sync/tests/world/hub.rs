//! A model of CouchDB 3.4 as far as a phone sees it, with faults on demand.

use super::{REGION, database};
use civmesh_domain::unit::Millis;
use civmesh_store::record::OutboxKey;
use civmesh_sync::hub::{Hub, Method, Request, Response, Unreachable};
use serde_json::{Map, Value, json};
use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

/// What can go wrong with one request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// It never arrives.
    LostRequest,
    /// It arrives and is done, and the answer is lost.
    LostAnswer,
    /// It is not done; an answer with this status comes.
    Status(u16),
    /// It is done; the answer has this body instead of its own.
    Body(&'static str),
    /// It never arrives; the sign-in page of a public network answers.
    Captive,
}

pub const FAULTS: &[Fault] = &[
    Fault::LostRequest,
    Fault::LostAnswer,
    Fault::Status(500),
    Fault::Status(503),
    Fault::Status(401),
    Fault::Status(413),
    Fault::Status(429),
    Fault::Status(400),
    Fault::Status(403),
    Fault::Status(404),
    Fault::Body("}{ nonsense"),
    Fault::Body("{\"ok\":true}"),
    Fault::Body(""),
    Fault::Captive,
];

#[derive(Clone, Debug, Default)]
pub struct Stored {
    pub body: Value,
    pub revs: Vec<String>,
    pub deleted: bool,
    seq: u64,
    /// How often a write changed it.
    pub writes: usize,
}

#[derive(Clone, Debug, Default)]
pub struct Db {
    pub docs: BTreeMap<String, Stored>,
    pub seq: u64,
    born: u64,
}

type Poison = Box<dyn Fn(&Value) -> Option<(u16, Value)>>;
type Rule = Box<dyn Fn(&Value) -> Option<Value>>;

pub struct ModelHub {
    pub databases: RefCell<BTreeMap<String, Db>>,
    pub accounts: RefCell<BTreeMap<String, (String, Vec<String>)>>,
    /// Who is logged in on the phone's side: the cookie.
    pub session: RefCell<Option<String>>,
    /// Sessions end after so many requests.
    pub session_lasts: Cell<Option<usize>>,
    pub faults: RefCell<BTreeMap<usize, Fault>>,
    pub log: RefCell<Vec<String>>,
    pub log_ins: Cell<usize>,
    /// The row that the validation function throws, if any.
    pub rule: RefCell<Rule>,
    /// Whether a document makes CouchDB refuse the whole batch, and how.
    pub poison: RefCell<Poison>,
    /// PouchDB's server answers with a row for everything, in any order.
    pub chatty: Cell<bool>,
    pub integer_sequences: Cell<bool>,
    pub fast_by: Cell<i64>,
    now: Rc<Cell<u64>>,
    used: Cell<usize>,
}

impl ModelHub {
    pub fn new(now: &Rc<Cell<u64>>) -> Self {
        let hub = Self {
            databases: RefCell::default(),
            accounts: RefCell::default(),
            session: RefCell::default(),
            session_lasts: Cell::default(),
            faults: RefCell::default(),
            log: RefCell::default(),
            log_ins: Cell::default(),
            rule: RefCell::new(Box::new(|_| None)),
            poison: RefCell::new(Box::new(|_| None)),
            chatty: Cell::default(),
            integer_sequences: Cell::default(),
            fast_by: Cell::new(0),
            now: now.clone(),
            used: Cell::default(),
        };
        for name in ["public", "ops", "relay", "node-s001", "node-s002", "node-s003", "node-unlisted"] {
            hub.create(&database(name));
        }
        hub
    }

    pub fn create(&self, name: &str) {
        let born = self.used.get() as u64 + 1;
        self.databases.borrow_mut().insert(name.to_owned(), Db { born, ..Db::default() });
    }

    pub fn seat(&self, account: &str, hub_roles: &[&str]) {
        let entry = (format!("password of {account}"), super::roles(hub_roles));
        self.accounts.borrow_mut().insert(account.to_owned(), entry);
    }

    pub fn clock(&self) -> u64 {
        self.now.get().saturating_add_signed(self.fast_by.get())
    }

    pub fn requests(&self) -> usize {
        self.log.borrow().len()
    }

    pub fn asked(&self, what: &str) -> usize {
        self.log.borrow().iter().filter(|line| line.contains(what)).count()
    }

    /// Puts a document there as replication or another phone would.
    pub fn put(&self, name: &str, body: Value) {
        let mut databases = self.databases.borrow_mut();
        let db = databases.get_mut(&database(name)).unwrap();
        let rev = body["_rev"].as_str().unwrap_or("1-aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa").to_owned();
        db.store(body["_id"].as_str().unwrap().to_owned(), rev, body);
    }

    pub fn delete(&self, name: &str, id: &str) {
        let mut databases = self.databases.borrow_mut();
        let db = databases.get_mut(&database(name)).unwrap();
        db.seq += 1;
        let seq = db.seq;
        let doc = db.docs.get_mut(id).unwrap();
        (doc.deleted, doc.seq) = (true, seq);
        doc.revs.push("2-dddddddddddddddddddddddddddddddd".to_owned());
    }

    pub fn has(&self, name: &str, key: &OutboxKey) -> bool {
        let ending = match key.part {
            None => format!(":{}", key.event),
            Some(index) => format!(":{}:{index}", key.event),
        };
        self.databases.borrow()[name].docs.keys().any(|id| id.ends_with(&ending))
    }

    /// All documents of these events and parts, in all databases but the heads: database, identifier, how often written.
    pub fn copies(&self, key: &OutboxKey) -> Vec<(String, usize)> {
        let names: Vec<String> = self.databases.borrow().keys().cloned().collect();
        let writes = |name: &String| {
            let databases = self.databases.borrow();
            let ending = key.part.map_or_else(|| format!(":{}", key.event), |index| format!(":{}:{index}", key.event));
            databases[name].docs.iter().find(|(id, _)| id.ends_with(&ending)).map(|(_, doc)| doc.writes)
        };
        names.iter().filter_map(|name| writes(name).map(|writes| (name.clone(), writes))).collect()
    }

    pub fn doc(&self, name: &str, id: &str) -> Option<Value> {
        self.databases.borrow()[&database(name)].docs.get(id).map(|doc| doc.body.clone())
    }

    fn answer(&self, status: u16, body: &Value) -> Response {
        Response { status, body: body.to_string(), date: Some(Millis(self.clock() / 1_000 * 1_000)) }
    }

    fn error(&self, status: u16, error: &str, reason: &str) -> Response {
        self.answer(status, &json!({ "error": error, "reason": reason }))
    }

    fn caller(&self) -> Option<(String, Vec<String>)> {
        let name = self.session.borrow().clone()?;
        self.accounts.borrow().get(&name).map(|(_, roles)| (name.clone(), roles.clone()))
    }

    fn handle(&self, request: &Request) -> Response {
        let (path, query) = request.path.split_once('?').unwrap_or((&request.path, ""));
        let body: Value = request.body.as_ref().map(|body| serde_json::from_str(body).unwrap()).unwrap_or_default();
        let names: Vec<&str> = path.trim_start_matches('/').split('/').collect();
        match (request.method, names.as_slice()) {
            (Method::Get, ["_session"]) => {
                let (name, roles) = self.caller().map_or((Value::Null, vec![]), |(name, roles)| (name.into(), roles));
                self.answer(200, &json!({ "ok": true, "userCtx": { "name": name, "roles": roles } }))
            }
            (Method::Post, ["_session"]) => self.log_in(&body),
            (method, [name, rest @ ..]) => {
                let is_public = name.ends_with("-public");
                if self.caller().is_none() && (!is_public || method != Method::Get) {
                    return self.error(401, "unauthorized", "You are not authorized to access this db.");
                }
                let mut databases = self.databases.borrow_mut();
                let Some(db) = databases.get_mut(*name) else {
                    return self.error(404, "not_found", "Database does not exist.");
                };
                match (method, rest) {
                    (Method::Get, []) => self.answer(200, &json!({ "db_name": name, "instance_start_time": db.born.to_string() })),
                    (Method::Post, ["_bulk_docs"]) => self.bulk_docs(db, &body),
                    (Method::Post, ["_revs_diff"]) => self.answer(200, &db.revs_diff(&body)),
                    (Method::Get, ["_changes"]) => self.changes(db, query),
                    (Method::Get, [id]) => match db.docs.get(*id) {
                        Some(doc) if !doc.deleted => self.answer(200, &doc.body),
                        _ => self.error(404, "not_found", "missing"),
                    },
                    (Method::Put, [id]) => self.put_head(db, id, body),
                    _ => panic!("{request:?}"),
                }
            }
            _ => panic!("{request:?}"),
        }
    }

    fn log_in(&self, body: &Value) -> Response {
        self.log_ins.set(self.log_ins.get() + 1);
        let name = body["name"].as_str().unwrap();
        let account = self.accounts.borrow().get(name).cloned();
        match account {
            Some((password, roles)) if body["password"] == password => {
                *self.session.borrow_mut() = Some(name.to_owned());
                self.answer(200, &json!({ "ok": true, "name": name, "roles": roles }))
            }
            _ => self.error(401, "unauthorized", "Name or password is incorrect."),
        }
    }

    fn bulk_docs(&self, db: &mut Db, body: &Value) -> Response {
        assert_eq!(body["new_edits"], false);
        let docs = body["docs"].as_array().unwrap();
        assert!(docs.len() <= 1_000 && body.to_string().len() <= (1 << 20) + 1_000, "{} documents", docs.len());
        if let Some((status, body)) = docs.iter().find_map(|doc| (self.poison.borrow())(doc)) {
            return self.answer(status, &body);
        }
        let account = self.caller().map(|(name, _)| name);
        let mut rows = Vec::new();
        for doc in docs {
            let (id, rev) = (doc["_id"].as_str().unwrap(), doc["_rev"].as_str().unwrap());
            let mine = account.as_ref().is_some_and(|account| id.split(':').nth(1) == Some(account.as_str()));
            let thrown = (self.rule.borrow())(doc).or_else(|| {
                (!mine).then(|| json!({ "error": "forbidden", "reason": "account: this document belongs to another account" }))
            });
            match thrown {
                Some(mut row) => {
                    (row["id"], row["rev"]) = (id.into(), rev.into());
                    rows.push(row);
                }
                None => {
                    db.store(id.to_owned(), rev.to_owned(), doc.clone());
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

    fn put_head(&self, db: &mut Db, id: &str, mut body: Value) -> Response {
        let there = db.docs.get(id).filter(|doc| !doc.deleted).and_then(|doc| doc.revs.last().cloned());
        if there.as_deref() != body["_rev"].as_str() {
            return self.error(409, "conflict", "Document update conflict.");
        }
        let generation = there.map_or(0, |rev| rev.split('-').next().unwrap().parse::<u32>().unwrap()) + 1;
        let rev = format!("{generation}-{:032x}", db.seq + 1);
        body["_rev"] = rev.clone().into();
        body["_id"] = id.into();
        db.store(id.to_owned(), rev.clone(), body);
        self.answer(201, &json!({ "ok": true, "id": id, "rev": rev }))
    }

    fn sequence(&self, seq: u64) -> Value {
        if self.integer_sequences.get() { seq.into() } else { format!("{seq}-g1AAA+/{seq}").into() }
    }

    fn changes(&self, db: &Db, query: &str) -> Response {
        let query: Map<String, Value> =
            query.split('&').filter_map(|pair| pair.split_once('=')).map(|(k, v)| (k.to_owned(), v.into())).collect();
        let since = match query.get("since").and_then(Value::as_str) {
            None => 0,
            Some(since) => match since.split('-').next().unwrap().parse::<u64>() {
                Ok(since) if self.integer_sequences.get() || since_is_ours(query["since"].as_str().unwrap(), since) => since,
                _ => return self.error(400, "bad_request", "Malformed sequence supplied in 'since' parameter."),
            },
        };
        let limit: usize = query.get("limit").and_then(Value::as_str).map_or(usize::MAX, |limit| limit.parse().unwrap());
        let mut lines: Vec<(&String, &Stored)> = db.docs.iter().filter(|(_, doc)| doc.seq > since).collect();
        lines.sort_by_key(|(_, doc)| doc.seq);
        lines.truncate(limit);
        let last = lines.last().map_or(since.min(db.seq), |(_, doc)| doc.seq);
        let results: Vec<Value> = lines
            .iter()
            .map(|(id, doc)| match doc.deleted {
                true => json!({ "seq": null, "id": id, "deleted": true, "changes": [], "doc": { "_id": id, "_deleted": true } }),
                false => json!({ "seq": null, "id": id, "changes": [], "doc": doc.body }),
            })
            .collect();
        self.answer(200, &json!({ "results": results, "last_seq": self.sequence(last), "pending": 0 }))
    }
}

fn since_is_ours(encoded: &str, since: u64) -> bool {
    encoded == format!("{since}-g1AAA%2B%2F{since}")
}

impl Db {
    fn store(&mut self, id: String, rev: String, body: Value) {
        let doc = self.docs.entry(id).or_default();
        if doc.revs.contains(&rev) {
            return;
        }
        self.seq += 1;
        doc.revs.push(rev);
        doc.writes += 1;
        (doc.seq, doc.body, doc.deleted) = (self.seq, body, false);
    }

    fn revs_diff(&self, question: &Value) -> Value {
        let mut missing = Map::new();
        for (id, revs) in question.as_object().unwrap() {
            let known = self.docs.get(id).map(|doc| doc.revs.clone()).unwrap_or_default();
            let unknown: Vec<&Value> = revs.as_array().unwrap().iter().filter(|rev| !known.iter().any(|known| *rev == known)).collect();
            if !unknown.is_empty() {
                missing.insert(id.clone(), json!({ "missing": unknown }));
            }
        }
        missing.into()
    }
}

impl Hub for ModelHub {
    async fn send(&self, request: Request) -> Result<Response, Unreachable> {
        let at = self.used.get();
        self.used.set(at + 1);
        self.log.borrow_mut().push(format!("{:?} {}", request.method, request.path.replace(&REGION.to_string(), "r")));
        if let Some(left) = self.session_lasts.get() {
            self.session_lasts.set(left.checked_sub(1));
            if left == 0 {
                *self.session.borrow_mut() = None;
            }
        }
        let lost = || Err(Unreachable("the network went away".to_owned()));
        let fault = self.faults.borrow().get(&at).copied();
        match fault {
            None => Ok(self.handle(&request)),
            Some(Fault::LostRequest) => lost(),
            Some(Fault::LostAnswer) => {
                self.handle(&request);
                lost()
            }
            Some(Fault::Status(status)) => Ok(self.error(status, "trouble", "of some kind")),
            Some(Fault::Body(body)) => Ok(Response { body: body.to_owned(), ..self.handle(&request) }),
            Some(Fault::Captive) => Ok(Response { status: 200, body: "<html>Welcome! Sign in.</html>".to_owned(), date: None }),
        }
    }
}
