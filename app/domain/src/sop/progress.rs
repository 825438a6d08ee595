//! A run beside its procedure at one time: what is open, done, skipped, due next and late.

use super::procedure::{Phase, Procedure, Step};
use super::run::{Answer, Mark, Run, SkipReason, StepMarked};
use crate::fold::{View, view};
use crate::id::StepId;
use crate::unit::Millis;

/// What became of a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StepState {
    /// Still to do.
    Open,
    /// Done, with this answer.
    Done(Answer),
    /// Skipped, for this reason.
    Skipped(SkipReason),
}

/// A step as seen at one time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StepView<'a> {
    /// The step.
    pub step: &'a Step,
    /// What became of it.
    pub state: StepState,
    /// When it is due.
    pub due: Millis,
    /// Open although it was due.
    pub late: bool,
    /// Who marked it and when, and which marks stand beside; `None` where nobody did.
    pub marks: Option<View<'a, StepMarked>>,
}

/// How far a phase has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PhaseProgress {
    /// The phase.
    pub phase: Phase,
    /// Its steps.
    pub steps: usize,
    /// Those that are done.
    pub done: usize,
    /// Those that were skipped.
    pub skipped: usize,
}

/// A run beside its procedure at one time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RunView<'a> {
    /// The run.
    pub run: &'a Run,
    /// The steps in the order of the procedure.
    pub steps: Vec<StepView<'a>>,
    /// Marked steps that this procedure does not have, because the run was started with another version.
    pub strange: Vec<&'a StepId>,
    /// Whether the procedure is the one, in the version, with which the run was started.
    pub matches: bool,
    /// The run's start lies further ahead of `now` than can be true, so that nothing counts as late.
    pub ahead: bool,
}

impl<'a> RunView<'a> {
    /// `run` beside `procedure` at `now`.
    pub fn new(run: &'a Run, procedure: &'a Procedure, now: Millis) -> Self {
        let started = run.started.at();
        let steps = procedure.steps.iter().map(|step| {
            let marks = run.steps.get(&step.id).and_then(|marks| view(marks, now));
            let state = match marks.as_ref().map(|marks| marks.first.statement.value.mark) {
                None | Some(Mark::Reopened) => StepState::Open,
                Some(Mark::Done(answer)) => StepState::Done(answer),
                Some(Mark::Skipped(reason)) => StepState::Skipped(reason),
            };
            let due = started.plus_minutes(step.due_minutes);
            StepView { step, state, due, late: state == StepState::Open && due < now && run.is_open(), marks }
        });
        Self {
            run,
            steps: steps.collect(),
            strange: run.steps.keys().filter(|id| procedure.step(id).is_none()).collect(),
            matches: procedure.id == run.started.value.sop && procedure.version == run.started.value.version,
            ahead: run.started.is_ahead(now),
        }
    }

    /// The step to do now: of those that are open the one that is due first, in the order of the procedure. `None` once the run has ended.
    pub fn next(&self) -> Option<&StepView<'a>> {
        let open = self.steps.iter().filter(|step| step.state == StepState::Open);
        open.min_by_key(|step| step.due).filter(|_| self.run.is_open())
    }

    /// Open steps that were due before now.
    pub fn late(&self) -> impl Iterator<Item = &StepView<'a>> {
        self.steps.iter().filter(|step| step.late)
    }

    /// How far each phase has come, in order.
    pub fn phases(&self) -> [PhaseProgress; 5] {
        Phase::ALL.map(|phase| {
            let mut progress = PhaseProgress { phase, steps: 0, done: 0, skipped: 0 };
            for step in self.steps.iter().filter(|step| step.step.phase == phase) {
                progress.steps += 1;
                match step.state {
                    StepState::Open => {}
                    StepState::Done(_) => progress.done += 1,
                    StepState::Skipped(_) => progress.skipped += 1,
                }
            }
            progress
        })
    }
}
