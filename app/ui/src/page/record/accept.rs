//! A record of a phone that was revoked: a coordinator who is sure of it can accept it.

use crate::command::invite::accept_record;
use crate::locale::people as words;
use crate::page::people::is_coordinator;
use crate::part::icon::Icon;
use crate::part::toast;
use crate::state::use_app;
use crate::words::t;
use civmesh_domain::event::Event;
use civmesh_domain::personnel::trust::{Doubt, Verdict};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::sync::Arc;

/// The offer; nothing where there is none to make.
#[component]
pub fn Accept(event: Arc<Event>, judged: Memo<Verdict>) -> impl IntoView {
    let app = use_app();
    let busy = RwSignal::new(false);
    let (author, id) = (event.core.author, event.id);
    let go = move |_| {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        spawn_local(async move {
            match accept_record(app, author, id).await {
                Ok(()) => toast::show(app, words::ACCEPTED),
                Err(failed) => toast::show(app, failed.words()),
            }
            let _gone = busy.try_set(false);
        });
    };
    let is_offered = move || judged.get() == Verdict::Unverified(Doubt::Revoked) && is_coordinator(app);
    move || {
        is_offered().then(|| {
            view! {
                <div class="notice caution">
                    <Icon name="unverified" />
                    <div class="grow">
                        <p>{t(words::ACCEPT_NOTE)}</p>
                        <button class="button" on:click=go aria-disabled=move || busy.get().to_string()>{t(words::ACCEPT)}</button>
                    </div>
                </div>
            }
        })
    }
}
