//! The seat: what it is, the one that is held, or the form that takes one up.

mod form;
mod held;

use crate::locale::{join, more, seat};
use crate::part::icon::Icon;
use crate::state::use_app;
use crate::words::t;
use form::Form;
use held::Held;
use leptos::prelude::*;
use leptos_router::components::A;

/// The screen.
#[component]
pub fn SeatPage() -> impl IntoView {
    let app = use_app();
    let has_seat = Memo::new(move |_| app.seat.with(Option::is_some));
    view! {
        <div class="page-head">
            <A href="/more" attr:class="back"><Icon name="back" />{t(more::TITLE)}</A>
            <h1>{t(seat::TITLE)}</h1>
            <p class="note">{t(seat::WHAT)}</p>
        </div>
        {move || if has_seat.get() {
            view! { <Held /> }.into_any()
        } else {
            view! {
                <div class="buttons">
                    <A href="/join" attr:class="button primary lead"><Icon name="qr" />{t(join::HAVE_INVITATION)}</A>
                </div>
                <Form />
            }.into_any()
        }}
    }
}
