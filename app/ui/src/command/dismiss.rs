//! Dealing with a record that the hub refused.

use super::Failed;
use crate::state::{AppState, sync, view};
use civmesh_store::Store;
use civmesh_store::record::{OutboxKey, Outcome};
use civmesh_domain::unit::Millis;

/// Takes a refused record out of the outbox; the record itself stays on this phone.
pub async fn dismiss(app: AppState, key: OutboxKey) -> Result<(), Failed> {
    app.store().ok_or(Failed::NotReady)?.dismiss(key).await?;
    let _later = view::read(app).await;
    sync::tell_other_tabs(app);
    Ok(())
}

/// Sends a refused record once more, because what was in the way has been changed at the hub.
pub async fn send_again(app: AppState, key: OutboxKey) -> Result<(), Failed> {
    app.store().ok_or(Failed::NotReady)?.settle(vec![(key, Outcome::Retry { next_try: Millis(0) })]).await?;
    let _later = view::read(app).await;
    sync::nudge(app);
    Ok(())
}
