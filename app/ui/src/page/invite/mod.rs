//! Inviting somebody: the form, then the two codes that go from phone to phone.

mod form;
mod steps;

use crate::command::invite::NotAdmitted;
use crate::locale::{common, people as words};
use crate::page::people::is_coordinator;
use crate::part::icon::Icon;
use crate::state::use_app;
use crate::words::{Words, t};
use form::Form;
use leptos::prelude::*;
use leptos_router::components::A;
use leptos_router::hooks::use_params_map;
use steps::Steps;

/// The form.
#[component]
pub fn Invite() -> impl IntoView {
    let app = use_app();
    let coordinates = Memo::new(move |_| is_coordinator(app));
    view! {
        <Head title=words::INVITE />
        {move || if coordinates.get() {
            view! { <Form /> }.into_any()
        } else {
            view! { <p class="notice"><Icon name="key" /><span class="grow">{t(words::FOR_COORDINATORS)}</span></p> }.into_any()
        }}
    }
}

/// One invitation, by the number in the address.
#[component]
pub fn Invited() -> impl IntoView {
    let params = use_params_map();
    let number = Memo::new(move |_| params.with(|params| params.get("number")).unwrap_or_default());
    view! {
        <Head title=words::INVITE />
        <Steps number />
    }
}

#[component]
fn Head(title: Words) -> impl IntoView {
    view! {
        <div class="page-head">
            <A href="/people" attr:class="back"><Icon name="back" />{t(words::TITLE)}</A>
            <h1>{t(title)}</h1>
        </div>
    }
}

/// Why somebody was not admitted, in words.
pub fn why_not(reason: NotAdmitted) -> Words {
    match reason {
        NotAdmitted::Unreadable => words::ANSWER_UNREADABLE,
        NotAdmitted::NotOurs => words::NOT_OURS,
        NotAdmitted::Used => words::USED,
        NotAdmitted::TooLate => words::TOO_LATE,
        NotAdmitted::MayNot => words::MAY_NOT,
        NotAdmitted::NoSeat => words::NO_SEAT,
        NotAdmitted::Failed => common::SAVE_FAILED,
    }
}
