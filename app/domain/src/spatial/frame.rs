//! A piece of ground drawn flat: metres east and south of its north-west corner. True enough for a town, where the globe's curve is thinner
//! than a drawn line; nothing is measured by it.

use crate::unit::{Metres, Place};

/// One degree along a meridian, in metres, on a globe with a radius of 6,371,008.8 m.
const DEGREE: f64 = 111_195.08;

/// What is drawn: as wide and high as it says, north up.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Frame {
    /// Degrees.
    north: f64,
    west: f64,
    /// Metres in a degree of longitude at its middle.
    across: f64,
    width: Metres,
    height: Metres,
}

impl Frame {
    /// Around a place, so far to the west and east, and to the north and south.
    pub fn around(middle: Place, [aside, along]: [Metres; 2]) -> Self {
        let across = DEGREE * middle.lat().to_radians().cos().max(0.01);
        let (aside, along) = (aside.0.max(1), along.0.max(1));
        Self {
            north: middle.lat() + f64::from(along) / DEGREE,
            west: middle.lon() - f64::from(aside) / across,
            across,
            width: Metres(aside.saturating_mul(2)),
            height: Metres(along.saturating_mul(2)),
        }
    }

    /// Around two corners, with a margin on each side; no narrower than half its height, no lower than half its width.
    pub fn containing([low, high]: [Place; 2], margin: Metres) -> Self {
        let middle = |low: i32, high: i32| ((i64::from(low) + i64::from(high)) / 2) as i32;
        let middle = Place { lat_e7: middle(low.lat_e7, high.lat_e7), lon_e7: middle(low.lon_e7, high.lon_e7) };
        let across = DEGREE * middle.lat().to_radians().cos().max(0.01);
        let half = |degrees: f64, metres: f64| (degrees * metres / 2.0).abs().ceil() as u32 + margin.0;
        let (aside, along) = (half(high.lon() - low.lon(), across), half(high.lat() - low.lat(), DEGREE));
        Self::around(middle, [Metres(aside.max(along / 2)), Metres(along.max(aside / 2))])
    }

    /// How wide it is.
    pub fn width(&self) -> Metres {
        self.width
    }

    /// How high it is.
    pub fn height(&self) -> Metres {
        self.height
    }

    /// South-west and north-east corner.
    pub fn corners(&self) -> [Place; 2] {
        let place = |lat: f64, lon: f64| Place { lat_e7: (lat * 1e7).round() as i32, lon_e7: (lon * 1e7).round() as i32 };
        let south = self.north - f64::from(self.height.0) / DEGREE;
        let east = self.west + f64::from(self.width.0) / self.across;
        [place(south, self.west), place(self.north, east)]
    }

    /// Metres east and south of its north-west corner, negative for what lies to the west or north of it.
    pub fn point(&self, place: Place) -> [i32; 2] {
        let east = (place.lon() - self.west) * self.across;
        let south = (self.north - place.lat()) * DEGREE;
        [east, south].map(|metres| metres.round() as i32)
    }

    /// The place that is drawn there; `None` beyond the globe.
    pub fn place(&self, [east, south]: [f64; 2]) -> Option<Place> {
        Place::from_degrees(self.north - south / DEGREE, self.west + east / self.across)
    }

    /// Whether a place is drawn.
    pub fn has(&self, place: Place) -> bool {
        let [east, south] = self.point(place);
        (0..=self.width.0 as i32).contains(&east) && (0..=self.height.0 as i32).contains(&south)
    }

    /// Whether anything between two corners may be drawn.
    pub fn meets(&self, (low, high): (Place, Place)) -> bool {
        let [own_low, own_high] = self.corners();
        low.lat_e7 <= own_high.lat_e7 && high.lat_e7 >= own_low.lat_e7 && low.lon_e7 <= own_high.lon_e7 && high.lon_e7 >= own_low.lon_e7
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spatial::nearest::measure;
    use proptest::prelude::*;

    const TAIPEI: Place = Place { lat_e7: 250_330_000, lon_e7: 1_215_650_000 };

    #[test]
    fn its_middle_is_in_the_middle_and_north_is_up() {
        let frame = Frame::around(TAIPEI, [Metres(1_000), Metres(700)]);
        assert_eq!((frame.width(), frame.height(), frame.point(TAIPEI)), (Metres(2_000), Metres(1_400), [1_000, 700]));
        let [low, high] = frame.corners();
        assert_eq!((frame.point(low), frame.point(high)), ([0, 1_400], [2_000, 0]));
        assert!(frame.has(low) && frame.has(high) && !frame.has(Place { lat_e7: high.lat_e7 + 200, ..high }));
    }

    #[test]
    fn corners_keep_their_margin_and_it_is_never_a_strip() {
        let [low, high] = [TAIPEI, Place { lon_e7: TAIPEI.lon_e7 + 200_000, ..TAIPEI }];
        let frame = Frame::containing([low, high], Metres(100));
        assert!((100..=101).contains(&frame.point(low)[0]), "{:?}", frame.point(low));
        assert_eq!(frame.height(), Metres(frame.width().0 / 2));
        assert!(frame.meets((low, high)));
        assert!(!frame.meets((Place::default(), Place::default())));
    }

    proptest! {
        #[test]
        fn distances_in_it_are_those_on_the_ground(east in -3_000i32..3_000, north in -3_000i32..3_000, lat in -60i32..60) {
            let middle = Place { lat_e7: lat * 10_000_000, ..TAIPEI };
            let frame = Frame::around(middle, [Metres(3_000), Metres(3_000)]);
            let place = frame.place([f64::from(3_000 + east), f64::from(3_000 - north)]).unwrap();
            let drawn = f64::from(east).hypot(f64::from(north));
            let ground = f64::from(measure(middle, place).0.0);
            prop_assert!((drawn - ground).abs() <= 2.0 + ground * 0.002, "{drawn} drawn, {ground} on the ground");
            let [x, y] = frame.point(place);
            prop_assert!((x - (3_000 + east)).abs() <= 1 && (y - (3_000 - north)).abs() <= 1);
        }
    }
}
