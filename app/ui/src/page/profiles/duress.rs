//! The PIN that erases, and plainly what it destroys.

use super::choose::ChoosePin;
use super::own::Current;
use crate::locale::{common, lock as words};
use crate::part::icon::Icon;
use crate::part::toast;
use crate::state::profile::pin::{NotSet, set_duress};
use crate::state::use_app;
use crate::words::t;
use civmesh_domain::personnel::profile::pin::Pin;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// Where somebody is.
#[derive(Clone, Copy, PartialEq)]
enum Step {
    Resting,
    Proving,
    Choosing,
}

/// Choosing it, or taking it away. Whether there is one is not shown: whoever looks over the shoulder learns nothing.
#[component]
pub fn Duress() -> impl IntoView {
    let app = use_app();
    let (step, busy) = (RwSignal::new(Step::Resting), RwSignal::new(false));
    let save = move |pin: Option<Pin>| {
        busy.set(true);
        spawn_local(async move {
            let done = if pin.is_some() { words::DURESS_SET } else { words::DURESS_GONE };
            toast::show(
                app,
                match set_duress(app, pin).await {
                    Ok(()) => done,
                    Err(NotSet::Same) => words::SAME_AS_OTHER,
                    Err(NotSet::Failed(failed)) => failed.words(),
                },
            );
            let _gone = (busy.try_set(false), step.try_set(Step::Resting));
        });
    };
    view! {
        <section class="section narrow">
            <h2>{t(words::DURESS)}</h2>
            <p class="note">{t(words::DURESS_WHAT)}</p>
            <div class="notice danger"><Icon name="alert" /><div class="grow">{t(words::DURESS_DESTROYS)}</div></div>
            {move || match step.get() {
                Step::Resting => view! {
                    <div class="buttons"><button class="button danger" on:click=move |_| step.set(Step::Proving)>{t(words::DURESS_CHOOSE)}</button></div>
                }.into_any(),
                Step::Proving => view! { <Current on_right=move || step.set(Step::Choosing) /> }.into_any(),
                Step::Choosing => view! {
                    <ChoosePin busy on_chosen=move |pin| save(Some(pin)) />
                    <div class="buttons"><button class="button" on:click=move |_| save(None)>{t(words::DURESS_NONE)}</button></div>
                }.into_any(),
            }}
            {move || (step.get() != Step::Resting).then(|| view! {
                <div class="buttons"><button class="button quiet" on:click=move |_| step.set(Step::Resting)>{t(common::CANCEL)}</button></div>
            })}
        </section>
    }
}
