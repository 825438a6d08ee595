//! Coordinates as sources have them: numbers or not, zero, the wrong way round, or elsewhere.

use super::config::Bounds;
use super::report::Reason;
use civmesh_domain::unit::Place;

/// What a pair of coordinates comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Located {
    /// A place as it stands.
    Good(Place),
    /// The two were the wrong way round: swapped, they lie where they should.
    Swapped(Place),
    /// No place.
    Refused(Reason, String),
}

/// Reads latitude and longitude as text.
pub fn parse(lat: &str, lon: &str, bounds: &Bounds) -> Located {
    match (lat.trim().parse::<f64>(), lon.trim().parse::<f64>()) {
        (Ok(lat), Ok(lon)) => locate(lat, lon, bounds),
        _ => Located::Refused(Reason::NoCoordinates, format!("latitude '{lat}', longitude '{lon}' are not two numbers")),
    }
}

/// Places a pair of numbers.
pub fn locate(lat: f64, lon: f64, bounds: &Bounds) -> Located {
    if lat == 0.0 || lon == 0.0 {
        return Located::Refused(Reason::ZeroCoordinates, format!("latitude {lat}, longitude {lon}: a zero stands for 'unknown'"));
    }
    let within = |lat, lon| Place::from_degrees(lat, lon).filter(|_| bounds.has(lat, lon));
    match (within(lat, lon), within(lon, lat)) {
        (Some(place), _) => Located::Good(place),
        (None, Some(place)) => Located::Swapped(place),
        (None, None) => Located::Refused(Reason::OutOfRange, format!("latitude {lat}, longitude {lon} lie outside the region's bounds")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_of_dirt_is_told_apart() {
        let taiwan: Bounds = [118.0, 20.5, 123.0, 27.0].into();
        let good = Place::from_degrees(24.2659, 120.8095).unwrap();
        assert_eq!(parse("24.2659", " 120.8095", &taiwan), Located::Good(good));
        assert_eq!(parse("120.8095", "24.2659", &taiwan), Located::Swapped(good));
        for (lat, lon, reason) in [
            ("22.76", "0", Reason::ZeroCoordinates),
            ("0.0", "0", Reason::ZeroCoordinates),
            ("", "121", Reason::NoCoordinates),
            ("25.0N", "121", Reason::NoCoordinates),
            ("NaN", "121", Reason::OutOfRange),
            ("inf", "121", Reason::OutOfRange),
            ("23.98", "117.87", Reason::OutOfRange),
            ("121", "121", Reason::OutOfRange),
        ] {
            assert!(matches!(parse(lat, lon, &taiwan), Located::Refused(found, _) if found == reason), "{lat} {lon}");
        }
    }
}
