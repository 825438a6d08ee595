//! A run of a procedure: the events that make it, and the fold that puts them together.

use crate::body::Body;
use crate::fold::{Judged, Scene, Statement, known, unreplaced};
use crate::id::{CheckWord, EventId, NodeId, SopId, StepId};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A procedure begins at a node. The run is known by the identifier of this event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RunStarted {
    /// Which procedure.
    pub sop: SopId,
    /// In which version.
    pub version: u32,
    /// Which of its trigger conditions was met, by position; `None` where somebody ordered it.
    pub trigger: Option<u8>,
}

/// What was answered when a step was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// Done.
    Tick,
    /// A whole number.
    Count(u32),
    /// Yes or no.
    YesNo(bool),
    /// The option at this position.
    Choice(u8),
}

/// Why a step was skipped.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SkipReason {
    /// It does not apply here.
    NotHere,
    /// It is too dangerous.
    Dangerous,
    /// What it needs is missing.
    NothingToDoItWith,
    /// Nobody is free.
    NobodyFree,
    /// Another reason, in words.
    Other,
}

/// What became of a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mark {
    /// Done.
    Done(Answer),
    /// Skipped.
    Skipped(SkipReason),
    /// Taken back: the step is open again.
    Reopened,
}

/// A step is done, skipped or taken back. A note travels as a part.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StepMarked {
    /// The run.
    pub run: EventId,
    /// The step.
    pub step: StepId,
    /// What became of it.
    pub mark: Mark,
    /// The marks of this step that its author saw and replaces.
    pub replaces: Vec<CheckWord>,
}

/// How a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Back to normal.
    Completed,
    /// Broken off: false alarm or order.
    Cancelled,
}

/// A run ends.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RunEnded {
    /// The run.
    pub run: EventId,
    /// How.
    pub outcome: Outcome,
}

/// A run as all events known here tell it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// Its identifier: that of the event which started it.
    pub id: EventId,
    /// How it started.
    pub started: Statement<RunStarted>,
    /// The marks of each step that no other mark replaces: usually one, several where phones marked it at the same time. By clock, then
    /// identifier. A step that nobody marked is not here.
    pub steps: BTreeMap<StepId, Vec<Statement<StepMarked>>>,
    /// How it ended, by everybody who ended it; empty while it goes on.
    pub ended: Vec<Statement<RunEnded>>,
}

impl Run {
    /// Whether it goes on.
    pub fn is_open(&self) -> bool {
        self.ended.is_empty()
    }

    /// What a new mark of `step` must say that it replaces: all marks that its author sees.
    pub fn replaces(&self, step: &StepId) -> Vec<CheckWord> {
        let marks = self.steps.get(step).map(Vec::as_slice).unwrap_or_default();
        marks.iter().map(|mark| mark.id.check_word()).collect()
    }
}

/// The runs at `node` in the order of their clocks. Marks and ends count only with a known run of the same node; an end for which fewer
/// vouch than for the run does not end it.
pub fn runs<'a>(events: impl IntoIterator<Item = &'a Judged>, scene: Scene, node: &NodeId) -> Vec<Run> {
    let known = known(events, scene);
    let here = || known.values().filter(|judged| judged.event.core.node == *node);
    let mut runs: BTreeMap<EventId, Run> = BTreeMap::new();
    for judged in here() {
        if let Body::RunStarted(started) = &judged.event.core.body {
            let (id, started) = (judged.event.id, Statement::new(judged, started.clone()));
            runs.insert(id, Run { id, started, steps: BTreeMap::new(), ended: Vec::new() });
        }
    }
    for judged in here() {
        match &judged.event.core.body {
            Body::StepMarked(marked) => {
                if let Some(run) = runs.get_mut(&marked.run) {
                    run.steps.entry(marked.step.clone()).or_default().push(Statement::new(judged, marked.clone()));
                }
            }
            Body::RunEnded(ended) => {
                let run = runs.get_mut(&ended.run);
                if let Some(run) = run.filter(|run| judged.verdict.rank() <= run.started.verdict.rank()) {
                    run.ended.push(Statement::new(judged, ended.clone()));
                }
            }
            _ => {}
        }
    }
    for marks in runs.values_mut().flat_map(|run| run.steps.values_mut()) {
        *marks = unreplaced(std::mem::take(marks), |marked| &marked.replaces);
    }
    runs.into_values().collect()
}

#[cfg(test)]
mod tests;
