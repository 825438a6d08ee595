//! One procedure: when it is started, by whom, and all its steps to read beforehand.

use super::list::use_runs;
use crate::command::run::start_run;
use crate::locale::{checklist, common, domain};
use crate::part::icon::Icon;
use crate::part::permit::{BarrierNote, barrier};
use crate::part::toast;
use crate::state::sops::{are_awaited, with_sop};
use crate::state::use_app;
use crate::words::{t, tt};
use civmesh_domain::body::Kind;
use civmesh_domain::id::{NodeId, SopId};
use civmesh_domain::sop::procedure::{Phase, Procedure, Step};
use civmesh_domain::sop::run::Run;
use civmesh_domain::text::{Language, Text};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::NavigateOptions;
use leptos_router::components::A;
use leptos_router::hooks::use_navigate;
use std::sync::Arc;

/// The procedure with this identifier, at the node of this screen.
#[component]
pub fn OneProcedure(id: String, desk: Memo<Option<NodeId>>) -> impl IntoView {
    let app = use_app();
    let sop = Memo::new(move |_| {
        let id = id.parse::<SopId>().ok()?;
        with_sop(app, &id, |sop| Arc::new(sop.clone()))
    });
    let back = move || desk.get().map_or_else(|| "/checklist".to_owned(), |node| format!("/checklist?node={node}"));
    view! {
        <div class="page-head">
            <A href=back attr:class="back"><Icon name="back" />{t(checklist::TITLE)}</A>
            {move || match sop.get() {
                None if are_awaited(app) => view! { <h1>{t(common::LOADING)}</h1> }.into_any(),
                None => view! { <h1>{t(checklist::NO_SUCH_SOP)}</h1><p class="note">{t(checklist::NO_SUCH_SOP_NOTE)}</p> }.into_any(),
                Some(sop) => view! {
                    <h1>{tt(sop.title.clone())}</h1>
                    <p class="note">{tt(sop.summary.clone())}</p>
                }.into_any(),
            }}
        </div>
        {move || sop.get().map(|sop| (sop.clone(), sop)).map(|(started, sop)| view! {
            <div class="columns">
                {move || match desk.get() {
                    Some(node) => view! { <Start sop=started.clone() node /> }.into_any(),
                    None => view! { <p class="note">{t(checklist::NO_NODE)}</p> }.into_any(),
                }}
                <Steps sop=sop.clone() />
            </div>
        })}
    }
}

/// Which condition is met, and the start.
#[component]
fn Start(sop: Arc<Procedure>, node: NodeId) -> impl IntoView {
    let app = use_app();
    let stands = {
        let node = node.clone();
        Memo::new(move |_| barrier(app, Kind::RunStarted, &node))
    };
    // Nothing chosen; one of the conditions; or ordered.
    let chosen = RwSignal::new(None::<Option<u8>>);
    let (missing, busy) = (RwSignal::new(false), RwSignal::new(false));
    let navigate = use_navigate();
    let options: Vec<(Option<u8>, Text)> = (0..).map(Some).zip(sop.triggers.iter().cloned()).collect();
    let ordered = (None, Text::new(checklist::ORDERED.zh, checklist::ORDERED.en));
    let running = running(&sop.id, node.clone());
    let name = StoredValue::new(node.clone());
    let start = move |_| {
        let Some(trigger) = chosen.get_untracked() else { return missing.set(true) };
        busy.set(true);
        let (sop, node, navigate) = (sop.clone(), node.clone(), navigate.clone());
        spawn_local(async move {
            match start_run(app, node, &sop, trigger).await {
                Ok(run) => {
                    toast::show(app, checklist::STARTED);
                    navigate(&format!("/run/{run}"), NavigateOptions::default());
                }
                Err(failed) => {
                    busy.set(false);
                    toast::show(app, failed.words());
                }
            }
        });
    };
    view! {
        <section class="section">
            <p class="line"><Icon name="pin" /><strong>{move || app.node_name(&name.get_value())}</strong></p>
            {move || running.get().map(|run| view! {
                <div class="notice">
                    <Icon name="info" />
                    <div class="grow"><b>{t(checklist::ALREADY)}</b></div>
                    <A href=format!("/run/{}", run.id) attr:class="button">{t(checklist::OPEN_IT)}</A>
                </div>
            })}
            <fieldset class="field" aria-describedby="why-hint">
                <legend class="label">{t(checklist::WHY_START)}</legend>
                <p class="hint" id="why-hint">{t(checklist::WHY_START_HINT)}</p>
                {options.into_iter().chain([ordered]).map(|(value, words)| view! {
                    <label class="check">
                        <input type="radio" name="trigger" on:change=move |_| { chosen.set(Some(value)); missing.set(false); } />
                        <span class="grow">{tt(words)}</span>
                    </label>
                }).collect_view()}
                <div role="alert">
                    {move || missing.get().then(|| view! { <p class="error"><Icon name="alert" />{t(checklist::CHOOSE_FIRST)}</p> })}
                </div>
            </fieldset>
            <BarrierNote barrier=stands />
            <div class="buttons">
                <button
                    class="button primary wide big"
                    disabled=move || busy.get() || stands.get().is_some()
                    aria-describedby="barrier"
                    on:click=start
                >
                    {t(checklist::START)}
                </button>
            </div>
        </section>
    }
}

/// The run of this procedure that goes on at the node, if any.
fn running(sop: &SopId, node: NodeId) -> Memo<Option<Run>> {
    let (all, sop) = (use_runs(node), sop.clone());
    Memo::new(move |_| all.get().into_iter().rev().find(|run| run.is_open() && run.started.value.sop == sop))
}

/// All steps, by phase.
#[component]
fn Steps(sop: Arc<Procedure>) -> impl IntoView {
    let app = use_app();
    let (count, version) = (sop.steps.len(), sop.version);
    let phases = Phase::ALL.into_iter().map(|phase| {
        let steps: Vec<Step> = sop.steps.iter().filter(|step| step.phase == phase).cloned().collect();
        view! {
            <h3>{t(domain::phase(phase))}</h3>
            <ol class="steps">{steps.into_iter().map(|step| view! { <OneStep step /> }).collect_view()}</ol>
        }
    });
    let sources = sop.sources.clone();
    view! {
        <section class="section stack">
            <h2>{t(checklist::STEPS)}</h2>
            <p class="note">{move || format!("{}・{}", checklist::count(app.language.get(), count), checklist::version(app.language.get(), version))}</p>
            {phases.collect_view()}
            <details>
                <summary>{t(checklist::SOURCES)}</summary>
                <ul class="stack note">{sources.into_iter().map(|source| view! { <li>{source}</li> }).collect_view()}</ul>
            </details>
        </section>
    }
}

#[component]
fn OneStep(step: Step) -> impl IntoView {
    let app = use_app();
    let minutes = step.due_minutes;
    let (script, cannot, detail) = (step.script.clone(), step.cannot.clone(), step.detail.clone());
    view! {
        <li>
            <div class="grow">
                <strong>{tt(step.title)}</strong>
                {(!detail.is_empty()).then(|| view! { <p class="note">{tt(detail)}</p> })}
                {(!script.is_empty()).then(|| view! {
                    <blockquote class="script"><b>{t(checklist::READ_ALOUD)}</b><p>{tt(script)}</p></blockquote>
                })}
                {(!cannot.is_empty()).then(|| view! { <p class="note"><b>{t(checklist::IF_NOT)}</b>" "{tt(cannot)}</p> })}
            </div>
            <span class="note">
                {t(domain::step_role(step.role))}<br />{move || within(app.language.get(), minutes)}
            </span>
        </li>
    }
}

/// How soon after the start, in minutes or hours.
fn within(language: Language, minutes: u32) -> String {
    match minutes {
        0 => checklist::AT_ONCE.get(language).to_owned(),
        1..120 => checklist::within(language, minutes),
        _ => checklist::within_hours(language, minutes / 60),
    }
}
