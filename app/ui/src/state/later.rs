//! What is opened later: the half of the region's pack that no first screen waits for. It comes with the app or with the file that was
//! taken in, is kept beside the first half, and is held to that one's manifest whenever it is read.

use super::region::Region;
use super::turns::Turns;
use super::{AppState, boot};
use bytes::Bytes;
use civmesh_pack::{Later, Manifest};
use civmesh_store::Store;
use futures::lock::Mutex;
use gloo_net::http::Request;
use std::rc::Rc;
use std::sync::Arc;

/// The second half of the region that comes with the app.
const SHIPPED: &str = "/region-rest.civmesh";

/// What is opened later of a region; `None` where it is not here and can't be fetched. Read once for each region.
pub async fn later(app: AppState, region: &Arc<Region>) -> Option<Later> {
    if let Some(known) = region.later.get() {
        return Some(known.clone());
    }
    let read = read(app, region).await?;
    Some(region.later.get_or_init(|| read).clone())
}

async fn read(app: AppState, region: &Arc<Region>) -> Option<Later> {
    let id = region.manifest.region;
    if let Some(store) = app.store()
        && let Ok(Some(bytes)) = store.rest(id).await
        && let Ok(later) = Later::read_kept(&region.manifest, &bytes)
    {
        return Some(later);
    }
    let answer = Request::get(SHIPPED).send().await.ok().filter(|answer| answer.ok())?;
    let bytes = Bytes::from(answer.binary().await.ok()?);
    // Another region's, or another version's, is not the one that was signed.
    let Ok(later) = Later::read_pausing(&region.manifest, &bytes, &Turns::begin()).await else {
        boot::renew(app, &region.manifest).await;
        return None;
    };
    keep(app, region, bytes).await;
    Some(later)
}

/// Keeps it beside the first half, unless another version of the region was taken in meanwhile, whose own second half is there.
async fn keep(app: AppState, region: &Region, bytes: Bytes) {
    let Some(store) = app.store() else { return };
    let halves = halves();
    let _both = halves.lock().await;
    let id = region.manifest.region;
    let kept = store.pack(id).await.ok().flatten().and_then(|first| Manifest::peek(&first).ok());
    if kept.is_some_and(|kept| kept == region.manifest) {
        // Where there is no room it can still be shown.
        let _kept = store.put_rest(id, bytes).await;
    }
}

/// Held while the halves of a region are kept, so that they are of one version.
pub(super) fn halves() -> Rc<Mutex<()>> {
    thread_local! {
        static HALVES: Rc<Mutex<()>> = Rc::default();
    }
    HALVES.with(Rc::clone)
}
