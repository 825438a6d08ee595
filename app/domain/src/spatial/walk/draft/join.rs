//! Which points of two lines are one, where their source does not say it.
//!
//! Points at one place and on one layer are one. Across layers, a bridge that passes over a street must not be joined to it, but where it
//! comes to the ground it must: so ends that meet are one, and the end of a bridge, a tunnel or a way for people on foot (steps, or the
//! way into an arcade below the street) joins whatever is there.

use super::{Segment, Vertex};
use crate::unit::Place;

/// Joins points at one place across layers.
pub fn join_layers(vertices: &mut [Vertex], segments: &mut [Segment]) {
    let mut by_place: Vec<(Place, u32)> =
        (0..).zip(vertices.iter()).filter(|(_, vertex)| vertex.plain).map(|(at, vertex)| (vertex.place, at)).collect();
    by_place.sort_unstable_by_key(|(place, at)| (place.lat_e7, place.lon_e7, *at));
    let mut stands_for: Vec<u32> = (0..vertices.len() as u32).collect();
    for here in by_place.chunk_by(|one, other| one.0 == other.0).filter(|here| here.len() > 1) {
        let here: Vec<u32> = here.iter().map(|(_, at)| *at).collect();
        let any_changes = here.iter().any(|at| vertices[*at as usize].changes);
        let joined: Vec<u32> = here.into_iter().filter(|at| any_changes || vertices[*at as usize].end).collect();
        let Some((first, others)) = joined.split_first() else { continue };
        for other in others {
            stands_for[*other as usize] = *first;
        }
        // An end that was joined is as much an end of the layer that stands for it.
        vertices[*first as usize].end = true;
    }
    for segment in segments {
        segment.from = stands_for[segment.from as usize];
        segment.to = stands_for[segment.to as usize];
    }
}
