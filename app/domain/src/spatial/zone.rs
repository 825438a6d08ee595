//! A zone that somebody chose, such as for a pilot: what lies in it.

use super::area::coord;
use super::frame::Frame;
use super::nearest::measure;
use crate::unit::{Metres, Place};
use geo::{Area, Contains, LineString, Polygon};

/// The corners that an outline may have.
pub const CORNERS: std::ops::RangeInclusive<usize> = 3..=60;

/// A zone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Zone {
    /// All that is at most so far from a place, straight.
    Around(Place, Metres),
    /// All within an outline that somebody drew, corner by corner; its first corner does not stand again at its end.
    Outline(Vec<Place>),
}

impl Zone {
    /// Whether a place lies in it.
    pub fn has(&self, place: Place) -> bool {
        match self {
            Self::Around(middle, radius) => measure(*middle, place).0 <= *radius,
            Self::Outline(corners) => polygon(corners, coord).contains(&geo::Point(coord(place))),
        }
    }

    /// South-west and north-east corner of what holds it; its middle twice for a circle, around which its radius is to be added.
    pub fn corners(&self) -> [Place; 2] {
        let corners = match self {
            Self::Around(middle, _) => std::slice::from_ref(middle),
            Self::Outline(corners) => corners,
        };
        let lat = || corners.iter().map(|place| place.lat_e7);
        let lon = || corners.iter().map(|place| place.lon_e7);
        let corner = |lat: Option<i32>, lon: Option<i32>| Place { lat_e7: lat.unwrap_or_default(), lon_e7: lon.unwrap_or_default() };
        [corner(lat().min(), lon().min()), corner(lat().max(), lon().max())]
    }

    /// How large it is, in square metres.
    pub fn square_metres(&self) -> f64 {
        match self {
            Self::Around(_, radius) => std::f64::consts::PI * f64::from(radius.0).powi(2),
            Self::Outline(corners) => {
                // On the flat: a zone is a few kilometres wide.
                let frame = Frame::containing(self.corners(), Metres(0));
                let flat = |place| geo::Coord::from(frame.point(place).map(f64::from));
                polygon(corners, flat).unsigned_area()
            }
        }
    }
}

fn polygon(corners: &[Place], coord: impl Fn(Place) -> geo::Coord) -> Polygon {
    Polygon::new(LineString::from(corners.iter().map(|place| coord(*place)).collect::<Vec<_>>()), Vec::new())
}

#[cfg(test)]
mod tests {
    use super::*;

    const MIDDLE: Place = Place { lat_e7: 250_330_000, lon_e7: 1_215_650_000 };

    /// A square with sides of two kilometres, drawn in either direction.
    fn square(reversed: bool) -> Zone {
        let frame = Frame::around(MIDDLE, [Metres(1_000), Metres(1_000)]);
        let mut corners: Vec<Place> =
            [[0.0, 0.0], [2_000.0, 0.0], [2_000.0, 2_000.0], [0.0, 2_000.0]].map(|at| frame.place(at).unwrap()).to_vec();
        if reversed {
            corners.reverse();
        }
        Zone::Outline(corners)
    }

    #[test]
    fn what_is_inside_is_in_it() {
        let frame = Frame::around(MIDDLE, [Metres(1_000), Metres(1_000)]);
        let at = |east, south| frame.place([east, south]).unwrap();
        for zone in [square(false), square(true)] {
            assert_eq!([at(1_000.0, 1_000.0), at(10.0, 10.0), at(-10.0, 10.0)].map(|place| zone.has(place)), [true, true, false]);
        }
        let circle = Zone::Around(MIDDLE, Metres(1_000));
        assert_eq!([at(1_000.0, 5.0), at(10.0, 10.0)].map(|place| circle.has(place)), [true, false]);
        assert!(!Zone::Outline(Vec::new()).has(MIDDLE));
    }

    #[test]
    fn its_size_does_not_depend_on_how_it_was_drawn() {
        for zone in [square(false), square(true)] {
            assert!((zone.square_metres() / 4e6 - 1.0).abs() < 0.01, "{}", zone.square_metres());
        }
        assert_eq!(Zone::Around(MIDDLE, Metres(1_000)).square_metres().round(), 3_141_593.0);
        assert_eq!(square(false).corners(), square(true).corners());
        assert_eq!(Zone::Around(MIDDLE, Metres(9)).corners(), [MIDDLE; 2]);
    }
}
