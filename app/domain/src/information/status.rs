//! A node's status: what it is and offers now. Bands instead of counts, because everybody can read it.

use crate::body::Body;
use crate::event::Event;
use crate::fold::{Judged, Scene, Statement, known, unreplaced, view};
use crate::id::{CheckWord, DeviceKey, EventId, NodeId};
use crate::personnel::trust::Verdict;
use crate::spatial::node::{Facts, Offer};
use crate::unit::Millis;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What a node is now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NodeState {
    /// Open; there is room.
    Open,
    /// Open; little room is left.
    NearlyFull,
    /// No room; help at the door only.
    Full,
    /// Closed.
    Closed,
    /// Do not come: the place itself is dangerous.
    Unsafe,
}

impl NodeState {
    /// All states in the order of a form.
    pub const ALL: [NodeState; 5] = [Self::Open, Self::NearlyFull, Self::Full, Self::Closed, Self::Unsafe];

    /// Whether somebody can be sent there.
    pub fn takes_people(self) -> bool {
        matches!(self, Self::Open | Self::NearlyFull)
    }
}

/// What a node is and offers now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NodeStatus {
    /// What it is.
    pub state: NodeState,
    /// What it offers and does not.
    pub offers: Facts<Offer>,
    /// The statuses that its author saw and replaces: who has seen a value and changes it wins, whatever the clocks say.
    pub replaces: Vec<CheckWord>,
}

/// A status older than this is shown with its age, and its "open" no longer leads the list of nodes.
pub const FRESH: u64 = Millis::DAY;

/// The statuses of every node that no other status of that node replaces: usually one, several where they are concurrent.
pub fn current<'a>(events: impl IntoIterator<Item = &'a Judged>, scene: Scene) -> BTreeMap<NodeId, Vec<Statement<NodeStatus>>> {
    let mut by_node: BTreeMap<NodeId, Vec<Statement<NodeStatus>>> = BTreeMap::new();
    for judged in known(events, scene).into_values() {
        if let Body::NodeStatus(status) = &judged.event.core.body {
            by_node.entry(judged.event.core.node.clone()).or_default().push(Statement::new(judged, status.clone()));
        }
    }
    let unreplaced = |all| unreplaced(all, |status: &NodeStatus| &status.replaces);
    by_node.into_iter().map(|(node, all)| (node, unreplaced(all))).collect()
}

/// Which of two statuses of one node stands at `now`: the one that replaces the other; else the sane clock, the later one, the greater
/// identifier.
pub fn later<'e>(one: &'e Event, other: &'e Event, now: Millis) -> &'e Event {
    let order = |event: &Event| (event.core.clock.is_sane(now), event.id);
    match (replaces(one, other), replaces(other, one)) {
        (true, false) => one,
        (false, true) => other,
        _ if order(one) >= order(other) => one,
        _ => other,
    }
}

fn replaces(one: &Event, other: &Event) -> bool {
    matches!(&one.core.body, Body::NodeStatus(status) if status.replaces.contains(&other.id.check_word()))
}

/// What is shown of one node's status at one time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StatusView {
    /// What it is.
    pub state: NodeState,
    /// What it offers and does not.
    pub offers: Facts<Offer>,
    /// The event that says so.
    pub id: EventId,
    /// Who said it.
    pub author: DeviceKey,
    /// When, by the author's clock.
    pub at: Millis,
    /// Whether somebody vouches for it.
    pub verified: bool,
    /// Its clock is further ahead than can be true: its age is not known.
    pub ahead: bool,
    /// Younger than [`FRESH`], by a sane clock.
    pub fresh: bool,
    /// How many concurrent statuses there are beside it.
    pub others: usize,
}

impl StatusView {
    /// Of one node's current statuses; `None` where there are none.
    pub fn of(statuses: &[Statement<NodeStatus>], now: Millis) -> Option<Self> {
        let view = view(statuses, now)?;
        let Statement { value, id, author, verdict, .. } = view.first.statement;
        let (at, ahead) = (view.first.statement.at(), view.first.ahead);
        Some(Self {
            state: value.state,
            offers: value.offers,
            id: *id,
            author: *author,
            at,
            verified: *verdict == Verdict::Verified,
            ahead,
            fresh: !ahead && at.age(now) <= FRESH,
            others: view.others.len(),
        })
    }

    /// Whether people are known to be taken in now: somebody vouches for it, and the news is fresh.
    pub fn is_known_open(&self) -> bool {
        self.verified && self.fresh && self.state.takes_people()
    }

    /// Whether somebody who is vouched for said that nobody should come. This does not go stale by itself.
    pub fn is_known_shut(&self) -> bool {
        self.verified && !self.state.takes_people()
    }
}

/// The views of all nodes at `now`.
pub fn views(current: &BTreeMap<NodeId, Vec<Statement<NodeStatus>>>, now: Millis) -> BTreeMap<NodeId, StatusView> {
    current.iter().filter_map(|(node, statuses)| Some((node.clone(), StatusView::of(statuses, now)?))).collect()
}

#[cfg(test)]
mod tests;
