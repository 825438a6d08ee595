//! A screen that comes with the rest of the app.

use crate::locale::common;
use crate::rest::{Screen, draw};
use crate::state::use_app;
use crate::words::t;
use leptos::prelude::*;

/// A screen, drawn as soon as the rest of the app is here; where that can't be fetched, a word and another try.
#[component]
pub fn Later(screen: Screen) -> impl IntoView {
    let (tries, waiting) = (RwSignal::new(0), RwSignal::new(true));
    let drawn = move || {
        tries.track();
        Suspend::new(async move {
            let drawn = draw(screen).await;
            waiting.set(false);
            drawn.unwrap_or_else(|_| view! { <NotFetched tries /> }.into_any())
        })
    };
    view! {
        {move || waiting.get().then(|| view! { <p class="note" role="status">{t(common::LOADING)}</p> })}
        {drawn}
    }
}

#[component]
fn NotFetched(tries: RwSignal<u32>) -> impl IntoView {
    view! {
        <div class="empty" role="alert">
            <h1>{t(common::NOT_FETCHED)}</h1>
            <p class="note">{t(common::NOT_FETCHED_NOTE)}</p>
            <div class="buttons">
                <button class="button primary" on:click=move |_| tries.update(|tries| *tries += 1)>{t(common::TRY_AGAIN)}</button>
            </div>
        </div>
    }
}

/// What has to be said of a phone that keeps nothing: its words come with the rest of the app, which hardly anybody needs for them.
#[component]
pub fn KeepingNotices() -> impl IntoView {
    let app = use_app();
    let any = Memo::new(move |_| app.is_not_kept() || app.loss.with(Option::is_some));
    move || {
        // Once more when the rest of the app could be fetched after all.
        app.loaded.track();
        any.get().then(|| Suspend::new(async move { draw(Screen::Keeping).await.ok() }))
    }
}
