//! Where the record and what travels beside it stand, each for itself.

use crate::locale::records as words;
use crate::part::beside::kind_words;
use crate::part::fate::{FatePill, Fates, stand_words};
use crate::state::use_app;
use crate::words::{Words, t};
use civmesh_domain::event::Event;
use civmesh_store::record::OutboxKey;
use leptos::prelude::*;
use std::sync::Arc;

/// The list.
#[component]
pub fn Delivery(event: Arc<Event>, fates: Memo<Fates>) -> impl IntoView {
    let id = event.id;
    let whole = (None, words::THE_RECORD);
    let parts = event.core.parts.iter().zip(0u8..).map(|(part, index)| (Some(index), kind_words(part.kind)));
    let things: Vec<(Option<u8>, Words)> = std::iter::once(whole).chain(parts).collect();
    view! {
        <section class="section">
            <h2>{t(words::DELIVERY)}</h2>
            <ul class="rows">
                {things.into_iter().map(|(part, name)| view! {
                    <Thing key=OutboxKey { event: id, part } name fates />
                }).collect_view()}
            </ul>
        </section>
    }
}

#[component]
fn Thing(key: OutboxKey, name: Words, fates: Memo<Fates>) -> impl IntoView {
    let app = use_app();
    let stand = Memo::new(move |_| fates.with(|fates| fates.of(key)));
    view! {
        <li class="row top">
            <span class="grow">
                <strong>{t(name)}</strong>
                {move || stand_words(&stand.get(), app.language.get(), app.now.get()).map(|why| view! { <br /><span class="note">{why}</span> })}
            </span>
            {move || view! { <FatePill stand=stand.get() /> }}
        </li>
    }
}
