//! Checking in and out, and the fold that says who is there. Names are not here: they travel as a part (fields after ICS 211).

use crate::body::Body;
use crate::fold::{Judged, Scene, Statement, View, known, threads, view};
use crate::id::{DeviceKey, EventId, NodeId};
use crate::unit::Millis;
use enumset::{EnumSet, EnumSetType};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Who is checked in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Subject {
    /// The author of the event.
    Myself,
    /// Somebody without a phone of the mesh, whom nobody expected; the name is in the part.
    WalkUp,
}

/// What somebody does at the node.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Duty {
    /// In charge of the node.
    Lead,
    /// Receiving and registering people.
    Reception,
    /// First aid.
    FirstAid,
    /// Water, food and goods.
    Supplies,
    /// Notices and messages.
    Information,
    /// Building, power, cleaning.
    Facilities,
    /// Wherever a hand is needed.
    General,
}

impl Duty {
    /// All duties in the order of a form.
    pub const ALL: [Duty; 7] =
        [Self::General, Self::Reception, Self::FirstAid, Self::Supplies, Self::Information, Self::Facilities, Self::Lead];
}

/// What somebody can do.
#[derive(Debug, PartialOrd, Ord, Hash, EnumSetType, Serialize, Deserialize)]
#[enumset(serialize_repr = "list")]
#[serde(rename_all = "snake_case")]
pub enum Skill {
    /// Trained in first aid.
    FirstAid,
    /// Nurse, doctor, paramedic.
    Medical,
    /// 防災士: certified in disaster prevention.
    DisasterPrevention,
    /// Radio operator.
    Radio,
    /// Driver.
    Driving,
    /// Electrician, plumber, builder.
    Technical,
    /// Cooking for many.
    Cooking,
    /// Caring for children or the elderly.
    Care,
    /// Sign language.
    SignLanguage,
    /// Languages besides Mandarin.
    Languages,
}

/// Somebody starts duty.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckIn {
    /// Who.
    pub subject: Subject,
    /// As what.
    pub duty: Duty,
    /// Able to do what.
    pub skills: EnumSet<Skill>,
    /// The check-in that this one corrects.
    pub corrects: Option<EventId>,
}

/// Somebody ends duty.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckOut {
    /// The check-in that ends.
    pub check_in: EventId,
}

/// Somebody who is on duty at a node.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Presence {
    /// The check-in with which it began: what a check-out names, and where the part with the name is.
    pub check_in: EventId,
    /// Since when, by the author's clock.
    pub since: Millis,
    /// What is said of it now, corrections applied: usually one statement. By clock, then identifier; never empty.
    pub current: Vec<Statement<CheckIn>>,
}

impl Presence {
    /// What is shown at `now`, and what is said beside it.
    pub fn view(&self, now: Millis) -> Option<View<'_, CheckIn>> {
        view(&self.current, now)
    }

    /// Whether somebody vouches for it.
    pub fn is_verified(&self) -> bool {
        self.current.iter().any(Statement::is_verified)
    }
}

/// Who is on duty at each node: check-ins without a check-out, in the order of their clocks.
///
/// A check-in or a correction can end by a check-out of either, for which no fewer vouch. Somebody who checks in again at the same node
/// without having checked out is there once, since the later time.
pub fn presence<'a>(events: impl IntoIterator<Item = &'a Judged>, scene: Scene) -> BTreeMap<NodeId, Vec<Presence>> {
    let known = known(events, scene);
    let threads = threads(&known, |body| match body {
        Body::CheckIn(check_in) => Some((check_in, check_in.corrects)),
        _ => None,
    });
    let outs = check_outs(&known);
    let mut latest: BTreeMap<(NodeId, DeviceKey), EventId> = BTreeMap::new();
    let mut all: Vec<(Presence, bool)> = Vec::new();
    for thread in threads {
        let Some(root) = known.get(&thread.root) else { continue };
        // A correction that does not count is a claim about somebody who is on the list already, not one more person.
        if matches!(&root.event.core.body, Body::CheckIn(CheckIn { corrects: Some(id), .. }) if known.contains_key(id)) {
            continue;
        }
        if is_myself(root) {
            let key = (root.event.core.node.clone(), root.event.core.author);
            latest.entry(key).and_modify(|id| *id = thread.root.max(*id)).or_insert(thread.root);
        }
        let ended = thread
            .members
            .iter()
            .filter_map(|id| outs.get(id))
            .flatten()
            .any(|out| out.event.core.node == root.event.core.node && out.verdict.rank() <= root.verdict.rank());
        all.push((Presence { check_in: thread.root, since: thread.began.millis(), current: thread.current }, ended));
    }
    let mut present: BTreeMap<NodeId, Vec<Presence>> = BTreeMap::new();
    for (presence, ended) in all {
        let Some(root) = known.get(&presence.check_in) else { continue };
        let core = &root.event.core;
        let again = is_myself(root) && latest.get(&(core.node.clone(), core.author)).is_some_and(|&id| id > presence.check_in);
        if !ended && !again {
            present.entry(core.node.clone()).or_default().push(presence);
        }
    }
    present
}

fn is_myself(judged: &Judged) -> bool {
    matches!(&judged.event.core.body, Body::CheckIn(CheckIn { subject: Subject::Myself, .. }))
}

fn check_outs<'a>(known: &BTreeMap<EventId, &'a Judged>) -> BTreeMap<EventId, Vec<&'a Judged>> {
    let mut outs: BTreeMap<EventId, Vec<&Judged>> = BTreeMap::new();
    for &judged in known.values() {
        if let Body::CheckOut(out) = &judged.event.core.body {
            outs.entry(out.check_in).or_default().push(judged);
        }
    }
    outs
}

/// How many are on duty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HeadCount {
    /// All of them.
    pub total: usize,
    /// Those for whom somebody vouches.
    pub verified: usize,
    /// By what they do.
    pub by_duty: BTreeMap<Duty, usize>,
}

impl HeadCount {
    /// Of those on duty at one node, as seen at `now`.
    pub fn of(present: &[Presence], now: Millis) -> Self {
        let mut count = Self { total: present.len(), ..Self::default() };
        for presence in present {
            count.verified += usize::from(presence.is_verified());
            if let Some(view) = presence.view(now) {
                *count.by_duty.entry(view.first.statement.value.duty).or_default() += 1;
            }
        }
        count
    }
}

#[cfg(test)]
mod tests;
