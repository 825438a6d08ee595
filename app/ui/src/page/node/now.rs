//! How it is at the node now, as far as anybody has said; and beside it, what was said at the same time.

use crate::locale::{find, node as words};
use crate::part::badge::{StateBadge, Vouched};
use crate::part::news::News;
use crate::part::offers::{Offers, offers_of};
use crate::state::use_app;
use crate::words::t;
use civmesh_domain::fold::{Statement, view};
use civmesh_domain::information::status::{NodeStatus, StatusView};
use civmesh_domain::personnel::trust::Verdict;
use civmesh_domain::spatial::node::{Known, Node};
use leptos::prelude::*;

/// State, proof and age, other statements, and what the node offers: now, and as planned.
#[component]
pub fn Now(node: Node) -> impl IntoView {
    let app = use_app();
    let id = node.id.clone();
    let statements = Memo::new(move |_| app.statuses.with(|board| board.get(&id).cloned().unwrap_or_default()));
    let status = Memo::new(move |_| statements.with(|statements| StatusView::of(statements, app.now.get())));
    let planned = node.offers;
    let people = node.capacity;
    let holds = move || people.map(|people| find::holds(app.language.get(), people.0));
    // What was said without proof is not shown as what there is: only its state is, with the doubt beside it.
    let said = move || status.get().filter(|status| status.verified).map(|status| status.offers);
    view! {
        <p class="line">
            {move || view! { <span class="grow"><StateBadge said=status.get().map(|status| (status.state, status.verified)) /></span> }}
            <span class="note">{holds}</span>
        </p>
        <News node=node.id status />
        <Others statements />
        {move || said().map(|offers| {
            let offers: Vec<_> = offers_of(|offer| offers.of(offer)).into_iter().filter(|(_, known)| *known != Known::Unknown).collect();
            let none = offers.is_empty().then(|| view! { <p class="note">{t(words::OFFERS_NOW_NONE)}</p> });
            view! { <h2 class="label">{t(words::OFFERS_NOW)}</h2>{none}<Offers offers /> }
        })}
        <h2 class="label">{t(words::OFFERS_PLANNED)}</h2>
        <p class="note">{t(words::PLANNED_NOTE)}</p>
        <Offers offers=offers_of(|offer| planned.of(offer)) />
    }
}

/// Statements that stand beside the one that is shown.
#[component]
fn Others(statements: Memo<Vec<Statement<NodeStatus>>>) -> impl IntoView {
    let app = use_app();
    move || {
        let now = app.now.get_untracked();
        let others: Vec<Statement<NodeStatus>> = statements.with(|statements| {
            view(statements, now).map(|view| view.others.iter().map(|seen| seen.statement.clone()).collect()).unwrap_or_default()
        });
        (!others.is_empty()).then(|| {
            let count = others.len();
            view! {
                <details>
                    <summary>{move || words::others(app.language.get(), count)}</summary>
                    <p class="note">{t(words::OTHER_STATEMENTS_NOTE)}</p>
                    <ul class="rows">
                        {others.into_iter().map(|other| view! {
                            <li class="row line">
                                <StateBadge said=Some((other.value.state, other.verdict == Verdict::Verified)) />
                                <Vouched verdict=other.verdict author=other.author at=other.at() />
                            </li>
                        }).collect_view()}
                    </ul>
                </details>
            }
        })
    }
}
