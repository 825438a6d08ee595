//! Units as types: a number never travels without what it counts.

use serde::{Deserialize, Serialize};

/// A whole number of metres.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Metres(pub u32);

impl Metres {
    /// Minutes on foot at 80 m a minute, rounded up and at least one (the pace that property notices in Taiwan and Japan use).
    pub fn walking_minutes(self) -> u32 {
        self.0.div_ceil(80).max(1)
    }
}

/// A whole number of people.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Persons(pub u32);

/// A point in time: whole milliseconds since 1970-01-01 UTC.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Millis(pub u64);

impl Millis {
    /// One minute.
    pub const MINUTE: u64 = 60_000;
    /// Milliseconds in an hour.
    pub const HOUR: u64 = 60 * Self::MINUTE;
    /// One day.
    pub const DAY: u64 = 86_400_000;

    /// How long ago `self` was at `now`, in milliseconds; zero for what lies ahead.
    pub fn age(self, now: Millis) -> u64 {
        now.0.saturating_sub(self.0)
    }

    /// This time moved by whole minutes.
    pub fn plus_minutes(self, minutes: u32) -> Millis {
        Millis(self.0.saturating_add(u64::from(minutes) * Self::MINUTE))
    }
}

/// A place on the ground in WGS84, in whole 1e-7 degrees (about a centimetre): no floats in what is signed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Place {
    /// Latitude, 1e-7 degrees, north positive.
    pub lat_e7: i32,
    /// Longitude, 1e-7 degrees, east positive.
    pub lon_e7: i32,
}

impl Place {
    /// From degrees; `None` where they are not on the globe.
    ///
    /// ```
    /// use civmesh_domain::unit::Place;
    /// assert!(Place::from_degrees(25.03, 121.5).is_some());
    /// assert!(Place::from_degrees(121.5, 25.03).is_none());
    /// ```
    pub fn from_degrees(lat: f64, lon: f64) -> Option<Self> {
        let on_globe = lat.abs() <= 90.0 && lon.abs() <= 180.0;
        on_globe.then(|| Self { lat_e7: (lat * 1e7).round() as i32, lon_e7: (lon * 1e7).round() as i32 })
    }

    /// Whether it is on the globe: what came from outside need not be.
    pub fn is_on_globe(self) -> bool {
        self.lat_e7.unsigned_abs() <= 900_000_000 && self.lon_e7.unsigned_abs() <= 1_800_000_000
    }

    /// Latitude in degrees.
    pub fn lat(self) -> f64 {
        f64::from(self.lat_e7) / 1e7
    }

    /// Longitude in degrees.
    pub fn lon(self) -> f64 {
        f64::from(self.lon_e7) / 1e7
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn walking_takes_at_least_a_minute_and_rounds_up() {
        let cases = [(0, 1), (1, 1), (80, 1), (81, 2), (430, 6)];
        for (metres, minutes) in cases {
            assert_eq!(Metres(metres).walking_minutes(), minutes, "{metres} m");
        }
    }

    #[test]
    fn places_off_the_globe_and_not_numbers_are_refused() {
        assert_eq!(Place::from_degrees(90.1, 0.0), None);
        assert_eq!(Place::from_degrees(f64::NAN, 0.0), None);
        let place = Place::from_degrees(-25.033_611, 121.565).map(|p| (p.lat_e7, p.lon_e7));
        assert_eq!(place, Some((-250_336_110, 1_215_650_000)));
    }
}
