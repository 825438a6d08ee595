//! A hub burns down. What its back-up holds is there again on another machine, and phones go on as if nothing had been.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on should say so")]

mod common;

use civmesh_domain::unit::Millis;
use civmesh_hub::account::close;
use civmesh_hub::backup::{backup, restore};
use civmesh_hub::couch::Couch;
use civmesh_hub::embedded::{EmbeddedHub, Storage};
use common::folder::Folder;
use common::phone::Phone;
use common::*;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::os::unix::fs::PermissionsExt;
use std::process::Command;

async fn empty_hub() -> EmbeddedHub {
    EmbeddedHub::start(&npm(), &Storage::Memory).await.unwrap()
}

/// Every document of the region with its revisions and history, and who may open what.
async fn everything(hub: &Couch) -> BTreeMap<String, Value> {
    let mut seen = BTreeMap::new();
    for name in hub.databases(REGION).await.unwrap() {
        seen.insert(format!("{name} security"), hub.get(&[&name, "_security"]).await.unwrap());
        let all = hub.get(&[&name, "_all_docs"]).await.unwrap();
        for id in all["rows"].as_array().unwrap().iter().map(|row| row["id"].as_str().unwrap()) {
            let mut document = hub.get_with(&[&name, id], &[("revs", "true"), ("conflicts", "true")]).await.unwrap();
            if id.starts_with("_design/") {
                // What it says matters; its revision is the new hub's own.
                document = document["validate_doc_update"].clone();
            }
            seen.insert(format!("{name} {id}"), document);
        }
    }
    seen
}

/// What of two hubs differs, one line each: they hold too much to be shown whole.
fn differences(one: &BTreeMap<String, Value>, other: &BTreeMap<String, Value>) -> Vec<String> {
    let names: std::collections::BTreeSet<&String> = one.keys().chain(other.keys()).collect();
    let shown = |value: Option<&Value>| value.map_or("missing".to_owned(), |value| value.to_string().chars().take(400).collect());
    let line = |name: &&String| format!("{name}: {} / {}", shown(one.get(*name)), shown(other.get(*name)));
    names.iter().filter(|name| one.get(**name) != other.get(**name)).map(line).collect()
}

/// A manager's phone that has published a status twice, and a volunteer's that has written a record with a photo.
async fn lived_in(hub: &EmbeddedHub) -> [Phone; 2] {
    let base = hub.couch().base().to_string();
    let (manager, volunteer) = (Phone::of("man"), Phone::of("vol"));
    for _ in 0..2 {
        manager.write(body("node_status"), 0).await;
        assert_eq!(manager.sync(&base).await.heads, 1);
    }
    volunteer.write(body("check_in"), 2_000).await;
    let sent = volunteer.sync(&base).await;
    assert_eq!((sent.pushed, sent.troubles.len()), (2, 0), "{sent:?}");
    close(hub.couch(), &"nob".parse().unwrap(), now().0).await.unwrap();
    [manager, volunteer]
}

#[tokio::test]
async fn a_hub_that_was_lost_comes_back_as_it_was_and_phones_sync_on() {
    let (mut hub, folder) = (hub().await, Folder::new());
    let [manager, volunteer] = lived_in(&hub).await;
    let before = everything(hub.couch()).await;
    assert!(before.keys().any(|key| key.contains("head:s001:man")) && before.keys().any(|key| key.contains("part:vol:")));
    let file = folder.path().join("monday.backup");
    let saved = backup(hub.couch(), REGION, &file).await.unwrap();
    assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    hub.stop().await;
    drop(hub);

    let other = empty_hub().await;
    for _ in 0..2 {
        let restored = restore(other.couch(), &file, Millis(now().0)).await.unwrap();
        assert_eq!((restored.databases, restored.documents), (saved.databases, saved.documents));
        assert_eq!(differences(&everything(other.couch()).await, &before), [""; 0]);
    }

    // Nobody takes up anything anew, nothing comes twice, and what is written now arrives.
    // Ten minutes later: for so long a phone takes for granted that a database is the one it was.
    [&manager, &volunteer].iter().for_each(|phone| phone.ahead.set(11 * Millis::MINUTE));
    let base = other.couch().base().to_string();
    let (of_manager, of_volunteer) = (manager.events().await, volunteer.events().await);
    volunteer.write(body("report"), 0).await;
    let sent = volunteer.sync(&base).await;
    // The receipts of the hub that was lost are void: what it had given them for is asked for once more, and has new ones.
    assert_eq!((sent.pushed, sent.refused, sent.troubles.len()), (3, 0, 0), "{sent:?}");
    let read = manager.sync(&base).await;
    assert_eq!((read.pushed, read.troubles.len()), (2, 0), "{read:?}");
    // The manager had not heard of the check-in before the fire.
    assert_eq!((of_manager.len(), manager.events().await.len()), (2, 4));
    assert_eq!((of_volunteer.len(), volunteer.events().await.len()), (3, 4));
    assert_eq!(manager.waiting_and_received().await.0 + volunteer.waiting_and_received().await.0, 0);
    // A phone that missed the answer before the fire repeats itself: nothing changes.
    let again = everything(other.couch()).await;
    let (name, id) = again.keys().find_map(|key| key.split_once(" event:vol:")).unwrap();
    let record = again[&format!("{name} event:vol:{id}")].clone();
    let end = name.trim_start_matches(&format!("civmesh-{REGION}-")).to_owned();
    assert_eq!(push(other.couch(), "vol", &end, &with(record, json!({ "_revisions": null }))).await, "ok");
    assert_eq!(differences(&everything(other.couch()).await, &again), [""; 0]);

    // Who may do what is as it was.
    assert_eq!(push(other.couch(), "vol", "ops", &event("man", "report", "s001", 9)).await, "account");
    let closed = other.couch().seen_by(Some(("nob", PASSWORD))).get(&["_session"]).await;
    assert!(closed.is_err_and(|error| error.is_refused()), "an account that was closed is open again");
    let anonymous = other.couch().seen_by(None);
    assert!(anonymous.get(&[&database("ops"), "_all_docs"]).await.unwrap_err().is_refused());
}

#[tokio::test]
async fn what_expired_since_does_not_come_back_and_a_damaged_file_writes_nothing() {
    let (hub, folder) = (hub().await, Folder::new());
    lived_in(&hub).await;
    let file = folder.path().join("monday.backup");
    backup(hub.couch(), REGION, &file).await.unwrap();
    let again = backup(hub.couch(), REGION, &file).await.unwrap_err().to_string();
    assert!(again.contains("exists"), "{again}");

    let other = empty_hub().await;
    let whole = std::fs::read_to_string(&file).unwrap();
    let lines: Vec<&str> = whole.lines().collect();
    let of_another = whole.replace("\"database\":\"civmesh-", "\"database\":\"other-");
    let cases = [
        (whole[..whole.len() / 2].to_owned(), "is not of a back-up"),
        (lines[..lines.len() - 1].join("\n"), "its end is missing"),
        ([&lines[..4], &lines[5..]].concat().join("\n"), "its end is missing"),
        (of_another, "another region"),
        (format!("{whole}{whole}"), "goes on after its end"),
        ("{}".to_owned(), "is no back-up"),
        (String::new(), "is no back-up"),
    ];
    for (text, expected) in cases {
        std::fs::write(folder.path().join("damaged"), text).unwrap();
        let error = restore(other.couch(), &folder.path().join("damaged"), now()).await.unwrap_err().to_string();
        assert!(error.contains(expected), "{error}");
        assert_eq!(other.couch().databases(REGION).await.unwrap(), [""; 0], "{expected}");
    }
    let later = Millis(now().0 + 31 * Millis::DAY);
    assert_eq!(restore(other.couch(), &file, later).await.unwrap().expired, 1);
    assert!(!everything(other.couch()).await.keys().any(|key| key.contains("part:")));
}

#[tokio::test]
async fn the_program_does_it_too() {
    let (hub, folder, other) = (hub().await, Folder::new(), empty_hub().await);
    lived_in(&hub).await;
    let file = folder.path().join("monday.backup");
    let run = |url: String, arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_civmesh-hub"));
        let output = command.args(arguments).arg(&file).env("CIVMESH_HUB_URL", url).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    };
    let region = REGION.to_string();
    let said = run(hub.address_for_administrator(), &["backup", "--region", &region, "--to"]);
    assert!(said.contains("7 databases with"), "{said}");
    let said = run(other.address_for_administrator(), &["restore", "--from"]);
    assert!(said.contains("7 databases with") && said.contains("0 parts had expired"), "{said}");
    assert_eq!(differences(&everything(hub.couch()).await, &everything(other.couch()).await), [""; 0]);
}
