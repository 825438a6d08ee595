//! Says that a place lies in what is declared dangerous or closed now, by whom, and where all of it is listed.

use super::badge::Vouched;
use super::icon::Icon;
use crate::locale::danger as words;
use crate::page::danger::say;
use crate::state::{danger, use_app};
use crate::words::t;
use civmesh_domain::unit::Place;
use leptos::prelude::*;
use leptos_router::components::A;

/// The notice at a place that lies in it; nothing at any other.
#[component]
pub fn Endangered(place: Place) -> impl IntoView {
    let app = use_app();
    let areas = Memo::new(move |_| {
        let mut areas = danger::at(app, place);
        areas.retain(|area| area.condition().is_now());
        areas
    });
    move || {
        (!areas.with(Vec::is_empty)).then(|| {
            let rows = areas.get().into_iter().map(|area| {
                let (author, at, verdict, declared) = (area.said.author, area.said.at(), area.said.verdict, area.said.value);
                view! { <p>{move || say::whole(app.language.get(), &declared)}</p><p class="line"><Vouched verdict author at /></p> }
            });
            view! {
                <div class="notice danger" role="alert">
                    <Icon name="alert" />
                    <div class="grow">
                        <b>{t(words::NODE_INSIDE)}</b>
                        {rows.collect_view()}
                        <p><A href="/danger">{t(words::SEE_ALL)}</A></p>
                    </div>
                </div>
            }
        })
    }
}
