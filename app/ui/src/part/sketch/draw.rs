//! Ground as the lines of a picture, in whole metres of its frame.

use crate::state::turns::Turns;
use civmesh_domain::spatial::area::HazardArea;
use civmesh_domain::spatial::frame::Frame;
use civmesh_domain::spatial::walk::{WalkGraph, Way};
use civmesh_domain::unit::{Metres, Place};
use civmesh_pack::Pauses;
use std::fmt::Write;

/// Wider frames are drawn without alleys and paths: they would be a grey ground.
const NEAR: Metres = Metres(2_500);
/// The heaviest class that is told apart.
pub const HEAVIEST: u8 = 3;

/// Streets as two lines: the small ones, and those that lead through.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Streets {
    /// Streets with homes, alleys, paths.
    pub small: String,
    /// Roads between quarters, and larger.
    pub large: String,
}

/// One hazard area.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Danger {
    /// How heavy, from 1 to 3.
    pub class: u8,
    /// Its outline and holes.
    pub line: String,
}

/// How a way is drawn, if it is.
fn is_large(way: Way, frame: &Frame) -> Option<bool> {
    match way {
        Way::Tertiary | Way::Secondary | Way::Primary | Way::Trunk => Some(true),
        Way::LivingStreet | Way::Residential | Way::Unclassified | Way::Pedestrian => Some(false),
        _ => (frame.width() <= NEAR).then_some(false),
    }
}

/// The streets in a frame. The screen has its turn in between.
pub async fn streets(graph: &WalkGraph, frame: &Frame) -> Streets {
    let mut streets = Streets::default();
    let turns = Turns::begin();
    let [low, high] = frame.corners();
    for edge in graph.edges_near((low, high)) {
        match is_large(edge.kind.way, frame) {
            Some(true) => add(&mut streets.large, frame, &graph.line(&edge)),
            Some(false) => add(&mut streets.small, frame, &graph.line(&edge)),
            None => {}
        }
        turns.pause().await;
    }
    streets
}

/// The areas in a frame, the mildest first, so that the heavier ones lie on top.
pub fn dangers<'a>(areas: impl IntoIterator<Item = &'a HazardArea>, frame: &Frame) -> Vec<Danger> {
    let drawn = areas.into_iter().filter(|area| area.corners().is_some_and(|corners| frame.meets(corners)));
    let mut all: Vec<Danger> =
        drawn.map(|area| Danger { class: area.class.0.clamp(1, HEAVIEST), line: rings(&area.rings, frame) }).collect();
    all.sort_by_key(|danger| danger.class);
    all
}

/// An outline with its holes.
pub fn rings(rings: &[Vec<Place>], frame: &Frame) -> String {
    let mut line = String::new();
    for ring in rings {
        add(&mut line, frame, ring);
        line.push('Z');
    }
    line
}

/// A closed line through places.
pub fn outline(corners: &[Place], frame: &Frame) -> String {
    let mut line = String::new();
    add(&mut line, frame, corners);
    if corners.len() > 2 {
        line.push('Z');
    }
    line
}

/// A circle around a place.
pub fn circle(middle: Place, radius: Metres, frame: &Frame) -> String {
    let ([east, south], radius) = (frame.point(middle), i64::from(radius.0));
    format!("M{} {south}a{radius} {radius} 0 1 0 {} 0a{radius} {radius} 0 1 0 -{} 0Z", i64::from(east) - radius, radius * 2, radius * 2)
}

/// Points that fall together are drawn once.
fn add(line: &mut String, frame: &Frame, places: &[Place]) {
    let mut before = None;
    for place in places {
        let point = frame.point(*place);
        if before == Some(point) {
            continue;
        }
        let [east, south] = point;
        let letter = if before.is_none() { 'M' } else { 'L' };
        // A string takes whatever it is given.
        let _written = write!(line, "{letter}{east} {south}");
        before = Some(point);
    }
}

/// A round length of at most a quarter of the frame's width, for its scale.
pub fn scale(frame: &Frame) -> Metres {
    let most = frame.width().0 / 4;
    let round = [5_000, 2_000, 1_000, 500, 200, 100, 50, 20, 10, 5, 2];
    Metres(round.into_iter().find(|metres| *metres <= most).unwrap_or(1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use civmesh_domain::spatial::area::Class;
    use civmesh_domain::spatial::hazard::Hazard;
    use wasm_bindgen_test::wasm_bindgen_test as test;

    const MIDDLE: Place = Place { lat_e7: 250_330_000, lon_e7: 1_215_650_000 };

    fn frame() -> Frame {
        Frame::around(MIDDLE, [Metres(100), Metres(100)])
    }

    #[test]
    fn lines_are_drawn_in_metres_of_the_frame_and_closed_where_they_surround_something() {
        let at = |east, south| frame().place([east, south]).unwrap();
        let square = [at(0.0, 0.0), at(0.2, 0.0), at(200.0, 0.0), at(200.0, 200.0)];
        assert_eq!(outline(&square, &frame()), "M0 0L200 0L200 200Z");
        assert_eq!(outline(&square[..1], &frame()), "M0 0");
    }

    #[test]
    fn areas_beside_the_frame_are_left_out_and_the_heaviest_lies_on_top() {
        let area = |class, east: f64| {
            let ring = [[east, 10.0], [east + 10.0, 10.0], [east, 20.0]].map(|at| frame().place(at).unwrap());
            HazardArea { hazard: Hazard::Flood, class: Class(class), depth: None, layer: 0, rings: vec![ring.to_vec()] }
        };
        let areas = [area(9, 10.0), area(1, 20.0), area(1, 900.0)];
        let drawn = dangers(&areas, &frame());
        assert_eq!(drawn.iter().map(|danger| danger.class).collect::<Vec<_>>(), [1, 3]);
        assert_eq!(drawn[0].line, "M20 10L30 10L20 20Z");
    }

    #[test]
    fn the_scale_is_round_and_no_longer_than_a_quarter() {
        for (half, expected) in [(100, 50), (1_000, 500), (1_300, 500), (5, 2), (1, 1)] {
            assert_eq!(scale(&Frame::around(MIDDLE, [Metres(half), Metres(half)])), Metres(expected));
        }
    }
}
