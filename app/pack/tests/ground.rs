//! Ways, hazard areas and people: out of dirty sources, and out of real ones, with distances checked by another library.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::panic)]

mod common;

use civmesh_domain::spatial::area::{Class, Depth};
use civmesh_domain::spatial::coverage::access::Steps;
use civmesh_domain::spatial::coverage::{Access, Coverage, MINUTES};
use civmesh_domain::spatial::hazard::Hazard;
use civmesh_domain::spatial::nearest::measure;
use civmesh_domain::spatial::node::NodeKind;
use civmesh_domain::spatial::people::Basis;
use civmesh_domain::spatial::walk::{Answer, Costs, Pace, Passage, Reach, WalkGraph, Way};
use civmesh_domain::unit::{Metres, Millis, Place};
use civmesh_pack::build::error::BuildError;
use civmesh_pack::build::report::Reason;
use civmesh_pack::build::{Built, build, key};
use common::{HEAD, LAYER};
use petgraph::graph::{NodeIndex, UnGraph};
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

/// Builds a region of one file and the settings of its layer.
fn region(name: &str, file: &str, bytes: &[u8], settings: &str) -> Result<Built, BuildError> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join(file), bytes).unwrap();
    let path = folder.join("region.toml");
    std::fs::write(&path, format!("{HEAD}{LAYER}file = \"{file}\"\n{settings}\n")).unwrap();
    build(&path, None, Millis(0))
}

fn collection(features: &[&str]) -> Vec<u8> {
    format!(r#"{{"type":"FeatureCollection","features":[{}]}}"#, features.join(",")).into_bytes()
}

fn feature(kind: &str, coordinates: &str, properties: &str) -> String {
    format!(r#"{{"type":"Feature","geometry":{{"type":"{kind}","coordinates":{coordinates}}},"properties":{{{properties}}}}}"#)
}

fn reasons(built: &Built) -> Vec<(u64, Reason)> {
    built.report.findings.iter().map(|finding| (finding.line, finding.reason)).collect()
}

const WAYS: &str = "format = \"geojson\"\nholds = \"ways\"";

#[test]
fn lines_become_a_graph_and_what_is_none_is_said() {
    let street = |coordinates: &str| feature("LineString", coordinates, r#""highway":"residential","name":"港前街""#);
    let features = [
        street("[[121.5,25.0],[121.501,25.0]]"),
        feature("MultiLineString", "[[[121.501,25.0],[121.501,25.001]],[[121.501,25.001],[121.502,25.001]]]", r#""highway":"steps""#),
        street("[[121.5,25.0],[121.501,25.0]]"),
        feature("Point", "[121.5,25.0]", r#""highway":"residential""#),
        street("[[121.5,25.0],[151.5,25.0]]"),
        street("[[121.5,25.0]]"),
        feature("LineString", "[[121.5,25.0],[121.6,25.0]]", r#""highway":"motorway""#),
        feature("LineString", "[[121.5,25.0],[121.6,25.0]]", r#""waterway":"river""#),
    ];
    let built = region("lines", "a.geojson", &collection(&features.each_ref().map(String::as_str)), WAYS).unwrap();
    assert_eq!(reasons(&built), [(4, Reason::NoLine), (5, Reason::OutOfRange), (6, Reason::NoLine)]);
    let count = &built.report.layers[0];
    assert_eq!((count.rows, count.passed_over, count.kept), (8, 2, 4));
    let (counts, _) = built.report.ground.walk.unwrap();
    assert_eq!((counts.nodes, counts.edges, counts.merged), (3, 2, 1));
    let graph = built.pack.walk().unwrap().unwrap();
    let kinds: Vec<(Way, Option<String>)> = graph.all_edges().map(|edge| (edge.kind.way, graph.name(&edge).map(|name| name.zh))).collect();
    assert!(kinds.contains(&(Way::Residential, Some("港前街".to_owned()))) && kinds.contains(&(Way::Steps, None)));
    assert!(built.report.summary().contains("walking graph: 3 nodes, 2 edges"), "{}", built.report.summary());
}

#[test]
fn columns_of_another_name_are_named() {
    let line = feature("LineString", "[[121.5,25.0],[121.501,25.0]]", r#""class":"steps""#);
    let settings = format!("{WAYS}\nkeys = {{ highway = \"class\" }}");
    let built = region("keys", "a.geojson", &collection(&[&line]), &settings).unwrap();
    assert_eq!(built.pack.walk().unwrap().unwrap().all_edges().next().unwrap().kind.way, Way::Steps);
}

#[test]
fn outlines_become_areas_with_their_class_and_depth() {
    let square =
        "[[[[121.5,25.0],[121.501,25.0],[121.501,25.001],[121.5,25.001],[121.5,25.0]]],[[[121.6,25.0],[121.6,25.0],[121.6,25.0]]]]";
    let features = [
        feature("MultiPolygon", square, r#""depth":"0.3 m ~ 1 m""#),
        feature("Polygon", "[[[121.5,25.0],[121.501,25.0],[121.501,25.001],[121.5,25.0]]]", r#""depth":"deep""#),
        feature("LineString", "[[121.5,25.0],[121.501,25.0]]", r#""depth":"deep""#),
    ];
    let settings = r#"
format = "geojson"
holds = "areas"
map = { class = "depth", depth_from = "depth", depth_to = "depth" }
fixed = { hazard = "flood" }
values = { class = { "0.3 m ~ 1 m" = "2" }, depth_from = { "0.3 m ~ 1 m" = "300" }, depth_to = { "0.3 m ~ 1 m" = "1000" } }"#;
    let built = region("areas", "a.geojson", &collection(&features.each_ref().map(String::as_str)), settings).unwrap();
    let wrong = [(1, Reason::NoLine), (2, Reason::NotANumber), (2, Reason::NotANumber), (2, Reason::NotANumber), (3, Reason::NoLine)];
    assert_eq!(reasons(&built), wrong);
    let areas = built.pack.areas().unwrap();
    let said: Vec<_> = areas.iter().map(|area| (area.hazard, area.class, area.depth, area.rings[0].len())).collect();
    let depth = Depth { from_mm: 300, to_mm: Some(1000) };
    assert_eq!(said, [(Hazard::Flood, Class(2), Some(depth), 4), (Hazard::Flood, Class(1), None, 3)]);
}

#[test]
fn people_are_read_cell_by_cell_and_keep_their_sum() {
    let csv = "lat,lon,people\n25.0,121.5,10.4\n25.1,121.5,10.4\n0,121.5,3\n25.2,121.5,many\n25.3,121.5,-1\n25.4,121.5,0\n25.5,121.5,0.3\n";
    let settings = "format = \"csv\"\nholds = \"people\"\nmap = { lat = \"lat\", lon = \"lon\", people = \"people\" }";
    let built = region("people", "a.csv", csv.as_bytes(), settings).unwrap();
    assert_eq!(reasons(&built), [(4, Reason::ZeroCoordinates), (5, Reason::NotANumber), (6, Reason::NotANumber)]);
    let people = built.pack.people().unwrap().unwrap();
    assert_eq!((people.basis, people.total(), people.cells.len()), (Basis::Counted, 21, 2));
    assert_eq!(people.cells[0].place, Place { lat_e7: 250_000_000, lon_e7: 1_215_000_000 });
}

#[test]
fn settings_of_layers_that_contradict_themselves_are_refused() {
    let cases = [
        ("format = \"csv\"\nholds = \"ways\"", "which a CSV can't have"),
        ("format = \"osm_pbf\"\nholds = \"people\"", "has neither hazard areas nor people"),
        ("format = \"geojson\"\nholds = \"buildings\"", "needs `people`"),
        ("format = \"geojson\"\nholds = \"ways\"\nplaces = \"street\"", "has `places`"),
        (
            "format = \"osm_pbf\"\nprefix = \"s\"\nonly = { amenity = [\"shelter\"] }\nfixed = { refuge = \"disaster_shelter\" }",
            "no refuges from a disaster",
        ),
    ];
    for (at, (settings, says)) in cases.into_iter().enumerate() {
        let said = region(&format!("ground-settings{at}"), "a.file", b"", settings).unwrap_err().to_string();
        assert!(said.contains(says) && said.contains("a.file"), "{said}");
    }
}

#[test]
fn what_is_no_extract_is_one_sentence() {
    for (name, bytes) in [("no-extract", &b"lat,lon\n1,2\n"[..]), ("cut-extract", &[0, 0, 0, 13, 10, 9][..])] {
        let said = region(name, "a.osm.pbf", bytes, "format = \"osm_pbf\"\nholds = \"ways\"").unwrap_err().to_string();
        assert!(said.contains("a.osm.pbf is not an extract of OpenStreetMap (PBF)") && !said.contains('\n'), "{said}");
    }
}

fn shared(file: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data").join(file)
}

static TAIPEI: LazyLock<Built> = LazyLock::new(|| {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/taipei/region.toml");
    build(&path, Some(&key::from_text(&"1".repeat(64)).unwrap()), Millis(0)).unwrap()
});

fn taipei() -> WalkGraph {
    TAIPEI.pack.walk().unwrap().unwrap()
}

#[test]
#[cfg_attr(not(shared_data), ignore = "../shared/data is not there")]
fn the_streets_of_taipei_hang_together_and_what_the_seam_doubled_is_there_once() {
    let (counts, bytes) = TAIPEI.report.ground.walk.unwrap();
    assert_eq!((counts.lines, counts.nodes, counts.edges, counts.components), (4072, 6714, 10355, 44));
    assert!(counts.merged > 1_000 && counts.split > 100, "{counts:?}");
    assert!(counts.largest_metres * 1000 >= counts.metres * 984, "{counts:?}");
    assert!(bytes < 750_000, "{bytes}");
    // Everything named is named in the graph: 4 km of one street, whatever the number of its pieces.
    let graph = taipei();
    let named = graph.all_edges().filter(|edge| graph.name(edge).is_some_and(|name| name.zh.starts_with("中山北路")));
    assert!(named.map(|edge| edge.length.0).sum::<u32>() > 20_000);
}

/// Numbers that look random and are the same each time.
fn chance() -> impl FnMut(u32) -> u32 {
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    move |below| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 33) as u32 % below
    }
}

/// The graph as another library has it, with metres from the drawn lines, and a cost in milliseconds.
fn reference(graph: &WalkGraph, millis: impl Fn(Way) -> u32) -> UnGraph<(), u32> {
    let mut other = UnGraph::default();
    for _ in 0..graph.nodes() {
        other.add_node(());
    }
    for edge in graph.all_edges() {
        other.add_edge(NodeIndex::new(edge.from as usize), NodeIndex::new(edge.to as usize), edge.length.0 * millis(edge.kind.way));
    }
    other
}

#[test]
#[cfg_attr(not(shared_data), ignore = "../shared/data is not there")]
fn a_thousand_distances_are_those_of_another_library() {
    let graph = taipei();
    let pace = Pace::default();
    let costs = Costs::new(&graph, &pace);
    let other = reference(&graph, |way| u32::from(pace.millis[way as usize]));
    let (mut random, mut reach, mut apart) = (chance(), Reach::default(), 0);
    for _ in 0..50 {
        let from = random(graph.nodes());
        reach.search_from(&graph, &costs, [(from, 0)], u32::MAX - 1, |_, _| std::ops::ControlFlow::Continue(()));
        let known = petgraph::algo::dijkstra(&other, NodeIndex::new(from as usize), None, |edge| *edge.weight());
        for _ in 0..20 {
            let to = random(graph.nodes());
            assert_eq!(reach.cost(to), known.get(&NodeIndex::new(to as usize)).copied(), "{from} {to}");
            apart += usize::from(reach.cost(to).is_none());
        }
    }
    assert!(apart < 100, "{apart} of 1,000 pairs have no way");
}

#[test]
#[cfg_attr(not(shared_data), ignore = "../shared/data is not there")]
fn edges_of_taipei_are_as_long_as_they_are_drawn() {
    use geo::{Geodesic, Length, LineString};
    let graph = taipei();
    for edge in graph.all_edges() {
        let line: LineString = graph.line(&edge).into_iter().map(|place| (place.lon(), place.lat())).collect();
        let (drawn, said) = (Geodesic.length(&line), f64::from(edge.length.0) / 10.0);
        // A sphere for an ellipsoid: half a percent.
        assert!((drawn - said).abs() <= 0.06 + drawn * 0.006, "{edge:?}: {drawn}");
    }
}

#[test]
#[cfg_attr(not(shared_data), ignore = "../shared/data is not there")]
fn a_flooded_street_in_taipei_is_walked_around() {
    let graph = taipei();
    let areas = TAIPEI.pack.areas().unwrap();
    assert!(areas.len() > 300 && areas.iter().any(|area| area.class == Class(2)));
    let pace = Pace::default();
    let (free, mut flooded) = (Costs::new(&graph, &pace), Costs::new(&graph, &pace));
    areas.iter().for_each(|area| flooded.avoid(&graph, &area.rings, Passage::Closed));
    let closed: Vec<_> = graph.all_edges().filter(|edge| free.is_open(edge) && !flooded.is_open(edge)).collect();
    assert!((100..3_000).contains(&closed.len()), "{}", closed.len());
    let (mut round, mut longer) = (0, 0);
    for edge in closed.iter().step_by(closed.len() / 50) {
        let line = graph.line(edge);
        let ends = [line[0], *line.last().unwrap()];
        let Answer::Route(dry) = graph.answer(&pace, &flooded, ends, Metres(60)) else { continue };
        assert!(dry.legs.iter().all(|leg| flooded.is_open(&leg.edge)) && dry.hindered.0 == 0);
        let Answer::Route(wet) = graph.answer(&pace, &free, ends, Metres(60)) else { panic!("there was a way in the flood") };
        round += 1;
        longer += usize::from(dry.length > wet.length);
    }
    assert!(round > 10 && longer > 5, "{round} {longer}");
}

#[test]
#[cfg_attr(not(shared_data), ignore = "../shared/data is not there")]
fn nobody_in_taipei_is_nearer_on_foot_than_straight() {
    let graph = taipei();
    let people = TAIPEI.pack.people().unwrap().unwrap();
    let cells: Vec<Place> = people.cells.iter().map(|cell| cell.place).collect();
    let living: Vec<_> = people.cells.iter().map(|cell| cell.people).collect();
    // Convenience stores and supermarkets.
    let stores: Vec<Place> = TAIPEI.pack.nodes.iter().filter(|node| node.layer == 2).map(|node| node.place).collect();
    let costs = Costs::new(&graph, &Pace::default());
    let on_foot = Access::on_foot(&graph, &costs, [&cells, &stores], Steps::default(), 900);
    // What 15 minutes at 80 m would be without a corner.
    let straight = Access::straight([&cells, &stores], Metres(1_200));
    for (cell, place) in cells.iter().enumerate() {
        for reached in on_foot.reached(cell) {
            let (metres, _) = measure(*place, stores[reached.node as usize]);
            // A decimetre at each end, and a second of rounding.
            assert!(reached.far * 80 / 60 + 2 >= metres.0, "{cell}: {reached:?}, {metres:?}");
        }
        assert!(on_foot.reached(cell).len() <= straight.reached(cell).len() + 1);
    }
    let (walking, flying) =
        (Coverage::of(&on_foot, &living, &MINUTES, |_| true), Coverage::of(&straight, &living, &[400, 800, 1_200], |_| true));
    assert_eq!(walking.people, 200_000);
    let inside = |coverage: &Coverage| coverage.bands.iter().map(|band| band.inside).collect::<Vec<_>>();
    let (walking, flying) = (inside(&walking), inside(&flying));
    assert!(walking.is_sorted() && walking.iter().zip(&flying).all(|(walking, flying)| walking <= flying), "{walking:?} {flying:?}");
    assert!(walking[0] > 120_000 && walking[2] > 180_000, "{walking:?}");
}

static HELSINKI: LazyLock<Built> = LazyLock::new(|| helsinki("helsinki", ""));

/// A region of everything that is taken from an extract, with further settings.
fn helsinki(name: &str, settings: &str) -> Built {
    let file = shared("Helsinki.osm.pbf");
    let layer = |settings: &str| format!("{LAYER}file = \"{}\"\nformat = \"osm_pbf\"\n{settings}\n", file.display());
    let layers = [
        "prefix = \"o\"",
        "places = \"street\"\nspread = 3000",
        "places = \"station\"\nspread = 300",
        "holds = \"ways\"",
        "holds = \"buildings\"\npeople = 15000",
    ];
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::create_dir_all(&folder).unwrap();
    let head = HEAD.replace("bounds = [118.0, 20.5, 123.0, 27.0]", "bounds = [24.0, 60.0, 26.0, 61.0]");
    std::fs::write(folder.join("region.toml"), head + settings + &layers.map(layer).concat()).unwrap();
    build(&folder.join("region.toml"), None, Millis(0)).unwrap()
}

#[test]
#[cfg_attr(not(shared_data), ignore = "../shared/data is not there")]
fn a_town_is_cut_out_of_an_extract() {
    let cut = helsinki("helsinki-cut", "clip = [24.93, 60.165, 24.945, 60.175]\n");
    let whole = HELSINKI.report.ground.walk.unwrap().0;
    let part = cut.report.ground.walk.unwrap().0;
    assert!((500..1_800).contains(&part.lines), "{part:?}");
    // A way that the extract itself cuts is two lines where it is taken, and one where it is left out.
    let all = |built: &Built, lines| built.report.layers[3].outside + lines;
    assert!(all(&HELSINKI, whole.lines).abs_diff(all(&cut, part.lines)) < 10);
    let inside = |place: Place| (60.165..=60.175).contains(&place.lat()) && (24.93..=24.945).contains(&place.lon());
    assert!(!cut.pack.nodes.is_empty() && cut.pack.nodes.iter().all(|node| inside(node.place)));
    // What reaches into the clip is there as it is in the whole: no street ends at the edge of the box.
    let length = |built: &Built| {
        let graph = built.pack.walk().unwrap().unwrap();
        let touching = graph.all_edges().filter(|edge| graph.line(edge).into_iter().any(inside)).map(|edge| u64::from(edge.length.0));
        touching.sum::<u64>()
    };
    assert!(length(&cut) >= length(&HELSINKI), "{} {}", length(&cut), length(&HELSINKI));
}

#[test]
#[cfg_attr(not(shared_data), ignore = "../shared/data is not there")]
fn an_extract_of_helsinki_gives_nodes_streets_ways_and_people() {
    let Built { pack, report, .. } = &*HELSINKI;
    let (counts, _) = report.ground.walk.unwrap();
    assert_eq!((counts.lines, counts.nodes, counts.edges, counts.components), (2372, 2777, 4039, 26));
    assert!(counts.largest_metres * 100 >= counts.metres * 98 && counts.joined + counts.split == 0, "{counts:?}");
    let of = |kind| pack.nodes.iter().filter(|node| node.kind == kind).count();
    assert_eq!((of(NodeKind::ConvenienceStore), of(NodeKind::School), of(NodeKind::PublicBuilding)), (9, 5, 8));
    assert!(pack.nodes.iter().all(|node| node.refuge.is_empty()), "no shelter from rain is a refuge");
    assert!(pack.places.iter().any(|place| place.name.zh == "Aleksanterinkatu" && place.name.en == "Aleksanterinkatu"));
    let people = pack.people().unwrap().unwrap();
    assert_eq!((people.basis, people.total(), pack.areas().unwrap().len()), (Basis::SpreadOverBuildings, 15_000, 0));
    assert_eq!(pack.manifest.layers.len(), 5);
    // A school is drawn as an outline, and its point lies inside the town.
    let school = pack.nodes.iter().find(|node| node.kind == NodeKind::School).unwrap();
    assert!((60.1..60.2).contains(&school.place.lat()) && (24.9..25.0).contains(&school.place.lon()));
}

#[test]
#[cfg_attr(not(shared_data), ignore = "../shared/data is not there")]
fn a_damaged_extract_is_refused_or_read_and_never_more() {
    let whole = std::fs::read(shared("Helsinki.osm.pbf")).unwrap();
    let mut random = chance();
    let settings = "format = \"osm_pbf\"\nholds = \"ways\"";
    for number in 0..60 {
        let mut bytes = whole.clone();
        for _ in 0..1 + number % 4 {
            let at = random(bytes.len() as u32) as usize;
            bytes[at] = random(256) as u8;
        }
        if number % 3 == 0 {
            bytes.truncate(random(bytes.len() as u32) as usize);
        }
        if let Err(error) = region("damaged-extract", "a.osm.pbf", &bytes, settings) {
            assert!(error.to_string().contains("a.osm.pbf"), "{error}");
        }
    }
}
