//! An address that leads nowhere.

use crate::locale::common;
use crate::words::t;
use leptos::prelude::*;
use leptos_router::components::A;

/// An address that leads nowhere.
#[component]
pub fn NotFound() -> impl IntoView {
    view! {
        <div class="page-head">
            <h1>{t(common::NOT_FOUND)}</h1>
            <p class="note">{t(common::NOT_FOUND_NOTE)}</p>
        </div>
        <div class="buttons">
            <A href="/" attr:class="button primary">{t(common::GO_HOME)}</A>
        </div>
    }
}
