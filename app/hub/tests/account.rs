//! A seat that was closed: its holder neither signs in nor goes on.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on should say so")]

mod common;

use civmesh_domain::personnel::role::Role;
use civmesh_hub::couch::http;
use civmesh_hub::embedded::{EmbeddedHub, Storage};
use civmesh_hub::seat::{Seat, install};
use common::*;
use serde_json::json;
use std::process::{Command, Output};

fn revoke(url: &str, account: &str) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_civmesh-hub"));
    command.args(["revoke", account]).env("CIVMESH_HUB_URL", url).output().unwrap()
}

#[tokio::test]
async fn a_closed_account_neither_signs_in_nor_goes_on_with_its_session() {
    let hub = hub().await;
    let url = hub.address_for_administrator();
    let client = http().build().unwrap();
    let session = format!("{}_session", hub.couch().base());
    let log_in = || client.post(&session).json(&json!({ "name": "vol", "password": PASSWORD })).send();
    let answer = log_in().await.unwrap();
    let cookie = answer.headers()["set-cookie"].to_str().unwrap().split(';').next().unwrap().to_owned();
    let ops = format!("{}{}", hub.couch().base(), database("ops"));
    let read = || client.get(&ops).header("cookie", &cookie).send();
    assert_eq!(read().await.unwrap().status().as_u16(), 200);

    for expected in ["vol is closed", "vol was closed before"] {
        let output = revoke(&url, "vol");
        assert!(output.status.success() && String::from_utf8_lossy(&output.stdout).contains(expected), "{output:?}");
    }
    assert!(matches!(read().await.unwrap().status().as_u16(), 401 | 403), "the session outlived the account");
    assert_eq!(log_in().await.unwrap().status().as_u16(), 401);
    assert_eq!(push(hub.couch(), "man", "ops", &event("man", "report", "s001", 1)).await, "ok", "nobody else is concerned");

    // Making the same seat again does not open it.
    let vol: Seat =
        Seat { account: "vol".parse().unwrap(), password: PASSWORD.into(), ..Seat::draw(Role::Volunteer, &nodes()[..1], 0).unwrap() };
    install(hub.couch(), REGION, &vol, None).await.unwrap();
    assert_eq!(log_in().await.unwrap().status().as_u16(), 401);
    let unknown = revoke(&url, "nobody-at-all");
    assert!(
        !unknown.status.success() && String::from_utf8_lossy(&unknown.stderr).contains("there is no account nobody-at-all"),
        "{unknown:?}"
    );
}

#[tokio::test]
async fn a_carrier_is_made_for_nodes_that_have_people_of_their_own() {
    let hub = hub().await;
    let run = |node: &str| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_civmesh-hub"));
        command.args(["replicator", "--json", "--region", &REGION.to_string(), "--listed-node", "s001", "--node", node]);
        command.env("CIVMESH_HUB_URL", hub.address_for_administrator()).output().unwrap()
    };
    let made = run("s001");
    let carrier: serde_json::Value = serde_json::from_slice(&made.stdout).unwrap();
    let caller = hub.couch().seen_by(Some((carrier["account"].as_str().unwrap(), carrier["password"].as_str().unwrap())));
    let session = caller.get(&["_session"]).await.unwrap();
    assert_eq!(session["userCtx"]["roles"], json!(["replicator", "node:s001"]));
    let refused = run("x9");
    assert!(!refused.status.success() && String::from_utf8_lossy(&refused.stderr).contains("x9 has no database of its own"), "{refused:?}");
}

#[tokio::test]
async fn a_nodes_computer_gets_the_accounts_of_its_node_and_no_others() {
    let central = hub().await;
    let node = EmbeddedHub::start(&npm(), &Storage::Memory).await.unwrap();
    civmesh_hub::provision::provision(node.couch(), REGION, &nodes()[..1]).await.unwrap();
    let copy = || {
        let mut command = Command::new(env!("CARGO_BIN_EXE_civmesh-hub"));
        command.args(["accounts", "--node", "s001"]);
        command.env("CIVMESH_FROM_URL", central.address_for_administrator()).env("CIVMESH_TO_URL", node.address_for_administrator());
        let output = command.output().unwrap();
        assert!(output.status.success(), "{output:?}");
        String::from_utf8(output.stdout).unwrap()
    };
    assert_eq!(copy(), "3 accounts are at both\n");
    for (account, opens) in [("vol", true), ("man", true), ("coo", true), ("man2", false), ("rep", false), ("nob", false)] {
        let ops = [database("ops")];
        let seen = node.couch().seen_by(Some((account, PASSWORD))).get(&[&ops[0]]).await;
        assert_eq!(seen.is_ok(), opens, "{account}: {seen:?}");
    }
    // One that is closed at the region's hub is closed at the node's when they are copied again.
    assert!(revoke(&central.address_for_administrator(), "vol").status.success());
    copy();
    assert!(node.couch().seen_by(Some(("vol", PASSWORD))).get(&["_session"]).await.is_err_and(|error| error.is_refused()));
    assert_eq!(push(node.couch(), "man", "ops", &event("man", "report", "s001", 1)).await, "ok");
}
