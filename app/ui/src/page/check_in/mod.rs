//! Checking in at a node and out again, for oneself or for somebody whom nobody expected; and who is there.

mod form;
mod present;

use crate::locale::{check_in, common};
use crate::part::correction::{Correction, CorrectionMissing, use_correction};
use crate::part::desk::{DeskBar, use_desk};
use crate::part::icon::Icon;
use crate::state::use_app;
use crate::words::t;
use civmesh_domain::body::Body;
use civmesh_domain::id::NodeId;
use form::CheckInForm;
use leptos::prelude::*;
use leptos_router::components::A;
use present::Present;

/// The screen.
#[component]
pub fn CheckInPage() -> impl IntoView {
    let desk = use_desk();
    let Correction { wanted, found, missing } = use_correction(|body| match body {
        Body::CheckIn(entry) => Some(entry.clone()),
        _ => None,
    });
    view! {
        <div class="page-head">
            <h1>{move || t(if wanted.get().is_some() { check_in::CORRECT_TITLE } else { check_in::TITLE })()}</h1>
        </div>
        <CorrectionMissing missing words=check_in::NOT_TO_CORRECT />
        {move || match found.get() {
            Some(corrected) => view! { <CheckInForm node=corrected.node.clone() corrected=Some(corrected) /> }.into_any(),
            None => view! { <Desk desk /> }.into_any(),
        }}
    }
}

#[component]
fn Desk(desk: Memo<Option<NodeId>>) -> impl IntoView {
    view! {
        <DeskBar desk />
        {move || match desk.get() {
            None => view! { <p class="note">{t(check_in::NO_NODE)}</p> }.into_any(),
            Some(node) => view! {
                <SeatNote node=node.clone() />
                <div class="columns">
                    <CheckInForm node=node.clone() corrected=None />
                    <Present node />
                </div>
            }.into_any(),
        }}
    }
}

/// Says plainly where a record goes from here, if not straight to the node.
#[component]
pub fn SeatNote(node: NodeId) -> impl IntoView {
    let app = use_app();
    move || match app.seat.get() {
        None => Some(
            view! {
                <div class="notice caution">
                    <Icon name="info" />
                    <div class="grow">{t(check_in::NO_SEAT)}</div>
                    <A href="/seat" attr:class="button">{t(common::TAKE_SEAT)}</A>
                </div>
            }
            .into_any(),
        ),
        Some(seat) if !seat.is_for(&node) => Some(
            view! {
                <div class="notice"><Icon name="info" /><div class="grow">{t(check_in::OTHER_NODE)}</div></div>
            }
            .into_any(),
        ),
        Some(_) => None,
    }
}
