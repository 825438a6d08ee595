//! Another person on this phone: a sign and a PIN.

use crate::locale::lock as words;
use crate::page::profiles::choose::ChoosePin;
use crate::part::toast;
use crate::state::profile::pin::add;
use crate::state::use_app;
use crate::words::t;
use civmesh_domain::personnel::profile::pin::Pin;
use civmesh_domain::personnel::profile::sign::Sign;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The form. When it is done the new profile is the one in use.
#[component]
pub fn NewProfile() -> impl IntoView {
    let app = use_app();
    let free = move || app.profiles.with_untracked(|list| list.as_ref().map_or(Sign::ALL.to_vec(), |list| list.free_signs().collect()));
    let sign = RwSignal::new(free().first().copied().unwrap_or(Sign::Kite));
    let busy = RwSignal::new(false);
    let save = move |pin: Pin| {
        busy.set(true);
        spawn_local(async move {
            let words = if add(app, sign.get_untracked(), pin).await.is_ok() { words::ADDED } else { crate::locale::common::SAVE_FAILED };
            toast::show(app, words);
            let _gone = busy.try_set(false);
        });
    };
    view! {
        <section class="section narrow">
            <h2>{t(words::NEW_TITLE)}</h2>
            <p class="note">{t(words::NEW_NOTE)}</p>
            <SignPicker sign signs=free() />
            <ChoosePin busy on_chosen=save />
        </section>
    }
}

/// One of these signs.
#[component]
pub fn SignPicker(sign: RwSignal<Sign>, signs: Vec<Sign>) -> impl IntoView {
    let choose = move |event: leptos::ev::Event| {
        let at: Option<usize> = event_target_value(&event).parse().ok();
        sign.set(at.and_then(|at| Sign::ALL.get(at)).copied().unwrap_or(sign.get_untracked()));
    };
    let option = move |one: Sign| {
        let at = Sign::ALL.iter().position(|other| *other == one).unwrap_or_default();
        view! { <option value=at.to_string() selected=move || sign.get() == one>{t(words::sign(one))}</option> }
    };
    view! {
        <div class="field">
            <label for="sign">{t(words::SIGN)}</label>
            <p class="hint">{t(words::SIGN_HINT)}</p>
            <select class="input" id="sign" on:change=choose>{signs.into_iter().map(option).collect_view()}</select>
        </div>
    }
}
