//! What lines become of, and what they are joined by: small towns by hand, and lattices for the searches.

use super::*;
use crate::spatial::walk::{Edge, WalkGraph};
use proptest::prelude::*;

/// A place so many metres north and east of a corner in Taipei, about.
fn at(north: f64, east: f64) -> Place {
    Place { lat_e7: 250_000_000 + (north * 90.0) as i32, lon_e7: 1_215_000_000 + (east * 99.0) as i32 }
}

const STREET: Kind = Kind { way: Way::Residential, traits: enumset::enum_set!() };
const BRIDGE: Kind = Kind { way: Way::Footway, traits: enumset::enum_set!(Trait::Bridge) };

type Given<'a> = (&'a [(f64, f64)], Kind, i8);

fn built(lines: &[Given<'_>]) -> (WalkGraph, Counts) {
    let mut draft = WalkDraft::default();
    for (points, kind, layer) in lines {
        draft.line(points.iter().map(|(north, east)| at(*north, *east)), *kind, *layer, &Text::default()).unwrap();
    }
    let Built { block, counts } = draft.build().unwrap();
    (WalkGraph::open(block).unwrap(), counts)
}

#[test]
fn a_bridge_is_joined_where_it_comes_down_and_not_to_what_it_crosses() {
    let street: Given<'_> = (&[(0.0, 0.0), (0.0, 100.0), (0.0, 200.0)], STREET, 0);
    let bridge: Given<'_> = (&[(-100.0, 100.0), (0.0, 100.0), (100.0, 100.0)], BRIDGE, 1);
    let (_, apart) = built(&[street, bridge]);
    assert_eq!((apart.components, apart.nodes, apart.edges), (2, 4, 2));
    // The same without a layer is a crossing.
    let (_, level) = built(&[street, (bridge.0, STREET, 0)]);
    assert_eq!((level.components, level.nodes, level.edges), (1, 5, 4));
    // Its ends meet the street at its far side, and steps come up to its middle.
    let ramp: Given<'_> = (&[(100.0, 100.0), (100.0, 200.0), (0.0, 200.0)], STREET, 0);
    let (_, down) = built(&[street, bridge, ramp]);
    assert_eq!((down.components, down.edges), (1, 2), "all three are one way round, apart from the bridge's nature");
    let steps: Given<'_> = (&[(0.0, 100.0), (10.0, 110.0)], Way::Steps.into(), 0);
    assert_eq!(built(&[street, bridge, steps]).1.components, 1);
    // Streets of two layers whose ends meet are one way.
    let (_, ends) = built(&[(&[(0.0, 0.0), (0.0, 100.0)], STREET, 0), (&[(0.0, 100.0), (0.0, 200.0)], STREET, 1)]);
    assert_eq!((ends.components, ends.edges), (1, 1));
    let street_that_ends_below: Given<'_> = (&[(0.0, 100.0), (10.0, 110.0)], STREET, 0);
    assert_eq!(built(&[bridge, street_that_ends_below]).1.components, 2);
}

#[test]
fn lines_that_cross_without_a_common_point_are_not_joined() {
    let (_, counts) = built(&[(&[(0.0, -50.0), (0.0, 50.0)], STREET, 0), (&[(-50.0, 0.0), (50.0, 0.0)], STREET, 0)]);
    assert_eq!((counts.components, counts.edges), (2, 2));
}

#[test]
fn what_a_seam_has_cut_and_doubled_is_one_line_again() {
    // Each half goes on beyond the seam and is cut there, between two of the other's points.
    let south: Given<'_> = (&[(0.0, 0.0), (100.0, 0.0), (200.0, 0.0), (240.0, 0.0)], STREET, 0);
    let north: Given<'_> = (&[(130.0, 0.0), (200.0, 0.0), (300.0, 0.0), (400.0, 0.0)], STREET, 0);
    let (graph, counts) = built(&[south, north]);
    assert_eq!((counts.nodes, counts.edges, counts.split, counts.merged), (2, 1, 2, 2));
    let whole = metres_between(at(0.0, 0.0), at(400.0, 0.0));
    assert!((f64::from(graph.all_edges().next().unwrap().length.0) / 10.0 - whole).abs() < 0.2);
}

#[test]
fn an_end_is_joined_within_a_metre_and_not_beyond() {
    let street: Given<'_> = (&[(0.0, 0.0), (0.0, 100.0)], STREET, 0);
    for (north, joined, split, components) in [(0.5, 0, 1, 1), (-0.9, 0, 1, 1), (1.5, 0, 0, 2)] {
        let (_, counts) = built(&[street, (&[(50.0, 40.0), (north, 40.0)], STREET, 0)]);
        assert_eq!((counts.joined, counts.split, counts.components), (joined, split, components), "{north}");
    }
    let (_, end_to_end) = built(&[street, (&[(0.4, 100.4), (50.0, 150.0)], STREET, 0)]);
    assert_eq!((end_to_end.joined, end_to_end.components, end_to_end.edges), (1, 1, 1));
    let (_, other_layer) = built(&[street, (&[(50.0, 40.0), (0.5, 40.0)], STREET, -1)]);
    assert_eq!(other_layer.components, 2);
}

#[test]
fn an_edge_ends_where_others_meet_or_its_nature_changes_and_nowhere_else() {
    let (graph, counts) = built(&[
        (&[(0.0, 0.0), (0.0, 50.0), (0.0, 100.0)], STREET, 0),
        (&[(0.0, 100.0), (0.0, 150.0)], STREET, 0),
        (&[(0.0, 150.0), (0.0, 200.0)], Way::Steps.into(), 0),
    ]);
    assert_eq!((counts.nodes, counts.edges), (3, 2));
    let points: Vec<usize> = graph.all_edges().map(|edge| graph.line(&edge).len()).collect();
    assert_eq!(points.iter().sum::<usize>(), 6);
}

#[test]
fn a_ring_by_itself_is_an_edge_from_a_node_to_itself() {
    let (graph, counts) = built(&[(&[(0.0, 0.0), (0.0, 100.0), (100.0, 100.0), (0.0, 0.0)], STREET, 0)]);
    assert_eq!((counts.nodes, counts.edges, counts.components), (1, 1, 1));
    assert_eq!(graph.line(&graph.all_edges().next().unwrap()).len(), 4);
    assert_eq!(graph.neighbours(0).count(), 2);
}

#[test]
fn numbers_of_a_source_tell_which_points_are_one_whatever_their_places() {
    let mut draft = WalkDraft::default();
    let name = Text::new("港前街", "Gangqian St.");
    draft.numbered_line([(1, at(0.0, 0.0)), (2, at(0.0, 100.0))], STREET, &name).unwrap();
    draft.numbered_line([(3, at(0.0, 100.0)), (4, at(0.0, 200.0))], STREET, &Text::default()).unwrap();
    draft.numbered_line([(1, at(0.0, 0.0)), (4, at(0.0, 200.0))], BRIDGE, &Text::default()).unwrap();
    let Built { block, counts } = draft.build().unwrap();
    assert_eq!((counts.components, counts.nodes), (1, 4));
    let graph = WalkGraph::open(block).unwrap();
    let named: Vec<Text> = graph.all_edges().filter_map(|edge| graph.name(&edge)).collect();
    assert_eq!(named, [name]);
}

#[test]
fn a_way_longer_than_an_edge_can_be_is_cut() {
    let far: Vec<(f64, f64)> = (0..40).map(|step| (f64::from(step) * 10_000.0, 0.0)).collect();
    let (graph, counts) = built(&[(&far, STREET, 0)]);
    assert_eq!((counts.nodes, counts.edges, counts.components), (5, 4, 1));
    let whole = metres_between(at(0.0, 0.0), at(390_000.0, 0.0));
    let sum: u32 = graph.all_edges().map(|edge| edge.length.0).sum();
    assert!((f64::from(sum) / 10.0 - whole).abs() < 1.0);
}

#[test]
fn what_can_not_be_a_line_is_refused_with_its_reason() {
    let mut draft = WalkDraft::default();
    let mut line = |points: &[Place]| draft.line(points.iter().copied(), STREET, 0, &Text::default());
    assert_eq!(line(&[at(0.0, 0.0), at(0.0, 0.0)]), Err(LineFault::TooShort));
    assert_eq!(line(&[at(0.0, 0.0), Place { lat_e7: 900_000_001, lon_e7: 0 }]), Err(LineFault::OffTheGlobe));
    assert_eq!(line(&[at(0.0, 0.0), at(120_000.0, 0.0)]), Err(LineFault::TooLong));
    let nothing = draft.build().unwrap();
    assert_eq!(WalkGraph::open(nothing.block).unwrap().edges(), 0);
}

/// Points in hundreds of metres, type and layer of a line.
pub(in crate::spatial) type OnLattice = (Vec<(u8, u8)>, Way, i8);

/// Lines along a lattice of a hundred metres, so that many meet.
pub(in crate::spatial) fn lattice() -> impl Strategy<Value = Vec<OnLattice>> {
    let way = prop_oneof![Just(Way::Residential), Just(Way::Steps), Just(Way::Footway)];
    let line = (proptest::collection::vec((0u8..6, 0u8..6), 2..6), way, -1i8..=1);
    proptest::collection::vec(line, 1..30)
}

/// A graph of such lines.
pub(in crate::spatial) fn of_lattice(lines: &[OnLattice]) -> (WalkGraph, Counts) {
    let mut draft = WalkDraft::default();
    for (at_line, (points, way, layer)) in lines.iter().enumerate() {
        let places = points.iter().map(|(north, east)| at(f64::from(*north) * 100.0, f64::from(*east) * 100.0));
        let _ = draft.line(places, Kind::from(*way), *layer, &Text::new(format!("街{}", at_line % 5), ""));
    }
    let Built { block, counts } = draft.build().unwrap();
    (WalkGraph::open(block).unwrap(), counts)
}

fn drawn(graph: &WalkGraph, edge: &Edge) -> f64 {
    graph.line(edge).windows(2).map(|pair| metres_between(pair[0], pair[1])).sum()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn whatever_lines_come_the_block_opens_and_says_what_is_drawn(lines in lattice()) {
        let (graph, counts) = of_lattice(&lines);
        for edge in graph.all_edges() {
            let said = f64::from(edge.length.0) / 10.0;
            prop_assert!((drawn(&graph, &edge) - said).abs() <= 0.051, "{edge:?}");
        }
        prop_assert_eq!(graph.components().sum::<u32>(), graph.nodes());
        prop_assert_eq!(graph.components().len() as u32, counts.components);
        // A node through which one way runs unchanged would be no node.
        for node in 0..graph.nodes() {
            let edges: Vec<Edge> = graph.neighbours(node).filter_map(|(_, id)| graph.edge(id)).collect();
            if let [one, other] = edges.as_slice() && one.id != other.id {
                prop_assert!(one.kind != other.kind || one.name != other.name, "node {node}");
            }
        }
    }

    #[test]
    fn the_distinct_stretches_of_all_lines_are_the_graph_s(lines in lattice()) {
        let level: Vec<_> = lines.into_iter().map(|(points, way, _)| (points, way, 0)).collect();
        let (graph, counts) = of_lattice(&level);
        // An end that lies on another line cuts it, which a set of stretches does not know.
        if counts.split > 0 {
            return Ok(());
        }
        let mut stretches = std::collections::HashSet::new();
        for (points, ..) in &level {
            let mut points = points.clone();
            points.dedup();
            for pair in points.windows(2) {
                stretches.insert((pair[0].min(pair[1]), pair[0].max(pair[1])));
            }
        }
        let mut of_graph = 0;
        for edge in graph.all_edges() {
            of_graph += graph.line(&edge).len() - 1;
        }
        prop_assert_eq!(of_graph, stretches.len());
    }
}
