//! A step that can't be done: why, and what to do instead.

use super::Desk;
use super::current::NoteField;
use crate::locale::{common, domain, run as words};
use crate::part::icon::Icon;
use crate::part::sheet::Sheet;
use crate::words::{t, tt};
use civmesh_domain::sop::procedure::Step;
use civmesh_domain::sop::run::{Mark, SkipReason};
use leptos::prelude::*;

const REASONS: [SkipReason; 5] =
    [SkipReason::NotHere, SkipReason::NothingToDoItWith, SkipReason::NobodyFree, SkipReason::Dangerous, SkipReason::Other];

/// The sheet.
#[component]
pub fn Skip(desk: Desk, step: Step, open: RwSignal<bool>, onward: Callback<()>) -> impl IntoView {
    let reason = RwSignal::new(None::<SkipReason>);
    let missing = RwSignal::new(false);
    let step = StoredValue::new(step);
    let skip = move |_| {
        let Some(reason) = reason.get_untracked() else { return missing.set(true) };
        let step = step.get_value();
        let note = desk.draft(&step.id).note;
        let done = move || {
            open.set(false);
            onward.run(());
        };
        desk.mark(step.id, step.title, Mark::Skipped(reason), note, done);
    };
    view! {
        <Sheet open title=words::WHY_NOT id="skip-title">
            {Some(step.with_value(|step| step.cannot.clone())).filter(|cannot| !cannot.is_empty()).map(|cannot| view! {
                <div class="notice"><Icon name="info" /><div class="grow"><b>{t(words::IF_NOT)}</b><br />{tt(cannot)}</div></div>
            })}
            <fieldset class="field">
                <legend class="visually-hidden">{t(words::WHY_NOT)}</legend>
                <div class="chips wrap">
                    {REASONS.map(|one| view! {
                        <label class="chip">
                            <input
                                type="radio"
                                name="reason"
                                prop:checked=move || reason.get() == Some(one)
                                on:change=move |_| { reason.set(Some(one)); missing.set(false); }
                            />
                            {t(domain::skip_reason(one))}
                        </label>
                    })}
                </div>
                <div role="alert">
                    {move || missing.get().then(|| view! { <p class="error"><Icon name="alert" />{t(words::REASON_FIRST)}</p> })}
                </div>
            </fieldset>
            <NoteField desk step=step.with_value(|step| step.id.clone()) id="skip-note" />
            <div class="buttons">
                <button class="button primary lead" disabled=move || desk.busy.get() on:click=skip>{t(words::SKIP)}</button>
                <button class="button" on:click=move |_| open.set(false)>{t(common::CANCEL)}</button>
            </div>
        </Sheet>
    }
}
