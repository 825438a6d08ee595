//! The registry's entries as they are shown: the pack's, with what was agreed laid over them.

use super::{Agreed, End};
use crate::id::NodeId;
use crate::spatial::node::{Facts, Node, Offer};
use std::collections::BTreeMap;

/// The entries of a region with what was agreed laid over them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Overlaid {
    /// The nodes that there are.
    pub nodes: Vec<Node>,
    /// Those that ended: nobody is sent there, and whoever has the address is told.
    pub ended: BTreeMap<NodeId, Node>,
    /// The entries that are shown differently, as the pack has them.
    pub before: BTreeMap<NodeId, Node>,
}

impl Agreed {
    /// `node` with what was agreed, its end apart.
    pub fn laid_over(&self, node: &Node) -> Node {
        let mut node = node.clone();
        if let Some(place) = &self.place {
            node.place = place.value;
            // That the old place was found to be safe says nothing of the new one.
            node.risk.no.clear();
        }
        if let Some(step_free) = &self.step_free {
            say(&mut node.offers, step_free.value);
        }
        node
    }
}

fn say(offers: &mut Facts<Offer>, is_step_free: bool) {
    let (said, unsaid) = if is_step_free { (&mut offers.yes, &mut offers.no) } else { (&mut offers.no, &mut offers.yes) };
    said.insert(Offer::StepFree);
    unsaid.remove(Offer::StepFree);
}

/// Lays what was agreed over the pack's `nodes`. A duplicate of a node that the region does not have stays: it is the only one.
pub fn lay_over(nodes: impl IntoIterator<Item = Node>, agreed: &BTreeMap<NodeId, Agreed>) -> Overlaid {
    let mut overlaid = Overlaid::default();
    let mut duplicates: Vec<(Node, NodeId)> = Vec::new();
    for node in nodes {
        let Some(agreed) = agreed.get(&node.id) else {
            overlaid.nodes.push(node);
            continue;
        };
        let shown = agreed.laid_over(&node);
        let id = node.id.clone();
        overlaid.before.insert(id.clone(), node);
        match agreed.end.as_ref().map(|end| &end.value) {
            None => overlaid.nodes.push(shown),
            Some(End::Closed) => drop(overlaid.ended.insert(id, shown)),
            Some(End::DuplicateOf(other)) => duplicates.push((shown, other.clone())),
        }
    }
    let is_there = |id: &NodeId| overlaid.nodes.iter().map(|node| &node.id).chain(overlaid.ended.keys()).any(|known| known == id);
    let there: Vec<bool> =
        duplicates.iter().map(|(_, other)| is_there(other) || duplicates.iter().any(|(node, _)| node.id == *other)).collect();
    for ((node, _), there) in duplicates.into_iter().zip(there) {
        if there {
            overlaid.ended.insert(node.id.clone(), node);
        } else {
            overlaid.nodes.push(node);
        }
    }
    overlaid
}
