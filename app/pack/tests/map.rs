//! The base map: what is in its tiles, by a reader of its own, and the two halves of a pack.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::panic, clippy::expect_used)]

mod common;

use civmesh_domain::unit::Millis;
use civmesh_pack::build::{Built, build, key};
use civmesh_pack::pack::first_half;
use civmesh_pack::{BaseMap, Later, Manifest, Pack, PackError};
use common::{HEAD, LAYER};
use flate2::read::GzDecoder;
use std::collections::BTreeMap;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

/// Numbers of seven bits each, the lowest first.
fn number(bytes: &mut &[u8]) -> u64 {
    let (mut value, mut shift) = (0, 0);
    loop {
        let (byte, rest) = bytes.split_first().unwrap();
        *bytes = rest;
        value |= u64::from(byte & 127) << shift;
        shift += 7;
        if byte & 128 == 0 {
            return value;
        }
    }
}

fn unzipped(bytes: &[u8]) -> Vec<u8> {
    let mut plain = Vec::new();
    GzDecoder::new(bytes).read_to_end(&mut plain).unwrap();
    plain
}

/// What an archive holds of each zoom: its tiles, unpacked, in order.
fn tiles(map: &BaseMap) -> Vec<(u8, Vec<u8>)> {
    let long = |at: usize| u64::from_le_bytes(map.bytes[at..at + 8].try_into().unwrap()) as usize;
    let directory = |from: usize, length: usize| {
        let plain = unzipped(&map.bytes[from..from + length]);
        let mut rest = plain.as_slice();
        let count = number(&mut rest) as usize;
        let mut column = || (0..count).map(|_| number(&mut rest)).collect::<Vec<_>>();
        let (steps, runs, lengths, offsets) = (column(), column(), column(), column());
        let (mut id, mut end, mut entries) = (0, 0, Vec::new());
        for at in 0..count {
            id += steps[at];
            let offset = if offsets[at] == 0 { end } else { offsets[at] as usize - 1 };
            end = offset + lengths[at] as usize;
            entries.push((id, runs[at], offset, lengths[at] as usize));
        }
        entries
    };
    let mut found = Vec::new();
    let mut take = |entries: &[(u64, u64, usize, usize)]| {
        for (id, run, offset, length) in entries.iter().filter(|(_, run, ..)| *run > 0) {
            let zoom = (0..).take_while(|zoom| (4u64.pow(*zoom) - 1) / 3 <= *id).last().unwrap() as u8;
            let from = long(56) + offset;
            for _ in 0..*run {
                found.push((zoom, unzipped(&map.bytes[from..from + length])));
            }
        }
    };
    let root = directory(long(8), long(16));
    take(&root);
    for (_, _, offset, length) in root.iter().filter(|(_, run, ..)| *run == 0) {
        take(&directory(long(40) + offset, *length));
    }
    found
}

/// The fields of a message: those of bytes as they are, others as a number.
fn message(mut bytes: &[u8]) -> Vec<(u64, &[u8], u64)> {
    let mut fields = Vec::new();
    while !bytes.is_empty() {
        let tag = number(&mut bytes);
        match tag & 7 {
            0 => fields.push((tag >> 3, &[][..], number(&mut bytes))),
            2 => {
                let length = number(&mut bytes) as usize;
                fields.push((tag >> 3, &bytes[..length], 0));
                bytes = &bytes[length..];
            }
            other => panic!("wire type {other}"),
        }
    }
    fields
}

/// One feature: its values by key, and its parts as points.
struct Feature {
    values: BTreeMap<String, String>,
    parts: Vec<Vec<(i64, i64)>>,
}

/// The features of a tile, by layer.
fn features(tile: &[u8]) -> BTreeMap<String, Vec<Feature>> {
    let mut layers = BTreeMap::new();
    for (_, layer, _) in message(tile) {
        let fields = message(layer);
        let all = |field: u64| fields.iter().filter(move |(number, ..)| *number == field).map(|(_, bytes, _)| *bytes).collect::<Vec<_>>();
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
        let keys: Vec<_> = all(3).into_iter().map(text).collect();
        let value =
            |bytes: &[u8]| message(bytes).first().map(|(number, bytes, _)| if *number == 1 { text(bytes) } else { "true".to_owned() });
        let values: Vec<_> = all(4).into_iter().map(|bytes| value(bytes).unwrap()).collect();
        let numbers = |mut bytes: &[u8]| std::iter::from_fn(move || (!bytes.is_empty()).then(|| number(&mut bytes))).collect::<Vec<_>>();
        let feature = |bytes: &[u8]| {
            let fields = message(bytes);
            let packed =
                |field: u64| fields.iter().find(|(number, ..)| *number == field).map(|(_, bytes, _)| numbers(bytes)).unwrap_or_default();
            let pairs = packed(2).chunks(2).map(|pair| (keys[pair[0] as usize].clone(), values[pair[1] as usize].clone())).collect();
            Feature { values: pairs, parts: parts(&packed(4)) }
        };
        layers.insert(text(all(1)[0]), all(2).into_iter().map(feature).collect());
    }
    layers
}

fn parts(commands: &[u64]) -> Vec<Vec<(i64, i64)>> {
    let (mut parts, mut at, mut x, mut y): (Vec<Vec<_>>, _, _, _) = (Vec::new(), 0, 0, 0);
    let signed = |value: u64| (value >> 1) as i64 ^ -((value & 1) as i64);
    while at < commands.len() {
        let (command, count) = (commands[at] & 7, commands[at] >> 3);
        at += 1;
        if command == 7 {
            continue;
        }
        for _ in 0..count {
            (x, y) = (x + signed(commands[at]), y + signed(commands[at + 1]));
            at += 2;
            if command == 1 {
                parts.push(Vec::new());
            }
            parts.last_mut().expect("a line begins by moving").push((x, y));
        }
    }
    parts
}

fn twice_the_area(ring: &[(i64, i64)]) -> i64 {
    (0..ring.len()).map(|at| (ring[at], ring[(at + 1) % ring.len()])).map(|((x, y), (next_x, next_y))| x * next_y - next_x * y).sum()
}

/// All features of a layer at a zoom.
fn at_zoom(map: &BaseMap, zoom: u8, layer: &str) -> Vec<Feature> {
    let of_zoom = tiles(map).into_iter().filter(|(other, _)| *other == zoom);
    of_zoom.flat_map(|(_, tile)| features(&tile).remove(layer).unwrap_or_default()).collect()
}

fn region(name: &str, files: &[(&str, &str, &str)]) -> Built {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::create_dir_all(&folder).unwrap();
    let mut text = HEAD.to_owned();
    for (file, features, settings) in files {
        std::fs::write(folder.join(file), format!(r#"{{"type":"FeatureCollection","features":[{features}]}}"#)).unwrap();
        text += &format!("{LAYER}file = \"{file}\"\nformat = \"geojson\"\n{settings}\n");
    }
    std::fs::write(folder.join("region.toml"), text).unwrap();
    build(&folder.join("region.toml"), None, Millis(0)).unwrap()
}

fn feature(kind: &str, coordinates: &str, properties: &str) -> String {
    format!(r#"{{"type":"Feature","geometry":{{"type":"{kind}","coordinates":{coordinates}}},"properties":{{{properties}}}}}"#)
}

fn isle() -> Built {
    let square = |low: f64, high: f64| {
        let at = |x: f64, y: f64| format!("[{},{}]", 121.5 + x, 25.0 + y);
        format!("[{},{},{},{},{}]", at(low, low), at(high, low), at(high, high), at(low, high), at(low, low))
    };
    let sea = feature("Polygon", &format!("[{},{}]", square(-0.1, 0.1), square(-0.01, 0.01)), r#""natural":"water""#);
    let park = feature("Polygon", &format!("[{}]", square(0.001, 0.004)), r#""leisure":"park","name":"海公園","name:en":"Sea Park""#);
    let street =
        feature("LineString", "[[121.499,25.0],[121.501,25.0]]", r#""highway":"primary","name":"港前街","name:en":"Harbour Street""#);
    let more =
        feature("LineString", "[[121.503,25.0],[121.501,25.0]]", r#""highway":"primary","name":"港前街","name:en":"Harbour Street""#);
    let house = feature("Polygon", &format!("[{}]", square(-0.002, -0.0015)), r#""levels":"2""#);
    let nothing = feature("Point", "[121.5,25.0]", r#""natural":"water""#);
    let village = feature("Point", "[121.5,25.0]", r#""n":"晨港里""#);
    region(
        "isle",
        &[
            ("map.geojson", &[sea, park, nothing].join(","), "holds = \"map\""),
            ("ways.geojson", &[street, more].join(","), "holds = \"ways\""),
            ("houses.geojson", &house, "holds = \"map\"\ntags = { building = \"yes\" }"),
            ("names.geojson", &village, "places = \"village\"\nmap = { name_zh = \"n\" }"),
        ],
    )
}

#[test]
fn every_layer_is_in_the_tiles_with_its_names() {
    let built = isle();
    assert_eq!(built.report.findings.len(), 1, "{:?}", built.report.findings);
    let map = built.pack.map().unwrap().unwrap();
    assert_eq!((map.lowest, map.highest), (12, 16));
    let streets = at_zoom(&map, 12, "street");
    let words: Vec<_> = streets[0].values.iter().map(|(key, value)| format!("{key}={value}")).collect();
    assert_eq!((streets.len(), words), (1, ["class=major", "en=Harbour Street", "zh=港前街"].map(str::to_owned).to_vec()));
    assert_eq!(streets[0].parts.len(), 1, "two pieces are one line");
    let names = |zoom| {
        let mut names: Vec<_> = at_zoom(&map, zoom, "label").into_iter().map(|label| label.values["zh"].clone()).collect();
        names.sort();
        names
    };
    assert_eq!((names(12), names(13), names(16)), (vec![], vec!["晨港里".to_owned()], vec!["晨港里".to_owned(), "海公園".to_owned()]));
    assert_eq!((at_zoom(&map, 13, "building").len(), at_zoom(&map, 16, "building").len()), (0, 1));
    // The sea lies around the isle in every tile of it, and no tile is drowned: an outer ring turns the one way, a hole the other.
    for zoom in 12..=16 {
        let sea: i64 = at_zoom(&map, zoom, "water").iter().flat_map(|feature| &feature.parts).map(|ring| twice_the_area(ring)).sum();
        let tile = 2 * 4096 * 4096 * 4_i64.pow(u32::from(zoom) - 12);
        let share = sea as f64 / tile as f64;
        // 0.2 degrees are 2.3 tiles of zoom 12 across; the isle takes a hundredth of it, and tiles know a little more than their own ground.
        assert!((5.4..6.5).contains(&share), "{zoom}: {share}");
    }
    let said = built.report.summary();
    assert!(said.contains("base map: ") && said.contains("street ") && said.contains(" kB for each of "), "{said}");
}

#[test]
fn a_pack_is_its_two_halves_and_the_second_is_held_to_the_first() {
    let file = isle().file;
    let at = first_half(&file).unwrap();
    let (first, rest) = file.split_at(at);
    let pack = Pack::read(first).unwrap();
    assert!(pack.later.is_awaited() && pack.map() == Ok(None) && !Pack::read(&file).unwrap().later.is_awaited());
    let later = Later::read(&pack.manifest, &rest.to_vec().into()).unwrap();
    assert_eq!(later, Pack::read(&file).unwrap().later);
    assert!(later.map().unwrap().is_some() && later.walk().unwrap().is_some());
    for end in (0..rest.len()).step_by(97) {
        assert_eq!(Later::read(&pack.manifest, &rest[..end].to_vec().into()), Err(PackError::Truncated));
        let mut damaged = rest.to_vec();
        damaged[end] ^= 1;
        assert!(matches!(Later::read(&pack.manifest, &damaged.into()), Err(PackError::Damaged(_))), "{end}");
    }
    assert_eq!(Later::read(&pack.manifest, &[rest, b"x"].concat().into()), Err(PackError::Damaged("end".to_owned())));
    // Cut off one byte before or after, it is no first half.
    assert_eq!(Pack::read(&file[..at - 1]), Err(PackError::Truncated));
    assert_eq!(Pack::read(&file[..at + 1]), Err(PackError::Truncated));
    assert_eq!(Manifest::peek(first), Manifest::peek(&file));
}

#[test]
fn what_is_no_archive_of_vector_tiles_is_refused() {
    let map = isle().pack.map().unwrap().unwrap();
    let refused = Err(PackError::Undecodable { section: "map", item: 0 });
    for end in [0, 7, 8, 126, 127, map.bytes.len() - 1] {
        assert_eq!(BaseMap::open(map.bytes.slice(..end)), refused, "{end}");
    }
    // Magic, format, an offset and a length beyond the end, compression, kind of tile, zooms, bounds.
    for (at, value) in [(0, b'p'), (7, 2), (15, 255), (23, 255), (63, 127), (97, 9), (98, 4), (99, 2), (101, 11), (101, 30), (105, 127)] {
        let mut bytes = map.bytes.to_vec();
        bytes[at] = value;
        assert_eq!(BaseMap::open(bytes.into()), refused, "{at}");
    }
}

fn shared(file: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data").join(file)
}

static TAIPEI: LazyLock<Built> = LazyLock::new(|| {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/taipei/region.toml");
    build(&path, Some(&key::from_text(&"1".repeat(64)).unwrap()), Millis(0)).unwrap()
});

#[test]
#[cfg_attr(not(shared_data), ignore = "../shared/data is not there")]
fn taipei_has_its_streets_buildings_and_names_in_few_bytes() {
    let count = TAIPEI.report.map.unwrap();
    assert!((9.0..13.0).contains(&(count.square_metres / 1e6)), "{count:?}");
    assert!((100_000..600_000).contains(&count.bytes), "{count:?}");
    let map = TAIPEI.pack.map().unwrap().unwrap();
    let streets = at_zoom(&map, 14, "street");
    let named = |zh: &str, en: &str| {
        let is = |feature: &&Feature| {
            feature.values.get("zh").is_some_and(|name| name == zh) && feature.values.get("en").is_some_and(|name| name == en)
        };
        streets.iter().filter(is).count()
    };
    assert!(named("重慶北路一段", "Chongqing North Road Section 1") > 0);
    let houses: usize = at_zoom(&map, 16, "building").iter().map(|feature| feature.parts.len()).sum();
    assert!((5_400..9_000).contains(&houses), "{houses}");
    let bridges = streets.iter().filter(|street| street.values.contains_key("bridge")).count();
    assert!(bridges > 10, "{bridges}");
    assert!(at_zoom(&map, 16, "label").iter().any(|label| label.values.get("en").is_some_and(|name| name == "Taipei main station")));
    // Every ring has ground, and every line two points.
    for (_, tile) in tiles(&map) {
        for (layer, features) in features(&tile) {
            for part in features.iter().flat_map(|feature| &feature.parts) {
                assert!(match layer.as_str() {
                    "building" | "water" | "green" => part.len() > 2 && twice_the_area(part) != 0,
                    "label" => part.len() == 1,
                    _ => part.len() > 1,
                });
            }
        }
    }
}

#[test]
#[cfg_attr(not(shared_data), ignore = "../shared/data is not there")]
fn an_extract_of_helsinki_gives_a_map_with_areas_of_several_ways() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("helsinki-map");
    std::fs::create_dir_all(&folder).unwrap();
    let head = HEAD.replace("bounds = [118.0, 20.5, 123.0, 27.0]", "bounds = [24.0, 60.0, 26.0, 61.0]");
    let file = shared("Helsinki.osm.pbf");
    let layer = format!("{LAYER}file = \"{}\"\nformat = \"osm_pbf\"\nholds = \"map\"\n", file.display());
    std::fs::write(folder.join("region.toml"), head + &layer).unwrap();
    let built = build(&folder.join("region.toml"), None, Millis(0)).unwrap();
    assert_eq!(built.report.findings, []);
    let map = built.pack.map().unwrap().unwrap();
    let holes = at_zoom(&map, 16, "building").iter().flat_map(|feature| &feature.parts).filter(|ring| twice_the_area(ring) < 0).count();
    assert!(holes > 30, "yards of blocks are drawn by relations: {holes}");
    let said =
        |layer: &str, en: &str| at_zoom(&map, 16, layer).iter().any(|feature| feature.values.get("en").is_some_and(|name| name == en));
    assert!(said("street", "Aleksanterinkatu"));
    assert!(!at_zoom(&map, 14, "green").is_empty() && !at_zoom(&map, 14, "water").is_empty());
}
