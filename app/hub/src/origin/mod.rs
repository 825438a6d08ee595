//! App and hub as one origin on loopback.
//!
//! # Layout
//! - [`policy`]: the headers that guard the app.
//! - [`asset`]: the app's files.
//! - [`batch`]: what a batch of documents may hold.
//! - [`proxy`]: the way through the gate to the hub.

pub mod asset;
pub mod batch;
pub mod policy;
pub mod proxy;

use crate::error::{HubError, Result};
use asset::Assets;
use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{Method, Response, StatusCode};
use proxy::{Gateway, PREFIX};
use std::net::{Ipv4Addr, SocketAddr};
use tokio::net::TcpListener;
use tower_http::compression::CompressionLayer;

/// What the origin serves.
#[derive(Clone, Debug)]
pub struct Origin {
    /// The app.
    pub assets: Assets,
    /// The hub.
    pub gateway: Gateway,
}

/// Takes a port on loopback; 0 for any.
pub async fn listen(port: u16) -> Result<(TcpListener, SocketAddr)> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await.map_err(|source| HubError::Port { port, source })?;
    let address = listener.local_addr().map_err(|source| HubError::Port { port, source })?;
    Ok((listener, address))
}

/// Serves until the future is dropped.
pub async fn serve(listener: TcpListener, origin: Origin) -> std::io::Result<()> {
    let router = Router::new().fallback(answer).with_state(origin).layer(CompressionLayer::new());
    axum::serve(listener, router).await
}

async fn answer(State(origin): State<Origin>, request: Request) -> Response<Body> {
    let path = request.uri().path().to_owned();
    if let Some(rest) = path.strip_prefix(PREFIX).filter(|rest| rest.is_empty() || rest.starts_with('/')) {
        return origin.gateway.answer(rest, request).await;
    }
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return asset::plain(StatusCode::METHOD_NOT_ALLOWED, "Files can only be read.\n");
    }
    origin.assets.answer(&path, request.headers()).await
}
