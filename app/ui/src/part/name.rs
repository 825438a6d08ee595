//! The name behind an event, for who may read it: it is a part, and stands in the node's own database only.

use crate::device::time;
use crate::locale::check_in;
use crate::state::{AppState, use_app};
use crate::words::t;
use civmesh_domain::id::EventId;
use civmesh_domain::part::{Content, PartKind, kept_until};
use civmesh_domain::unit::Millis;
use civmesh_store::Store;
use leptos::prelude::*;

/// What stands where there is no name.
#[derive(Clone, Copy)]
pub struct Fallback {
    /// The event is this phone's own.
    pub own: bool,
}

/// A name, or what stands in its place.
#[component]
pub fn Name(event: EventId, words: Fallback) -> impl IntoView {
    let app = use_app();
    let fallback = if words.own { check_in::THIS_PHONE } else { check_in::NAMELESS };
    let name = LocalResource::new(move || {
        // Parts come by later pulls: read again with every change.
        app.judged.track();
        text_of(app, event, PartKind::Person)
    });
    move || match name.get().flatten() {
        Some(name) => view! { {name} }.into_any(),
        None => view! { {t(fallback)} }.into_any(),
    }
}

/// The text in the event's part of this kind, if it is here, readable, and what the event said.
pub async fn text_of(app: AppState, event: EventId, kind: PartKind) -> Option<String> {
    String::from_utf8(content_of(app, event, kind).await?.bytes).ok()
}

/// The content of the event's part of this kind.
pub async fn content_of(app: AppState, event: EventId, kind: PartKind) -> Option<Content> {
    match look(app, event, kind).await {
        Looked::Opened(content) => Some(content),
        _ => None,
    }
}

/// What is found where a part should be.
#[derive(Clone, PartialEq)]
pub enum Looked {
    /// It is here, readable, and what the event said.
    Opened(Content),
    /// It is here and sealed to keys that this phone does not have.
    Sealed,
    /// It was kept until then.
    Expired(Millis),
    /// It is not here.
    NotHere,
}

/// Looks for the event's part of this kind.
pub async fn look(app: AppState, event: EventId, kind: PartKind) -> Looked {
    let found = async {
        let store = app.store()?;
        let row = store.event(event).await.ok()??;
        let parts = store.parts(event).await.ok()?;
        Some((row, parts))
    };
    let Some((row, parts)) = found.await else { return Looked::NotHere };
    let keys = app.keys.get_value();
    let of_kind = parts.iter().filter(|part| part.kind == kind);
    let said = of_kind.filter_map(|part| Some((part, row.event.core.parts.get(usize::from(part.index))?))).collect::<Vec<_>>();
    if let Some(content) = said.iter().find_map(|(part, said)| part.open(said, &keys.ring)) {
        return Looked::Opened(content);
    }
    let until = kept_until(kind, row.event.core.clock, row.received);
    match said.iter().any(|(part, said)| part.may_be(said)) {
        true => Looked::Sealed,
        false if until < time::now() => Looked::Expired(until),
        false => Looked::NotHere,
    }
}
