//! Areas declared dangerous or closed at run time: a coordinator declares them, everybody receives them, and a coordinator withdraws them.
//!
//! # Layout
//! - this file: what is declared, and the fold that finds what stands.
//! - [`outline`]: outlines as they are written, and the circle around a spot.
//! - [`import`]: outlines out of a GeoJSON file.
//! - [`parcel`]: many outlines as several events.

pub mod import;
pub mod outline;
pub mod parcel;

use super::area::{self, Threat};
use super::hazard::Hazard;
use super::walk::Passage;
use crate::body::Body;
use crate::fold::{Judged, Scene, Statement, known};
use crate::id::EventId;
use crate::unit::{Millis, Place};
use outline::{Outline, Rings};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The longest title, in characters.
pub const LONGEST_TITLE: usize = 80;

/// How it is inside a declared area.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Condition {
    /// Nobody passes, now.
    Closed,
    /// A hazard is there now.
    Present(Threat),
    /// It is expected there, should that hazard come.
    Expected(Threat),
}

impl Condition {
    /// What it does to a way on foot of somebody who flees from `feared`. What is so now hinders everybody, whatever they flee from.
    pub fn passage(self, feared: Option<Hazard>) -> Option<Passage> {
        match self {
            Self::Closed => Some(Passage::Closed),
            Self::Present(threat) => Some(threat.passage()),
            Self::Expected(threat) => feared.filter(|&feared| threat.concerns(feared)).map(|_| threat.passage()),
        }
    }

    /// Whether it is so now.
    pub fn is_now(self) -> bool {
        !matches!(self, Self::Expected(_))
    }

    /// The hazard; `None` where it is closed, for whatever reason.
    pub fn threat(self) -> Option<Threat> {
        match self {
            Self::Closed => None,
            Self::Present(threat) | Self::Expected(threat) => Some(threat),
        }
    }
}

/// A coordinator declares an area. The event's node is the nearest one, and says no more than that.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AreaDeclared {
    /// What people call it, for everybody to read: at most [`LONGEST_TITLE`] characters of one line, which may be none.
    pub title: String,
    /// How it is there.
    pub condition: Condition,
    /// Until when, not included; `None` until it is withdrawn.
    pub until: Option<Millis>,
    /// The first event of the same file, where it is not the first: withdrawing that one withdraws all.
    pub continues: Option<EventId>,
    /// Where.
    pub outlines: Vec<Outline>,
}

/// A coordinator withdraws what was declared, for good; the event is about the same node.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AreaWithdrawn {
    /// The declaration, or the first of several that belong together.
    pub area: EventId,
}

/// A declared area, ready to be asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Area {
    /// What was declared.
    pub said: Statement<AreaDeclared>,
    /// Its outlines: each an outer ring, then holes.
    pub outlines: Vec<Rings>,
    /// What withdrew it: the first that did.
    pub withdrawn: Option<Statement<EventId>>,
}

impl Area {
    /// How it is there.
    pub fn condition(&self) -> Condition {
        self.said.value.condition
    }

    /// Whether it counts at `now`: neither withdrawn nor over.
    pub fn stands(&self, now: Millis) -> bool {
        self.withdrawn.is_none() && self.said.value.until.is_none_or(|until| now < until)
    }

    /// Whether a place lies in it; its edge belongs to it.
    pub fn has(&self, place: Place) -> bool {
        self.outlines.iter().any(|rings| area::has(rings, place))
    }

    /// South-west and north-east corner of all its outlines.
    pub fn corners(&self) -> Option<(Place, Place)> {
        let all = self.outlines.iter().filter_map(|rings| area::corners(rings));
        all.reduce(|(low, high), (other_low, other_high)| {
            let low = Place { lat_e7: low.lat_e7.min(other_low.lat_e7), lon_e7: low.lon_e7.min(other_low.lon_e7) };
            (low, Place { lat_e7: high.lat_e7.max(other_high.lat_e7), lon_e7: high.lon_e7.max(other_high.lon_e7) })
        })
    }

    /// Its middle, as far as its corners tell.
    pub fn middle(&self) -> Option<Place> {
        let (low, high) = self.corners()?;
        let between = |one: i32, other: i32| i32::midpoint(one, other);
        Some(Place { lat_e7: between(low.lat_e7, high.lat_e7), lon_e7: between(low.lon_e7, high.lon_e7) })
    }

    /// The event by which it is withdrawn: its own, or the first of the file's.
    pub fn root(&self) -> EventId {
        self.said.value.continues.unwrap_or(self.said.id)
    }
}

/// All areas that were declared in this scene, by clock. A declaration or a withdrawal counts if it is verified, so by somebody who may
/// declare; a withdrawal, if it is about the node of the declaration. What can't be drawn, as no app writes it, is left out.
pub fn areas<'a>(events: impl IntoIterator<Item = &'a Judged>, scene: Scene) -> Vec<Area> {
    let known = known(events.into_iter().filter(|judged| concerns(&judged.event.core.body)), scene);
    let mut withdrawn: BTreeMap<EventId, Vec<Statement<EventId>>> = BTreeMap::new();
    for judged in known.values() {
        if let Body::AreaWithdrawn(AreaWithdrawn { area }) = &judged.event.core.body {
            let statement = Statement::new(judged, *area);
            if statement.is_verified() {
                withdrawn.entry(*area).or_default().push(statement);
            }
        }
    }
    let area = |judged: &&Judged| {
        let Body::AreaDeclared(declared) = &judged.event.core.body else { return None };
        let said = Statement::new(judged, declared.clone());
        if !said.is_verified() || !is_title(&declared.title) {
            return None;
        }
        let outlines: Vec<Rings> = declared.outlines.iter().map(Outline::rings).collect::<Option<_>>()?;
        let of = |id: &EventId| withdrawn.get(id).into_iter().flatten();
        let by = of(&said.id).chain(declared.continues.iter().flat_map(of)).filter(|by| by.node == said.node);
        let withdrawn = by.min_by_key(|by| by.id).cloned();
        (!outlines.is_empty()).then_some(Area { said, outlines, withdrawn })
    };
    known.values().filter_map(area).collect()
}

/// Whether this kind of event declares or withdraws areas: a phone holds thousands of others.
fn concerns(body: &Body) -> bool {
    matches!(body, Body::AreaDeclared(_) | Body::AreaWithdrawn(_))
}

/// Whether it can be a title: short, and of one line.
pub fn is_title(text: &str) -> bool {
    text.chars().count() <= LONGEST_TITLE && !text.chars().any(char::is_control)
}

/// What can be a title, out of any text: its first characters, on one line.
pub fn title_of(text: &str) -> String {
    let line: String = text.chars().map(|sign| if sign.is_control() { ' ' } else { sign }).collect();
    let short: String = line.trim().chars().take(LONGEST_TITLE).collect();
    short.trim_end().to_owned()
}

#[cfg(test)]
mod tests;
