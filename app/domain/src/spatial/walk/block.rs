//! The block of bytes that holds a graph: where what stands, and how it is read in place. `docs/formats/pack.md` has the same table.
//!
//! All numbers are 32 bits, little-endian, and every part starts at a multiple of four bytes, counted from the block's start.

use crate::unit::Place;
use std::ops::Range;

/// The first four bytes.
pub const MAGIC: [u8; 4] = *b"WALK";
/// The format that this version reads and writes.
pub const FORMAT: u32 = 1;
/// Numbers in the header.
pub const HEADER: usize = 16;

/// What the header counts, in the header's order, after magic and format.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Header {
    /// Junctions and ends.
    pub nodes: u32,
    /// Edges as seen from each of their ends.
    pub arcs: u32,
    /// Stretches between two nodes.
    pub edges: u32,
    /// Points between an edge's ends.
    pub points: u32,
    /// Names, each in two languages.
    pub names: u32,
    /// Bytes of all names.
    pub text: u32,
    /// Parts of the graph between which no way leads.
    pub components: u32,
    /// The grid's southern edge, 1e-7 degrees.
    pub south: i32,
    /// The grid's western edge, 1e-7 degrees.
    pub west: i32,
    /// Height of a cell, 1e-7 degrees.
    pub height: u32,
    /// Width of a cell, 1e-7 degrees.
    pub width: u32,
    /// Rows of cells, from the south.
    pub rows: u32,
    /// Columns of cells, from the west.
    pub columns: u32,
    /// Edges in cells, each as often as it is in one.
    pub refs: u32,
}

impl Header {
    /// From the first 64 bytes of a block, magic and format apart.
    pub fn read(block: &[u8]) -> Self {
        let at = |index: usize| word(block, index * 4);
        Self {
            nodes: at(2),
            arcs: at(3),
            edges: at(4),
            points: at(5),
            names: at(6),
            text: at(7),
            components: at(8),
            south: at(9) as i32,
            west: at(10) as i32,
            height: at(11),
            width: at(12),
            rows: at(13),
            columns: at(14),
            refs: at(15),
        }
    }

    /// The header's bytes.
    pub fn to_bytes(self) -> Vec<u8> {
        let Self { nodes, arcs, edges, points, names, text, components, south, west, height, width, rows, columns, refs } = self;
        let magic = u32::from_le_bytes(MAGIC);
        let words = [
            magic,
            FORMAT,
            nodes,
            arcs,
            edges,
            points,
            names,
            text,
            components,
            south as u32,
            west as u32,
            height,
            width,
            rows,
            columns,
            refs,
        ];
        words.iter().flat_map(|word| word.to_le_bytes()).collect()
    }

    /// Cells of the grid; `None` where their number does not fit.
    pub fn cells(&self) -> Option<u32> {
        self.rows.checked_mul(self.columns)
    }
}

/// Where each part of a block stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Layout {
    /// Latitude and longitude of each node.
    pub places: Range<usize>,
    /// The component of each node; 0 is the one with the most nodes.
    pub component: Range<usize>,
    /// The first arc of each node, and the end of the last one's.
    pub first_arc: Range<usize>,
    /// Of each arc: the node it leads to; the edge, with the top bit set where it is walked from its end; its kind and length.
    pub arcs: Range<usize>,
    /// Of each edge: the node it starts from, the one it leads to, kind and length, and its name, from 1; 0 for none.
    pub edges: Range<usize>,
    /// The first point of each edge, and the end of the last one's.
    pub first_point: Range<usize>,
    /// Latitude and longitude of each point.
    pub points: Range<usize>,
    /// Nodes of each component, the largest first.
    pub component_nodes: Range<usize>,
    /// The start of each name's Chinese, then English words in the text, and the end of the last.
    pub name_start: Range<usize>,
    /// The first entry of each cell, row by row, and the end of the last one's.
    pub first_ref: Range<usize>,
    /// The edges that pass through each cell.
    pub refs: Range<usize>,
    /// All names in UTF-8, one after the other.
    pub text: Range<usize>,
}

/// Bytes of an arc.
pub const ARC: usize = 12;
/// Bytes of an edge.
pub const EDGE: usize = 16;
/// Bytes of a place.
pub const PLACE: usize = 8;
/// The bit of an arc's edge that says that it is walked from its end.
pub const BACKWARDS: u32 = 1 << 31;

impl Layout {
    /// Where the parts stand, and the block's whole length; `None` where no block can be so long.
    pub fn of(header: &Header) -> Option<Self> {
        let mut end = HEADER * 4;
        let mut part = |count: u32, extra: u32, size: usize| {
            let start = end;
            end = (count as usize).checked_add(extra as usize)?.checked_mul(size)?.checked_add(start)?;
            Some(start..end)
        };
        Some(Self {
            places: part(header.nodes, 0, PLACE)?,
            component: part(header.nodes, 0, 4)?,
            first_arc: part(header.nodes, 1, 4)?,
            arcs: part(header.arcs, 0, ARC)?,
            edges: part(header.edges, 0, EDGE)?,
            first_point: part(header.edges, 1, 4)?,
            points: part(header.points, 0, PLACE)?,
            component_nodes: part(header.components, 0, 4)?,
            name_start: part(header.names.checked_mul(2)?, 1, 4)?,
            first_ref: part(header.cells()?, 1, 4)?,
            refs: part(header.refs, 0, 4)?,
            text: part(header.text, 0, 1)?,
        })
    }
}

/// The number at a byte; 0 behind the end, which no block that was opened has.
#[inline]
pub fn word(bytes: &[u8], at: usize) -> u32 {
    bytes.get(at..).and_then(<[u8]>::first_chunk).map_or(0, |word| u32::from_le_bytes(*word))
}

/// Latitude and longitude at a byte.
#[inline]
pub fn place(bytes: &[u8], at: usize) -> Place {
    Place { lat_e7: word(bytes, at) as i32, lon_e7: word(bytes, at + 4) as i32 }
}

/// Kind and length of an edge in one number: twenty bits of decimetres, twelve of kind.
pub fn pack(kind: u16, length: u32) -> u32 {
    u32::from(kind) << 20 | length & 0xf_ffff
}

/// The number of the kind in it.
#[inline]
pub fn kind_in(packed: u32) -> u16 {
    (packed >> 20) as u16
}

/// The decimetres in it.
#[inline]
pub fn length_in(packed: u32) -> u32 {
    packed & 0xf_ffff
}
