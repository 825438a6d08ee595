//! A phone's line to a model hub, with faults on demand.

use super::{REGION, database};
use crate::model::Couch;
use civmesh_store::record::OutboxKey;
use civmesh_sync::hub::{Hub, Request, Response, Unreachable};
use serde_json::Value;
use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::ops::Deref;
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

/// A model hub, and the line of one phone to it.
pub struct ModelHub {
    couch: Couch,
    /// Who is logged in on the phone's side: the cookie.
    pub session: RefCell<Option<String>>,
    /// Sessions end after so many requests.
    pub session_lasts: Cell<Option<usize>>,
    pub faults: RefCell<BTreeMap<usize, Fault>>,
    pub log: RefCell<Vec<String>>,
    pub fast_by: Rc<Cell<i64>>,
    used: Cell<usize>,
}

impl Deref for ModelHub {
    type Target = Couch;
    fn deref(&self) -> &Couch {
        &self.couch
    }
}

impl ModelHub {
    pub fn new(now: &Rc<Cell<u64>>) -> Self {
        let (now, fast_by) = (now.clone(), Rc::new(Cell::new(0)));
        let ahead = fast_by.clone();
        let couch = Couch::new("hub", move || now.get().saturating_add_signed(ahead.get()));
        for name in ["public", "ops", "relay", "node-s001", "node-s002", "node-s003", "node-unlisted"] {
            couch.create(&database(name));
        }
        Self {
            couch,
            session: RefCell::default(),
            session_lasts: Cell::default(),
            faults: RefCell::default(),
            log: RefCell::default(),
            fast_by,
            used: Cell::default(),
        }
    }

    pub fn seat(&self, account: &str, hub_roles: &[&str]) {
        let entry = (format!("password of {account}"), super::roles(hub_roles));
        self.accounts.borrow_mut().insert(account.to_owned(), entry);
    }

    pub fn requests(&self) -> usize {
        self.log.borrow().len()
    }

    pub fn asked(&self, what: &str) -> usize {
        self.log.borrow().iter().filter(|line| line.contains(what)).count()
    }

    /// Puts a document there as replication or another phone would.
    pub fn put(&self, name: &str, mut body: Value) {
        if body["_rev"].is_null() {
            body["_rev"] = "1-aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa".into();
        }
        self.databases.borrow_mut().get_mut(&database(name)).unwrap().push(&body);
    }

    pub fn delete(&self, name: &str, id: &str) {
        self.databases.borrow_mut().get_mut(&database(name)).unwrap().delete(id);
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
            None => Ok(self.couch.handle(&self.session, &request)),
            Some(Fault::LostRequest) => lost(),
            Some(Fault::LostAnswer) => {
                self.couch.handle(&self.session, &request);
                lost()
            }
            Some(Fault::Status(status)) => Ok(self.error(status, "trouble", "of some kind")),
            Some(Fault::Body(body)) => Ok(Response { body: body.to_owned(), ..self.couch.handle(&self.session, &request) }),
            Some(Fault::Captive) => Ok(Response { status: 200, body: "<html>Welcome! Sign in.</html>".to_owned(), date: None }),
        }
    }
}
