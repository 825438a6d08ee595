//! Tests of the index against a plain scan.

use super::*;
use proptest::prelude::*;

/// By a scan of all places: which have the tags, nearest first, at the same distance the earlier one first.
fn scan(places: &[(Place, Tags)], from: Place, wanted: Tags) -> Vec<usize> {
    let from = on_sphere(from);
    let tagged = places.iter().enumerate().filter(|(_, (_, tags))| tags.include(wanted));
    let mut all: Vec<(Chord, usize)> = tagged.map(|(at, (place, _))| (Chord::between(&from, &on_sphere(*place)), at)).collect();
    all.sort();
    all.into_iter().map(|(_, at)| at).collect()
}

fn found(places: &[(Place, Tags)], from: Place, wanted: Tags) -> Vec<usize> {
    NearestIndex::new(places.iter().copied()).nearest(from, wanted).map(|near| near.at).collect()
}

/// The same by an index that was made a few entries at a time.
fn found_in_pieces(places: &[(Place, Tags)], from: Place, wanted: Tags) -> Vec<usize> {
    let mut draft = IndexDraft::default();
    places.iter().for_each(|(place, tags)| draft.add(*place, *tags));
    while draft.arrange(7) {}
    draft.finish().nearest(from, wanted).map(|near| near.at).collect()
}

fn degrees(lat: f64, lon: f64) -> Place {
    Place::from_degrees(lat, lon).unwrap()
}

/// Anywhere, with many at the same place, at both poles and on both sides of the antimeridian.
fn places() -> impl Strategy<Value = Place> {
    let e7 = |lat_e7, lon_e7| Place { lat_e7, lon_e7 };
    prop_oneof![
        (-900_000_000..=900_000_000, -1_800_000_000..=1_800_000_000).prop_map(move |(lat, lon)| e7(lat, lon)),
        (250_000_000..250_500_000, 1_215_000_000..1_215_500_000).prop_map(move |(lat, lon)| e7(lat, lon)),
        (-2..=2, -2..=2).prop_map(move |(lat, lon)| e7(250_000_000 + lat, 1_215_000_000 + lon)),
        (-1_000..1_000, 1_799_990_000..=1_800_000_000i32, any::<bool>())
            .prop_map(move |(lat, lon, west)| e7(lat, if west { -lon } else { lon })),
        (899_990_000..=900_000_000i32, -1_800_000_000..=1_800_000_000, any::<bool>())
            .prop_map(move |(lat, lon, south)| e7(if south { -lat } else { lat }, lon)),
    ]
}

/// Few bits, so that some filters pass many, some few and some none.
fn tags() -> impl Strategy<Value = Tags> {
    (0u32..16, 0u32..16).prop_map(|(one, other)| Tags(one & other))
}

proptest! {
    #[test]
    fn the_index_gives_what_a_scan_gives(
        places in proptest::collection::vec((places(), tags()), 0..500), from in places(), wanted in (0u32..32).prop_map(Tags),
    ) {
        prop_assert_eq!(found(&places, from, wanted), scan(&places, from, wanted));
        prop_assert_eq!(found(&places, from, Tags::default()), scan(&places, from, Tags::default()));
        prop_assert_eq!(found_in_pieces(&places, from, wanted), scan(&places, from, wanted));
    }

    #[test]
    fn chords_order_as_the_way_along_the_ground_does(places in proptest::collection::vec(places(), 2..60), from in places()) {
        let tagged: Vec<_> = places.iter().map(|&place| (place, Tags::default())).collect();
        let metres: Vec<u32> = found(&tagged, from, Tags::default()).into_iter().map(|at| measure(from, places[at]).0.0).collect();
        // Either formula rounds, the chord's most at the far side of the globe.
        prop_assert!(metres.is_sorted_by(|near, far| *near <= far + 2), "{:?}", metres);
    }
}

#[test]
fn an_empty_index_gives_nothing() {
    assert!(found(&[], degrees(25.0, 121.5), Tags::default()).is_empty());
}

#[test]
fn what_few_or_none_pass_gives_few_or_none() {
    let one_of_many = |at| (degrees(25.0, 121.0 + f64::from(at) / 1e3), Tags(u32::from(at == 7 || at == 900)));
    let places: Vec<_> = (0..1_000).map(one_of_many).collect();
    assert_eq!(found(&places, degrees(25.0, 122.0), Tags(1)), [900, 7]);
    assert!(found(&places, degrees(25.0, 122.0), Tags(2)).is_empty());
    assert!(found(&places, degrees(25.0, 122.0), Tags(3)).is_empty());
}

#[test]
fn entries_at_one_place_come_in_their_order() {
    let places = vec![(degrees(25.0, 121.5), Tags::default()); 200];
    assert!(found(&places, degrees(24.0, 121.0), Tags::default()).into_iter().eq(0..200));
}

#[test]
fn poles_and_the_antimeridian_are_places_like_others() {
    let places = [degrees(0.0, 179.0), degrees(0.0, -179.5), degrees(90.0, 0.0), degrees(89.0, 180.0), degrees(-90.0, 77.0)];
    let places = places.map(|place| (place, Tags::default()));
    assert_eq!(found(&places, degrees(0.0, 179.9), Tags::default())[..2], [1, 0]);
    assert_eq!(found(&places, degrees(89.9, -90.0), Tags::default())[..2], [2, 3]);
    assert_eq!(found(&places, degrees(-90.0, -120.0), Tags::default())[0], 4);
}

#[test]
fn measures_metres_and_degrees_clockwise_from_north() {
    let from = degrees(25.0, 121.5);
    let cases = [((25.01, 121.5), 1_112, 0), ((25.0, 121.51), 1_008, 90), ((24.99, 121.5), 1_112, 180), ((25.0, 121.49), 1_008, 270)];
    for ((lat, lon), metres, bearing) in cases {
        assert_eq!(measure(from, degrees(lat, lon)), (Metres(metres), bearing), "{lat} {lon}");
    }
}
