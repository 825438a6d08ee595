//! Whether what is written on this phone is kept: opening its store, missing what the browser removed, asking it to remove nothing.

use super::AppState;
use crate::device::{storage, time};
use crate::rest;
use civmesh_domain::event::Event;
use civmesh_domain::personnel::trust::Verdict;
use civmesh_domain::unit::Millis;
use civmesh_store::Store;
use civmesh_store::health::{Fleeting, Health};
use civmesh_store::idb::NAME;
use civmesh_store::phone::PhoneStore;
use civmesh_store::record::{EventRow, OutboxRow, Page, Rescue, Source};
use gloo_storage::{LocalStorage, Storage};
use leptos::ev;
use leptos::prelude::*;
use leptos::task::spawn_local;
use serde::{Deserialize, Serialize};

const HELD: &str = "civmesh.held";
const LOSS: &str = "civmesh.loss";
const SEEN: &str = "civmesh.rescue-seen";
const ASKED: &str = "civmesh.asked-to-keep";

/// What the store held when it was last looked at: so that it is missed when it is gone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Held {
    /// What was not at the hub.
    unsent: usize,
    /// Whether there was a seat.
    seat: bool,
}

/// What was lost, as it is told until a person has read it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Loss {
    /// The browser removed the database.
    Removed {
        /// What was not at the hub when it was last looked at.
        unsent: usize,
        /// How many of these were written anew from what the screens still held; what travelled beside them is gone.
        saved: usize,
        /// Whether there was a seat.
        seat: bool,
    },
    /// Something was missing in the database, and the rest was rescued.
    Rescued(Rescue),
}

/// Opens the store. How it fares is shown from the first moment on: opening may have to wait for another tab.
pub async fn open(app: AppState, waits: impl Fn() + Copy + 'static) {
    let mut store = try_open(app, waits).await;
    // A damaged database is mended by code that comes with the rest of the app; until then it is left as it is.
    if store.health().fleeting == Some(Fleeting::Damaged) && rest::mend().await {
        store = try_open(app, waits).await;
    }
    if store.health().fleeting.is_some() {
        ask_before_leaving(app);
    }
    app.set_store(store);
}

async fn try_open(app: AppState, waits: impl Fn() + 'static) -> PhoneStore {
    let listen = move |health: Health| {
        let began_to_wait = health.blocked && !app.health.get_untracked().blocked;
        app.health.set(health);
        if began_to_wait {
            waits();
        }
    };
    PhoneStore::open(NAME, listen).await
}

/// Looks what was lost and not told yet: before, or now.
pub async fn look_for_losses(app: AppState, store: &PhoneStore) {
    app.loss.set(LocalStorage::get(LOSS).ok());
    if store.health().made
        && let Ok(held) = LocalStorage::get::<Held>(HELD)
    {
        lose(app, Loss::Removed { unsent: held.unsent, saved: 0, seat: held.seat });
    }
    if let Ok(Some(rescue)) = store.rescue().await
        && LocalStorage::get::<Millis>(SEEN).ok() != Some(rescue.at)
    {
        lose(app, Loss::Rescued(rescue));
    }
}

/// Notes what there is now, and asks the browser to keep it once there is something worth keeping.
pub fn note(app: AppState) {
    if app.health.get_untracked().fleeting.is_some() {
        return;
    }
    let (unsent, seat) = (app.outbox.with_untracked(|rows| rows.len()), app.seat.with_untracked(Option::is_some));
    let ever_sent = app.receipts.with_untracked(|receipts| !receipts.is_empty());
    remember((unsent > 0 || seat || ever_sent).then_some(Held { unsent, seat }));
    if unsent > 0 || seat {
        spawn_local(ask_to_keep());
    }
}

/// Asks the browser, once and without a person's doing, to keep what is here: when there is something to be kept.
async fn ask_to_keep() {
    if LocalStorage::get::<bool>(ASKED).unwrap_or_default() || storage::is_persistent().await != Some(false) {
        return;
    }
    // Where localStorage is closed to the app it is asked again with the next page.
    let _best_effort = LocalStorage::set(ASKED, true);
    // The answer is shown among what the app says of this phone.
    let _answer = storage::persist().await;
}

/// Nothing is missed any more: what is gone was erased.
pub fn forget() {
    [HELD, LOSS, SEEN, ASKED].into_iter().for_each(LocalStorage::delete);
}

/// A person has read what was lost.
pub fn dismiss(app: AppState) {
    if let Some(Loss::Rescued(rescue)) = app.loss.get_untracked() {
        let _best_effort = LocalStorage::set(SEEN, rescue.at);
    }
    LocalStorage::delete(LOSS);
    app.loss.set(None);
}

fn lose(app: AppState, loss: Loss) {
    // It has to outlive the page: what is lost is lost also for somebody who reloads before reading.
    let _best_effort = LocalStorage::set(LOSS, &loss);
    app.loss.set(Some(loss));
}

/// What is worth missing is noted outside of the database, and nothing else: who gives a phone back leaves no trace here either.
fn remember(held: Option<Held>) {
    let known = LocalStorage::get::<Held>(HELD).ok();
    match held {
        None => LocalStorage::delete(HELD),
        Some(held) if known != Some(held) => {
            let _best_effort = LocalStorage::set(HELD, held);
        }
        Some(_) => {}
    }
}

/// The database went while the app was open: all records that the screens still hold are written anew, and what was not sent waits again.
/// Only what travels beside a record was never held.
pub async fn write_anew(app: AppState, store: &PhoneStore) {
    let held = LocalStorage::get::<Held>(HELD).unwrap_or_default();
    let unsent: Vec<OutboxRow> = app.outbox.with_untracked(|rows| rows.iter().filter(|row| row.key.part.is_none()).cloned().collect());
    let own = |event: &Event| Some(event.core.author) == app.me.get_untracked();
    let (at, saved) = (time::now(), unsent.len());
    let events = app.judged.with_untracked(|judged| {
        let whole = judged.iter().filter(|judged| judged.verdict != Verdict::Broken);
        let source = |event: &Event| if own(event) { Source::Here } else { Source::Hub };
        whole.map(|judged| EventRow { source: source(&judged.event), event: judged.event.clone(), intact: true, received: at }).collect()
    });
    let is_written = store.merge(Page { at, events, ..Page::default() }).await.is_ok() && store.enqueue(unsent).await.is_ok();
    lose(app, Loss::Removed { unsent: held.unsent, saved: if is_written { saved } else { 0 }, seat: held.seat });
}

/// Where nothing is kept, the browser asks before the page goes with something unsent on it.
fn ask_before_leaving(app: AppState) {
    let _page_long = window_event_listener(ev::beforeunload, move |event| {
        if app.outbox.with_untracked(|rows| !rows.is_empty()) {
            event.prevent_default();
        }
    });
}
