//! One node out, or several at once: who loses cover, where the others go, what overflows.

use super::plan::Plan;
use super::say;
use super::table::Table;
use super::work::Opened;
use crate::locale::coverage as words;
use crate::part::icon::Icon;
use crate::state::use_app;
use crate::words::t;
use civmesh_domain::spatial::coverage::Loss;
use civmesh_domain::text::Language;
use leptos::prelude::*;
use std::cmp::Reverse;
use std::sync::Arc;

/// So many are listed of each.
pub const MOST: usize = 10;

/// The nodes that most people depend on, and what follows for the one that is chosen.
#[component]
pub fn Outage(plan: Arc<Plan>) -> impl IntoView {
    let app = use_app();
    let language = app.language;
    let basis = plan.opened.basis();
    let (chosen, wanted) = (RwSignal::new(Vec::<u32>::new()), RwSignal::new(String::new()));
    let failures: Vec<(u32, u64)> = plan.failures.iter().take(MOST).copied().collect();
    let choice = {
        let plan = plan.clone();
        move |node: u32, people: Option<u64>| {
            let plan = plan.clone();
            view! {
                <li>
                    <button
                        class="row"
                        type="button"
                        aria-pressed=move || chosen.with(|chosen| chosen.contains(&node)).to_string()
                        on:click=move |_| chosen.update(|chosen| toggle(chosen, node))
                    >
                        <span class="grow"><strong class="name">{move || plan.name(language.get(), node)}</strong></span>
                        {people.map(|people| view! { <span>{move || words::loses(language.get(), &say::people(language.get(), people, basis))}</span> })}
                        {move || chosen.with(|chosen| chosen.contains(&node)).then(|| view! { <Icon name="check" /> })}
                    </button>
                </li>
            }
        }
    };
    let found = {
        let (plan, choice) = (plan.clone(), choice.clone());
        move || {
            let found = matching(&plan, language.get(), &wanted.get());
            (!found.is_empty()).then(|| view! { <ul class="rows">{found.into_iter().map(|node| choice(node, None)).collect_view()}</ul> })
        }
    };
    view! {
        <section class="section" aria-labelledby="cover-out">
            <h2 id="cover-out">{t(words::OUT)}</h2>
            {if failures.is_empty() {
                view! { <p class="note">{t(words::NO_OUT)}</p> }.into_any()
            } else {
                view! {
                    <p class="note">{t(words::OUT_NOTE)}</p>
                    <ol class="rows">{failures.into_iter().map(|(node, people)| choice(node, Some(people))).collect_view()}</ol>
                }.into_any()
            }}
            <div class="field">
                <label for="cover-node">{t(words::FIND_NODE)}</label>
                <p class="hint" id="cover-node-hint">{t(words::FIND_NODE_HINT)}</p>
                <input
                    class="input"
                    id="cover-node"
                    type="search"
                    aria-describedby="cover-node-hint"
                    prop:value=move || wanted.get()
                    on:input=move |event| wanted.set(event_target_value(&event))
                />
            </div>
            {found}
            <div aria-live="polite">
                {move || Some(chosen.get()).filter(|nodes| !nodes.is_empty()).map(|nodes| view! {
                    <Without plan=plan.clone() nodes />
                    <div class="buttons"><button class="button" type="button" on:click=move |_| chosen.set(Vec::new())><Icon name="undo" />{t(words::ALL_BACK)}</button></div>
                })}
            </div>
        </section>
    }
}

fn toggle(chosen: &mut Vec<u32>, node: u32) {
    match chosen.iter().position(|other| *other == node) {
        Some(at) => drop(chosen.remove(at)),
        None => chosen.push(node),
    }
}

/// Nodes that count, by part of their name.
fn matching(plan: &Plan, language: Language, wanted: &str) -> Vec<u32> {
    let wanted = wanted.trim().to_lowercase();
    if wanted.is_empty() {
        return Vec::new();
    }
    let all = (0..plan.counts.len() as u32).filter(|node| plan.does_count(*node));
    all.filter(|node| plan.name(language, *node).to_lowercase().contains(&wanted)).take(MOST).collect()
}

/// What is lost with those that are chosen.
#[component]
fn Without(plan: Arc<Plan>, nodes: Vec<u32>) -> impl IntoView {
    let language = use_app().language;
    let (loss, opened, table) = (plan.without(&nodes), plan.opened.clone(), plan.table.clone());
    view! {
        <h3>{move || {
            let names: Vec<String> = nodes.iter().map(|node| plan.name(language.get(), *node)).collect();
            words::if_out(language.get(), &names.join(words::AND.get(language.get())))
        }}</h3>
        <Lost opened table loss />
    }
}

/// Who loses cover, where the others go, and what overflows; nodes by their numbers in the table.
#[component]
pub fn Lost(opened: Arc<Opened>, table: Arc<Table>, loss: Loss) -> impl IntoView {
    let language = use_app().language;
    let basis = opened.basis();
    let all: u64 = opened.people.iter().map(|people| u64::from(people.0)).sum();
    let mut moves: Vec<(u32, u64)> = loss.moves.iter().filter_map(|one| Some((one.to?, one.people))).collect();
    moves.sort_by_key(|(node, people)| (Reverse(*people), *node));
    moves.truncate(MOST);
    // Unknown room overflows with anybody: that would be said of nearly all.
    let is_known = |node: &u32| table.node(&opened, *node).is_some_and(|node| node.capacity.is_some());
    let mut fuller: Vec<(u32, u64)> = loss.overflowing.iter().filter(|(node, _)| is_known(node)).copied().collect();
    fuller.sort_by_key(|(node, people)| (Reverse(*people), *node));
    fuller.truncate(MOST);
    let rows = move |all: Vec<(u32, u64)>, say: fn(Language, &str) -> String| {
        let row = |(node, people): (u32, u64)| {
            let (opened, table) = (opened.clone(), table.clone());
            view! {
                <li class="row top">
                    <span class="grow">{move || table.name(&opened, language.get(), node)}</span>
                    <span>{move || say(language.get(), &say::people(language.get(), people, basis))}</span>
                </li>
            }
        };
        view! { <ul class="rows">{all.into_iter().map(row).collect_view()}</ul> }
    };
    let uncovered = loss.uncovered;
    let plain: fn(Language, &str) -> String = |_, people| people.to_owned();
    view! {
        <dl class="facts">
            <dt>{t(words::LOSE)}</dt>
            <dd>{move || say::part(language.get(), uncovered, all, basis)}</dd>
        </dl>
        <h4>{t(words::GO)}</h4>
        {if moves.is_empty() { view! { <p class="note">{t(words::GO_NOWHERE)}</p> }.into_any() } else { rows(moves, plain).into_any() }}
        <h4>{t(words::FILLS)}</h4>
        {if fuller.is_empty() { view! { <p class="note">{t(words::FILLS_NONE)}</p> }.into_any() } else { rows(fuller, words::too_many).into_any() }}
    }
}
