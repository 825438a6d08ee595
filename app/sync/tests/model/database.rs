//! A database: documents with their branches of revisions, as CouchDB keeps them.

use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// One document. What is read of it is the branch that wins.
#[derive(Clone, Debug, Default)]
pub struct Stored {
    pub body: Value,
    pub deleted: bool,
    pub seq: u64,
    /// How often a write changed it.
    pub writes: usize,
    leaves: Vec<Leaf>,
    /// All revisions that there ever were.
    known: BTreeSet<String>,
}

/// The end of a branch, with what went before it, the newest first.
#[derive(Clone, Debug)]
struct Leaf {
    path: Vec<String>,
    body: Value,
    deleted: bool,
}

#[derive(Clone, Debug, Default)]
pub struct Db {
    pub docs: BTreeMap<String, Stored>,
    pub seq: u64,
    pub(super) born: u64,
}

impl Leaf {
    fn rev(&self) -> &str {
        &self.path[0]
    }

    /// CouchDB's order, the same on every hub: what is not deleted, the longer branch, the greater hash.
    fn rank(&self) -> (bool, u32, &str) {
        let (generation, hash) = self.rev().split_once('-').unwrap();
        (!self.deleted, generation.parse().unwrap(), hash)
    }

    /// The document as one hub hands it to another: with its ancestry.
    fn with_ancestry(&self) -> Value {
        let mut body = self.body.clone();
        let hashes: Vec<&str> = self.path.iter().map(|rev| rev.split_once('-').unwrap().1).collect();
        body["_revisions"] = json!({ "start": self.rank().1, "ids": hashes });
        body
    }
}

impl Stored {
    fn add(&mut self, path: Vec<String>, body: Value, deleted: bool) {
        self.leaves.retain(|leaf| !path.iter().any(|rev| rev == leaf.rev()));
        self.known.extend(path.iter().cloned());
        self.leaves.push(Leaf { path, body, deleted });
        self.leaves.sort_by(|one, other| one.rank().cmp(&other.rank()));
        let wins = self.leaves.last().unwrap();
        (self.body, self.deleted) = (wins.body.clone(), wins.deleted);
        self.writes += 1;
    }

    /// How many branches there are.
    pub fn branches(&self) -> usize {
        self.leaves.len()
    }

    /// The ends of its branches, the one that wins last.
    pub fn revisions(&self) -> Vec<&str> {
        self.leaves.iter().map(Leaf::rev).collect()
    }

    /// All branches, as they are handed to another hub.
    pub fn all_branches(&self) -> impl Iterator<Item = Value> {
        self.leaves.iter().map(Leaf::with_ancestry)
    }

    /// Its line in the changes feed.
    pub fn line(&self, id: &str) -> Value {
        let changes = json!([{ "rev": self.body["_rev"] }]);
        match self.deleted {
            true => json!({ "seq": null, "id": id, "deleted": true, "changes": changes, "doc": { "_id": id, "_deleted": true } }),
            false => json!({ "seq": null, "id": id, "changes": changes, "doc": self.body }),
        }
    }
}

impl Db {
    /// Takes in a document with the revision that it has, as `new_edits:false` does. A revision that was ever here changes nothing.
    pub fn push(&mut self, doc: &Value) {
        let mut body = doc.clone();
        let ancestry = body.as_object_mut().unwrap().remove("_revisions");
        let rev = body["_rev"].as_str().unwrap().to_owned();
        let path = ancestry.map_or_else(|| vec![rev.clone()], |ancestry| read_path(&ancestry));
        assert_eq!(path[0], rev);
        let deleted = body["_deleted"] == true;
        self.store(body["_id"].as_str().unwrap().to_owned(), path, body, deleted);
    }

    /// Edits a document in place; `None` where the revision in `body` is not the end of a branch.
    pub fn edit(&mut self, id: &str, mut body: Value) -> Option<String> {
        let leaves = self.docs.get(id).map(|doc| doc.leaves.as_slice()).unwrap_or_default();
        let parent = match body["_rev"].as_str() {
            Some(rev) => Some(leaves.iter().find(|leaf| leaf.rev() == rev && !leaf.deleted)?),
            None if leaves.iter().all(|leaf| leaf.deleted) => leaves.last(),
            None => return None,
        };
        let generation = parent.map_or(0, |leaf| leaf.rank().1) + 1;
        // As CouchDB does it: the same edit on two hubs has the same revision.
        let hash = blake3::hash(body.to_string().as_bytes());
        let rev = format!("{generation}-{}", data_encoding::HEXLOWER.encode(&hash.as_bytes()[..16]));
        let path = std::iter::once(rev.clone()).chain(parent.map(|leaf| leaf.path.clone()).unwrap_or_default()).collect();
        body["_rev"] = rev.clone().into();
        self.store(id.to_owned(), path, body, false);
        Some(rev)
    }

    /// Deletes a document, as the server's administrator can.
    pub fn delete(&mut self, id: &str) {
        let leaf = self.docs[id].leaves.last().unwrap().clone();
        let rev = format!("{}-dddddddddddddddddddddddddddddddd", leaf.rank().1 + 1);
        let path = std::iter::once(rev.clone()).chain(leaf.path).collect();
        self.store(id.to_owned(), path, json!({ "_id": id, "_rev": rev, "_deleted": true }), true);
    }

    fn store(&mut self, id: String, path: Vec<String>, body: Value, deleted: bool) {
        let doc = self.docs.entry(id).or_default();
        if doc.known.contains(&path[0]) {
            return;
        }
        self.seq += 1;
        doc.add(path, body, deleted);
        doc.seq = self.seq;
    }

    /// What changed after `since`, the oldest change first.
    pub fn changes(&self, since: u64, limit: usize) -> Vec<(&String, &Stored)> {
        let mut lines: Vec<(&String, &Stored)> = self.docs.iter().filter(|(_, doc)| doc.seq > since).collect();
        lines.sort_by_key(|(_, doc)| doc.seq);
        lines.truncate(limit);
        lines
    }

    pub fn revs_diff(&self, question: &Value) -> Value {
        let mut missing = Map::new();
        for (id, revs) in question.as_object().unwrap() {
            let knows = |rev: &Value| self.docs.get(id).is_some_and(|doc| rev.as_str().is_some_and(|rev| doc.known.contains(rev)));
            let unknown: Vec<&Value> = revs.as_array().unwrap().iter().filter(|rev| !knows(rev)).collect();
            if !unknown.is_empty() {
                missing.insert(id.clone(), json!({ "missing": unknown }));
            }
        }
        missing.into()
    }
}

fn read_path(ancestry: &Value) -> Vec<String> {
    let start = ancestry["start"].as_u64().unwrap();
    let hashes = ancestry["ids"].as_array().unwrap().iter().map(|hash| hash.as_str().unwrap());
    (1..=start).rev().zip(hashes).map(|(generation, hash)| format!("{generation}-{hash}")).collect()
}
