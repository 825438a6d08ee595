//! A node's reading key: what its parts are sealed to. The public half is in an event that everybody reads, and beside it the secret half,
//! wrapped for each device of the node's staff.
//!
//! Which key is current is a fold over these events. Who has to be given a key, and when a new one is due, is in [`super::custody`].

use crate::body::Body;
use crate::fold::{Judged, Scene, known};
use crate::id::{EventId, NodeId, RegionId};
use crate::keyring::{KeyMark, Keyring, Wrapped};
use crate::personnel::trust::{Doubt, Verdict};
use crate::seal::{ReadingKey, ReadingSecret};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// The most wrapped secrets in one event: with them it is still shorter than [`crate::event::LONGEST_CORE`]. More go into further events
/// of the same key.
pub const MOST_WRAPPED: usize = 80;
const PURPOSE: &[u8] = b"civmesh reading key v1\n";

/// A reading key of the event's node, for some of those who hold it. Several events may give one key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadingKeyIssued {
    /// The public half.
    pub key: ReadingKey,
    /// The secret half, for each of these devices.
    pub wrapped: Vec<Wrapped>,
    /// Events whose keys are not to be used any more because of this one.
    pub replaces: Vec<EventId>,
}

/// A key of a node, as all verified events about it have it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NodeKey {
    /// The public half.
    pub key: ReadingKey,
    /// The earliest event that gives it.
    pub first: EventId,
    /// For whom it is wrapped.
    pub holders: BTreeSet<KeyMark>,
    /// Another key took its place: it opens what was sealed to it, and nothing more is sealed to it.
    pub replaced: bool,
}

/// The reading keys of a region's nodes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReadingKeys {
    // By the earliest event.
    nodes: BTreeMap<NodeId, Vec<NodeKey>>,
}

impl ReadingKeyIssued {
    /// The secret half wrapped for one device's `reader` key; `None` for a key that is none. `chance` is never used twice.
    pub fn wrap(secret: &ReadingSecret, place: (RegionId, &NodeId), reader: &ReadingKey, chance: &[u8; 32]) -> Option<Wrapped> {
        Wrapped::seal(reader, PURPOSE, &beside(place, &secret.public()?), &secret.to_bytes(), chance)
    }

    /// The secret half, if it is wrapped for a key in `keyring` and is that of the public one.
    pub fn open(&self, place: (RegionId, &NodeId), keyring: &Keyring) -> Option<ReadingSecret> {
        let secret = keyring.open(&self.wrapped, PURPOSE, &beside(place, &self.key))?;
        Some(ReadingSecret::from_bytes(secret)).filter(|secret| secret.public() == Some(self.key))
    }
}

/// What a wrapped secret is bound to: it is of no use as that of another node or key.
fn beside((region, node): (RegionId, &NodeId), key: &ReadingKey) -> Vec<u8> {
    [region.0.as_slice(), &key.0, node.as_str().as_bytes()].concat()
}

impl ReadingKeys {
    /// The keys that verified events give. It depends on the set of events only.
    pub fn of<'a>(events: impl IntoIterator<Item = &'a Judged>, scene: Scene) -> Self {
        let known = known(events, scene);
        let issued: BTreeMap<EventId, (&NodeId, &ReadingKeyIssued)> = known
            .values()
            .filter(|judged| judged.verdict == Verdict::Verified)
            .filter_map(|judged| Some((judged.event.id, (&judged.event.core.node, issued(judged)?))))
            .collect();
        let mut keys = Self::default();
        for (&id, (node, given)) in &issued {
            keys.add(id, node, given);
        }
        for (node, given) in issued.values() {
            // Only a key of the same node is replaced, and none by itself.
            let named = given.replaces.iter().filter_map(|id| issued.get(id)).filter(|(of, old)| of == node && old.key != given.key);
            named.for_each(|(_, old)| keys.replace(node, &old.key));
        }
        keys
    }

    fn add(&mut self, id: EventId, node: &NodeId, given: &ReadingKeyIssued) {
        let keys = self.nodes.entry(node.clone()).or_default();
        let holders = given.wrapped.iter().map(|wrapped| wrapped.to);
        match keys.iter_mut().find(|known| known.key == given.key) {
            Some(known) => known.holders.extend(holders),
            None => keys.push(NodeKey { key: given.key, first: id, holders: holders.collect(), replaced: false }),
        }
    }

    fn replace(&mut self, node: &NodeId, key: &ReadingKey) {
        let keys = self.nodes.get_mut(node).into_iter().flatten();
        keys.filter(|known| known.key == *key).for_each(|known| known.replaced = true);
    }

    /// The keys of a node that no other replaced, the earliest first. More than one where two phones made one at the same time.
    pub fn unreplaced(&self, node: &NodeId) -> impl Iterator<Item = &NodeKey> {
        self.nodes.get(node).into_iter().flatten().filter(|key| !key.replaced)
    }

    /// The key to which parts for this node are sealed now. Of several it is the earliest, so that one that comes late changes nothing.
    pub fn current(&self, node: &NodeId) -> Option<&NodeKey> {
        self.unreplaced(node).next()
    }
}

/// `own` secrets, and those of nodes that are wrapped for them: of keys that were replaced too, and of keys by somebody who was revoked since,
/// because there are parts that were sealed to them.
pub fn keyring<'a>(events: impl IntoIterator<Item = &'a Judged>, scene: Scene, own: Keyring) -> Keyring {
    let mut keyring = own.clone();
    let may_count = |verdict| matches!(verdict, Verdict::Verified | Verdict::Unverified(Doubt::Revoked));
    for judged in known(events, scene).into_values().filter(|judged| may_count(judged.verdict)) {
        let Some(issued) = issued(judged).filter(|issued| keyring.secret_of(&issued.key).is_none()) else { continue };
        let core = &judged.event.core;
        issued.open((core.region, &core.node), &own).into_iter().for_each(|secret| keyring.add(secret));
    }
    keyring
}

fn issued(judged: &Judged) -> Option<&ReadingKeyIssued> {
    match &judged.event.core.body {
        Body::ReadingKeyIssued(issued) => Some(issued),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
