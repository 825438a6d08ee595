//! Good inputs of each decoder.

use super::pbf::{self, Block};
pub use crate::common::draft::key;
use crate::common::draft::{draft, signed_file, with_ground};
use crate::common::{HEAD, LAYER};
use civmesh_domain::id::{DeviceKey, RegionId};
use civmesh_pack::pack::first_half;
use serde_json::{Value, json};
use std::sync::LazyLock;

/// Packs, and the first half of one.
pub static PACKS: LazyLock<Vec<Vec<u8>>> = LazyLock::new(|| {
    let [small, whole] = [draft(), with_ground()].map(|draft| draft.seal(&key(1)).unwrap().0);
    let half = whole[..first_half(&whole).unwrap()].to_vec();
    vec![small, whole, half]
});

/// The sections of a whole one.
pub const SECTIONS: [&str; 7] = ["nodes", "places", "sops", "walk", "areas", "people", "map"];

/// The whole one's manifest, and the bytes of its sections.
static WHOLE: LazyLock<(Value, Vec<Vec<u8>>)> = LazyLock::new(|| {
    let (manifest, mut rest) = opened(&PACKS[1]).unwrap();
    let lengths = manifest["sections"].as_array().unwrap().iter().map(|section| section["length"].as_u64().unwrap() as usize);
    let sections = lengths.map(|length| rest.split_off(..length).unwrap().to_vec()).collect();
    (manifest, sections)
});

/// The manifest of a file, and what is behind its signature.
fn opened(file: &[u8]) -> Option<(Value, &[u8])> {
    let length = u32::from_le_bytes(file.get(8..12)?.try_into().ok()?) as usize;
    let manifest = serde_json::from_slice(file.get(12..12_usize.checked_add(length)?)?).ok()?;
    Some((manifest, file.get(12 + length + 64..)?))
}

pub fn packs() -> Vec<Vec<u8>> {
    PACKS.clone()
}

/// The file as its authority would sign it: with the hashes that its sections have, as far as their lengths fit.
pub fn signed(file: &[u8]) -> Option<Vec<u8>> {
    let (mut manifest, rest) = opened(file)?;
    let authority = DeviceKey(key(1).verifying_key().to_bytes());
    if manifest["endorsement"].is_null() {
        *manifest.get_mut("authority")? = authority.to_string().into();
        *manifest.get_mut("region")? = RegionId::of_authority(&authority).to_string().into();
    }
    let mut left = rest;
    for section in manifest["sections"].as_array_mut()? {
        let length = section["length"].as_u64().and_then(|length| usize::try_from(length).ok());
        let Some((bytes, after)) = length.and_then(|length| left.split_at_checked(length)) else { break };
        *section.get_mut("blake3")? = hash(bytes);
        left = after;
    }
    Some(signed_file(&manifest, rest))
}

fn hash(bytes: &[u8]) -> Value {
    blake3::hash(bytes).to_hex().as_str().into()
}

/// A whole pack with other bytes as one of its sections.
pub fn with_section(name: &str, content: &[u8]) -> Vec<u8> {
    let (manifest, sections) = &*WHOLE;
    let (mut manifest, mut rest) = (manifest.clone(), Vec::new());
    for (section, whole) in manifest["sections"].as_array_mut().unwrap().iter_mut().zip(sections) {
        let bytes = if section["name"] == name { content } else { whole };
        section["length"] = bytes.len().into();
        section["blake3"] = hash(bytes);
        rest.extend_from_slice(bytes);
    }
    signed_file(&manifest, &rest)
}

pub fn sections() -> Vec<Vec<u8>> {
    (0u8..).zip(&WHOLE.1).map(|(at, section)| [&[at], section.as_slice()].concat()).collect()
}

/// What a region for tests is bounded by.
pub const BOUNDS: [f64; 4] = [118.0, 20.5, 123.0, 27.0];

/// A region of one file, read by layers of these settings.
fn region(head: &str, file: &str, format: &str, layers: &[&str]) -> String {
    let layer = |settings: &&str| format!("{LAYER}file = \"{file}\"\nformat = \"{format}\"\n{settings}\n");
    HEAD.replace("version = 1", &format!("version = 1\n{head}")) + &layers.iter().map(layer).collect::<String>()
}

/// The settings of a layer of nodes that has a column for nearly everything.
const NODES: &str = r#"
most_capacity = 5000
map = { id = "id", name_zh = "name", name_en = "{name} ({kind})", lat = "lat", lon = "lon", kind = "kind", address_zh = "address", level = "floors", capacity = "cap", indoor = "in", outdoor = "out", fit = "hazards", toilets = "cap" }
fixed = { refuge = "disaster_shelter" }
kinds = [{ has = ["國小"], kind = "school" }]
values = { fit = { "水災" = "flood", "核子事故" = "" } }
within = { address = ["一路", ""] }"#;

/// A CSV, as each thing that it can be.
pub static CSV: LazyLock<String> = LazyLock::new(|| {
    let places = "places = \"landmark\"\nmap = { name_zh = \"name\", lat = \"lat\", lon = \"lon\" }";
    let people = "holds = \"people\"\nmap = { lat = \"lat\", lon = \"lon\", people = \"cap\" }";
    region("", "a.csv", "csv", &[NODES, places, people])
});

/// A GeoJSON, as each thing that it can be.
pub static GEOJSON: LazyLock<String> = LazyLock::new(|| {
    let nodes = "prefix = \"s\"\nonly = { shop = [\"convenience\", \"\"] }\nmap = { name_zh = \"name\", name_en = \"name:en\" }\nfixed = { kind = \"convenience_store\" }";
    let places = "places = \"street\"\nspread = 500\nmap = { name_zh = \"name\" }";
    let areas = "holds = \"areas\"\nmap = { class = \"depth\", depth_from = \"depth\" }\nfixed = { hazard = \"flood\" }\nvalues = { class = { \"0.3 m\" = \"2\" } }";
    let people = "holds = \"people\"\nmap = { people = \"people\" }";
    let buildings = "holds = \"buildings\"\npeople = 1000";
    let layers = [nodes, places, "holds = \"ways\"", areas, people, buildings, "holds = \"map\""];
    region("", "a.geojson", "geojson", &layers)
});

/// An extract, as each thing that it can be, cut to a piece of it.
pub static PBF: LazyLock<String> = LazyLock::new(|| {
    let (ways, streets, villages) = ("holds = \"ways\"", "places = \"street\"\nspread = 500", "places = \"village\"");
    let layers = ["prefix = \"n\"", ways, streets, villages, "holds = \"buildings\"\npeople = 1000", "holds = \"map\""];
    region("clip = [121.0, 24.9, 122.0, 25.1]", "a.osm.pbf", "osm_pbf", &layers)
});

pub fn regions() -> Vec<Vec<u8>> {
    [&CSV, &GEOJSON, &PBF].map(|text| text.as_bytes().to_vec()).into()
}

pub fn tables() -> Vec<Vec<u8>> {
    let header = "id,name,lat,lon,kind,address,floors,cap,in,out,hazards";
    let rows = [
        "a1,港前國小,25.0,121.5,school,一路1號,B01,33.0,是,否,\"水災,earthquake\"",
        "a2,市場,121.51,25.01,supermarket,,1、2,,否,是,核子事故",
    ];
    let file = |rows: &[&str], end: &str| [&[header], rows].concat().join(end) + end;
    vec![file(&rows, "\n").into(), format!("\u{feff}{}", file(&rows[..1], "\r\n")).into(), file(&[], "\n").into()]
}

pub fn collections() -> Vec<Vec<u8>> {
    let ring = |low: f64, high: f64| {
        let at = |x: f64, y: f64| json!([121.5 + x, 25.0 + y]);
        json!([at(low, low), at(high, low), at(high, high), at(low, high), at(low, low)])
    };
    let feature = |kind: &str, coordinates: Value, more: Value| {
        let mut properties = json!({"name": "港前", "name:en": null, "shop": "convenience", "depth": "0.3 m", "people": "10.4"});
        properties.as_object_mut().unwrap().append(more.clone().as_object_mut().unwrap());
        json!({"type": "Feature", "geometry": {"type": kind, "coordinates": coordinates}, "properties": properties})
    };
    let features = [
        feature("Point", json!([121.5, 25.0]), json!({})),
        feature("LineString", json!([[121.5, 25.0], [121.501, 25.0], [121.502, 25.001]]), json!({"highway": "residential"})),
        feature(
            "MultiLineString",
            json!([[[121.501, 25.0], [121.501, 25.001]]]),
            json!({"highway": "steps", "bridge": "yes", "layer": "1"}),
        ),
        feature("Polygon", json!([ring(-0.01, 0.01), ring(-0.001, 0.001)]), json!({"natural": "water"})),
        feature("MultiPolygon", json!([[ring(0.002, 0.003)], [ring(0.004, 0.005)]]), json!({"building": "yes", "depth": 300})),
    ];
    let file = |features: &[Value]| json!({"type": "FeatureCollection", "features": features}).to_string().into_bytes();
    vec![file(&features), file(&features[..1]), file(&features[3..])]
}

/// Streets, a building, a lake with an isle drawn by a relation, and nodes: packed, and not.
pub fn extracts() -> Vec<Vec<u8>> {
    let mut block = Block::default();
    for (at, (lat, lon)) in
        [(0, 0), (0, 40), (0, 80), (40, 80), (40, 0), (10, 10), (10, 20), (20, 20), (900, 0), (900, 900)].into_iter().enumerate()
    {
        let tags: &[(&str, &str)] = if at == 0 { &[("shop", "convenience"), ("name", "海風"), ("wheelchair", "yes")] } else { &[] };
        block.point(at as i64 + 1, (250_000_000 + lat * 900, 1_215_000_000 + lon * 990), tags);
    }
    block.point(50, (250_000_100, 1_215_000_100), &[("place", "village"), ("name", "晨港里"), ("name:en", "Morning Harbour")]);
    block.point(51, (350_000_100, 1_215_000_100), &[("place", "village"), ("name", "遠")]);
    block.way(1, &[1, 2, 3], &[("highway", "residential"), ("name", "港前街")]);
    block.way(2, &[2, 5, 99], &[("highway", "steps")]);
    block.way(3, &[1, 2, 3, 4, 5, 1], &[]);
    block.way(4, &[6, 7, 8, 6], &[("building", "yes")]);
    block.way(5, &[9, 10], &[("waterway", "stream")]);
    block.relation(6, &[(3, "outer"), (4, "inner")], &[("type", "multipolygon"), ("natural", "water"), ("name", "湖")]);
    let file = |packed: bool| [pbf::head(), pbf::piece("OSMData", &block.bytes(), packed)].concat();
    vec![file(false), file(true), pbf::head()]
}
