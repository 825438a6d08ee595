//! Withdrawing what was declared, after one question.

use super::list::Group;
use super::say;
use crate::command::declare_area::withdraw_area;
use crate::locale::{common, danger as words};
use crate::part::sheet::Sheet;
use crate::part::toast;
use crate::state::use_app;
use crate::words::t;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The question whether something is to be withdrawn. Cheap to copy.
#[derive(Clone, Copy)]
pub struct Withdrawing {
    open: RwSignal<bool>,
    group: RwSignal<Option<Group>>,
    busy: RwSignal<bool>,
}

impl Withdrawing {
    /// Nothing is asked yet.
    pub fn new() -> Self {
        Self { open: RwSignal::new(false), group: RwSignal::new(None), busy: RwSignal::new(false) }
    }

    /// Asks about this.
    pub fn ask(self, group: Group) {
        self.group.set(Some(group));
        self.open.set(true);
    }
}

/// The question.
#[component]
pub fn Withdraw(withdrawing: Withdrawing) -> impl IntoView {
    let app = use_app();
    let Withdrawing { open, group, busy } = withdrawing;
    let sure = move |_| {
        let Some(group) = group.get_untracked().filter(|_| !busy.get_untracked()) else { return };
        busy.set(true);
        spawn_local(async move {
            let outcome = withdraw_area(app, group.first.said.node.clone(), group.root()).await;
            toast::show(app, outcome.map_or_else(|failed| failed.words(), |_| words::WITHDRAWN));
            // The page may be gone by now.
            let _gone = (busy.try_set(false), outcome.is_ok().then(|| open.try_set(false)));
        });
    };
    view! {
        <Sheet open title=words::WITHDRAW_TITLE id="withdraw-title">
            {move || group.get().map(|group| view! { <p><strong>{say::whole(app.language.get(), &group.first.said.value)}</strong></p> })}
            <p>{t(words::WITHDRAW_NOTE)}</p>
            <div class="buttons">
                <button class="button primary" type="button" aria-disabled=move || busy.get().to_string() on:click=sure>{t(words::WITHDRAW_YES)}</button>
                <button class="button" type="button" on:click=move |_| open.set(false)>{t(common::CANCEL)}</button>
            </div>
        </Sheet>
    }
}
