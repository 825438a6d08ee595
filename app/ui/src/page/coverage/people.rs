//! People inside and outside, and by how many nodes they reach.

use super::plan::Plan;
use super::say;
use crate::locale::{common, coverage as words};
use crate::state::use_app;
use crate::words::t;
use civmesh_domain::spatial::coverage::figure::grouped;
use civmesh_domain::spatial::people::Basis;
use leptos::prelude::*;
use std::sync::Arc;

/// Both tables, and what they rest on.
#[component]
pub fn People(plan: Arc<Plan>) -> impl IntoView {
    let app = use_app();
    let language = app.language;
    let basis = plan.opened.basis();
    let all = plan.coverage.people;
    let attribution = plan.opened.source.as_ref().map(|(_, attribution)| attribution.clone()).filter(|words| !words.is_empty());
    let (counts, known, out, hidden) = (plan.counting(), plan.counts.len(), plan.table.out, plan.table.hidden);
    let number = |count: usize| grouped(count as u64);
    let nodes = move || words::nodes(language.get(), &number(counts), &number(known - counts), &number(out));
    let measure = plan.ask.measure;
    let bands = plan.coverage.bands.clone();
    let overlap = plan.chosen.bands.first().map(|band| band.overlap).unwrap_or_default();
    let chosen = plan.ask.limit();
    let band = move |limit: u32, inside: u64| {
        view! {
            <tr>
                <th scope="row">{move || say::limit(language.get(), measure, limit)}</th>
                <td>{move || say::part(language.get(), inside, all, basis)}</td>
                <td>{move || say::part(language.get(), all.saturating_sub(inside), all, basis)}</td>
            </tr>
        }
    };
    let reached = move |nodes: usize, people: u64| {
        view! {
            <tr>
                <th scope="row">{move || match nodes {
                    0 => words::NONE_REACHED.get(language.get()).to_owned(),
                    3 => words::THREE_REACHED.get(language.get()).to_owned(),
                    nodes => words::reached(language.get(), nodes),
                }}</th>
                <td>{move || say::part(language.get(), people, all, basis)}</td>
            </tr>
        }
    };
    view! {
        <section class="section" aria-labelledby="cover-people">
            <h2 id="cover-people">{t(words::PEOPLE)}</h2>
            <dl class="facts">
                <dt>{t(words::INHABITANTS)}</dt>
                <dd>
                    {move || say::people(language.get(), all, basis)}
                    <br />
                    <span class="note">{t(match basis {
                        Basis::Counted => words::COUNTED,
                        Basis::SpreadOverBuildings => words::SPREAD,
                    })}</span>
                    {attribution.map(|attribution| view! { <br /><span class="note">{move || words::source(language.get(), &attribution)}</span> })}
                </dd>
                <dt>{t(words::NODES)}</dt>
                <dd>
                    {nodes}
                    {(hidden > 0).then(|| view! { <br /><span class="note">{move || words::hidden(language.get(), hidden)}</span> })}
                </dd>
            </dl>
            {(counts == 0).then(|| view! { <p class="note">{t(words::NOBODY_COUNTS)}</p> })}
            <table class="table">
                <thead><tr>
                    <th scope="col">{t(words::WITHIN)}</th>
                    <th scope="col">{t(words::INSIDE)}</th>
                    <th scope="col">{t(words::OUTSIDE)}</th>
                </tr></thead>
                <tbody>{bands.into_iter().map(|one| band(one.limit, one.inside)).collect_view()}</tbody>
            </table>
            <table class="table">
                <caption>{t(words::OVERLAP)}" · "{move || say::limit(language.get(), measure, chosen)}</caption>
                <thead><tr>
                    <th scope="col">{t(words::REACHES)}</th>
                    <th scope="col">{t(words::INHABITANTS)}</th>
                </tr></thead>
                <tbody>{overlap.into_iter().enumerate().map(|(nodes, people)| reached(nodes, people)).collect_view()}</tbody>
            </table>
            <p class="note">{t(words::OVERLAP_NOTE)}</p>
        </section>
    }
}

/// Whether there is room.
#[component]
pub fn Room(plan: Arc<Plan>) -> impl IntoView {
    let language = use_app().language;
    let basis = plan.opened.basis();
    let all = plan.coverage.people;
    let housed: u64 = plan.loads.housed.iter().map(|people| u64::from(people.0)).sum();
    let (room, away, unknown) = (plan.known_room(), plan.loads.turned_away, plan.unknown_room());
    let worst = plan.too_many(10);
    let row = {
        let plan = plan.clone();
        move |(node, too_many): (u32, u64)| {
            let load = plan.loads.nodes.get(node as usize).copied().unwrap_or_default();
            let holds = load.capacity.map_or(0, |capacity| u64::from(capacity.0));
            let plan = plan.clone();
            view! {
                <li class="row top">
                    <span class="grow">
                        <strong class="name">{move || plan.name(language.get(), node)}</strong>
                        <span class="note">
                            {move || words::room_for(language.get(), &grouped(holds), &say::people(language.get(), load.nearest, basis))}
                        </span>
                    </span>
                    <span>{move || words::too_many(language.get(), &say::people(language.get(), too_many, basis))}</span>
                </li>
            }
        }
    };
    view! {
        <section class="section" aria-labelledby="cover-room">
            <h2 id="cover-room">{t(words::ROOM)}</h2>
            <p class="note">{t(words::ROOM_NOTE)}</p>
            <dl class="facts">
                <dt>{t(words::CAPACITY)}</dt>
                // What places themselves say is not rounded.
                <dd>{move || if unknown.0 == plan.counting() { common::UNKNOWN.get(language.get()).to_owned() } else { words::exactly(language.get(), &grouped(room)) }}</dd>
                <dt>{t(words::UNKNOWN_ROOM)}</dt>
                <dd>{move || words::unknown_room(language.get(), &grouped(unknown.0 as u64), &say::people(language.get(), unknown.1, basis))}</dd>
                <dt>{t(words::HOUSED)}</dt>
                <dd>{move || say::part(language.get(), housed, all, basis)}</dd>
                <dt>{t(words::TURNED_AWAY)}</dt>
                <dd>{move || say::part(language.get(), away, all, basis)}</dd>
            </dl>
            <h3>{t(words::TOO_MANY)}</h3>
            {if worst.is_empty() {
                view! { <p class="note">{t(words::NONE_TOO_MANY)}</p> }.into_any()
            } else {
                view! { <ol class="rows">{worst.into_iter().map(row).collect_view()}</ol> }.into_any()
            }}
        </section>
    }
}
