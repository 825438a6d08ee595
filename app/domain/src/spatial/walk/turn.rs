//! What to tell who walks a route: where to turn, into which street, and how far. The words are the app's.

use super::graph::WalkGraph;
use super::pace::Costs;
use super::reach::share;
use super::route::{Leg, Trip};
use super::way::{Decimetres, Way};
use crate::spatial::nearest::{measure, metres_between};
use crate::text::Text;
use crate::unit::Place;

/// What to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// Set out, in this direction: degrees clockwise from north, 0 to 359.
    Depart(u16),
    /// Go on as before: only the street's name changes, or steps begin or end.
    Straight,
    /// Bear left.
    SlightLeft,
    /// Turn left.
    Left,
    /// Turn left and back.
    SharpLeft,
    /// Bear right.
    SlightRight,
    /// Turn right.
    Right,
    /// Turn right and back.
    SharpRight,
    /// Turn round.
    Around,
    /// Be there.
    Arrive,
}

/// One line of a list of turns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Turn {
    /// What to do.
    pub action: Action,
    /// Where.
    pub place: Place,
    /// The street that is walked from there; `None` where it has no name, and on arrival.
    pub street: Option<Text>,
    /// The type of way from there.
    pub way: Way,
    /// How far until the next line.
    pub distance: Decimetres,
    /// How long that takes, in seconds, rounded up.
    pub seconds: u32,
}

impl Turn {
    /// Whether steps are climbed from here.
    pub fn is_steps(&self) -> bool {
        self.way == Way::Steps
    }
}

/// An angle less than this is no turn, in degrees.
const STRAIGHT: i32 = 30;
/// A direction is taken over so many metres, so that a kink of a drawing is no turn.
const LOOK: f64 = 8.0;

/// The list of a route's legs; `lines` are theirs, as walked.
pub(super) fn turns(trip: &Trip, graph: &WalkGraph, costs: &Costs, legs: &[Leg], lines: &[Vec<Place>]) -> Vec<Turn> {
    let mut list: Vec<(Turn, u32)> = Vec::new();
    let mut before: Option<(&Leg, Option<u16>)> = None;
    for (leg, line) in legs.iter().zip(lines) {
        let (set_out, come_in) = (heading(line.iter()), heading(line.iter().rev()).map(|back| (back + 180) % 360));
        let name = graph.name(&leg.edge);
        let action = match before {
            None => Some(Action::Depart(set_out.unwrap_or_else(|| measure(trip.from.place, trip.to.place).1))),
            Some((last, came)) => said(graph, last, leg, line.first(), turned(came, set_out)),
        };
        if let Some(action) = action {
            let place = if list.is_empty() { trip.from.place } else { line.first().copied().unwrap_or(trip.from.place) };
            list.push((Turn { action, place, street: name, way: leg.edge.kind.way, distance: Decimetres(0), seconds: 0 }, 0));
        }
        if let Some((turn, millis)) = list.last_mut() {
            let (length, whole) = (leg.length(), costs.millis(&leg.edge).unwrap_or_default());
            turn.distance.0 = turn.distance.0.saturating_add(length.0);
            *millis = millis.saturating_add(share(whole, length.0, leg.edge.length.0));
            turn.seconds = millis.div_ceil(1000);
        }
        before = Some((leg, come_in.or(before.and_then(|(_, came)| came))));
    }
    let way = legs.last().map_or(Way::Footway, |leg| leg.edge.kind.way);
    let arrive = Turn { action: Action::Arrive, place: trip.to.place, street: None, way, distance: Decimetres(0), seconds: 0 };
    list.into_iter().map(|(turn, _)| turn).chain([arrive]).collect()
}

/// What is worth a line between two legs: another street, steps that begin or end, or a turn where there is a choice.
fn said(graph: &WalkGraph, last: &Leg, leg: &Leg, at: Option<&Place>, turned: i32) -> Option<Action> {
    let node = if leg.backwards { leg.edge.to } else { leg.edge.from };
    let is_choice = graph.neighbours(node).count() > 2 && at.is_some();
    let is_steps = |leg: &Leg| leg.edge.kind.way == Way::Steps;
    let changes = last.edge.name != leg.edge.name || is_steps(last) != is_steps(leg);
    (changes || (is_choice && turned.abs() >= STRAIGHT)).then(|| action(turned))
}

/// From one direction to another, in degrees, to the right positive.
fn turned(came: Option<u16>, goes: Option<u16>) -> i32 {
    let (Some(came), Some(goes)) = (came, goes) else { return 0 };
    (i32::from(goes) - i32::from(came) + 540).rem_euclid(360) - 180
}

fn action(turned: i32) -> Action {
    match turned {
        -29..=29 => Action::Straight,
        30..=59 => Action::SlightRight,
        60..=119 => Action::Right,
        120..=164 => Action::SharpRight,
        -59..=-30 => Action::SlightLeft,
        -119..=-60 => Action::Left,
        -164..=-120 => Action::SharpLeft,
        _ => Action::Around,
    }
}

/// The direction from the first of these points to the first that is far enough away; `None` where all are one.
fn heading<'a>(mut line: impl Iterator<Item = &'a Place>) -> Option<u16> {
    let start = *line.next()?;
    let mut last = None;
    for place in line {
        last = Some(*place).filter(|place| *place != start).or(last);
        if metres_between(start, *place) >= LOOK {
            break;
        }
    }
    last.map(|place| measure(start, place).1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_angle_has_its_word_and_left_is_the_mirror_of_right() {
        let cases =
            [(0, Action::Straight), (29, Action::Straight), (30, Action::SlightRight), (90, Action::Right), (150, Action::SharpRight)];
        for (degrees, expected) in cases {
            assert_eq!(action(degrees), expected, "{degrees}");
        }
        for (degrees, expected) in [(-45, Action::SlightLeft), (-90, Action::Left), (-150, Action::SharpLeft), (-180, Action::Around)] {
            assert_eq!(action(degrees), expected, "{degrees}");
        }
        assert_eq!((turned(Some(350), Some(80)), turned(Some(10), Some(280)), turned(None, Some(3))), (90, -90, 0));
    }
}
