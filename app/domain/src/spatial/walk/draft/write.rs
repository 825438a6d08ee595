//! The block, as `block.rs` says.

use super::grid::{Grid, cover};
use super::order::Ordered;
use super::trace::Stretch;
use super::{Built, Counts, Nature};
use crate::spatial::walk::block::{BACKWARDS, Header, pack};
use crate::spatial::walk::check::{MOST, WalkError};
use crate::text::Text;
use crate::unit::Place;

impl Ordered {
    /// The line of an edge, its ends included.
    pub fn line(&self, edge: &Stretch) -> Vec<Place> {
        let node = |at: u32| self.nodes[at as usize];
        [node(edge.from)].into_iter().chain(edge.points.iter().copied()).chain([node(edge.to)]).collect()
    }
}

/// Writes the block and counts what is in it.
pub fn write(net: Ordered, natures: &[Nature], names: &[Text], counts: Counts) -> Result<Built, WalkError> {
    let grid = cover(&net);
    let header = header(&net, names, &grid)?;
    let packed: Vec<u32> = net.edges.iter().map(|edge| pack(natures[edge.nature as usize].kind, edge.length.0)).collect();
    let mut block = header.to_bytes();
    push_places(&mut block, &net.nodes);
    push(&mut block, net.component.iter().copied());
    push_arcs(&mut block, &net, &packed);
    let edges = net.edges.iter().zip(&packed);
    push(&mut block, edges.flat_map(|(edge, packed)| [edge.from, edge.to, *packed, natures[edge.nature as usize].name]));
    push(&mut block, starts(net.edges.iter().map(|edge| edge.points.len())));
    net.edges.iter().for_each(|edge| push_places(&mut block, &edge.points));
    push(&mut block, net.component_nodes.iter().copied());
    push(&mut block, starts(names.iter().flat_map(|name| [name.zh.len(), name.en.len()])));
    push(&mut block, grid.first.iter().copied());
    push(&mut block, grid.refs.iter().copied());
    names.iter().for_each(|name| block.extend([name.zh.as_bytes(), name.en.as_bytes()].concat()));
    Ok(Built { counts: count(&net, &header, counts), block })
}

fn header(net: &Ordered, names: &[Text], grid: &Grid) -> Result<Header, WalkError> {
    let count = |what: &'static str, found: usize, limit: u32| {
        let fits = u32::try_from(found).ok().filter(|found| *found <= limit);
        fits.ok_or(WalkError::TooLarge { what, found: found as u64, limit: limit.into() })
    };
    let edges = count("edges", net.edges.len(), MOST)?;
    Ok(Header {
        nodes: count("nodes", net.nodes.len(), MOST)?,
        arcs: edges * 2,
        edges,
        points: count("points", net.edges.iter().map(|edge| edge.points.len()).sum(), MOST)?,
        names: count("names", names.len(), MOST)?,
        text: count("bytes of names", names.iter().map(|name| name.zh.len() + name.en.len()).sum(), u32::MAX)?,
        components: net.component_nodes.len() as u32,
        south: grid.south,
        west: grid.west,
        height: grid.height,
        width: grid.width,
        rows: grid.rows,
        columns: grid.columns,
        refs: count("cells", grid.refs.len(), MOST)?,
    })
}

fn push(block: &mut Vec<u8>, words: impl Iterator<Item = u32>) {
    words.for_each(|word| block.extend(word.to_le_bytes()));
}

fn push_places(block: &mut Vec<u8>, places: &[Place]) {
    push(block, places.iter().flat_map(|place| [place.lat_e7 as u32, place.lon_e7 as u32]));
}

/// Where each of these begins, and where the last ends.
fn starts(lengths: impl Iterator<Item = usize>) -> impl Iterator<Item = u32> {
    let ends = lengths.scan(0u32, |end, length| {
        *end = end.wrapping_add(length as u32);
        Some(*end)
    });
    [0].into_iter().chain(ends)
}

/// First arcs, then the arcs themselves, by node.
fn push_arcs(block: &mut Vec<u8>, net: &Ordered, packed: &[u32]) {
    let mut arcs: Vec<(u32, [u32; 3])> = Vec::with_capacity(net.edges.len() * 2);
    for ((number, edge), packed) in (0u32..).zip(&net.edges).zip(packed) {
        arcs.push((edge.from, [edge.to, number, *packed]));
        arcs.push((edge.to, [edge.from, number | BACKWARDS, *packed]));
    }
    arcs.sort_by_key(|(node, _)| *node);
    let mut degrees = vec![0usize; net.nodes.len()];
    arcs.iter().for_each(|(node, _)| degrees[*node as usize] += 1);
    push(block, starts(degrees.into_iter()));
    push(block, arcs.into_iter().flat_map(|(_, arc)| arc));
}

fn count(net: &Ordered, header: &Header, counts: Counts) -> Counts {
    let metres = |largest: bool| {
        let edges = net.edges.iter().filter(|edge| !largest || net.component[edge.from as usize] == 0);
        edges.map(|edge| u64::from(edge.length.0)).sum::<u64>() / 10
    };
    Counts {
        nodes: header.nodes,
        edges: header.edges,
        components: header.components,
        largest: net.component_nodes.first().copied().unwrap_or_default(),
        metres: metres(false),
        largest_metres: metres(true),
        ..counts
    }
}
