//! The name behind an event, for who may read it: it is a part, and stands in the node's own database only.

use crate::locale::check_in;
use crate::state::{AppState, use_app};
use crate::words::t;
use civmesh_domain::id::EventId;
use civmesh_domain::keyring::Keyring;
use civmesh_domain::part::{Content, PartKind};
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
    let bytes = bytes_of(app, event, kind).await?;
    String::from_utf8(bytes).ok()
}

/// The bytes in the event's part of this kind.
pub async fn bytes_of(app: AppState, event: EventId, kind: PartKind) -> Option<Vec<u8>> {
    content_of(app, event, kind).await.map(|content| content.bytes)
}

/// The content of the event's part of this kind.
pub async fn content_of(app: AppState, event: EventId, kind: PartKind) -> Option<Content> {
    let store = app.store()?;
    let row = store.event(event).await.ok()??;
    let parts = store.parts(event).await.ok()?;
    parts.iter().find_map(|part| {
        let said = row.event.core.parts.get(usize::from(part.index))?;
        (part.kind == kind).then(|| part.open(said, &Keyring::default())).flatten()
    })
}
