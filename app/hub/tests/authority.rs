//! A region's authority, through the real program: founded offline, it gives and takes, hands over, and phones believe what it published.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on should say so")]

mod common;

use civmesh_domain::body::Body;
use civmesh_domain::event::Event;
use civmesh_domain::id::DeviceKey;
use civmesh_domain::personnel::credential::{Credential, Revocation};
use civmesh_domain::personnel::trust::{Doubt, Trust, Verdict};
use civmesh_domain::text::from_base64url;
use civmesh_hub::provision::provision;
use civmesh_hub::seat::Authority;
use common::folder::Folder;
use common::*;
use ed25519_dalek::{Signer, SigningKey};
use serde_json::Value;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

const FIRST: &str = "correct horse battery staple";
const SECOND: &str = "quite another long sentence";

/// A folder with a region's two keys, and the passphrases in files, as scripts would have them.
struct Office {
    folder: Folder,
}

impl Office {
    fn found() -> Self {
        let office = Self { folder: Folder::new() };
        std::fs::write(office.path("first"), format!("{FIRST}\n")).unwrap();
        std::fs::write(office.path("second"), format!("{SECOND}\n")).unwrap();
        let made = office
            .run(&["new", "--out", "keys", "--successor-out", "safe", "--memory", "8", "--new-passphrase-file", "first"], SECOND_FILE);
        assert!(made.status.success(), "{}", said(&made));
        office
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn run(&self, arguments: &[&str], more: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_civmesh-hub"));
        command.arg("authority").args(arguments).args(more).current_dir(self.folder.path()).output().unwrap()
    }

    fn opened(&self) -> Authority {
        Authority::open(&self.path("keys/authority.key"), Some(&self.path("first"))).unwrap()
    }
}

const SECOND_FILE: &[&str] = &["--successor-passphrase-file", "second"];
const WITH_FIRST: &[&str] = &["--key", "keys/authority.key", "--passphrase-file", "first"];

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&[output.stdout.clone(), output.stderr.clone()].concat()).into_owned()
}

fn mode(path: &Path) -> u32 {
    std::fs::metadata(path).unwrap().permissions().mode() & 0o777
}

/// An event of this device about `s001`.
fn written(key: &SigningKey, office: &Authority, number: u32) -> Event {
    let mut core = core("node_status", "s001", number);
    core.region = office.region();
    core.author = DeviceKey(key.verifying_key().to_bytes());
    assert!(matches!(core.body, Body::NodeStatus(_)));
    let bytes = core.to_bytes().unwrap();
    let signature = key.sign(&civmesh_domain::event::signing_message(&bytes)).to_bytes();
    Event::from_parts(bytes, signature).unwrap()
}

/// What a phone that pins `pinned` believes after it has read the hub.
async fn phone(hub: &civmesh_hub::couch::Couch, office: &Authority, pinned: DeviceKey) -> Trust {
    let public = format!("civmesh-{}-public", office.region());
    let all = hub.get(&[&public, "_all_docs"]).await.unwrap();
    let mut documents = Vec::new();
    for row in all["rows"].as_array().unwrap() {
        documents.push(hub.get(&[&public, row["id"].as_str().unwrap()]).await.unwrap());
    }
    let mut trust = Trust::new(pinned);
    for document in &documents {
        let bytes = |field: &str| document[field].as_str().and_then(from_base64url);
        let signature = || -> Option<[u8; 64]> { bytes("sig")?.try_into().ok() };
        match document["type"].as_str() {
            Some("credential") => trust.add_credential(Credential::from_parts(bytes("credential").unwrap(), signature().unwrap()).unwrap()),
            Some("revocation") => trust.add_revocation(Revocation::read(&bytes("revocation").unwrap(), &signature().unwrap()).unwrap()),
            _ => {}
        }
    }
    trust
}

#[tokio::test]
async fn what_the_authority_gives_is_believed_and_what_it_takes_is_not() {
    let (hub, office) = (hub().await, Office::found());
    let authority = office.opened();
    provision(hub.couch(), authority.region(), &nodes()).await.unwrap();
    let device = SigningKey::from_bytes(&[9; 32]);
    let key = DeviceKey(device.verifying_key().to_bytes()).to_string();
    let (before, after) = (written(&device, &authority, 1), written(&device, &authority, 2));
    let publish = |what: &str| office.run(&["publish", "--url", &hub.address_for_administrator(), what], &[]);

    let granted = office.run(&["grant", "--device", &key, "--reading", &key, "--role", "manager", "--node", "s001"], WITH_FIRST);
    assert!(granted.status.success(), "{}", said(&granted));
    let published = publish("keys/signed");
    assert!(published.status.success() && said(&published).starts_with("1 new"), "{}", said(&published));
    let trust = phone(hub.couch(), &authority, authority.public_key()).await;
    assert_eq!((trust.judge(&before), trust.judge(&after)), (Verdict::Verified, Verdict::Verified));

    std::fs::write(office.path("accepted"), format!("# what we saw ourselves\n{}\n", before.id)).unwrap();
    let revoked = office.run(&["revoke", "--device", &key, "--accept", "accepted"], WITH_FIRST);
    assert!(revoked.status.success(), "{}", said(&revoked));
    assert!(said(&publish("keys/signed")).starts_with("1 new at the hub, 1 there already"));
    let trust = phone(hub.couch(), &authority, authority.public_key()).await;
    assert_eq!((trust.judge(&before), trust.judge(&after)), (Verdict::Verified, Verdict::Unverified(Doubt::Revoked)));

    let again = office.run(&["grant", "--device", &key, "--reading", &key, "--role", "manager", "--node", "s001"], WITH_FIRST);
    assert!(!again.status.success() && said(&again).contains("was revoked, and stays so"), "{}", said(&again));
}

#[test]
fn keys_are_private_encrypted_and_never_written_over() {
    let office = Office::found();
    for key in ["keys/authority.key", "safe/successor.key"] {
        assert_eq!(mode(&office.path(key)), 0o600, "{key}");
    }
    let again = office.run(&["new", "--out", "keys", "--memory", "8", "--new-passphrase-file", "first"], SECOND_FILE);
    assert!(!again.status.success() && said(&again).contains("is there already, and nothing is overwritten"), "{}", said(&again));
    let shown = office.run(&["show", "keys/authority.key"], &[]);
    assert!(said(&shown).contains(&office.opened().region().to_string()), "{}", said(&shown));
    let wrong = office.run(&["revoke", "--key", "keys/authority.key", "--passphrase-file", "second", "--device"], &[&"0".repeat(52)]);
    assert!(!wrong.status.success() && said(&wrong).contains("is not opened by this passphrase"), "{}", said(&wrong));
    assert!(!office.path("keys/signed").exists());
    let text = std::fs::read_to_string(office.path("keys/authority.key")).unwrap();
    std::fs::write(office.path("keys/authority.key"), &text[..text.len() / 2]).unwrap();
    let cut = office.run(&["show", "keys/authority.key"], &[]);
    assert!(!cut.status.success() && said(&cut).contains("authority.key"), "{}", said(&cut));
    let weak = Office { folder: Folder::new() };
    std::fs::write(weak.path("first"), "aaaaaaaaaaaa").unwrap();
    let refused =
        weak.run(&["new", "--out", "keys", "--memory", "8", "--new-passphrase-file", "first"], &["--successor-passphrase-file", "first"]);
    assert!(!refused.status.success() && !weak.path("keys/authority.key").exists(), "{}", said(&refused));
}

#[test]
fn the_successor_takes_over_and_a_stolen_key_counts_no_longer() {
    let office = Office::found();
    let region = office.opened().region();
    std::fs::write(office.path("third"), "a third sentence for the new one").unwrap();
    let new = ["--out", "next", "--memory", "8", "--new-passphrase-file", "second", "--successor-passphrase-file", "third"];
    let taken = office.run(&["succeed", "--key", "safe/successor.key", "--passphrase-file", "second", "--stolen"], &new);
    assert!(taken.status.success(), "{}", said(&taken));
    let next = Authority::open(&office.path("next/authority.key"), Some(&office.path("second"))).unwrap();
    assert_eq!(next.region(), region);
    let shown = said(&office.run(&["show", "next/authority.key"], &[]));
    assert!(shown.contains("stolen: counts no longer"), "{shown}");
    let wrong = office.run(
        &["succeed", "--key", "keys/authority.key", "--passphrase-file", "first", "--stolen"],
        &["--out", "other", "--memory", "8", "--new-passphrase-file", "second", "--successor-passphrase-file", "third"],
    );
    assert!(!wrong.status.success() && said(&wrong).contains("--stolen is said with the successor's key"), "{}", said(&wrong));
}

#[test]
fn a_list_with_one_bad_row_signs_nothing() {
    let office = Office::found();
    let good = DeviceKey([3; 32]).to_string();
    let rows: Value = serde_json::json!([{ "device": good, "reading": good, "role": "volunteer", "nodes": ["s001"] }, { "device": good, "reading": good, "role": "manager" }]);
    std::fs::write(office.path("requests.json"), rows.to_string()).unwrap();
    let refused = office.run(&["grant", "--requests", "requests.json"], WITH_FIRST);
    assert!(!refused.status.success() && said(&refused).contains("a manager needs at least one --node"), "{}", said(&refused));
    assert!(!office.path("keys/signed").exists());
}
