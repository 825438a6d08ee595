//! A report from a node: situation, people, needs, dangers. Each section may be missing. Words and photos travel as parts.

use crate::body::Body;
use crate::fold::{Judged, Scene, Statement, Thread, View, known, threads, view};
use crate::id::EventId;
use crate::unit::Millis;
use enumset::{EnumSet, EnumSetType};
use serde::{Deserialize, Serialize};
use std::cmp::Reverse;

/// How soon somebody must act.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Urgency {
    /// For information.
    Routine,
    /// Today.
    Soon,
    /// Life is at stake.
    Immediate,
}

/// How well a service works: the letters of a compact situation report.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Grade {
    /// Nobody has said.
    #[default]
    Unknown,
    /// A: works.
    Good,
    /// B: in part.
    Partial,
    /// C: does not.
    Failed,
}

/// The situation by service.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Situation {
    /// The whole.
    pub overall: Grade,
    /// Power.
    pub power: Grade,
    /// Water.
    pub water: Grade,
    /// Toilets and waste.
    pub sanitation: Grade,
    /// Medical care.
    pub medical: Grade,
    /// Communications.
    pub communications: Grade,
    /// Roads and transport.
    pub transport: Grade,
}

/// People by number, nameless. `None` is "not counted", which is not zero.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct PeopleCount {
    /// Present.
    pub present: Option<u32>,
    /// Injured.
    pub injured: Option<u32>,
    /// Missing.
    pub missing: Option<u32>,
    /// In need of help to move, or of care.
    pub vulnerable: Option<u32>,
    /// Children under six.
    pub children: Option<u32>,
}

/// What is needed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NeedItem {
    /// Drinking water, litres.
    Water,
    /// Meals.
    Food,
    /// Medicine, doses or packs; which, in words.
    Medicine,
    /// Medical helpers, persons.
    MedicalHelp,
    /// Volunteers, persons.
    Volunteers,
    /// Blankets.
    Blankets,
    /// Fuel, litres.
    Fuel,
    /// Portable toilets.
    Toilets,
    /// Transport for people, persons.
    Transport,
    /// Something else, in words.
    Other,
}

impl NeedItem {
    /// All items in the order of a form.
    pub const ALL: [NeedItem; 10] = [
        Self::Water,
        Self::Food,
        Self::MedicalHelp,
        Self::Medicine,
        Self::Volunteers,
        Self::Blankets,
        Self::Toilets,
        Self::Fuel,
        Self::Transport,
        Self::Other,
    ];
}

/// One need with its amount in the item's own unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Need {
    /// What.
    pub item: NeedItem,
    /// How much; `None` where nobody could say.
    pub amount: Option<u32>,
}

/// A danger seen.
#[derive(Debug, PartialOrd, Ord, Hash, EnumSetType, Serialize, Deserialize)]
#[enumset(serialize_repr = "list")]
#[serde(rename_all = "snake_case")]
pub enum Danger {
    /// Fire or smoke.
    Fire,
    /// Smell of gas.
    Gas,
    /// Rising water.
    Flooding,
    /// A building that fell or leans.
    Collapse,
    /// A road that can't be passed.
    RoadBlocked,
    /// Live wires down.
    PowerLine,
    /// Landslide.
    Landslide,
    /// Chemicals.
    Chemicals,
    /// Disorder or threat between people.
    Unrest,
    /// A suspicious object.
    SuspiciousObject,
}

/// A report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// How soon somebody must act.
    pub urgency: Urgency,
    /// The situation.
    pub situation: Option<Situation>,
    /// People.
    pub people: Option<PeopleCount>,
    /// Needs.
    pub needs: Vec<Need>,
    /// Dangers.
    pub dangers: EnumSet<Danger>,
    /// The report that this one corrects.
    pub corrects: Option<EventId>,
}

impl Report {
    /// Whether it says nothing: words and photos apart.
    pub fn is_empty(&self) -> bool {
        let situation = self.situation.is_none_or(|situation| situation == Situation::default());
        let people = self.people.is_none_or(|people| people == PeopleCount::default());
        situation && people && self.needs.is_empty() && self.dangers.is_empty()
    }
}

/// All reports, each with its corrections applied, by the clock of the first version.
pub fn reports<'a>(events: impl IntoIterator<Item = &'a Judged>, scene: Scene) -> Vec<Thread<Report>> {
    threads(&known(events, scene), |body| match body {
        Body::Report(report) => Some((report, report.corrects)),
        _ => None,
    })
}

/// The reports as a list is read at `now`: the most urgent first, then the newest; one whose clock is too far ahead after the others.
pub fn listed(reports: &[Thread<Report>], now: Millis) -> Vec<(&Thread<Report>, View<'_, Report>)> {
    let mut listed: Vec<_> = reports.iter().filter_map(|thread| Some((thread, view(&thread.current, now)?))).collect();
    listed.sort_by_key(|(thread, view)| {
        let Statement { value, id, .. } = view.first.statement;
        (Reverse(value.urgency), view.first.ahead, Reverse(*id), thread.root)
    });
    listed
}

#[cfg(test)]
mod tests;
