//! Filing a report: situation, people, needs, dangers, words, a photo. Every section may stay empty, not all of them.

mod draft;
mod field;
mod form;
mod photo;
mod recent;

use crate::locale::report;
use crate::page::check_in::SeatNote;
use crate::part::desk::{DeskBar, use_desk};
use crate::part::icon::Icon;
use crate::state::{AppState, use_app};
use crate::words::t;
use civmesh_domain::body::Body;
use civmesh_domain::id::{EventId, NodeId};
use civmesh_domain::information::report::Report;
use form::ReportForm;
use leptos::prelude::*;
use leptos_router::components::A;
use leptos_router::hooks::use_query_map;
use recent::Recent;

/// A report that is corrected.
#[derive(Clone, PartialEq)]
pub struct Corrected {
    id: EventId,
    node: NodeId,
    report: Report,
}

/// The screen.
#[component]
pub fn ReportPage() -> impl IntoView {
    let app = use_app();
    let desk = use_desk();
    let query = use_query_map();
    let wanted = Memo::new(move |_| query.with(|query| query.get("correct")).and_then(|id| id.parse::<EventId>().ok()));
    let corrected = Memo::new(move |_| wanted.get().and_then(|id| find(app, id)));
    view! {
        <div class="page-head">
            <h1>{move || t(if wanted.get().is_some() { report::CORRECT_TITLE } else { report::TITLE })()}</h1>
        </div>
        {move || (wanted.get().is_some() && corrected.get().is_none()).then(|| view! {
            <div class="notice caution" role="alert"><Icon name="alert" /><div class="grow">{t(report::NOT_TO_CORRECT)}</div></div>
        })}
        {move || match corrected.get() {
            Some(corrected) => view! { <ReportForm node=corrected.node.clone() corrected=Some(corrected) /> }.into_any(),
            None => view! { <Desk desk /> }.into_any(),
        }}
    }
}

#[component]
fn Desk(desk: Memo<Option<NodeId>>) -> impl IntoView {
    view! {
        <DeskBar desk />
        {move || match desk.get() {
            None => view! { <p class="note">{t(report::NO_NODE)}</p> }.into_any(),
            Some(node) => view! {
                <SeatNote node=node.clone() />
                <p>
                    <A href=format!("/status?node={node}") attr:class="button quiet"><Icon name="edit" />{t(report::SET_STATE)}</A>
                </p>
                <div class="columns">
                    <ReportForm node=node.clone() corrected=None />
                    <Recent node />
                </div>
            }.into_any(),
        }}
    }
}

fn find(app: AppState, id: EventId) -> Option<Corrected> {
    app.judged.with(|judged| {
        let event = &judged.iter().find(|judged| judged.event.id == id)?.event;
        match &event.core.body {
            Body::Report(report) => Some(Corrected { id, node: event.core.node.clone(), report: report.clone() }),
            _ => None,
        }
    })
}
