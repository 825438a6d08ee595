//! The choices: which nodes count, what is feared, how distances are had, and how far is too far.

use super::ask::{Ask, Measure};
use super::say;
use super::work::Working;
use crate::locale::{coverage as words, domain};
use crate::part::segments::{Shape, one_of};
use crate::words::{Words, t};
use civmesh_domain::spatial::hazard::Hazard;
use civmesh_domain::text::Language;
use leptos::prelude::*;

/// All of them.
#[component]
pub fn Choices(working: Working, #[prop(into)] change: Callback<Ask>) -> impl IntoView {
    let opened = working.opened;
    let hazards = Memo::new(move |_| {
        let known = opened.with(|opened| opened.as_ref().map(|opened| opened.hazards)).unwrap_or_default();
        std::iter::once(None).chain(known.iter().map(Some)).collect::<Vec<Option<Hazard>>>()
    });
    let has_graph = Memo::new(move |_| opened.with(|opened| opened.as_ref().is_some_and(|opened| opened.has_graph())));
    let measure = Memo::new(move |_| working.ask.get().with_graph(has_graph.get()).measure);
    let feared = Memo::new(move |_| working.ask.get().choice.hazard.is_some());
    view! {
        <section class="section" aria-label=t(words::CHOICES)>
            {choice(("counted", words::WHICH, Shape::Segments), vec![false, true], which, (working, change), |ask| ask.choice.proposed, |ask, proposed| ask.choice.proposed = proposed)}
            {move || (hazards.get().len() > 1).then(|| {
                let kind = ("hazard", words::HAZARD, Shape::Chips);
                choice(kind, hazards.get(), hazard, (working, change), |ask| ask.choice.hazard, |ask, hazard| ask.choice.hazard = hazard)
            })}
            {move || feared.get().then(|| view! {
                <p class="note">{t(if measure.get() == Measure::OnFoot { words::HAZARD_NOTE } else { words::HAZARD_STRAIGHT })}</p>
            })}
            {move || if has_graph.get() {
                choice(("measure", words::MEASURE, Shape::Segments), vec![Measure::OnFoot, Measure::Straight], by, (working, change), |ask| ask.measure, |ask, measure| ask.measure = measure).into_any()
            } else {
                view! { <p class="note">{t(words::NO_GRAPH)}</p> }.into_any()
            }}
            {move || {
                let say = if measure.get() == Measure::OnFoot { minutes } else { metres };
                choice(("limit", words::LIMIT, Shape::Segments), vec![0, 1, 2], say, (working, change), |ask| ask.limit, |ask, limit| ask.limit = limit)
            }}
        </section>
    }
}

/// Which nodes count.
pub fn which(language: Language, proposed: bool) -> String {
    if proposed { words::PROPOSED_TOO } else { words::AGREED }.get(language).to_owned()
}

fn by(language: Language, measure: Measure) -> String {
    match measure {
        Measure::OnFoot => words::ON_FOOT,
        Measure::Straight => words::STRAIGHT,
    }
    .get(language)
    .to_owned()
}

fn minutes(language: Language, at: usize) -> String {
    say::limit(language, Measure::OnFoot, Measure::OnFoot.limits()[at])
}

fn metres(language: Language, at: usize) -> String {
    say::limit(language, Measure::Straight, Measure::Straight.limits()[at])
}

/// One of a few, by what it is in the question.
fn choice<T: Copy + PartialEq + Send + Sync + 'static>(
    kind: (&'static str, Words, Shape),
    all: Vec<T>,
    say: fn(Language, T) -> String,
    (working, change): (Working, Callback<Ask>),
    read: fn(&Ask) -> T,
    write: fn(&mut Ask, T),
) -> impl IntoView {
    let is = move |value: T| working.ask.with(|ask| read(ask) == value);
    let choose = move |value: T| {
        let mut ask = working.ask.get_untracked();
        write(&mut ask, value);
        change.run(ask);
    };
    one_of(kind, all, say, is, choose)
}

/// A hazard, or none.
pub fn hazard(language: Language, hazard: Option<Hazard>) -> String {
    hazard.map_or(words::NO_HAZARD, domain::hazard).get(language).to_owned()
}
