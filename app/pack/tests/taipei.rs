//! The builder on real data: a Taipei zone, and the known dirt of its files. Ignored where `../shared/data` is not there.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used)]

use civmesh_domain::governance::Standing;
use civmesh_domain::spatial::hazard::Hazard;
use civmesh_domain::spatial::node::{Node, NodeKind, Refuge};
use civmesh_domain::unit::Millis;
use civmesh_pack::build::report::{LayerCount, Reason, Report};
use civmesh_pack::build::{Built, build, key};
use std::path::{Path, PathBuf};

fn example() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/taipei/region.toml")
}

/// Builds a `region.toml` signed with a key for tests.
fn built(path: &Path) -> Built {
    build(path, Some(&key::from_text(&"1".repeat(64)).unwrap()), Millis(0)).unwrap()
}

/// Builds one layer of the example alone, without clip and without the check of the town that a row names.
fn layer_alone(name: &str, number: usize, bounds: &str, change: (&str, &str)) -> Built {
    let text = std::fs::read_to_string(example()).unwrap();
    let layer = text.split("[[layer]]\n").nth(number).unwrap();
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data");
    let layer =
        layer.replace("../../../shared/data", data.to_str().unwrap()).replace("within = ", "# within = ").replace(change.0, change.1);
    let head = "name = { zh = \"台\", en = \"T\" }\nmode = \"exercise\"\ndrill = \"TESTTEST\"\nversion = 1\ncentre = { lat = 25.0, lon = 121.5 }\n";
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::create_dir_all(&folder).unwrap();
    let path = folder.join("region.toml");
    std::fs::write(&path, format!("{head}bounds = {bounds}\n[[layer]]\n{layer}")).unwrap();
    built(&path)
}

fn counts(report: &Report, reasons: &[Reason]) -> Vec<usize> {
    reasons.iter().map(|reason| report.count(*reason)).collect()
}

#[test]
#[cfg_attr(not(shared_data), ignore = "../shared/data is not there")]
fn all_of_taiwan_has_the_dirt_that_its_description_names() {
    let built = layer_alone("taiwan", 1, "[118.0, 20.5, 123.0, 27.0]", ("", ""));
    let dirt = [Reason::ZeroCoordinates, Reason::Swapped, Reason::OutOfRange, Reason::NeitherInNorOut, Reason::Elsewhere];
    // 597 rows say neither; three of them are among those with a zero or outside.
    assert_eq!(counts(&built.report, &dirt[..3]), [3, 1, 2]);
    assert!((594..=597).contains(&built.report.count(Reason::NeitherInNorOut)));
    assert_eq!(built.report.count(Reason::UnknownWord), 0, "every hazard of the source is mapped");
    assert_eq!(built.report.layers[0].rows, 5973);
    assert_eq!(built.pack.nodes.len() + 3 + 2 + built.report.count(Reason::Duplicate), 5973);
    assert!(built.pack.nodes.iter().all(|node| !node.is_fit_for(Hazard::AirRaid)), "a disaster shelter is no air-raid shelter");
}

#[test]
#[cfg_attr(not(shared_data), ignore = "../shared/data is not there")]
fn convenience_stores_cut_in_two_at_a_seam_are_one() {
    let built = layer_alone("seam", 3, "[118.0, 20.5, 123.0, 27.0]", ("[\"convenience\", \"supermarket\"]", "[\"convenience\"]"));
    assert_eq!(built.report.layers[0], LayerCount { rows: 252, kept: 223, findings: 29, ..built.report.layers[0].clone() });
    assert_eq!(built.report.count(Reason::Duplicate), 29);
}

#[test]
#[cfg_attr(not(shared_data), ignore = "../shared/data is not there")]
fn the_taipei_zone_is_built_of_every_layer() {
    let built = built(&example());
    let nodes = &built.pack.nodes;
    let of_layer = |layer: u16| nodes.iter().filter(move |node| node.layer == layer);
    let kinds = |layer, kind| of_layer(layer).filter(|node: &&Node| node.kind == kind).count();
    assert_eq!([0, 1, 2, 3].map(|layer| of_layer(layer).count()), [29, 22_599, 214, 24]);
    assert_eq!((kinds(2, NodeKind::ConvenienceStore), kinds(2, NodeKind::Supermarket)), (192, 22));
    assert!(kinds(0, NodeKind::School) >= 20 && kinds(3, NodeKind::CommunityCentre) == 3);
    assert!(nodes.iter().all(|node| node.standing == Standing::Proposed), "nobody there has agreed");
    assert!(of_layer(1).all(|node| node.refuge == Refuge::AirRaidShelter && !node.is_fit_for(Hazard::Flood)));
    let elsewhere: Vec<_> = built.report.findings.iter().filter(|finding| finding.reason == Reason::Elsewhere).collect();
    assert!(elsewhere.len() == 1 && elsewhere[0].detail.contains("高雄市"), "{elsewhere:?}");
    assert_eq!(counts(&built.report, &[Reason::ZeroCoordinates, Reason::Capacity]), [3, 26]);
    assert!(built.pack.places.iter().any(|place| place.name.zh == "三愛里"));
    assert!(built.pack.places.len() > 1_000);
    assert!(built.file.len() < 6_000_000, "{} bytes", built.file.len());
}
