//! A group of the list.

use super::ask::Ask;
use super::listing::{Shelf, Spot, Views, status_of};
use crate::locale::{domain, find};
use crate::part::badge::{Age, StateBadge};
use crate::part::dial::{Dial, Measure};
use crate::state::use_app;
use crate::words::{t, tt};
use civmesh_domain::spatial::hazard::Hazard;
use civmesh_domain::unit::Metres;
use leptos::prelude::*;
use leptos_router::components::A;

/// A group: its heading, what has to be said of it, its rows, and a button for more.
#[component]
pub fn ShelfView(shelf: Shelf, ask: Memo<Ask>, views: Memo<Views>, query: String, #[prop(into)] change: Callback<Ask>) -> impl IntoView {
    let hazard: Option<Hazard> = ask.with_untracked(|ask| ask.hazard);
    let Shelf { section, open, spots, more } = shelf;
    let (heading, note) = find::group(section, open, hazard);
    let more = more.then(|| {
        let press = move |_| change.run(ask.get_untracked().with_more(section, open));
        view! { <button class="button wide" type="button" on:click=press>{t(find::SHOW_MORE)}<span class="visually-hidden">": "{t(heading)}</span></button> }
    });
    view! {
        <section class="section">
            <h2>{t(heading)}</h2>
            {note.map(|note| view! { <p class="note">{t(note)}</p> })}
            <ul class="rows">
                {spots.into_iter().map(|spot| view! { <SpotRow spot views query=query.clone() /> }).collect_view()}
            </ul>
            {more}
        </section>
    }
}

/// One place.
#[component]
fn SpotRow(spot: Spot, views: Memo<Views>, query: String) -> impl IntoView {
    let app = use_app();
    let node = app.region.get_untracked().and_then(|region| region.nodes().get(spot.at).cloned());
    let status = Memo::new(move |_| status_of(app, views, spot.at));
    let state = move || {
        let status = status.get();
        let age = status.filter(|status| !status.ahead).map(|status| view! { " · "<Age at=status.at /> });
        view! { <StateBadge state=status.map(|status| status.state) />{age} }
    };
    node.map(|node| {
        view! {
            <li>
                <A href=format!("/node/{}{query}", node.id) attr:class="row">
                    <Dial bearing=spot.bearing small=true />
                    <span class="grow">
                        <strong class="name">{tt(node.name)}</strong>
                        <span class="note">{t(domain::node_kind(node.kind))}" · "</span>
                        {state}
                    </span>
                    <Measure metres=Metres(spot.metres) />
                </A>
            </li>
        }
    })
}
