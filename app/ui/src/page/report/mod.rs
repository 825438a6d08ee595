//! Filing a report: situation, people, needs, dangers, words, a photo. Every section may stay empty, not all of them.

mod draft;
mod field;
mod form;
mod recent;

use crate::locale::report;
use crate::page::check_in::SeatNote;
use crate::part::correction::{Correction, CorrectionMissing, use_correction};
use crate::part::desk::{DeskBar, use_desk};
use crate::part::icon::Icon;
use crate::words::t;
use civmesh_domain::body::Body;
use civmesh_domain::id::NodeId;
use form::ReportForm;
use leptos::prelude::*;
use leptos_router::components::A;
use recent::Recent;

/// The screen.
#[component]
pub fn ReportPage() -> impl IntoView {
    let desk = use_desk();
    let Correction { wanted, found, missing } = use_correction(|body| match body {
        Body::Report(report) => Some(report.clone()),
        _ => None,
    });
    view! {
        <div class="page-head">
            <h1>{move || t(if wanted.get().is_some() { report::CORRECT_TITLE } else { report::TITLE })()}</h1>
        </div>
        <CorrectionMissing missing words=report::NOT_TO_CORRECT />
        {move || match found.get() {
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
