//! What was tapped: a node, or a spot from which to measure.

use super::Tapped;
use super::shape::Views;
use crate::device::time;
use crate::locale::{common, danger, find, map as words};
use crate::page::danger::say;
use crate::page::find::ask::Ask;
use crate::page::people::is_coordinator;
use crate::part::badge::{Age, StateBadge};
use crate::part::dial::{Dial, Measure};
use crate::part::here::{self, measure_from};
use crate::part::icon::Icon;
use crate::part::kind::Kind;
use crate::part::shut::TakesNobody;
use crate::state::danger::at;
use crate::state::foot::{self, Walker};
use crate::state::origin::{How, Origin};
use crate::state::use_app;
use crate::words::{t, tt};
use civmesh_domain::spatial::node::Node;
use civmesh_domain::text::Text;
use civmesh_domain::unit::Place;
use leptos::prelude::*;
use leptos_router::components::A;

/// The card of what was tapped.
#[component]
pub fn TappedCard(tapped: RwSignal<Option<Tapped>>, views: Memo<Views>, ask: Ask, walker: Walker) -> impl IntoView {
    let app = use_app();
    let close = move |_| tapped.set(None);
    let content = move || {
        tapped.get().map(|what| {
            let node = match what {
                Tapped::Node(index) => app.region.get_untracked().and_then(|region| region.nodes().get(index).cloned()),
                Tapped::Place(_) => None,
            };
            let inside = match (what, node) {
                (_, Some(node)) => view! { <NodeCard node views ask=ask.clone() walker /> }.into_any(),
                (Tapped::Place(place), None) => view! { <SpotCard place tapped /> }.into_any(),
                (Tapped::Node(_), None) => ().into_any(),
            };
            view! {
                <article class="card map-card">
                    {inside}
                    <button class="button round quiet close" type="button" aria-label=t(common::CLOSE) on:click=close><Icon name="close" /></button>
                </article>
            }
        })
    };
    view! { <div class="map-told" role="status">{content}</div> }
}

#[component]
fn NodeCard(node: Node, views: Memo<Views>, ask: Ask, walker: Walker) -> impl IntoView {
    let app = use_app();
    let (id, place, named) = (node.id.clone(), node.place, node.id.clone());
    let is_endangered = Memo::new(move |_| app.endangered.with(|endangered| endangered.contains(&named)));
    let query = ask.kept();
    let status = Memo::new(move |_| views.with(|views| views.get(&id).copied()));
    let is_shut = move || status.get().is_some_and(|status| status.is_known_shut());
    let going = format!("/going/{}{query}", node.id);
    let how_far = move || here::measure_to(app, place);
    let said = move || {
        let status = status.get();
        let proof = status
            .map(|status| view! { " · "{t(if status.verified { find::VERIFIED } else { find::UNVERIFIED })}" · "<Age at=status.at /> });
        view! { <StateBadge said=status.map(|status| (status.state, status.verified)) />{proof} }
    };
    view! {
        <h2 class="name">{tt(node.name.clone())}</h2>
        <Kind node=node.clone() />
        <div class="line">
            <p class="grow">{said}</p>
            {move || how_far().map(|(metres, _)| view! { <Measure metres way=foot::way_to(app, walker, place) /> })}
        </div>
        {move || is_endangered.get().then(|| view! { <p class="error"><Icon name="alert" />{t(find::IN_DANGER)}</p> })}
        <TakesNobody node=node.id.clone() ask=ask.clone() short=true />
        <div class="buttons">
            {move || (!is_shut()).then(|| view! { <A href=going.clone() attr:class=going_class(is_endangered)><Icon name="walk" />{t(find::GO_THERE)}</A> })}
            <A href=format!("/node/{}{query}", node.id) attr:class="button">{t(find::DETAILS)}</A>
        </div>
    }
}

/// Where it is dangerous, going is not what the button suggests first.
fn going_class(is_endangered: Memo<bool>) -> impl Fn() -> &'static str {
    move || if is_endangered.get() { "button" } else { "button primary" }
}

#[component]
fn SpotCard(place: Place, tapped: RwSignal<Option<Tapped>>) -> impl IntoView {
    let app = use_app();
    let how_far = move || here::measure_to(app, place);
    let inside = Memo::new(move |_| at(app, place));
    let measure = move |_| {
        let name = Text::new(words::SPOT.zh, words::SPOT.en);
        measure_from(app, Origin { place, how: How::Chosen { name }, at: time::now() });
        tapped.set(None);
    };
    view! {
        <div class="line">
            {move || how_far().map(|(_, bearing)| view! { <Dial bearing small=true /> })}
            <h2 class="name grow">{t(words::SPOT)}</h2>
            {move || how_far().map(|(metres, _)| view! { <Measure metres /> })}
        </div>
        {move || (!inside.with(Vec::is_empty)).then(|| view! {
            <p class="error"><Icon name="alert" /><span class="grow">{move || danger::inside(app.language.get(), &say::several(app.language.get(), &inside.get()))}</span></p>
        })}
        <div class="buttons">
            <button class="button primary" type="button" on:click=measure>{t(words::MEASURE_HERE)}</button>
            {move || (!inside.with(Vec::is_empty)).then(|| view! { <A href="/danger" attr:class="button">{t(find::DETAILS)}</A> })}
            {move || is_coordinator(app).then(|| view! {
                <A href=format!("/declare?at={},{}", place.lat(), place.lon()) attr:class="button">{t(danger::CLOSED_HERE)}</A>
            })}
        </div>
    }
}
