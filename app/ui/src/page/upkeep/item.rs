//! One item of a node: when it is met, what was found and by whom, what else was entered, and the form.

use super::form::CheckForm;
use super::{reading, say, use_findings};
use crate::locale::upkeep as words;
use crate::part::badge::Vouched;
use crate::part::beside::Beside;
use crate::part::icon::Icon;
use crate::part::permit::{BarrierNote, barrier};
use crate::state::use_app;
use crate::words::{t, tt};
use civmesh_domain::body::Kind;
use civmesh_domain::fold::Statement;
use civmesh_domain::id::{EventId, NodeId};
use civmesh_domain::part::PartKind;
use civmesh_domain::spatial::node::Node;
use civmesh_domain::spatial::upkeep::checklist::{Checked, Checklist};
use civmesh_domain::spatial::upkeep::{Item, PlaceChecked};
use leptos::prelude::*;
use leptos_router::components::A;
use leptos_router::hooks::use_query_map;

/// The item, for who may read it; the form, for who may enter something.
#[component]
pub fn ItemPage(node: Node, item: Item) -> impl IntoView {
    let app = use_app();
    let id = node.id.clone();
    let (of, about) = (id.clone(), id.clone());
    let (hidden, closed) = (Memo::new(move |_| reading(app, &of)), Memo::new(move |_| barrier(app, Kind::PlaceChecked, &about)));
    let query = use_query_map();
    let corrects = query.with_untracked(|query| query.get("correct")).and_then(|id| id.parse::<EventId>().ok());
    let entering = id.clone();
    view! {
        <A href=format!("/upkeep?node={id}") attr:class="back"><Icon name="back" />{t(words::BACK_TO_LIST)}</A>
        <div class="page-head">
            <h1>{t(words::item(item))}</h1>
            <p><strong>{tt(node.name)}</strong></p>
            <p class="note">{t(words::MET_WHEN)}": "{t(words::met_when(item))}</p>
        </div>
        <div class="columns">
            <div>{move || hidden.get().is_none().then(|| view! { <Standing node=id.clone() item /> })}</div>
            <div>
                <BarrierNote barrier=closed />
                {move || closed.get().is_none().then(|| view! { <CheckForm node=entering.clone() item corrects /> })}
            </div>
        </div>
    }
}

/// What counts, and what else was entered.
#[component]
fn Standing(node: NodeId, item: Item) -> impl IntoView {
    let app = use_app();
    let findings = use_findings(app);
    let (of, about) = (node.clone(), node);
    let checked = Memo::new(move |_| {
        let list = findings.with(|findings| Checklist::of(findings.get(&of), app.now.get()));
        list.items.into_iter().find(|checked| checked.item == item)
    });
    let others = Memo::new(move |_| {
        let last = checked.get().and_then(|checked| checked.last).map(|last| last.id);
        let all = findings.with(|findings| findings.get(&about).and_then(|found| found.get(&item)).cloned().unwrap_or_default());
        all.into_iter().rev().filter(|said| Some(said.id) != last).collect::<Vec<_>>()
    });
    view! {
        <section class="section">
            <h2>{t(words::LAST)}</h2>
            {move || match checked.get().and_then(|checked| Some((checked.last.clone()?, checked))) {
                None => view! { <p class="note">{t(words::NOBODY_LOOKED)}</p> }.into_any(),
                Some((last, checked)) => view! { <Last last checked /> }.into_any(),
            }}
        </section>
        {move || (!others.with(Vec::is_empty)).then(|| view! {
            <section class="section">
                <h2>{t(words::EARLIER)}</h2>
                <ul class="rows">{others.get().into_iter().map(|said| view! { <Other said /> }).collect_view()}</ul>
            </section>
        })}
    }
}

#[component]
fn Last(last: Statement<PlaceChecked>, checked: Checked) -> impl IntoView {
    let app = use_app();
    let (id, author, verdict, at, written) = (last.id, last.author, last.verdict, last.checked_at(), last.at());
    let parts = app.judged.with_untracked(|judged| {
        judged.iter().find(|judged| judged.event.id == id).map(|judged| judged.event.core.parts.clone()).unwrap_or_default()
    });
    let again = checked.again.then(|| if last.is_ahead(app.now.get_untracked()) { words::AGAIN_CLOCK } else { words::AGAIN_NOTE });
    view! {
        <p class="line"><Icon name=say::sign(Some(last.value.finding)) /><strong>{t(say::found(&checked))}</strong></p>
        {again.map(|words| view! { <p class="line"><span class="due late">{t(words::AGAIN)}</span><span class="note">{t(words)}</span></p> })}
        <dl class="facts">
            <dt>{t(words::CHECKED)}</dt>
            <dd>{move || say::day(app, at)}</dd>
            {parts.into_iter().filter(|part| part.kind != PartKind::Person).map(|part| view! {
                <dt>{t(crate::part::beside::kind_words(part.kind))}</dt>
                <dd><Beside event=id kind=part.kind /></dd>
            }).collect_view()}
        </dl>
        <p class="line"><Vouched verdict author at=written /></p>
    }
}

#[component]
fn Other(said: Statement<PlaceChecked>) -> impl IntoView {
    let app = use_app();
    let (id, author, verdict, at) = (said.id, said.author, said.verdict, said.checked_at());
    let finding = said.value.finding;
    view! {
        <li>
            <A href=format!("/records/{id}") attr:class="row top">
                <Icon name=say::sign(Some(finding)) />
                <span class="grow">
                    <strong class="name">{t(words::finding(finding))}</strong>
                    <span class="note">{move || say::day(app, at)}</span>
                    <span class="line"><Vouched verdict author at=said.at() /></span>
                </span>
                <Icon name="next" />
            </A>
        </li>
    }
}
