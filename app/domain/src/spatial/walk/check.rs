//! What is looked at once, when a block is opened, so that nothing that is read from it later can be wrong or endless.

use super::block::{ARC, BACKWARDS, EDGE, FORMAT, HEADER, Header, Layout, MAGIC, PLACE, kind_in, length_in, place, word};
use super::graph::WalkGraph;
use super::way::Kind;
use crate::unit::Place;
use bytes::Bytes;
use std::ops::Range;

/// Why a block is no walking graph.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WalkError {
    /// It does not start as one does.
    #[error("this is not a walking graph")]
    NotAGraph,
    /// One of another format than this version reads.
    #[error("this walking graph has format {0}; this version reads format {FORMAT}")]
    OtherFormat(u32),
    /// It is not as long as its header says.
    #[error("the walking graph has {found} bytes, where its header says {said}")]
    Length {
        /// Bytes that are there.
        found: u64,
        /// Bytes that the header announces; `u64::MAX` for more than can be counted.
        said: u64,
    },
    /// An entry points where nothing is, or contradicts another.
    #[error("entry {at} of the walking graph's '{part}' is wrong")]
    Wrong {
        /// The part, as in [`Layout`].
        part: &'static str,
        /// The entry, from 0.
        at: u32,
    },
    /// More than the format can hold.
    #[error("a walking graph can't have {found} {what}; the most is {limit}")]
    TooLarge {
        /// What there is too much of.
        what: &'static str,
        /// How many.
        found: u64,
        /// What is allowed.
        limit: u64,
    },
}

/// The most nodes, edges, points or references: a bit is needed beside the number.
pub const MOST: u32 = (1 << 28) - 1;

/// A block that is being opened, a piece at a time, so that a screen can have its turn in between. One pass over each part.
pub struct Opening {
    block: Bytes,
    header: Header,
    layout: Layout,
    /// Of each edge, a bit for each end from which an arc leads along it.
    walked: Vec<u8>,
    /// Nodes of each component, as they are counted.
    counts: Vec<u32>,
    /// The part that is looked at, and its next entry.
    part: usize,
    next: u32,
}

/// What came of a piece.
pub enum Opened {
    /// There is more to look at.
    More(Opening),
    /// All of it is good.
    Done(WalkGraph),
}

/// A part of the block: how many entries are looked at, and how some of them are.
type Part = (fn(&Opening) -> u32, fn(&mut Opening, Range<u32>) -> Result<(), WalkError>);

/// In this order: what comes later relies on what came before.
const PARTS: [Part; 12] = [
    (
        |opening| opening.header.nodes + 1,
        |opening, some| opening.offsets("first_arc", |layout| &layout.first_arc, opening.header.nodes, opening.header.arcs, some),
    ),
    (
        |opening| opening.header.edges + 1,
        |opening, some| opening.offsets("first_point", |layout| &layout.first_point, opening.header.edges, opening.header.points, some),
    ),
    (
        |opening| opening.name_starts() + 1,
        |opening, some| opening.offsets("name_start", |layout| &layout.name_start, opening.name_starts(), opening.header.text, some),
    ),
    (
        |opening| opening.cells() + 1,
        |opening, some| opening.offsets("first_ref", |layout| &layout.first_ref, opening.cells(), opening.header.refs, some),
    ),
    (|opening| opening.header.nodes, |opening, some| each("places", some, |at| opening.node(at).is_on_globe())),
    (|opening| opening.header.points, |opening, some| each("points", some, |at| opening.point(at).is_on_globe())),
    (|opening| opening.header.edges, |opening, some| opening.edges(some)),
    (|opening| opening.header.nodes, Opening::arcs),
    (|opening| opening.header.nodes, Opening::components),
    (|opening| opening.header.edges, |opening, some| opening.component_of_edges(some)),
    (|opening| opening.header.components, |opening, some| opening.component_nodes(some)),
    (|opening| opening.header.refs, |opening, some| each("refs", some, |at| opening.at(&opening.layout.refs, at) < opening.header.edges)),
];

/// The first entry of which something does not hold.
fn each(part: &'static str, mut some: Range<u32>, holds: impl Fn(u32) -> bool) -> Result<(), WalkError> {
    some.find(|at| !holds(*at)).map_or(Ok(()), |at| Err(WalkError::Wrong { part, at }))
}

fn whole(part: &'static str, holds: bool) -> Result<(), WalkError> {
    each(part, 0..1, |_| holds)
}

impl Opening {
    /// Looks at the header, and at what can be seen at once.
    ///
    /// # Errors
    /// A block that is not a walking graph of this format.
    pub fn begin(block: impl Into<Bytes>) -> Result<Self, WalkError> {
        let block = block.into();
        if block.get(..4) != Some(&MAGIC[..]) || block.len() < HEADER * 4 {
            return Err(WalkError::NotAGraph);
        }
        if word(&block, 4) != FORMAT {
            return Err(WalkError::OtherFormat(word(&block, 4)));
        }
        let header = Header::read(&block);
        for (what, found) in [("nodes", header.nodes), ("edges", header.edges), ("points", header.points), ("cells", header.refs)] {
            if found > MOST {
                return Err(WalkError::TooLarge { what, found: found.into(), limit: MOST.into() });
            }
        }
        let found = block.len() as u64;
        let layout = Layout::of(&header).ok_or(WalkError::Length { found, said: u64::MAX })?;
        if layout.text.end != block.len() {
            return Err(WalkError::Length { found, said: layout.text.end as u64 });
        }
        whole("arcs", u64::from(header.arcs) == u64::from(header.edges) * 2)?;
        whole("components", header.components <= header.nodes)?;
        whole("grid", header.height > 0 && header.width > 0 && (header.rows > 0) == (header.columns > 0))?;
        let (walked, counts) = (vec![0; header.edges as usize], vec![0; header.components as usize]);
        Ok(Self { block, header, layout, walked, counts, part: 0, next: 0 })
    }

    /// Looks at so many entries more. A node's arcs are one entry, and all names together are the last.
    ///
    /// # Errors
    /// The first thing that is wrong.
    pub fn step(mut self, most: u32) -> Result<Opened, WalkError> {
        let mut left = most.max(1);
        while let Some((count, look)) = PARTS.get(self.part) {
            let count = count(&self);
            let end = count.min(self.next.saturating_add(left));
            let some = self.next..end;
            left -= end - self.next;
            look(&mut self, some)?;
            self.next = end;
            if end < count {
                return Ok(Opened::More(self));
            }
            (self.part, self.next) = (self.part + 1, 0);
        }
        self.names()?;
        Ok(Opened::Done(WalkGraph::of(self.block, self.header, self.layout)))
    }

    fn at(&self, part: &Range<usize>, index: u32) -> u32 {
        word(&self.block, part.start + index as usize * 4)
    }

    fn node(&self, index: u32) -> Place {
        place(&self.block, self.layout.places.start + index as usize * PLACE)
    }

    fn point(&self, index: u32) -> Place {
        place(&self.block, self.layout.points.start + index as usize * PLACE)
    }

    /// From, to, kind and length, name.
    fn edge(&self, index: u32) -> [u32; 4] {
        let start = self.layout.edges.start + index as usize * EDGE;
        [0, 4, 8, 12].map(|at| word(&self.block, start + at))
    }

    fn name_starts(&self) -> u32 {
        self.header.names.saturating_mul(2)
    }

    fn cells(&self) -> u32 {
        self.header.cells().unwrap_or_default()
    }

    /// Each list of starts begins at nought, never falls, and ends where what it counts ends.
    fn offsets(
        &self,
        part: &'static str,
        list: fn(&Layout) -> &Range<usize>,
        count: u32,
        end: u32,
        some: Range<u32>,
    ) -> Result<(), WalkError> {
        let list = list(&self.layout);
        each(part, some, |at| {
            let start = self.at(list, at);
            let begins = at > 0 || start == 0;
            begins && if at < count { start <= self.at(list, at + 1) } else { start == end }
        })
    }

    /// Ends, kind and name are known, and the length is neither nought nor less than its ends are apart from south to north.
    fn edges(&self, some: Range<u32>) -> Result<(), WalkError> {
        each("edges", some, |at| {
            let [from, to, packed, name] = self.edge(at);
            let known = from < self.header.nodes && to < self.header.nodes && name <= self.header.names;
            let length = u64::from(length_in(packed));
            // A degree of latitude has at least 110,500 m; a decimetre may be lost in rounding.
            let apart = || u64::from(self.node(from).lat_e7.abs_diff(self.node(to).lat_e7)) * 1_105_000 / 10_000_000;
            known && Kind::of_number(kind_in(packed)).is_some() && length > 0 && apart() <= length + 1
        })
    }

    /// Each arc leads from its node along its edge to the other end, and each edge has one from each end.
    fn arcs(&mut self, nodes: Range<u32>) -> Result<(), WalkError> {
        for node in nodes {
            for at in self.at(&self.layout.first_arc, node)..self.at(&self.layout.first_arc, node + 1) {
                let start = self.layout.arcs.start + at as usize * ARC;
                let [head, edge, packed] = [0, 4, 8].map(|byte| word(&self.block, start + byte));
                let (number, backwards) = (edge & !BACKWARDS, edge & BACKWARDS != 0);
                let wrong = WalkError::Wrong { part: "arcs", at };
                if number >= self.header.edges {
                    return Err(wrong);
                }
                let [from, to, said, _] = self.edge(number);
                let ends = if backwards { [to, from] } else { [from, to] };
                let bit = 1 << u8::from(backwards);
                let Some(seen) = self.walked.get_mut(number as usize).filter(|seen| **seen & bit == 0) else { return Err(wrong) };
                if ends != [node, head] || said != packed {
                    return Err(wrong);
                }
                *seen |= bit;
            }
        }
        Ok(())
    }

    /// The component of each node is known.
    fn components(&mut self, nodes: Range<u32>) -> Result<(), WalkError> {
        for at in nodes {
            let component = self.at(&self.layout.component, at) as usize;
            *self.counts.get_mut(component).ok_or(WalkError::Wrong { part: "component", at })? += 1;
        }
        Ok(())
    }

    /// Every edge stays in one component.
    fn component_of_edges(&self, some: Range<u32>) -> Result<(), WalkError> {
        let component = |node| self.at(&self.layout.component, node);
        each("component", some, |at| {
            let [from, to, ..] = self.edge(at);
            component(from) == component(to)
        })
    }

    /// The nodes of each component are as many as is said, the most first.
    fn component_nodes(&self, some: Range<u32>) -> Result<(), WalkError> {
        each("component_nodes", some, |at| {
            let count = self.at(&self.layout.component_nodes, at);
            self.counts.get(at as usize) == Some(&count) && (at == 0 || count <= self.at(&self.layout.component_nodes, at - 1))
        })
    }

    fn names(&self) -> Result<(), WalkError> {
        let text = self.block.get(self.layout.text.clone()).and_then(|text| std::str::from_utf8(text).ok());
        let text = text.ok_or(WalkError::Wrong { part: "text", at: 0 })?;
        each("name_start", 0..self.name_starts(), |at| text.is_char_boundary(self.at(&self.layout.name_start, at) as usize))
    }
}
