//! What is looked at once, when a block is opened, so that nothing that is read from it later can be wrong or endless.

use super::block::{ARC, BACKWARDS, EDGE, FORMAT, HEADER, Header, Layout, MAGIC, PLACE, kind_in, length_in, place, word};
use super::way::Kind;
use crate::unit::Place;
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

/// Checks a whole block, in one pass over each part.
///
/// # Errors
/// The first thing that is wrong.
pub fn check(block: &[u8]) -> Result<(Header, Layout), WalkError> {
    if block.get(..4) != Some(&MAGIC[..]) || block.len() < HEADER * 4 {
        return Err(WalkError::NotAGraph);
    }
    if word(block, 4) != FORMAT {
        return Err(WalkError::OtherFormat(word(block, 4)));
    }
    let header = Header::read(block);
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
    let checked = Check { block, header: &header, layout: &layout };
    checked.offsets()?;
    checked.places()?;
    checked.edges()?;
    checked.arcs()?;
    checked.components()?;
    checked.names()?;
    checked.grid()?;
    Ok((header, layout))
}

struct Check<'a> {
    block: &'a [u8],
    header: &'a Header,
    layout: &'a Layout,
}

/// The first entry of which something does not hold.
fn each(part: &'static str, count: u32, holds: impl Fn(u32) -> bool) -> Result<(), WalkError> {
    (0..count).find(|at| !holds(*at)).map_or(Ok(()), |at| Err(WalkError::Wrong { part, at }))
}

impl Check<'_> {
    fn at(&self, part: &Range<usize>, index: u32) -> u32 {
        word(self.block, part.start + index as usize * 4)
    }

    fn node(&self, index: u32) -> Place {
        place(self.block, self.layout.places.start + index as usize * PLACE)
    }

    /// From, to, kind and length, name.
    fn edge(&self, index: u32) -> [u32; 4] {
        let start = self.layout.edges.start + index as usize * EDGE;
        [0, 4, 8, 12].map(|at| word(self.block, start + at))
    }

    /// Each list of starts begins at nought, never falls, and ends where what it counts ends.
    fn offsets(&self) -> Result<(), WalkError> {
        let Self { header, layout, .. } = self;
        let lists = [
            ("first_arc", &layout.first_arc, header.nodes, header.arcs),
            ("first_point", &layout.first_point, header.edges, header.points),
            ("name_start", &layout.name_start, header.names.saturating_mul(2), header.text),
            ("first_ref", &layout.first_ref, header.cells().unwrap_or_default(), header.refs),
        ];
        for (part, list, count, end) in lists {
            each(part, 1, |_| self.at(list, 0) == 0)?;
            each(part, count, |at| self.at(list, at) <= self.at(list, at + 1))?;
            each(part, 1, |_| self.at(list, count) == end)?;
        }
        Ok(())
    }

    fn places(&self) -> Result<(), WalkError> {
        let on_globe = |place: Place| place.lat_e7.unsigned_abs() <= 900_000_000 && place.lon_e7.unsigned_abs() <= 1_800_000_000;
        each("places", self.header.nodes, |at| on_globe(self.node(at)))?;
        each("points", self.header.points, |at| on_globe(place(self.block, self.layout.points.start + at as usize * PLACE)))
    }

    /// Ends, kind and name are known, and the length is neither nought nor less than its ends are apart from south to north.
    fn edges(&self) -> Result<(), WalkError> {
        each("edges", self.header.edges, |at| {
            let [from, to, packed, name] = self.edge(at);
            let known = from < self.header.nodes && to < self.header.nodes && name <= self.header.names;
            let length = u64::from(length_in(packed));
            // A degree of latitude has at least 110,500 m; a decimetre may be lost in rounding.
            let apart = || u64::from(self.node(from).lat_e7.abs_diff(self.node(to).lat_e7)) * 1_105_000 / 10_000_000;
            known && Kind::of_number(kind_in(packed)).is_some() && length > 0 && apart() <= length + 1
        })
    }

    /// Each arc leads from its node along its edge to the other end, and each edge has one from each end.
    fn arcs(&self) -> Result<(), WalkError> {
        each("arcs", 1, |_| u64::from(self.header.arcs) == u64::from(self.header.edges) * 2)?;
        let mut walked = vec![0u8; self.header.edges as usize];
        for node in 0..self.header.nodes {
            for at in self.at(&self.layout.first_arc, node)..self.at(&self.layout.first_arc, node + 1) {
                let start = self.layout.arcs.start + at as usize * ARC;
                let [head, edge, packed] = [0, 4, 8].map(|byte| word(self.block, start + byte));
                let backwards = edge & BACKWARDS != 0;
                let wrong = WalkError::Wrong { part: "arcs", at };
                let Some(seen) = walked.get_mut((edge & !BACKWARDS) as usize) else { return Err(wrong) };
                let [from, to, said, _] = self.edge(edge & !BACKWARDS);
                let ends = if backwards { [to, from] } else { [from, to] };
                let bit = 1 << u8::from(backwards);
                if ends != [node, head] || said != packed || *seen & bit != 0 {
                    return Err(wrong);
                }
                *seen |= bit;
            }
        }
        Ok(())
    }

    /// Every edge stays in one component, and the nodes of each are as many as is said, the most first.
    fn components(&self) -> Result<(), WalkError> {
        let Self { header, layout, .. } = self;
        each("components", 1, |_| header.components <= header.nodes)?;
        let mut counts = vec![0u32; header.components as usize];
        for at in 0..header.nodes {
            let count = counts.get_mut(self.at(&layout.component, at) as usize);
            *count.ok_or(WalkError::Wrong { part: "component", at })? += 1;
        }
        each("component", header.edges, |at| {
            let [from, to, ..] = self.edge(at);
            self.at(&layout.component, from) == self.at(&layout.component, to)
        })?;
        each("component_nodes", header.components, |at| {
            let count = self.at(&layout.component_nodes, at);
            counts.get(at as usize) == Some(&count) && (at == 0 || count <= self.at(&layout.component_nodes, at - 1))
        })
    }

    fn names(&self) -> Result<(), WalkError> {
        let text = self.block.get(self.layout.text.clone()).and_then(|text| std::str::from_utf8(text).ok());
        let text = text.ok_or(WalkError::Wrong { part: "text", at: 0 })?;
        each("name_start", self.header.names.saturating_mul(2), |at| text.is_char_boundary(self.at(&self.layout.name_start, at) as usize))
    }

    fn grid(&self) -> Result<(), WalkError> {
        let Self { header, layout, .. } = self;
        each("grid", 1, |_| header.height > 0 && header.width > 0 && (header.rows > 0) == (header.columns > 0))?;
        each("refs", header.refs, |at| self.at(&layout.refs, at) < header.edges)
    }
}
