//! The builder on dirty sources: every bad row is said, none stops the build, and what is impossible is one sentence.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::panic)]

mod common;

use civmesh_domain::spatial::hazard::Hazard;
use civmesh_domain::spatial::node::{Known, Level, NodeKind, Offer};
use civmesh_domain::unit::{Millis, Persons};
use civmesh_pack::build::error::BuildError;
use civmesh_pack::build::report::{Outcome, Reason};
use civmesh_pack::build::{Built, build, key, write};
use civmesh_pack::{Pack, PackError};
use common::HEAD;
use std::path::{Path, PathBuf};

/// A folder of its own for each test, under Cargo's folder for such.
struct Folder(PathBuf);

const SHELTERS: &str = r#"
[[layer]]
name = { zh = "收容", en = "Shelters" }
file = "a.csv"
format = "csv"
licence = "CC0"
attribution = "nobody"
source = "here"
date = "2026"
prefix = "d"
most_capacity = 5000
map = { name_zh = "name", lat = "lat", lon = "lon", address_zh = "address", capacity = "cap", fit = "hazards", indoor = "in", outdoor = "out", vulnerable = "weak", level = "floors" }
fixed = { kind = "public_building", refuge = "disaster_shelter" }
kinds = [{ has = ["國小"], kind = "school" }]
values = { fit = { "水災" = "flood", "震災" = "earthquake", "核子事故" = "" } }
"#;

const STORES: &str = r#"
[[layer]]
name = { zh = "店", en = "Stores" }
file = "a.geojson"
format = "geojson"
licence = "CC0"
attribution = "nobody"
source = "here"
date = "2026"
prefix = "s"
only = { shop = ["convenience"] }
map = { name_zh = "name", name_en = "name:en" }
fixed = { kind = "convenience_store" }
"#;

impl Folder {
    fn new(name: &str, files: &[(&str, &str)]) -> Self {
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        let _ = std::fs::remove_dir_all(&path);
        std::fs::create_dir_all(&path).unwrap();
        for (file, text) in files {
            std::fs::write(path.join(file), text).unwrap();
        }
        Self(path)
    }

    fn build(&self) -> Result<Built, BuildError> {
        build(&self.0.join("region.toml"), None, Millis(0))
    }
}

fn region(layers: &str) -> String {
    format!("{HEAD}{layers}")
}

fn csv(name: &str, rows: &str) -> Result<Built, BuildError> {
    let csv = format!("\u{feff}name,lat,lon,address,cap,hazards,in,out,weak,floors\r\n{}\r\n", rows.trim().replace('\n', "\r\n"));
    Folder::new(name, &[("region.toml", &region(SHELTERS)), ("a.csv", &csv)]).build()
}

#[test]
fn a_clean_row_is_read_whole() {
    let built = csv("clean", "港前國小,25.0,121.5,一路1號,33.0,\"水災,震災,核子事故\",是,否,是,B01").unwrap();
    assert_eq!(built.report.findings, []);
    let node = &built.pack.nodes[0];
    assert_eq!((node.id.as_str(), node.kind, node.capacity, node.level), ("d001", NodeKind::School, Some(Persons(33)), Level::BelowGround));
    assert_eq!((node.fit.of(Hazard::Earthquake), node.fit.of(Hazard::Tsunami)), (Known::Yes, Known::Unknown));
    assert!(!node.is_fit_for(Hazard::Flood), "called fit by the source, but below ground");
    assert_eq!((node.offers.of(Offer::Vulnerable), node.offers.of(Offer::Beds)), (Known::Yes, Known::Yes));
}

#[test]
fn every_kind_of_dirt_is_said_with_its_line_and_the_build_goes_on() {
    let rows = "
零,22.7,0,,1,,是,否,否,
反,121.5,25.1,,1,,是,否,否,
外,23.9,117.8,,1,,是,否,否,
無,,121.5,,1,,是,否,否,
,25.0,121.5,,1,,是,否,否,
短,25.0,121.5
大,25.01,121.5,,47436,,是,否,否,
字,25.02,121.5,,許多,,是,否,否,
都不,25.03,121.5,,1,,否,否,否,
野外,25.04,121.5,,1,,否,是,否,
怪,25.05,121.5,,1,隕石,可能,否,否,夾層
重,25.06,121.5,,10,,是,否,否,
重,25.06005,121.50005,,20,,是,否,否,
疊甲,25.07,121.5,一號,1,,是,否,否,
疊乙,25.07,121.5,二號,1,,是,否,否,";
    let built = csv("dirt", rows).unwrap();
    let found: Vec<_> = built.report.findings.iter().map(|finding| (finding.line, finding.reason)).collect();
    let expected = [
        (7, Reason::Malformed),
        (2, Reason::ZeroCoordinates),
        (3, Reason::Swapped),
        (4, Reason::OutOfRange),
        (5, Reason::NoCoordinates),
        (6, Reason::NoName),
        (8, Reason::Capacity),
        (9, Reason::NotANumber),
        (10, Reason::NeitherInNorOut),
        (12, Reason::UnknownWord),
        (12, Reason::UnknownWord),
        (12, Reason::UnknownWord),
        (14, Reason::Duplicate),
        (16, Reason::Stacked),
    ];
    assert_eq!(found, expected);
    assert!(built.report.findings.iter().all(|finding| finding.file == "a.csv"));
    let node = |name: &str| built.pack.nodes.iter().find(|node| node.name.zh == name).unwrap();
    assert_eq!(node("反").place.lat_e7, 251_000_000);
    assert_eq!((node("大").capacity, node("字").capacity), (None, None));
    assert_eq!(node("都不").offers.of(Offer::Beds), Known::Unknown);
    assert_eq!((node("野外").kind, node("野外").offers.of(Offer::Beds)), (NodeKind::OpenGround, Known::No));
    assert_eq!((node("重").capacity, node("重").id.as_str()), (Some(Persons(20)), "d00c"));
    assert_eq!((node("疊甲").place, built.pack.nodes.len()), (node("疊乙").place, 9));
    assert_eq!(built.report.to_csv().lines().count(), expected.len() + 1);
    assert!(built.report.summary().contains("Refused 1: ZeroCoordinates"));
    assert_eq!(Reason::Swapped.outcome(), Outcome::Mended);
}

#[test]
fn seam_duplicates_of_a_geojson_are_one_and_a_bad_feature_is_left_out() {
    let store = |name: &str, lon: f64| {
        format!(
            r#"{{"type":"Feature","geometry":{{"type":"Point","coordinates":[{lon},25.0]}},"properties":{{"name":"{name}","shop":"convenience","name:en":null}}}}"#
        )
    };
    let features = [
        store("海風", 121.5),
        store("海風", 121.500_05),
        store("海風", 121.501),
        store("別家", 121.5),
        r#"{"type":"Feature","geometry":{"type":"Point","coordinates":[]},"properties":{"shop":"convenience"}}"#.to_owned(),
        r#"{"type":"Feature","geometry":null,"properties":{"shop":"bakery"}}"#.to_owned(),
    ];
    let text = format!(r#"{{"type":"FeatureCollection","features":[{}]}}"#, features.join(","));
    let built = Folder::new("seam", &[("region.toml", &region(STORES)), ("a.geojson", &text)]).build().unwrap();
    assert_eq!(built.pack.nodes.len(), 3);
    assert_eq!((built.report.count(Reason::Duplicate), built.report.count(Reason::Stacked)), (1, 1));
    let refused = built.report.findings.iter().filter(|finding| finding.reason.outcome() == Outcome::Refused);
    assert_eq!(refused.map(|finding| finding.line).collect::<Vec<_>>(), [5]);
}

#[test]
fn wrong_sources_are_one_sentence_that_names_file_and_column() {
    let header = "名稱,lat,lon\n";
    let cases: [(&str, &str, &str, &str); 6] = [
        (SHELTERS, "a.csv", header, "has no column 'address'"),
        (SHELTERS, "a.csv", "", "has no column"),
        (STORES, "a.geojson", "name,lat,lon\n", "is not a GeoJSON FeatureCollection"),
        (STORES, "a.geojson", r#"{"type":"Topology","objects":{}}"#, "its type is 'Topology'"),
        (STORES, "a.geojson", r#"{"type":"FeatureCollection"}"#, "it has no list 'features'"),
        (STORES, "a.geojson", r#"{"type":"FeatureCollection","features":[]}"#, "has no column 'name'"),
    ];
    for (at, (layers, file, text, says)) in cases.into_iter().enumerate() {
        let error = Folder::new(&format!("wrong{at}"), &[("region.toml", &region(layers)), (file, text)]).build().unwrap_err();
        let said = error.to_string();
        assert!(said.contains(says) && said.contains(file) && !said.contains('\n'), "{said}");
    }
    let error = Folder::new("columns", &[("region.toml", &region(SHELTERS)), ("a.csv", header)]).build().unwrap_err();
    assert!(error.to_string().ends_with("its columns are: 名稱, lat, lon"), "{error}");
}

#[test]
fn bytes_of_another_encoding_are_named_with_their_line() {
    let folder = Folder::new("big5", &[("region.toml", &region(SHELTERS))]);
    std::fs::write(folder.0.join("a.csv"), b"name,lat,lon\nok,1,1\n\xa6\x61\xa7\x7d,1,1\n").unwrap();
    let said = folder.build().unwrap_err().to_string();
    assert!(said.contains("a.csv is not UTF-8: line 3"), "{said}");
}

#[test]
fn settings_that_contradict_themselves_are_refused() {
    let real = HEAD.replace("\"exercise\"", "\"real\"").replace("drill = \"TESTTEST\"\n", "");
    let cases = [
        (real, "a seed in the open is for exercises only"),
        (HEAD.replace("drill = \"TESTTEST\"\n", ""), "an exercise needs `drill`"),
        (HEAD.replace("version", "versoin"), "line 5: unknown field `versoin`"),
        (region(&SHELTERS.replace("prefix = \"d\"\n", "")), "needs `prefix`"),
        (region(&SHELTERS.replace("name_zh", "nmae_zh")), "unknown variant `nmae_zh`"),
        (HEAD.replace("\"0000", "\"zzz"), "`seed` is not a key"),
        (HEAD.replace("lat = 25.0", "lat = 250.0"), "`centre` is not on the globe"),
    ];
    for (at, (text, says)) in cases.into_iter().enumerate() {
        let folder = Folder::new(&format!("contradiction{at}"), &[("region.toml", &text), ("a.csv", "")]);
        let said = folder.build().unwrap_err().to_string();
        assert!(said.contains(says) && said.contains("region.toml"), "{said}");
    }
}

#[test]
fn a_pack_that_fails_its_own_checks_is_not_written() {
    let folder = Folder::new("unfit", &[("region.toml", &region("sops = \"sops\"\n"))]);
    std::fs::create_dir(folder.0.join("sops")).unwrap();
    let sop = "id = \"x\"\nversion = 1\nscenario = \"earthquake\"\nnode_kinds = [\"school\"]\ntitle = { zh = \"只有中文\" }\ntriggers = []\nstep = []\n";
    std::fs::write(folder.0.join("sops/x.toml"), sop).unwrap();
    let text = region("").replace("version = 1", "version = 1\nsops = \"sops\"");
    std::fs::write(folder.0.join("region.toml"), text).unwrap();
    assert!(matches!(folder.build(), Err(BuildError::Pack(PackError::Unfit { section: "sops", item: 1, .. }))));

    let out = folder.0.join("out.civmesh");
    assert!(write(b"CIVMESH\x01 and no more", &out).is_err());
    assert_eq!(
        std::fs::read_dir(&folder.0).unwrap().filter(|entry| entry.as_ref().unwrap().path().to_string_lossy().contains("out.")).count(),
        0
    );
}

#[test]
fn a_written_pack_replaces_the_old_one_whole() {
    let folder = Folder::new("write", &[("region.toml", HEAD)]);
    let built = folder.build().unwrap();
    let out = folder.0.join("out.civmesh");
    std::fs::write(&out, b"older").unwrap();
    assert!(write(&built.file[..50], &out).is_err());
    assert_eq!(std::fs::read(&out).unwrap(), b"older");
    write(&built.file, &out).unwrap();
    assert_eq!(Pack::read(&std::fs::read(&out).unwrap()).unwrap(), built.pack);
}

#[test]
fn a_key_is_its_owners_and_never_overwritten() {
    let folder = Folder::new("key", &[]);
    let path = folder.0.join("authority.key");
    let key = key::draw(&path).unwrap();
    assert_eq!(key::read(&path).unwrap(), key);
    assert!(key::draw(&path).is_err());
    #[cfg(unix)]
    assert_eq!(std::os::unix::fs::PermissionsExt::mode(&std::fs::metadata(&path).unwrap().permissions()) & 0o777, 0o600);
    let hex: String = key.to_bytes().iter().map(|byte| format!("{byte:02x}")).collect();
    assert_eq!(key::from_text(&hex), Some(key));
    assert_eq!(key::from_text("no key"), None);
}
