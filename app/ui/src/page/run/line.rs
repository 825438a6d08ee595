//! The steps of a run as the screen shows them.

use crate::device::time;
use crate::locale::{common, domain, run as words};
use crate::part::badge::by;
use crate::state::AppState;
use civmesh_domain::body::Body;
use civmesh_domain::fold::Seen;
use civmesh_domain::id::{DeviceKey, EventId, StepId};
use civmesh_domain::part::PartKind;
use civmesh_domain::personnel::trust::Verdict;
use civmesh_domain::sop::procedure::{Procedure, Step};
use civmesh_domain::sop::progress::{RunView, StepState, StepView};
use civmesh_domain::sop::run::{Answer, Mark, Run, StepMarked};
use civmesh_domain::text::{Language, Text};
use civmesh_domain::unit::Millis;
use leptos::prelude::*;
use std::collections::BTreeSet;
use std::sync::Arc;

/// A step, and what became of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    pub id: StepId,
    pub number: usize,
    pub title: Text,
    pub state: StepState,
    pub due: Millis,
    pub late: bool,
    /// What is said of it: the one in front first, then the others.
    pub said: Vec<Said>,
}

/// Somebody's mark.
#[derive(Clone, Debug, PartialEq)]
pub struct Said {
    pub event: EventId,
    pub author: DeviceKey,
    pub at: Millis,
    pub ahead: bool,
    pub mark: Mark,
    pub verdict: Verdict,
    pub has_note: bool,
}

impl Line {
    pub fn is_open(&self) -> bool {
        self.state == StepState::Open
    }

    /// The mark that makes it what it is.
    pub fn mark(&self) -> Mark {
        self.said.first().map_or(Mark::Reopened, |said| said.mark)
    }

    fn new(number: usize, view: &StepView, noted: &BTreeSet<EventId>) -> Self {
        let said = |seen: &Seen<StepMarked>| Said {
            event: seen.statement.id,
            author: seen.statement.author,
            at: seen.statement.at(),
            ahead: seen.ahead,
            mark: seen.statement.value.mark,
            verdict: seen.statement.verdict,
            has_note: noted.contains(&seen.statement.id),
        };
        let all = view.marks.iter().flat_map(|marks| std::iter::once(&marks.first).chain(&marks.others));
        Self {
            id: view.step.id.clone(),
            number,
            title: view.step.title.clone(),
            state: view.state,
            due: view.due,
            late: view.late,
            said: all.map(said).collect(),
        }
    }
}

/// The steps of the run, kept up to date.
pub fn use_lines(app: AppState, run: Memo<Option<Run>>, sop: Memo<Option<Arc<Procedure>>>) -> Memo<Vec<Line>> {
    let noted = Memo::new(move |_| {
        app.judged.with(|judged| {
            let noted = judged.iter().filter(|judged| {
                let core = &judged.event.core;
                matches!(core.body, Body::StepMarked(_)) && core.parts.iter().any(|part| part.kind == PartKind::Text)
            });
            noted.map(|judged| judged.event.id).collect::<BTreeSet<EventId>>()
        })
    });
    Memo::new(move |_| {
        let (Some(run), Some(sop)) = (run.get(), sop.get()) else { return Vec::new() };
        let view = RunView::new(&run, &sop, app.now.get());
        noted.with(|noted| view.steps.iter().enumerate().map(|(at, step)| Line::new(at + 1, step, noted)).collect())
    })
}

/// An answer in words.
pub fn answer_words(language: Language, step: Option<&Step>, answer: Answer) -> Option<String> {
    match answer {
        Answer::Tick => None,
        Answer::Count(count) => {
            let unit = step.map(|step| step.unit.get(language)).unwrap_or_default();
            Some(format!("{count} {unit}").trim_end().to_owned())
        }
        Answer::YesNo(yes) => Some(if yes { words::YES } else { words::NO }.get(language).to_owned()),
        Answer::Choice(at) => {
            let option = step.and_then(|step| step.options.get(usize::from(at)));
            Some(option.map_or_else(|| format!("#{}", u32::from(at) + 1), |option| option.get(language).to_owned()))
        }
    }
}

/// A mark in words: what, and the answer or the reason.
pub fn mark_words(language: Language, step: Option<&Step>, mark: Mark) -> String {
    let (what, more) = match mark {
        Mark::Done(answer) => (words::DONE, answer_words(language, step, answer)),
        Mark::Skipped(reason) => (words::CANNOT, Some(domain::skip_reason(reason).get(language).to_owned())),
        Mark::Reopened => (words::REOPENED, None),
    };
    let what = what.get(language);
    let separator = if language == Language::Zh { "：" } else { ": " };
    more.map_or_else(|| what.to_owned(), |more| format!("{what}{separator}{more}"))
}

/// Who and when; what is said to lie ahead is marked.
pub fn who_and_when(app: AppState, language: Language, said: &Said) -> String {
    let separator = if language == Language::Zh { "・" } else { " · " };
    let now = app.now.get();
    let ahead = time::is_ahead(said.at, now).then(|| common::AGE_NOT_KNOWN.get(language).to_owned());
    [Some(by(app, said.author)), Some(time::day_and_time(said.at, now)), ahead].into_iter().flatten().collect::<Vec<_>>().join(separator)
}

/// When a step is due, or how late it is.
pub fn due_words(language: Language, due: Millis, late: bool, now: Millis) -> String {
    let time = time::day_and_time(due, now);
    let minutes = due.age(now) / Millis::MINUTE;
    match (late, minutes) {
        (false, _) => words::due(language, &time),
        (true, 0..120) => words::late(language, &time, minutes.max(1)),
        (true, _) => words::late_hours(language, &time, minutes / 60),
    }
}

/// The class of a due time: late, soon, or neither.
pub fn due_class(due: Millis, late: bool, now: Millis) -> &'static str {
    /// Five minutes ahead somebody should look up.
    const SOON: u64 = 5 * Millis::MINUTE;
    match (late, now.age(due) <= SOON) {
        (true, _) => "due late",
        (false, true) => "due soon",
        (false, false) => "due",
    }
}
