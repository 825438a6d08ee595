//! Hubs that hand on to each other what they have, as CouchDB's replicator does: changes, what is missing there, all branches with
//! `new_edits:false`, and the checkpoint when that was stored. Whatever becomes of a replicator, the checkpoints stay.

use crate::broken::Flaw;
use crate::scene::{DATABASES, Node, REPLICATOR, Scene};
use crate::world::database;
use civmesh_sync::hub::{Request, Response};
use serde_json::{Map, Value, json};
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

/// How far each direction is in each database.
pub type Checkpoints = RefCell<BTreeMap<(usize, usize, &'static str), u64>>;

/// Documents handed on at once.
const BATCH: usize = 7;

/// One direction between two hubs.
pub struct Replication {
    scene: Rc<Scene>,
    from: usize,
    to: usize,
}

impl Replication {
    pub fn all(scene: &Rc<Scene>) -> Vec<Self> {
        let hubs = scene.hubs.len();
        let pairs = (0..hubs).flat_map(|from| (0..hubs).map(move |to| (from, to))).filter(|(from, to)| from != to);
        pairs.map(|(from, to)| Self { scene: scene.clone(), from, to }).collect()
    }

    /// Goes on until the run calms down. Now and then it forgets how far it was.
    pub async fn go_on(self) {
        let scene = self.scene.clone();
        loop {
            scene.time.sleep(scene.chance.between(1_000, 40_000)).await;
            if scene.calm.get() {
                return;
            }
            if scene.chance.one_in(20) {
                scene.faults.count("replicators begun anew");
                scene.checkpoints.borrow_mut().retain(|&(from, to, _), _| (from, to) != (self.from, self.to));
            }
            self.once().await;
        }
    }

    /// Hands on all that is new.
    pub async fn once(&self) {
        for end in DATABASES {
            while self.hand_on(end).await {}
        }
    }

    /// Hands on a batch, and says whether there may be more.
    async fn hand_on(&self, end: &'static str) -> bool {
        let (scene, name, place) = (&self.scene, database(end), (self.from, self.to, end));
        if scene.is_cut(Node::Hub(self.from), Node::Hub(self.to)) {
            return false;
        }
        let since = scene.checkpoints.borrow().get(&place).copied().unwrap_or_default();
        let met = scene.restored.get();
        let changed = self.changed(&name, since);
        let Some((_, last)) = changed.last() else { return false };
        let last = *last;
        scene.time.sleep(scene.chance.between(5, 300)).await;
        let question: Map<String, Value> = changed.iter().flat_map(|(docs, _)| docs).fold(Map::new(), |mut question, doc| {
            let revs = question.entry(doc["_id"].as_str().unwrap()).or_insert_with(|| json!([]));
            revs.as_array_mut().unwrap().push(doc["_rev"].clone());
            question
        });
        let missing = self.ask(Request::post(format!("/{name}/_revs_diff"), Value::Object(question).to_string())).json().unwrap();
        let is_missing =
            |doc: &&Value| missing[doc["_id"].as_str().unwrap()]["missing"].as_array().is_some_and(|revs| revs.contains(&doc["_rev"]));
        let docs: Vec<&Value> = changed.iter().flat_map(|(docs, _)| docs).filter(is_missing).collect();
        scene.time.sleep(scene.chance.between(5, 300)).await;
        if !docs.is_empty() && !self.store(&name, &docs).await {
            if scene.flaw == Some(Flaw::ReplicationSkips) {
                scene.checkpoints.borrow_mut().insert(place, last);
            }
            return false;
        }
        // A checkpoint stands in the databases themselves, and with one of them it is gone.
        if scene.restored.get() != met {
            return false;
        }
        scene.checkpoints.borrow_mut().insert(place, last);
        true
    }

    /// The branches of what changed, and the sequence of each change.
    fn changed(&self, name: &str, since: u64) -> Vec<(Vec<Value>, u64)> {
        let databases = self.scene.hubs[self.from].couch.databases.borrow();
        databases[name].changes(since, BATCH).into_iter().map(|(_, doc)| (doc.all_branches().collect(), doc.seq)).collect()
    }

    /// Stores documents there; false where it is not known that this was done.
    async fn store(&self, name: &str, docs: &[&Value]) -> bool {
        let (scene, (from, to)) = (&self.scene, (self.scene.hubs[self.from].name, self.scene.hubs[self.to].name));
        let is_lost = !scene.calm.get() && scene.chance.one_in(scene.temper.network);
        let is_done = !is_lost || scene.chance.one_in(2);
        scene
            .note("hubs", format_args!("{from} → {to} {} documents to {}{}", docs.len(), &name[35..], if is_lost { ", lost" } else { "" }));
        if is_lost {
            scene.faults.count("lost batches between hubs");
        }
        if scene.is_cut(Node::Hub(self.from), Node::Hub(self.to)) {
            return false;
        }
        if is_done {
            let answer = self.ask(Request::post(format!("/{name}/_bulk_docs"), json!({ "new_edits": false, "docs": docs }).to_string()));
            for row in answer.json().unwrap().as_array().into_iter().flatten().filter(|row| row["error"].is_string()) {
                let id = row["id"].as_str().unwrap().to_owned();
                if row["reason"].as_str().is_some_and(|reason| reason.starts_with("expired:")) {
                    scene.truth.expired.borrow_mut().insert((self.to, id));
                } else {
                    scene.fail(format!("hub {to} did not take {id} from {from}: {}", row["reason"]));
                }
            }
        }
        !is_lost
    }

    fn ask(&self, request: Request) -> Response {
        self.scene.hubs[self.to].couch.handle(&RefCell::new(Some(REPLICATOR.to_owned())), &request)
    }
}
