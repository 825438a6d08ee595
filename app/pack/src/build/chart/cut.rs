//! What of a shape lies in a tile, and a little around it so that wide lines and outlines do not end at its edge.

use super::Line;
use geo::{BooleanOps, BoundingRect, Coord, MultiPolygon, Polygon, Rect};

/// The box of some points; `None` without any.
pub fn box_of(points: &[Coord<f64>]) -> Option<Rect<f64>> {
    let first = *points.first()?;
    let grow = |(low, high): (Coord<f64>, Coord<f64>), at: &Coord<f64>| {
        (Coord { x: low.x.min(at.x), y: low.y.min(at.y) }, Coord { x: high.x.max(at.x), y: high.y.max(at.y) })
    };
    let (low, high) = points.iter().fold((first, first), grow);
    Some(Rect::new(low, high))
}

fn is_inside(outer: &Rect<f64>, inner: &Rect<f64>) -> bool {
    let (low, high) = (inner.min(), inner.max());
    low.x >= outer.min().x && low.y >= outer.min().y && high.x <= outer.max().x && high.y <= outer.max().y
}

/// The stretches of a line that lie in a box.
pub fn line_in(line: &[Coord<f64>], frame: &Rect<f64>) -> Vec<Line> {
    if box_of(line).is_some_and(|line| is_inside(frame, &line)) {
        return vec![line.to_vec()];
    }
    let mut stretches: Vec<Line> = Vec::new();
    let mut goes_on = false;
    for pair in line.windows(2) {
        let Some((from, to)) = segment_in([pair[0], pair[1]], frame) else {
            goes_on = false;
            continue;
        };
        match stretches.last_mut().filter(|_| goes_on && from == pair[0]) {
            Some(stretch) => stretch.push(to),
            None => stretches.push(vec![from, to]),
        }
        goes_on = to == pair[1];
    }
    stretches
}

/// The part of a segment in a box, by Liang and Barsky.
fn segment_in([from, to]: [Coord<f64>; 2], frame: &Rect<f64>) -> Option<(Coord<f64>, Coord<f64>)> {
    let (way, low, high) = (to - from, frame.min(), frame.max());
    let sides = [(-way.x, from.x - low.x), (way.x, high.x - from.x), (-way.y, from.y - low.y), (way.y, high.y - from.y)];
    let (mut start, mut end) = (0.0_f64, 1.0_f64);
    for (pace, room) in sides {
        if pace == 0.0 {
            if room < 0.0 {
                return None;
            }
        } else if pace < 0.0 {
            start = start.max(room / pace);
        } else {
            end = end.min(room / pace);
        }
    }
    let at = |share: f64| from + way * share;
    (start <= end).then(|| (if start > 0.0 { at(start) } else { from }, if end < 1.0 { at(end) } else { to }))
}

/// The parts of a polygon that lie in a box.
pub fn polygon_in(polygon: &Polygon, frame: &Rect<f64>) -> MultiPolygon {
    match polygon.bounding_rect() {
        None => MultiPolygon::new(Vec::new()),
        Some(whole) if is_inside(frame, &whole) => MultiPolygon::new(vec![polygon.clone()]),
        Some(_) => polygon.intersection(&frame.to_polygon()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use geo::{Area, LineString};

    fn frame() -> Rect<f64> {
        Rect::new(Coord { x: 0.0, y: 0.0 }, Coord { x: 10.0, y: 10.0 })
    }

    fn line(points: &[(f64, f64)]) -> Line {
        points.iter().map(|(x, y)| Coord { x: *x, y: *y }).collect()
    }

    #[test]
    fn a_line_that_leaves_and_comes_back_is_two() {
        let out_and_in = line(&[(-5.0, 5.0), (5.0, 5.0), (5.0, 15.0), (8.0, 15.0), (8.0, 5.0), (9.0, 5.0)]);
        let expected = [line(&[(0.0, 5.0), (5.0, 5.0), (5.0, 10.0)]), line(&[(8.0, 10.0), (8.0, 5.0), (9.0, 5.0)])];
        assert_eq!(line_in(&out_and_in, &frame()), expected);
        assert_eq!(line_in(&line(&[(-5.0, -1.0), (15.0, -1.0)]), &frame()), Vec::<Line>::new());
    }

    #[test]
    fn a_polygon_around_the_tile_fills_it_and_its_hole_stays_empty() {
        let ring = |low: f64, high: f64| LineString::new(line(&[(low, low), (high, low), (high, high), (low, high), (low, low)]));
        let sea = Polygon::new(ring(-100.0, 100.0), vec![ring(2.0, 5.0)]);
        assert!((polygon_in(&sea, &frame()).unsigned_area() - 91.0).abs() < 1e-6);
        assert!(polygon_in(&Polygon::new(ring(20.0, 30.0), Vec::new()), &frame()).0.is_empty());
    }
}
