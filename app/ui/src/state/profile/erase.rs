//! The PIN that erases. What is left is what a citizen's phone has: regions, and what everybody may read.

use super::{AppState, vigil};
use crate::device::{lock, session};
use crate::state::{keeping, preference};
use civmesh_domain::delivery::Delivery;
use civmesh_domain::id::EventId;
use civmesh_domain::routing::{Database, Realm, route};
use civmesh_domain::spatial::registry::document::Agreement;
use civmesh_store::phone::PhoneStore;
use civmesh_store::private::Private;
use civmesh_store::record::{EventRow, Source};
use civmesh_store::{Result, Store};
use leptos::prelude::*;
use std::collections::BTreeSet;

/// Erases, and lets the page start anew. `false` where the phone would not: then all is as it was.
///
/// It is noted before it begins and struck out by the page that starts anew: so a phone that is switched off in between goes on erasing, and
/// what somebody who was at work meanwhile wrote goes too.
pub(super) async fn erase(app: AppState) -> bool {
    let Some(store) = app.store() else { return false };
    preference::note_erasing();
    if forget(&store).await.is_err() {
        preference::strike_erasing();
        return false;
    }
    forget_beside();
    session::log_out();
    vigil::tell_erased(app);
    start_anew();
    true
}

/// Goes on with what was begun before the page started anew, once nobody else is at work.
///
/// # Errors
/// It is tried again when the app opens next.
pub async fn go_on(store: &PhoneStore) -> Result<()> {
    if !preference::is_erasing() {
        return Ok(());
    }
    let rest = store.clone();
    lock::with(lock::SYNC, async move { forget(&rest).await }).await.unwrap_or(Ok(()))?;
    forget_beside();
    preference::strike_erasing();
    Ok(())
}

/// The page as somebody opens it who never did before.
pub(super) fn start_anew() {
    // Where the page can't go there by itself, it still shows nothing but what is left.
    let _stays = window().location().replace("/");
}

/// What lies outside of the store and tells of places, or that there was anything to miss.
fn forget_beside() {
    preference::forget_places();
    keeping::forget();
}

async fn forget(store: &PhoneStore) -> Result<()> {
    let unsent: BTreeSet<EventId> = store.outbox().await?.into_iter().map(|row| row.key.event).collect();
    let (mut public, mut events) = (Vec::new(), Vec::new());
    for note in store.packs().await? {
        let database = Database::Public(note.region).to_string();
        let published = published(store, &database).await?;
        let everybodys = |row: &EventRow| {
            let is_public = row.event.core.body.kind().is_some_and(|kind| route(kind).realm == Realm::Public);
            published.contains(&row.event.id) || (is_public && !unsent.contains(&row.event.id))
        };
        let rows = store.events(note.region, None).await?.into_iter().filter(everybodys);
        events.extend(rows.map(|row| EventRow { source: Source::Hub, ..row }));
        public.push(database);
    }
    store.forget(public, events).await
}

/// The events that stand in heads and in what was agreed about the registry, which everybody reads.
async fn published(store: &PhoneStore, database: &str) -> Result<BTreeSet<EventId>> {
    let (heads, agreed) = (store.documents(database, "head:").await?, store.documents(database, "registry:").await?);
    let heads = heads.into_iter().filter_map(|document| Delivery::read(document.body).ok());
    let agreed = agreed.into_iter().filter_map(|document| Agreement::read(document.body).ok());
    let agreed = agreed.flat_map(|Agreement { settled, correction }| [settled, correction]);
    Ok(heads.chain(agreed).map(|event| event.id).collect())
}
