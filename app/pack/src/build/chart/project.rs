//! From the globe to the plane that is cut into tiles: Web Mercator, with the whole world from 0 to 1 in both directions, north at 0.

use crate::build::shape::Point;
use civmesh_domain::unit::Place;
use geo::Coord;
use std::f64::consts::PI;

/// Farther from the equator than this there are no tiles.
const FARTHEST: f64 = 85.051_128;

/// A place, on the plane.
pub fn place_onto_plane(place: Place) -> Coord<f64> {
    point_onto_plane((place.lat(), place.lon()))
}

/// Latitude and longitude, on the plane.
pub fn point_onto_plane((lat, lon): Point) -> Coord<f64> {
    let lat = lat.clamp(-FARTHEST, FARTHEST).to_radians();
    Coord { x: (lon + 180.0) / 360.0, y: (1.0 - lat.tan().asinh() / PI) / 2.0 }
}

/// A line, on the plane.
pub fn onto_plane(line: &[Point]) -> Vec<Coord<f64>> {
    line.iter().copied().map(point_onto_plane).collect()
}

/// Latitude and longitude of a point of the plane.
pub fn off_plane(at: Coord<f64>) -> Point {
    ((PI * (1.0 - 2.0 * at.y)).sinh().atan().to_degrees(), at.x * 360.0 - 180.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_plane_is_that_of_all_web_maps() {
        // The crossing at Shibuya, in the wiki of OpenStreetMap the example for tile 18/232798/103246.
        let at = point_onto_plane((35.659_069_9, 139.700_679_3));
        assert_eq!(((at.x * 262_144.0).floor(), (at.y * 262_144.0).floor()), (232_798.0, 103_246.0));
        let (lat, lon) = off_plane(at);
        assert!((lat - 35.659_069_9).abs() < 1e-9 && (lon - 139.700_679_3).abs() < 1e-9, "{lat} {lon}");
    }
}
