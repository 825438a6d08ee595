//! The two ways to a hub: the embedded gate, and nginx as docs/deploy has it.

use crate::common::folder::Folder;
use crate::common::nginx::Nginx;
use crate::common::*;
use civmesh_hub::couch::{Couch, http};
use civmesh_hub::origin::{Origin, asset::Assets, listen, proxy::Gateway, serve};
use reqwest::{Client, RequestBuilder};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// A front, or the hub itself.
pub struct Front {
    pub name: &'static str,
    base: String,
    prefix: &'static str,
    client: Client,
}

/// Both fronts of a hub, and what has to live as long as they do.
pub async fn fronts(hub: &Couch) -> ((Folder, Nginx), [Front; 2]) {
    let app = Folder::new();
    std::fs::write(app.path().join("index.html"), "<!doctype html>").unwrap();
    let (listener, address) = listen(0).await.unwrap();
    let origin = Origin { assets: Assets::new(app.path(), None).unwrap(), gateway: Gateway::to(hub.base().clone()).unwrap() };
    tokio::spawn(serve(listener, origin));
    let nginx = Nginx::before(app.path(), hub.base()).await;
    let fronts = [Front::at("embedded", format!("http://{address}")), Front::at("nginx", nginx.base())];
    ((app, nginx), fronts)
}

impl Front {
    /// The front at this address.
    pub fn at(name: &'static str, base: String) -> Self {
        Self { name, base, prefix: "/hub", client: http().build().unwrap() }
    }

    /// No front at all: what somebody meets who got past it.
    pub fn none(hub: &Couch) -> Self {
        let base = hub.base().as_str().trim_end_matches('/').to_owned();
        Self { name: "none", base, prefix: "", client: http().build().unwrap() }
    }

    /// Where phones ask.
    pub fn hub(&self) -> String {
        format!("{}{}", self.base, self.prefix)
    }

    /// Pushes a document in a batch.
    pub async fn push(&self, who: &str, end: &str, document: &Value) -> String {
        let body = json!({ "new_edits": false, "docs": [document] });
        let url = format!("{}/{}/_bulk_docs", self.hub(), database(end));
        answer(signed_in(self.client.post(url).json(&body), who)).await
    }

    /// Puts a document by itself, as heads are.
    pub async fn put(&self, who: &str, end: &str, document: &Value) -> String {
        let url = format!("{}/{}/{}", self.hub(), database(end), document["_id"].as_str().unwrap());
        let mut document = document.clone();
        document.as_object_mut().unwrap().remove("_rev");
        answer(signed_in(self.client.put(url).json(&document), who)).await
    }

    /// Asks as the table writes it: method, path, body, headers. Written by hand, because client libraries tidy up paths.
    pub async fn ask(&self, who: &str, request: &str) -> String {
        let (request, headers) = request.split_once(" [").map_or((request, ""), |(request, headers)| (request, headers));
        let (method, rest) = request.split_once(' ').unwrap();
        let (path, body) = rest.split_once(' ').unwrap_or((rest, ""));
        let region = format!("civmesh-{REGION}");
        let path = path.replace("/R-", &format!("/{region}-"));
        let body = match body.strip_prefix('*') {
            Some(length) => "x".repeat(length.parse().unwrap()),
            None => body.replace("\"R-", &format!("\"{region}-")),
        };
        let mut text = format!("{method} {}{path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n", self.prefix);
        text += &headers
            .trim_end_matches(']')
            .split("] [")
            .filter(|line| !line.is_empty())
            .map(|line| format!("{line}\r\n"))
            .collect::<String>();
        text += &match who {
            "nobody" | "inside" => String::new(),
            "ghost" => format!("cookie: {GHOST}\r\n"),
            name => format!("authorization: Basic {}\r\n", data_encoding::BASE64.encode(format!("{name}:{PASSWORD}").as_bytes())),
        };
        text += &format!("content-type: application/json\r\ncontent-length: {}\r\n\r\n", body.len());
        let mut stream = TcpStream::connect(self.base.trim_start_matches("http://")).await.unwrap();
        stream.write_all(text.as_bytes()).await.unwrap();
        // Who is refused for the length of the body need not wait for its end.
        let _ = stream.write_all(body.as_bytes()).await;
        let mut seen = Vec::new();
        let _ = stream.read_to_end(&mut seen).await;
        let seen = String::from_utf8_lossy(&seen).into_owned();
        let (head, rest) = seen.split_once("\r\n\r\n").unwrap_or_else(|| panic!("no answer to {request}: {seen}"));
        let status: u16 = head.split(' ').nth(1).unwrap().parse().unwrap();
        let error = rest.find("{\"error\"").and_then(|at| serde_json::Deserializer::from_str(&rest[at..]).into_iter::<Value>().next());
        match error {
            Some(Ok(error)) => error["error"].as_str().unwrap().to_owned(),
            _ if status < 300 => "ok".to_owned(),
            _ => format!("{status} {rest}"),
        }
    }
}

const GHOST: &str = "AuthSession=Y29vOjZBMDAwMDAwOmdob3N0";

fn signed_in(request: RequestBuilder, who: &str) -> RequestBuilder {
    match who {
        "nobody" | "inside" => request,
        "ghost" => request.header("cookie", GHOST),
        name => request.basic_auth(name, Some(PASSWORD)),
    }
}

/// `ok`, or the code before a validation function's sentence, or the name of the error.
async fn answer(request: RequestBuilder) -> String {
    let body: Value = request.send().await.unwrap().json().await.unwrap();
    let row = body.as_array().map_or(Some(&body), |rows| rows.iter().find(|row| row["error"].is_string()));
    let Some(row) = row.filter(|row| row["error"].is_string()) else { return "ok".to_owned() };
    let reason = row["reason"].as_str().unwrap_or_default();
    match reason.split_once(": ") {
        Some((code, _)) if row["error"] == "forbidden" => code.to_owned(),
        _ => row["error"].as_str().unwrap().to_owned(),
    }
}
