//! Outlines as they are written: a first place, and from each place to the next how far. That takes a third of the room.

use crate::unit::{Metres, Place};
use serde::{Deserialize, Serialize};

/// An outer ring, then holes.
pub type Rings = Vec<Vec<Place>>;

/// Corners of a circle.
const CORNERS: u32 = 24;
/// Metres in a degree of latitude, on a sphere of 6,371,009 m.
const METRES_PER_DEGREE: f64 = 111_195.08;
/// Fewer corners have no inside.
pub(super) const FEWEST: usize = 3;

/// A ring: closed without its first place standing again at its end.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ring {
    /// Its first place.
    pub first: Place,
    /// From each place to the next: how far north and how far east, in whole 1e-7 degrees.
    pub steps: Vec<(i32, i32)>,
}

/// One outline with its holes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Outline {
    /// The outer ring, then holes.
    pub rings: Vec<Ring>,
}

impl Ring {
    /// Of these places; `None` of fewer than three, or where two lie farther apart than can be written.
    pub fn of(places: &[Place]) -> Option<Self> {
        let first = *places.first().filter(|_| places.len() >= FEWEST)?;
        let step = |pair: &[Place]| match pair {
            [from, to] => Some((to.lat_e7.checked_sub(from.lat_e7)?, to.lon_e7.checked_sub(from.lon_e7)?)),
            _ => None,
        };
        Some(Self { first, steps: places.windows(2).map(step).collect::<Option<_>>()? })
    }

    /// Its places; `None` where they are too few or not on the globe.
    pub fn places(&self) -> Option<Vec<Place>> {
        let mut at = self.first;
        let mut places = vec![at];
        for (north, east) in &self.steps {
            at = Place { lat_e7: at.lat_e7.checked_add(*north)?, lon_e7: at.lon_e7.checked_add(*east)? };
            places.push(at);
        }
        (places.len() >= FEWEST && places.iter().all(|place| place.is_on_globe())).then_some(places)
    }
}

impl Outline {
    /// Of these rings; `None` where there is none, or one can't be written.
    pub fn of(rings: &[Vec<Place>]) -> Option<Self> {
        let rings: Vec<Ring> = rings.iter().map(|ring| Ring::of(ring)).collect::<Option<_>>()?;
        (!rings.is_empty()).then_some(Self { rings })
    }

    /// Its rings; `None` where there is none, or one of them is none.
    pub fn rings(&self) -> Option<Rings> {
        let rings: Rings = self.rings.iter().map(Ring::places).collect::<Option<_>>()?;
        (!rings.is_empty()).then_some(rings)
    }

    /// How many corners it has.
    pub fn corners(&self) -> usize {
        self.rings.iter().map(|ring| ring.steps.len() + 1).sum()
    }

    /// A circle around a spot, as far as its corners make one; `None` beside a pole or the date line.
    pub fn circle(middle: Place, radius: Metres) -> Option<Self> {
        let north = f64::from(radius.0) / METRES_PER_DEGREE;
        let east = north / middle.lat().to_radians().cos();
        let corner = |number: u32| {
            let angle = f64::from(number) * std::f64::consts::TAU / f64::from(CORNERS);
            Place::from_degrees(middle.lat() + north * angle.cos(), middle.lon() + east * angle.sin())
        };
        Self::of(&[(0..CORNERS).map(corner).collect::<Option<Vec<_>>>()?])
    }
}
