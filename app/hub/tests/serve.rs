//! The program itself: it answers, remembers, and takes its hub with it, however it ends.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on should say so")]

mod common;

use civmesh_domain::event::Core;
use civmesh_hub::couch::http;
use common::folder::Folder;
use common::{core, delivery, npm};
use reqwest::Method;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::time::Duration;
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};

const REGION: &str = "00000000000000000000000000";

struct Served {
    program: Child,
    said: Value,
}

/// Starts it, and reads the line in which it says what it serves.
async fn served(app: &Path, data: Option<&Path>) -> Served {
    let mut command = Command::new(env!("CARGO_BIN_EXE_civmesh-hub"));
    command.args(["serve", "--json", "--port", "0", "--region", REGION, "--listed-node", "s001", "--app"]).arg(app);
    command.arg("--npm").arg(npm());
    if let Some(data) = data {
        command.arg("--data").arg(data);
    }
    let mut program = command.stdout(std::process::Stdio::piped()).kill_on_drop(true).spawn().unwrap();
    let mut lines = BufReader::new(program.stdout.take().unwrap()).lines();
    let line = tokio::time::timeout(Duration::from_secs(60), lines.next_line()).await.unwrap().unwrap();
    let Some(line) = line else { panic!("it ended before it served anything: see its words above") };
    Served { program, said: serde_json::from_str(&line).unwrap() }
}

impl Served {
    fn text(&self, field: &str) -> &str {
        self.said[field].as_str().unwrap()
    }

    async fn ask(&self, method: Method, path: &str, seat: usize, body: Option<&Value>) -> Value {
        let seat = &self.said["seats"][seat];
        let url = format!("{}/hub/civmesh-{REGION}-{path}", self.text("origin"));
        let request = http().build().unwrap().request(method, url).basic_auth(seat["account"].as_str().unwrap(), seat["password"].as_str());
        let request = if let Some(body) = body { request.json(body) } else { request };
        request.send().await.unwrap().json().await.unwrap()
    }

    /// Whether the hub behind it is gone within a few seconds.
    async fn hub_is_gone(&self) -> bool {
        let (_, host) = self.text("hub").rsplit_once('@').unwrap();
        for _ in 0..50 {
            if tokio::net::TcpStream::connect(host).await.is_err() {
                return true;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        false
    }
}

fn app() -> Folder {
    let folder = Folder::new();
    std::fs::write(folder.path().join("index.html"), "<!doctype html>").unwrap();
    folder
}

#[tokio::test]
async fn what_was_written_and_who_may_write_outlive_a_restart() {
    let (app, data) = (app(), Folder::new());
    let mut first = served(app.path(), Some(data.path())).await;
    let account = first.said["seats"][0]["account"].as_str().unwrap().to_owned();
    let report = delivery(&account, &Core { region: REGION.parse().unwrap(), ..core("report", "s001", 1) });
    let rows = first.ask(Method::POST, "ops/_bulk_docs", 0, Some(&json!({ "new_edits": false, "docs": [report] }))).await;
    assert!(rows.as_array().unwrap().iter().all(|row| row["error"].is_null()), "{rows}");
    first.program.kill().await.unwrap();
    assert!(first.hub_is_gone().await, "the hub outlived a program that was killed");

    let second = served(app.path(), Some(data.path())).await;
    assert_eq!(second.said["seats"][0]["account"], account.as_str());
    let path = format!("ops/{}", report["_id"].as_str().unwrap());
    assert_eq!(second.ask(Method::GET, &path, 0, None).await["_rev"], report["_rev"]);
}

#[tokio::test]
async fn a_polite_request_ends_everything() {
    let app = app();
    for request in ["-INT", "-TERM", "-HUP"] {
        let mut served = served(app.path(), None).await;
        let id = served.program.id().unwrap().to_string();
        assert!(Command::new("kill").args([request, &id]).status().await.unwrap().success());
        let status = tokio::time::timeout(Duration::from_secs(10), served.program.wait()).await.unwrap().unwrap();
        assert!(status.success(), "{request}: {status}");
        assert!(served.hub_is_gone().await, "{request}");
    }
}

#[tokio::test]
async fn what_is_missing_is_named_in_one_line() {
    let app = app();
    let nowhere = PathBuf::from("/nowhere");
    let cases: [(&Path, PathBuf, &[&str], &str); 4] = [
        (&nowhere, npm(), &["--region", REGION], "there is no app in /nowhere"),
        (app.path(), nowhere.clone(), &["--region", REGION], "the embedded hub is not installed in /nowhere"),
        (app.path(), npm(), &["--pack", "/nowhere"], "/nowhere: No such file"),
        (app.path(), npm(), &["--pack", "Cargo.toml"], "Cargo.toml: "),
    ];
    for (app, npm, region, expected) in cases {
        let mut command = Command::new(env!("CARGO_BIN_EXE_civmesh-hub"));
        command.args(["serve", "--port", "0", "--app"]).arg(app).arg("--npm").arg(npm).args(region);
        let output = command.current_dir(env!("CARGO_MANIFEST_DIR")).output().await.unwrap();
        let words = String::from_utf8(output.stderr).unwrap();
        assert!(!output.status.success() && words.contains(expected) && words.lines().count() == 1, "{words}");
    }
}
