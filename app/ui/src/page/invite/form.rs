//! Whom, as what, where, for how long.

use crate::command::invite::{Offer, invite};
use crate::locale::{common, domain, people as words};
use crate::page::run::focus;
use crate::part::desk::{DeskBar, use_desk};
use crate::part::icon::Icon;
use crate::part::skills::SkillsField;
use crate::part::toast;
use crate::state::use_app;
use crate::words::{Words, t};
use civmesh_domain::personnel::role::Role;
use enumset::EnumSet;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

const DAYS: [(u32, Words); 4] = [(1, words::DAY), (7, words::WEEK), (30, words::MONTH), (365, words::YEAR)];

/// The form. The name is kept in memory only until the invitation is made.
#[component]
pub fn Form() -> impl IntoView {
    let app = use_app();
    let desk = use_desk();
    let (name, role, days) = (RwSignal::new(String::new()), RwSignal::new(Role::Volunteer), RwSignal::new(30_u32));
    let skills = RwSignal::new(EnumSet::empty());
    let (busy, error) = (RwSignal::new(false), RwSignal::new(None::<Words>));
    let has_place = Memo::new(move |_| role.get() != Role::Coordinator);
    let navigate = use_navigate();
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let node = desk.get_untracked().filter(|_| has_place.get_untracked());
        let offer = Offer {
            name: name.get_untracked().trim().to_owned(),
            role: role.get_untracked(),
            node,
            skills: skills.get_untracked(),
            days: days.get_untracked(),
        };
        if offer.name.is_empty() {
            error.set(Some(words::MISSING_NAME));
            focus("invite-name");
            return;
        }
        if offer.node.is_none() && has_place.get_untracked() {
            return error.set(Some(words::CHOOSE_NODE));
        }
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        error.set(None);
        let navigate = navigate.clone();
        spawn_local(async move {
            match invite(app, offer).await {
                Ok(number) => navigate(&format!("/invite/{number}"), NavigateOptions { replace: true, ..Default::default() }),
                Err(failed) => toast::show(app, failed.words()),
            }
            let _gone = busy.try_set(false);
        });
    };
    view! {
        <form class="narrow stack" on:submit=submit novalidate>
            <div class="field">
                <label for="invite-name">{t(common::NAME)}</label>
                <p class="hint" id="invite-name-hint">{t(words::NAME_HINT)}</p>
                <input
                    class="input"
                    id="invite-name"
                    autocomplete="off"
                    maxlength="60"
                    aria-describedby="invite-name-hint invite-error"
                    aria-invalid=move || (error.get() == Some(words::MISSING_NAME)).to_string()
                    prop:value=move || name.get()
                    on:input=move |event| name.set(event_target_value(&event))
                />
            </div>
            <fieldset class="field">
                <legend class="label">{t(words::FORM_ROLE)}</legend>
                <div class="segments">
                    {[Role::Volunteer, Role::Manager, Role::Coordinator].map(|choice| view! {
                        <label>
                            <input type="radio" name="role" prop:checked=move || role.get() == choice on:change=move |_| role.set(choice) />
                            {t(domain::role(choice))}
                        </label>
                    })}
                </div>
            </fieldset>
            {move || has_place.get().then(|| view! { <DeskBar desk /> })}
            <SkillsField skills />
            <fieldset class="field">
                <legend class="label">{t(words::FORM_DAYS)}</legend>
                <div class="segments">
                    {DAYS.map(|(count, label)| view! {
                        <label>
                            <input type="radio" name="days" prop:checked=move || days.get() == count on:change=move |_| days.set(count) />
                            {t(label)}
                        </label>
                    })}
                </div>
            </fieldset>
            <div role="alert" id="invite-error">
                {move || error.get().map(|error| view! { <p class="error"><Icon name="alert" />{t(error)}</p> })}
            </div>
            <div class="foot">
                <div class="buttons">
                    <button class="button primary lead" type="submit" aria-disabled=move || busy.get().to_string()>
                        <Icon name="qr" />
                        {t(words::MAKE)}
                    </button>
                </div>
            </div>
        </form>
    }
}
