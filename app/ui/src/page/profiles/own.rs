//! The own profile: sign, PIN, when it locks, and removing it.

use super::choose::ChoosePin;
use crate::command::Failed;
use crate::locale::{common, lock as words, seat};
use crate::page::lock::SignPicker;
use crate::part::icon::Icon;
use crate::part::pin_pad::PinPad;
use crate::part::sheet::Sheet;
use crate::part::toast;
use crate::state::profile::pin::{self, NotSet};
use crate::state::profile::unlock::{self, Key, Tried};
use crate::state::signer::kept_place;
use crate::state::{AppState, use_app};
use crate::words::{Words, t};
use civmesh_domain::personnel::profile::pin::Pin as Digits;
use civmesh_domain::personnel::profile::sign::Sign;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// After how many minutes a profile may lock.
const IDLE: [u32; 4] = [1, 5, 15, 60];

/// Says what became of a change.
pub fn tell(app: AppState, outcome: Result<(), Failed>, done: Words) {
    toast::show(app, outcome.map_or_else(Failed::words, |()| done));
}

/// The own sign, and another one.
#[component]
pub fn Signs() -> impl IntoView {
    let app = use_app();
    let own = app.profile().map_or(Sign::Kite, |profile| profile.sign);
    let sign = RwSignal::new(own);
    let taken =
        move |one: &Sign| app.profiles.with_untracked(|list| list.as_ref().is_some_and(|list| list.free_signs().all(|free| free != *one)));
    let signs = Sign::ALL.iter().copied().filter(|one| *one == own || !taken(one)).collect();
    Effect::new(move |before: Option<Sign>| {
        let chosen = sign.get();
        if before.is_some_and(|before| before != chosen) {
            spawn_local(async move { tell(app, pin::set_sign(app, chosen).await, words::SIGN_KEPT) });
        }
        chosen
    });
    view! { <section class="section"><h2>{t(words::YOURS)}</h2><SignPicker sign signs /></section> }
}

/// The first PIN, or another one.
#[component]
pub fn Pin(has_pin: Memo<bool>) -> impl IntoView {
    let app = use_app();
    let (choosing, busy, current) = (RwSignal::new(false), RwSignal::new(false), RwSignal::new(false));
    let browser_keeps = LocalResource::new(move || async move { kept_place(app, &app.store()?).await.ok().flatten() });
    let save = move |digits: Digits| {
        busy.set(true);
        spawn_local(async move {
            let outcome = if has_pin.get_untracked() {
                pin::change(app, digits).await
            } else {
                pin::set_first(app, digits).await.map_err(NotSet::Failed)
            };
            match outcome {
                Err(NotSet::Same) => toast::show(app, words::SAME_AS_OTHER),
                Err(NotSet::Failed(failed)) => toast::show(app, failed.words()),
                Ok(()) => toast::show(app, words::PIN_SET),
            }
            let _gone = (busy.try_set(false), choosing.try_set(false), current.try_set(false));
        });
    };
    view! {
        <section class="section narrow">
            <h2>{t(words::PIN)}</h2>
            <p class="note">{move || t(if has_pin.get() { words::HAS_PIN } else { words::WHY_PIN })()}</p>
            {move || browser_keeps.get().flatten().map(|_| view! {
                <div class="notice"><Icon name="info" /><div class="grow">{t(words::BROWSER_KEEPS)}</div></div>
            })}
            {move || match (choosing.get(), has_pin.get() && !current.get()) {
                (false, _) => view! {
                    <div class="buttons">
                        <button class="button primary" on:click=move |_| choosing.set(true)>
                            <Icon name="key" />{move || t(if has_pin.get() { words::CHANGE_PIN } else { words::SET_PIN })()}
                        </button>
                    </div>
                }.into_any(),
                (true, true) => view! { <Current on_right=move || current.set(true) /> }.into_any(),
                (true, false) => view! { <ChoosePin busy on_chosen=save /> }.into_any(),
            }}
        </section>
    }
}

/// Asks for the PIN once more, before anything that can't be taken back: the phone may be in another's hand.
#[component]
pub fn Current(on_right: impl Fn() + Copy + Send + Sync + 'static) -> impl IntoView {
    let app = use_app();
    let (busy, error) = (RwSignal::new(false), RwSignal::new(None::<Words>));
    let check = move |digits: String| {
        let (Some(profile), Ok(typed)) = (app.profile_now(), Digits::typed(&digits)) else { return };
        busy.set(true);
        spawn_local(async move {
            let said = match unlock::try_pin(app, profile.id, &typed).await {
                Key::Of(..) => unlock::forgive(app, profile.id).await.err().map(Failed::words),
                Key::Not(Tried::Wait) => Some(words::WAIT_NOTE),
                Key::Not(Tried::Failed) => Some(common::SAVE_FAILED),
                Key::Not(_) => Some(words::WRONG),
            };
            let _gone = (busy.try_set(false), error.try_set(said));
            if said.is_none() {
                on_right();
            }
        });
    };
    view! {
        <PinPad label=words::PIN_CURRENT done=words::NEXT off=busy on_done=check />
        <div role="alert">{move || error.get().map(|said| view! { <p class="error"><Icon name="alert" />{t(said)}</p> })}</div>
    }
}

/// When it locks.
#[component]
pub fn Idle() -> impl IntoView {
    let app = use_app();
    let minutes = move || app.profile().and_then(|profile| profile.gate).map(|gate| gate.idle_minutes);
    let choose = move |minutes: u32| spawn_local(async move { tell(app, pin::set_idle(app, minutes).await, words::IDLE_KEPT) });
    view! {
        <fieldset class="field">
            <legend class="label">{t(words::IDLE)}</legend>
            <p class="hint">{t(words::IDLE_HINT)}</p>
            <div class="segments">
                {IDLE.map(|one| view! {
                    <label>
                        <input type="radio" name="idle" prop:checked=move || minutes() == Some(one) on:change=move |_| choose(one) />
                        {move || words::minutes(app.language.get(), one)}
                    </label>
                })}
            </div>
        </fieldset>
    }
}

/// Removing it.
#[component]
pub fn Remove(has_pin: Memo<bool>) -> impl IntoView {
    let app = use_app();
    let (open, busy, known) = (RwSignal::new(false), RwSignal::new(false), RwSignal::new(false));
    let go = move |_| {
        busy.set(true);
        spawn_local(async move {
            let outcome = pin::remove(app).await;
            let _gone = (open.try_set(false), busy.try_set(false));
            tell(app, outcome, words::REMOVED);
        });
    };
    view! {
        <section class="section">
            <h2>{t(words::REMOVE)}</h2>
            <p class="note">{t(words::REMOVE_NOTE)}</p>
            <div class="buttons"><button class="button danger" on:click=move |_| { known.set(false); open.set(true) }>{t(words::REMOVE)}</button></div>
            <Sheet open title=words::REMOVE_TITLE id="remove-title">
                <p>{t(words::REMOVE_NOTE)}</p>
                {move || (app.unsent() > 0).then(|| view! { <p><b>{seat::unsent(app.language.get(), app.unsent())}</b></p> })}
                {move || (has_pin.get() && !known.get()).then(|| view! { <Current on_right=move || known.set(true) /> })}
                <div class="buttons">
                    {move || (!has_pin.get() || known.get()).then(|| view! {
                        <button class="button danger primary lead" disabled=move || busy.get() on:click=go>{t(words::REMOVE)}</button>
                    })}
                    <button class="button" on:click=move |_| open.set(false)>{t(common::CANCEL)}</button>
                </div>
            </Sheet>
        </section>
    }
}
