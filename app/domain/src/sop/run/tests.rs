//! Tests of the fold over runs, and of its view.

use super::*;
use crate::fold::tests::{SCENE, UNVERIFIED, judged, shuffled, verified};
use crate::personnel::trust::Verdict;
use crate::sop::procedure::{AnswerKind, Phase, Procedure, Scenario, Step, StepRole};
use crate::sop::progress::{RunView, StepState};
use crate::text::Text;
use crate::unit::Millis;
use enumset::EnumSet;
use proptest::prelude::*;

const MINUTE: u64 = Millis::MINUTE;

fn node() -> NodeId {
    "s001".parse().unwrap()
}

fn start(at: u64) -> Judged {
    verified(1, at, Body::RunStarted(RunStarted { sop: "quake".parse().unwrap(), version: 1, trigger: None }))
}

fn mark(run: &Judged, step: &str, mark: Mark, replaces: &[&Judged]) -> Body {
    let replaces = replaces.iter().map(|judged| judged.event.id.check_word()).collect();
    Body::StepMarked(StepMarked { run: run.event.id, step: step.parse().unwrap(), mark, replaces })
}

fn end(run: &Judged) -> Body {
    Body::RunEnded(RunEnded { run: run.event.id, outcome: Outcome::Completed })
}

/// A procedure with three steps, due after 0, 5 and 10 minutes.
fn procedure() -> Procedure {
    let step = |id: &str, phase, due_minutes| Step {
        id: id.parse().unwrap(),
        phase,
        role: StepRole::Anyone,
        due_minutes,
        answer: AnswerKind::Tick,
        unit: Text::default(),
        options: Vec::new(),
        script: Text::default(),
        title: Text::new(id, id),
        detail: Text::default(),
        cannot: Text::default(),
    };
    Procedure {
        id: "quake".parse().unwrap(),
        version: 1,
        scenario: Scenario::Earthquake,
        node_kinds: EnumSet::all(),
        title: Text::default(),
        summary: Text::default(),
        triggers: Vec::new(),
        sources: Vec::new(),
        steps: vec![step("look", Phase::Trigger, 0), step("gas", Phase::SwitchOver, 5), step("door", Phase::SwitchOver, 10)],
    }
}

#[test]
fn a_run_shows_what_is_done_skipped_due_next_and_late() {
    let begin = start(1_000 * MINUTE);
    let look = verified(1, 1_001 * MINUTE, mark(&begin, "look", Mark::Done(Answer::Tick), &[]));
    let events = [&begin, &look];
    let runs = runs(events, SCENE, &node());
    let procedure = procedure();
    let cases = [(1_004, "gas", 0), (1_006, "gas", 1), (1_011, "gas", 2)];
    for (minute, next, late) in cases {
        let view = RunView::new(&runs[0], &procedure, Millis(minute * MINUTE));
        assert_eq!(view.next().unwrap().step.id.as_str(), next);
        assert_eq!(view.late().count(), late, "at minute {minute}");
        let phases = view.phases();
        assert_eq!((phases[0].done, phases[0].steps, phases[1].done, phases[1].steps), (1, 1, 0, 2));
        assert!(view.matches && view.strange.is_empty() && !view.ahead);
    }
}

#[test]
fn a_step_taken_back_is_open_again_and_one_skipped_is_not_due() {
    let begin = start(0);
    let done = verified(1, 10, mark(&begin, "look", Mark::Done(Answer::Tick), &[]));
    let back = verified(2, 5, mark(&begin, "look", Mark::Reopened, &[&done]));
    let skipped = verified(1, 20, mark(&begin, "gas", Mark::Skipped(SkipReason::NotHere), &[]));
    let runs = runs([&begin, &done, &back, &skipped], SCENE, &node());
    let procedure = procedure();
    let view = RunView::new(&runs[0], &procedure, Millis(60 * MINUTE));
    let states: Vec<_> = view.steps.iter().map(|step| step.state).collect();
    assert_eq!(states, [StepState::Open, StepState::Skipped(SkipReason::NotHere), StepState::Open]);
    assert_eq!(view.next().unwrap().step.id.as_str(), "look");
    assert_eq!(view.phases()[1].skipped, 1);
    assert_eq!(runs[0].replaces(&"look".parse().unwrap()), [back.event.id.check_word()]);
}

#[test]
fn marks_made_at_the_same_time_are_all_kept_and_the_newest_verified_one_is_shown() {
    let begin = start(0);
    let done = verified(1, 20, mark(&begin, "look", Mark::Done(Answer::Count(3)), &[]));
    let skipped = verified(2, 10, mark(&begin, "look", Mark::Skipped(SkipReason::Dangerous), &[]));
    let stranger = judged(3, 30, UNVERIFIED, mark(&begin, "look", Mark::Reopened, &[&done, &skipped]));
    let runs = runs([&begin, &done, &skipped, &stranger], SCENE, &node());
    let procedure = procedure();
    let view = RunView::new(&runs[0], &procedure, Millis(MINUTE));
    assert_eq!(view.steps[0].state, StepState::Done(Answer::Count(3)));
    assert_eq!(view.steps[0].marks.as_ref().unwrap().others.len(), 2);
}

#[test]
fn marks_count_only_with_their_run_at_their_node() {
    let begin = start(0);
    let look = verified(1, 10, mark(&begin, "look", Mark::Done(Answer::Tick), &[]));
    assert!(runs([&look], SCENE, &node()).is_empty());
    let mut elsewhere = look.event.core.clone();
    elsewhere.node = "s002".parse().unwrap();
    let elsewhere = Judged { event: crate::event::tests::sign(&elsewhere, 1), verdict: Verdict::Verified };
    assert!(runs([&begin, &elsewhere], SCENE, &node())[0].steps.is_empty());
    assert!(runs([&begin, &elsewhere], SCENE, &"s002".parse().unwrap()).is_empty());
    let other = verified(1, 10, mark(&begin, "of-another-version", Mark::Done(Answer::Tick), &[]));
    let (runs, procedure) = (runs([&begin, &other], SCENE, &node()), procedure());
    assert_eq!(RunView::new(&runs[0], &procedure, Millis(0)).strange.len(), 1);
}

#[test]
fn a_run_ends_once_somebody_who_counts_says_so() {
    let begin = start(0);
    let stranger = judged(3, 10, UNVERIFIED, end(&begin));
    assert!(runs([&begin, &stranger], SCENE, &node())[0].is_open());
    let (a, b) = (verified(1, 10, end(&begin)), verified(2, 11, end(&begin)));
    let runs = runs([&begin, &b, &a], SCENE, &node());
    assert_eq!(runs[0].ended.iter().map(|end| end.id).collect::<Vec<_>>(), [a.event.id, b.event.id]);
    let procedure = procedure();
    let view = RunView::new(&runs[0], &procedure, Millis(99 * MINUTE));
    assert!(view.next().is_none() && view.late().count() == 0);
}

/// What two phones write that both know the run: each replaces its own earlier marks.
fn two_phones() -> impl Strategy<Value = (Vec<Judged>, Vec<Judged>)> {
    let writes = || proptest::collection::vec((0usize..3, 0usize..3, 1u64..20), 0..6);
    (writes(), writes()).prop_map(|(first, second)| {
        let begin = start(1);
        let phone = |seed: u8, writes: Vec<(usize, usize, u64)>| {
            let (mut events, mut at) = (vec![begin.clone()], 1);
            for (step, what, pause) in writes {
                at += pause;
                let marked = [Mark::Done(Answer::Tick), Mark::Skipped(SkipReason::Other), Mark::Reopened][what];
                let id = ["look", "gas", "door"][step];
                let seen: Vec<&Judged> =
                    events[1..].iter().filter(|e| matches!(&e.event.core.body, Body::StepMarked(m) if m.step.as_str() == id)).collect();
                let body = mark(&begin, id, marked, &seen);
                events.push(verified(seed, at, body));
            }
            events
        };
        (phone(1, first), phone(2, second))
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn two_phones_come_to_one_run_in_whatever_order_they_sync(
        (first, second, mixed) in two_phones().prop_flat_map(|(a, b)| (Just(a.clone()), Just(b.clone()), shuffled([a, b].concat())))
    ) {
        let on_first = runs(first.iter().chain(&second), SCENE, &node());
        let on_second = runs(second.iter().chain(&first), SCENE, &node());
        prop_assert_eq!(&on_first, &on_second);
        prop_assert_eq!(&runs(&mixed, SCENE, &node()), &on_first);
        // Each phone has at most one mark of a step left, and so the run at most two.
        prop_assert!(on_first[0].steps.values().all(|marks| (1..=2).contains(&marks.len())));
    }
}
