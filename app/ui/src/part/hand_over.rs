//! Handing something to another phone: as a QR code, or as text by whatever app there is.

use super::icon::Icon;
use super::qr::Qr;
use super::toast;
use crate::device::share::{self, Shared};
use crate::locale::exchange as words;
use crate::state::use_app;
use crate::words::{Words, t};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// A code for another phone to read.
#[component]
pub fn HandOver(
    /// What the code holds.
    text: String,
    /// What a screen reader says of it.
    label: Words,
) -> impl IntoView {
    let app = use_app();
    let sent = text.clone();
    let send = move |_| {
        let text = sent.clone();
        spawn_local(async move {
            match share::text(&text).await {
                Shared::Copied => toast::show(app, words::COPIED),
                Shared::Sheet | Shared::No => {}
            }
        });
    };
    view! {
        <Qr text label=Signal::derive(move || label.get(app.language.get()).to_owned()) />
        <div class="buttons"><button class="button" on:click=send><Icon name="share" />{t(words::SEND_AS_TEXT)}</button></div>
    }
}

/// A link of this app that holds `text` behind a mark.
pub fn link(path: &str, mark: &str, text: &str) -> String {
    let origin = window().location().origin().unwrap_or_default();
    format!("{origin}{path}#{mark}.{text}")
}
