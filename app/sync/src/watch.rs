//! Waiting at the hub until something changes. Dropping the future ends the wait, and with it the requests.

use crate::error::Result;
use crate::feed::encode;
use crate::hub::{Hub, Request};
use civmesh_domain::routing::{Database, Realm};
use civmesh_store::Store;
use futures::future::{FutureExt, LocalBoxFuture, select_all};

/// How long the hub is asked to wait, in milliseconds: less than proxies let an idle answer take.
const WAIT: u32 = 50_000;
/// And how long the phone waits for that: some hubs do not keep to it.
const WAIT_HERE: u32 = 58_000;
/// A browser opens six connections to a host at most, and commands want some.
const MOST: usize = 3;

/// What came of waiting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum News {
    /// Something changed, or the hub wants to be asked properly: begin a round.
    Some,
    /// Nothing changed.
    None,
    /// No answer: begin a round when the schedule says so.
    Unreachable,
}

/// Waits until one of these databases changes, for a minute at most. Only the first few are watched, those of nodes and operations before
/// the public one; the others are pulled along in the round that follows.
///
/// # Errors
/// What the store says.
pub async fn watch<S: Store, H: Hub>(store: &S, hub: &H, databases: &[Database]) -> Result<News> {
    let mut order: Vec<&Database> = databases.iter().collect();
    order.sort_by_key(|database| match database.realm() {
        Realm::Ops => 0,
        Realm::Node => 1,
        Realm::Public => 2,
        Realm::Relay => 3,
    });
    let mut waits: Vec<LocalBoxFuture<'_, News>> = Vec::new();
    for database in order.into_iter().take(MOST) {
        let name = database.to_string();
        let Some(since) = store.checkpoint(&name).await? else { return Ok(News::Some) };
        waits.push(wait(hub, format!("/{name}/_changes?feed=longpoll&limit=1&timeout={WAIT}&since={}", encode(&since))).boxed_local());
    }
    let mut came = News::None;
    while !waits.is_empty() {
        let (news, _, others) = select_all(waits).await;
        if news == News::Some {
            return Ok(news);
        }
        if news == News::Unreachable {
            came = news;
        }
        waits = others;
    }
    Ok(came)
}

async fn wait<H: Hub>(hub: &H, path: String) -> News {
    let Ok(response) = hub.send(Request::get(path).within(WAIT_HERE)).await else { return News::Unreachable };
    match (response.status, response.json()) {
        (200, Some(json)) => match json["results"].as_array() {
            Some(results) if results.is_empty() => News::None,
            Some(_) => News::Some,
            None => News::Unreachable,
        },
        // The session has ended, or the sequence is no longer one: a round sees to it.
        (400 | 401, _) => News::Some,
        _ => News::Unreachable,
    }
}
