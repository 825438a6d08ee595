//! The records: everything that this phone wrote or carries, newest first, each with its fate.

mod carry;
mod row;
pub mod top;

use crate::locale::records as words;
use crate::part::fate::{Fates, use_fates};
use crate::part::icon::Icon;
use crate::state::{AppState, use_app};
use crate::words::t;
use carry::Carry;
use civmesh_domain::body::Body;
use civmesh_domain::event::Event;
use civmesh_domain::id::EventId;
use civmesh_store::Store;
use civmesh_store::record::{EventRow, Source};
use leptos::prelude::*;
use leptos::task::spawn_local;
use row::Row;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use top::Top;

/// How many are listed at once.
const AT_ONCE: usize = 60;

/// The screen.
#[component]
pub fn Records() -> impl IntoView {
    let fates = use_fates();
    let events = use_own_events(fates);
    let shown = RwSignal::new(AT_ONCE);
    let ids = Memo::new(move |_| {
        events.with(|events| events.as_ref().map(|events| events.keys().rev().take(shown.get()).copied().collect::<Vec<_>>()))
    });
    let there_are_more = move || events.with(|events| events.as_ref().is_some_and(|events| events.len() > shown.get()));
    let one = move |id: EventId| {
        let event = events.with_untracked(|events| events.as_ref()?.get(&id).cloned());
        event.map(|event| view! { <Row event fates /> })
    };
    view! {
        <div class="page-head">
            <h1>{t(words::TITLE)}</h1>
            <p class="note">{t(words::INTRO)}</p>
        </div>
        <div class="columns">
            <div>
                <Top fates />
                {move || ids.with(|ids| ids.as_ref().is_some_and(Vec::is_empty)).then(|| view! { <Empty /> })}
                <ul class="rows">
                    <For each=move || ids.get().unwrap_or_default() key=|id| *id children=one />
                </ul>
                <Show when=there_are_more>
                    <div class="buttons">
                        <button class="button" on:click=move |_| shown.update(|shown| *shown += AT_ONCE)>{t(words::MORE_ROWS)}</button>
                    </div>
                </Show>
            </div>
            <Carry />
        </div>
    }
}

#[component]
fn Empty() -> impl IntoView {
    view! {
        <div class="empty">
            <Icon name="checklist" />
            <h2>{t(words::EMPTY)}</h2>
            <p class="note">{t(words::EMPTY_NOTE)}</p>
        </div>
    }
}

type Events = Option<Arc<BTreeMap<EventId, Arc<Event>>>>;

/// What this phone wrote or carries; `None` before it is read. It stays while it is read anew.
fn use_own_events(fates: Memo<Fates>) -> RwSignal<Events> {
    let app = use_app();
    let events = RwSignal::new(None);
    Effect::new(move || {
        app.judged.track();
        app.region.track();
        fates.track();
        spawn_local(async move {
            if let Some(read) = read(app, fates).await {
                // The screen may be gone by now.
                let _gone = events.try_set(Some(Arc::new(read)));
            }
        });
    });
    events
}

async fn read(app: AppState, fates: Memo<Fates>) -> Option<BTreeMap<EventId, Arc<Event>>> {
    let (store, region) = (app.store()?, app.region.get_untracked()?);
    let fates = fates.try_get_untracked()?;
    let rows = store.events(region.manifest.region, None).await.ok()?;
    // A reading key is written by the app by itself: nobody looks for it among their records, unless it waits.
    let by_itself = |row: &EventRow| matches!(row.event.core.body, Body::ReadingKeyIssued(_));
    let is_own = |row: &EventRow| row.source == Source::Here || fates.knows(row.event.id);
    let own = rows.into_iter().filter(|row| is_own(row) && (!by_itself(row) || fates.waits(row.event.id)));
    let mut events: BTreeMap<EventId, Arc<Event>> = own.map(|row| (row.event.id, Arc::new(row.event))).collect();
    // What waits for another region is a record of this phone too.
    let waiting: BTreeSet<EventId> = store.outbox().await.ok()?.into_iter().map(|row| row.key.event).collect();
    for id in waiting {
        if !events.contains_key(&id)
            && let Ok(Some(row)) = store.event(id).await
        {
            events.insert(id, Arc::new(row.event));
        }
    }
    Some(events)
}
