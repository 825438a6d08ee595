//! Many outlines as several events: a record has room for about a thousand corners.

use super::outline::Outline;

/// So many bytes the outlines of one event take at most: a core has 8,192, and the longest title and all else need less than the rest.
pub const ROOM: usize = 7_600;
/// So many events are made of one file at most, about half a megabyte: every phone of the region keeps them. What is larger belongs in the
/// region's pack.
pub const MOST_EVENTS: usize = 40;

/// How many bytes an outline takes.
pub(super) fn size(outline: &Outline) -> usize {
    postcard::to_allocvec(outline).map_or(usize::MAX, |bytes| bytes.len())
}

/// The outlines in their order, as many in each event as it has room for. An outline that no event has room for is left out: the import refuses it
/// before.
pub fn parcels(outlines: Vec<Outline>) -> Vec<Vec<Outline>> {
    let mut parcels: Vec<Vec<Outline>> = Vec::new();
    let mut left = 0;
    for outline in outlines {
        let size = size(&outline);
        match parcels.last_mut() {
            Some(last) if size <= left => last.push(outline),
            _ if size > ROOM => continue,
            _ => {
                left = ROOM;
                parcels.push(vec![outline]);
            }
        }
        left -= size;
    }
    parcels
}
