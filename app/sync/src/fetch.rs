//! The browser's way of asking a hub: `fetch`, in a page or a worker, on the app's own origin.

use crate::clock::read_date;
use crate::hub::{Hub, Method, Request, Response, Unreachable};
use futures::future::{Either, select};
use gloo_net::http::RequestBuilder;
use gloo_timers::future::TimeoutFuture;
use std::pin::pin;
use web_sys::{AbortController, RequestCache, RequestCredentials, RequestRedirect};

/// A hub behind the app's own origin.
#[derive(Clone, Debug)]
pub struct FetchHub {
    base: String,
}

impl Default for FetchHub {
    fn default() -> Self {
        Self { base: "/hub".to_owned() }
    }
}

impl FetchHub {
    /// A hub at another path of the origin.
    pub fn at(base: impl Into<String>) -> Self {
        Self { base: base.into() }
    }
}

/// Aborts the request when the future that waits for it is dropped.
struct Abort(AbortController);

impl Drop for Abort {
    fn drop(&mut self) {
        // After the answer this does nothing.
        self.0.abort();
    }
}

impl Hub for FetchHub {
    async fn send(&self, request: Request) -> Result<Response, Unreachable> {
        let abort = Abort(AbortController::new().map_err(|error| Unreachable(format!("{error:?}")))?);
        let timeout = TimeoutFuture::new(request.timeout);
        let answer = pin!(exchange(&self.base, request, &abort.0));
        match select(answer, timeout).await {
            Either::Left((answer, _)) => answer.map_err(|error| Unreachable(error.to_string())),
            Either::Right(_) => Err(Unreachable("no answer in time".to_owned())),
        }
    }
}

async fn exchange(base: &str, request: Request, abort: &AbortController) -> Result<Response, gloo_net::Error> {
    let method = match request.method {
        Method::Get => gloo_net::http::Method::GET,
        Method::Post => gloo_net::http::Method::POST,
        Method::Put => gloo_net::http::Method::PUT,
    };
    let builder = RequestBuilder::new(&format!("{base}{}", request.path))
        .method(method)
        .credentials(RequestCredentials::SameOrigin)
        .cache(RequestCache::NoStore)
        // A hub does not redirect; the sign-in page of a public network does.
        .redirect(RequestRedirect::Error)
        .header("Accept", "application/json")
        .abort_signal(Some(&abort.signal()));
    let request = match request.body {
        Some(body) => builder.header("Content-Type", "application/json").body(body)?,
        None => builder.build()?,
    };
    let response = request.send().await?;
    let (status, date) = (response.status(), response.headers().get("date").and_then(|date| read_date(&date)));
    Ok(Response { status, body: response.text().await?, date })
}
