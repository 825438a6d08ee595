//! An authority's key at rest, and what a pack signed with it says of its successor.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::panic)]

use civmesh_domain::unit::Millis;
use civmesh_pack::build::key::passphrase::Passphrase;
use civmesh_pack::build::key::sealed::{Cost, KeyFile};
use civmesh_pack::build::key::title::Title;
use civmesh_pack::build::key::{KeyFault, Opened, open, public, random, write_private};
use civmesh_pack::build::{Built, build_signed};
use civmesh_pack::{Manifest, PackError};
use ed25519_dalek::SigningKey;
use std::path::{Path, PathBuf};

/// As cheap as a file can be: these tests are about bytes, not about guessing.
const CHEAP: Cost = Cost { memory_kib: 64, passes: 1, lanes: 1 };

const REGION: &str = r#"
name = { zh = "測試", en = "Test" }
mode = "real"
version = 1
centre = { lat = 25.0, lon = 121.5 }
"#;

fn phrase() -> Passphrase {
    Passphrase::new("correct horse battery")
}

fn key(seed: u8) -> SigningKey {
    SigningKey::from_bytes(&[seed; 32])
}

fn sealed() -> KeyFile {
    KeyFile::seal(&key(1), Title::found(&key(1), &key(2)).0, &phrase(), CHEAP).unwrap()
}

/// A folder of its own, under Cargo's folder for such.
fn folder(name: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

fn pack(folder: &Path, key: &SigningKey, title: &Title) -> Built {
    let path = folder.join("region.toml");
    std::fs::write(&path, REGION).unwrap();
    build_signed(&path, &Opened { key: key.clone(), title: Some(title.clone()) }, Millis(0)).unwrap()
}

fn manifest(built: &Built) -> Manifest {
    Manifest::peek(&built.file).unwrap()
}

#[test]
fn a_key_comes_back_with_its_title_and_with_nothing_but_its_passphrase() {
    let file = sealed();
    let read = KeyFile::read(file.to_text().unwrap().as_bytes()).unwrap();
    assert_eq!(read.open(&phrase()).unwrap().to_bytes(), [1; 32]);
    assert_eq!(read.title(), &Title::found(&key(1), &key(2)).0);
    assert_eq!(read.open(&Passphrase::new("correct horse batterY")), Err(KeyFault::WrongPassphrase));
    assert_ne!(file, sealed(), "salt and nonce are drawn anew");
    let text = file.to_text().unwrap();
    let seed = [civmesh_domain::text::to_base64url(&[1; 32]), civmesh_domain::text::to_base32(&[1; 32]), "01".repeat(32)];
    assert!(seed.iter().all(|seed| !text.to_lowercase().contains(&seed.to_lowercase())), "{text}");
}

#[test]
fn every_damaged_byte_is_refused_before_a_passphrase_is_asked_for() {
    let text = sealed().to_text().unwrap();
    for at in 0..text.len() {
        for change in [1, 0x20, 0x80] {
            let mut bytes = text.clone().into_bytes();
            bytes[at] ^= change;
            assert!(KeyFile::read(&bytes).is_err(), "byte {at} ({:?})", &text[at.saturating_sub(9)..=at]);
        }
        assert!(KeyFile::read(&text.as_bytes()[..at]).is_err(), "cut off at {at}");
    }
    assert_eq!(KeyFile::read(text.replace('\n', "\r\n").as_bytes()), Err(KeyFault::Damaged));
}

/// Whoever alters a file can make its check fit. The encryption still tells.
#[test]
fn what_stands_readable_is_bound_to_the_key() {
    let file: serde_json::Value = serde_json::from_str(&sealed().to_text().unwrap()).unwrap();
    let strangers = serde_json::to_value(Title::found(&key(1), &key(9)).0).unwrap();
    let mut altered: serde_json::Value = file.clone();
    altered["header"]["title"] = strangers;
    let text = with_check(altered);
    assert_eq!(KeyFile::read(text.as_bytes()).unwrap().open(&phrase()), Err(KeyFault::WrongPassphrase), "another successor");
    let unaltered = with_check(file);
    assert!(KeyFile::read(unaltered.as_bytes()).unwrap().open(&phrase()).is_ok(), "the check made here is the file's own");
}

#[test]
fn a_file_that_asks_for_too_much_is_not_tried() {
    for (field, value) in [("memory_kib", 64 * 1024 * 1024), ("memory_kib", u32::MAX), ("passes", 1_000), ("lanes", 100)] {
        let mut file: serde_json::Value = serde_json::from_str(&sealed().to_text().unwrap()).unwrap();
        file["header"]["kdf"]["cost"][field] = value.into();
        let fault = KeyFile::read(with_check(file).as_bytes()).unwrap_err();
        assert!(matches!(fault, KeyFault::TooDemanding(_)), "{field}: {fault:?}");
    }
    let dear = Cost { memory_kib: 64 * 1024 * 1024, ..CHEAP };
    assert!(KeyFile::seal(&key(1), Title::found(&key(1), &key(2)).0, &phrase(), dear).is_err());
}

#[test]
fn what_is_no_key_file_of_this_version_is_said() {
    let text = sealed().to_text().unwrap();
    assert_eq!(KeyFile::read(text.replace("\"v\": 1", "\"v\": 2").as_bytes()), Err(KeyFault::OtherVersion(2)));
    assert_eq!(KeyFile::read(text.replace("authority key", "another thing").as_bytes()), Err(KeyFault::NotAKeyFile));
    assert_eq!(KeyFile::read(b"{}"), Err(KeyFault::NotAKeyFile));
    assert_eq!(KeyFile::read(&[0xff; 100]), Err(KeyFault::NotAKeyFile));
    assert_eq!(KeyFile::read(&vec![b' '; 20_000]), Err(KeyFault::NotAKeyFile));
}

#[test]
fn a_passphrase_that_can_be_guessed_protects_nothing() {
    for weak in ["", "short", "elevencharr", "aaaaaaaaaaaaaaaa", "abababababababab"] {
        assert!(Passphrase::new(weak).check().is_err(), "{weak}");
    }
    for strong in ["correct horse battery", "twelve chars", "山海關前三棵榕樹下有口老井"] {
        assert!(Passphrase::new(strong).check().is_ok(), "{strong}");
    }
}

#[cfg(unix)]
#[test]
fn a_key_file_is_its_owners_alone_and_never_overwritten() {
    use std::os::unix::fs::PermissionsExt;
    let folder = folder("key-private");
    let (path, secret) = (folder.join("authority.key"), folder.join("secret"));
    write_private(&path, &sealed().to_text().unwrap()).unwrap();
    assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    assert!(write_private(&path, "other").is_err());
    std::fs::write(&secret, "correct horse battery\nand a second line\n").unwrap();
    assert_eq!(open(&path, Some(&secret)).unwrap().key.to_bytes(), [1; 32]);
    std::fs::write(&secret, "correct horse").unwrap();
    let refusal = open(&path, Some(&secret)).err().unwrap().to_string();
    assert!(refusal.ends_with("authority.key is not opened by this passphrase"), "{refusal}");
    assert_ne!(random().unwrap(), random().unwrap());
}

#[test]
fn the_successors_pack_takes_the_founders_place_and_a_strangers_does_not() {
    let folder = folder("key-succession");
    let (founders, heirs) = Title::found(&key(1), &key(2));
    let known = manifest(&pack(&folder, &key(1), &founders));
    assert_eq!((known.region, known.successor), (founders.region, Some(public(&key(2)))));
    assert_eq!(known.authorities(), [public(&key(1)), public(&key(2))]);

    let (second, third) = heirs.succeed(&key(2), &key(3), false).unwrap();
    let next = manifest(&pack(&folder, &key(2), &second));
    assert_eq!(next.region, known.region);
    assert_eq!(next.accepts(&known), Ok(()));
    assert_eq!(known.accepts(&next), Err(PackError::ForeignAuthority), "the founder's key, found by somebody, does not come back");
    assert_eq!(next.authorities(), [public(&key(2)), public(&key(3)), public(&key(1))], "lost, not stolen: its word still counts");

    let (last, _) = third.succeed(&key(3), &key(4), true).unwrap();
    let last = manifest(&pack(&folder, &key(3), &last));
    assert_eq!(last.accepts(&next), Ok(()));
    assert_eq!(last.authorities(), [public(&key(3)), public(&key(4)), public(&key(1))], "the second was stolen: its word is gone");

    let (mine, _) = Title::found(&key(8), &key(9));
    let stranger = manifest(&pack(&folder, &key(8), &mine));
    assert_ne!(stranger.region, known.region, "it founds a region of its own");
    let claimed = Title { key: public(&key(8)), ..heirs.succeed(&key(2), &key(3), false).unwrap().0 };
    assert!(!claimed.holds());
    let path = folder.join("region.toml");
    let forged = build_signed(&path, &Opened { key: key(8), title: Some(claimed) }, Millis(0)).unwrap_err().to_string();
    assert!(forged.contains("does not belong to the authority"), "{forged}");
}

#[test]
fn a_key_signs_what_it_is_for() {
    let folder = folder("key-part");
    let path = folder.join("region.toml");
    std::fs::write(&path, REGION).unwrap();
    let refusal = |key: SigningKey, title| build_signed(&path, &Opened { key, title }, Millis(0)).unwrap_err().to_string();
    let (_, heirs) = Title::found(&key(1), &key(2));
    assert!(refusal(key(2), Some(heirs)).contains("authority succeed"));
    assert!(refusal(key(1), None).contains("encrypted key"), "a plain key signs exercises only");
    std::fs::write(&path, format!("{REGION}authority = {{ successor = \"{}\" }}\n", public(&key(5)))).unwrap();
    assert!(refusal(key(1), Some(Title::found(&key(1), &key(2)).0)).contains("`successor`"));
}

#[test]
fn a_region_can_be_handed_on_eight_times() {
    let mut heir = Title::found(&key(1), &key(2)).1;
    for seed in 2..9 {
        let title;
        (title, heir) = heir.succeed(&key(seed), &key(seed + 1), false).unwrap();
        assert!(title.holds() && heir.holds(), "{seed}");
    }
    let file = KeyFile::seal(&key(9), heir.clone(), &phrase(), CHEAP).unwrap();
    assert!(KeyFile::read(file.to_text().unwrap().as_bytes()).is_ok(), "the longest title has room");
    assert_eq!(heir.succeed(&key(9), &key(10), false), Err(KeyFault::TooManyPredecessors));
}

/// The file with the check that its other fields ask for, as its format says.
fn with_check(mut file: serde_json::Value) -> String {
    // Through the type, because the order of fields counts.
    file["check"] = "".into();
    let typed: KeyFile = serde_json::from_value(file).unwrap();
    let text = typed.to_text().unwrap();
    let from = text.find("\"header\":").unwrap() + "\"header\":".len();
    let header = &text[from..text.find(",\n  \"sealed\"").unwrap()];
    // No string of a header holds white space.
    let header: String = header.split_whitespace().collect();
    let sealed = text.split("\"sealed\": \"").nth(1).unwrap().split('"').next().unwrap();
    let check = blake3::hash(format!("civmesh authority key v1\n{header}{sealed}").as_bytes()).to_hex();
    text.replace("\"check\": \"\"", &format!("\"check\": \"{}\"", &check[..32]))
}
