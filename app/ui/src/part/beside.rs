//! What travels beside a record, opened where it is readable: names, words, photos.

use super::icon::Icon;
use super::name::{Looked, look};
use crate::device::picture::Picture;
use crate::device::time;
use crate::locale::records;
use crate::page::people::is_coordinator;
use crate::state::{sync, use_app};
use crate::words::{Words, t};
use civmesh_domain::id::EventId;
use civmesh_domain::part::PartKind;
use leptos::prelude::*;

/// What a kind of part is called.
pub fn kind_words(kind: PartKind) -> Words {
    match kind {
        PartKind::Person => records::PART_PERSON,
        PartKind::Text => records::PART_TEXT,
        PartKind::Photo => records::PART_PHOTO,
    }
}

/// The part of this kind of an event. What is not here says so.
#[component]
pub fn Beside(event: EventId, kind: PartKind) -> impl IntoView {
    let app = use_app();
    let looked = LocalResource::new(move || {
        // Parts come by later pulls: read again with every change.
        app.judged.track();
        look(app, event, kind)
    });
    let looked = Memo::new(move |_| looked.get().unwrap_or(Looked::NotHere));
    move || match (kind, looked.get()) {
        (_, Looked::NotHere) => view! { <span class="note">{t(records::PART_NOT_HERE)}</span><LookInto event /> }.into_any(),
        (_, Looked::Sealed) => view! { <span class="note">{t(records::PART_SEALED)}</span> }.into_any(),
        (_, Looked::Expired(until)) => view! {
            <span class="note">{move || records::part_expired(app.language.get(), &time::day_and_time(until, app.now.get()))}</span>
        }
        .into_any(),
        (PartKind::Photo, Looked::Opened(content)) => view! { <Photo bytes=content.bytes /> }.into_any(),
        (_, Looked::Opened(content)) => view! { <q class="words">{String::from_utf8_lossy(&content.bytes).into_owned()}</q> }.into_any(),
    }
}

/// Coordinators keep no copy of a node's database; they can ask for it.
#[component]
fn LookInto(event: EventId) -> impl IntoView {
    let app = use_app();
    let node = app
        .judged
        .with_untracked(|judged| judged.iter().find(|judged| judged.event.id == event).map(|judged| judged.event.core.node.clone()));
    let node = StoredValue::new(node);
    let asked = move || node.with_value(|node| node.as_ref().is_some_and(|node| app.looked_into.with(|asked| asked.contains(node))));
    let ask = move |_| {
        app.looked_into.update(|asked| asked.extend(node.get_value()));
        sync::nudge(app);
    };
    move || match (is_coordinator(app) && node.with_value(Option::is_some), asked()) {
        (false, _) => None,
        (true, true) => Some(view! { <p class="note" role="status">{t(records::LOOKING_INTO)}</p> }.into_any()),
        (true, false) => Some(
            view! {
                <p><button class="button" type="button" on:click=ask><Icon name="load" />{t(records::LOOK_INTO)}</button></p>
                <p class="note">{t(records::LOOK_INTO_NOTE)}</p>
            }
            .into_any(),
        ),
    }
}

#[component]
fn Photo(bytes: Vec<u8>) -> impl IntoView {
    // The address lives as long as the picture is shown.
    match Picture::new(&bytes) {
        None => view! { <span class="note">{t(records::PART_NOT_HERE)}</span> }.into_any(),
        Some(picture) => {
            let address = picture.address().to_owned();
            on_cleanup(move || picture.forget());
            view! { <img class="photo" src=address alt=t(records::PART_PHOTO) /> }.into_any()
        }
    }
}
