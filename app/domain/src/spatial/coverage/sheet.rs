//! The same for a spreadsheet (CSV, RFC 4180) and for a map (GeoJSON, RFC 7946): exact, because who takes it away goes on counting.

use crate::spatial::sheet::{MARK, Point, collection, degrees, field};
use crate::unit::Place;
use serde_json::{Value, json};
use std::fmt::Write;

/// A cell as it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CellRow<'a> {
    /// Its middle.
    pub place: Place,
    /// Who lives in it.
    pub people: u32,
    /// The nearest node that counts, by its identifier, and how far it is; `None` where none is reached.
    pub nearest: Option<(&'a str, u32)>,
}

/// A node as it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NodeRow<'a> {
    /// Its identifier.
    pub id: &'a str,
    /// Its name.
    pub name: &'a str,
    /// Where it is.
    pub place: Place,
    /// Whether it counts.
    pub counts: bool,
    /// How many have it as their nearest.
    pub nearest: u64,
    /// How many of those who walk to the nearest node with room come to it.
    pub assigned: u64,
    /// For how many it has room; `None` where nobody has said.
    pub capacity: Option<u32>,
}

/// What distances are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Far {
    /// Seconds on foot; written as minutes.
    Seconds,
    /// Metres, straight.
    Metres,
}

impl Far {
    fn name(self) -> &'static str {
        match self {
            Self::Seconds => "minutes",
            Self::Metres => "metres",
        }
    }

    /// Minutes rounded up, as they are said everywhere.
    fn value(self, far: u32) -> u32 {
        match self {
            Self::Seconds => far.div_ceil(60),
            Self::Metres => far,
        }
    }
}

/// Cells as CSV.
pub fn cells_csv<'a>(cells: impl IntoIterator<Item = CellRow<'a>>, far: Far) -> String {
    let mut text = format!("{MARK}lat,lon,people,nearest_node,{}\r\n", far.name());
    for cell in cells {
        let [lon, lat] = degrees(cell.place);
        let (node, distance) = cell.nearest.map_or_else(Default::default, |(node, at)| (field(node), far.value(at).to_string()));
        // A string takes whatever it is given.
        let _written = write!(text, "{lat},{lon},{},{node},{distance}\r\n", cell.people);
    }
    text
}

/// Nodes as CSV.
pub fn nodes_csv<'a>(nodes: impl IntoIterator<Item = NodeRow<'a>>) -> String {
    let mut text = format!("{MARK}id,name,lat,lon,counts,people_nearest,people_assigned,capacity\r\n");
    for node in nodes {
        let [lon, lat] = degrees(node.place);
        let capacity = node.capacity.map(|capacity| capacity.to_string()).unwrap_or_default();
        let counts = if node.counts { "yes" } else { "no" };
        let (id, name) = (field(node.id), field(node.name));
        let _written = write!(text, "{id},{name},{lat},{lon},{counts},{},{},{capacity}\r\n", node.nearest, node.assigned);
    }
    text
}

/// Cells and nodes as points, told apart by `what`.
pub fn geojson<'a>(cells: impl IntoIterator<Item = CellRow<'a>>, nodes: impl IntoIterator<Item = NodeRow<'a>>, far: Far) -> String {
    let cells = cells.into_iter().map(|cell| {
        let all = [
            ("what", json!("cell")),
            ("people", json!(cell.people)),
            ("nearest_node", json!(cell.nearest.map(|(node, _)| node))),
            (far.name(), json!(cell.nearest.map(|(_, at)| far.value(at)))),
        ];
        point(cell.place, all)
    });
    let nodes = nodes.into_iter().map(|node| {
        let all = [
            ("what", json!("node")),
            ("id", json!(node.id)),
            ("name", json!(node.name)),
            ("counts", json!(node.counts)),
            ("people_nearest", json!(node.nearest)),
            ("people_assigned", json!(node.assigned)),
            ("capacity", json!(node.capacity)),
        ];
        point(node.place, all)
    });
    collection(cells.chain(nodes))
}

fn point<const N: usize>(place: Place, all: [(&str, Value); N]) -> Point {
    Point { id: None, place, properties: all.into_iter().map(|(name, value)| (name.to_owned(), value)).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLACE: Place = Place { lat_e7: 250_334_000, lon_e7: -5 };

    fn cells() -> [CellRow<'static>; 2] {
        [CellRow { place: PLACE, people: 12, nearest: Some(("hall", 61)) }, CellRow { place: PLACE, people: 3, nearest: None }]
    }

    fn node(name: &'static str) -> NodeRow<'static> {
        NodeRow { id: "hall", name, place: PLACE, counts: true, nearest: 12, assigned: 10, capacity: None }
    }

    #[test]
    fn cells_stand_in_rows() {
        let expected = "\u{feff}lat,lon,people,nearest_node,minutes\r\n25.0334000,-0.0000005,12,hall,2\r\n25.0334000,-0.0000005,3,,\r\n";
        assert_eq!(cells_csv(cells(), Far::Seconds), expected);
        assert!(cells_csv(cells(), Far::Metres).contains(",hall,61\r\n"));
    }

    #[test]
    fn names_break_no_row_and_are_no_formula() {
        let cases =
            [("港前, 一館", "\"港前, 一館\""), ("say \"hi\"", "\"say \"\"hi\"\"\""), ("=1+1", "'=1+1"), ("two\nlines", "\"two\nlines\"")];
        for (name, expected) in cases {
            let row = format!("\r\nhall,{expected},25.0334000,-0.0000005,yes,12,10,\r\n");
            assert!(nodes_csv([node(name)]).ends_with(&row), "{name}");
        }
    }

    #[test]
    fn a_map_reads_it_with_longitude_first() {
        let read: Value = serde_json::from_str(&geojson(cells(), [node("say \"hi\"")], Far::Seconds)).unwrap();
        assert_eq!((&read["type"], read["features"].as_array().map(Vec::len)), (&json!("FeatureCollection"), Some(3)));
        let first = &read["features"][0];
        assert_eq!(first["geometry"], json!({ "type": "Point", "coordinates": [-0.000_000_5, 25.0334] }));
        assert_eq!(first["properties"], json!({ "what": "cell", "people": 12, "nearest_node": "hall", "minutes": 2 }));
        assert_eq!(read["features"][1]["properties"]["nearest_node"], Value::Null);
        assert_eq!(
            (&read["features"][2]["properties"]["name"], &read["features"][2]["properties"]["capacity"]),
            (&json!("say \"hi\""), &Value::Null)
        );
        let none: Value = serde_json::from_str(&geojson([], [], Far::Metres)).unwrap();
        assert_eq!(none["features"], json!([]));
    }
}
