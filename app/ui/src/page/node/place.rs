//! Where it is, whom to look for, how far it has agreed, and where the entry comes from.

use crate::locale::{common, domain, node as words};
use crate::part::dial::distance;
use crate::part::here;
use crate::state::use_app;
use crate::words::{t, tt};
use civmesh_domain::governance::Standing;
use civmesh_domain::spatial::node::{Node, Refuge};
use civmesh_domain::text::Text;
use leptos::prelude::*;

/// The facts of the place.
#[component]
pub fn PlaceFacts(node: Node) -> impl IntoView {
    let app = use_app();
    let place = node.place;
    let straight = move || here::measure_to(app, place).map(|(metres, _)| distance(app.language.get(), metres));
    let capacity = node.capacity;
    let people = move || {
        capacity.map_or_else(|| common::UNKNOWN.get(app.language.get()).to_owned(), |people| words::people(app.language.get(), people.0))
    };
    let refuges: Vec<_> =
        [Refuge::DisasterShelter, Refuge::AirRaidShelter].into_iter().filter(|refuge| node.refuge.contains(*refuge)).collect();
    let refuge = move || {
        let language = app.language.get();
        let names: Vec<_> = refuges.iter().map(|&refuge| domain::refuge(refuge).get(language)).collect();
        if names.is_empty() { words::REFUGE_NONE.get(language).to_owned() } else { names.join(" · ") }
    };
    view! {
        <section class="section">
            <h2>{t(words::WHERE)}</h2>
            <dl class="facts">
                <dt>{t(words::LOOK_FOR)}</dt><dd><TextOrUnknown text=node.look_for /></dd>
                <dt>{t(words::ADDRESS)}</dt><dd><TextOrUnknown text=node.address /></dd>
                <dt>{t(words::HOURS)}</dt><dd><TextOrUnknown text=node.hours /></dd>
                <dt>{t(words::DISTANCE)}</dt><dd>{straight}</dd>
                <dt>{t(words::CAPACITY)}</dt><dd>{people}</dd>
                <dt>{t(words::LEVEL)}</dt>
                <dd>
                    {t(domain::level(node.level))}
                    {words::level(node.level).map(|note| view! { <p class="note">{t(note)}</p> })}
                </dd>
                <dt>{t(words::REFUGE)}</dt><dd>{refuge}</dd>
                <dt>{t(words::STANDING)}</dt><dd><StandingFact standing=node.standing /></dd>
                <dt>{t(words::COORDINATES)}</dt><dd>{coordinates(place)}</dd>
                <dt>{t(words::CODE)}</dt><dd><code>{node.id.to_string()}</code></dd>
                <Source layer=node.layer />
            </dl>
        </section>
    }
}

/// Latitude and longitude in degrees, to about a metre.
pub fn coordinates(place: civmesh_domain::unit::Place) -> String {
    format!("{:.5}, {:.5}", place.lat(), place.lon())
}

#[component]
fn StandingFact(standing: Standing) -> impl IntoView {
    view! { {t(domain::standing(standing))}<p class="note">{t(words::standing(standing))}</p> }
}

/// A text, or the word for unknown where there is none.
#[component]
fn TextOrUnknown(text: Text) -> impl IntoView {
    if text.is_empty() { t(common::UNKNOWN).into_any() } else { tt(text).into_any() }
}

/// Where the entry comes from, in the words that its licence wants to be shown.
#[component]
fn Source(layer: u16) -> impl IntoView {
    let app = use_app();
    let layer = app.region.get_untracked().and_then(|region| region.manifest.layers.get(usize::from(layer)).cloned());
    layer.map(|layer| {
        let (name, date) = (layer.name, layer.date);
        let named = move || match date.as_str() {
            "" => name.get(app.language.get()).to_owned(),
            date => words::dated(app.language.get(), name.get(app.language.get()), date),
        };
        view! {
            <dt>{t(words::SOURCE)}</dt>
            <dd>{named}<p class="note">{layer.attribution}</p></dd>
            <dt>{t(words::LICENCE)}</dt>
            <dd>{layer.licence}</dd>
        }
    })
}
