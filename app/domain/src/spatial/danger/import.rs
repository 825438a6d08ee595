//! Outlines out of a GeoJSON file (RFC 7946): polygons, in degrees, longitude first. What can't be taken is refused by its number, with the
//! reason; nothing is guessed.

use super::outline::{FEWEST, Outline};
use super::parcel::{MOST_EVENTS, ROOM, parcels, size};
use crate::spatial::area::corners;
use crate::unit::Place;
use geo::{Coord, LineString, Simplify};
use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::value::RawValue;

/// The largest file that is read, in bytes.
pub const LARGEST_FILE: usize = 5_000_000;
/// Outlines are simplified by so many metres: the finest with which the file fits.
const TOLERANCES: [f64; 4] = [0.5, 2.0, 5.0, 10.0];
/// Metres in a degree of latitude, on a sphere of 6,371,009 m.
const METRES_PER_DEGREE: f64 = 111_195.08;

/// Why a file as a whole can't be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unreadable {
    /// It is larger than [`LARGEST_FILE`].
    TooLarge,
    /// It is no GeoJSON.
    NotGeoJson,
    /// It names other coordinates than longitude and latitude in WGS84.
    OtherCoordinates,
}

/// Why one area of a file can't be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Refused {
    /// It is a point or a line, or has no shape at all.
    NoArea,
    /// It is not written as such a shape is.
    Damaged,
    /// Latitude stands before longitude.
    Swapped,
    /// It is not in degrees.
    NotDegrees,
    /// It does not touch this region.
    Elsewhere,
    /// It has fewer than three corners.
    TooFew,
    /// It has too many corners for one record even after it was simplified.
    TooMany {
        /// So many it has.
        corners: usize,
        /// So many would fit, about.
        fit: usize,
    },
}

/// What a file holds.
#[derive(Clone, Debug, PartialEq)]
pub struct Import {
    /// The name of its one feature, if it has one and that has a name.
    pub name: Option<String>,
    /// What can be declared, in the order of the file.
    pub outlines: Vec<Outline>,
    /// What can't, each with the number of its feature, from 1.
    pub refused: Vec<(usize, Refused)>,
    /// How many corners the outlines had in the file.
    pub before: usize,
    /// By how many metres at most the outlines differ from the file's.
    pub tolerance: f64,
}

impl Import {
    /// How many corners the outlines have.
    pub fn corners(&self) -> usize {
        self.outlines.iter().map(Outline::corners).sum()
    }

    /// How many records it makes.
    pub fn events(&self) -> usize {
        parcels(self.outlines.clone()).len()
    }

    /// Whether it can be declared at run time; else it belongs in the region's pack.
    pub fn fits(&self) -> bool {
        self.events() <= MOST_EVENTS
    }

    /// How many corners would fit, about.
    pub fn room(&self) -> usize {
        self.corners() * MOST_EVENTS / self.events().max(1)
    }
}

#[derive(Deserialize)]
struct Document<'a> {
    r#type: String,
    #[serde(borrow, default)]
    features: Option<Vec<&'a RawValue>>,
    #[serde(default)]
    crs: Option<Crs>,
}

#[derive(Deserialize)]
struct Crs {
    #[serde(default)]
    properties: Option<CrsName>,
}

#[derive(Deserialize)]
struct CrsName {
    #[serde(default)]
    name: Option<String>,
}

#[derive(Deserialize)]
struct Feature<'a> {
    #[serde(borrow, default)]
    geometry: Option<Geometry<'a>>,
    #[serde(borrow, default)]
    properties: Option<&'a RawValue>,
}

#[derive(Deserialize)]
struct Named {
    #[serde(default)]
    name: Option<String>,
}

#[derive(Deserialize)]
struct Geometry<'a> {
    r#type: String,
    #[serde(borrow, default)]
    coordinates: Option<&'a RawValue>,
    #[serde(default)]
    geometries: Option<IgnoredAny>,
}

type Polygon = Vec<Vec<Vec<f64>>>;

/// Reads a file. Areas that do not touch the box of `region`, its south-west and north-east corner, are refused.
///
/// # Errors
/// Nothing of it can be taken.
pub fn read(bytes: &[u8], region: (Place, Place)) -> Result<Import, Unreadable> {
    if bytes.len() > LARGEST_FILE {
        return Err(Unreadable::TooLarge);
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let document: Document<'_> = serde_json::from_slice(bytes).map_err(|_| Unreadable::NotGeoJson)?;
    if document.crs.is_some_and(|crs| !is_degrees(&crs)) {
        return Err(Unreadable::OtherCoordinates);
    }
    let shapes: Vec<(usize, Result<Polygon, Refused>)> = match document.r#type.as_str() {
        "FeatureCollection" => {
            let features = document.features.as_ref().ok_or(Unreadable::NotGeoJson)?;
            features.iter().zip(1..).flat_map(|(raw, number)| numbered(number, of_feature(raw.get().as_bytes()))).collect()
        }
        "Feature" => numbered(1, of_feature(bytes)).collect(),
        "Polygon" | "MultiPolygon" | "Point" | "MultiPoint" | "LineString" | "MultiLineString" | "GeometryCollection" => {
            let geometry = serde_json::from_slice(bytes).map_err(|_| Unreadable::NotGeoJson)?;
            numbered(1, of_geometry(&geometry)).collect()
        }
        _ => return Err(Unreadable::NotGeoJson),
    };
    let name = match (document.r#type.as_str(), document.features.as_deref()) {
        ("Feature", _) => name_of(bytes),
        (_, Some([only])) => name_of(only.get().as_bytes()),
        _ => None,
    };
    Ok(simplest(name, &shapes, region))
}

/// The finest tolerance with which all of it fits; the coarsest where none does.
fn simplest(name: Option<String>, shapes: &[(usize, Result<Polygon, Refused>)], region: (Place, Place)) -> Import {
    let mut import = Import { name, outlines: Vec::new(), refused: Vec::new(), before: 0, tolerance: 0.0 };
    for tolerance in TOLERANCES {
        import = Import { tolerance, outlines: Vec::new(), refused: Vec::new(), before: 0, ..import };
        for (number, shape) in shapes {
            let taken = shape.as_ref().map_err(|refused| *refused).and_then(|polygon| outline(polygon, tolerance, region));
            match taken {
                Ok((outline, before)) => {
                    import.outlines.push(outline);
                    import.before += before;
                }
                Err(refused) => import.refused.push((*number, refused)),
            }
        }
        import.refused.dedup();
        if import.fits() && !import.refused.iter().any(|(_, refused)| matches!(refused, Refused::TooMany { .. })) {
            break;
        }
    }
    import
}

fn numbered(number: usize, shapes: Result<Vec<Polygon>, Refused>) -> impl Iterator<Item = (usize, Result<Polygon, Refused>)> {
    let all = match shapes {
        Ok(shapes) => shapes.into_iter().map(Ok).collect(),
        Err(refused) => vec![Err(refused)],
    };
    all.into_iter().map(move |shape| (number, shape))
}

/// Longitude and latitude in WGS84, by the names that older writers give it.
fn is_degrees(crs: &Crs) -> bool {
    let name = crs.properties.as_ref().and_then(|named| named.name.as_deref()).unwrap_or_default().to_ascii_uppercase();
    name.is_empty() || name.ends_with("CRS84") || name.ends_with(":4326") || name == "WGS84" || name == "WGS 84"
}

fn of_feature(bytes: &[u8]) -> Result<Vec<Polygon>, Refused> {
    let feature: Feature<'_> = serde_json::from_slice(bytes).map_err(|_| Refused::Damaged)?;
    of_geometry(&feature.geometry.ok_or(Refused::NoArea)?)
}

fn name_of(bytes: &[u8]) -> Option<String> {
    let feature: Feature<'_> = serde_json::from_slice(bytes).ok()?;
    let named: Named = serde_json::from_str(feature.properties?.get()).ok()?;
    named.name.map(|name| super::title_of(&name)).filter(|name| !name.is_empty())
}

fn of_geometry(geometry: &Geometry<'_>) -> Result<Vec<Polygon>, Refused> {
    let text = geometry.coordinates.filter(|_| geometry.geometries.is_none()).map(RawValue::get);
    match (geometry.r#type.as_str(), text) {
        ("Polygon", Some(text)) => Ok(vec![serde_json::from_str(text).map_err(|_| Refused::Damaged)?]),
        ("MultiPolygon", Some(text)) => serde_json::from_str(text).map_err(|_| Refused::Damaged),
        ("Polygon" | "MultiPolygon", None) => Err(Refused::Damaged),
        _ => Err(Refused::NoArea),
    }
}

/// The outline of a polygon, and how many corners it had.
fn outline(polygon: &Polygon, tolerance: f64, region: (Place, Place)) -> Result<(Outline, usize), Refused> {
    let points = polygon.iter().flatten().map(|position| match position.as_slice() {
        [lon, lat, ..] => Ok((*lon, *lat)),
        _ => Err(Refused::Damaged),
    });
    let points: Vec<(f64, f64)> = points.collect::<Result<_, _>>()?;
    if points.is_empty() {
        return Err(Refused::TooFew);
    }
    let is_within = |swapped: bool| {
        let places = points.iter().map(|&(lon, lat)| if swapped { Place::from_degrees(lon, lat) } else { Place::from_degrees(lat, lon) });
        places.collect::<Option<Vec<_>>>().map(|places| meets(&[places], region))
    };
    match (is_within(false), is_within(true)) {
        (Some(true), _) => {}
        (_, Some(true)) => return Err(Refused::Swapped),
        (Some(false), _) => return Err(Refused::Elsewhere),
        (None, Some(false)) => return Err(Refused::Swapped),
        (None, None) => return Err(Refused::NotDegrees),
    }
    let mut rings = Vec::new();
    for (at, ring) in polygon.iter().enumerate() {
        let places = simplified(ring, tolerance);
        match (places.len() >= FEWEST, at) {
            (true, _) => rings.push(places),
            (false, 0) => return Err(Refused::TooFew),
            // A hole that is none.
            (false, _) => {}
        }
    }
    let outline = Outline::of(&rings).ok_or(Refused::TooFew)?;
    let bytes = size(&outline);
    if bytes > ROOM {
        let corners = outline.corners();
        return Err(Refused::TooMany { corners, fit: corners * ROOM / bytes.max(1) });
    }
    Ok((outline, points.len()))
}

/// Whether the boxes of both touch.
fn meets(rings: &[Vec<Place>], (south_west, north_east): (Place, Place)) -> bool {
    corners(rings).is_some_and(|(low, high)| {
        low.lat_e7 <= north_east.lat_e7
            && high.lat_e7 >= south_west.lat_e7
            && low.lon_e7 <= north_east.lon_e7
            && high.lon_e7 >= south_west.lon_e7
    })
}

/// A ring without its last place, which is its first, and with fewer corners: none was farther than so many metres from what is left. As it was
/// where nothing would be left of it.
fn simplified(ring: &[Vec<f64>], tolerance: f64) -> Vec<Place> {
    let line: LineString = ring.iter().map(|position| Coord { x: at(position, 0), y: at(position, 1) }).collect();
    let simple = line.simplify(tolerance / METRES_PER_DEGREE);
    let kept = if simple.0.len() > FEWEST { simple } else { line };
    let mut places: Vec<Place> = kept.0.iter().filter_map(|coord| Place::from_degrees(coord.y, coord.x)).collect();
    places.dedup();
    if places.len() > 1 && places.first() == places.last() {
        places.pop();
    }
    places
}

fn at(position: &[f64], axis: usize) -> f64 {
    position.get(axis).copied().unwrap_or(f64::NAN)
}

#[cfg(test)]
mod tests;
