//! The format: what is written is read back, and nothing else is ever read as good.
#![allow(clippy::unwrap_used, clippy::panic)]

mod common;

use civmesh_domain::id::RegionId;
use civmesh_domain::sop::procedure::Flaw;
use civmesh_domain::spatial::node::Node;
use civmesh_domain::text::Text;
use civmesh_pack::manifest::{HEADER_BYTES, LARGEST_MANIFEST};
use civmesh_pack::pack::first_half;
use civmesh_pack::{AtOnce, Draft, Endorsement, Fault, Ground, Manifest, Pack, PackError, Pauses, at_once};
use common::draft::{device, draft, key, procedure, signed_file, with_ground};
use std::cell::Cell;
use std::sync::LazyLock;

static FILE: LazyLock<Vec<u8>> = LazyLock::new(|| draft().seal(&key(1)).unwrap().0);

#[test]
fn what_is_opened_later_is_read_back_and_may_be_absent() {
    let (file, pack) = with_ground().seal(&key(1)).unwrap();
    let names: Vec<&str> = pack.manifest.sections.iter().map(|section| section.name.as_str()).collect();
    assert_eq!(names, ["nodes", "places", "sops", "walk", "areas", "people", "map"]);
    let pack = Pack::read(&file).unwrap();
    let Ground { walk, areas, people, map } = with_ground().ground;
    assert_eq!(pack.walk().unwrap().unwrap().block(), walk.unwrap());
    assert_eq!((pack.areas().unwrap(), pack.people().unwrap()), (areas, people));
    assert_eq!(pack.map().unwrap().map(|map| map.bytes.to_vec()), map);
    let without = Pack::read(&FILE).unwrap();
    assert_eq!((without.walk().unwrap().is_none(), without.areas().unwrap(), without.people().unwrap()), (true, vec![], None));
}

#[test]
fn a_later_section_that_can_not_be_used_is_refused_when_it_is_opened_and_never_written() {
    let sealed = |change: fn(&mut Ground)| {
        let mut draft = with_ground();
        change(&mut draft.ground);
        draft.seal(&key(1)).map(drop).unwrap_err()
    };
    assert_eq!(sealed(|ground| ground.map = Some(b"PMTiles".to_vec())), PackError::Undecodable { section: "map", item: 0 });
    assert_eq!(sealed(|ground| ground.walk = Some(b"WALK".to_vec())), PackError::Undecodable { section: "walk", item: 0 });
    assert_eq!(sealed(|ground| ground.areas[0].rings[0].truncate(2)), PackError::Undecodable { section: "areas", item: 1 });
    assert!(matches!(sealed(|ground| ground.areas[0].layer = 9), PackError::Unfit { section: "areas", item: 1, .. }));
    let off = |ground: &mut Ground| ground.areas[0].rings[0][1].lat_e7 = 1_000_000_000;
    assert!(matches!(sealed(off), PackError::Unfit { section: "areas", fault: Fault::OffTheGlobe(_), .. }));
    assert!(matches!(sealed(|ground| ground.people.as_mut().unwrap().layer = 9), PackError::Unfit { section: "people", .. }));
    let far = |ground: &mut Ground| ground.people.as_mut().unwrap().cells[0].place.lon_e7 = i32::MAX;
    assert!(matches!(sealed(far), PackError::Unfit { section: "people", item: 1, .. }));
}

/// As a phone reads what it has read whole before.
fn read_first(file: &[u8]) -> Result<Pack, PackError> {
    at_once(Pack::read_first(file, &AtOnce))
}

/// Counts how often the work offered to pause.
#[derive(Default)]
struct Counted(Cell<usize>);

impl Pauses for Counted {
    async fn pause(&self) {
        self.0.set(self.0.get() + 1);
    }
}

#[test]
fn reading_many_entries_pauses_every_few_hundred_and_reads_the_same() {
    let mut draft = draft();
    let first = draft.nodes[0].clone();
    draft.nodes.extend((0..10_000).map(|at| Node { id: format!("z{at}").parse().unwrap(), ..first.clone() }));
    let (file, _) = draft.seal(&key(1)).unwrap();
    let counted = Counted::default();
    let read = at_once(Pack::read_pausing(&file, &counted)).unwrap();
    assert_eq!(read, Pack::read(&file).unwrap());
    // Each entry is hashed, decoded and checked.
    assert!(counted.0.get() >= 2 * 10_000 / 256, "{} pauses", counted.0.get());
}

#[test]
fn a_later_section_is_under_the_hash_like_any_other() {
    let (mut file, _) = with_ground().seal(&key(1)).unwrap();
    let at = file.windows(4).position(|bytes| bytes == b"WALK").unwrap();
    let pack = read_first(&file).unwrap();
    assert_eq!(pack.walk().unwrap().unwrap().edges(), 1);
    file[at + 70] ^= 1;
    assert_eq!(Pack::read(&file).unwrap_err(), PackError::Damaged("walk".to_owned()));
    // From the phone's own storage it is seen when it is opened, and the rest is as good as before.
    let pack = read_first(&file).unwrap();
    assert_eq!((pack.walk().unwrap_err(), pack.areas().unwrap().len()), (PackError::Damaged("walk".to_owned()), 1));
    let nodes = file.len() - pack.manifest.sections.iter().map(|section| section.length as usize).sum::<usize>();
    file[nodes + 3] ^= 1;
    assert_eq!(read_first(&file).unwrap_err(), PackError::Damaged("nodes".to_owned()));
}

#[test]
fn what_is_written_is_read_back() {
    let pack = Pack::read(&FILE).unwrap();
    let draft = draft();
    assert_eq!((pack.sops().unwrap(), pack.nodes, pack.places), (draft.sops, draft.nodes, draft.places));
    assert_eq!(pack.manifest.region, RegionId::of_authority(&device(1)));
    assert_eq!((pack.manifest.mode, pack.manifest.built), (draft.mode, draft.built));
    assert_eq!(Manifest::peek(&FILE[..FILE.len().min(HEADER_BYTES)]).unwrap(), pack.manifest);
}

#[test]
fn the_header_stays_as_documented() {
    assert_eq!(&FILE[..8], b"CIVMESH\x01");
    let length = u32::from_le_bytes(FILE[8..12].try_into().unwrap()) as usize;
    let manifest: serde_json::Value = serde_json::from_slice(&FILE[12..12 + length]).unwrap();
    assert_eq!(manifest["mode"], "EXERC1SE");
    assert_eq!(manifest["built"], "2026-11-23T02:13:20Z");
    assert_eq!(manifest["region"].as_str().map(str::len), Some(26));
    assert_eq!(manifest["authority"].as_str().map(str::len), Some(52));
    assert_eq!(manifest["centre"], serde_json::json!({"lat_e7": 230_000_000, "lon_e7": 1_245_000_000}));
    let names: Vec<_> = manifest["sections"].as_array().unwrap().iter().map(|section| &section["name"]).collect();
    assert_eq!(names, ["nodes", "places", "sops"]);
}

#[test]
fn a_file_cut_off_anywhere_is_refused_as_cut_off() {
    for end in (0..FILE.len()).step_by(97) {
        assert_eq!(Pack::read(&FILE[..end]), Err(PackError::Truncated), "cut at {end}");
    }
}

#[test]
fn a_flipped_bit_anywhere_is_refused() {
    for at in (0..FILE.len()).step_by(67) {
        let mut file = FILE.clone();
        file[at] ^= 1 << (at % 8);
        assert!(Pack::read(&file).is_err(), "flipped in byte {at}");
    }
}

#[test]
fn damage_names_its_part() {
    let mut file = FILE.clone();
    let last = file.len() - 1;
    file[last] ^= 1;
    assert_eq!(Pack::read(&file), Err(PackError::Damaged("sops".into())));
    assert_eq!(Pack::read(&[FILE.as_slice(), b"x"].concat()), Err(PackError::Damaged("end".into())));
}

#[test]
fn other_files_and_other_formats_are_told_apart() {
    for other in [b"{\"type\": \"FeatureCollection\"}".as_slice(), b"name,lat,lon\n", b"PK\x03\x04", b"civmesh\x01"] {
        assert_eq!(Pack::read(other), Err(PackError::NotAPack));
    }
    let mut file = FILE.clone();
    file[7] = 2;
    assert_eq!(Pack::read(&file), Err(PackError::OtherFormat(2)));
    assert_eq!(Manifest::peek(&file), Err(PackError::OtherFormat(2)));
}

#[test]
fn announced_sizes_are_bounded_before_anything_is_read() {
    let huge = [b"CIVMESH\x01".as_slice(), &u32::MAX.to_le_bytes()].concat();
    assert_eq!(Pack::read(&huge), Err(PackError::TooLarge { found: u32::MAX.into(), limit: LARGEST_MANIFEST }));
    let file = resign(|manifest| manifest["sections"][0]["length"] = 300_000_000.into());
    assert!(matches!(Pack::read(&file), Err(PackError::TooLarge { found: 300_000_000.., .. })));
    // A count of nodes that no bytes stand behind.
    let count = [0xff, 0xff, 0xff, 0x7f];
    let file = resign_section("nodes", &count);
    assert!(matches!(Pack::read(&file), Err(PackError::TooLarge { limit: 200_000, .. })));
    let file = resign_section("nodes", &[0xc0, 0x9a, 0x0c]);
    assert_eq!(Pack::read(&file), Err(PackError::Undecodable { section: "nodes", item: 1 }));
}

/// The file with its manifest changed and signed again by the same authority: what a mistaken builder could write.
fn resign(change: impl FnOnce(&mut serde_json::Value)) -> Vec<u8> {
    let length = u32::from_le_bytes(FILE[8..12].try_into().unwrap()) as usize;
    let mut manifest: serde_json::Value = serde_json::from_slice(&FILE[12..12 + length]).unwrap();
    change(&mut manifest);
    signed_file(&manifest, &FILE[12 + length + 64..])
}

/// The same with one section replaced and all others emptied.
fn resign_section(name: &str, bytes: &[u8]) -> Vec<u8> {
    let empty = [0];
    let mut rest = Vec::new();
    let mut file = resign(|manifest| {
        for section in manifest["sections"].as_array_mut().unwrap() {
            let bytes = if section["name"] == name { bytes } else { &empty };
            section["length"] = bytes.len().into();
            section["blake3"] = blake3::hash(bytes).to_hex().as_str().into();
            rest.extend_from_slice(bytes);
        }
    });
    let length = u32::from_le_bytes(file[8..12].try_into().unwrap()) as usize;
    file.truncate(12 + length + 64);
    [file, rest].concat()
}

#[test]
fn missing_doubled_and_unknown_sections() {
    let file = resign(|manifest| manifest["sections"][2]["name"] = "later".into());
    assert_eq!(Pack::read(&file).unwrap().sops().unwrap(), []);
    let file = resign(|manifest| manifest["sections"][1]["name"] = "later".into());
    assert_eq!(Pack::read(&file), Err(PackError::Missing("places")));
    let file = resign(|manifest| manifest["sections"][2]["name"] = "nodes".into());
    assert_eq!(Pack::read(&file), Err(PackError::Damaged("manifest".into())));
    let file = resign(|manifest| {
        let later = serde_json::json!({"name": "later", "length": 2, "blake3": blake3::hash(b"hi").to_hex().as_str()});
        manifest["sections"].as_array_mut().unwrap().push(later);
        manifest["from_a_later_version"] = true.into();
    });
    assert_eq!(Pack::read(&[file, b"hi".to_vec()].concat()).map(|pack| pack.nodes.len()), Ok(12));
}

/// As earlier builds wrote it: procedures between what is read at once.
#[test]
fn a_file_with_procedures_in_its_middle_is_read_and_never_cut() {
    let mut earlier = resign(|manifest| manifest["sections"].as_array_mut().unwrap().swap(1, 2));
    let sections = Manifest::peek(&FILE).unwrap().sections;
    let [places, sops] = [1, 2].map(|at| sections[at].length as usize);
    let end = earlier.len();
    earlier[end - places - sops..].rotate_left(places);
    let pack = Pack::read(&earlier).unwrap();
    assert_eq!((pack.sops().unwrap(), pack.places), (draft().sops, draft().places));
    assert_eq!(first_half(&earlier).unwrap(), earlier.len());
}

#[test]
fn only_the_regions_own_authority_signs_for_it() {
    let stolen = resign(|manifest| manifest["authority"] = device(3).to_string().into());
    assert_eq!(Pack::read(&stolen), Err(PackError::WrongSignature));
    let claimed = resign(|manifest| manifest["region"] = RegionId([9; 16]).to_string().into());
    assert_eq!(Pack::read(&claimed), Err(PackError::RegionMismatch));
}

#[test]
fn a_successor_speaks_for_the_region_only_if_it_was_named() {
    let first = Pack::read(&FILE).unwrap().manifest;
    let endorsed = |seed| Draft { endorsement: Some(Endorsement::sign(&key(1), &device(seed))), successor: None, ..draft() };
    let (_, second) = endorsed(2).seal(&key(2)).unwrap();
    assert_eq!(second.manifest.region, first.region);
    assert_eq!(second.manifest.accepts(&first), Ok(()));
    assert_eq!(first.accepts(&second.manifest), Err(PackError::ForeignAuthority), "never back to the key that was left");

    let (_, third) = endorsed(3).seal(&key(3)).unwrap();
    assert_eq!(third.manifest.accepts(&first), Err(PackError::ForeignAuthority), "endorsed, but not the one named here");
    let unendorsed = endorsed(2).seal(&key(3));
    assert_eq!(unendorsed.map(|_| ()), Err(PackError::RegionMismatch));
    let (_, elsewhere) = draft().seal(&key(4)).unwrap();
    assert_eq!(elsewhere.manifest.accepts(&first), Ok(()), "another region disturbs nothing");
}

#[test]
fn entries_that_cannot_be_used_are_refused_with_their_place() {
    type Change = fn(&mut Draft);
    let cases: [(Change, &str, u32, Fault); 7] = [
        (|draft| draft.nodes[3].id = draft.nodes[1].id.clone(), "nodes", 4, Fault::DuplicateId("s001".into())),
        (|draft| draft.nodes[2].place.lat_e7 = 900_000_001, "nodes", 3, Fault::OffTheGlobe("s002".into())),
        (|draft| draft.nodes[2].name = Text::default(), "nodes", 3, Fault::NoName("s002".into())),
        (|draft| draft.nodes[2].layer = 1, "nodes", 3, Fault::UnknownLayer("s002".into())),
        (|draft| draft.sops.push(procedure()), "sops", 2, Fault::DuplicateId("earthquake-store".into())),
        (|draft| draft.sops[0].node_kinds.clear(), "sops", 1, Fault::Procedure("earthquake-store".into(), Flaw::NoNodeKind)),
        (|draft| draft.places[0].place.lon_e7 = -1_800_000_001, "places", 1, Fault::OffTheGlobe("港前里".into())),
    ];
    for (change, section, item, fault) in cases {
        let mut draft = draft();
        change(&mut draft);
        assert_eq!(draft.seal(&key(1)).map(|_| ()), Err(PackError::Unfit { section, item, fault }));
    }
}
