//! What the map is given to draw: GeoJSON of nodes and of hazard areas, and the entries of the legend.

use civmesh_domain::id::NodeId;
use civmesh_domain::information::status::{NodeState, StatusView};
use civmesh_domain::spatial::area::{Depth, HazardArea};
use civmesh_domain::spatial::danger::{Area, Condition};
use civmesh_domain::spatial::hazard::Hazard;
use civmesh_domain::spatial::node::{Node, Refuge};
use civmesh_domain::unit::Place;
use serde::Serialize;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::Arc;

/// What nodes say of themselves now.
pub type Views = Arc<BTreeMap<NodeId, StatusView>>;

/// So many nodes are drawn with their names; more would be names only.
const NAMED: usize = 3_000;
/// The heaviest class that is told apart on the map.
const HEAVIEST: u8 = 3;

fn point(place: Place) -> Value {
    json!([place.lon(), place.lat()])
}

fn collection(features: Vec<Value>) -> String {
    json!({ "type": "FeatureCollection", "features": features }).to_string()
}

/// The picture of a node: what it is by its form, how it is there by the sign in it, and a colour where that is verified.
fn mark(node: &Node, status: Option<&StatusView>) -> String {
    let form = if node.refuge.contains(Refuge::DisasterShelter) {
        "shelter"
    } else if node.refuge.contains(Refuge::AirRaidShelter) {
        "air-raid"
    } else {
        "place"
    };
    let state = match status.map(|status| status.state) {
        None => return format!("{form}-unknown"),
        Some(NodeState::Open) => "open",
        Some(NodeState::NearlyFull) => "nearly",
        Some(NodeState::Full) => "full",
        Some(NodeState::Closed | NodeState::Unsafe) => "closed",
    };
    let proof = if status.is_some_and(|status| status.verified) { "-verified" } else { "" };
    format!("{form}-{state}{proof}")
}

/// So many nodes are handed to the map at once.
const AT_ONCE: usize = 2_000;

/// A node as GeoJSON. Written by `serde` itself: of a country's nodes there are many.
#[derive(Serialize)]
struct Feature<'a> {
    r#type: &'static str,
    id: usize,
    properties: Properties<'a>,
    geometry: Point,
}

#[derive(Serialize)]
struct Properties<'a> {
    index: usize,
    mark: String,
    /// What is known to be open lies on top.
    rank: u8,
    #[serde(skip_serializing_if = "Option::is_none")]
    zh: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    en: Option<&'a str>,
}

#[derive(Serialize)]
struct Point {
    r#type: &'static str,
    coordinates: [f64; 2],
}

/// The nodes that may be shown, each with its number in the region, as lists of GeoJSON features: one list for so many nodes.
pub fn nodes<'a>(all: &'a [Node], may_see: impl Fn(&Node) -> bool + 'a, views: &'a Views) -> impl Iterator<Item = String> + 'a {
    let is_named = all.len() <= NAMED;
    let name = move |name: &'a str| Some(name).filter(|name| is_named && !name.is_empty());
    let feature = move |(index, node): (usize, &'a Node)| {
        let status = views.get(&node.id);
        let rank = u8::from(status.is_some_and(|status| status.verified));
        let properties = Properties { index, mark: mark(node, status), rank, zh: name(&node.name.zh), en: name(&node.name.en) };
        let geometry = Point { r#type: "Point", coordinates: [node.place.lon(), node.place.lat()] };
        Feature { r#type: "Feature", id: index, properties, geometry }
    };
    (0..all.len()).step_by(AT_ONCE).map(move |from| {
        let some = all.iter().enumerate().skip(from).take(AT_ONCE).filter(|(_, node)| may_see(node));
        let features: Vec<Feature<'_>> = some.map(feature).collect();
        // There is nothing in it that can't be written.
        serde_json::to_string(&features).unwrap_or_default()
    })
}

/// A way, as a line; no line where there is none.
pub fn way(line: &[Place]) -> String {
    let geometry = json!({ "type": "LineString", "coordinates": line.iter().copied().map(point).collect::<Vec<_>>() });
    collection((line.len() > 1).then(|| json!({ "type": "Feature", "properties": {}, "geometry": geometry })).into_iter().collect())
}

/// Hazard areas, the mildest first, so that the heavier ones lie on top.
pub fn areas(areas: &[HazardArea]) -> String {
    let mut sorted: Vec<&HazardArea> = areas.iter().collect();
    sorted.sort_by_key(|area| area.class);
    let feature = |area: &HazardArea| {
        let ring = |ring: &Vec<Place>| ring.iter().chain(ring.first()).map(|place| point(*place)).collect::<Vec<_>>();
        let rings: Vec<_> = area.rings.iter().map(ring).collect();
        let properties = json!({ "class": area.class.0.clamp(1, HEAVIEST) });
        json!({ "type": "Feature", "properties": properties, "geometry": { "type": "Polygon", "coordinates": rings } })
    };
    collection(sorted.into_iter().map(feature).collect())
}

/// What was declared: its outlines, and a sign with its title in the middle of each declaration.
pub fn declared(areas: &[Area], title: impl Fn(&Area) -> String) -> String {
    let outline = |area: &Area, rings: &Vec<Vec<Place>>| {
        let ring = |ring: &Vec<Place>| ring.iter().chain(ring.first()).map(|place| point(*place)).collect::<Vec<_>>();
        let rings: Vec<_> = rings.iter().map(ring).collect();
        let properties = json!({ "now": area.condition().is_now() });
        json!({ "type": "Feature", "properties": properties, "geometry": { "type": "Polygon", "coordinates": rings } })
    };
    let sign = |area: &Area| {
        let sign = match area.condition() {
            Condition::Closed => "no-entry",
            Condition::Present(_) => "warning",
            Condition::Expected(_) => "may-come",
        };
        let properties = json!({ "sign": sign, "title": title(area) });
        Some(json!({ "type": "Feature", "properties": properties, "geometry": { "type": "Point", "coordinates": point(area.middle()?) } }))
    };
    let outlines = areas.iter().flat_map(|area| area.outlines.iter().map(move |rings| outline(area, rings))).collect();
    let signs = areas.iter().filter_map(sign).collect();
    format!("{{\"areas\":{},\"signs\":{}}}", collection(outlines), collection(signs))
}

/// One sort of hazard area, as the legend names it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Sort {
    /// Which hazard.
    pub hazard: Hazard,
    /// How heavy, as it is drawn.
    pub class: u8,
    /// How deep, from and up to, in millimetres.
    pub depth: Option<(u32, Option<u32>)>,
}

/// The sorts of areas that there are, in order.
pub fn sorts(areas: &[HazardArea]) -> Vec<Sort> {
    let sort = |area: &HazardArea| {
        let depth = area.depth.map(|Depth { from_mm, to_mm }| (from_mm, to_mm));
        Sort { hazard: area.hazard, class: area.class.0.clamp(1, HEAVIEST), depth }
    };
    let mut sorts: Vec<Sort> = areas.iter().map(sort).collect();
    sorts.sort();
    sorts.dedup();
    sorts
}

#[cfg(test)]
mod tests {
    use super::*;
    use civmesh_domain::spatial::area::Class;
    use wasm_bindgen_test::wasm_bindgen_test as test;

    fn area(class: u8) -> HazardArea {
        let ring = [(0, 0), (0, 10), (10, 10)].map(|(lat_e7, lon_e7)| Place { lat_e7, lon_e7 });
        let depth = Some(Depth { from_mm: 300, to_mm: None });
        HazardArea { hazard: Hazard::Flood, class: Class(class), depth, layer: 0, rings: vec![ring.to_vec()] }
    }

    #[test]
    fn areas_are_closed_and_the_heaviest_comes_last() {
        let drawn: Value = serde_json::from_str(&areas(&[area(9), area(1)])).unwrap();
        let classes: Vec<_> = drawn["features"].as_array().unwrap().iter().map(|feature| feature["properties"]["class"].as_u64()).collect();
        assert_eq!(classes, [Some(1), Some(3)]);
        let ring = drawn["features"][0]["geometry"]["coordinates"][0].as_array().unwrap();
        assert_eq!((ring.len(), &ring[0]), (4, &ring[3]));
        assert_eq!(sorts(&[area(9), area(1), area(4)]).len(), 2);
    }
}
