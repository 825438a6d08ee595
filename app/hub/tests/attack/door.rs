//! The proxy's defences are taken away one by one as well: before a hub that takes everything, a row of the table has to notice each.

use crate::common::folder::Folder;
use crate::common::nginx::{Nginx, configuration};
use crate::document::sending;
use crate::front::Front;
use crate::table::{Row, Stopped, rows};
use reqwest::Url;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

/// What is there, and what is there instead.
const DEFENCES: &[(&str, &str)] = &[
    (
        "map \"$request_method $hub_path\" $hub_ask {\n    default never;",
        "map \"$request_method $hub_path\" $hub_ask {\n    default staff;",
    ),
    ("(?:_changes|_all_docs|[^_/][^/]*))?$\" staff;", "[^/]*)?$\" public;"),
    ("-public/head(?::|%3[Aa])[^/]*$", "-(?:public|ops)/.*$"),
    ("(?:_changes|_revs_diff|_bulk_docs|_all_docs)$", "_[a-z_]*$"),
    ("(?!\\.{1,2}(?:/|\\?|$))", ""),
    ("%3[Aa])+)+)(?:\\?|$)\" $hub_target;", "%[0-9A-F]{2})+)+)(?:\\?|$)\" $hub_target;"),
    ("\"~(?:^|[&;])feed=(?!(?:normal|longpoll)(?:[&;]|$))\" bad;", ""),
    ("\"~^staff anonymous\" sign-in;", "\"~^staff anonymous\" pass;"),
    ("\"~ cross-site$\" foreign;", ""),
    ("client_max_body_size 8m;", "client_max_body_size 80m;"),
    ("auth_request /hub/.seat;", ""),
];

/// Takes everything and says that all is well; but to whoever asks for what staff reads it says no.
async fn agreeable() -> Url {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap()).parse().unwrap();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            tokio::spawn(async move {
                let mut seen = Vec::new();
                while !seen.windows(4).any(|end| end == b"\r\n\r\n") && stream.read_buf(&mut seen).await.unwrap_or(0) > 0 {}
                let seen = String::from_utf8_lossy(&seen);
                let asks_for_ops = seen.lines().next().unwrap_or_default().ends_with("-ops HTTP/1.1");
                let is_known = seen.to_lowercase().contains("authorization: basic");
                let status = if asks_for_ops && !is_known { "401 Unauthorized" } else { "200 OK" };
                let answer =
                    format!("HTTP/1.1 {status}\r\ncontent-type: application/json\r\nconnection: close\r\ncontent-length: 2\r\n\r\n{{}}");
                let _ = stream.write_all(answer.as_bytes()).await;
                // What is still being sent is taken, or the answer would be lost with it.
                while stream.read_buf(&mut Vec::with_capacity(65_536)).await.unwrap_or(0) > 0 {}
            });
        }
    });
    url
}

/// The rows that this configuration does not stop as they say.
async fn passed(text: &str, app: &Folder, hub: &Url, rows: &[Row]) -> Vec<String> {
    let nginx = Nginx::with(text, app.path(), hub).await;
    let front = Front::at("nginx", nginx.base());
    let mut passed = Vec::new();
    for row in rows {
        if front.ask(row.who, row.with).await != row.answer {
            passed.push(row.to_string());
        }
    }
    passed
}

#[tokio::test]
async fn every_defence_of_the_proxy_that_is_taken_away_is_missed() {
    let (app, hub) = (Folder::new(), agreeable().await);
    std::fs::write(app.path().join("index.html"), "<!doctype html>").unwrap();
    let of_the_gate = |row: &Row| row.stopped == Stopped::Gate && sending(row.with).is_none() && row.answer != "ok";
    let rows: Vec<Row> = rows().into_iter().filter(of_the_gate).collect();
    let text = configuration();
    assert_eq!(passed(&text, &app, &hub, &rows).await, [""; 0], "the configuration as it is");
    let mut survivors = Vec::new();
    for (defence, instead) in DEFENCES {
        let without = text.replace(defence, instead);
        assert_ne!(without, text, "there is no {defence} any more");
        if passed(&without, &app, &hub, &rows).await.is_empty() {
            survivors.push(*defence);
        }
    }
    assert!(survivors.is_empty(), "nobody misses these defences:\n{}", survivors.join("\n"));
    println!("{} defences of the proxy taken away, one at a time, and missed by {} rows", DEFENCES.len(), rows.len());
}
