//! The eight items of one node.

use super::{reading, say, use_checklist};
use crate::locale::upkeep as words;
use crate::part::badge::{Proof, by_role};
use crate::part::icon::Icon;
use crate::part::permit::BarrierNote;
use crate::state::use_app;
use crate::words::{t, tt};
use civmesh_domain::fold::Statement;
use civmesh_domain::id::NodeId;
use civmesh_domain::part::PartKind;
use civmesh_domain::spatial::node::Node;
use civmesh_domain::spatial::upkeep::PlaceChecked;
use civmesh_domain::spatial::upkeep::checklist::{Checked, Checklist};
use leptos::prelude::*;
use leptos_router::components::A;

/// The items, for who may read them.
#[component]
pub fn NodeChecklist(node: Node) -> impl IntoView {
    let app = use_app();
    let id = node.id.clone();
    let stands = {
        let id = id.clone();
        Memo::new(move |_| reading(app, &id))
    };
    view! {
        <A href=format!("/node/{id}") attr:class="back"><Icon name="back" />{t(words::BACK)}</A>
        <div class="page-head">
            <h1>{t(words::TITLE)}</h1>
            <p><strong>{tt(node.name)}</strong></p>
            <p class="note">{t(words::NODE_NOTE)}</p>
        </div>
        <BarrierNote barrier=stands />
        {move || stands.get().is_none().then(|| view! { <Items node=id.clone() /> })}
    }
}

#[component]
fn Items(node: NodeId) -> impl IntoView {
    let app = use_app();
    let list = use_checklist(app, node.clone());
    view! {
        <p class="line"><strong>{move || list.with(|list| say::met(app.language.get(), list))}</strong><span class="note">{move || list.with(|list| say::age(app, list))}</span></p>
        <ul class="rows">
            {move || list.with(|Checklist { items }| items.clone()).into_iter().map(|checked| view! { <Row node=node.clone() checked /> }).collect_view()}
        </ul>
    }
}

/// Where the item of a row is.
pub fn row_id(checked: &Checked) -> String {
    format!("item-{}", checked.item.name())
}

#[component]
fn Row(node: NodeId, checked: Checked) -> impl IntoView {
    let (item, finding) = (checked.item, checked.last.as_ref().map(|last| last.value.finding));
    let (id, said, again) = (row_id(&checked), say::found(&checked), checked.again);
    view! {
        <li>
            <A href=format!("/upkeep?node={node}&item={}", item.name()) attr:class="row top" attr:id=id>
                <Icon name=say::sign(finding) />
                <span class="grow">
                    <strong class="name">{t(words::item(item))}</strong>
                    <span class="line">
                        <b>{t(said)}</b>
                        {again.then(|| view! { <span class="due late">{t(words::AGAIN)}</span> })}
                    </span>
                    {checked.last.map(|last| view! { <Said last /> })}
                </span>
                <Icon name="next" />
            </A>
        </li>
    }
}

/// When and by whom it was said, whether that is verified, and what stands beside it.
#[component]
fn Said(last: Statement<PlaceChecked>) -> impl IntoView {
    let app = use_app();
    let (id, author, verdict, at) = (last.id, last.author, last.verdict, last.checked_at());
    let beside = Memo::new(move |_| {
        app.judged.with(|judged| {
            let parts = judged.iter().find(|judged| judged.event.id == id).map(|judged| &judged.event.core.parts);
            [PartKind::Text, PartKind::Photo].map(|kind| parts.is_some_and(|parts| parts.iter().any(|part| part.kind == kind)))
        })
    });
    let facts = move || {
        let language = app.language.get();
        let [note, photo] = beside.get();
        let beside = [(note, words::WITH_NOTE), (photo, words::WITH_PHOTO)].into_iter().filter(|(is, _)| *is).map(|(_, words)| words);
        let words = by_role(app, author).into_iter().chain(beside).map(|words| words.get(language).to_owned());
        std::iter::once(say::day_age(app, at)).chain(words).collect::<Vec<_>>().join(say::dot(language))
    };
    view! {
        <span class="line"><span class="note">{facts}</span><Proof verdict /></span>
    }
}
