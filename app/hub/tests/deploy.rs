//! The proxy of docs/deploy: Debian's nginx must say to every request what the embedded origin says, header for header.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on should say so")]

mod common;

use civmesh_hub::couch::http;
use civmesh_hub::origin::{Origin, asset::Assets, listen, proxy::Gateway, serve};
use common::folder::Folder;
use common::nginx::Nginx;
use reqwest::{Client, Response, Url};
use serde_json::{Value, json};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// A folder with a small app in it.
fn app() -> Folder {
    let folder = Folder::new();
    let page = format!(
        "<!doctype html><script type=\"module\">a()\n</script><script src=\"/x.js\"></script><script>b('é')</script>{}",
        " ".repeat(2_000)
    );
    let long = "1;".repeat(1_000);
    let files = [
        ("index.html", page.as_str()),
        ("sw.js", "1"),
        ("app-1a2b3c4d5e6f7a8b.js", long.as_str()),
        ("app-1a2b3c4d5e6f7a8b_bg.wasm", long.as_str()),
        ("face-defaced.png", "3"),
        ("manifest.webmanifest", "{}"),
        ("region.civmesh", "4"),
        ("words.txt", "plain"),
        ("words.txt.br", "br"),
    ];
    for (name, text) in files {
        std::fs::write(folder.path().join(name), text).unwrap();
    }
    folder
}

/// The embedded origin and nginx before the same hub and app.
async fn fronts(app: &Folder, hub: &Url) -> (Nginx, [(&'static str, String); 2]) {
    let (listener, address) = listen(0).await.unwrap();
    let origin = Origin { assets: Assets::new(app.path(), None).unwrap(), gateway: Gateway::to(hub.clone()).unwrap() };
    tokio::spawn(serve(listener, origin));
    let nginx = Nginx::before(app.path(), hub).await;
    let fronts = [("embedded", format!("http://{address}")), ("nginx", nginx.base())];
    (nginx, fronts)
}

/// A hub that answers everything with its count, and remembers what it was asked. Whom a front asks about before a write it takes for staff,
/// uncounted.
#[derive(Clone)]
struct Listener {
    url: Url,
    asked: Arc<Mutex<Vec<String>>>,
    count: Arc<AtomicUsize>,
}

impl Listener {
    async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap()).parse().unwrap();
        let hub = Self { url, asked: Arc::default(), count: Arc::default() };
        let answering = hub.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(answering.clone().answer(stream));
            }
        });
        hub
    }

    async fn answer(self, mut stream: TcpStream) {
        let mut seen = Vec::new();
        while !seen.windows(4).any(|end| end == b"\r\n\r\n") {
            if stream.read_buf(&mut seen).await.unwrap_or(0) == 0 {
                return;
            }
        }
        let seen = String::from_utf8(seen).unwrap().to_lowercase();
        let is_of_the_front = seen.starts_with("get /civmesh-r-ops http/");
        let count = self.count.fetch_add(usize::from(!is_of_the_front), Ordering::SeqCst);
        if !is_of_the_front {
            self.asked.lock().unwrap().push(seen);
        }
        let body = json!({ "count": count }).to_string();
        let head = "content-type: application/json\r\nserver: x\r\nx-couch-request-id: y\r\ncache-control: must-revalidate\r\netag: \"e\"\r\n\
                    set-cookie: AuthSession=fresh; Version=1; Path=/; Max-Age=600; HttpOnly\r\nlocation: http://127.0.0.1/x\r\nconnection: close";
        let answer = format!("HTTP/1.1 200 OK\r\n{head}\r\ncontent-length: {}\r\n\r\n{body}", body.len());
        let _ = stream.write_all(answer.as_bytes()).await;
    }

    fn last(&self) -> String {
        self.asked.lock().unwrap().last().unwrap().clone()
    }

    fn count(&self) -> usize {
        self.count.load(Ordering::SeqCst)
    }
}

fn client() -> Client {
    http().build().unwrap()
}

fn header<'a>(answer: &'a Response, name: &str) -> &'a str {
    answer.headers().get(name).map_or("", |value| value.to_str().unwrap())
}

/// Sends a request as it is written, which no client library does, and returns the status.
async fn status(base: &str, method: &str, target: &str, cookie: &str) -> u16 {
    let mut stream = TcpStream::connect(base.trim_start_matches("http://")).await.unwrap();
    let body = if target.contains("/_bulk_docs") { r#"{"new_edits":false,"docs":[]}"# } else { "" };
    let length = if matches!(method, "POST" | "PUT") { format!("content-length: {}\r\n", body.len()) } else { String::new() };
    let request = format!("{method} {target} HTTP/1.1\r\nhost: localhost\r\n{length}{cookie}connection: close\r\n\r\n{body}");
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await.unwrap();
    let answer = String::from_utf8_lossy(&answer);
    answer.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or_else(|| panic!("no answer to {method} {target}: {answer}"))
}

#[tokio::test]
async fn both_fronts_let_pass_what_the_table_says() {
    let (app, hub) = (app(), Listener::start().await);
    let (_nginx, fronts) = fronts(&app, &hub.url).await;
    let rows = include_str!("gate.txt").lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    for row in rows {
        let words: Vec<&str> = row.split_whitespace().collect();
        let [anonymous, signed_in, method, target] = words[..] else { panic!("{row}") };
        for (caller, cookie, expected) in [("anonymous", "", anonymous), ("signed in", "cookie: a=b; AuthSession=abc\r\n", signed_in)] {
            for (front, base) in &fronts {
                // What may be kept would not reach the hub twice: every question is a new one.
                let before = hub.count();
                let mark = format!("{}nonce={before}{}", if target.contains('?') { "&" } else { "?" }, front.len());
                let status = status(base, method, &format!("/hub{target}{mark}"), cookie).await;
                let seen = match (hub.count() - before, status) {
                    (1, 200) => "pass",
                    (0, 401) => "sign-in",
                    (0, _) => "never",
                    other => panic!("{row}: {other:?}"),
                };
                assert_eq!(seen, expected, "{method} {target} as {caller} at {front}: {status}");
                if seen == "pass" {
                    // To keep an answer, nginx asks with GET also where it was asked with HEAD.
                    let line = hub.last().lines().next().unwrap().replace("%3a", ":");
                    let is_write = method == "PUT" || target.ends_with("/_bulk_docs");
                    let wanted = format!("{target}{}", if is_write { "" } else { &mark }).to_lowercase().replace("%3a", ":");
                    assert_eq!(line.split(' ').nth(1), Some(wanted.as_str()), "{method} {target} at {front}");
                }
            }
        }
    }
}

/// What guards and what is kept must not differ by a letter.
const HEADERS: &[&str] = &[
    "content-security-policy",
    "x-content-type-options",
    "referrer-policy",
    "permissions-policy",
    "cross-origin-opener-policy",
    "cross-origin-resource-policy",
    "cache-control",
];

#[tokio::test]
async fn both_fronts_send_the_same_headers() {
    let client = client();
    let (app, hub) = (app(), Listener::start().await);
    let (_nginx, fronts) = fronts(&app, &hub.url).await;
    let paths = [
        ("/", 200),
        ("/node/s001", 200),
        ("/index.html", 200),
        ("/sw.js", 200),
        ("/app-1a2b3c4d5e6f7a8b.js", 200),
        ("/app-1a2b3c4d5e6f7a8b_bg.wasm", 200),
        ("/face-defaced.png", 200),
        ("/manifest.webmanifest", 200),
        ("/region.civmesh", 200),
        ("/words.txt", 200),
        ("/missing.js", 404),
        ("/.git/config", 404),
        ("/a:b.txt", 404),
        ("/hubble", 200),
        ("/hub", 403),
        ("/hub/", 403),
        ("/hub/civmesh-r-public/_changes", 200),
        ("/hub/civmesh-r-public/_changes?feed=longpoll", 200),
        ("/hub/civmesh-r-ops/_changes", 401),
        ("/hub/_users/_all_docs", 403),
        ("/hub/_session", 200),
    ];
    for (path, status) in paths {
        let mut seen = Vec::new();
        for (front, base) in &fronts {
            let answer = client.get(format!("{base}{path}")).send().await.unwrap();
            assert_eq!(answer.status().as_u16(), status, "{path} at {front}");
            let mut lines: Vec<String> = HEADERS.iter().map(|name| format!("{name}: {}", header(&answer, name))).collect();
            assert!(lines[..6].iter().all(|line| !line.ends_with(": ")), "{path} at {front}: {lines:?}");
            assert!(!header(&answer, "date").is_empty(), "the phone measures its clock by this");
            for name in ["x-couch-request-id", "location", "etag"].into_iter().take(if path.starts_with("/hub/") { 2 } else { 0 }) {
                assert_eq!(header(&answer, name), "", "{path} at {front}");
            }
            if status == 200 || path.starts_with("/hub") && path != "/hubble" {
                lines.push(header(&answer, "content-type").to_owned());
            }
            if status > 400 && path.starts_with("/hub") {
                lines.push(answer.json::<Value>().await.unwrap().to_string());
            }
            seen.push(lines);
        }
        assert_eq!(seen[0], seen[1], "{path}");
    }
}

#[tokio::test]
async fn files_are_compressed_and_answered_in_a_few_bytes_when_known() {
    let client = client();
    let (app, hub) = (app(), Listener::start().await);
    let (_nginx, fronts) = fronts(&app, &hub.url).await;
    for (front, base) in &fronts {
        for path in ["/", "/app-1a2b3c4d5e6f7a8b.js", "/app-1a2b3c4d5e6f7a8b_bg.wasm"] {
            let packed = client.get(format!("{base}{path}")).header("accept-encoding", "gzip").send().await.unwrap();
            assert_eq!(header(&packed, "content-encoding"), "gzip", "{path} at {front}");
            assert!(packed.bytes().await.unwrap().len() < 500);
        }
        let beside = client.get(format!("{base}/words.txt")).header("accept-encoding", "gzip, br").send().await.unwrap();
        assert_eq!((header(&beside, "content-encoding"), header(&beside, "content-type")), ("br", "text/plain; charset=utf-8"), "{front}");
        assert_eq!(beside.text().await.unwrap(), "br");
        let tag = header(&client.get(format!("{base}/sw.js")).send().await.unwrap(), "etag").to_owned();
        let again = client.get(format!("{base}/sw.js")).header("if-none-match", tag).send().await.unwrap();
        assert_eq!(again.status().as_u16(), 304, "{front}");
        let policy = header(&again, "content-security-policy");
        assert!(policy.contains("connect-src 'self'") && policy.contains("script-src 'self' 'wasm-unsafe-eval';"), "{front}: {policy}");
        assert_eq!(client.post(base).send().await.unwrap().status().as_u16(), 405, "{front}");
    }
}

#[tokio::test]
async fn a_crowd_costs_the_hub_little_and_nobody_gets_anothers_answer() {
    let client = client();
    let (app, hub) = (app(), Listener::start().await);
    let nginx = Nginx::before(app.path(), &hub.url).await;
    let public = format!("{}/hub/civmesh-r-public/_changes?since=3", nginx.base());
    let mut seen = Vec::new();
    for _ in 0..40 {
        let answer = client.get(&public).header("accept", "multipart/mixed").header("if-none-match", "\"x\"").send().await.unwrap();
        assert_eq!((header(&answer, "set-cookie"), header(&answer, "vary")), ("", "cookie, authorization"));
        seen.push(answer.json::<Value>().await.unwrap()["count"].as_u64().unwrap());
    }
    seen.dedup();
    assert!(hub.count() < 20, "{} of 40 came through", hub.count());
    // Who is first decides for nobody else in which form it comes.
    assert!(hub.last().contains("accept: application/json") && !hub.last().contains("if-none-match"), "{}", hub.last());
    let asks =
        [(&public, "cookie", "AuthSession=abc"), (&public, "authorization", "Basic eDp5"), (&format!("{public}&feed=longpoll"), "x", "y")];
    for (url, name, value) in asks {
        let mut answers = Vec::new();
        for _ in 0..3 {
            let answer = client.get(url).header(name, value).send().await.unwrap();
            assert_eq!(header(&answer, "cache-control"), "no-store", "{name}");
            answers.push(answer.json::<Value>().await.unwrap()["count"].as_u64().unwrap());
        }
        assert!(answers[0] < answers[1] && answers[1] < answers[2] && !seen.contains(&answers[0]), "{name}: {answers:?}");
    }
}

#[tokio::test]
async fn signing_in_is_counted_and_nothing_else() {
    let client = client();
    let (app, hub) = (app(), Listener::start().await);
    let nginx = Nginx::before(app.path(), &hub.url).await;
    let session = format!("{}/hub/_session", nginx.base());
    let mut busy = 0;
    for number in 0..200 {
        let answer = client.post(&session).body("{}").send().await.unwrap();
        match answer.status().as_u16() {
            200 => {}
            429 => {
                assert_eq!((header(&answer, "retry-after"), header(&answer, "cache-control")), ("5", "no-store"));
                assert_eq!(answer.json::<Value>().await.unwrap()["error"], "too_many_requests");
                busy += 1;
            }
            status => panic!("{status} at {number}"),
        }
        assert!(busy == 0 || number >= 40, "a whole node may sign in at once");
    }
    assert!(busy > 0, "200 signed in and none was told to wait");
    assert_eq!(client.get(&session).send().await.unwrap().status().as_u16(), 200);
}
