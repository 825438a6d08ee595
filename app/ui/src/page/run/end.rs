//! Ending a run: asked once more, because no step can be marked after it.

use super::Desk;
use crate::command::run::end_run;
use crate::locale::{common, run as words};
use crate::part::icon::Icon;
use crate::part::permit::{Barrier, barrier};
use crate::part::sheet::Sheet;
use crate::part::toast;
use crate::words::t;
use civmesh_domain::body::Kind;
use civmesh_domain::sop::run::{Outcome, Run};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The button and its sheet; once the run has ended, nothing.
#[component]
pub fn End(desk: Desk) -> impl IntoView {
    let is_open = Memo::new(move |_| desk.run.with(|run| run.as_ref().is_some_and(Run::is_open)));
    let stands = Memo::new(move |_| desk.run.get().and_then(|run| barrier(desk.app, Kind::RunEnded, &run.started.node)));
    let asking = RwSignal::new(false);
    view! {
        <Show when=move || is_open.get()>
            <section class="section">
                {move || (stands.get() == Some(Barrier::OtherRole)).then(|| view! { <p class="note">{t(Barrier::OtherRole.words())}</p> })}
                <div class="buttons">
                    <button class="button" disabled=move || stands.get().is_some() on:click=move |_| asking.set(true)>{t(words::END)}</button>
                </div>
            </section>
        </Show>
        <Ask desk open=asking />
    }
}

#[component]
fn Ask(desk: Desk, open: RwSignal<bool>) -> impl IntoView {
    let outcome = RwSignal::new(Outcome::Completed);
    let end = move |_| {
        let Some(run) = desk.run.get_untracked() else { return };
        desk.busy.set(true);
        spawn_local(async move {
            match end_run(desk.app, run.started.node, run.id, outcome.get_untracked()).await {
                Ok(_) => {
                    open.set(false);
                    desk.last.set(None);
                    toast::show(desk.app, words::ENDED);
                }
                Err(failed) => toast::show(desk.app, failed.words()),
            }
            desk.busy.set(false);
        });
    };
    let options = [
        (Outcome::Completed, words::END_COMPLETED, words::END_COMPLETED_HINT),
        (Outcome::Cancelled, words::END_CANCELLED, words::END_CANCELLED_HINT),
    ];
    view! {
        <Sheet open title=words::END_TITLE id="end-title">
            <p class="note">{t(words::END_NOTE)}</p>
            <fieldset class="field">
                <legend class="visually-hidden">{t(words::END_TITLE)}</legend>
                {options.map(|(value, label, hint)| view! {
                    <label class="check">
                        <input type="radio" name="outcome" prop:checked=move || outcome.get() == value on:change=move |_| outcome.set(value) />
                        <span class="grow"><b>{t(label)}</b><span class="hint">{t(hint)}</span></span>
                    </label>
                })}
            </fieldset>
            <div class="buttons">
                <button class="button primary lead" disabled=move || desk.busy.get() on:click=end><Icon name="check" />{t(words::END_CONFIRM)}</button>
                <button class="button" on:click=move |_| open.set(false)>{t(common::CANCEL)}</button>
            </div>
        </Sheet>
    }
}
