//! Dealing with a record that the hub refused.

use super::Failed;
use crate::state::{AppState, sync, view};
use civmesh_domain::id::EventId;
use civmesh_domain::unit::Millis;
use civmesh_store::outbox::is_refused;
use civmesh_store::phone::PhoneStore;
use civmesh_store::record::{OutboxKey, Outcome};
use civmesh_store::{Store, StoreError};

/// Takes a refused record out of the outbox, and what travels beside it; the record itself stays on this phone.
pub async fn dismiss(app: AppState, key: OutboxKey) -> Result<(), Failed> {
    let store = app.store().ok_or(Failed::NotReady)?;
    store.dismiss(key).await?;
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

async fn refused(store: &PhoneStore, event: EventId) -> Result<Vec<OutboxKey>, StoreError> {
    let rows = store.outbox().await?;
    Ok(rows.into_iter().filter(|row| row.key.event == event && is_refused(row)).map(|row| row.key).collect())
}
