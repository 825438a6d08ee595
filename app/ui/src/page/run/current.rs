//! The card of the step to do: what, until when, and the big button.

use super::line::{Line, Said, due_class, due_words, mark_words, who_and_when};
use super::skip::Skip;
use super::{Desk, Draft};
use crate::locale::{common, domain, run as words};
use crate::part::badge::Proof;
use crate::part::beside::Beside;
use crate::part::icon::Icon;
use crate::part::stepper::Stepper;
use crate::words::{t, tt};
use civmesh_domain::id::StepId;
use civmesh_domain::part::PartKind;
use civmesh_domain::personnel::trust::Verdict;
use civmesh_domain::sop::procedure::{AnswerKind, Step};
use civmesh_domain::sop::progress::StepState;
use civmesh_domain::sop::run::{Answer, Mark, Run};
use leptos::prelude::*;

/// The card; without a step, that all are dealt with.
#[component]
pub fn Current(desk: Desk, step: Option<StepId>, onward: Callback<()>) -> impl IntoView {
    let step = step.and_then(|id| desk.sop.get_untracked()?.step(&id).cloned());
    match step {
        Some(step) => view! { <Card desk step onward /> }.into_any(),
        None => view! {
            <Show when=move || !desk.lines.read().is_empty() && desk.run.with(|run| run.as_ref().is_some_and(Run::is_open))>
                <article class="card">
                    <h2 id="step-title" tabindex="-1">{t(words::ALL_DEALT)}</h2>
                    <p class="note">{t(words::ALL_DEALT_NOTE)}</p>
                </article>
            </Show>
        }
        .into_any(),
    }
}

#[component]
fn Card(desk: Desk, step: Step, onward: Callback<()>) -> impl IntoView {
    let app = desk.app;
    let id = step.id.clone();
    let line = Memo::new(move |_| desk.lines.with(|lines| lines.iter().find(|line| line.id == id).cloned()));
    let is_open = Memo::new(move |_| line.with(|line| line.as_ref().is_none_or(Line::is_open)));
    // What is half typed here stays, whatever another phone marks meanwhile.
    let own = step.id.clone();
    let writing = Memo::new(move |_| desk.drafts.with(|drafts| drafts.get(&own).is_some_and(|draft| *draft != Draft::default())));
    let shows_form = Memo::new(move |_| is_open.get() || writing.get());
    let due = move || {
        let line = line.get().filter(Line::is_open)?;
        let (language, now) = (app.language.get(), app.now.get());
        Some(view! { <span class=due_class(line.due, line.late, now)>{due_words(language, line.due, line.late, now)}</span> })
    };
    let (role, script, detail) = (step.role, step.script.clone(), step.detail.clone());
    let step = StoredValue::new(step);
    view! {
        <article class="card now">
            <p class="line">{due}<span class="note">{t(domain::step_role(role))}</span></p>
            <h2 class="order" id="step-title" tabindex="-1">{tt(step.with_value(|step| step.title.clone()))}</h2>
            {(!detail.is_empty()).then(|| view! { <p>{tt(detail)}</p> })}
            {(!script.is_empty()).then(|| view! {
                <blockquote class="script"><b>{t(words::READ_ALOUD)}</b><p>{tt(script)}</p></blockquote>
            })}
            {move || (!is_open.get() && writing.get()).then(|| view! {
                <div class="notice caution" role="status">
                    <Icon name="info" />
                    <div class="grow">
                        <b>{t(words::MARKED_MEANWHILE)}</b>
                        {move || line.get().map(|line| view! { <AllSaid desk said=line.said step=Some(step.get_value()) /> })}
                    </div>
                </div>
            })}
            {move || if shows_form.get() {
                view! { <ToDo desk step=step.get_value() onward /> }.into_any()
            } else {
                view! { <Dealt desk step=step.get_value() line onward /> }.into_any()
            }}
        </article>
    }
}

/// The answer, the note, and the buttons.
#[component]
fn ToDo(desk: Desk, step: Step, onward: Callback<()>) -> impl IntoView {
    let draft = desk.draft(&step.id);
    let noting = RwSignal::new(!draft.note.is_empty());
    let (skipping, missing) = (RwSignal::new(false), RwSignal::new(false));
    let stored = StoredValue::new(step.clone());
    let complete = move |_| {
        let step = stored.get_value();
        let Draft { note, answer } = desk.draft(&step.id);
        let needs_none = matches!(step.answer, AnswerKind::Tick | AnswerKind::Announce);
        match answer.or(needs_none.then_some(Answer::Tick)) {
            None => missing.set(true),
            Some(answer) => desk.mark(step.id, step.title, Mark::Done(answer), note, move || onward.run(())),
        }
    };
    let stuck = move || desk.busy.get() || !desk.may_mark();
    let note_step = step.id.clone();
    view! {
        <AnswerField desk step=step.clone() first=draft.answer missing />
        <Show when=move || noting.get()>
            <NoteField desk step=note_step.clone() />
        </Show>
        <div class="buttons">
            <button class="button primary big wide" disabled=stuck on:click=complete><Icon name="check" />{t(words::DONE)}</button>
            <button class="button" disabled=stuck on:click=move |_| skipping.set(true)>{t(words::CANNOT)}</button>
            <button class="button" aria-expanded=move || noting.get().to_string() disabled=stuck on:click=move |_| noting.set(true)>
                {t(words::ADD_NOTE)}
            </button>
        </div>
        <Skip desk step open=skipping onward />
    }
}

/// The note. It is kept while other phones' marks come in.
#[component]
pub fn NoteField(desk: Desk, step: StepId, #[prop(default = "step-note")] id: &'static str) -> impl IntoView {
    let first = desk.draft(&step).note;
    view! {
        <div class="field">
            <label for=id>{t(common::NOTE)}</label>
            <p class="hint" id=format!("{id}-hint")>{t(words::NOTE_HINT)}</p>
            <textarea
                class="input"
                id=id
                autocomplete="off"
                rows="3"
                maxlength="2000"
                aria-describedby=format!("{id}-hint")
                prop:value=first
                on:input=move |event| desk.write(&step, |draft| draft.note = event_target_value(&event))
            ></textarea>
        </div>
    }
}

#[component]
fn AnswerField(desk: Desk, step: Step, first: Option<Answer>, missing: RwSignal<bool>) -> impl IntoView {
    let id = step.id.clone();
    let give = move |answer: Option<Answer>| {
        missing.set(false);
        desk.write(&id, |draft| draft.answer = answer);
    };
    let field = match step.answer {
        AnswerKind::Tick | AnswerKind::Announce => ().into_any(),
        AnswerKind::Count => {
            let count = RwSignal::new(match first {
                Some(Answer::Count(count)) => Some(count),
                _ => None,
            });
            Effect::new(move |before: Option<Option<u32>>| {
                let now = count.get();
                if before.is_some_and(|before| before != now) {
                    give(now.map(Answer::Count));
                }
                now
            });
            view! {
                <div class="field">
                    <label for="step-count">{t(words::HOW_MANY)}"（"{tt(step.unit)}"）"</label>
                    <Stepper value=count id="step-count" described_by="answer-error" />
                </div>
            }
            .into_any()
        }
        AnswerKind::YesNo => {
            let options = [(Answer::YesNo(true), words::YES), (Answer::YesNo(false), words::NO)];
            view! {
                <fieldset class="field" aria-describedby="answer-error">
                    <legend class="visually-hidden">{t(words::ANSWER)}</legend>
                    <div class="segments">
                        {options.map(|(answer, label)| {
                            let give = give.clone();
                            view! {
                                <label>
                                    <input type="radio" name="answer" prop:checked=first == Some(answer) on:change=move |_| give(Some(answer)) />
                                    {t(label)}
                                </label>
                            }
                        })}
                    </div>
                </fieldset>
            }
            .into_any()
        }
        AnswerKind::Choice => view! {
            <fieldset class="field" aria-describedby="answer-error">
                <legend class="label">{t(words::ANSWER)}</legend>
                {step.options.into_iter().zip(0u8..).map(|(option, at)| {
                    let (give, answer) = (give.clone(), Answer::Choice(at));
                    view! {
                        <label class="check">
                            <input type="radio" name="answer" prop:checked=first == Some(answer) on:change=move |_| give(Some(answer)) />
                            <span class="grow">{tt(option)}</span>
                        </label>
                    }
                }).collect_view()}
            </fieldset>
        }
        .into_any(),
    };
    view! {
        {field}
        <div role="alert" id="answer-error">
            {move || missing.get().then(|| view! { <p class="error"><Icon name="alert" />{t(words::ANSWER_FIRST)}</p> })}
        </div>
    }
}

/// What became of a step that is not open, and how to open it again.
#[component]
fn Dealt(desk: Desk, step: Step, line: Memo<Option<Line>>, onward: Callback<()>) -> impl IntoView {
    let stored = StoredValue::new(step);
    let reopen = move |_| {
        let step = stored.get_value();
        desk.mark(step.id, step.title, Mark::Reopened, String::new(), || super::focus("step-title"));
    };
    let heading = move || match line.with(|line| line.as_ref().map(|line| line.state)) {
        Some(StepState::Skipped(_)) => t(words::NOW_SKIPPED)(),
        _ => t(words::NOW_DONE)(),
    };
    view! {
        <h3>{heading}</h3>
        {move || line.get().map(|line| view! { <AllSaid desk said=line.said step=Some(stored.get_value()) /> })}
        <div class="buttons">
            <button class="button" disabled=move || desk.busy.get() || !desk.may_mark() on:click=reopen>
                <Icon name="undo" />{t(words::TAKE_BACK)}
            </button>
            <Show when=move || desk.lines.with(|lines| lines.iter().any(Line::is_open))>
                <button class="button primary" on:click=move |_| onward.run(())>{t(words::TO_NEXT)}</button>
            </Show>
        </div>
    }
}

/// All marks that stand beside each other, the one in front first.
#[component]
pub fn AllSaid(desk: Desk, said: Vec<Said>, step: Option<Step>) -> impl IntoView {
    let others = said.len().saturating_sub(1);
    let step = StoredValue::new(step);
    let one = move |said: Said| {
        let (shown, note, verdict) = (said.mark, said.has_note.then_some(said.event), said.verdict);
        view! {
            <li>
                {move || step.with_value(|step| mark_words(desk.app.language.get(), step.as_ref(), shown))}
                <br />
                <span class="note">{move || who_and_when(desk.app, desk.app.language.get(), &said)}</span>
                {(verdict != Verdict::Verified).then(|| view! { " "<Proof verdict /> })}
                {note.map(|event| view! { <br /><Beside event kind=PartKind::Text /> })}
            </li>
        }
    };
    view! {
        {(others > 0).then(|| view! {
            <p class="stale"><b>{move || words::others(desk.app.language.get(), others)}</b></p>
        })}
        <ul class="said stack">{said.into_iter().map(one).collect_view()}</ul>
    }
}
