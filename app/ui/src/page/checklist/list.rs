//! The lists of a node: running, to be started, ended.

use crate::device::time;
use crate::locale::{checklist, common, domain, run as run_words};
use crate::part::badge::Vouched;
use crate::part::desk::DeskBar;
use crate::part::icon::Icon;
use crate::state::sops::{are_awaited, with_sop};
use crate::state::{AppState, use_app};
use crate::words::{t, tt};
use civmesh_domain::id::NodeId;
use civmesh_domain::sop::procedure::{Procedure, Scenario};
use civmesh_domain::sop::progress::RunView;
use civmesh_domain::sop::run::{Outcome, Run, runs};
use civmesh_domain::text::Language;
use leptos::prelude::*;
use leptos_router::components::A;

/// The runs at a node, kept up to date.
pub fn use_runs(node: NodeId) -> Memo<Vec<Run>> {
    let app = use_app();
    Memo::new(move |_| {
        let Some(scene) = app.region.with(|region| region.as_ref().map(|region| region.scene())) else { return Vec::new() };
        app.judged.with(|judged| runs(judged.iter(), scene, &node))
    })
}

/// All lists of the node of this screen.
#[component]
pub fn Lists(desk: Memo<Option<NodeId>>) -> impl IntoView {
    view! {
        <div class="page-head"><h1>{t(checklist::TITLE)}</h1></div>
        <DeskBar desk />
        {move || match desk.get() {
            None => view! { <p class="note">{t(checklist::NO_NODE)}</p> }.into_any(),
            Some(node) => view! { <OfNode node /> }.into_any(),
        }}
    }
}

#[component]
fn OfNode(node: NodeId) -> impl IntoView {
    let all = use_runs(node.clone());
    let running = Memo::new(move |_| all.get().into_iter().rev().filter(Run::is_open).collect::<Vec<_>>());
    let ended = Memo::new(move |_| all.get().into_iter().rev().filter(|run| !run.is_open()).collect::<Vec<_>>());
    view! {
        <Show when=move || !running.read().is_empty()>
            <section class="section">
                <h2>{t(checklist::RUNNING)}</h2>
                <ul class="rows">{move || running.get().into_iter().map(|run| view! { <RunRow run /> }).collect_view()}</ul>
            </section>
        </Show>
        <ToStart node />
        <Show when=move || !ended.read().is_empty()>
            <section class="section">
                <h2>{t(checklist::ENDED)}</h2>
                <ul class="rows">{move || ended.get().into_iter().map(|run| view! { <RunRow run /> }).collect_view()}</ul>
            </section>
        </Show>
    }
}

#[component]
fn RunRow(run: Run) -> impl IntoView {
    let app = use_app();
    let href = format!("/run/{}", run.id);
    let (verdict, author, at) = (run.started.verdict, run.started.author, run.started.at());
    let (titled, run) = (run.clone(), StoredValue::new(run));
    let title = move || {
        let language = app.language.get();
        let missing = if are_awaited(app) { common::LOADING } else { checklist::UNKNOWN_SOP };
        let title = with_sop(app, &titled.started.value.sop, |sop| sop.title.get(language).to_owned());
        title.unwrap_or_else(|| missing.get(language).to_owned())
    };
    let late = Memo::new(move |_| run.with_value(|run| with_view(app, run, |view| view.late().count()).unwrap_or_default()));
    view! {
        <li>
            <A href=href attr:class="row">
                <span class="grow">
                    <strong class="name">{title}</strong>
                    <span class="note">{move || run.with_value(|run| describe(app, run, app.language.get()))}</span>
                    <span class="line"><Vouched verdict author at /></span>
                </span>
                {move || (late.get() > 0).then(|| view! { <span class="due late">{checklist::late(app.language.get(), late.get())}</span> })}
                <Icon name="next" />
            </A>
        </li>
    }
}

/// Looks at `run` beside its procedure now; `None` where the region does not have it.
fn with_view<T>(app: AppState, run: &Run, look: impl FnOnce(&RunView) -> T) -> Option<T> {
    let now = app.now.get();
    with_sop(app, &run.started.value.sop, |sop| look(&RunView::new(run, sop, now)))
}

fn describe(app: AppState, run: &Run, language: Language) -> String {
    let now = app.now.get();
    let separator = if language == Language::Zh { "・" } else { " · " };
    let facts = match run.ended.last() {
        Some(end) => {
            let outcome = if end.value.outcome == Outcome::Completed { checklist::COMPLETED } else { checklist::CANCELLED };
            vec![outcome.get(language).to_owned(), checklist::ended(language, &time::day_and_time(end.at(), now))]
        }
        None => {
            let steps = with_view(app, run, |view| {
                let dealt: usize = view.phases().iter().map(|phase| phase.done + phase.skipped).sum();
                match view.next() {
                    None => run_words::ALL_DEALT.get(language).to_owned(),
                    Some(_) => checklist::steps(language, dealt, view.steps.len()),
                }
            });
            let started = checklist::started(language, &time::day_and_time(run.started.at(), now));
            steps.into_iter().chain([started]).collect()
        }
    };
    facts.join(separator)
}

/// Procedures that fit the kind of node, by scenario; those for other kinds out of the way.
#[component]
fn ToStart(node: NodeId) -> impl IntoView {
    let app = use_app();
    let node = StoredValue::new(node);
    let fitting = move |fits: bool| {
        node.with_value(|node| {
            let kind = app.region.with(|region| region.as_ref()?.node(node).map(|node| node.kind));
            let fit = |sop: &&Procedure| kind.is_some_and(|kind| sop.node_kinds.contains(kind)) == fits;
            app.sops.with(|sops| sops.iter().flat_map(|sops| sops.iter()).filter(fit).cloned().collect::<Vec<_>>())
        })
    };
    view! {
        <section class="section">
            <h2>{t(checklist::PROCEDURES)}</h2>
            {move || fitting(true).is_empty().then(|| {
                let reason = if are_awaited(app) { checklist::AWAITED } else { checklist::NOTHING_FITS };
                view! { <p class="note">{t(reason)}</p> }
            })}
            {move || view! { <ByScenario sops=fitting(true) node=node.get_value() /> }}
        </section>
        {move || (!fitting(false).is_empty()).then(|| view! {
            <details class="section">
                <summary>{t(checklist::OTHERS)}</summary>
                <ByScenario sops=fitting(false) node=node.get_value() />
            </details>
        })}
    }
}

#[component]
fn ByScenario(sops: Vec<Procedure>, node: NodeId) -> impl IntoView {
    let groups = Scenario::ALL.into_iter().filter_map(|scenario| {
        let group: Vec<Procedure> = sops.iter().filter(|sop| sop.scenario == scenario).cloned().collect();
        (!group.is_empty()).then_some((scenario, group))
    });
    let group = |(scenario, group): (Scenario, Vec<Procedure>)| {
        let node = node.clone();
        view! {
            <h3 class="line"><Icon name=icon(scenario) />{t(domain::scenario(scenario))}</h3>
            <ul class="rows">
                {group.into_iter().map(|sop| view! {
                    <li>
                        <A href=format!("/checklist?node={node}&sop={}", sop.id) attr:class="row">
                            <span class="grow">
                                <strong class="name">{tt(sop.title)}</strong>
                                <span class="note">{tt(sop.summary)}</span>
                            </span>
                            <Icon name="next" />
                        </A>
                    </li>
                }).collect_view()}
            </ul>
        }
    };
    groups.map(group).collect_view()
}

fn icon(scenario: Scenario) -> &'static str {
    match scenario {
        Scenario::Earthquake => "earthquake",
        Scenario::Flood => "flood",
        Scenario::Blackout => "blackout",
        Scenario::AirRaid => "airraid",
        Scenario::Pandemic => "pandemic",
        Scenario::Combined => "alert",
    }
}
