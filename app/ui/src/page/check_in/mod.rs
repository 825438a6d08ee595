//! Checking in at a node and out again, for oneself or for somebody whom nobody expected; and who is there.

mod form;
mod present;

use crate::locale::{check_in, common};
use crate::part::desk::{DeskBar, use_desk};
use crate::part::icon::Icon;
use crate::state::{AppState, use_app};
use crate::words::t;
use civmesh_domain::body::Body;
use civmesh_domain::fold::Judged;
use civmesh_domain::id::{EventId, NodeId};
use civmesh_domain::personnel::check_in::CheckIn;
use form::CheckInForm;
pub use form::refused_rows;
use leptos::prelude::*;
use leptos_router::components::A;
use leptos_router::hooks::use_query_map;
use present::Present;

/// What is corrected: a check-in that is on this phone.
#[derive(Clone, PartialEq)]
pub struct Corrected {
    id: EventId,
    node: NodeId,
    entry: CheckIn,
}

/// The screen.
#[component]
pub fn CheckInPage() -> impl IntoView {
    let app = use_app();
    let desk = use_desk();
    let query = use_query_map();
    let wanted = Memo::new(move |_| query.with(|query| query.get("correct")).and_then(|id| id.parse::<EventId>().ok()));
    let corrected = Memo::new(move |_| wanted.get().and_then(|id| find(app, id)));
    view! {
        <div class="page-head">
            <h1>{move || t(if wanted.get().is_some() { check_in::CORRECT_TITLE } else { check_in::TITLE })()}</h1>
        </div>
        {move || (wanted.get().is_some() && corrected.get().is_none()).then(|| view! {
            <div class="notice caution" role="alert"><Icon name="alert" /><div class="grow">{t(check_in::NOT_TO_CORRECT)}</div></div>
        })}
        {move || match corrected.get() {
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

fn find(app: AppState, id: EventId) -> Option<Corrected> {
    app.judged.with(|judged| {
        let Judged { event, .. } = judged.iter().find(|judged| judged.event.id == id)?;
        match &event.core.body {
            Body::CheckIn(entry) => Some(Corrected { id, node: event.core.node.clone(), entry: entry.clone() }),
            _ => None,
        }
    })
}
