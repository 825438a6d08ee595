//! Ends that stop just short of a line, or that the seam between two tiles has cut: each is put on what lies less than a metre away, on
//! its own layer. Two halves that overlap at a seam become one line that way, because their common stretch is then there twice.

use super::{Segment, Vertex};
use crate::spatial::nearest::metres_between;
use crate::spatial::walk::snap::nearest_on;
use crate::unit::Place;
use std::collections::HashMap;

/// How near an end must be, in metres.
const NEAR: f64 = 1.0;
/// A cell's side, 1e-7 degrees: some ten metres, so that few ends share one and most stretches touch few.
const CELL: i32 = 1_000;
/// A stretch through more cells than this is compared with all ends instead.
const MANY_CELLS: i64 = 10_000;

/// Ends at which only one stretch hangs, by cell.
struct Loose<'a> {
    vertices: &'a [Vertex],
    all: Vec<u32>,
    cells: HashMap<(i32, i32), Vec<u32>>,
}

/// Closes gaps. Returns how many ends were put on a point of another line, and how many between two points.
pub fn close(vertices: &[Vertex], segments: &mut Vec<Segment>) -> (usize, usize) {
    let joined = join_points(vertices, segments);
    (joined, split_lines(vertices, segments))
}

fn cell(place: Place) -> (i32, i32) {
    (place.lat_e7.div_euclid(CELL), place.lon_e7.div_euclid(CELL))
}

impl<'a> Loose<'a> {
    fn of(vertices: &'a [Vertex], segments: &[Segment]) -> Self {
        let mut degree = vec![0u8; vertices.len()];
        for at in segments.iter().flat_map(|segment| [segment.from, segment.to]) {
            let degree = &mut degree[at as usize];
            *degree = degree.saturating_add(1);
        }
        let is_loose = |at: &u32| degree[*at as usize] == 1 && vertices[*at as usize].plain;
        let all: Vec<u32> = (0..vertices.len() as u32).filter(is_loose).collect();
        let mut cells: HashMap<_, Vec<u32>> = HashMap::new();
        for at in &all {
            cells.entry(cell(vertices[*at as usize].place)).or_default().push(*at);
        }
        Self { vertices, all, cells }
    }

    /// Loose ends in and around the box of these places, on this layer.
    fn around(&self, places: [Place; 2], layer: i8) -> Vec<u32> {
        let [one, other] = places.map(cell);
        let (south, north) = (one.0.min(other.0) - 1, one.0.max(other.0) + 1);
        let (west, east) = (one.1.min(other.1) - 1, one.1.max(other.1) + 1);
        let many = i64::from(north - south + 1) * i64::from(east - west + 1) > MANY_CELLS;
        let inside = |at: &&u32| self.vertices[**at as usize].layer == layer;
        if many {
            return self.all.iter().filter(inside).copied().collect();
        }
        let cells = (south..=north).flat_map(|row| (west..=east).map(move |column| (row, column)));
        cells.filter_map(|cell| self.cells.get(&cell)).flatten().filter(inside).copied().collect()
    }
}

/// Puts each loose end on the nearest other point within reach.
fn join_points(vertices: &[Vertex], segments: &mut [Segment]) -> usize {
    let loose = Loose::of(vertices, segments);
    let mut used = vec![false; vertices.len()];
    for at in segments.iter().flat_map(|segment| [segment.from, segment.to]) {
        used[at as usize] = true;
    }
    let mut nearest: HashMap<u32, (f64, u32)> = HashMap::new();
    for (at, vertex) in (0u32..).zip(vertices).filter(|(at, _)| used[*at as usize]) {
        for end in loose.around([vertex.place; 2], vertex.layer).into_iter().filter(|end| *end != at) {
            let apart = metres_between(vertices[end as usize].place, vertex.place);
            let best = nearest.entry(end).or_insert((NEAR, at));
            if apart < best.0 {
                *best = (apart, at);
            }
        }
    }
    nearest.retain(|_, (apart, _)| *apart < NEAR);
    let mut joined = 0;
    let mut moved: HashMap<u32, u32> = HashMap::new();
    let mut ends: Vec<(u32, u32)> = nearest.into_iter().map(|(end, (_, at))| (end, at)).collect();
    ends.sort_unstable();
    for (end, at) in ends {
        // Two ends that face each other: the first goes to the second, which stays.
        let target = moved.get(&at).copied().unwrap_or(at);
        if target != end {
            moved.insert(end, target);
            joined += 1;
        }
    }
    let follow = |mut at: u32| {
        for _ in 0..moved.len() {
            let Some(next) = moved.get(&at) else { break };
            at = *next;
        }
        at
    };
    for segment in segments {
        segment.from = follow(segment.from);
        segment.to = follow(segment.to);
    }
    joined
}

/// Cuts each stretch at the loose ends that lie on it.
fn split_lines(vertices: &[Vertex], segments: &mut Vec<Segment>) -> usize {
    let loose = Loose::of(vertices, segments);
    let place = |at: u32| vertices[at as usize].place;
    let mut split = std::collections::HashSet::new();
    let mut pieces = Vec::with_capacity(segments.len());
    for segment in segments.iter() {
        let ends = [place(segment.from), place(segment.to)];
        let is_between = |end: &u32| *end != segment.from && *end != segment.to;
        let on_it = |end: u32| {
            let (at, share) = nearest_on(ends, place(end));
            (metres_between(at, place(end)) < NEAR).then_some((share, end))
        };
        let mut between: Vec<(f64, u32)> = loose.around(ends, segment.layer).into_iter().filter(is_between).filter_map(on_it).collect();
        between.sort_by(|one, other| one.0.total_cmp(&other.0).then(one.1.cmp(&other.1)));
        let mut from = segment.from;
        for (_, end) in between {
            pieces.push(Segment { from, to: end, ..*segment });
            split.insert(end);
            from = end;
        }
        pieces.push(Segment { from, ..*segment });
    }
    *segments = pieces;
    split.len()
}
