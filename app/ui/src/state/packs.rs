//! Other regions than the first: taken in from a file or from the hub, and switched to.

use super::boot::{self, NotTaken, show};
use super::later::halves;
use super::turns::Turns;
use super::{AppState, preference, sync, view};
use crate::device::storage;
use bytes::Bytes;
use civmesh_domain::id::RegionId;
use civmesh_pack::pack::first_half;
use civmesh_pack::{Later, Manifest, Pack, PackError};
use civmesh_store::{Store, StoreError};
use gloo_net::http::Request;
use leptos::prelude::*;

/// The region that the hub offers; there may be none.
const OFFERED: &str = "/offered.civmesh";

/// Takes in a pack and shows its region. Whatever goes wrong, the region that is shown stays. What is opened later is kept apart, so that
/// opening the app does not read it.
pub async fn take(app: AppState, mut bytes: Vec<u8>) -> Result<(), NotTaken> {
    let half = first_half(&bytes).map_err(NotTaken::Pack)?.min(bytes.len());
    let rest = Bytes::from(bytes.split_off(half));
    // The whole of it, before anything is kept.
    let manifest = check(&bytes, &rest).await.map_err(NotTaken::Pack)?;
    match app.store() {
        Some(store) if !rest.is_empty() => {
            let halves = halves();
            let _both = halves.lock().await;
            boot::accept(&store, &manifest).await?;
            let before = store.rest(manifest.region).await.ok().flatten();
            let full = |error: StoreError| if error.is_storage_full() { NotTaken::NoRoom } else { NotTaken::NotKept };
            store.put_rest(manifest.region, rest).await.map_err(full)?;
            if let Err(error) = boot::take(app, bytes).await {
                if let Some(before) = before {
                    // What belongs to the region that stays; it is fetched again where this fails too.
                    let _kept = store.put_rest(manifest.region, before).await;
                }
                return Err(error);
            }
        }
        // Nothing is kept here: what is opened later is shown from memory, or there is none.
        _ => {
            bytes.extend_from_slice(&rest);
            boot::take(app, bytes).await?;
        }
    }
    look_around(app);
    Ok(())
}

/// Reads both halves of a file, and what is needed of them in any case.
async fn check(first: &[u8], rest: &Bytes) -> Result<Manifest, PackError> {
    let turns = Turns::begin();
    let pack = Pack::read_pausing(first, &turns).await?;
    let later = if rest.is_empty() { pack.later } else { Later::read_pausing(&pack.manifest, rest, &turns).await? };
    later.sops_pausing(&turns).await?;
    Ok(pack.manifest)
}

/// Shows another region that is here.
pub async fn switch(app: AppState, region: RegionId) -> bool {
    let Some(store) = app.store() else { return false };
    let Ok(Some(bytes)) = store.pack(region).await else { return false };
    let Ok(pack) = Pack::read_pausing(&bytes, &Turns::begin()).await else { return false };
    preference::keep_region(region);
    show(app, pack).await;
    look_around(app);
    true
}

/// Another region: other records, other databases at the hub.
fn look_around(app: AppState) {
    view::refresh(app);
    sync::nudge(app);
}

/// Fetches a pack unless there is no room for it: its size is known before its bytes come.
async fn fetch_if_room(path: &str) -> Option<Vec<u8>> {
    let answer = Request::get(path).send().await.ok().filter(|answer| answer.ok())?;
    let size = answer.headers().get("content-length").and_then(|size| size.parse::<f64>().ok());
    let free = storage::room().await.map(|room| room.quota - room.used);
    if matches!((size, free), (Some(size), Some(free)) if free < size) {
        return None;
    }
    answer.binary().await.ok()
}

/// The hub may offer a pack of its own, or a newer one: taken in where it is new, and shown where nothing else was chosen.
pub async fn take_offered(app: AppState) {
    let Some(bytes) = fetch_if_room(OFFERED).await else { return };
    let Ok(offered) = Manifest::peek(&bytes) else { return };
    let shown = app.region.get_untracked();
    let is_newer = match &shown {
        Some(shown) if shown.manifest.region == offered.region => offered.version > shown.manifest.version,
        _ => true,
    };
    let has_it = match app.store() {
        Some(store) => store.pack(offered.region).await.is_ok_and(|pack| pack.is_some()),
        None => false,
    };
    let is_first_choice = app.seat.get_untracked().is_none();
    if is_newer && is_first_choice && (!has_it || shown.is_some_and(|shown| shown.manifest.region == offered.region)) {
        // An offer that can't be taken changes nothing.
        let _unchanged = take(app, bytes).await;
    }
}
