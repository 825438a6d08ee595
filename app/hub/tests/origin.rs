//! App and hub as one origin: files, headers, the gate with a real hub behind it, and a hub that only listens.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on should say so")]

mod common;

use civmesh_hub::couch::http;
use civmesh_hub::origin::{Origin, asset::Assets, listen, proxy::Gateway, serve};
use common::folder::Folder;
use common::*;
use reqwest::{Client, Response, Url};
use serde_json::{Value, json};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// A folder with a small app in it.
fn app() -> Folder {
    let folder = Folder::new();
    let page = format!("<!doctype html><script type=\"module\">a()</script>{}", " ".repeat(2_000));
    let files =
        [("index.html", page.as_str()), ("sw.js", "1"), ("app-1a2b3c4d5e6f7a8b.js", "2"), ("words.txt", "plain"), ("words.txt.br", "br")];
    for (name, text) in files {
        std::fs::write(folder.path().join(name), text).unwrap();
    }
    folder
}

async fn origin(app: &Folder, hub: Url) -> String {
    let (listener, address) = listen(0).await.unwrap();
    let origin = Origin { assets: Assets::new(app.path(), None).unwrap(), gateway: Gateway::to(hub).unwrap() };
    tokio::spawn(serve(listener, origin));
    format!("http://{address}")
}

fn client() -> Client {
    http().build().unwrap()
}

fn header<'a>(answer: &'a Response, name: &str) -> &'a str {
    answer.headers().get(name).map_or("", |value| value.to_str().unwrap())
}

#[tokio::test]
async fn files_come_with_their_headers_and_addresses_of_the_app_with_the_page() {
    let app = app();
    let base = origin(&app, "http://127.0.0.1:9".parse().unwrap()).await;
    let get = async |path: &str| client().get(format!("{base}{path}")).send().await.unwrap();
    for path in ["/", "/node/s001", "/index.html"] {
        let page = get(path).await;
        assert_eq!((page.status().as_u16(), header(&page, "cache-control")), (200, "no-cache"), "{path}");
        let policy = header(&page, "content-security-policy");
        // Nothing inside a page runs, whatever is in it.
        assert!(policy.starts_with("default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self';"), "{policy}");
        assert_eq!((header(&page, "x-content-type-options"), header(&page, "referrer-policy")), ("nosniff", "no-referrer"));
    }
    assert!(header(&get("/app-1a2b3c4d5e6f7a8b.js").await, "cache-control").contains("immutable"));
    let worker = get("/sw.js").await;
    assert_eq!(header(&worker, "cache-control"), "no-cache");
    // It asks the hub, and runs the app's own crates as WebAssembly: a worker follows the policy of its own script.
    let policy = header(&worker, "content-security-policy");
    assert!(policy.contains("connect-src 'self'") && policy.contains("script-src 'self' 'wasm-unsafe-eval';"), "{policy}");
    let tag = header(&worker, "etag").to_owned();
    let again = client().get(format!("{base}/sw.js")).header("if-none-match", tag).send().await.unwrap();
    assert_eq!(again.status().as_u16(), 304);
    for path in ["/missing.js", "/..%2F..%2Fetc%2Fpasswd", "/.git/config", "/%2e%2e/Cargo.toml"] {
        assert_eq!(get(path).await.status().as_u16(), 404, "{path}");
    }
    assert_eq!(client().post(&base).send().await.unwrap().status().as_u16(), 405);
    for coding in ["br", "gzip"] {
        let packed = client().get(&base).header("accept-encoding", coding).send().await.unwrap();
        assert_eq!(header(&packed, "content-encoding"), coding);
        assert!(packed.bytes().await.unwrap().len() < 500);
    }
    let stamped = client().get(format!("{base}/words.txt")).header("accept-encoding", "gzip, br").send().await.unwrap();
    assert_eq!(
        (header(&stamped, "content-encoding"), stamped.headers()["content-type"].to_str().unwrap()),
        ("br", "text/plain; charset=utf-8")
    );
    assert_eq!(stamped.text().await.unwrap(), "br");
}

#[tokio::test]
async fn through_the_gate_a_seat_signs_in_and_pushes_and_nobody_else_does() {
    let (app, hub) = (app(), hub().await);
    let base = format!("{}/hub", origin(&app, hub.couch().base().clone()).await);
    let (public, ops) = (database("public"), database("ops"));
    let feed = client().get(format!("{base}/{public}/_changes?include_docs=true")).header("accept-encoding", "br").send().await.unwrap();
    assert_eq!((feed.status().as_u16(), header(&feed, "cache-control")), (200, "public, max-age=0, s-maxage=2"));
    assert_eq!(header(&feed, "content-encoding"), "br", "answers of the hub are compressed");
    for (path, status, error) in [(format!("{ops}/_changes"), 401, "unauthorized"), ("_users/_all_docs".to_owned(), 403, "forbidden")] {
        let answer = client().get(format!("{base}/{path}")).send().await.unwrap();
        assert_eq!((answer.status().as_u16(), header(&answer, "cache-control")), (status, "no-store"), "{path}");
        assert_eq!(answer.json::<Value>().await.unwrap()["error"], error, "{path}");
    }
    let destroy = client().delete(format!("{base}/{public}")).basic_auth("coo", Some(PASSWORD)).send().await.unwrap();
    assert_eq!(destroy.status().as_u16(), 403);

    let wrong = client().post(format!("{base}/_session")).json(&json!({ "name": "vol", "password": "no" })).send().await.unwrap();
    assert_eq!(wrong.status().as_u16(), 401);
    let session = client().post(format!("{base}/_session")).json(&json!({ "name": "vol", "password": PASSWORD })).send().await.unwrap();
    let cookie = header(&session, "set-cookie").to_owned();
    assert!(cookie.ends_with("; Path=/hub; Max-Age=1209600; HttpOnly; SameSite=Strict"), "{cookie}");
    let cookie = cookie.split(';').next().unwrap();

    let docs = json!({ "new_edits": false, "docs": [event("vol", "report", "s001", 1), event("man", "report", "s001", 2)] });
    let push = || client().post(format!("{base}/{ops}/_bulk_docs")).json(&docs);
    assert_eq!(push().send().await.unwrap().status().as_u16(), 401);
    let forged = push().header("cookie", cookie).header("sec-fetch-site", "cross-site").send().await.unwrap();
    assert_eq!(forged.status().as_u16(), 403);
    let answer = push().header("cookie", cookie).send().await.unwrap();
    assert_eq!(answer.status().as_u16(), 201);
    let rows = answer.json::<Value>().await.unwrap();
    assert_eq!(rows.as_array().unwrap().iter().filter(|row| row["error"] == "forbidden").count(), 1, "{rows}");

    let large = client().post(format!("{base}/{ops}/_bulk_docs")).header("cookie", cookie).body(vec![b' '; 8 * 1024 * 1024 + 1]);
    let answer = large.send().await.unwrap();
    assert_eq!(answer.status().as_u16(), 413);
    assert_eq!(answer.json::<Value>().await.unwrap()["error"], "too_large");
}

#[tokio::test]
async fn a_long_poll_answers_when_something_is_written() {
    let (app, hub) = (app(), hub().await);
    let base = format!("{}/hub", origin(&app, hub.couch().base().clone()).await);
    let ops = database("ops");
    let since = hub.couch().get(&[&ops]).await.unwrap()["update_seq"].to_string();
    let poll = client().get(format!("{base}/{ops}/_changes?feed=longpoll&since={since}")).basic_auth("vol", Some(PASSWORD)).send();
    let poll = tokio::spawn(async move { poll.await.unwrap().json::<Value>().await.unwrap() });
    tokio::time::sleep(Duration::from_millis(300)).await;
    assert!(!poll.is_finished(), "nothing was written yet");
    let report = event("vol", "report", "s001", 1);
    assert_eq!(push(hub.couch(), "vol", "ops", &report).await, "ok");
    let news = tokio::time::timeout(Duration::from_secs(10), poll).await.unwrap().unwrap();
    assert_eq!(news["results"][0]["id"], report["_id"]);
}

/// A hub that takes one request and says what it was.
async fn listener() -> (TcpListener, Url) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    (listener, format!("http://{address}").parse().unwrap())
}

async fn request(stream: &mut TcpStream) -> String {
    let mut seen = Vec::new();
    while !seen.windows(4).any(|end| end == b"\r\n\r\n") {
        assert!(stream.read_buf(&mut seen).await.unwrap() > 0);
    }
    String::from_utf8(seen).unwrap().to_lowercase()
}

#[tokio::test]
async fn only_what_the_hub_needs_is_passed_on() {
    let app = app();
    let (hub, url) = listener().await;
    let base = origin(&app, url).await;
    let asked = client()
        .get(format!("{base}/hub/civmesh-x-public/head%3As001%3Aa?conflicts=true"))
        .header("cookie", "theme=dark; AuthSession=abc")
        .header("x-http-method-override", "DELETE")
        .header("x-auth-couchdb-username", "admin")
        .send();
    let asked = tokio::spawn(asked);
    let (mut stream, _) = hub.accept().await.unwrap();
    let seen = request(&mut stream).await;
    assert!(seen.starts_with("get /civmesh-x-public/head:s001:a?conflicts=true http/1.1\r\n"), "{seen}");
    assert!(seen.contains("cookie: authsession=abc\r\n"), "{seen}");
    assert!(!seen.contains("x-http") && !seen.contains("x-auth") && !seen.contains("theme"), "{seen}");
    stream.write_all(b"HTTP/1.1 200 OK\r\nserver: x\r\nx-own: y\r\ncontent-length: 2\r\n\r\n{}").await.unwrap();
    let answer = asked.await.unwrap().unwrap();
    assert_eq!((header(&answer, "x-own"), header(&answer, "cache-control")), ("", "no-store"));
}

#[tokio::test]
async fn when_the_phone_goes_the_hub_is_told() {
    let app = app();
    let (hub, url) = listener().await;
    let base = origin(&app, url).await;
    for begun in [false, true] {
        let poll = client().get(format!("{base}/hub/civmesh-x-public/_changes?feed=longpoll")).send();
        let poll = tokio::spawn(async move { poll.await.unwrap().bytes().await.unwrap() });
        let (mut stream, _) = hub.accept().await.unwrap();
        request(&mut stream).await;
        if begun {
            stream.write_all(b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n1\r\n{\r\n").await.unwrap();
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        poll.abort();
        let mut rest = [0; 16];
        let read = tokio::time::timeout(Duration::from_secs(5), stream.read(&mut rest)).await;
        assert!(matches!(read, Ok(Ok(0) | Err(_))), "the connection stayed open, begun: {begun}");
    }
}

#[tokio::test]
async fn a_hub_that_is_away_is_said_in_couchdbs_words() {
    let app = app();
    let base = origin(&app, "http://127.0.0.1:9".parse().unwrap()).await;
    let answer = client().get(format!("{base}/hub/_session")).send().await.unwrap();
    assert_eq!(answer.status().as_u16(), 502);
    assert_eq!(answer.json::<Value>().await.unwrap()["error"], "bad_gateway");
}
