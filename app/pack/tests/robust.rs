//! What comes from strangers never makes the reader or the builder panic or take more memory than it accounts for: it is read or refused.
//! The properties stand in `decoder/`, one function for each kind of file; `make fuzz` runs the same ones for longer.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used)]

mod common;
mod decoder;

#[path = "../../domain/tests/decoder/damage.rs"]
mod damage;

#[path = "../../domain/tests/decoder/bounded.rs"]
mod bounded;

use decoder::pbf::{self, Block};

/// So many damaged inputs for each: building a region of one takes milliseconds.
const CASES: u32 = 400;

macro_rules! decoders {
    ($($name:ident)*) => {
        $(#[test] fn $name() { bounded::run(decoder::ALL, stringify!($name), CASES); })*

        #[test]
        fn every_decoder_has_its_test() {
            assert_eq!([$(stringify!($name)),*].as_slice(), decoder::ALL.iter().map(|(name, ..)| *name).collect::<Vec<_>>());
        }
    };
}

decoders! { pack section region csv geojson pbf }

/// What some kilobytes of an extract could be blown up to, one way each.
#[test]
fn a_small_extract_takes_little_memory_however_it_is_made() {
    // Ways of two bytes, packed to next to nothing.
    let mut ways = Vec::new();
    pbf::field(&mut ways, 2, &[0x1a, 0].repeat(8_000_000));
    assert!(refusal(&pbf::piece("OSMData", &ways, true)).contains("which no writer would put into so few bytes"));
    // More than a block may be unpacked to.
    let zeros = pbf::piece("OSMData", &vec![0; 40_000_000], true);
    assert!(refusal(&zeros).contains("a block is unpacked to more than"));

    let ring: Vec<i64> = (1..2_000).chain([1]).collect();
    let town = |add: &dyn Fn(&mut Block)| {
        let mut block = Block::default();
        ring.iter()
            .skip(1)
            .for_each(|id| block.point(*id, (250_000_000 + *id as i32 * 100, 1_215_000_000 + (*id * *id % 977) as i32), &[]));
        block.way(1, &ring, &[]);
        add(&mut block);
        [pbf::head(), pbf::piece("OSMData", &block.bytes(), false)].concat()
    };
    // A value that many elements share, longer than any in OpenStreetMap.
    let long = "長".repeat(20_000);
    let shared = town(&|block| (2..3_000).for_each(|id| block.way(id, &[1, 2], &[("highway", "path"), ("name", &long)])));
    assert!(decoder::pbf(&shared));
    // An area that names its way again and again, and many that share one.
    let tags = [("type", "multipolygon"), ("natural", "water")];
    assert!(decoder::pbf(&town(&|block| block.relation(1, &vec![(1, "outer"); 20_000], &tags))));
    let areas = town(&|block| (1..5_000).for_each(|id| block.relation(id, &[(1, "outer")], &tags)));
    assert!(refusal(&areas).contains("its areas have 9998000 points, of ways that have 2000"));
}

/// Why an extract is refused, in bounds.
fn refusal(file: &[u8]) -> String {
    assert!(!decoder::pbf(file));
    decoder::refused(&decoder::sample::PBF, file)
}

#[test]
fn numbers_that_the_library_does_not_expect_are_one_sentence() {
    let mut relation = vec![1 << 3, 7];
    // Its keys and values, then a member of a kind that there is not.
    for (tag, content) in [(2, &[1, 3][..]), (3, &[2, 4]), (8, &[0]), (9, &[2]), (10, &[9])] {
        pbf::field(&mut relation, tag, content);
    }
    let (mut strings, mut group, mut block) = (Vec::new(), Vec::new(), Vec::new());
    ["", "type", "multipolygon", "natural", "water"].iter().for_each(|word| pbf::field(&mut strings, 1, word.as_bytes()));
    pbf::field(&mut group, 4, &relation);
    pbf::field(&mut block, 1, &strings);
    pbf::field(&mut block, 2, &group);
    let said = decoder::refused(&decoder::sample::PBF, &pbf::piece("OSMData", &block, false));
    assert!(said.ends_with("a block holds numbers that can't be"), "{said}");
}

#[test]
fn an_outline_around_the_globe_is_refused_before_it_is_cut_into_tiles() {
    let feature = |ring: &str| {
        let feature =
            format!(r#"{{"type":"Feature","geometry":{{"type":"Polygon","coordinates":[{ring}]}},"properties":{{"natural":"water"}}}}"#);
        format!(r#"{{"type":"FeatureCollection","features":[{feature}]}}"#).into_bytes()
    };
    let region = format!("{}{}file = \"a\"\nformat = \"geojson\"\nholds = \"map\"\n", common::HEAD, common::LAYER);
    let said = decoder::refused(&region, &feature("[[-180,-80],[180,-80],[180,80],[-180,80],[121.5,25],[-180,-80]]"));
    assert!(said.contains("tiles of a base map") && said.ends_with("cut it to the region"), "{said}");
    let built = decoder::read(&region, &feature("[[121,25],[1e300,25],[121,26],[121,25]]")).unwrap();
    let said: Vec<_> = built.report.findings.iter().map(|finding| finding.detail.as_str()).collect();
    assert_eq!((said.as_slice(), built.pack.map()), (&["a point of it is not on the globe"][..], Ok(None)));
}

#[test]
fn what_is_said_of_a_source_does_nothing_to_a_terminal() {
    let said = decoder::refused(&decoder::sample::CSV, b"\"\x1b[2J\nname\",lat\n");
    assert!(said.ends_with("its columns are: \\u{1b}[2J\\nname, lat"), "{said}");
}
