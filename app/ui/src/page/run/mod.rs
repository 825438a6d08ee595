//! A running procedure: one step at a time, the rest quiet. It follows what other phones mark without losing what is half typed here.

mod current;
mod end;
mod head;
pub mod line;
mod skip;
mod steps;

use crate::command::mark_step::mark_step;
use crate::locale::{common, run as words};
use crate::part::icon::Icon;
use crate::part::permit::{Barrier, barrier};
use crate::part::toast;
use crate::state::sops::with_sop;
use crate::state::{AppState, use_app};
use crate::words::t;
use civmesh_domain::body::{Body, Kind};
use civmesh_domain::id::{EventId, NodeId, StepId};
use civmesh_domain::sop::procedure::Procedure;
use civmesh_domain::sop::run::{Answer, Mark, Run, StepMarked, runs};
use civmesh_domain::text::Text;
use current::Current;
use head::Head;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::NavigateOptions;
use leptos_router::components::A;
use leptos_router::hooks::{use_navigate, use_params_map, use_query_map};
use line::{Line, use_lines};
use std::collections::BTreeMap;
use std::sync::Arc;
use steps::Others;

/// What is being written about a step.
#[derive(Clone, Debug, Default, PartialEq)]
struct Draft {
    note: String,
    answer: Option<Answer>,
}

/// What was marked last here, and how to take it back.
#[derive(Clone, Debug, PartialEq)]
struct Last {
    step: StepId,
    title: Text,
    mark: Mark,
    before: Mark,
}

/// One run on the screen. Cheap to copy.
#[derive(Clone, Copy)]
struct Desk {
    app: AppState,
    id: EventId,
    run: Memo<Option<Run>>,
    sop: Memo<Option<Arc<Procedure>>>,
    lines: Memo<Vec<Line>>,
    /// The step on the card: the one in the address, else the one that is being written about, else the next.
    current: Memo<Option<StepId>>,
    barrier: Memo<Option<Barrier>>,
    drafts: RwSignal<BTreeMap<StepId, Draft>>,
    held: RwSignal<Option<StepId>>,
    busy: RwSignal<bool>,
    last: RwSignal<Option<Last>>,
}

impl Desk {
    fn may_mark(self) -> bool {
        self.barrier.get().is_none() && self.run.with(|run| run.as_ref().is_some_and(Run::is_open))
    }

    /// Changes what is written about a step, and keeps that step on the card.
    fn write(self, step: &StepId, change: impl FnOnce(&mut Draft)) {
        self.drafts.update(|drafts| change(drafts.entry(step.clone()).or_default()));
        self.held.set(Some(step.clone()));
    }

    fn draft(self, step: &StepId) -> Draft {
        self.drafts.with_untracked(|drafts| drafts.get(step).cloned()).unwrap_or_default()
    }

    /// Marks a step, in place of all marks of it that are seen here; then goes on with `done`.
    fn mark(self, step: StepId, title: Text, mark: Mark, note: String, done: impl FnOnce() + 'static) {
        let Some(run) = self.run.get_untracked() else { return };
        let before = self.lines.with_untracked(|lines| lines.iter().find(|line| line.id == step).map_or(Mark::Reopened, Line::mark));
        let marked = StepMarked { run: self.id, step: step.clone(), mark, replaces: run.replaces(&step) };
        self.busy.set(true);
        spawn_local(async move {
            match mark_step(self.app, run.started.node.clone(), marked, &note).await {
                Ok(_) => {
                    self.drafts.update(|drafts| drop(drafts.remove(&step)));
                    self.held.set(None);
                    self.last.set(Some(Last { step, title, mark, before }));
                    done();
                }
                Err(failed) => toast::show(self.app, failed.words()),
            }
            self.busy.set(false);
        });
    }
}

/// The screen.
#[component]
pub fn RunPage() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get("id")).and_then(|id| id.parse::<EventId>().ok()));
    move || match id.get() {
        Some(id) => view! { <OneRun id /> }.into_any(),
        None => view! { <NotHere /> }.into_any(),
    }
}

#[component]
fn NotHere() -> impl IntoView {
    view! {
        <div class="page-head">
            <h1>{t(words::NOT_HERE)}</h1>
            <p class="note">{t(words::NOT_HERE_NOTE)}</p>
        </div>
        <div class="buttons"><A href="/checklist" attr:class="button primary">{t(words::TO_CHECKLIST)}</A></div>
    }
}

#[component]
fn OneRun(id: EventId) -> impl IntoView {
    let app = use_app();
    let node = Memo::new(move |_| app.judged.with(|judged| started_at(judged, id)));
    let run = use_run(app, id, node);
    let sop = Memo::new(move |_| {
        let wanted = run.with(|run| run.as_ref().map(|run| run.started.value.sop.clone()))?;
        with_sop(app, &wanted, |sop| Arc::new(sop.clone()))
    });
    let barrier = Memo::new(move |_| node.get().and_then(|node| barrier(app, Kind::StepMarked, &node)));
    let (drafts, held, last) = (RwSignal::default(), RwSignal::new(None), RwSignal::new(None));
    let lines = use_lines(app, run, sop);
    let current = use_current(lines, run, held);
    let desk = Desk { app, id, run, sop, lines, current, barrier, drafts, held, busy: RwSignal::new(false), last };
    let is_here = Memo::new(move |_| run.with(Option::is_some));
    move || match is_here.get() {
        true => view! { <Parts desk /> }.into_any(),
        false if app.region.with(Option::is_none) => view! { <h1>{t(common::LOADING)}</h1> }.into_any(),
        false => view! { <NotHere /> }.into_any(),
    }
}

fn started_at(judged: &[civmesh_domain::fold::Judged], id: EventId) -> Option<NodeId> {
    let found = judged.iter().find(|judged| judged.event.id == id && matches!(judged.event.core.body, Body::RunStarted(_)));
    found.map(|judged| judged.event.core.node.clone())
}

fn use_run(app: AppState, id: EventId, node: Memo<Option<NodeId>>) -> Memo<Option<Run>> {
    Memo::new(move |_| {
        let node = node.get()?;
        let scene = app.region.with(|region| region.as_ref().map(|region| region.scene()))?;
        app.judged.with(|judged| runs(judged.iter(), scene, &node).into_iter().find(|run| run.id == id))
    })
}

fn use_current(lines: Memo<Vec<Line>>, run: Memo<Option<Run>>, held: RwSignal<Option<StepId>>) -> Memo<Option<StepId>> {
    let query = use_query_map();
    Memo::new(move |_| {
        let named = query.with(|query| query.get("step")).and_then(|id| id.parse::<StepId>().ok());
        let known = |id: &StepId| lines.with(|lines| lines.iter().any(|line| line.id == *id));
        let next =
            || lines.with(|lines| lines.iter().filter(|line| line.is_open()).min_by_key(|line| line.due).map(|line| line.id.clone()));
        let is_open = run.with(|run| run.as_ref().is_some_and(Run::is_open));
        named.filter(known).or_else(|| held.get().filter(known)).or_else(|| is_open.then(next).flatten())
    })
}

#[component]
fn Parts(desk: Desk) -> impl IntoView {
    let onward = use_onward(desk);
    view! {
        <Head desk />
        <LastMark desk />
        <div class="columns">
            <div>{move || view! { <Current desk step=desk.current.get() onward /> }}</div>
            <Others desk />
        </div>
        <end::End desk />
    }
}

/// Goes on to the next step: the address names none, and the focus is on the new card.
fn use_onward(desk: Desk) -> Callback<()> {
    let navigate = use_navigate();
    Callback::new(move |()| {
        let to = NavigateOptions { replace: true, scroll: false, ..Default::default() };
        navigate(&format!("/run/{}", desk.id), to);
        request_animation_frame(|| focus("step-title"));
    })
}

/// Puts the focus on an element, which brings it into view.
pub(crate) fn focus(id: &str) {
    use wasm_bindgen::JsCast;
    let element = document().get_element_by_id(id).and_then(|element| element.dyn_into::<web_sys::HtmlElement>().ok());
    if let Some(element) = element {
        // What can't have the focus leaves it where it is.
        let _stays = element.focus();
    }
}

/// What was just marked, with the way back.
#[component]
fn LastMark(desk: Desk) -> impl IntoView {
    let undo = move |last: Last| {
        let done = move || {
            desk.last.set(None);
            toast::show(desk.app, words::UNDONE);
        };
        desk.mark(last.step, last.title, last.before, String::new(), done);
    };
    view! {
        <div role="status">
            {move || desk.last.get().map(|last| {
                let what = match last.mark {
                    Mark::Done(_) => words::DONE,
                    Mark::Skipped(_) => words::CANNOT,
                    Mark::Reopened => words::REOPENED,
                };
                let said = last.clone();
                view! {
                    <div class="notice">
                        <Icon name="check" />
                        <span class="grow">
                            {move || {
                                let language = desk.app.language.get();
                                words::did(language, what.get(language), said.title.get(language))
                            }}
                        </span>
                        <button class="button quiet" disabled=move || desk.busy.get() on:click=move |_| undo(last.clone())>
                            <Icon name="undo" />{t(common::UNDO)}
                        </button>
                    </div>
                }
            })}
        </div>
    }
}
