//! A procedure: what the people of a kind of node do in a scenario, in five phases (white paper, A3).

use crate::id::{SopId, StepId};
use crate::spatial::node::NodeKind;
use crate::text::Text;
use enumset::EnumSet;
use serde::{Deserialize, Serialize};

/// What a procedure is for (white paper, A5).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scenario {
    /// Earthquake.
    Earthquake,
    /// Typhoon and flood.
    Flood,
    /// Power cut.
    Blackout,
    /// Air-raid alert.
    AirRaid,
    /// Pandemic.
    Pandemic,
    /// A disaster, and rumours about it.
    Combined,
}

impl Scenario {
    /// All scenarios in the order of a list.
    pub const ALL: [Scenario; 6] = [Self::Earthquake, Self::Flood, Self::Blackout, Self::AirRaid, Self::Pandemic, Self::Combined];
}

/// The five phases of a procedure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    /// Trigger conditions: is it time?
    Trigger,
    /// From business to node.
    SwitchOver,
    /// Crowd management.
    Crowd,
    /// Reporting.
    Report,
    /// Back to normal.
    DeEscalate,
}

impl Phase {
    /// All phases in order.
    pub const ALL: [Phase; 5] = [Self::Trigger, Self::SwitchOver, Self::Crowd, Self::Report, Self::DeEscalate];
}

/// Who does a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StepRole {
    /// Whoever runs the node.
    Manager,
    /// A volunteer.
    Volunteer,
    /// Whoever is there.
    Anyone,
}

/// What a step asks for when it is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AnswerKind {
    /// Nothing but that it is done.
    Tick,
    /// A whole number of `unit`.
    Count,
    /// Yes or no.
    YesNo,
    /// One of `options`.
    Choice,
    /// Nothing; `script` is read aloud first.
    Announce,
}

/// One step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// Stable across versions.
    pub id: StepId,
    /// Its phase.
    pub phase: Phase,
    /// Who does it.
    pub role: StepRole,
    /// Whole minutes after the start of the run.
    pub due_minutes: u32,
    /// What it asks for.
    pub answer: AnswerKind,
    /// Unit of a count.
    #[serde(default)]
    pub unit: Text,
    /// Options of a choice.
    #[serde(default)]
    pub options: Vec<Text>,
    /// Words to read aloud.
    #[serde(default)]
    pub script: Text,
    /// What to do, as an order.
    pub title: Text,
    /// Where, how, and how to tell that it is done.
    #[serde(default)]
    pub detail: Text,
    /// What to do where it can't be done.
    #[serde(default)]
    pub cannot: Text,
}

/// A procedure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Procedure {
    /// Its identifier in the region's library.
    pub id: SopId,
    /// Its version; a run keeps the one it started with.
    pub version: u32,
    /// What it is for.
    pub scenario: Scenario,
    /// Kinds of node it is for.
    pub node_kinds: EnumSet<NodeKind>,
    /// Its title.
    pub title: Text,
    /// What it does, in a sentence.
    #[serde(default)]
    pub summary: Text,
    /// Conditions under which a manager starts it alone.
    pub triggers: Vec<Text>,
    /// Where its facts come from.
    #[serde(default)]
    pub sources: Vec<String>,
    /// Its steps in order.
    #[serde(rename = "step")]
    pub steps: Vec<Step>,
}

/// What is wrong with a procedure, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Flaw {
    /// It has no steps of this phase.
    MissingPhase(Phase),
    /// Phases are out of order at this step.
    PhaseOrder(StepId),
    /// Two steps have this identifier.
    Duplicate(StepId),
    /// This step is due before the one in front of it.
    DueOrder(StepId),
    /// Words are missing in one language; the place is a step, or `None` for the procedure's own.
    MissingLanguage(Option<StepId>),
    /// A count without unit, a choice with fewer than two options, an announcement without script.
    MissingAnswer(StepId),
    /// It names no kind of node.
    NoNodeKind,
}

impl Procedure {
    /// The step with this identifier.
    pub fn step(&self, id: &StepId) -> Option<&Step> {
        self.steps.iter().find(|step| step.id == *id)
    }

    /// All that is wrong with it.
    pub fn flaws(&self) -> Vec<Flaw> {
        let mut flaws = Vec::new();
        if self.node_kinds.is_empty() {
            flaws.push(Flaw::NoNodeKind);
        }
        if [&self.title].into_iter().chain(&self.triggers).any(|text| !in_both(text)) {
            flaws.push(Flaw::MissingLanguage(None));
        }
        let missing = Phase::ALL.into_iter().filter(|phase| !self.steps.iter().any(|step| step.phase == *phase));
        flaws.extend(missing.map(Flaw::MissingPhase));
        for (at, step) in self.steps.iter().enumerate() {
            flaws.extend(step.flaws(&self.steps[..at]));
        }
        flaws
    }
}

impl Step {
    fn flaws(&self, before: &[Step]) -> Vec<Flaw> {
        let mut flaws = Vec::new();
        if before.iter().any(|other| other.id == self.id) {
            flaws.push(Flaw::Duplicate(self.id.clone()));
        }
        if let Some(last) = before.last() {
            if last.phase > self.phase {
                flaws.push(Flaw::PhaseOrder(self.id.clone()));
            }
            if last.due_minutes > self.due_minutes {
                flaws.push(Flaw::DueOrder(self.id.clone()));
            }
        }
        let optional = [&self.unit, &self.script, &self.detail, &self.cannot];
        let halved = optional.into_iter().chain(&self.options).any(|text| !text.is_empty() && !in_both(text));
        if halved || !in_both(&self.title) {
            flaws.push(Flaw::MissingLanguage(Some(self.id.clone())));
        }
        let answered = match self.answer {
            AnswerKind::Tick | AnswerKind::YesNo => true,
            AnswerKind::Count => !self.unit.is_empty(),
            AnswerKind::Choice => self.options.len() >= 2,
            AnswerKind::Announce => !self.script.is_empty(),
        };
        if !answered {
            flaws.push(Flaw::MissingAnswer(self.id.clone()));
        }
        flaws
    }
}

fn in_both(text: &Text) -> bool {
    !text.zh.is_empty() && !text.en.is_empty()
}
