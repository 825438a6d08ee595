//! How a database is opened: made, migrated, and read-only where a newer version wrote it. One that is not whole is not opened: it has to
//! be mended first, by code that hardly anybody ever needs, see `salvage.rs`.

use super::fault::judge_opening;
use super::migration::{STORES, VERSION, migrate};
use super::salvage;
use crate::health::Monitor;
use crate::{Result, StoreError};
use gloo_timers::future::TimeoutFuture;
use indexed_db_futures::database::Database;
use std::cell::Cell;
use std::rc::Rc;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// How long to wait before a database that does not open is tried again, in milliseconds.
const PAUSES: [u32; 3] = [100, 300, 900];

/// A database that was opened.
pub(super) struct Opened {
    pub(super) database: Database,
    /// A newer version wrote it: it is not ours to write.
    pub(super) newer: bool,
    /// It was not there.
    pub(super) made: bool,
}

/// Opens the database of this name. Waiting for another tab is noted.
///
/// # Errors
/// [`StoreError::Damaged`] where an object store is missing, or a rescue was interrupted.
pub(super) async fn open(name: &str, monitor: &Rc<Monitor>) -> Result<Opened> {
    // Asked for before the database is opened, so that it costs no time of its own.
    let (names, left_behind) = (names(), salvage::aside(name));
    let opened = patiently(name, monitor).await;
    let is_left_behind = has(names, &left_behind).await;
    let opened = opened?;
    if opened.newer {
        return Ok(opened);
    }
    if is_left_behind || !is_whole(&opened.database) {
        opened.database.close();
        return Err(StoreError::Damaged(name.to_owned()));
    }
    Ok(opened)
}

/// A browser that was killed lets go of its files only after a while, and until then can't open its databases: that passes.
async fn patiently(name: &str, monitor: &Rc<Monitor>) -> Result<Opened> {
    for pause in PAUSES {
        match plain(name, monitor).await {
            Err(StoreError::Unreachable(_)) => TimeoutFuture::new(pause).await,
            outcome => return outcome,
        }
    }
    plain(name, monitor).await
}

/// Opens it as it is.
pub(super) async fn plain(name: &str, monitor: &Rc<Monitor>) -> Result<Opened> {
    let (made, waiting) = (Rc::new(Cell::new(false)), monitor.clone());
    let seen = made.clone();
    let upgrade = Database::open(name)
        .with_version(VERSION)
        .with_on_blocked(move |_| {
            waiting.change(|health| health.blocked = true);
            Ok(())
        })
        .with_on_upgrade_needed(move |event, database| {
            seen.set(event.old_version() == 0.0);
            migrate(&event, &database)
        });
    let outcome = upgrade.await.map_err(judge_opening);
    monitor.change(|health| health.blocked = false);
    match outcome {
        Ok(database) => Ok(Opened { database, newer: false, made: made.get() }),
        Err(StoreError::Newer) => {
            let database = Database::open(name).await.map_err(judge_opening)?;
            Ok(Opened { database, newer: true, made: false })
        }
        Err(error) => Err(error),
    }
}

/// Removes the database of this name. Other tabs let go of it by themselves.
pub(super) async fn delete(name: &str) -> Result<()> {
    Ok(Database::delete_by_name(name).map_err(judge_opening)?.await?)
}

/// Whether nothing is missing.
pub(super) fn is_whole(database: &Database) -> bool {
    let there: Vec<String> = database.object_store_names().collect();
    STORES.iter().all(|store| there.iter().any(|name| name == store))
}

/// Asks for the names of all databases; browsers that don't say are old ones. The answer has its listener from the start: a browser that
/// gives none while nobody listens calls that an error of the page.
pub(super) fn names() -> Option<JsFuture> {
    let factory = js_sys::Reflect::get(&js_sys::global(), &"indexedDB".into()).ok()?;
    let list: js_sys::Function = js_sys::Reflect::get(&factory, &"databases".into()).ok()?.dyn_into().ok()?;
    let answer: js_sys::Promise = list.call0(&factory).ok()?.dyn_into().ok()?;
    Some(answer.into())
}

/// Whether there is a database of this name. A browser that can't list them says that there is.
pub(super) async fn is_there(name: &str) -> bool {
    match names() {
        Some(listed) => has(Some(listed), name).await,
        None => true,
    }
}

pub(super) async fn has(names: Option<JsFuture>, name: &str) -> bool {
    let Some(names) = names else { return false };
    let Ok(listed) = names.await else { return false };
    let is_it =
        |entry: JsValue| js_sys::Reflect::get(&entry, &"name".into()).ok().and_then(|found| found.as_string()).as_deref() == Some(name);
    js_sys::Array::from(&listed).iter().any(is_it)
}
