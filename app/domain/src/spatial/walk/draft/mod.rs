//! A graph out of lines: where lines meet, they are joined; where one is there twice, it is kept once.
//!
//! # Layout
//! - [`join`]: which points of two lines are one.
//! - [`gap`]: ends that stop just short of a line, or that a tile's seam has cut.
//! - [`trace`]: stretches between junctions.
//! - [`order`]: nodes and edges in an order that keeps near ones together, and their components.
//! - [`grid`]: which edges pass through which cell.
//! - [`write`]: the block.

mod gap;
mod grid;
mod join;
mod order;
mod trace;
mod write;

use super::check::WalkError;
use super::way::{Decimetres, Kind, Trait, Way};
use crate::spatial::nearest::metres_between;
use crate::text::Text;
use crate::unit::Place;
use std::collections::HashMap;

/// Why a line is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LineFault {
    /// It has no two points at different places.
    #[error("a line needs two points")]
    TooShort,
    /// One of its points is not on the globe.
    #[error("a point is not on the globe")]
    OffTheGlobe,
    /// Two points that follow each other lie farther apart than an edge can be long.
    #[error("two points lie more than {} km apart", Decimetres::LONGEST.0 / 10_000)]
    TooLong,
}

/// What became of the lines.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Lines that were taken.
    pub lines: usize,
    /// Stretches between two points that another line has too: seam duplicates, kept once.
    pub merged: usize,
    /// Ends that were put on a point of another line nearby.
    pub joined: usize,
    /// Ends that were put between two points of another line.
    pub split: usize,
    /// Nodes of the graph.
    pub nodes: u32,
    /// Its edges.
    pub edges: u32,
    /// Its components.
    pub components: u32,
    /// Nodes of the largest component.
    pub largest: u32,
    /// Metres of all edges.
    pub metres: u64,
    /// Metres of those in the largest component.
    pub largest_metres: u64,
}

/// A graph that was built.
#[derive(Clone, Debug)]
pub struct Built {
    /// Its block, for [`super::WalkGraph::open`].
    pub block: Vec<u8>,
    /// What became of the lines.
    pub counts: Counts,
}

/// A point of one or more lines.
#[derive(Clone, Copy, Debug)]
struct Vertex {
    place: Place,
    /// Above or below other lines; of no meaning where the source says which points are one.
    layer: i8,
    /// Whether the source does not say which points are one, so that place and layer tell.
    plain: bool,
    /// Whether a line ends here.
    end: bool,
    /// Whether a way ends here that may lead to another layer: one for people on foot, or one that is not on the ground.
    changes: bool,
}

/// A stretch between two points that follow each other on a line.
#[derive(Clone, Copy, Debug)]
struct Segment {
    from: u32,
    to: u32,
    /// Its kind and name, by number.
    nature: u32,
    /// Above or below other lines, as its points.
    layer: i8,
}

/// Kind and name of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Nature {
    kind: u16,
    /// From 1; 0 for none.
    name: u32,
}

/// Lines on their way into a graph.
#[derive(Clone, Debug, Default)]
pub struct WalkDraft {
    vertices: Vec<Vertex>,
    segments: Vec<Segment>,
    by_id: HashMap<i64, u32>,
    by_place: HashMap<(Place, i8), u32>,
    natures: Vec<Nature>,
    nature_numbers: HashMap<Nature, u32>,
    names: Vec<Text>,
    name_numbers: HashMap<(String, String), u32>,
    lines: usize,
}

impl WalkDraft {
    /// Takes a line of a source that does not say which points are one: those at one place and on one layer are, and ends that meet.
    /// `layer` is above (positive) or below others.
    ///
    /// # Errors
    /// A line that can't be walked. Nothing of it is kept.
    pub fn line(&mut self, points: impl IntoIterator<Item = Place>, kind: Kind, layer: i8, name: &Text) -> Result<(), LineFault> {
        let mut points: Vec<Place> = points.into_iter().collect();
        points.dedup();
        fit(&points)?;
        let numbers: Vec<u32> = points.iter().map(|place| self.plain_vertex(*place, layer)).collect();
        let leaves_ground = layer != 0 || kind.traits.contains(Trait::Bridge) || kind.traits.contains(Trait::Tunnel);
        let changes = leaves_ground || matches!(kind.way, Way::Steps | Way::Footway | Way::Pedestrian | Way::Path | Way::Corridor);
        for end in [numbers.first(), numbers.last()].into_iter().flatten() {
            let vertex = &mut self.vertices[*end as usize];
            vertex.end = true;
            vertex.changes |= changes;
        }
        self.take(&numbers, kind, layer, name);
        Ok(())
    }

    /// Takes a line of a source that says which points are one, by a number for each, as OpenStreetMap does.
    ///
    /// # Errors
    /// A line that can't be walked. Nothing of it is kept.
    pub fn numbered_line(&mut self, points: impl IntoIterator<Item = (i64, Place)>, kind: Kind, name: &Text) -> Result<(), LineFault> {
        let mut points: Vec<(i64, Place)> = points.into_iter().collect();
        points.dedup_by_key(|(id, _)| *id);
        let places: Vec<Place> = points.iter().map(|(_, place)| *place).collect();
        fit(&places)?;
        let numbers: Vec<u32> = points.into_iter().map(|(id, place)| self.shared_vertex(id, place)).collect();
        self.take(&numbers, kind, 0, name);
        Ok(())
    }

    /// Joins everything and writes the block.
    ///
    /// # Errors
    /// More than a block can hold.
    pub fn build(mut self) -> Result<Built, WalkError> {
        self.by_id = HashMap::new();
        self.by_place = HashMap::new();
        join::join_layers(&mut self.vertices, &mut self.segments);
        let (joined, split) = gap::close(&self.vertices, &mut self.segments);
        let before = self.segments.len();
        dedup(&mut self.segments);
        let counts = Counts { lines: self.lines, joined, split, merged: before - self.segments.len(), ..Counts::default() };
        let net = trace::trace(&self);
        drop((self.vertices, self.segments));
        write::write(order::order(net), &self.natures, &self.names, counts)
    }

    fn take(&mut self, numbers: &[u32], kind: Kind, layer: i8, name: &Text) {
        let nature = self.nature(kind, name);
        let pairs = numbers.windows(2).filter_map(|pair| pair.first().copied().zip(pair.last().copied()));
        self.segments.extend(pairs.map(|(from, to)| Segment { from, to, nature, layer }));
        self.lines += 1;
    }

    fn plain_vertex(&mut self, place: Place, layer: i8) -> u32 {
        let vertices = &mut self.vertices;
        *self.by_place.entry((place, layer)).or_insert_with(|| {
            vertices.push(Vertex { place, layer, plain: true, end: false, changes: false });
            (vertices.len() - 1) as u32
        })
    }

    fn shared_vertex(&mut self, id: i64, place: Place) -> u32 {
        let vertices = &mut self.vertices;
        *self.by_id.entry(id).or_insert_with(|| {
            vertices.push(Vertex { place, layer: 0, plain: false, end: false, changes: false });
            (vertices.len() - 1) as u32
        })
    }

    fn nature(&mut self, kind: Kind, name: &Text) -> u32 {
        let name = if name.is_empty() { 0 } else { self.name(name) };
        let nature = Nature { kind: kind.number(), name };
        let natures = &mut self.natures;
        *self.nature_numbers.entry(nature).or_insert_with(|| {
            natures.push(nature);
            (natures.len() - 1) as u32
        })
    }

    fn name(&mut self, name: &Text) -> u32 {
        let names = &mut self.names;
        *self.name_numbers.entry((name.zh.clone(), name.en.clone())).or_insert_with(|| {
            names.push(name.clone());
            names.len() as u32
        })
    }
}

/// Whether these can be the points of a line.
fn fit(points: &[Place]) -> Result<(), LineFault> {
    if points.len() < 2 {
        return Err(LineFault::TooShort);
    }
    if points.iter().any(|place| Place::from_degrees(place.lat(), place.lon()).is_none()) {
        return Err(LineFault::OffTheGlobe);
    }
    let longest = f64::from(Decimetres::LONGEST.0 / 10);
    let too_long = points.windows(2).any(|pair| matches!(pair, [from, to] if metres_between(*from, *to) >= longest));
    if too_long { Err(LineFault::TooLong) } else { Ok(()) }
}

/// Leaves out what leads nowhere, and all but the first of what runs between the same two points.
fn dedup(segments: &mut Vec<Segment>) {
    let ends = |segment: &Segment| (segment.from.min(segment.to), segment.from.max(segment.to));
    segments.retain(|segment| segment.from != segment.to);
    segments.sort_by_key(ends);
    segments.dedup_by_key(|segment| ends(segment));
}

#[cfg(test)]
pub(in crate::spatial) mod tests;
