//! The app's files: what they are called on disk, how long they may be kept, and the page for every address of the app.

use crate::origin::policy::{APP, guard};
use axum::body::Body;
use axum::http::{HeaderMap, HeaderValue, Response, StatusCode, header};
use percent_encoding::percent_decode_str;
use std::path::{Path, PathBuf};

/// The folder that the build made, and the pack that the hub offers beside it.
#[derive(Clone, Debug)]
pub struct Assets {
    folder: PathBuf,
    pack: Option<PathBuf>,
}

/// Where the pack that the hub serves can be had.
pub const OFFERED_PACK: &str = "/offered.civmesh";

const PAGE: &str = "index.html";

impl Assets {
    /// The files in `folder`, which must hold a page.
    pub fn new(folder: &Path, pack: Option<&Path>) -> Option<Self> {
        let is_app = folder.join(PAGE).is_file();
        is_app.then(|| Self { folder: folder.to_owned(), pack: pack.map(Path::to_owned) })
    }

    /// Answers a request for a file.
    pub async fn answer(&self, path: &str, asked: &HeaderMap) -> Response<Body> {
        let Some(file) = self.find(path) else { return plain(StatusCode::NOT_FOUND, "There is nothing at this address.\n") };
        let Ok(bytes) = tokio::fs::read(&file).await else {
            return plain(StatusCode::NOT_FOUND, "There is nothing at this address.\n");
        };
        let name = file.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        let tag = format!("W/\"{}\"", &blake3::hash(&bytes).to_hex()[..20]);
        let is_known = asked.get(header::IF_NONE_MATCH).is_some_and(|known| known.as_bytes() == tag.as_bytes());
        let mut answer = if is_known {
            let mut answer = Response::new(Body::empty());
            *answer.status_mut() = StatusCode::NOT_MODIFIED;
            answer
        } else {
            self.body(&file, bytes, asked).await
        };
        let headers = answer.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type(name)));
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(caching(path)));
        if let Ok(tag) = HeaderValue::from_str(&tag) {
            headers.insert(header::ETAG, tag);
        }
        guard(headers, APP);
        answer
    }

    /// The file's bytes, or the compressed copy that the build put beside it.
    async fn body(&self, file: &Path, bytes: Vec<u8>, asked: &HeaderMap) -> Response<Body> {
        let accepts = asked.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or_default();
        if accepts.split(',').any(|coding| coding.trim() == "br") {
            let mut beside = file.as_os_str().to_owned();
            beside.push(".br");
            if let Ok(compressed) = tokio::fs::read(&beside).await {
                let mut answer = Response::new(Body::from(compressed));
                answer.headers_mut().insert(header::CONTENT_ENCODING, HeaderValue::from_static("br"));
                answer.headers_mut().insert(header::VARY, HeaderValue::from_static("accept-encoding"));
                return answer;
            }
        }
        Response::new(Body::from(bytes))
    }

    /// The file for a path: itself, or the page for an address of the app, which has no ending.
    fn find(&self, path: &str) -> Option<PathBuf> {
        if path == OFFERED_PACK {
            return self.pack.clone();
        }
        let decoded = percent_decode_str(path).decode_utf8().ok()?;
        let mut file = self.folder.clone();
        for segment in decoded.split('/').filter(|segment| !segment.is_empty()) {
            if segment.starts_with('.') || segment.contains(['\\', ':', '\0']) {
                return None;
            }
            file.push(segment);
        }
        if file.is_file() {
            return Some(file);
        }
        let last = decoded.rsplit('/').next().unwrap_or_default();
        (!last.contains('.')).then(|| self.folder.join(PAGE))
    }
}

/// An answer of a line of text.
pub fn plain(status: StatusCode, text: &'static str) -> Response<Body> {
    let mut answer = Response::new(Body::from(text));
    *answer.status_mut() = status;
    answer.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"));
    guard(answer.headers_mut(), APP);
    answer
}

/// A file whose name holds its hash never changes; everything else is asked for again, and answered in a few bytes if it is the same.
fn caching(path: &str) -> &'static str {
    if path.split('/').any(has_hash) { "public, max-age=31536000, immutable" } else { "no-cache" }
}

/// Trunk writes the hash behind a hyphen, in 12 or more hexadecimal digits.
fn has_hash(name: &str) -> bool {
    name.split('-').skip(1).any(|end| {
        let digits = end.bytes().take_while(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(byte)).count();
        digits >= 12 && !end.as_bytes().get(digits).is_some_and(u8::is_ascii_alphanumeric)
    })
}

fn content_type(name: &str) -> &'static str {
    match name.rsplit_once('.').map_or("", |(_, ending)| ending) {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "wasm" => "application/wasm",
        "json" | "map" => "application/json",
        "webmanifest" => "application/manifest+json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "webp" => "image/webp",
        "ico" => "image/x-icon",
        "txt" => "text/plain; charset=utf-8",
        "woff2" => "font/woff2",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_with_a_hash_are_kept_for_good() {
        for path in ["/civmesh-ui-1a2b3c4d5e6f7a8b_bg.wasm", "/civmesh-ui-1a2b3c4d5e6f7a8b.js", "/snippets/x-1a2b3c4d5e6f7a8b/inline0.js"] {
            assert!(caching(path).contains("immutable"), "{path}");
        }
        for path in
            ["/", "/index.html", "/sw.js", "/manifest.webmanifest", "/region.civmesh", "/node/s001", "/civmesh-ui.js", "/face-defaced.png"]
        {
            assert_eq!(caching(path), "no-cache", "{path}");
        }
    }
}
