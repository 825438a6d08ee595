//! Where to go now: the first screen, and an answer.

mod answer;
pub mod ask;
mod chips;
mod heading_for;
mod hints;
pub mod listing;
mod measured;
pub mod ranked;
mod shelf;

use crate::device::performance;
use crate::locale::find;
use crate::part::icon::Icon;
use crate::state::use_app;
use crate::words::t;
use answer::Answer;
use ask::Ask;
use chips::{Filters, HazardChips};
use heading_for::HeadingFor;
use hints::{NoAnswer, NoRegion, Offline};
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_navigate, use_query_map};
use listing::{Shown, use_listing};
use measured::{FarAway, FromButtons, MeasuredFrom};
use shelf::ShelfView;
use std::sync::atomic::{AtomicBool, Ordering};

/// The nearest places to go to.
#[component]
pub fn Find() -> impl IntoView {
    let app = use_app();
    let query = use_query_map();
    let ask = Memo::new(move |_| query.with(|query| Ask::read(|name| query.get(name))));
    let change = {
        let navigate = use_navigate();
        Callback::new(move |ask: Ask| navigate(&ask.address(), NavigateOptions { replace: true, scroll: false, ..Default::default() }))
    };
    let shown = use_listing(ask);
    let map = move || format!("/map{}", ask.with(Ask::kept));
    let filters = RwSignal::new(false);
    let has_region = Memo::new(move |_| app.region.with(|region| region.is_some()));
    mark_when_painted(shown);
    view! {
        <div class="page-head">
            <div class="line">
                <h1 class="grow">{t(find::TITLE)}</h1>
                // A plain link, as the rows have.
                <a href=map class="button quiet"><Icon name="map" />{t(find::MAP)}</a>
            </div>
            <MeasuredFrom />
        </div>
        <FromButtons ask />
        <HeadingFor />
        <HazardChips ask filters change />
        <Filters ask open=filters change />
        <FarAway />
        {move || if has_region.get() {
            view! { <List ask shown change /> }.into_any()
        } else {
            view! { <NoRegion /> }.into_any()
        }}
        <Offline />
    }
}

/// The answer and the groups.
#[component]
fn List(ask: Memo<Ask>, shown: Shown, change: Callback<Ask>) -> impl IntoView {
    let app = use_app();
    let Shown { views, listing, .. } = shown;
    let query = Memo::new(move |_| ask.with(Ask::kept));
    let answer = Memo::new(move |_| listing.with(|listing| listing.answer));
    let is_empty = Memo::new(move |_| listing.with(|listing| listing.len() == 0));
    let count = move || listing.with(|listing| find::found(app.language.get(), listing.len()));
    let shelves = move || listing.with(|listing| listing.shelves.iter().map(|shelf| (shelf.section, shelf.open)).collect::<Vec<_>>());
    view! {
        <p class="visually-hidden" role="status">{count}</p>
        <div class="columns">
            <div>
                {move || match answer.get() {
                    Some(spot) => view! { <Answer spot views query /> }.into_any(),
                    None => view! { <NoAnswer ask empty=is_empty.get() change /> }.into_any(),
                }}
            </div>
            <div>
                <For each=shelves key=|shelf| *shelf let((section, open))>
                    <ShelfView section open ask shown query change />
                </For>
                {move || (!is_empty.get()).then(|| view! { <p class="note section">{move || {
                    let by_ways = app.on_foot.with(|on_foot| on_foot.is_some());
                    (if by_ways { find::BY_WAYS } else { find::STRAIGHT_LINE }).get(app.language.get())
                }}</p> })}
            </div>
        </div>
        <NewsBar shown />
    }
}

/// News that would change the order: at the foot, where its coming moves nothing.
#[component]
fn NewsBar(shown: Shown) -> impl IntoView {
    view! {
        <div class="news-bar" role="status">
        {move || shown.stale.get().then(|| view! {
            <div class="notice">
                <Icon name="sync" />
                <div class="grow">{t(find::NEWS_WAITING)}</div>
                <button class="button" type="button" on:click=move |_| shown.renew()>{t(find::RENEW)}</button>
            </div>
        })}
        </div>
    }
}

/// Marks the moment when the first list of this opening of the app stands on the screen.
fn mark_when_painted(shown: Shown) {
    static MARKED: AtomicBool = AtomicBool::new(false);
    Effect::new(move || {
        let is_there = shown.listing.with(|listing| listing.len() > 0);
        if is_there && !MARKED.swap(true, Ordering::Relaxed) {
            request_animation_frame(|| performance::mark("civmesh:nearest-painted"));
        }
    });
}
