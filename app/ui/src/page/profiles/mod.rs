//! Who shares this phone: the own profile with its sign, PIN and all that belongs to it, and another person.

pub mod choose;
mod duress;
mod own;
mod passkey;

use crate::locale::{lock as words, more};
use crate::page::lock::{NewProfile, has_room};
use crate::part::icon::Icon;
use crate::state::profile::unlock;
use crate::state::use_app;
use crate::words::t;
use duress::Duress;
use leptos::prelude::*;
use leptos_router::components::A;
use own::{Idle, Pin, Remove, Signs};
use passkey::ByPasskey;

/// The screen.
#[component]
pub fn ProfilesPage() -> impl IntoView {
    let app = use_app();
    let has_pin = Memo::new(move |_| app.profile().is_some_and(|profile| profile.gate.is_some()));
    let has_profile = Memo::new(move |_| app.profile().is_some());
    let adding = RwSignal::new(false);
    view! {
        <div class="page-head">
            <A href="/more" attr:class="back"><Icon name="back" />{t(more::TITLE)}</A>
            <h1>{t(words::PROFILES)}</h1>
            <p class="note">{t(words::PROFILES_WHAT)}</p>
        </div>
        <div class="columns">
            <div>
                {move || has_profile.get().then(|| view! { <Signs /> })}
                <Pin has_pin />
                {move || has_pin.get().then(|| view! { <ByPasskey /> })}
                {move || has_pin.get().then(|| view! { <Idle /> })}
                {move || has_profile.get().then(|| view! {
                    <section class="section">
                        <h2>{t(words::OTHERS)}</h2>
                        <p class="note">{t(words::OTHERS_NOTE)}</p>
                        {move || if adding.get() {
                            view! { <NewProfile /> }.into_any()
                        } else {
                            view! {
                                <div class="buttons">
                                    {move || has_room(app).then(|| view! {
                                        <button class="button" on:click=move |_| adding.set(true)><Icon name="person" />{t(words::ADD)}</button>
                                    })}
                                    <button class="button quiet" on:click=move |_| unlock::lock_everywhere(app)>{t(words::SWITCH)}</button>
                                </div>
                            }.into_any()
                        }}
                    </section>
                })}
            </div>
            <div>
                {move || has_pin.get().then(|| view! { <Duress /> })}
                {move || has_profile.get().then(|| view! { <Remove has_pin /> })}
            </div>
        </div>
    }
}
