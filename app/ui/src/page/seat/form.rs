//! Account and password, typed, pasted, or from a seat link.

use crate::device::install;
use crate::locale::{common, seat as words};
use crate::part::icon::Icon;
use crate::part::take_in::Scan;
use crate::part::toast;
use crate::state::seat::{NotTaken, take_up};
use crate::state::use_app;
use crate::words::{Words, t};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::hooks::use_location;
use wasm_bindgen::JsValue;

/// Account and password out of a seat link, or of what comes after its `#`.
fn read_link(text: &str) -> Option<(String, String)> {
    let text = text.trim();
    let (account, password) = text.rsplit('#').next()?.split_once('.')?;
    let fits = |part: &str| !part.is_empty() && part.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
    (fits(account) && fits(password)).then(|| (account.to_owned(), password.to_owned()))
}

/// A password must not stay in the address bar, nor in what is shared from it.
fn clear_address() {
    if let Ok(history) = window().history() {
        // Where the browser does not allow it, the address stays as the person opened it.
        let _stays = history.replace_state_with_url(&JsValue::NULL, "", Some("/seat"));
    }
}

fn not_taken(reason: NotTaken) -> Words {
    match reason {
        NotTaken::BadAccount => words::BAD_ACCOUNT,
        NotTaken::NoPassword => words::NO_PASSWORD,
        NotTaken::Refused => words::REFUSED,
        NotTaken::Locked => words::LOCKED,
        NotTaken::Unreachable => words::UNREACHABLE,
        NotTaken::NotKept => words::NOT_KEPT,
    }
}

/// The form.
#[component]
pub fn Form() -> impl IntoView {
    let app = use_app();
    let (account, password) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let (from_link, shown, busy) = (RwSignal::new(false), RwSignal::new(false), RwSignal::new(false));
    let error = RwSignal::new(None::<NotTaken>);
    let fill = move |(name, secret): (String, String)| {
        account.set(name);
        password.set(secret);
        error.set(None);
    };
    let hash = use_location().hash;
    Effect::new(move || {
        if let Some(read) = read_link(&hash.get()) {
            fill(read);
            from_link.set(true);
            clear_address();
        }
    });
    let type_account = move |event| {
        let typed = event_target_value(&event);
        match read_link(&typed) {
            Some(read) => fill(read),
            None => account.set(typed),
        }
    };
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        busy.set(true);
        error.set(None);
        spawn_local(async move {
            match take_up(app, &account.get_untracked(), &password.get_untracked()).await {
                // The form makes way for the seat that is held.
                Ok(()) => toast::show(app, words::TAKEN),
                Err(reason) => {
                    let _gone = (error.try_set(Some(reason)), busy.try_set(false));
                    crate::page::run::focus(if reason == NotTaken::NoPassword { "seat-password" } else { "seat-account" });
                }
            }
        });
    };
    let wrong_account = move || matches!(error.get(), Some(NotTaken::BadAccount | NotTaken::Refused));
    let wrong_password = move || matches!(error.get(), Some(NotTaken::NoPassword | NotTaken::Refused));
    view! {
        {(install::is_ios() && !install::is_installed()).then(|| view! {
            <div class="notice caution">
                <Icon name="phone" />
                <div class="grow"><b>{t(words::IOS_FIRST)}</b><br />{t(words::IOS_FIRST_NOTE)}</div>
            </div>
        })}
        <div role="status">
            {move || from_link.get().then(|| view! {
                <div class="notice"><Icon name="check" /><div class="grow">{t(words::FROM_LINK)}</div></div>
            })}
        </div>
        <Scan label=words::SCAN failure=words::SCAN_FAILED on_read=move |text| match read_link(&text) {
            Some(read) => {
                fill(read);
                from_link.set(true);
                true
            }
            None => false,
        } />
        <form class="narrow" on:submit=submit>
            <div class="field">
                <label for="seat-account">{t(words::ACCOUNT)}</label>
                <p class="hint" id="account-hint">{t(words::ACCOUNT_HINT)}</p>
                <input
                    class="input"
                    id="seat-account"
                    name="username"
                    autocomplete="username"
                    autocapitalize="none"
                    spellcheck="false"
                    aria-describedby="account-hint seat-error"
                    aria-invalid=move || wrong_account().to_string()
                    prop:value=move || account.get()
                    on:input=type_account
                />
            </div>
            <div class="field">
                <label for="seat-password">{t(words::PASSWORD)}</label>
                <p class="hint" id="password-hint">{t(words::PASSWORD_HINT)}</p>
                <input
                    class="input"
                    id="seat-password"
                    name="password"
                    type=move || if shown.get() { "text" } else { "password" }
                    autocomplete="current-password"
                    autocapitalize="none"
                    spellcheck="false"
                    aria-describedby="password-hint seat-error"
                    aria-invalid=move || wrong_password().to_string()
                    prop:value=move || password.get()
                    on:input=move |event| password.set(event_target_value(&event))
                />
                <label class="check">
                    <input type="checkbox" prop:checked=move || shown.get() on:change=move |event| shown.set(event_target_checked(&event)) />
                    <span class="grow">{t(words::SHOW_PASSWORD)}</span>
                </label>
            </div>
            <div role="alert" id="seat-error">
                {move || error.get().map(|reason| view! { <p class="error"><Icon name="alert" />{t(not_taken(reason))}</p> })}
            </div>
            <div class="buttons">
                <button class="button primary lead big" type="submit" disabled=move || busy.get() || app.region.with(Option::is_none)>
                    <Icon name="key" />
                    {move || t(if busy.get() { words::TAKING } else { words::TAKE })()}
                </button>
            </div>
        </form>
        {move || app.region.with(Option::is_none).then(|| view! { <p class="note">{t(common::LOADING)}</p> })}
    }
}
