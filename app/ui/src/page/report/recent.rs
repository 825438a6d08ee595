//! What was reported from this node lately.

use crate::locale::{domain, report as words};
use crate::part::badge::Vouched;
use crate::part::icon::Icon;
use crate::part::said;
use crate::state::use_app;
use crate::words::t;
use civmesh_domain::fold::Statement;
use civmesh_domain::id::NodeId;
use civmesh_domain::information::report::{self, Report};
use leptos::prelude::*;
use leptos_router::components::A;

/// How many are listed.
const LISTED: usize = 10;

/// The latest reports from a node.
#[component]
pub fn Recent(node: NodeId) -> impl IntoView {
    let app = use_app();
    let latest = Memo::new(move |_| {
        let Some(region) = app.region.get() else { return Vec::new() };
        app.judged.with(|judged| {
            let reports = report::reports(judged.iter(), region.scene());
            let listed = report::listed(&reports, app.now.get_untracked());
            let statements = listed.into_iter().map(|(_, view)| view.first.statement.clone());
            statements.filter(|statement| statement.node == node).take(LISTED).collect::<Vec<_>>()
        })
    });
    view! {
        <section class="section">
            <h2>{t(words::RECENT)}</h2>
            {move || if latest.with(Vec::is_empty) {
                view! { <div class="empty"><Icon name="report" /><p class="note">{t(words::NONE_YET)}</p></div> }.into_any()
            } else {
                view! { <ul class="rows">{latest.get().into_iter().map(|statement| view! { <Entry statement /> }).collect_view()}</ul> }.into_any()
            }}
        </section>
    }
}

#[component]
fn Entry(statement: Statement<Report>) -> impl IntoView {
    let app = use_app();
    let (at, verdict, author, urgency) = (statement.at(), statement.verdict, statement.author, statement.value.urgency);
    let report = statement.value;
    view! {
        <li>
            <A href=format!("/records/{}", statement.id) attr:class="row top">
                <span class="grow">
                    <strong class="name">{t(domain::urgency(urgency))}</strong>
                    <span class="note">{move || said::report(app.language.get(), &report)}</span>
                    <span class="line"><Vouched verdict author at /></span>
                </span>
            </A>
        </li>
    }
}
