//! A short word at the bottom: what just happened, and what is safe.

use crate::locale::common;
use crate::state::{AppState, use_app};
use crate::words::{Words, t};
use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// How long a toast stays, in milliseconds: long enough to be read twice.
const STAYS: u32 = 7_000;

/// Shows `words` for a while. A newer toast takes the place of an older one.
pub fn show(app: AppState, words: Words) {
    let toast = app.toast;
    let number = toast.with_untracked(|shown| shown.map_or(0, |(number, _)| number)) + 1;
    toast.set(Some((number, words)));
    spawn_local(async move {
        TimeoutFuture::new(STAYS).await;
        if toast.try_get_untracked().flatten().is_some_and(|(shown, _)| shown == number) {
            toast.set(None);
        }
    });
}

/// Where toasts appear.
#[component]
pub fn Toasts() -> impl IntoView {
    let app = use_app();
    view! {
        <div class="toasts" role="status" aria-live="polite">
            {move || {
                app.toast.get().map(|(_, words)| {
                    view! {
                        <div class="toast">
                            <span class="grow">{t(words)}</span>
                            <button class="button" on:click=move |_| app.toast.set(None)>{t(common::CLOSE)}</button>
                        </div>
                    }
                })
            }}
        </div>
    }
}
