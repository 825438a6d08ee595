//! Which procedure, where, since when, and how far it has come.

use super::Desk;
use crate::device::time;
use crate::locale::{checklist, common, domain, run as words};
use crate::part::badge::Vouched;
use crate::part::icon::Icon;
use crate::part::permit::BarrierNote;
use crate::state::sops::are_awaited;
use crate::words::t;
use civmesh_domain::sop::progress::{PhaseProgress, RunView};
use civmesh_domain::sop::run::{Outcome, Run};
use civmesh_domain::text::Language;
use civmesh_domain::unit::Millis;
use leptos::prelude::*;
use leptos_router::components::A;

/// The head of the page.
#[component]
pub fn Head(desk: Desk) -> impl IntoView {
    let app = desk.app;
    let title = move || {
        let language = app.language.get();
        let title = desk.sop.with(|sop| sop.as_ref().map(|sop| sop.title.get(language).to_owned()));
        let missing = if are_awaited(desk.app) { common::LOADING } else { checklist::UNKNOWN_SOP };
        title.unwrap_or_else(|| missing.get(language).to_owned())
    };
    let back = move || desk.run.with(|run| run.as_ref().map_or_else(String::new, |run| format!("/checklist?node={}", run.started.node)));
    let is_open = Memo::new(move |_| desk.run.with(|run| run.as_ref().is_some_and(Run::is_open)));
    let writable = Memo::new(move |_| if is_open.get() { desk.barrier.get() } else { None });
    view! {
        <div class="page-head">
            <A href=back attr:class="back"><Icon name="back" />{t(checklist::TITLE)}</A>
            <h1>{title}</h1>
            <p class="note">{move || desk.run.with(|run| run.as_ref().map(|run| where_and_since(desk, run)))}</p>
            {move || desk.run.with(|run| run.as_ref().map(|run| {
                let started = &run.started;
                view! { <p class="line"><Vouched verdict=started.verdict author=started.author at=started.at() /></p> }
            }))}
        </div>
        <Phases desk />
        <Remarks desk />
        <BarrierNote barrier=writable />
    }
}

fn where_and_since(desk: Desk, run: &Run) -> String {
    let (app, language) = (desk.app, desk.app.language.get());
    let now = app.now.get();
    let started = time::day_and_time(run.started.at(), now);
    let since = match run.started.at().age(now) / Millis::MINUTE {
        0 => words::started_now(language, &started),
        minutes @ 1..120 => words::started(language, &started, minutes),
        minutes => words::started_hours(language, &started, minutes / 60),
    };
    let gap = if language == Language::Zh { "　" } else { ", " };
    format!("{}{gap}{since}", app.node_name(&run.started.node))
}

#[component]
fn Phases(desk: Desk) -> impl IntoView {
    let app = desk.app;
    let progress = Memo::new(move |_| {
        let (run, sop) = (desk.run.get()?, desk.sop.get()?);
        Some(RunView::new(&run, &sop, app.now.get()).phases())
    });
    // The phase of the step on the card, else the first that is not finished.
    let at = Memo::new(move |_| {
        let phases = progress.get()?;
        let of_card = desk.current.get().and_then(|id| desk.sop.with(|sop| sop.as_ref()?.step(&id).map(|step| step.phase)));
        let open = || phases.iter().find(|phase| phase.done + phase.skipped < phase.steps).map(|phase| phase.phase);
        let phase = of_card.or_else(open)?;
        phases.iter().position(|progress| progress.phase == phase)
    });
    let words = move || {
        let (language, phases) = (app.language.get(), progress.get()?);
        let dealt = |phase: &PhaseProgress| phase.done + phase.skipped;
        let steps = words::steps(language, phases.iter().map(dealt).sum(), phases.iter().map(|phase| phase.steps).sum());
        let phase = at.get().map(|at| words::phase(language, at + 1, domain::phase(phases[at].phase).get(language)));
        let gap = if language == Language::Zh { "　" } else { ", " };
        Some(phase.into_iter().chain([steps]).collect::<Vec<_>>().join(gap))
    };
    move || {
        progress.get().map(|phases| {
            view! {
                <ol class="phases" aria-hidden="true">
                    {phases.into_iter().enumerate().map(|(index, phase)| {
                        let class = move || match (at.get() == Some(index), phase.done + phase.skipped >= phase.steps) {
                            (true, _) => "now",
                            (false, true) => "done",
                            (false, false) => "",
                        };
                        view! { <li class=class>{index + 1}</li> }
                    }).collect_view()}
                </ol>
                <p class="note">{words}</p>
            }
        })
    }
}

/// What is unusual about this run.
#[component]
fn Remarks(desk: Desk) -> impl IntoView {
    let app = desk.app;
    let remarks = Memo::new(move |_| {
        let run = desk.run.get()?;
        let outcome = run.ended.last().map(|end| end.value.outcome);
        let Some(sop) = desk.sop.get() else { return Some((outcome, true, true, 0, false)) };
        let view = RunView::new(&run, &sop, app.now.get());
        Some((outcome, false, view.matches, view.strange.len(), view.ahead))
    });
    move || {
        remarks.get().map(|(outcome, no_sop, matches, strange, ahead)| {
            let ended = match outcome {
                Some(Outcome::Completed) => Some(words::IS_COMPLETED),
                Some(Outcome::Cancelled) => Some(words::IS_CANCELLED),
                None => None,
            };
            let notice =
                |words: crate::words::Words| view! { <div class="notice"><Icon name="info" /><div class="grow">{t(words)}</div></div> };
            view! {
                {ended.map(notice)}
                {no_sop.then(|| notice(words::NO_SOP))}
                {(!no_sop && !matches).then(|| notice(words::OTHER_VERSION))}
                {ahead.then(|| notice(words::AHEAD))}
                {(strange > 0).then(|| view! { <p class="note">{move || words::strange(app.language.get(), strange)}</p> })}
            }
        })
    }
}
