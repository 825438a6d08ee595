//! The steps that are not on the card: what comes next, and what is dealt with.

use super::Desk;
use super::current::AllSaid;
use super::line::{Line, due_class, due_words};
use crate::device::time;
use crate::locale::run as words;
use crate::words::t;
use civmesh_domain::id::StepId;
use civmesh_domain::sop::progress::StepState;
use civmesh_domain::sop::run::Run;
use leptos::prelude::*;
use leptos_router::components::A;

/// Both lists.
#[component]
pub fn Others(desk: Desk) -> impl IntoView {
    let current = desk.current;
    let open = Memo::new(move |_| ids(desk, |line| line.is_open() && Some(&line.id) != current.get().as_ref()));
    let dealt = Memo::new(move |_| ids(desk, |line| !line.is_open()));
    let goes_on = Memo::new(move |_| desk.run.with(|run| run.as_ref().is_some_and(Run::is_open)));
    view! {
        <div>
            <section class="section">
                <h2>{move || t(if goes_on.get() { words::NEXT } else { words::NOT_DONE })()}</h2>
                {move || open.read().is_empty().then(|| view! { <p class="note">{t(words::NOTHING_NEXT)}</p> })}
                <ol class="steps rows">
                    <For each=move || open.get() key=StepId::clone children=move |id| view! { <OpenStep desk id /> } />
                </ol>
            </section>
            <section class="section">
                <h2>{t(words::FINISHED)}</h2>
                {move || dealt.read().is_empty().then(|| view! { <p class="note">{t(words::NONE_FINISHED)}</p> })}
                <ol class="steps">
                    <For each=move || dealt.get() key=StepId::clone children=move |id| view! { <DealtStep desk id /> } />
                </ol>
            </section>
        </div>
    }
}

fn ids(desk: Desk, wanted: impl Fn(&Line) -> bool) -> Vec<StepId> {
    desk.lines.with(|lines| lines.iter().filter(|line| wanted(line)).map(|line| line.id.clone()).collect())
}

fn use_line(desk: Desk, id: StepId) -> Memo<Option<Line>> {
    Memo::new(move |_| desk.lines.with(|lines| lines.iter().find(|line| line.id == id).cloned()))
}

#[component]
fn OpenStep(desk: Desk, id: StepId) -> impl IntoView {
    let app = desk.app;
    let href = format!("/run/{}?step={id}", desk.id);
    let line = use_line(desk, id);
    view! {
        <li>
            <A href=href scroll=true attr:class="row">
                <span class="tick">{move || line.get().map(|line| line.number)}</span>
                <span class="grow">{move || line.get().map(|line| line.title.get(app.language.get()).to_owned())}</span>
                {move || line.get().map(|line| {
                    let (language, now) = (app.language.get(), app.now.get());
                    view! {
                        <span class=due_class(line.due, line.late, now)>
                            <span class="visually-hidden">{due_words(language, line.due, line.late, now)}</span>
                            <span aria-hidden="true">{time::clock_time(line.due)}</span>
                        </span>
                    }
                })}
            </A>
        </li>
    }
}

#[component]
fn DealtStep(desk: Desk, id: StepId) -> impl IntoView {
    let app = desk.app;
    let href = format!("/run/{}?step={id}", desk.id);
    let step = desk.sop.with_untracked(|sop| sop.as_ref()?.step(&id).cloned());
    let line = use_line(desk, id);
    move || {
        line.get().map(|line| {
            let (title, skipped) = (line.title.clone(), matches!(line.state, StepState::Skipped(_)));
            let title = move || title.get(app.language.get()).to_owned();
            view! {
                <li class=if skipped { "skipped" } else { "done" }>
                    <span class="tick" aria-hidden="true">{if skipped { "–" } else { "✓" }}</span>
                    <div class="grow">
                        <A href=href.clone() scroll=true attr:class="title">
                            {if skipped { view! { <s>{title}</s> }.into_any() } else { view! { {title} }.into_any() }}
                        </A>
                        <AllSaid desk said=line.said step=step.clone() />
                    </div>
                </li>
            }
        })
    }
}
