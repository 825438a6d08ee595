//! Opening the app: the nearest nodes first, all the rest after.

use super::region::Region;
use super::turns::Turns;
use super::{AppState, Link, Trouble, clock, keeping, preference, sync, update};
use crate::device::{install, performance, time};
use crate::rest;
use civmesh_pack::{Manifest, Pack};
use civmesh_store::Store;
use civmesh_store::phone::PhoneStore;
use civmesh_store::record::PackNote;
use gloo_net::http::Request;
use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::sync::Arc;

/// The region that comes with the app, so that a fresh install opens offline.
const SHIPPED: &str = "/region.civmesh";
/// How long until the rest of the app is fetched once more, in milliseconds.
const FETCH_AGAIN: u32 = 5_000;
/// How often the time on the screen is renewed, in milliseconds.
const TICK: u32 = 15_000;

/// Opens the app in the background.
pub fn start(app: AppState) {
    install::listen();
    spawn_local(async move {
        // While the store waits for another tab, places are found by the region that comes with the app.
        keeping::open(app, move || spawn_local(show_shipped(app))).await;
        open_region(app).await;
        update::follow(app);
        start_rest(app).await;
    });
    spawn_local(async move {
        loop {
            TimeoutFuture::new(TICK).await;
            app.now.set(clock::now(app));
        }
    });
}

/// Records and syncing come with the rest of the app, which may still have to be fetched.
async fn start_rest(app: AppState) {
    loop {
        match rest::start(app).await {
            Ok(started) => return started.await,
            Err(_) => app.link.set(if sync::is_online() { Link::HubAway } else { Link::Offline { since: time::now() } }),
        }
        TimeoutFuture::new(FETCH_AGAIN).await;
    }
}

async fn show_shipped(app: AppState) {
    if let Some(bytes) = fetch(SHIPPED).await
        && let Ok(pack) = Pack::read_pausing(&bytes, &Turns::begin()).await
        && app.store().is_none()
    {
        show(app, pack).await;
    }
}

async fn open_region(app: AppState) {
    match kept_pack(app).await {
        Some(Ok(pack)) => show(app, pack).await,
        Some(Err(())) => {
            if !take_shipped(app).await {
                app.trouble.set(Some(Trouble::RegionDamaged));
            }
        }
        None => {
            if !take_shipped(app).await {
                app.trouble.set(Some(Trouble::NoRegion));
            }
        }
    }
}

/// The pack of the region that was shown last, or of any that is here.
async fn kept_pack(app: AppState) -> Option<Result<Pack, ()>> {
    let store = app.store()?;
    let wanted = match preference::region() {
        Some(region) => region,
        None => store.packs().await.ok()?.first()?.region,
    };
    let bytes = store.pack(wanted).await.ok()??;
    // It was checked whole when it came; what the first screen needs is checked each time.
    Some(Pack::read_first(&bytes, &Turns::begin()).await.map_err(|_| ()))
}

async fn take_shipped(app: AppState) -> bool {
    let Some(bytes) = fetch(SHIPPED).await else { return false };
    take(app, bytes).await.is_ok()
}

/// Takes what comes with the app where that is a later version of the region that is shown: the app was renewed before all of the earlier
/// version was here.
pub(super) async fn renew(app: AppState, shown: &Manifest) {
    if let Some(bytes) = fetch(SHIPPED).await
        && Manifest::peek(&bytes).is_ok_and(|shipped| shipped.region == shown.region && shipped.version > shown.version)
    {
        // Where it can't be taken, the earlier one stays as far as it is here.
        let _stays = take(app, bytes).await;
    }
}

async fn fetch(path: &str) -> Option<Vec<u8>> {
    let answer = Request::get(path).send().await.ok()?;
    // A page in place of a pack is what servers send for an address that they do not know.
    answer.ok().then_some(())?;
    answer.binary().await.ok()
}

/// Why a pack was not taken in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotTaken {
    /// The file itself is at fault.
    Pack(civmesh_pack::PackError),
    /// There is not enough room on the phone.
    NoRoom,
    /// It could not be kept.
    NotKept,
}

/// Takes in a pack and shows its region: [`super::packs::take`] follows up. Whatever goes wrong, the region that is shown stays.
pub(super) async fn take(app: AppState, bytes: Vec<u8>) -> Result<(), NotTaken> {
    let pack = Pack::read_pausing(&bytes, &Turns::begin()).await.map_err(NotTaken::Pack)?;
    if let Some(store) = app.store() {
        accept(&store, &pack.manifest).await?;
        keep(&store, &pack, bytes).await?;
    }
    preference::keep_region(pack.manifest.region);
    show(app, pack).await;
    app.trouble.update(|trouble| {
        if matches!(trouble, Some(Trouble::NoRegion | Trouble::RegionDamaged)) {
            *trouble = None;
        }
    });
    Ok(())
}

/// A pack for a region that is known here must come from its authority or the successor that one named.
pub(super) async fn accept(store: &PhoneStore, manifest: &Manifest) -> Result<(), NotTaken> {
    let known = store.pack(manifest.region).await.ok().flatten();
    match known.as_deref().map(Manifest::peek) {
        Some(Ok(known)) => manifest.accepts(&known).map_err(NotTaken::Pack),
        _ => Ok(()),
    }
}

async fn keep(store: &PhoneStore, pack: &Pack, bytes: Vec<u8>) -> Result<(), NotTaken> {
    let manifest = &pack.manifest;
    let note = PackNote {
        region: manifest.region,
        name: manifest.name.clone(),
        authority: manifest.authority,
        version: manifest.version,
        bytes: bytes.len() as u32,
        received: time::now(),
    };
    store.put_pack(note, bytes).await.map_err(|error| if error.is_storage_full() { NotTaken::NoRoom } else { NotTaken::NotKept })
}

pub(super) async fn show(app: AppState, pack: Pack) {
    let region = Region::of(pack, &Turns::begin()).await;
    performance::mark("civmesh:index-built");
    app.region.set(Some(Arc::new(region)));
}
