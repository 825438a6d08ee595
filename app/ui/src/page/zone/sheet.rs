//! The sheet itself: sketch, legend, figures, nodes and sources, in both languages, as it is printed.

use super::plan::{Listed, Plan};
use crate::device::time;
use crate::locale::{common, coverage, domain, zone as words};
use crate::page::coverage::say;
use crate::page::map::legend;
use crate::part::dial::distance;
use crate::part::icon::Icon;
use crate::part::sketch::Sketch;
use crate::state::{AppState, use_app};
use crate::words::{Words, t};
use civmesh_domain::spatial::coverage::figure::grouped;
use civmesh_domain::text::{Language, Text};
use civmesh_domain::unit::Place;
use leptos::prelude::*;
use std::collections::BTreeSet;
use std::sync::Arc;

/// The same in both languages, the app's own first; said once where both are alike.
fn both(app: AppState, say: impl Fn(Language) -> String + Send + Sync + 'static) -> impl IntoView {
    move || {
        let (own, other) = match app.language.get() {
            Language::Zh => ((Language::Zh, "zh-Hant-TW"), (Language::En, "en")),
            Language::En => ((Language::En, "en"), (Language::Zh, "zh-Hant-TW")),
        };
        let (first, second) = (say(own.0), say(other.0));
        let second = (!second.is_empty() && second != first).then(|| view! { <span class="other" lang=other.1>" "{second}</span> });
        view! { <span lang=own.1>{first}</span>{second} }
    }
}

fn both_words(app: AppState, words: Words) -> impl IntoView {
    both(app, move |language| words.get(language).to_owned())
}

fn both_texts(app: AppState, text: Text) -> impl IntoView {
    both(app, move |language| text.get(language).to_owned())
}

/// The sheet; `making` is the outline that is being drawn on it, whose corners `tap` hears of.
#[component]
pub fn Sheet(plan: Arc<Plan>, making: Signal<String>, tap: Option<Callback<Place>>) -> impl IntoView {
    let app = use_app();
    let count = plan.nodes.len();
    let label = Signal::derive(move || words::label(app.language.get(), count));
    let name = plan.region.manifest.name.clone();
    let (version, now) = (plan.region.manifest.version, time::now());
    let made = move |language| words::made(language, &time::day(now), name.get(language), version);
    let has_streets = !plan.drawing.streets.small.is_empty() || !plan.drawing.streets.large.is_empty();
    let sketch = match tap {
        Some(tap) => view! { <Sketch drawing=plan.drawing.clone() label changing=making tap /> }.into_any(),
        None => view! { <Sketch drawing=plan.drawing.clone() label changing=making /> }.into_any(),
    };
    let more = plan.more;
    view! {
        <article class="zone-sheet" aria-labelledby="zone-title">
            <header>
                <h2 id="zone-title">{both_words(app, words::TITLE)}</h2>
                <p class="note">{both(app, made)}</p>
                {move || app.is_exercise().then(|| view! { <p class="exercise">{both_words(app, common::EXERCISE)}</p> })}
            </header>
            {plan.damaged.then(|| view! { <p class="error"><Icon name="alert" />{t(words::DAMAGED)}</p> })}
            <figure>{sketch}</figure>
            {(!has_streets).then(|| view! { <p class="note">{both_words(app, words::NO_STREETS)}</p> })}
            <Legend plan=plan.clone() />
            <Figures plan=plan.clone() />
            <Nodes nodes=plan.nodes.clone() />
            {(more > 0).then(|| view! { <p class="note">{both(app, move |language| words::more(language, more))}</p> })}
            <p class="note">{both_words(app, words::CAREFUL)}</p>
            <Sources plan />
        </article>
    }
}

#[component]
fn Legend(plan: Arc<Plan>) -> impl IntoView {
    let app = use_app();
    let key = |class: &'static str, words: Words| view! { <li class="line"><span class=format!("key {class}") aria-hidden="true"></span><span>{both_words(app, words)}</span></li> };
    let sort = |sort: crate::page::map::shape::Sort| {
        let class = format!("key danger-{}", sort.class);
        view! { <li class="line"><span class=class aria-hidden="true"></span><span>{both(app, move |language| legend::say(language, &sort))}</span></li> }
    };
    view! {
        <ul class="keys">
            {key("firm", words::FIRM)}
            {key("loose", words::LOOSE)}
            {key("reach", words::REACHES)}
            {key("edge", words::EDGE)}
            {plan.sorts.iter().cloned().map(sort).collect_view()}
        </ul>
    }
}

#[component]
fn Figures(plan: Arc<Plan>) -> impl IntoView {
    let app = use_app();
    let square = format!("{:.2}", plan.zone.square_metres() / 1e6);
    let counting: Vec<_> = plan.nodes.iter().filter(|listed| listed.counts).collect();
    let (counts, all) = (counting.len(), plan.nodes.len() + plan.more);
    let known: u64 = counting.iter().filter_map(|listed| listed.node.capacity).map(|people| u64::from(people.0)).sum();
    let unknown = counting.iter().filter(|listed| listed.node.capacity.is_none()).count();
    let room = move |language| match unknown {
        0 => words::room(language, &grouped(known)),
        unknown => words::room_and_unknown(language, &grouped(known), unknown),
    };
    let (people, reach) = (plan.people, plan.ask.reach);
    let reached = move |language| match people {
        None => words::NO_PEOPLE.get(language).to_owned(),
        Some(people) => say::part(language, people.reached, people.all, people.basis),
    };
    let hazard = plan.ask.choice.hazard.map(|hazard| {
        view! { <dt>{both_words(app, coverage::HAZARD)}</dt><dd>{both_words(app, domain::hazard(hazard))}</dd> }
    });
    view! {
        <dl class="facts">
            {hazard}
            <dt>{both_words(app, words::AREA)}</dt>
            <dd>{both(app, move |language| words::size(language, &square))}</dd>
            <dt>{both_words(app, words::INSIDE)}</dt>
            <dd>{both(app, move |language| words::nodes(language, counts, all))}</dd>
            <dt>{both_words(app, words::ROOM)}</dt>
            <dd>{both(app, room)}</dd>
            <dt>{both_words(app, coverage::INHABITANTS)}</dt>
            <dd>{both(app, move |language| people.map_or_else(
                || words::NO_PEOPLE.get(language).to_owned(),
                |people| say::people(language, people.all, people.basis),
            ))}</dd>
            <dt>{both_words(app, words::REACHED)}" ("{move || distance(app.language.get(), reach)}")"</dt>
            <dd>{both(app, reached)}</dd>
        </dl>
    }
}

#[component]
fn Nodes(nodes: Vec<Listed>) -> impl IntoView {
    let app = use_app();
    if nodes.is_empty() {
        return view! { <p>{both_words(app, words::NO_NODES)}</p> }.into_any();
    }
    view! {
        <table class="table">
            <thead><tr>
                <th scope="col">"#"</th>
                <th scope="col">{both_words(app, words::NODE)}</th>
                <th scope="col">{both_words(app, words::HOLDS)}</th>
            </tr></thead>
            <tbody>{nodes.into_iter().map(|listed| view! { <NodeRow listed /> }).collect_view()}</tbody>
        </table>
    }
    .into_any()
}

#[component]
fn NodeRow(listed: Listed) -> impl IntoView {
    let app = use_app();
    let Listed { number, node, counts: _, dangers } = listed;
    let (kind, standing, capacity) = (node.kind, node.standing, node.capacity);
    let what = move |language| format!("{} · {}", domain::node_kind(kind).get(language), domain::standing(standing).get(language));
    let room = move |language| {
        capacity.map_or_else(|| common::UNKNOWN.get(language).to_owned(), |people| words::room(language, &grouped(u64::from(people.0))))
    };
    let lies = if dangers.is_empty() {
        view! { <span class="note">{both_words(app, words::IN_NONE)}</span> }.into_any()
    } else {
        let all = dangers.into_iter().map(|sort| view! { <li>{both(app, move |language| legend::say(language, &sort))}</li> });
        view! { <ul>{all.collect_view()}</ul> }.into_any()
    };
    view! {
        <tr>
            <td>{number}</td>
            <th scope="row"><strong>{both_texts(app, node.name)}</strong><br /><span class="note">{both(app, what)}</span></th>
            <td>{both(app, room)}<br />{lies}</td>
        </tr>
    }
}

/// Whoever shows the data names where they come from.
#[component]
fn Sources(plan: Arc<Plan>) -> impl IntoView {
    let app = use_app();
    let layers = &plan.region.manifest.layers;
    let sources: BTreeSet<String> = layers.iter().map(|layer| layer.attribution.clone()).filter(|words| !words.is_empty()).collect();
    view! {
        <p class="note">
            <b>{both_words(app, words::SOURCES)}</b>
            {sources.into_iter().map(|source| view! { <br />{source} }).collect_view()}
        </p>
    }
}
