//! Rows that are one place: cut in two at a tile's seam, listed twice, or one for each entrance.

use super::report::Reason;
use civmesh_domain::spatial::nearest::measure;
use civmesh_domain::spatial::node::Node;
use civmesh_domain::text::Text;
use civmesh_domain::unit::{Metres, Place};
use std::collections::HashMap;

/// Nodes of a layer as they are taken, found again by place.
pub struct Gathering {
    cell_e7: i32,
    metres: u32,
    cells: HashMap<(i32, i32), Vec<usize>>,
    /// The nodes, with the line that each came from.
    pub nodes: Vec<(u64, Node)>,
}

impl Gathering {
    /// Nodes of one name within so many metres are one; within none, each is one of its own.
    pub fn new(metres: u32, nodes: Vec<(u64, Node)>) -> Self {
        // A cell spans more than the distance in both directions up to 70° of latitude.
        let cell_e7 = i32::try_from(metres.max(1)).unwrap_or(i32::MAX / 300).saturating_mul(270);
        let mut gathering = Self { cell_e7, metres, cells: HashMap::new(), nodes: Vec::new() };
        for (line, node) in nodes {
            gathering.push(line, node);
        }
        gathering
    }

    /// Takes a node: as a new one, or into one that it repeats. Says what was done where that is not plain.
    pub fn add(&mut self, line: u64, node: Node) -> Option<(Reason, String)> {
        let near = self.near(node.place);
        let same = near.iter().copied().find(|at| self.is_same(&self.nodes[*at].1, &node));
        if let Some(at) = same {
            return Some((Reason::Duplicate, self.merge(at, node)));
        }
        let stacked = near.into_iter().find(|at| self.nodes[*at].1.place == node.place);
        let note = stacked.map(|at| {
            let (other_line, other) = &self.nodes[at];
            let detail = format!("{} is on the same point as {} in line {other_line}; both are kept", said(&node), said(other));
            (Reason::Stacked, detail)
        });
        self.push(line, node);
        note
    }

    fn push(&mut self, line: u64, node: Node) {
        self.cells.entry(self.cell(node.place)).or_default().push(self.nodes.len());
        self.nodes.push((line, node));
    }

    fn is_same(&self, kept: &Node, new: &Node) -> bool {
        let one_address = kept.address == new.address || kept.address.is_empty() || new.address.is_empty();
        self.metres > 0 && kept.name == new.name && one_address && measure(kept.place, new.place).0 <= Metres(self.metres)
    }

    /// The first one stays; it gets the larger capacity, and the address if it had none.
    fn merge(&mut self, at: usize, new: Node) -> String {
        let (line, kept) = &mut self.nodes[at];
        let (distance, _) = measure(kept.place, new.place);
        let capacities = match (kept.capacity, new.capacity) {
            (Some(kept), Some(new)) if kept != new => format!("; of the capacities {} and {} the larger is kept", kept.0, new.0),
            _ => String::new(),
        };
        kept.capacity = kept.capacity.max(new.capacity);
        if kept.address.is_empty() {
            kept.address = new.address.clone();
        }
        format!("{} repeats line {line}, {} m away{capacities}", said(&new), distance.0)
    }

    fn cell(&self, place: Place) -> (i32, i32) {
        (place.lat_e7.div_euclid(self.cell_e7), place.lon_e7.div_euclid(self.cell_e7))
    }

    fn near(&self, place: Place) -> Vec<usize> {
        let (lat, lon) = self.cell(place);
        let around = (lat - 1..=lat + 1).flat_map(|lat| (lon - 1..=lon + 1).map(move |lon| (lat, lon)));
        around.filter_map(|cell| self.cells.get(&cell)).flatten().copied().collect()
    }
}

fn said(node: &Node) -> String {
    let text = |text: &Text| if text.zh.is_empty() { text.en.clone() } else { text.zh.clone() };
    let (name, address) = (text(&node.name), text(&node.address));
    if address.is_empty() || name.contains(&address) { format!("'{name}'") } else { format!("'{name}' ({address})") }
}
