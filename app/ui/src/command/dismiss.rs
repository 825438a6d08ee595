//! Dealing with a record that the hub refused. What travels beside a record shares its fate: nobody's photo goes out without the record.

use super::Failed;
use crate::device::time;
use crate::state::{AppState, sync, view};
use civmesh_domain::id::EventId;
use civmesh_domain::unit::Millis;
use civmesh_store::idb::IdbStore;
use civmesh_store::outbox::is_refused;
use civmesh_store::record::{OutboxKey, Outcome};
use civmesh_store::{Store, StoreError};

/// The code of a part that is not sent because its record was refused.
const RECORD_REFUSED: &str = "event";

/// Takes a refused record out of the outbox, and what travels beside it; the record itself stays on this phone.
pub async fn dismiss(app: AppState, key: OutboxKey) -> Result<(), Failed> {
    let store = app.store().ok_or(Failed::NotReady)?;
    for key in with_parts(&store, vec![key]).await? {
        store.dismiss(key).await?;
    }
    let _later = view::read(app).await;
    sync::tell_other_tabs(app);
    Ok(())
}

/// Sends a refused record once more, because what was in the way has been changed at the hub.
pub async fn send_again(app: AppState, key: OutboxKey) -> Result<(), Failed> {
    let store = app.store().ok_or(Failed::NotReady)?;
    let keys = match key.part {
        Some(_) => vec![key],
        None => refused(&store, key.event).await?,
    };
    store.settle(keys.into_iter().map(|key| (key, Outcome::Retry { next_try: Millis(0) })).collect()).await?;
    let _later = view::read(app).await;
    sync::nudge(app);
    Ok(())
}

async fn refused(store: &IdbStore, event: EventId) -> Result<Vec<OutboxKey>, StoreError> {
    let rows = store.outbox().await?;
    Ok(rows.into_iter().filter(|row| row.key.event == event && is_refused(row)).map(|row| row.key).collect())
}

/// `keys`, and for each record among them that is refused also its parts, which are refused with it from now on.
pub async fn with_parts(store: &IdbStore, keys: Vec<OutboxKey>) -> Result<Vec<OutboxKey>, StoreError> {
    let rows = store.outbox().await?;
    let goes = |key: &OutboxKey| key.part.is_none() && keys.contains(key) && rows.iter().any(|row| row.key == *key && is_refused(row));
    let beside = |row: &&civmesh_store::record::OutboxRow| row.key.part.is_some() && goes(&OutboxKey { part: None, ..row.key });
    let parts: Vec<_> = rows.iter().filter(beside).cloned().collect();
    let reason = "the record was not taken";
    let outcome = || Outcome::Refused { code: RECORD_REFUSED.to_owned(), reason: reason.to_owned(), at: time::now() };
    let waiting = parts.iter().filter(|row| !is_refused(row)).map(|row| (row.key, outcome())).collect();
    store.settle(waiting).await?;
    let beside = parts.into_iter().map(|row| row.key);
    Ok(keys.iter().copied().chain(beside.filter(|key| !keys.contains(key))).collect())
}
