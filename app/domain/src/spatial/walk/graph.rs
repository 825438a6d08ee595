//! The graph, read in place.

use super::block::{ARC, BACKWARDS, EDGE, Header, Layout, PLACE, kind_in, length_in, place, word};
use super::check::{Opened, Opening, WalkError};
use super::way::{Decimetres, Kind, Way};
use crate::text::Text;
use crate::unit::Place;
use bytes::Bytes;

/// A node's number in its graph.
pub type NodeNumber = u32;

/// An edge's number in its graph. It means nothing in another graph, not even in a later one of the same region.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EdgeId(pub u32);

/// A stretch between two nodes. It can be walked both ways.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Edge {
    /// Its number.
    pub id: EdgeId,
    /// Where it starts, as it is drawn.
    pub from: NodeNumber,
    /// Where it ends.
    pub to: NodeNumber,
    /// Its type and traits.
    pub kind: Kind,
    /// How long it is on the ground.
    pub length: Decimetres,
    /// Its name's number, from 1; 0 for none.
    pub(super) name: u32,
}

/// A step along an edge away from a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Step {
    pub head: NodeNumber,
    /// With [`BACKWARDS`] where it is walked from its end.
    pub edge: u32,
    pub packed: u32,
}

/// Where one can walk. Opening it reads every byte once; after that it is used as it lies, and a copy shares the bytes.
#[derive(Clone, Debug)]
pub struct WalkGraph {
    block: Bytes,
    pub(super) header: Header,
    layout: Layout,
}

impl WalkGraph {
    /// Opens a block in one go; [`Opening`] does the same a piece at a time.
    ///
    /// # Errors
    /// A block that is not a walking graph of this format, or is wrong anywhere.
    pub fn open(block: impl Into<Bytes>) -> Result<Self, WalkError> {
        let mut opening = Opening::begin(block)?;
        loop {
            match opening.step(u32::MAX)? {
                Opened::More(rest) => opening = rest,
                Opened::Done(graph) => return Ok(graph),
            }
        }
    }

    /// Of a block that was looked at.
    pub(super) fn of(block: Bytes, header: Header, layout: Layout) -> Self {
        Self { block, header, layout }
    }

    /// Its bytes.
    pub fn block(&self) -> &[u8] {
        &self.block
    }

    /// How many nodes there are.
    pub fn nodes(&self) -> u32 {
        self.header.nodes
    }

    /// How many edges there are.
    pub fn edges(&self) -> u32 {
        self.header.edges
    }

    /// How many nodes each component has, the largest first.
    pub fn components(&self) -> impl ExactSizeIterator<Item = u32> {
        (0..self.header.components as usize).map(|at| word(&self.block, self.layout.component_nodes.start + at * 4))
    }

    /// Where a node is; the middle of nowhere for a number that is none of this graph's.
    pub fn place(&self, node: NodeNumber) -> Place {
        if node < self.nodes() { place(&self.block, self.layout.places.start + node as usize * PLACE) } else { Place::default() }
    }

    /// The component in which a node is; 0 is the largest. Between two components no way leads.
    pub fn component(&self, node: NodeNumber) -> Option<u32> {
        (node < self.nodes()).then(|| word(&self.block, self.layout.component.start + node as usize * 4))
    }

    /// An edge; `None` for a number that is none of this graph's.
    pub fn edge(&self, id: EdgeId) -> Option<Edge> {
        if id.0 >= self.edges() {
            return None;
        }
        let start = self.layout.edges.start + id.0 as usize * EDGE;
        let [from, to, packed, name] = [0, 4, 8, 12].map(|at| word(&self.block, start + at));
        let kind = Kind::of_number(kind_in(packed)).unwrap_or(Kind::from(Way::Path));
        Some(Edge { id, from, to, kind, length: Decimetres(length_in(packed)), name })
    }

    /// All edges.
    pub fn all_edges(&self) -> impl Iterator<Item = Edge> {
        (0..self.edges()).filter_map(|id| self.edge(EdgeId(id)))
    }

    /// The name of the street that an edge belongs to; `None` where it has none.
    pub fn name(&self, edge: &Edge) -> Option<Text> {
        let at = self.layout.name_start.start + (edge.name.checked_sub(1)? as usize) * 8;
        let [zh, en, end] = [0, 4, 8].map(|byte| word(&self.block, at + byte) as usize);
        let text = self.block.get(self.layout.text.clone())?;
        let words = |bytes| std::str::from_utf8(bytes).ok();
        Some(Text::new(words(text.get(zh..en)?)?, words(text.get(en..end)?)?))
    }

    /// The line of an edge, from its start to its end, both included.
    pub fn line(&self, edge: &Edge) -> Vec<Place> {
        let first = |at: u32| word(&self.block, self.layout.first_point.start + at as usize * 4) as usize;
        let inner = (first(edge.id.0)..first(edge.id.0 + 1)).map(|at| place(&self.block, self.layout.points.start + at * PLACE));
        [self.place(edge.from)].into_iter().chain(inner).chain([self.place(edge.to)]).collect()
    }

    /// The steps that lead away from a node.
    #[inline]
    pub(super) fn steps(&self, node: NodeNumber) -> impl Iterator<Item = Step> {
        let at = self.layout.first_arc.start + node as usize * 4;
        let start = |at| self.layout.arcs.start + word(&self.block, at) as usize * ARC;
        let arcs = if node < self.nodes() { self.block.get(start(at)..start(at + 4)) } else { None };
        let (arcs, _) = arcs.unwrap_or_default().as_chunks::<ARC>();
        arcs.iter().map(|arc| Step { head: word(arc, 0), edge: word(arc, 4), packed: word(arc, 8) })
    }

    /// The node at the far end of an edge from each of its ends, for those who count by hand.
    pub fn neighbours(&self, node: NodeNumber) -> impl Iterator<Item = (NodeNumber, EdgeId)> {
        self.steps(node).map(|step| (step.head, EdgeId(step.edge & !BACKWARDS)))
    }

    /// The edges that pass through a cell of the grid.
    pub(super) fn cell(&self, row: u32, column: u32) -> impl Iterator<Item = EdgeId> {
        let index = row as usize * self.header.columns as usize + column as usize;
        let known = row < self.header.rows && column < self.header.columns;
        let first = |at: usize| word(&self.block, self.layout.first_ref.start + at * 4) as usize;
        let refs = if known { first(index)..first(index + 1) } else { 0..0 };
        refs.map(|at| EdgeId(word(&self.block, self.layout.refs.start + at * 4)))
    }

    /// Edges that pass through the cells of the grid between two corners, south-west and north-east, each once. Some of them may pass beside
    /// what lies between.
    pub fn edges_near(&self, (low, high): (Place, Place)) -> impl Iterator<Item = Edge> {
        let span = |low: i32, high: i32, start: i32, size: u32, count: u32| {
            let cell = |at: i32| (i64::from(at) - i64::from(start)).div_euclid(i64::from(size.max(1)));
            cell(low).clamp(0, i64::from(count)) as u32..(cell(high) + 1).clamp(0, i64::from(count)) as u32
        };
        let header = &self.header;
        let columns = span(low.lon_e7, high.lon_e7, header.west, header.width, header.columns);
        let rows = span(low.lat_e7, high.lat_e7, header.south, header.height, header.rows);
        let cells = rows.flat_map(|row| columns.clone().map(move |column| (row, column)));
        let mut ids: Vec<_> = cells.flat_map(|(row, column)| self.cell(row, column)).collect();
        ids.sort_unstable();
        ids.dedup();
        ids.into_iter().filter_map(|id| self.edge(id))
    }
}
