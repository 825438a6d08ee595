//! What the hub refused, why, and what can be done: correct it, send it again, or let it be.

use crate::command::dismiss::{dismiss, send_again};
use crate::locale::{common, records as words};
use crate::part::beside::kind_words;
use crate::part::fate::{Fates, Stand, refusal_words};
use crate::part::icon::Icon;
use crate::part::sheet::Sheet;
use crate::part::toast;
use crate::state::use_app;
use crate::words::{Words, t};
use civmesh_domain::body::Body;
use civmesh_domain::event::Event;
use civmesh_store::record::OutboxKey;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::components::A;
use std::sync::Arc;

/// A refusal of the record or of something beside it.
#[derive(Clone, PartialEq)]
struct Refused {
    key: OutboxKey,
    what: Words,
    code: String,
    reason: String,
}

/// All refusals of a record.
#[component]
pub fn Refusals(event: Arc<Event>, fates: Memo<Fates>) -> impl IntoView {
    let refused = {
        let event = event.clone();
        Memo::new(move |_| fates.with(|fates| all(&event, fates)))
    };
    move || {
        let event = event.clone();
        refused.get().into_iter().map(move |refused| view! { <One refused event=event.clone() /> }).collect_view()
    }
}

fn all(event: &Event, fates: &Fates) -> Vec<Refused> {
    let parts = event.core.parts.iter().zip(0u8..).map(|(part, index)| (Some(index), kind_words(part.kind)));
    let things = std::iter::once((None, words::THE_RECORD)).chain(parts);
    let refused = things.filter_map(|(part, what)| {
        let key = OutboxKey { event: event.id, part };
        match fates.of(key) {
            Stand::Refused { code, reason } => Some(Refused { key, what, code, reason }),
            _ => None,
        }
    });
    refused.collect()
}

/// Where a record of this kind is corrected, if it can be.
fn correction(event: &Event) -> Option<String> {
    let page = match &event.core.body {
        Body::Report(_) => "report",
        Body::NodeStatus(_) => "status",
        Body::CheckIn(_) => "check-in",
        Body::PlaceChecked(checked) => {
            return Some(format!("/upkeep?node={}&item={}&correct={}", event.core.node, checked.item.name(), event.id));
        }
        _ => return None,
    };
    Some(format!("/{page}?correct={}", event.id))
}

#[component]
fn One(refused: Refused, event: Arc<Event>) -> impl IntoView {
    let app = use_app();
    let (busy, asking) = (RwSignal::new(false), RwSignal::new(false));
    let (why, what_to_do) = refusal_words(&refused.code);
    let (key, malformed) = (refused.key, refused.code == "malformed");
    let again = move |_| {
        busy.set(true);
        spawn_local(async move {
            let done = send_again(app, key).await;
            toast::show(app, done.map_or_else(|failed| failed.words(), |()| words::SENT_AGAIN));
            // The notice may be gone by now.
            let _gone = busy.try_set(false);
        });
    };
    let correct = key.part.is_none().then(|| correction(&event)).flatten();
    let run = match &event.core.body {
        Body::StepMarked(marked) => Some(format!("/run/{}?step={}", marked.run, marked.step)),
        _ => None,
    };
    view! {
        <section class="notice caution" role="alert">
            <Icon name="alert" />
            <div class="grow">
                <p><b>{t(refused.what)}{" — "}{t(why)}</b></p>
                <p>{t(what_to_do)}</p>
                <p class="note">{t(words::HUB_SAID)}": "<span class="code">{refused.reason}</span></p>
                <div class="buttons">
                    {correct.map(|href| view! { <A href=href attr:class="button primary"><Icon name="edit" />{t(words::DO_CORRECT)}</A> })}
                    {run.map(|href| view! { <A href=href attr:class="button">{t(words::OPEN_RUN)}</A> })}
                    {(!malformed).then(|| view! {
                        <button class="button" disabled=move || busy.get() on:click=again><Icon name="send" />{t(words::DO_AGAIN)}</button>
                    })}
                    <button class="button danger" on:click=move |_| asking.set(true)>{t(words::DO_DISMISS)}</button>
                </div>
            </div>
        </section>
        <Ask key open=asking />
    }
}

/// Asked once more, because there is no way back from here.
#[component]
fn Ask(key: OutboxKey, open: RwSignal<bool>) -> impl IntoView {
    let app = use_app();
    let (sure, busy) = (RwSignal::new(false), RwSignal::new(false));
    let go = move |_| {
        busy.set(true);
        spawn_local(async move {
            let done = dismiss(app, key).await;
            toast::show(app, done.map_or_else(|failed| failed.words(), |()| words::DISMISSED));
            // The sheet goes with the refusal.
            let _gone = (open.try_set(false), busy.try_set(false));
        });
    };
    view! {
        <Sheet open title=words::DISMISS_TITLE id="dismiss-title">
            <p>{t(words::DISMISS_NOTE)}</p>
            <label class="check">
                <input type="checkbox" prop:checked=move || sure.get() on:change=move |event| sure.set(event_target_checked(&event)) />
                <span class="grow">{t(words::DISMISS_SURE)}</span>
            </label>
            <div class="buttons">
                <button class="button danger primary lead" disabled=move || !sure.get() || busy.get() on:click=go>{t(words::DO_DISMISS)}</button>
                <button class="button" on:click=move |_| open.set(false)>{t(common::CANCEL)}</button>
            </div>
        </Sheet>
    }
}
