//! Taking in what another phone shows: by a photo of its QR code, or as pasted text.

use super::icon::Icon;
use crate::device::{file, scan};
use crate::locale::exchange as words;
use crate::words::{Words, t};
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;

/// A photo of a QR code, in place of typing. `on_read` says whether the text was what is wanted.
#[component]
pub fn Scan(
    /// What the button says.
    label: Words,
    /// What is said where no such code was in the photo.
    failure: Words,
    /// Takes the text.
    on_read: impl Fn(String) -> bool + Copy + 'static,
) -> impl IntoView {
    let failed = RwSignal::new(false);
    let choose = move |event: leptos::ev::Event| {
        let Some(input) = event.target().and_then(|target| target.dyn_into::<web_sys::HtmlInputElement>().ok()) else { return };
        let Some(chosen) = file::chosen(&input) else { return };
        spawn_local(async move {
            let read = scan::read_qr(&chosen).await;
            failed.set(!read.is_some_and(on_read));
            // The same photo can be chosen again.
            input.set_value("");
        });
    };
    view! {
        <label class="button">
            <Icon name="qr" />
            {t(label)}
            <input class="visually-hidden" type="file" accept="image/*" capture="environment" on:change=choose />
        </label>
        <div role="alert">
            {move || failed.get().then(|| view! { <p class="error"><Icon name="alert" />{t(failure)}</p> })}
        </div>
    }
}

/// A code of another phone: photographed, or pasted where it came as a message.
#[component]
pub fn TakeIn(
    /// What the button says.
    label: Words,
    /// What is said where it was not read.
    failure: Words,
    /// The field's identifier, unique on the page.
    id: &'static str,
    /// Takes the text, and says whether it was what is wanted.
    on_read: impl Fn(String) -> bool + Copy + 'static,
) -> impl IntoView {
    let (text, failed) = (RwSignal::new(String::new()), RwSignal::new(false));
    let paste = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        failed.set(!on_read(text.get_untracked()));
    };
    view! {
        <Scan label failure on_read />
        <details>
            <summary>{t(words::PASTE_INSTEAD)}</summary>
            <form class="stack" on:submit=paste>
                <div class="field">
                    <label for=id>{t(words::PASTE)}</label>
                    <textarea
                        class="input"
                        id=id
                        autocomplete="off"
                        rows="3"
                        spellcheck="false"
                        autocapitalize="none"
                        aria-describedby=format!("{id}-error")
                        prop:value=move || text.get()
                        on:input=move |event| text.set(event_target_value(&event))
                    />
                    <div role="alert" id=format!("{id}-error")>
                        {move || failed.get().then(|| view! { <p class="error"><Icon name="alert" />{t(failure)}</p> })}
                    </div>
                </div>
                <div class="buttons"><button class="button" type="submit">{t(words::TAKE_PASTED)}</button></div>
            </form>
        </details>
    }
}

/// The part of a link behind `mark`, or the text itself where it is no link: `…/join#i.abc` or `i.abc` with the mark `i`.
pub fn behind_mark(text: &str, mark: &str) -> Option<String> {
    let text: String = text.split_whitespace().collect();
    let (found, rest) = text.rsplit('#').next()?.split_once('.')?;
    (found == mark).then(|| rest.to_owned())
}
