//! Corrections of the region's registry: anybody on duty says that a place is wrong, a coordinator accepts or declines, and what was
//! accepted is laid over the entry of the region's pack.
//!
//! # Layout
//! - this file: what is said, and the fold that finds what was agreed.
//! - [`overlay`]: entries with what was agreed laid over them.
//! - [`claim`]: what somebody without an account says, for staff to say it in their own name.
//! - [`document`]: the public document that tells everybody.
//! - [`sheet`]: entries for a spreadsheet (CSV) and for a map (GeoJSON), to be corrected elsewhere and built in again.

pub mod claim;
pub mod document;
pub mod overlay;
pub mod sheet;

use crate::body::Body;
use crate::fold::{Judged, Scene, Statement, known};
use crate::id::{EventId, NodeId};
use crate::unit::Place;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// What is wrong with a place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Wrong {
    /// It is somewhere else: here.
    Moved(Place),
    /// It is closed for good.
    Closed,
    /// It is the same place as another node.
    DuplicateOf(NodeId),
    /// There is no way in without steps.
    NotStepFree,
    /// There is a way in without steps.
    StepFree,
    /// Something else, in words.
    Other,
}

/// Somebody says that the registry's entry of the event's node is wrong. Words travel as a part, as with a report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlaceCorrection {
    /// What is wrong.
    pub wrong: Wrong,
}

/// How a correction was settled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Settlement {
    /// The registry is to say so.
    Accepted,
    /// The registry stays as it is.
    Declined,
}

/// A coordinator accepts or declines a correction of the event's node. A later settlement takes the place of an earlier one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CorrectionSettled {
    /// The correction.
    pub correction: EventId,
    /// What becomes of it.
    pub settlement: Settlement,
}

/// A correction with how it was settled last.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settled {
    /// What was said.
    pub correction: Statement<PlaceCorrection>,
    /// What became of it.
    pub settled: Statement<Settlement>,
}

/// How a node ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum End {
    /// It is closed for good.
    Closed,
    /// It is the same place as this one, which stays.
    DuplicateOf(NodeId),
}

/// What was agreed about one field of an entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change<T> {
    /// What it is now.
    pub value: T,
    /// The correction that said so.
    pub correction: EventId,
    /// The event that accepted it.
    pub settled: EventId,
}

/// What was agreed about one node, field by field; of several about one field the one that was accepted last.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Agreed {
    /// Where it is.
    pub place: Option<Change<Place>>,
    /// How it ended.
    pub end: Option<Change<End>>,
    /// Whether there is a way in without steps.
    pub step_free: Option<Change<bool>>,
}

/// The registry's corrections, as a set of events has them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Registry {
    /// What nobody entitled has settled yet, by node, then by clock.
    pub open: BTreeMap<NodeId, Vec<Statement<PlaceCorrection>>>,
    /// What was settled, by the clock of the settlement.
    pub settled: Vec<Settled>,
    /// What is laid over the pack's entries.
    pub agreed: BTreeMap<NodeId, Agreed>,
    /// The settlements that everybody has to know: acceptances, and what took one back.
    pub public: BTreeSet<EventId>,
}

/// All that was said and settled in this scene. A settlement counts if it is verified, so by somebody who may settle, and about the node
/// of the correction; whoever made the correction, its acceptance vouches for it.
pub fn registry<'a>(events: impl IntoIterator<Item = &'a Judged>, scene: Scene) -> Registry {
    let known = known(events.into_iter().filter(|judged| concerns(&judged.event.core.body)), scene);
    let mut settlements: BTreeMap<EventId, Vec<Statement<Settlement>>> = BTreeMap::new();
    for judged in known.values() {
        if let Body::CorrectionSettled(settled) = &judged.event.core.body {
            let statement = Statement::new(judged, settled.settlement);
            if statement.is_verified() {
                settlements.entry(settled.correction).or_default().push(statement);
            }
        }
    }
    let mut registry = Registry::default();
    for judged in known.values() {
        let Body::PlaceCorrection(correction) = &judged.event.core.body else { continue };
        let correction = Statement::new(judged, correction.clone());
        // In the order of identifiers, so by clock: the last one counts.
        let mut settled = settlements.remove(&correction.id).unwrap_or_default();
        settled.retain(|settled| settled.node == correction.node);
        registry.add(correction, settled);
    }
    registry.settled.sort_by_key(|settled| settled.settled.id);
    registry.agree();
    registry
}

/// Whether this kind of event corrects the registry: a phone holds thousands of others.
fn concerns(body: &Body) -> bool {
    matches!(body, Body::PlaceCorrection(_) | Body::CorrectionSettled(_))
}

impl Registry {
    fn add(&mut self, correction: Statement<PlaceCorrection>, settled: Vec<Statement<Settlement>>) {
        let was_accepted = settled.iter().any(|settled| settled.value == Settlement::Accepted);
        match settled.into_iter().next_back() {
            None => self.open.entry(correction.node.clone()).or_default().push(correction),
            Some(settled) => {
                if was_accepted {
                    self.public.insert(settled.id);
                }
                self.settled.push(Settled { correction, settled });
            }
        }
    }

    /// Lays what was accepted over one another, the last one on top.
    fn agree(&mut self) {
        let accepted = self.settled.iter().filter(|settled| settled.settled.value == Settlement::Accepted);
        for Settled { correction, settled } in accepted {
            let (node, ids) = (&correction.node, (correction.id, settled.id));
            match &correction.value.wrong {
                Wrong::Moved(place) if place.is_on_globe() => agreed(&mut self.agreed, node).place = change(*place, ids),
                Wrong::Closed => agreed(&mut self.agreed, node).end = change(End::Closed, ids),
                Wrong::DuplicateOf(other) if !leads_back(&self.agreed, other, node) => {
                    agreed(&mut self.agreed, node).end = change(End::DuplicateOf(other.clone()), ids);
                }
                Wrong::NotStepFree => agreed(&mut self.agreed, node).step_free = change(false, ids),
                Wrong::StepFree => agreed(&mut self.agreed, node).step_free = change(true, ids),
                Wrong::Moved(_) | Wrong::DuplicateOf(_) | Wrong::Other => {}
            }
        }
    }
}

fn agreed<'a>(all: &'a mut BTreeMap<NodeId, Agreed>, node: &NodeId) -> &'a mut Agreed {
    all.entry(node.clone()).or_default()
}

fn change<T>(value: T, (correction, settled): (EventId, EventId)) -> Option<Change<T>> {
    Some(Change { value, correction, settled })
}

/// Whether `other` is `node`, or was itself found to be: two nodes that are each the other would both be gone.
fn leads_back(all: &BTreeMap<NodeId, Agreed>, other: &NodeId, node: &NodeId) -> bool {
    let next = |at: &&NodeId| match all.get(*at)?.end.as_ref()?.value {
        End::DuplicateOf(ref next) => Some(next),
        End::Closed => None,
    };
    // No ring was let in, so this ends; the bound costs nothing.
    std::iter::successors(Some(other), next).take(all.len() + 1).any(|at| at == node)
}

#[cfg(test)]
mod tests;
