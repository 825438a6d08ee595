//! What may have to be said beside the list: emptiness, and how the app stays usable without a network.

use super::ask::Ask;
use crate::device::install;
use crate::locale::{common, find};
use crate::part::icon::Icon;
use crate::state::{Trouble, use_app};
use crate::words::{Words, t};
use leptos::prelude::*;
use leptos_router::components::A;

/// There is no region: being read, or not to be had.
#[component]
pub fn NoRegion() -> impl IntoView {
    let app = use_app();
    let words = move || match app.trouble.get() {
        Some(Trouble::NoRegion) => Some(common::BOOT_NO_REGION),
        Some(Trouble::RegionDamaged) => Some(common::BOOT_REGION_DAMAGED),
        _ => None,
    };
    let again = |_| {
        // Where the page can't start anew by itself, the person will.
        let _stays = window().location().reload();
    };
    move || match words() {
        None => view! { <p class="note" role="status">{t(find::READING)}</p> }.into_any(),
        Some(words) => view! {
            <div class="empty" role="alert">
                <Icon name="alert" />
                <p>{t(words)}</p>
                <div class="buttons">
                    <A href="/region" attr:class="button primary"><Icon name="load" />{t(find::LOAD_REGION)}</A>
                    <button class="button" type="button" on:click=again>{t(common::TRY_AGAIN)}</button>
                </div>
            </div>
        }
        .into_any(),
    }
}

/// The list has nothing in it, or nothing that can be the answer.
#[component]
pub fn NoAnswer(ask: Memo<Ask>, empty: bool, #[prop(into)] change: Callback<Ask>) -> impl IntoView {
    let app = use_app();
    let no_nodes = app.region.with_untracked(|region| region.as_ref().is_some_and(|region| region.nodes().is_empty()));
    let (title, note): (Words, Words) = match (no_nodes, empty) {
        (true, _) => (find::EMPTY_REGION, find::EMPTY_REGION_NOTE),
        (false, true) => (find::NOTHING, find::NOTHING_NOTE),
        (false, false) => (find::NO_ANSWER, find::NO_ANSWER_NOTE),
    };
    let filtered = ask.with_untracked(|ask| ask.filters() > 0);
    let clear = filtered.then(|| {
        let press = move |_| change.run(ask.get_untracked().without_filters());
        view! { <button class="button" type="button" on:click=press>{t(find::CLEAR)}</button> }
    });
    let load = no_nodes.then(|| view! { <A href="/region" attr:class="button primary">{t(find::LOAD_REGION)}</A> });
    view! {
        <div class="empty">
            <Icon name="search" />
            <h2>{t(title)}</h2>
            <p class="note">{t(note)}</p>
            <div class="buttons">{clear}{load}</div>
        </div>
    }
}

/// How the app stays usable without a network: a word once it is ready, and on iOS how to keep it.
#[component]
pub fn Offline() -> impl IntoView {
    let app = use_app();
    let hint = RwSignal::new(install::should_install());
    let ready = move || app.update.with(|update| update.is_ready_offline());
    let hide = move |_| {
        install::hide_hint();
        hint.set(false);
    };
    view! {
        {move || hint.get().then(|| view! {
            <div class="notice">
                <Icon name="phone" />
                <div class="grow">{t(find::INSTALL_IOS)}</div>
                <button class="button quiet" type="button" on:click=hide>{t(find::HIDE_HINT)}</button>
            </div>
        })}
        <p class="note" role="status">{move || ready().then(|| view! { <Icon name="check" />" "{t(find::READY_OFFLINE)} })}</p>
    }
}
