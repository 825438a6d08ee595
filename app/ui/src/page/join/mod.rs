//! Answering an invitation: what is offered, this phone's answer, and taking up what comes back.

mod offered;
mod waiting;

use crate::command::join::{Joining, NotJoined, Offered as Read, enter, pending, read};
use crate::device::install;
use crate::locale::{common, join as words, lock, seat};
use crate::part::icon::Icon;
use crate::part::take_in::{TakeIn, behind_mark};
use crate::part::toast;
use crate::state::{AppState, use_app};
use crate::words::{Words, t};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::NavigateOptions;
use leptos_router::components::A;
use leptos_router::hooks::{use_location, use_navigate};
use offered::Offered;
use waiting::Waiting;
use wasm_bindgen::JsValue;

/// Where joining stands on this screen. Cheap to copy.
#[derive(Clone, Copy)]
struct Stand {
    app: AppState,
    offered: RwSignal<Option<Read>>,
    waiting: RwSignal<Option<Joining>>,
    error: RwSignal<Option<NotJoined>>,
}

impl Stand {
    /// Takes in a code of the other phone; `false` for what is none.
    fn take(self, text: &str, done: impl Fn() + 'static) -> bool {
        if let Some(invitation) = behind_mark(text, "i") {
            spawn_local(async move { self.look_at(&invitation).await });
            return true;
        }
        let Some(admission) = behind_mark(text, "w") else { return false };
        spawn_local(async move {
            match enter(self.app, &admission).await {
                Ok(()) => done(),
                Err(reason) => drop(self.error.try_set(Some(reason))),
            }
        });
        true
    }

    async fn look_at(self, invitation: &str) {
        let (offered, error) = match read(self.app, invitation).await {
            Ok(offered) => (Some(offered), None),
            Err(reason) => (None, Some(reason)),
        };
        let _gone = (self.offered.try_set(offered), self.error.try_set(error));
    }
}

/// The screen.
#[component]
pub fn Join() -> impl IntoView {
    let app = use_app();
    let stand = Stand { app, offered: RwSignal::new(None), waiting: RwSignal::new(None), error: RwSignal::new(None) };
    let navigate = use_navigate();
    let done = move || {
        toast::show(app, words::JOINED);
        navigate("/seat", NavigateOptions { replace: true, ..Default::default() });
    };
    follow_link(stand, done.clone());
    view! {
        <div class="page-head">
            <A href="/seat" attr:class="back"><Icon name="back" />{t(seat::TITLE)}</A>
            <h1>{t(words::TITLE)}</h1>
            <p class="note">{t(words::WHAT)}</p>
        </div>
        {(install::is_ios() && !install::is_installed()).then(|| view! {
            <div class="notice caution">
                <Icon name="phone" />
                <div class="grow"><b>{t(seat::IOS_FIRST)}</b><br />{t(seat::IOS_FIRST_NOTE)}</div>
            </div>
        })}
        {move || (stand.waiting.with(Option::is_none) && app.profile().is_none_or(|profile| profile.gate.is_none())).then(|| view! {
            <div class="notice">
                <Icon name="key" />
                <div class="grow">{t(lock::PIN_FIRST)}</div>
                <A href="/profiles" attr:class="button">{t(lock::SET_PIN)}</A>
            </div>
        })}
        <div role="alert">
            {move || stand.error.get().map(|reason| view! { <p class="error"><Icon name="alert" />{t(why_not(reason))}</p> })}
        </div>
        {move || match (stand.offered.get(), stand.waiting.get()) {
            (Some(offered), _) => view! { <Offered stand offered /> }.into_any(),
            (None, Some(joining)) => {
                let done = done.clone();
                view! { <Waiting stand joining done /> }.into_any()
            }
            (None, None) => view! {
                <TakeIn id="invitation" label=words::SCAN failure=words::UNREADABLE on_read=move |text| stand.take(&text, || {}) />
            }.into_any(),
        }}
    }
}

/// What came as a link is taken in as soon as the phone knows its region; else the answer that still waits is shown again.
fn follow_link(stand: Stand, done: impl Fn() + Clone + 'static) {
    let hash = use_location().hash;
    Effect::new(move || {
        let text = hash.get();
        if !stand.app.loaded.get() {
            return;
        }
        if stand.take(&text, done.clone()) {
            clear_address();
        } else {
            spawn_local(async move {
                let waiting = pending(stand.app).await;
                let _gone = stand.waiting.try_set(waiting);
            });
        }
    });
}

/// What is used once must not stay in the address bar.
fn clear_address() {
    if let Ok(history) = window().history() {
        // Where the browser does not allow it, the address stays as the person opened it.
        let _stays = history.replace_state_with_url(&JsValue::NULL, "", Some("/join"));
    }
}

fn why_not(reason: NotJoined) -> Words {
    match reason {
        NotJoined::Unreadable => words::UNREADABLE,
        NotJoined::OtherRegion => words::OTHER_REGION,
        NotJoined::TooLate => words::TOO_LATE,
        NotJoined::NotForUs => words::NOT_FOR_US,
        NotJoined::NotVouched => words::NOT_VOUCHED,
        NotJoined::NoSeat => words::NO_SEAT,
        NotJoined::NotKept => common::SAVE_FAILED,
    }
}
