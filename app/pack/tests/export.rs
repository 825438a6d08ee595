//! Out and in again: nodes of a pack as a file, and a pack built from that file, have the same nodes and the same sources.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::panic)]

mod common;

use civmesh_domain::event::Mode;
use civmesh_domain::governance::Standing;
use civmesh_domain::spatial::node::{Exposure, Facts, Infrastructure, Known, Level, Node, NodeKind};
use civmesh_domain::spatial::registry::sheet::{csv, geojson};
use civmesh_domain::text::Text;
use civmesh_domain::unit::{Millis, Persons, Place};
use civmesh_pack::build::error::BuildError;
use civmesh_pack::build::{build, export::export};
use civmesh_pack::origin::{entries, origins};
use civmesh_pack::{Draft, Ground, Layer, Pack};
use common::HEAD;
use ed25519_dalek::SigningKey;
use enumset::{EnumSet, EnumSetType};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Words as sources have them, and as they should not: all that breaks rows, quotes, formulas and settings, but no space around them.
fn words() -> impl Strategy<Value = String> {
    let odd = "['\"=+@,;\t\r\n\\\\{}港前國小-]{0,8}";
    prop_oneof![Just(String::new()), "[a-z港前門市]{1,6}", odd, any::<String>()].prop_map(|words| words.trim().to_owned())
}

fn text() -> impl Strategy<Value = Text> {
    (words(), words()).prop_map(|(zh, en)| Text { zh, en })
}

fn name() -> impl Strategy<Value = Text> {
    text().prop_filter("a name", |name| !name.is_empty())
}

fn set<T: EnumSetType + std::fmt::Debug>() -> impl Strategy<Value = EnumSet<T>> {
    any::<u32>().prop_map(|bits| EnumSet::<T>::all().iter().enumerate().filter(|(at, _)| bits >> at & 1 == 1).map(|(_, one)| one).collect())
}

fn one<T: Clone + std::fmt::Debug + 'static>(all: &[T]) -> impl Strategy<Value = T> + use<T> {
    proptest::sample::select(all.to_vec())
}

fn facts<T: EnumSetType + std::fmt::Debug>() -> impl Strategy<Value = Facts<T>> {
    (set(), set()).prop_map(|(yes, no)| Facts { yes, no })
}

fn known() -> impl Strategy<Value = Known> {
    one(&[Known::Unknown, Known::Yes, Known::No])
}

fn infrastructure() -> impl Strategy<Value = Infrastructure> {
    let known = || known();
    let all = (known(), option::of(any::<u16>()), known(), option::of(any::<u32>()), option::of(any::<u16>()), known(), known());
    all.prop_map(|(structure, backup_hours, lighting, water_litres, toilets, storage, first_aid)| Infrastructure {
        structure,
        backup_hours,
        lighting,
        water_litres,
        toilets,
        storage,
        first_aid,
    })
}

/// Anywhere but on the equator and on the first meridian: a zero stands for 'unknown'.
fn place() -> impl Strategy<Value = Place> {
    let axis = |most: i32| (-most..=most).prop_filter("no zero", |axis| *axis != 0);
    (axis(900_000_000), axis(1_800_000_000)).prop_map(|(lat_e7, lon_e7)| Place { lat_e7, lon_e7 })
}

fn node() -> impl Strategy<Value = Node> {
    let kinds: Vec<NodeKind> = EnumSet::all().iter().collect();
    let standing = one(&[Standing::Proposed, Standing::Agreed, Standing::Certified]);
    let level = one(&[Level::Unknown, Level::AboveGround, Level::Partly, Level::BelowGround]);
    let exposure = one(&[Exposure::Public, Exposure::OnApproach, Exposure::Staff]);
    let first = (name(), one(&kinds), standing, set(), place(), text(), level, option::of(1..=u32::MAX));
    let second = (facts(), facts(), facts(), infrastructure(), text(), text(), exposure, 0u16..2);
    (first, second).prop_map(|((name, kind, standing, refuge, place, address, level, capacity), second)| {
        let (offers, fit, risk, infrastructure, look_for, hours, exposure, layer) = second;
        let capacity = capacity.map(Persons);
        let id = "x".parse().unwrap();
        Node {
            id,
            name,
            kind,
            standing,
            refuge,
            place,
            address,
            level,
            capacity,
            offers,
            fit,
            risk,
            infrastructure,
            look_for,
            hours,
            exposure,
            layer,
        }
    })
}

fn layer() -> impl Strategy<Value = Layer> {
    let all = (text(), words(), words(), words(), words());
    all.prop_map(|(name, licence, attribution, source, date)| Layer { name, licence, attribution, source, date })
}

/// Nodes of two layers as the builder leaves them: layer by layer, each with an identifier of its own.
fn nodes() -> impl Strategy<Value = Vec<Node>> {
    vec(node(), 1..6).prop_map(|mut nodes| {
        nodes.sort_by_key(|node| node.layer);
        for (at, node) in nodes.iter_mut().enumerate() {
            node.id = format!("n{at}").parse().unwrap();
        }
        nodes
    })
}

fn pack(nodes: Vec<Node>, layers: Vec<Layer>) -> Pack {
    let draft = Draft {
        name: Text::new("測試", "Test"),
        mode: Mode::Real,
        centre: Place { lat_e7: 250_000_000, lon_e7: 1_215_000_000 },
        built: Millis(0),
        version: 1,
        successor: None,
        endorsement: None,
        layers,
        nodes,
        sops: Vec::new(),
        places: Vec::new(),
        ground: Ground::default(),
    };
    draft.seal(&SigningKey::from_bytes(&[7; 32])).unwrap().1
}

fn folder(name: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_dir_all(&path);
    std::fs::create_dir_all(&path).unwrap();
    path
}

/// A pack built from nothing but what was taken out of another.
fn out_and_in(pack: &Pack, folder: &Path, file: &str) -> Pack {
    let _ = std::fs::remove_file(folder.join(file));
    let layers = export(pack, &folder.join(file)).unwrap();
    let head = HEAD.replace("bounds = [118.0, 20.5, 123.0, 27.0]\n", "");
    std::fs::write(folder.join("region.toml"), head + &layers).unwrap();
    let built = build(&folder.join("region.toml"), None, Millis(0)).unwrap();
    let refused = built.report.findings.iter().filter(|finding| finding.reason != civmesh_pack::build::report::Reason::Stacked);
    assert_eq!(refused.collect::<Vec<_>>(), Vec::<&civmesh_pack::build::report::Finding>::new());
    built.pack
}

/// What is the same in both: nodes, and the source of each.
fn with_sources(pack: &Pack) -> Vec<(Node, Layer)> {
    let source = |node: &Node| (Node { layer: 0, ..node.clone() }, pack.manifest.layers[usize::from(node.layer)].clone());
    pack.nodes.iter().map(source).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn nodes_come_back_as_they_were_and_so_do_their_sources(nodes in nodes(), layers in (layer(), layer()), same_name: bool) {
        let (first, mut second) = layers;
        if same_name {
            second.name = first.name.clone();
        }
        let before = pack(nodes, vec![first, second]);
        let folder = folder("out-and-in");
        for file in ["nodes.csv", "nodes.geojson"] {
            let after = out_and_in(&before, &folder, file);
            prop_assert_eq!(with_sources(&after), with_sources(&before), "{}", file);
        }
    }
}

#[test]
fn a_file_of_the_app_is_the_same_as_one_of_the_program() {
    let bytes = build(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../public/sample/region.toml"), None, Millis(0)).unwrap().file;
    let pack = Pack::read(&bytes).unwrap();
    let folder = folder("same");
    let origins = origins(&pack.manifest.layers);
    let texts = [csv(entries(&pack.nodes, &origins)), geojson(entries(&pack.nodes, &origins))];
    for (file, text) in ["a.csv", "a.geojson"].into_iter().zip(texts) {
        let layers = export(&pack, &folder.join(file)).unwrap();
        assert_eq!(std::fs::read_to_string(folder.join(file)).unwrap(), text);
        assert_eq!(layers.matches("[[layer]]\n").count(), 1, "one of its layers has nodes");
        assert!(text.contains("CivMesh sample data, fictional"));
    }
    let rows = csv(entries(&pack.nodes, &origins));
    assert!(
        rows.starts_with("\u{feff}id,kind,name_zh,name_en,")
            && rows.contains("\r\ns001,convenience_store,海風便利商店 港前門市,\"Sea Breeze Mart, Harbourfront\",")
    );
}

#[test]
fn rows_of_ones_own_have_a_source_of_their_own_and_no_corrected_file_is_written_over() {
    let sample = build(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../public/sample/region.toml"), None, Millis(0)).unwrap().pack;
    let folder = folder("own");
    let file = folder.join("nodes.csv");
    let layers = export(&sample, &file).unwrap();
    assert!(matches!(export(&sample, &file), Err(BuildError::File { .. })));
    assert!(matches!(export(&sample, &folder.join("nodes.xlsx")), Err(BuildError::Config { .. })));

    // Somebody adds a row, and says whose it is.
    let text = std::fs::read_to_string(&file).unwrap();
    let header: Vec<&str> = text.trim_start_matches('\u{feff}').lines().next().unwrap().split(',').collect();
    let own =
        BTreeMap::from([("id", "own1"), ("kind", "school"), ("name_zh", "新的"), ("lat", "23.001"), ("lon", "124.501"), ("layer", "ours")]);
    let row: Vec<&str> = header.iter().map(|column| own.get(column).copied().unwrap_or_default()).collect();
    std::fs::write(&file, format!("{text}{}\r\n", row.join(","))).unwrap();
    let (_, map) = layers.rsplit_once("map = ").unwrap();
    let ours = format!("{}file = \"nodes.csv\"\nformat = \"csv\"\nonly = {{ layer = [\"ours\"] }}\nmap = {map}", common::LAYER);
    let head = HEAD.replace("[118.0, 20.5, 123.0, 27.0]", "[118.0, 20.5, 125.0, 27.0]");
    std::fs::write(folder.join("region.toml"), head + &layers + &ours).unwrap();
    let built = build(&folder.join("region.toml"), None, Millis(0)).unwrap().pack;
    assert_eq!(built.nodes.len(), sample.nodes.len() + 1);
    let (node, source) = with_sources(&built).pop().unwrap();
    assert_eq!((node.name.zh.as_str(), source.name.en.as_str()), ("新的", "Layer"));
}
