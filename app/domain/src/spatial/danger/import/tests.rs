//! Tests of the import: what is taken of a file, and what is refused and why.

use super::*;
use crate::unit::Metres;
use serde_json::{Value, json};

/// A region around 25° north, 121.5° east.
const REGION: (Place, Place) = (Place { lat_e7: 249_000_000, lon_e7: 1_214_000_000 }, Place { lat_e7: 251_000_000, lon_e7: 1_216_000_000 });

fn square(lon: f64, lat: f64, side: f64) -> Value {
    json!([[[lon, lat], [lon + side, lat], [lon + side, lat + side], [lon, lat + side], [lon, lat]]])
}

fn feature(kind: &str, coordinates: &Value) -> Value {
    json!({ "type": "Feature", "properties": {}, "geometry": { "type": kind, "coordinates": coordinates } })
}

fn taken(document: &Value) -> Result<Import, Unreadable> {
    read(document.to_string().as_bytes(), REGION)
}

fn collection(features: &[Value]) -> Import {
    taken(&json!({ "type": "FeatureCollection", "features": features })).unwrap()
}

#[test]
fn polygons_are_taken_wherever_a_file_may_have_them() {
    let one = square(121.5, 25.0, 0.001);
    let polygon = json!({ "type": "Polygon", "coordinates": one });
    let two = json!({ "type": "MultiPolygon", "coordinates": [one, square(121.52, 25.0, 0.001)] });
    let rows = [
        (polygon.clone(), 1),
        (two.clone(), 2),
        (json!({ "type": "Feature", "geometry": polygon, "properties": null }), 1),
        (json!({ "type": "FeatureCollection", "features": [feature("Polygon", &one), json!({ "type": "Feature", "geometry": two })] }), 3),
    ];
    for (document, count) in rows {
        let import = taken(&document).unwrap();
        assert_eq!((import.outlines.len(), import.refused.len(), import.before), (count, 0, 5 * count), "{document}");
        assert_eq!(import.outlines[0].rings().unwrap()[0][0], Place { lat_e7: 250_000_000, lon_e7: 1_215_000_000 });
        assert_eq!((import.corners(), import.events()), (4 * count, 1));
    }
    let marked = [b"\xef\xbb\xbf".as_slice(), feature("Polygon", &one).to_string().as_bytes()].concat();
    assert_eq!(read(&marked, REGION).unwrap().outlines.len(), 1);
}

#[test]
fn what_can_not_be_taken_is_refused_by_its_number_and_for_its_reason() {
    let mut heights = square(121.5, 25.0, 0.001);
    heights[0][0] = json!([121.5, 25.0, 7.0]);
    let import = collection(&[
        feature("Point", &json!([121.5, 25.0])),
        feature("Polygon", &square(25.0, 121.5, 0.001)),
        feature("Polygon", &square(302_000.0, 2_770_000.0, 100.0)),
        feature("Polygon", &square(14.4, 50.0, 0.001)),
        feature("Polygon", &json!([[[121.5, 25.0], [121.5, 25.001], [121.5, 25.0]]])),
        feature("Polygon", &json!([121.5, 25.0])),
        json!({ "type": "Feature", "geometry": null }),
        feature("Polygon", &heights),
        feature("Polygon", &json!([])),
        json!(7),
    ]);
    assert_eq!(
        import.refused,
        [
            (1, Refused::NoArea),
            (2, Refused::Swapped),
            (3, Refused::NotDegrees),
            (4, Refused::Elsewhere),
            (5, Refused::TooFew),
            (6, Refused::Damaged),
            (7, Refused::NoArea),
            (9, Refused::TooFew),
            (10, Refused::Damaged),
        ]
    );
    assert_eq!(import.outlines.len(), 1);
}

#[test]
fn a_file_that_is_none_is_refused_as_a_whole() {
    let rows: [(&[u8], Unreadable); 6] = [
        (b"", Unreadable::NotGeoJson),
        (b"id,kind\n1,flood", Unreadable::NotGeoJson),
        (b"{\"type\":\"Topology\"}", Unreadable::NotGeoJson),
        (b"{\"type\":\"FeatureCollection\"}", Unreadable::NotGeoJson),
        (b"[1,2]", Unreadable::NotGeoJson),
        (
            br#"{"type":"FeatureCollection","crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::3826"}},"features":[]}"#,
            Unreadable::OtherCoordinates,
        ),
    ];
    for (bytes, reason) in rows {
        assert_eq!(read(bytes, REGION), Err(reason));
    }
    assert_eq!(read(&vec![b' '; LARGEST_FILE + 1], REGION), Err(Unreadable::TooLarge));
    let named =
        json!({ "type": "FeatureCollection", "features": [], "crs": { "properties": { "name": "urn:ogc:def:crs:OGC:1.3:CRS84" } } });
    assert_eq!(taken(&named).map(|import| import.outlines.len()), Ok(0));
}

/// A ring of so many corners around a spot, so wavy that the smallest tolerance leaves all of them.
fn wavy(corners: u32, lon: f64) -> Value {
    let corner = |number: u32| {
        let angle = f64::from(number) * std::f64::consts::TAU / f64::from(corners);
        let radius = if number.is_multiple_of(2) { 0.03 } else { 0.0305 };
        json!([lon + radius * angle.cos(), 25.0 + radius * angle.sin()])
    };
    json!([(0..corners).chain([0]).map(corner).collect::<Vec<_>>()])
}

#[test]
fn an_outline_is_simplified_no_more_than_it_has_to_be() {
    let corner = |number: u32| {
        let angle = f64::from(number) * std::f64::consts::TAU / 6_000.0;
        json!([121.5 + 0.03 * angle.cos(), 25.0 + 0.03 * angle.sin()])
    };
    let import = collection(&[feature("Polygon", &json!([(0..6_000).chain([0]).map(corner).collect::<Vec<_>>()]))]);
    assert_eq!((import.before, import.tolerance, import.refused.len()), (6_001, 0.5, 0));
    assert!(import.corners() < 600, "{}", import.corners());
    // No corner lies elsewhere than one of the file's.
    let middle = Place { lat_e7: 250_000_000, lon_e7: 1_215_000_000 };
    for place in &import.outlines[0].rings().unwrap()[0] {
        let away = crate::spatial::nearest::measure(middle, *place).0;
        assert!((Metres(3_000)..Metres(3_400)).contains(&away), "{away:?}");
    }
    let small = collection(&[feature("Polygon", &square(121.5, 25.0, 0.000_002))]);
    assert_eq!(small.corners(), 4, "smaller than the tolerance, and there all the same");
}

#[test]
fn what_is_too_large_says_how_much_would_fit() {
    let import = collection(&[feature("Polygon", &wavy(4_000, 121.5)), feature("Polygon", &wavy(400, 121.5))]);
    assert_eq!(import.outlines.len(), 1);
    let [(1, Refused::TooMany { corners: 4_000, fit })] = import.refused.as_slice() else { panic!("{:?}", import.refused) };
    assert!((500..2_000).contains(fit), "{fit}");
    let many: Vec<Value> = (0..60).map(|_| feature("Polygon", &wavy(1_000, 121.5))).collect();
    let import = collection(&many);
    assert!(!import.fits() && import.events() == 60 && import.corners() == 60_000);
    assert_eq!(import.room(), 40_000);
    assert!(collection(&many[..20]).fits());
}

#[test]
fn the_name_of_the_one_feature_is_its_title() {
    let named = |name: Value| json!({ "type": "Feature", "geometry": null, "properties": { "name": name, "other": [1, 2] } });
    assert_eq!(taken(&named(json!(" South\nBridge "))).unwrap().name.as_deref(), Some("South Bridge"));
    assert_eq!(collection(&[named(json!("A"))]).name.as_deref(), Some("A"));
    assert_eq!(collection(&[named(json!("A")), named(json!("B"))]).name, None);
    assert_eq!(taken(&named(json!(7))).unwrap().name, None);
}
