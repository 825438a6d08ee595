//! The citizen's list: which nodes to go to, in groups, the best answer first.
//!
//! Known to be open leads before nearer places whose state is unknown; unknown fitness is never taken for fit, unknown state never for
//! open; nobody is sent underground in a flood; the two kinds of refuge stay apart.

use super::hazard::Hazard;
use super::nearest::{IndexDraft, Near, NearestIndex, Tags, measure};
use super::node::{Exposure, Known, Node, Offer, Refuge};
use crate::id::NodeId;
use crate::information::status::StatusView;
use crate::unit::{Metres, Place};
use enumset::EnumSet;
use std::collections::{BTreeMap, HashMap};
use std::ops::ControlFlow;

/// How near somebody must be to be shown a node whose exposure is "on approach".
pub const APPROACH: Metres = Metres(2_000);
/// How near a node must be for its being open to put it in front: about an hour on foot.
pub const REACH: Metres = Metres(5_000);
/// The same in an air raid: cover must be reached in three to five minutes.
pub const REACH_IN_AIR_RAID: Metres = Metres(400);

/// What somebody looks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Query {
    /// From what; `None` where nothing is chosen.
    pub hazard: Option<Hazard>,
    /// Only what is known to be open.
    pub open_only: bool,
    /// Only what is known to offer all of these.
    pub needs: EnumSet<Offer>,
    /// Only this kind of refuge.
    pub refuge: Option<Refuge>,
    /// How near a node must be for its being open to put it in front.
    pub reach: Metres,
}

impl Default for Query {
    fn default() -> Self {
        Self { hazard: None, open_only: false, needs: EnumSet::empty(), refuge: None, reach: REACH }
    }
}

/// What the nodes of a group have in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Section {
    /// Disaster shelters, where no hazard is chosen.
    Shelter,
    /// Other nodes, where no hazard is chosen.
    Place,
    /// Official air-raid shelters, apart where no hazard is chosen, in front in an air raid.
    AirRaid,
    /// Known to be fit for the chosen hazard.
    Fit,
    /// Nobody has said whether they are fit for the chosen hazard.
    FitnessUnknown,
    /// Full, closed or unsafe: shown so that nobody walks there.
    NotTaking,
}

/// A node in the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hit {
    /// Its position in the directory.
    pub at: usize,
    /// How far away.
    pub distance: Metres,
    /// Which way, degrees clockwise from north, 0 to 359.
    pub bearing: u16,
    /// What is known of its state now; `None` where nobody has said.
    pub status: Option<StatusView>,
}

/// A group of the list, nearest first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// What its nodes have in common.
    pub section: Section,
    /// Known to be open, and near enough to lead. Else some of them may be open but far.
    pub open: bool,
    /// Its nodes.
    pub hits: Vec<Hit>,
}

/// The nodes of a region with what finds them.
pub struct Directory {
    nodes: Vec<Node>,
    index: NearestIndex,
    /// Positions by identifier.
    by_id: HashMap<NodeId, usize>,
}

/// The order of groups: section, and whether known to be open.
type Order = &'static [(Section, bool)];
const UNCHOSEN: Order = &[
    (Section::Shelter, true),
    (Section::Place, true),
    (Section::Shelter, false),
    (Section::Place, false),
    (Section::AirRaid, true),
    (Section::AirRaid, false),
    (Section::NotTaking, false),
];
const HAZARD: Order = &[
    (Section::Fit, true),
    (Section::Fit, false),
    (Section::FitnessUnknown, true),
    (Section::FitnessUnknown, false),
    (Section::NotTaking, false),
];
const AIR_RAID: Order = &[
    (Section::AirRaid, true),
    (Section::AirRaid, false),
    (Section::Fit, true),
    (Section::Fit, false),
    (Section::FitnessUnknown, true),
    (Section::FitnessUnknown, false),
    (Section::NotTaking, false),
];

impl Query {
    fn order(&self) -> Order {
        match self.hazard {
            None => UNCHOSEN,
            Some(Hazard::AirRaid) => AIR_RAID,
            Some(_) => HAZARD,
        }
    }

    fn reach(&self) -> Metres {
        if self.hazard == Some(Hazard::AirRaid) { self.reach.min(REACH_IN_AIR_RAID) } else { self.reach }
    }

    /// What the index is asked for; all that [`Query::wants`] of a node without a status is among it.
    fn tags(&self) -> Tags {
        tags(self.needs, self.refuge.into_iter().collect())
    }

    /// Whether `node` is asked for at all, its distance and fitness apart.
    fn wants(&self, node: &Node, status: Option<&StatusView>) -> bool {
        let offered = |need| offer_now(node, status, need) == Known::Yes;
        node.exposure != Exposure::Staff
            && self.refuge.is_none_or(|refuge| node.refuge.contains(refuge))
            && (!self.open_only || status.is_some_and(StatusView::is_known_open))
            && self.needs.iter().all(offered)
    }

    /// Where `node` belongs, its state apart; `None` where nobody may be sent there.
    fn section(&self, node: &Node) -> Option<Section> {
        let shelter = node.refuge.contains(Refuge::DisasterShelter);
        let air_raid = node.refuge.contains(Refuge::AirRaidShelter);
        match self.hazard {
            None if shelter => Some(Section::Shelter),
            None if air_raid => Some(Section::AirRaid),
            None => Some(Section::Place),
            Some(hazard) if node.is_ruled_out_for(hazard) => None,
            Some(Hazard::AirRaid) if air_raid => Some(Section::AirRaid),
            Some(hazard) if node.is_fit_for(hazard) => Some(Section::Fit),
            Some(_) => Some(Section::FitnessUnknown),
        }
    }

    /// The group of `node` at this distance, as a place in the order; `None` where it is not shown.
    fn group(&self, node: &Node, distance: Metres, status: Option<&StatusView>) -> Option<usize> {
        if node.exposure == Exposure::OnApproach && distance > APPROACH {
            return None;
        }
        let section = self.section(node)?;
        let open = status.is_some_and(StatusView::is_known_open) && (self.open_only || distance <= self.reach());
        let shut = status.is_some_and(StatusView::is_known_shut);
        let wanted = if shut { (Section::NotTaking, false) } else { (section, open) };
        self.order().iter().position(|&group| group == wanted)
    }
}

/// What is known of `need` at `node` now: what a vouched-for status says, else what the registry says. Unknown is never yes.
pub fn offer_now(node: &Node, status: Option<&StatusView>, need: Offer) -> Known {
    let said = status.filter(|status| status.verified).map_or(Known::Unknown, |status| status.offers.of(need));
    if said == Known::Unknown { node.offers.of(need) } else { said }
}

/// Offers and kinds of refuge as the index knows them.
fn tags(offers: EnumSet<Offer>, refuge: EnumSet<Refuge>) -> Tags {
    Tags(offers.as_u32() | refuge.as_u32() << EnumSet::<Offer>::bit_width())
}

/// A directory that is being made, a piece at a time: of a whole country's nodes it takes longer than a screen may wait.
pub struct DirectoryDraft {
    nodes: Vec<Node>,
    index: IndexDraft,
    by_id: HashMap<NodeId, usize>,
    /// How many nodes these two have.
    added: usize,
}

impl DirectoryDraft {
    /// Of these nodes, as [`Directory::new`].
    pub fn new(nodes: Vec<Node>) -> Self {
        Self { nodes, index: IndexDraft::default(), by_id: HashMap::new(), added: 0 }
    }

    /// Goes on for about `most` nodes; the directory after the last piece.
    pub fn step(mut self, most: usize) -> ControlFlow<Directory, Self> {
        for (at, node) in self.nodes.iter().enumerate().skip(self.added).take(most) {
            self.index.add(node.place, tags(node.offers.yes, node.refuge));
            self.by_id.entry(node.id.clone()).or_insert(at);
        }
        let is_added = self.added >= self.nodes.len();
        self.added = self.added.saturating_add(most);
        if is_added && !self.index.arrange(most) {
            return ControlFlow::Break(Directory { nodes: self.nodes, index: self.index.finish(), by_id: self.by_id });
        }
        ControlFlow::Continue(self)
    }
}

impl Directory {
    /// Of these nodes; where two have the same identifier, the first is found by it.
    pub fn new(nodes: Vec<Node>) -> Self {
        let mut draft = DirectoryDraft::new(nodes);
        loop {
            match draft.step(usize::MAX) {
                ControlFlow::Break(directory) => return directory,
                ControlFlow::Continue(more) => draft = more,
            }
        }
    }

    /// All nodes, by position.
    pub fn nodes(&self) -> &[Node] {
        &self.nodes
    }

    /// The node with this identifier.
    pub fn get(&self, id: &NodeId) -> Option<&Node> {
        self.nodes.get(self.position(id)?)
    }

    fn position(&self, id: &NodeId) -> Option<usize> {
        self.by_id.get(id).copied()
    }

    /// All nodes that `keep` lets through, nearest to `from` first, lazily.
    pub fn nearest<'a>(&'a self, from: Place, keep: impl Fn(&Node) -> bool + 'a) -> impl Iterator<Item = &'a Node> {
        self.index.nearest(from, Tags::default()).filter_map(|near| self.nodes.get(near.at)).filter(move |node| keep(node))
    }

    /// All nodes that `query` asks for by what the registry alone says of them, distance and fitness apart, nearest to `from` first, lazily.
    pub fn wanted(&self, from: Place, query: &Query) -> impl Iterator<Item = Near> {
        let wants = |near: &Near| self.nodes.get(near.at).is_some_and(|node| query.wants(node, None));
        self.index.nearest(from, query.tags()).filter(wants)
    }

    /// The list for somebody at `from`: groups in order, empty ones left out, at most `limit` nodes in each.
    ///
    /// Nodes with a status are few and are looked at one by one; the others come from the index, nearest first, until their groups
    /// are full. A group of later rank may end early where it would take a walk through thousands of nodes to fill it.
    pub fn search(&self, from: Place, query: &Query, statuses: &BTreeMap<NodeId, StatusView>, limit: usize) -> Vec<Group> {
        let mut groups: Vec<Vec<Hit>> = vec![Vec::new(); query.order().len()];
        let positions: HashMap<usize, &StatusView> =
            statuses.iter().filter_map(|(id, status)| Some((self.position(id)?, status))).collect();
        for (&at, &status) in &positions {
            self.place(&mut groups, from, query, at, status);
        }
        if !query.open_only {
            self.fill(&mut groups, from, query, limit, |at| positions.contains_key(&at));
        }
        let named = query.order().iter().zip(groups).map(|(&(section, open), mut hits)| {
            hits.sort_by_key(|hit| (hit.distance, hit.at));
            hits.truncate(limit);
            Group { section, open, hits }
        });
        named.filter(|group| !group.hits.is_empty()).collect()
    }

    /// Adds nodes of which nobody has said anything, nearest first, until their groups have `limit` of them.
    fn fill(&self, groups: &mut [Vec<Hit>], from: Place, query: &Query, limit: usize, is_placed: impl Fn(usize) -> bool) {
        let open_ended = |&(section, open): &(Section, bool)| !open && section != Section::NotTaking;
        let lead = query.order().iter().position(open_ended).unwrap_or_default();
        let mut missing = query.order().iter().filter(|group| open_ended(group)).count();
        let mut added = vec![0; groups.len()];
        let mut walk = self.index.nearest(from, Tags::default());
        for looked in 0.. {
            // The first group is the answer. The others are not worth walking through a whole country for.
            if missing == 0 || (added[lead] >= limit && looked >= LONGEST_LOOK) {
                break;
            }
            // Up to here whatever is looked at counts; from here on it may be skipped.
            if looked == LONGEST_LOOK {
                walk.skip_without(query.tags());
            }
            let Some(Near { at, .. }) = walk.next() else { break };
            let Some(node) = self.nodes.get(at).filter(|node| !is_placed(at) && query.wants(node, None)) else { continue };
            let (distance, bearing) = measure(from, node.place);
            let Some(group) = query.group(node, distance, None).filter(|&group| added[group] < limit) else { continue };
            groups[group].push(Hit { at, distance, bearing, status: None });
            added[group] += 1;
            missing -= usize::from(added[group] == limit);
        }
    }

    /// Adds a node of which somebody has said something.
    fn place(&self, groups: &mut [Vec<Hit>], from: Place, query: &Query, at: usize, status: &StatusView) {
        let Some(node) = self.nodes.get(at).filter(|node| query.wants(node, Some(status))) else { return };
        let (distance, bearing) = measure(from, node.place);
        if let Some(group) = query.group(node, distance, Some(status)) {
            groups[group].push(Hit { at, distance, bearing, status: Some(*status) });
        }
    }
}

/// How many nodes around, wanted or not, are looked at for the later groups once the first is full.
const LONGEST_LOOK: usize = 2_000;

#[cfg(test)]
mod tests;
