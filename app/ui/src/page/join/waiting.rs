//! This phone's answer, and what the other phone gives for it.

use super::Stand;
use crate::command::join::{Joining, give_up};
use crate::locale::join as words;
use crate::part::hand_over::{HandOver, link};
use crate::part::take_in::TakeIn;
use crate::words::t;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The two steps.
#[component]
pub fn Waiting(stand: Stand, joining: Joining, done: impl Fn() + Clone + Send + Sync + 'static) -> impl IntoView {
    let done = StoredValue::new(done);
    let take = move |text: String| stand.take(&text, move || done.with_value(|done| done()));
    let drop_it = move |_| {
        spawn_local(async move {
            match give_up(stand.app).await {
                Ok(()) => drop(stand.waiting.try_set(None)),
                Err(reason) => drop(stand.error.try_set(Some(reason))),
            }
        });
    };
    view! {
        <div class="columns">
            <section class="section">
                <h2>{t(words::STEP_SHOW)}</h2>
                <p class="note">{t(words::STEP_SHOW_NOTE)}</p>
                <HandOver text=link("/people", "a", &joining.application) label=words::ANSWER_CODE />
            </section>
            <section class="section">
                <h2>{t(words::STEP_TAKE)}</h2>
                <TakeIn id="admission" label=words::SCAN_ADMISSION failure=words::ADMISSION_UNREADABLE on_read=take />
            </section>
        </div>
        <div class="buttons"><button class="button quiet" on:click=drop_it>{t(words::GIVE_UP)}</button></div>
    }
}
