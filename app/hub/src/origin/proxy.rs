//! The way through the gate to the hub: requests are judged, cleaned and passed on, answers stream back.

use crate::couch::http;
use crate::gate::{Caller, LARGEST_BODY, Passage, Verdict, Write, judge};
use crate::origin::batch;
use crate::provision::SESSION_SECONDS;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, Request, Response, StatusCode, header};
use reqwest::{Client, RequestBuilder, Url};
use serde_json::json;
use std::time::Duration;

/// Where the hub's part of the origin begins.
pub const PREFIX: &str = "/hub";
const COOKIE: &str = "AuthSession";
/// How long the hub may take to begin an answer, unless it is asked to wait.
const PATIENCE: Duration = Duration::from_secs(60);
/// What of a request is passed on: no method overrides, no other cookies, nothing that names a user.
const PASSED_ON: &[HeaderName] =
    &[header::ACCEPT, header::AUTHORIZATION, header::CONTENT_TYPE, header::CONTENT_ENCODING, header::IF_NONE_MATCH, header::IF_MATCH];
/// What of an answer is passed back.
const PASSED_BACK: &[HeaderName] = &[header::CONTENT_TYPE, header::DATE, header::ETAG, header::RETRY_AFTER];

/// The hub behind the gate.
#[derive(Clone, Debug)]
pub struct Gateway {
    base: Url,
    http: Client,
}

impl Gateway {
    /// The way to the hub at this address.
    pub fn to(base: Url) -> reqwest::Result<Self> {
        Ok(Self { base, http: http().redirect(reqwest::redirect::Policy::none()).build()? })
    }

    /// Answers a request whose path, without [`PREFIX`], is `path`.
    pub async fn answer(&self, path: &str, request: Request<Body>) -> Response<Body> {
        let mut answer = self.pass(path, request).await;
        let headers = answer.headers_mut();
        if !headers.contains_key(header::CACHE_CONTROL) {
            headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        }
        crate::origin::policy::guard(headers, crate::origin::policy::HUB);
        answer
    }

    async fn pass(&self, path: &str, request: Request<Body>) -> Response<Body> {
        let (asked, body) = request.into_parts();
        let session = session_cookie(&asked.headers);
        let is_signed_in = session.is_some() || asked.headers.contains_key(header::AUTHORIZATION);
        let caller = if is_signed_in { Caller::SignedIn } else { Caller::Anonymous };
        let is_read = matches!(asked.method, Method::GET | Method::HEAD);
        if !is_read && asked.headers.get("sec-fetch-site").is_some_and(|site| site == "cross-site") {
            return refusal(StatusCode::FORBIDDEN, "forbidden", "Another site may not write here.");
        }
        let passage = match judge(asked.method.as_str(), path, asked.uri.query(), caller) {
            Verdict::Pass(passage) => passage,
            Verdict::SignInFirst => return refusal(StatusCode::UNAUTHORIZED, "unauthorized", "Sign in first."),
            Verdict::Never => return refusal(StatusCode::FORBIDDEN, "forbidden", "The gate does not let this pass."),
        };
        if let Some(path) = &passage.seat
            && let Some(answer) = self.refuse_strangers(path, &asked.headers).await
        {
            return answer;
        }
        let Ok(body) = to_bytes(body, LARGEST_BODY).await else {
            return refusal(StatusCode::PAYLOAD_TOO_LARGE, "too_large", "the request entity is too large");
        };
        if passage.writes == Some(Write::Batch)
            && let Err(reason) = batch::check(&body)
        {
            return refusal(StatusCode::BAD_REQUEST, "bad_request", reason);
        }
        let query = asked.uri.query().filter(|_| passage.writes.is_none());
        let onward = self.onward(asked.method.clone(), &passage.path, query, PASSED_ON, &asked.headers).body(body);
        // When the caller goes, this future or the body that it returned is dropped, and the hub's connection with it.
        let answer = if passage.is_long_poll { onward.send().await.ok() } else { within_patience(onward).await };
        match answer {
            Some(answer) => back(answer, &passage, caller),
            None => refusal(StatusCode::BAD_GATEWAY, "bad_gateway", "The hub does not answer."),
        }
    }
}

impl Gateway {
    fn onward(&self, method: Method, path: &str, query: Option<&str>, passed_on: &[HeaderName], asked: &HeaderMap) -> RequestBuilder {
        let mut url = self.base.clone();
        url.set_path(path);
        url.set_query(query);
        let mut onward = self.http.request(method, url);
        for name in passed_on {
            if let Some(value) = asked.get(name) {
                onward = onward.header(name, value);
            }
        }
        if let Some(session) = session_cookie(asked) {
            onward = onward.header(header::COOKIE, format!("{COOKIE}={session}"));
        }
        onward
    }

    /// Asks the hub for what only staff can read, as the caller; a refusal for whoever can't.
    async fn refuse_strangers(&self, path: &str, asked: &HeaderMap) -> Option<Response<Body>> {
        let onward = self.onward(Method::GET, path, None, &[header::AUTHORIZATION], asked);
        match within_patience(onward).await.map(|answer| answer.status()) {
            Some(status) if status.is_success() => None,
            Some(StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN) => {
                Some(refusal(StatusCode::UNAUTHORIZED, "unauthorized", "Sign in first."))
            }
            _ => Some(refusal(StatusCode::BAD_GATEWAY, "bad_gateway", "The hub does not answer.")),
        }
    }
}

async fn within_patience(request: RequestBuilder) -> Option<reqwest::Response> {
    tokio::time::timeout(PATIENCE, request.send()).await.ok()?.ok()
}

fn back(answer: reqwest::Response, passage: &Passage, caller: Caller) -> Response<Body> {
    let mut back = Response::new(Body::empty());
    *back.status_mut() = answer.status();
    let headers = back.headers_mut();
    for name in PASSED_BACK {
        if let Some(value) = answer.headers().get(name) {
            headers.insert(name, value.clone());
        }
    }
    for cookie in answer.headers().get_all(header::SET_COOKIE) {
        if let Some(cookie) = cookie.to_str().ok().and_then(confined_cookie) {
            headers.append(header::SET_COOKIE, cookie);
        }
    }
    if passage.is_public_read && !passage.is_long_poll && caller == Caller::Anonymous && answer.status().is_success() {
        // For a proxy in a crowd, not for the phone, which wants to know what is new.
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=0, s-maxage=2"));
        headers.insert(header::VARY, HeaderValue::from_static("cookie, authorization"));
    }
    *back.body_mut() = Body::from_stream(answer.bytes_stream());
    back
}

/// The value of the session's cookie, if there is one.
fn session_cookie(headers: &HeaderMap) -> Option<&str> {
    let cookies = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut pairs = cookies.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(name, value)| *name == COOKIE && !value.is_empty()).map(|(_, value)| value)
}

/// The hub's session cookie with the gate's terms: out of reach of scripts, for this origin's hub only, for 14 days.
fn confined_cookie(cookie: &str) -> Option<HeaderValue> {
    let (name, value) = cookie.split(';').next()?.trim().split_once('=')?;
    let seconds = if value.is_empty() { 0 } else { SESSION_SECONDS };
    let confined = format!("{COOKIE}={value}; Path={PREFIX}; Max-Age={seconds}; HttpOnly; SameSite=Strict");
    if name == COOKIE { HeaderValue::from_str(&confined).ok() } else { None }
}

/// A refusal in CouchDB's form.
fn refusal(status: StatusCode, error: &str, reason: &str) -> Response<Body> {
    let mut answer = Response::new(Body::from(json!({ "error": error, "reason": reason }).to_string()));
    *answer.status_mut() = status;
    answer.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    answer
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cookies_are_confined() {
        let seen = |cookie| confined_cookie(cookie).map(|value| value.to_str().unwrap().to_owned());
        let couch = "AuthSession=c2VhdC0; Version=1; Expires=Mon, 23-Nov-2026 01:45:35 GMT; Max-Age=600; Path=/; HttpOnly";
        assert_eq!(seen(couch).unwrap(), "AuthSession=c2VhdC0; Path=/hub; Max-Age=1209600; HttpOnly; SameSite=Strict");
        assert_eq!(seen("AuthSession=; Path=/").unwrap(), "AuthSession=; Path=/hub; Max-Age=0; HttpOnly; SameSite=Strict");
        assert_eq!(seen("other=1"), None);
    }

    #[test]
    fn an_empty_cookie_is_no_session() {
        let session = |line: &'static str| {
            let headers = HeaderMap::from_iter([(header::COOKIE, HeaderValue::from_static(line))]);
            session_cookie(&headers).map(str::to_owned)
        };
        assert_eq!(session("a=b; AuthSession=xyz").as_deref(), Some("xyz"));
        assert_eq!(session("AuthSession="), None);
        assert_eq!(session("XAuthSession=1"), None);
    }
}
