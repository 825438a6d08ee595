//! Stretches between junctions: what runs through a point where nothing else meets, and does not change, is one edge.

use super::{Segment, WalkDraft};
use crate::spatial::nearest::metres_between;
use crate::spatial::walk::way::Decimetres;
use crate::unit::Place;

/// Nodes and edges, in no order.
#[derive(Debug, Default)]
pub struct Net {
    pub nodes: Vec<Place>,
    pub edges: Vec<Stretch>,
}

/// An edge before it is written.
#[derive(Clone, Debug)]
pub struct Stretch {
    pub from: u32,
    pub to: u32,
    pub nature: u32,
    pub length: Decimetres,
    /// Between its ends.
    pub points: Vec<Place>,
}

const NONE: u32 = u32::MAX;

struct Tracing<'a> {
    draft: &'a WalkDraft,
    /// The segments of each vertex, by the starts in `first`.
    touching: Vec<u32>,
    first: Vec<u32>,
    used: Vec<bool>,
    /// The node that a vertex has become.
    node: Vec<u32>,
    net: Net,
}

/// Makes nodes and edges of segments.
pub fn trace(draft: &WalkDraft) -> Net {
    let mut tracing = Tracing::new(draft);
    let vertices = 0..draft.vertices.len() as u32;
    for vertex in vertices.clone().filter(|vertex| tracing.is_junction(*vertex)).collect::<Vec<_>>() {
        tracing.follow_all(vertex);
    }
    // What is left are rings that touch nothing.
    vertices.for_each(|vertex| tracing.follow_all(vertex));
    tracing.net
}

impl<'a> Tracing<'a> {
    fn new(draft: &'a WalkDraft) -> Self {
        let mut first = vec![0u32; draft.vertices.len() + 1];
        for segment in &draft.segments {
            first[segment.from as usize + 1] += 1;
            first[segment.to as usize + 1] += 1;
        }
        for at in 1..first.len() {
            first[at] += first[at - 1];
        }
        let mut next = first.clone();
        let mut touching = vec![0u32; draft.segments.len() * 2];
        for (at, segment) in (0u32..).zip(&draft.segments) {
            for vertex in [segment.from, segment.to] {
                let place = &mut next[vertex as usize];
                touching[*place as usize] = at;
                *place += 1;
            }
        }
        let (used, node) = (vec![false; draft.segments.len()], vec![NONE; draft.vertices.len()]);
        Self { draft, touching, first, used, node, net: Net::default() }
    }

    fn at(&self, vertex: u32) -> &[u32] {
        &self.touching[self.first[vertex as usize] as usize..self.first[vertex as usize + 1] as usize]
    }

    fn segment(&self, at: u32) -> Segment {
        self.draft.segments[at as usize]
    }

    fn place(&self, vertex: u32) -> Place {
        self.draft.vertices[vertex as usize].place
    }

    /// Whether more or fewer than two segments meet here, or two of different natures, or an edge had to be cut here.
    fn is_junction(&self, vertex: u32) -> bool {
        match self.at(vertex) {
            [one, other] => self.segment(*one).nature != self.segment(*other).nature || self.node[vertex as usize] != NONE,
            _ => true,
        }
    }

    fn node_of(&mut self, vertex: u32) -> u32 {
        if self.node[vertex as usize] == NONE {
            self.node[vertex as usize] = self.net.nodes.len() as u32;
            self.net.nodes.push(self.place(vertex));
        }
        self.node[vertex as usize]
    }

    fn follow_all(&mut self, vertex: u32) {
        for at in self.at(vertex).to_vec() {
            if !self.used[at as usize] {
                // The start of a ring becomes a junction before its end is looked for.
                self.node_of(vertex);
                self.follow(vertex, at);
            }
        }
    }

    /// Follows a segment away from a vertex until a junction, or until the edge is as long as one can be.
    fn follow(&mut self, start: u32, first: u32) {
        let nature = self.segment(first).nature;
        let (mut at, mut vertex, mut from) = (first, start, start);
        let (mut metres, mut points) = (0.0, Vec::new());
        loop {
            self.used[at as usize] = true;
            let Segment { from: one, to: other, .. } = self.segment(at);
            let next = if one == vertex { other } else { one };
            let more = metres_between(self.place(vertex), self.place(next));
            if decimetres(metres + more) > Decimetres::LONGEST {
                self.push(from, vertex, nature, metres, std::mem::take(&mut points));
                (from, metres) = (vertex, 0.0);
            }
            metres += more;
            vertex = next;
            if self.is_junction(vertex) {
                break;
            }
            points.push(self.place(vertex));
            let Some(next) = self.at(vertex).iter().copied().find(|next| !self.used[*next as usize]) else { break };
            at = next;
        }
        self.push(from, vertex, nature, metres, points);
    }

    fn push(&mut self, from: u32, to: u32, nature: u32, metres: f64, mut points: Vec<Place>) {
        let (from, to) = (self.node_of(from), self.node_of(to));
        if points.last() == self.net.nodes.get(to as usize) {
            points.pop();
        }
        self.net.edges.push(Stretch { from, to, nature, length: decimetres(metres).max(Decimetres(1)), points });
    }
}

fn decimetres(metres: f64) -> Decimetres {
    Decimetres((metres * 10.0).round() as u32)
}
