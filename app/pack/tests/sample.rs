//! The sample region is complete, in both languages, at sea, and an exercise.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used)]

use civmesh_domain::event::Mode;
use civmesh_domain::governance::Standing;
use civmesh_domain::spatial::hazard::Hazard;
use civmesh_domain::spatial::node::{Exposure, Known, Node, NodeKind, Refuge};
use civmesh_domain::text::Text;
use civmesh_domain::unit::{Millis, Place};
use civmesh_pack::build::{Built, build, exercise_key, key, staff_entries};
use civmesh_pack::{Pack, PlaceKind};
use enumset::EnumSet;
use std::collections::HashSet;
use std::path::PathBuf;
use std::sync::LazyLock;

fn sample(file: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../public/sample").join(file)
}

static BUILT: LazyLock<Built> = LazyLock::new(|| build(&sample("region.toml"), None, Millis(1_795_400_000_000)).unwrap());

fn pack() -> &'static Pack {
    &BUILT.pack
}

fn in_both(text: &Text) -> bool {
    !text.zh.trim().is_empty() && !text.en.trim().is_empty()
}

#[test]
fn it_builds_without_a_finding_and_the_same_again() {
    assert_eq!(BUILT.report.findings, []);
    let again = build(&sample("region.toml"), None, Millis(1_795_400_000_000)).unwrap();
    assert!(again.file == BUILT.file);
}

#[test]
fn it_is_an_exercise_signed_by_the_exercise_authority() {
    assert!(matches!(pack().manifest.mode, Mode::Drill(_)));
    let authority = exercise_key(&sample("region.toml")).unwrap();
    assert_eq!(pack().manifest.authority, key::public(&authority));
}

#[test]
fn it_has_nodes_of_every_kind_standing_refuge_and_exposure() {
    let nodes = &pack().nodes;
    assert!(nodes.len() >= 120, "{} nodes", nodes.len());
    assert_eq!(nodes.iter().map(|node| node.kind).collect::<EnumSet<_>>(), EnumSet::<NodeKind>::all());
    assert_eq!(nodes.iter().flat_map(|node| node.refuge).collect::<EnumSet<_>>(), EnumSet::<Refuge>::all());
    let with = |is: &dyn Fn(&&Node) -> bool| nodes.iter().filter(is).count();
    assert!(with(&|node| node.standing == Standing::Certified) >= 20);
    assert!(with(&|node| node.standing == Standing::Agreed) >= 30);
    for exposure in [Exposure::Public, Exposure::OnApproach, Exposure::Staff] {
        assert!(with(&|node| node.exposure == exposure) >= 1, "{exposure:?}");
    }
    let refuges_shown = nodes.iter().filter(|node| !node.refuge.is_empty()).all(|node| node.exposure == Exposure::Public);
    assert!(refuges_shown, "no refuge is hidden from those who need it");
}

#[test]
fn every_hazard_can_be_answered_and_nobody_is_sent_underground_in_a_flood() {
    for hazard in [Hazard::Earthquake, Hazard::Flood, Hazard::Blackout, Hazard::AirRaid, Hazard::Pandemic] {
        let fit = |node: &&Node| node.is_fit_for(hazard);
        assert!(pack().nodes.iter().filter(fit).count() >= 10, "{hazard:?}");
        assert!(pack().nodes.iter().any(|node| node.fit.of(hazard) == Known::Unknown), "{hazard:?} has no unknown");
    }
    for node in pack().nodes.iter().filter(|node| node.refuge.contains(Refuge::AirRaidShelter)) {
        assert!(!node.is_fit_for(Hazard::Flood), "{}", node.id);
    }
    for node in &pack().nodes {
        assert!((node.fit.yes & node.risk.yes).is_empty(), "{} is called fit for what it is exposed to", node.id);
        assert!((node.fit.yes & node.fit.no).is_empty() && (node.offers.yes & node.offers.no).is_empty(), "{}", node.id);
    }
}

#[test]
fn every_word_is_in_both_languages() {
    for node in &pack().nodes {
        for text in [&node.name, &node.address, &node.look_for, &node.hours] {
            assert!(in_both(text), "{}: {text:?}", node.id);
        }
    }
    assert!(pack().places.iter().all(|place| in_both(&place.name)));
    assert!(pack().manifest.layers.iter().map(|layer| &layer.name).chain([&pack().manifest.name]).all(in_both));
}

#[test]
fn names_and_identifiers_are_used_once_and_no_two_nodes_share_a_point() {
    let nodes = &pack().nodes;
    let count = |keys: HashSet<String>| assert_eq!(keys.len(), nodes.len());
    count(nodes.iter().map(|node| node.id.to_string()).collect());
    count(nodes.iter().map(|node| node.name.zh.clone()).collect());
    count(nodes.iter().map(|node| node.name.en.clone()).collect());
    count(nodes.iter().map(|node| format!("{:?}", node.place)).collect());
}

#[test]
fn everything_lies_in_the_open_sea() {
    let at_sea = |place: Place| (22.97..23.03).contains(&place.lat()) && (124.46..124.54).contains(&place.lon());
    assert!(pack().nodes.iter().all(|node| at_sea(node.place)));
    assert!(pack().places.iter().all(|place| at_sea(place.place)));
    assert!(at_sea(pack().manifest.centre));
}

#[test]
fn places_can_be_chosen_by_name() {
    let count = |kind| pack().places.iter().filter(|place| place.kind == kind).count();
    assert_eq!(count(PlaceKind::Village), 8);
    assert!(count(PlaceKind::Station) >= 5 && count(PlaceKind::Street) >= 10 && count(PlaceKind::Landmark) >= 3);
}

#[test]
fn fifteen_procedures_cover_store_school_and_centre() {
    assert_eq!(pack().sops().unwrap().len(), 15);
    for kind in [NodeKind::ConvenienceStore, NodeKind::School, NodeKind::CommunityCentre] {
        let scenarios: HashSet<_> =
            pack().sops().unwrap().iter().filter(|sop| sop.node_kinds.contains(kind)).map(|sop| sop.scenario).collect();
        assert_eq!(scenarios.len(), 5, "{kind:?}");
    }
}

#[test]
fn staff_entries_are_for_nodes_that_are_there() {
    let staff = staff_entries(&sample("staff.toml")).unwrap();
    assert!(staff.len() >= 12);
    for (id, entry) in &staff {
        assert!(pack().nodes.iter().any(|node| node.id == *id && node.standing != Standing::Proposed), "{id}");
        assert!(entry.contact_points.iter().chain([&entry.where_things_are]).all(in_both), "{id}");
    }
}

#[test]
fn it_has_a_ground_that_agrees_with_its_nodes() {
    let graph = pack().walk().unwrap().unwrap();
    assert_eq!(graph.components().collect::<Vec<_>>(), [graph.nodes()], "everybody can walk everywhere");
    let map = pack().map().unwrap().unwrap();
    let [west, south, east, north] = map.bounds;
    let is_on = |place: Place| (south..=north).contains(&place.lat_e7) && (west..=east).contains(&place.lon_e7);
    assert!(pack().nodes.iter().all(|node| is_on(node.place)));
    assert!(map.bytes.len() < 200_000, "{} bytes", map.bytes.len());
    let areas = pack().areas().unwrap();
    let is_in = |node: &Node, hazard: Hazard| areas.iter().any(|area| area.hazard == hazard && area.has(node.place));
    for node in &pack().nodes {
        for hazard in [Hazard::Flood, Hazard::Landslide] {
            assert!(!(node.risk.of(hazard) == Known::No && is_in(node, hazard)), "{} is said to be safe from {hazard:?}", node.id);
        }
    }
    let flooded = pack().nodes.iter().filter(|node| is_in(node, Hazard::Flood)).count();
    assert!((10..40).contains(&flooded), "{flooded}");
}
