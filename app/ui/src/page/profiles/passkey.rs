//! Unlocking by fingerprint, face or the device's own lock: what it means, adding it and removing it.

use super::own::{Current, tell};
use crate::device::passkey::is_there;
use crate::locale::lock as words;
use crate::part::icon::Icon;
use crate::part::toast;
use crate::state::profile::passkey::{self, Refused};
use crate::state::use_app;
use crate::words::{Words, t};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// Where somebody is.
#[derive(Clone, Copy, PartialEq)]
enum Step {
    Resting,
    Proving,
    /// The PIN was right. The device is asked by a touch of its own: some browsers ask only right after one.
    Making,
}

/// The second way in of a profile that has a PIN.
#[component]
pub fn ByPasskey() -> impl IntoView {
    let app = use_app();
    let has_one = Memo::new(move |_| app.profile().and_then(|profile| profile.gate).is_some_and(|gate| gate.passkey.is_some()));
    view! {
        <section class="section narrow">
            <h2>{t(words::PASSKEY)}</h2>
            {move || if has_one.get() {
                view! { <Removing /> }.into_any()
            } else if is_there() {
                view! { <Adding /> }.into_any()
            } else {
                view! { <p class="note">{t(words::PASSKEY_NONE)}</p> }.into_any()
            }}
        </section>
    }
}

#[component]
fn Removing() -> impl IntoView {
    let app = use_app();
    let remove = move |_| spawn_local(async move { tell(app, passkey::remove(app).await, words::PASSKEY_REMOVED) });
    view! {
        <p class="note">{t(words::PASSKEY_IS_SET)}</p>
        <div class="buttons"><button class="button" on:click=remove>{t(words::PASSKEY_REMOVE)}</button></div>
    }
}

#[component]
fn Adding() -> impl IntoView {
    let app = use_app();
    let (step, busy, error) = (RwSignal::new(Step::Resting), RwSignal::new(false), RwSignal::new(None::<Words>));
    let make = move |_| {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        error.set(None);
        spawn_local(async move {
            let said = match passkey::add(app).await {
                Ok(()) => {
                    toast::show(app, words::PASSKEY_ADDED);
                    None
                }
                Err(Refused::Cancelled) => Some(words::PASSKEY_CANCELLED),
                Err(Refused::Unable) => Some(words::PASSKEY_UNABLE),
                Err(Refused::Failed(failed)) => Some(failed.words()),
            };
            let _gone = (busy.try_set(false), error.try_set(said));
        });
    };
    let begin = move |_| {
        error.set(None);
        step.set(Step::Proving);
    };
    view! {
        <p class="note">{t(words::PASSKEY_WHAT)}</p>
        {move || match step.get() {
            Step::Resting => view! {
                <div class="buttons"><button class="button" on:click=begin><Icon name="key" />{t(words::PASSKEY_ADD)}</button></div>
            }.into_any(),
            Step::Proving => view! { <Current on_right=move || step.set(Step::Making) /> }.into_any(),
            Step::Making => view! {
                <div class="notice caution"><Icon name="alert" /><div class="grow">{t(words::PASSKEY_WHO)}</div></div>
                <div class="buttons">
                    <button class="button primary lead" aria-disabled=move || busy.get().to_string() on:click=make>{t(words::PASSKEY_MAKE)}</button>
                </div>
            }.into_any(),
        }}
        <div role="alert">
            {move || busy.get().then(|| view! { <p class="note">{t(words::ASKING)}</p> })}
            {move || error.get().map(|said| view! { <p class="error"><Icon name="alert" />{t(said)}</p> })}
        </div>
        {move || (step.get() != Step::Resting && !busy.get()).then(|| view! {
            <div class="buttons"><button class="button quiet" on:click=move |_| step.set(Step::Resting)>{t(crate::locale::common::CANCEL)}</button></div>
        })}
    }
}
