//! How well the app sits on this phone: opens offline, keeps its data, has room, is installed.

use crate::device::{closed, install, storage};
use crate::locale::{more, records};
use crate::page::records::top::bytes_words;
use crate::part::icon::Icon;
use crate::part::toast;
use crate::state::use_app;
use crate::words::t;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The facts, each with what can be done.
#[component]
pub fn Phone() -> impl IntoView {
    let app = use_app();
    let ready = move || app.update.with(|update| update.is_ready_offline());
    let asked = RwSignal::new(0u32);
    let kept = LocalResource::new(move || {
        asked.track();
        storage::is_persistent()
    });
    let ask = move |_| {
        spawn_local(async move {
            let promised = storage::persist().await == Some(true);
            toast::show(app, if promised { more::ASK_KEPT } else { more::ASK_REFUSED });
            // The screen may be gone by now.
            let _gone = asked.try_update(|asked| *asked += 1);
        });
    };
    view! {
        <section class="section">
            <h2>{t(more::ON_PHONE)}</h2>
            <ul class="rows">
                <li class="row">
                    {move || view! { <Icon name=if ready() { "check" } else { "alert" } /> }}
                    <span class="grow">{move || t(if ready() { more::READY } else { more::NOT_READY })()}</span>
                </li>
                <li class="row">
                    {move || view! { <Icon name=if kept.get().flatten() == Some(true) { "check" } else { "alert" } /> }}
                    <div class="grow">
                        <p>{move || t(match kept.get().flatten() {
                            Some(true) => more::KEPT,
                            Some(false) => more::NOT_KEPT,
                            None => more::KEEP_UNKNOWN,
                        })()}</p>
                        {move || (kept.get().flatten() == Some(false)).then(|| view! {
                            <div class="buttons"><button class="button" on:click=ask>{t(more::ASK_KEEP)}</button></div>
                        })}
                    </div>
                </li>
                <SendsClosed />
                <Room />
                <Install />
            </ul>
        </section>
    }
}

/// Whether what waits is sent while the app is closed.
#[component]
fn SendsClosed() -> impl IntoView {
    let can = LocalResource::new(closed::can_send);
    move || {
        can.get().map(|can| {
            let said = if can { more::SENDS_CLOSED } else { more::SENDS_OPEN };
            view! {
                <li class="row">
                    <Icon name=if can { "check" } else { "alert" } />
                    <div class="grow">
                        <p>{t(said)}</p>
                        {can.then(|| view! { <p class="note">{t(more::SENDS_CLOSED_NOTE)}</p> })}
                    </div>
                </li>
            }
        })
    }
}

/// How much room there is.
#[component]
fn Room() -> impl IntoView {
    let app = use_app();
    let room = LocalResource::new(storage::room);
    move || {
        room.get().flatten().map(|room| {
            let said = move || records::room(app.language.get(), &bytes_words(room.used), &bytes_words(room.quota));
            view! { <li class="row"><Icon name="save" /><span class="grow">{said}</span></li> }
        })
    }
}

#[component]
fn Install() -> impl IntoView {
    let can_ask = RwSignal::new(install::can_ask());
    let ask = move |_| {
        spawn_local(async move {
            install::ask().await;
            // The offer is used up, whatever came of it.
            let _gone = can_ask.try_set(false);
        });
    };
    if install::is_installed() {
        return view! { <li class="row"><Icon name="check" /><span class="grow">{t(more::INSTALLED)}</span></li> }.into_any();
    }
    let how = if install::is_ios() { more::INSTALL_IOS } else { more::INSTALL_MENU };
    view! {
        <li class="row">
            <Icon name="phone" />
            <span class="grow">
                <strong class="name">{t(more::INSTALL)}</strong>
                <span class="note">{t(more::INSTALL_NOTE)}<br />{move || (!can_ask.get()).then(|| t(how)())}</span>
            </span>
            {move || can_ask.get().then(|| view! { <button class="button" on:click=ask>{t(more::INSTALL_NOW)}</button> })}
        </li>
    }
    .into_any()
}
