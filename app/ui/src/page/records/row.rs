//! One record of the list: what, where, when, and its fate; what travels beside it has a fate of its own.

use crate::locale::records as words;
use crate::part::badge::Proof;
use crate::part::beside;
use crate::part::fate::{FatePill, Fates, Stand, stand_words};
use crate::part::record::{node_and_age, summary, title};
use crate::state::{AppState, use_app};
use crate::words::t;
use civmesh_domain::event::Event;
use civmesh_domain::id::EventId;
use civmesh_domain::part::PartKind;
use civmesh_domain::personnel::trust::Verdict;
use civmesh_store::record::OutboxKey;
use leptos::prelude::*;
use leptos_router::components::A;
use std::sync::Arc;

/// The row.
#[component]
pub fn Row(event: Arc<Event>, fates: Memo<Fates>) -> impl IntoView {
    let app = use_app();
    let (id, author) = (event.id, event.core.author);
    let stand = Memo::new(move |_| fates.with(|fates| fates.of(OutboxKey { event: id, part: None })));
    let (titled, said, placed) = (event.clone(), event.clone(), event.clone());
    let why = move || stand_words(&stand.get(), app.language.get(), app.now.get());
    let parts = event.core.parts.clone();
    let parts = parts.into_iter().zip(0u8..).map(move |(part, index)| {
        view! { <PartLine event=id kind=part.kind index fates whole=stand /> }
    });
    view! {
        <li>
            <A href=format!("/records/{id}") attr:class="row top record">
                <span class="grow">
                    <span class="head">
                        <strong class="name grow">{move || title(app, &titled.core.body)}</strong>
                        {move || view! { <FatePill stand=stand.get() /> }}
                    </span>
                    {move || summary(app, &said.core.body).map(|summary| view! { <span>{summary}<br /></span> })}
                    <span class="note">{move || node_and_age(app, &placed.core)}</span>
                    {move || doubted(app, id).map(|verdict| view! { <span class="line"><Proof verdict /></span> })}
                    {move || (app.me.get() != Some(author)).then(|| view! {
                        <span class="note line">{words::by_phone(app.language.get(), &author.check_word().to_string())}</span>
                    })}
                    {move || why().map(|why| view! {
                        <span class=if matches!(stand.get(), Stand::Refused { .. }) { "why line" } else { "note line" }>{why}</span>
                    })}
                    {parts.collect_view()}
                </span>
            </A>
        </li>
    }
}

/// What is thought of it, unless somebody vouches for it or nothing is known of it yet.
fn doubted(app: AppState, id: EventId) -> Option<Verdict> {
    let verdict = app.judged.with(|judged| {
        let at = judged.binary_search_by_key(&id, |judged| judged.event.id).ok()?;
        Some(judged[at].verdict)
    });
    verdict.filter(|verdict| *verdict != Verdict::Verified)
}

/// A name, words or a photo, where its fate differs from the record's.
#[component]
fn PartLine(event: EventId, kind: PartKind, index: u8, fates: Memo<Fates>, whole: Memo<Stand>) -> impl IntoView {
    let app = use_app();
    let stand = Memo::new(move |_| fates.with(|fates| fates.of(OutboxKey { event, part: Some(index) })));
    let note = move || {
        let language = app.language.get();
        match (whole.get(), stand.get()) {
            (Stand::AtHub(_), Stand::Waiting(why)) => {
                let part = beside::kind_words(kind).get(language).to_lowercase();
                let gap = if language == civmesh_domain::text::Language::Zh { "。" } else { ". " };
                Some(format!("{}{gap}{}", words::part_waits(language, &part), why.words(language, app.now.get())))
            }
            (_, Stand::Refused { .. }) => stand_words(&stand.get(), language, app.now.get()),
            _ => None,
        }
    };
    view! {
        <span class="part">
            <span class="grow">
                {t(beside::kind_words(kind))}
                {move || note().map(|note| view! { <span class="note line">{note}</span> })}
            </span>
            {move || view! { <FatePill stand=stand.get() /> }}
        </span>
    }
}
