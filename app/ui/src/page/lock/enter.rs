//! Who are you, by signs; the PIN, or a passkey; and after wrong ones how long to wait, in words.

use crate::locale::{common, lock as words};
use crate::part::icon::Icon;
use crate::part::pin_pad::PinPad;
use crate::part::toast;
use crate::state::profile::Access;
use crate::state::profile::passkey::{self, Refused};
use crate::state::profile::unlock::{Tried, enter, enter_freely};
use crate::state::{AppState, Link, use_app};
use crate::words::{Words, t};
use civmesh_domain::personnel::profile::pin::Pin;
use civmesh_domain::personnel::profile::{Profile, ProfileId};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// Signs, and the pad.
#[component]
pub fn Enter() -> impl IntoView {
    let app = use_app();
    let last = match app.access.get_untracked() {
        Access::Locked(id) | Access::Open(id) => Some(id),
        _ => None,
    };
    let chosen = RwSignal::new(last);
    let profile = Memo::new(move |_| app.profiles.with(|list| list.as_ref()?.get(chosen.get()?).cloned()));
    // Each try changes the profile: the pad and what it says of the last one stay all the same.
    let gate = Memo::new(move |_| profile.with(|profile| profile.as_ref().map(|profile| profile.gate.is_some())));
    view! {
        <Signs chosen />
        {move || match gate.get() {
            None => ().into_any(),
            Some(true) => view! { <ByPin chosen profile /> }.into_any(),
            Some(false) => view! { <Freely chosen /> }.into_any(),
        }}
        <p class="note">{move || t(if app.link.get() == Link::SignedOut { words::SIGNED_OUT } else { words::STILL_SENT })()}</p>
    }
}

#[component]
fn Signs(chosen: RwSignal<Option<ProfileId>>) -> impl IntoView {
    let app = use_app();
    let list = move || app.profiles.with(|list| list.as_ref().map(|list| list.list.clone()).unwrap_or_default());
    let sign = move |profile: Profile| {
        view! {
            <label>
                <input type="radio" name="profile" prop:checked=move || chosen.get() == Some(profile.id) on:change=move |_| chosen.set(Some(profile.id)) />
                {t(words::sign(profile.sign))}
            </label>
        }
    };
    move || {
        (list().len() > 1).then(|| {
            view! {
                <fieldset class="field">
                    <legend class="label">{t(words::WHO)}</legend>
                    <div class="segments signs">{list().into_iter().map(sign).collect_view()}</div>
                </fieldset>
            }
        })
    }
}

#[component]
fn ByPin(chosen: RwSignal<Option<ProfileId>>, profile: Memo<Option<Profile>>) -> impl IntoView {
    let app = use_app();
    let (busy, error) = (RwSignal::new(false), RwSignal::new(None::<Words>));
    // What is said of one person's PIN is not said of another's.
    Effect::new(move || {
        chosen.track();
        error.set(None);
    });
    let tries = Memo::new(move |_| profile.get().and_then(|profile| profile.gate).map(|gate| gate.tries).unwrap_or_default());
    let off = Memo::new(move |_| busy.get() || tries.get().wait > 0);
    let submit = move |digits: String| {
        let (Some(id), Ok(pin)) = (chosen.get_untracked(), Pin::typed(&digits)) else { return };
        busy.set(true);
        error.set(None);
        spawn_local(async move {
            let tried = enter(app, id, &pin).await;
            match tried {
                Tried::Open(0) | Tried::Erased => {}
                Tried::Open(_) => toast::show(app, words::TRIED_BEFORE),
                Tried::Wrong | Tried::Wait => drop(error.try_set(Some(words::WRONG))),
                Tried::Failed => drop(error.try_set(Some(common::SAVE_FAILED))),
            }
            let _gone = busy.try_set(false);
        });
    };
    let has_passkey = Memo::new(move |_| profile.get().and_then(|profile| profile.gate).is_some_and(|gate| gate.passkey.is_some()));
    view! {
        {move || has_passkey.get().then(|| view! { <ByPasskey chosen error /> })}
        <PinPad label=words::PIN done=words::UNLOCK off on_done=submit />
        <div role="alert">
            {move || busy.get().then(|| view! { <p class="note">{t(words::CHECKING)}</p> })}
            {move || error.get().filter(|_| !busy.get()).map(|said| view! { <p class="error"><Icon name="alert" />{t(said)}</p> })}
        </div>
        {move || (tries.get().wait > 0 && !busy.get()).then(|| view! { <Waiting tries /> })}
    }
}

/// The button of a profile that has a passkey. The pad stays beside it, also while the device asks.
#[component]
fn ByPasskey(chosen: RwSignal<Option<ProfileId>>, error: RwSignal<Option<Words>>) -> impl IntoView {
    let app = use_app();
    let asking = RwSignal::new(false);
    let go = move |_| {
        let Some(id) = chosen.get_untracked().filter(|_| !asking.get_untracked()) else { return };
        asking.set(true);
        error.set(None);
        spawn_local(async move {
            let said = match passkey::enter(app, id).await {
                Ok(0) => None,
                Ok(_) => {
                    toast::show(app, words::TRIED_BEFORE);
                    None
                }
                Err(Refused::Cancelled) => Some(words::NOT_BY_PASSKEY),
                Err(Refused::Unable) => Some(words::PASSKEY_OPENS_NOTHING),
                Err(Refused::Failed(_)) => Some(common::SAVE_FAILED),
            };
            let _gone = asking.try_set(false);
            if chosen.try_get_untracked().flatten() == Some(id) {
                let _gone = error.try_set(said);
            }
        });
    };
    view! {
        <div class="buttons">
            <button class="button primary lead" aria-disabled=move || asking.get().to_string() on:click=go>
                <Icon name="key" />{t(words::BY_PASSKEY)}
            </button>
        </div>
        <p class="note" role="status">{move || t(if asking.get() { words::ASKING } else { words::OR_PIN })()}</p>
    }
}

#[component]
fn Waiting(tries: Memo<civmesh_domain::personnel::profile::tries::Tries>) -> impl IntoView {
    let app = use_app();
    view! {
        <div class="notice caution">
            <Icon name="alert" />
            <div class="grow">
                <b>{move || remaining(app, tries.get().wait)}</b><br />
                {t(words::WAIT_NOTE)}
            </div>
        </div>
    }
}

fn remaining(app: AppState, wait: u64) -> String {
    let (seconds, language) = (wait.div_ceil(1_000), app.language.get());
    match (seconds / 60, seconds % 60) {
        (0, seconds) => words::wait_seconds(language, seconds),
        (minutes, seconds) => words::wait_minutes(language, minutes, seconds),
    }
}

#[component]
fn Freely(chosen: RwSignal<Option<ProfileId>>) -> impl IntoView {
    let app = use_app();
    let go = move |_| {
        spawn_local(async move {
            let Some(id) = chosen.get_untracked() else { return };
            if enter_freely(app, id).await.is_err() {
                toast::show(app, common::SAVE_FAILED);
            }
        });
    };
    view! {
        <p class="note">{t(words::NO_PIN)}</p>
        <div class="buttons"><button class="button primary lead" on:click=go>{t(words::OPEN)}</button></div>
    }
}
