//! A group of the list.

use super::ask::Ask;
use super::listing::{Shelf, Shown, Spot, Views, status_of};
use crate::locale::{domain, find};
use crate::part::badge::{Age, StateBadge, by_role};
use crate::part::dial::{Dial, Measure};
use crate::state::use_app;
use crate::words::{t, tt};
use civmesh_domain::spatial::search::Section;
use civmesh_domain::unit::Metres;
use leptos::prelude::*;

/// A group: its heading, what has to be said of it, its rows, and a button for more.
#[component]
pub fn ShelfView(
    section: Section,
    open: bool,
    ask: Memo<Ask>,
    shown: Shown,
    query: Memo<String>,
    #[prop(into)] change: Callback<Ask>,
) -> impl IntoView {
    let app = use_app();
    let Shown { listing, views, .. } = shown;
    let shelf = Memo::new(move |_| listing.with(|listing| listing.shelf(section, open).cloned()));
    let spots = move || shelf.with(|shelf| shelf.as_ref().map(|Shelf { spots, .. }| spots.clone()).unwrap_or_default());
    let more = move || shelf.with(|shelf| shelf.as_ref().is_some_and(|shelf| shelf.more));
    let words = move || find::group(section, open, ask.with(|ask| ask.hazard));
    let heading = move || words().0.get(app.language.get());
    let note = move || words().1.map(|note| note.get(app.language.get()));
    let press = move |_| change.run(ask.get_untracked().with_more(section, open));
    view! {
        <section class="section">
            <h2>{heading}</h2>
            {move || note().map(|note| view! { <p class="note">{note}</p> })}
            <ul class="rows">
                <For each=spots key=|spot| *spot let:spot>
                    <SpotRow spot views query />
                </For>
            </ul>
            <Show when=more>
                <button class="button wide" type="button" on:click=press>
                    {t(find::SHOW_MORE)}
                    <span class="visually-hidden">": "{heading}</span>
                </button>
            </Show>
        </section>
    }
}

/// One place.
#[component]
fn SpotRow(spot: Spot, views: Memo<Views>, query: Memo<String>) -> impl IntoView {
    let app = use_app();
    let node = app.region.get_untracked().and_then(|region| region.nodes().get(spot.at).cloned());
    let status = Memo::new(move |_| status_of(app, views, spot.at));
    let state = move || {
        let status = status.get();
        let age = status.map(|status| view! { " · "<Age at=status.at /> });
        let proof = status.map(|status| view! { " · "{t(if status.verified { find::VERIFIED } else { find::UNVERIFIED })} });
        let by = status.and_then(|status| by_role(app, status.author)).map(|role| view! { " · "{t(role)} });
        view! { <StateBadge said=status.map(|status| (status.state, status.verified)) />{proof}{by}{age} }
    };
    node.map(|node| {
        let id = node.id;
        let named = id.clone();
        let is_endangered = move || app.endangered.with(|endangered| endangered.contains(&named));
        view! {
            <li>
                // A plain link: the router follows it all the same, and a row need not know whether it is the current page.
                <a href=move || format!("/node/{id}{}", query.get()) class="row">
                    <Dial bearing=spot.bearing small=true />
                    <span class="grow">
                        <strong class="name">{tt(node.name)}</strong>
                        <span class="note">{t(domain::node_kind(node.kind))}" · "</span>
                        {state}
                        {move || is_endangered().then(|| view! { <span class="endangered">{t(find::IN_DANGER)}</span> })}
                    </span>
                    <Measure metres=Metres(spot.metres) way=spot.way />
                </a>
            </li>
        }
    })
}
