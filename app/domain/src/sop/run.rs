//! A run of a procedure: the events that make it.

use crate::id::{CheckWord, EventId, SopId, StepId};
use serde::{Deserialize, Serialize};

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
