//! A new version is whole on the phone: offered, never forced.

use super::icon::Icon;
use crate::device::worker;
use crate::locale::more;
use crate::state::use_app;
use crate::words::t;
use leptos::prelude::*;

/// Offers the version that waits; nothing where none does.
#[component]
pub fn UpdateNotice() -> impl IntoView {
    let app = use_app();
    let waiting = Memo::new(move |_| app.update.with(|update| update.waiting));
    let pressed = RwSignal::new(false);
    view! {
        <div role="status">
            {move || waiting.get().then(|| view! {
                <div class="notice">
                    <Icon name="sync" />
                    <div class="grow stack">
                        <p><b>{t(more::UPDATE_READY)}</b><br />{t(more::UPDATE_NOTE)}</p>
                        <button
                            class="button primary"
                            disabled=move || pressed.get()
                            on:click=move |_| { pressed.set(true); worker::take_over(); }
                        >
                            {t(more::UPDATE_NOW)}
                        </button>
                    </div>
                </div>
            })}
        </div>
    }
}
