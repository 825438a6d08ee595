//! Two hubs that were apart: the small computer of a node, and the region's, which is behind its proxy.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on should say so")]

mod common;

use civmesh_hub::account::Carrier;
use civmesh_hub::couch::Couch;
use civmesh_hub::documents::write;
use civmesh_hub::embedded::EmbeddedHub;
use common::folder::Folder;
use common::nginx::Nginx;
use common::phone::Phone;
use common::*;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::process::{Command, Output};

/// The node's computer, the region's hub with nginx before it, and an account for each on the other.
struct Region {
    node: EmbeddedHub,
    central: EmbeddedHub,
    nginx: Nginx,
    carriers: [Carrier; 2],
    folder: Folder,
}

impl Region {
    async fn new() -> Self {
        let (node, central, folder) = (hub().await, hub().await, Folder::new());
        std::fs::write(folder.path().join("index.html"), "<!doctype html>").unwrap();
        let nginx = Nginx::before(folder.path(), central.couch().base()).await;
        let carriers = [Carrier::draw(&nodes()[..1]).unwrap(), Carrier::draw(&nodes()[..1]).unwrap()];
        carriers[0].install(node.couch()).await.unwrap();
        carriers[1].install(central.couch()).await.unwrap();
        Self { node, central, nginx, carriers, folder }
    }

    /// What the timer of the node's computer runs.
    fn replicate(&self) -> Output {
        let with = |carrier: &Carrier, address: &str| format!("http://{}:{}@{address}", carrier.account, carrier.password);
        let here = with(&self.carriers[0], self.node.couch().base().authority());
        let there = with(&self.carriers[1], &format!("{}/hub", self.nginx.base().trim_start_matches("http://")));
        let mut command = Command::new(env!("CARGO_BIN_EXE_civmesh-hub"));
        command.args(["replicate", "--region", &REGION.to_string(), "--node", "s001", "--state"]).arg(self.folder.path().join("state"));
        command.env("CIVMESH_HERE_URL", here).env("CIVMESH_THERE_URL", there).output().unwrap()
    }

    fn hubs(&self) -> [&Couch; 2] {
        [self.node.couch(), self.central.couch()]
    }
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&[output.stdout.clone(), output.stderr.clone()].concat()).into_owned()
}

/// What a database holds, without what is the hub's own: identifiers and content, and the revisions of what is written once.
async fn held(hub: &Couch, end: &str) -> BTreeSet<String> {
    let all = hub.get_with(&[&database(end), "_all_docs"], &[("include_docs", "true")]).await.unwrap();
    let documents = all["rows"].as_array().unwrap().iter().map(|row| row["doc"].clone());
    let ours = documents.filter(|document| !document["_id"].as_str().unwrap().starts_with('_'));
    // A head's revision is each hub's own.
    let line = |document: Value| match document["type"].as_str() {
        Some("head") => with(document, json!({ "_rev": null })).to_string(),
        _ => document.to_string(),
    };
    ours.map(line).collect()
}

#[tokio::test]
async fn what_was_written_at_either_is_at_both_with_no_write_failure() {
    let region = Region::new().await;
    let (at_node, central) = (Phone::of("man"), Phone::of("coo"));
    at_node.write(body("node_status"), 0).await;
    at_node.write(body("check_in"), 3_000).await;
    central.write(body("node_status"), 0).await;
    let base = region.node.couch().base().to_string();
    for (phone, base) in [(&at_node, base.as_str()), (&central, region.central.couch().base().as_str())] {
        let sent = phone.sync(base).await;
        assert_eq!((sent.heads, sent.refused, sent.troubles.len()), (1, 0, 0), "{sent:?}");
    }

    let first = region.replicate();
    assert!(first.status.success() && said(&first).contains("doc_write_failures = 0"), "{}", said(&first));
    // Two statuses and two heads, a check-in and its photo.
    assert!(said(&first).contains("docs_written = 6,"), "{}", said(&first));
    for end in ["public", "ops", "node-s001", "relay"] {
        let [here, there] = region.hubs();
        assert_eq!(held(here, end).await, held(there, end).await, "{end}");
    }
    assert_eq!(held(region.hubs()[1], "node-s001").await.len(), 2);

    // Read at the other hub, they are events as good as any.
    let reader = Phone::of("man");
    let read = reader.sync(&format!("{}/hub", region.nginx.base())).await;
    let wanted = [at_node.events().await, central.events().await].concat().into_iter().collect::<BTreeSet<_>>();
    assert_eq!(reader.events().await.into_iter().collect::<BTreeSet<_>>(), wanted, "{read:?}");

    // What came from there is looked at once more, and then nothing is.
    for expected in ["docs_read = 2, docs_written = 0,", "docs_read = 0, docs_written = 0,"] {
        let again = region.replicate();
        assert!(said(&again).contains(expected), "{}", said(&again));
    }
    // Two hubs that took different heads of one account end with the later one, with no branch beside it.
    for (phone, base) in [(&reader, format!("{}/hub", region.nginx.base())), (&at_node, base)] {
        phone.write(body("node_status"), 0).await;
        assert_eq!(phone.sync(&base).await.heads, 1);
    }
    assert!(said(&region.replicate()).contains("doc_write_failures = 0"));
    let latest = at_node.events().await.into_iter().max().unwrap();
    for hub in region.hubs() {
        let head = hub.get_with(&[&database("public"), "head:s001:man"], &[("conflicts", "true")]).await.unwrap();
        assert_eq!((&head["clock"], &head["_conflicts"]), (&json!(latest.clock().to_string()), &Value::Null), "{head}");
    }
}

#[tokio::test]
async fn the_node_computer_brings_nothing_that_breaks_shape_or_size_and_reads_no_other_nodes_people() {
    let region = Region::new().await;
    // Who stole it writes as its administrator what its own validation functions would refuse.
    let bad = [
        with(event("vol", "report", "s001", 1), json!({ "extra": "x".repeat(9_000) })),
        with(event("vol", "report", "s001", 2), json!({ "node": "c001" })),
        with(event("vol", "report", "s001", 3), json!({ "core": "A".repeat(16_500) })),
    ];
    let good = event("vol", "report", "s001", 4);
    let all = [bad.to_vec(), vec![good.clone()]].concat();
    assert_eq!(write(region.node.couch(), &database("ops"), all).await.unwrap(), []);
    assert_eq!(push(region.central.couch(), "man2", "node-c001", &event("man2", "check_in", "c001", 5)).await, "ok");

    let output = region.replicate();
    assert!(!output.status.success() && said(&output).contains("doc_write_failures = 3"), "{}", said(&output));
    for document in &bad {
        assert!(said(&output).contains(&format!("not taken: {}", document["_id"].as_str().unwrap())), "{}", said(&output));
    }
    let there = held(region.central.couch(), "ops").await;
    assert_eq!(there.len(), 1);
    assert!(there.iter().all(|line| line.contains(good["_id"].as_str().unwrap())));
    // What was refused is not asked about for ever: the next run goes on behind it.
    assert!(region.replicate().status.success());

    let thief = region.central.couch().seen_by(Some((region.carriers[1].account.as_str(), &region.carriers[1].password)));
    assert!(thief.get(&[&database("node-c001"), "_all_docs"]).await.unwrap_err().is_refused());
    assert!(thief.get(&[&database("node-s001"), "_all_docs"]).await.is_ok());
}

#[tokio::test]
async fn a_link_that_breaks_is_gone_on_with_and_a_hub_made_anew_is_filled_again() {
    let region = Region::new().await;
    for number in 0..3 {
        assert_eq!(push(region.node.couch(), "vol", "ops", &event("vol", "report", "s001", number)).await, "ok");
    }
    assert!(region.replicate().status.success());
    let name = database("ops");
    region.central.couch().ask(reqwest::Method::DELETE, &[&name], None).await.unwrap();
    let broken = region.replicate();
    assert!(!broken.status.success() && said(&broken).contains(&name), "{}", said(&broken));
    civmesh_hub::provision::provision(region.central.couch(), REGION, &nodes()).await.unwrap();
    let output = region.replicate();
    assert!(output.status.success() && said(&output).contains("docs_written = 3,"), "{}", said(&output));
}

/// The embedded hub has a replicator of its own, which nobody on the project wrote: it has to find nothing to complain of either.
#[tokio::test]
async fn another_replicator_ends_without_failures_too() {
    let (one, other) = (hub().await, hub().await);
    for number in 0..30 {
        assert_eq!(push(one.couch(), "vol", "ops", &event("vol", "report", "s001", number)).await, "ok");
    }
    let at = |hub: &EmbeddedHub| format!("http://rep:{PASSWORD}@{}/{}", hub.couch().base().authority(), database("ops"));
    let all = one.couch().get_with(&[&database("ops"), "_all_docs"], &[("startkey", "\"event:\"")]).await.unwrap();
    let ids: Vec<&Value> = all["rows"].as_array().unwrap().iter().map(|row| &row["id"]).collect();
    let asked = json!({ "source": at(&one), "target": at(&other), "doc_ids": ids });
    let answer = one.couch().post(&["_replicate"], &asked).await.unwrap().body;
    assert_eq!((&answer["docs_written"], &answer["doc_write_failures"]), (&json!(30), &json!(0)), "{answer}");
    assert_eq!(held(one.couch(), "ops").await, held(other.couch(), "ops").await);
}
