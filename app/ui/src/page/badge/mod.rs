//! The badge of this phone's holder, and checking somebody else's.

mod check;
mod mine;

use crate::locale::{badge as words, more};
use crate::part::icon::Icon;
use crate::words::t;
use check::Check;
use leptos::prelude::*;
use leptos_router::components::A;
use mine::Mine;

/// The screen.
#[component]
pub fn BadgePage() -> impl IntoView {
    view! {
        <div class="page-head">
            <A href="/more" attr:class="back"><Icon name="back" />{t(more::TITLE)}</A>
            <h1>{t(words::TITLE)}</h1>
        </div>
        <div class="columns">
            <Mine />
            <Check />
        </div>
    }
}
