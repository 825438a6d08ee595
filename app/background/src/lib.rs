//! What the service worker runs while the app is closed: rounds of `civmesh_sync`, on the store that the app left, under the same lock.
//!
//! It decides nothing about syncing. What a round does, when to try again and what is left to do all stand in the sync crate; here is what
//! the app's page has in its signals and a worker has to read: the seat, and how far each node has agreed.
//!
//! # Layout
//! - this file: what the worker calls, see `service-worker/background.js`.
//! - `phone`: what the phone holds, for a round.

mod phone;

use civmesh_domain::unit::Millis;
use civmesh_store::Result;
use civmesh_store::idb::{IdbStore, NAME};
use civmesh_sync::alone::{self, CHANNEL, now, random};
use civmesh_sync::engine::RoundReport;
use civmesh_sync::schedule::Schedule;
use gloo_timers::future::TimeoutFuture;
use wasm_bindgen::prelude::*;
use web_sys::BroadcastChannel;

/// For how long the last chance is used, in milliseconds: browsers let a worker go on for some minutes.
const PATIENCE: u64 = 2 * Millis::MINUTE;

/// Sends what waits, and reads what is new on the way. On the browser's `last_chance` it goes on trying for a while.
///
/// # Errors
/// Something is left that another try could do: the browser is to call again.
#[wasm_bindgen]
pub async fn send(last_chance: bool) -> std::result::Result<(), JsError> {
    if !IdbStore::is_there(NAME).await {
        return Ok(());
    }
    let store = IdbStore::open(NAME).await?;
    let is_left = drain(&store, last_chance).await.leaves_work();
    store.close();
    if is_left { Err(JsError::new("not all is at the hub yet")) } else { Ok(()) }
}

/// Reads what is new: for the seat, or where there is none, what is public.
///
/// # Errors
/// The store can't be opened or read.
#[wasm_bindgen]
pub async fn look() -> std::result::Result<(), JsError> {
    if !IdbStore::is_there(NAME).await {
        return Ok(());
    }
    let store = IdbStore::open(NAME).await?;
    let looked = read_news(&store).await;
    store.close();
    Ok(looked?)
}

async fn read_news(store: &IdbStore) -> Result<()> {
    for region in phone::regions(store).await? {
        // What does not come now comes next time.
        tell(&alone::run(phone::look(store.clone(), region)).await);
    }
    Ok(())
}

async fn drain(store: &IdbStore, last_chance: bool) -> RoundReport {
    let (began, mut schedule) = (now(), Schedule::default());
    loop {
        let report = alone::run(phone::send(store.clone())).await;
        tell(&report);
        let next = schedule.end(&report, true, false, now(), random()).at;
        if !last_chance || !report.leaves_work() || began.age(next) > PATIENCE {
            return report;
        }
        TimeoutFuture::new(now().age(next) as u32).await;
    }
}

/// Lets pages that are open read anew what changed.
fn tell(report: &RoundReport) {
    let changed = report.pushed + report.refused + report.retry + report.expired + report.pulled;
    if changed > 0
        && let Ok(channel) = BroadcastChannel::new(CHANNEL)
    {
        // Pages that do not hear it read anew when they come to the front.
        let _unheard = channel.post_message(&"changed".into());
        channel.close();
    }
}
