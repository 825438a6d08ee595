//! Correcting a record: the screen's address names it (`?correct=…`), and the form starts from what it said.

use super::icon::Icon;
use crate::state::{AppState, use_app};
use crate::words::{Words, t};
use civmesh_domain::body::Body;
use civmesh_domain::id::{EventId, NodeId};
use civmesh_store::record::OutboxKey;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

/// A record that is corrected.
#[derive(Clone, PartialEq)]
pub struct Corrected<T> {
    /// Its event.
    pub id: EventId,
    /// The node it is about.
    pub node: NodeId,
    /// What it said.
    pub entry: T,
}

/// What the address asks to correct, and what of it is here.
pub struct Correction<T: Send + Sync + 'static> {
    /// The record that is named, if any.
    pub wanted: Memo<Option<EventId>>,
    /// The record, if it is here and of the kind that this screen corrects.
    pub found: Memo<Option<Corrected<T>>>,
    /// One is named, and it is not here.
    pub missing: Signal<bool>,
}

/// Reads the address; `read` picks the kind that this screen corrects.
pub fn use_correction<T: Clone + PartialEq + Send + Sync>(read: fn(&Body) -> Option<T>) -> Correction<T> {
    let app = use_app();
    let query = use_query_map();
    let wanted = Memo::new(move |_| query.with(|query| query.get("correct")).and_then(|id| id.parse().ok()));
    let found = Memo::new(move |_| {
        let id: EventId = wanted.get()?;
        app.judged.with(|judged| {
            let core = &judged.iter().find(|judged| judged.event.id == id)?.event.core;
            read(&core.body).map(|entry| Corrected { id, node: core.node.clone(), entry })
        })
    });
    let missing = Signal::derive(move || app.loaded.get() && wanted.get().is_some() && found.with(Option::is_none));
    Correction { wanted, found, missing }
}

/// Says so where the record that is named is not here.
#[component]
pub fn CorrectionMissing(missing: Signal<bool>, words: Words) -> impl IntoView {
    view! {
        <div role="alert">
            {move || missing.get().then(|| view! {
                <div class="notice caution"><Icon name="alert" /><div class="grow">{t(words)}</div></div>
            })}
        </div>
    }
}

/// The rows of an event that are still in the outbox: what its correction takes the place of.
pub fn rows_of(app: AppState, event: EventId) -> Vec<OutboxKey> {
    app.outbox.with_untracked(|rows| rows.iter().map(|row| row.key).filter(|key| key.event == event).collect())
}
