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
/// Less than this between two turns is no stretch of its own: 15 m.
const FEW_STEPS: Decimetres = Decimetres(150);

/// A line of the list while it is made.
struct Line {
    turn: Turn,
    millis: u32,
    /// By how many degrees one turns, to the right positive.
    turned: i32,
}

/// The list of a route's legs; `lines` are theirs, as walked.
pub(super) fn turns(trip: &Trip, graph: &WalkGraph, costs: &Costs, legs: &[Leg], lines: &[Vec<Place>]) -> Vec<Turn> {
    let mut list: Vec<Line> = Vec::new();
    let mut before: Option<(&Leg, Option<u16>)> = None;
    for (leg, line) in legs.iter().zip(lines) {
        let (set_out, come_in) = (heading(line.iter()), heading(line.iter().rev()).map(|back| (back + 180) % 360));
        let street = graph.name(&leg.edge);
        let turned = before.map_or(0, |(_, came)| turned(came, set_out));
        let action = match before {
            None => Some(Action::Depart(set_out.unwrap_or_else(|| measure(trip.from.place, trip.to.place).1))),
            Some((last, _)) => is_said(graph, last, leg, turned).then(|| action(turned)),
        };
        if let Some(action) = action {
            let place = if list.is_empty() { trip.from.place } else { line.first().copied().unwrap_or(trip.from.place) };
            let turn = Turn { action, place, street, way: leg.edge.kind.way, distance: Decimetres(0), seconds: 0 };
            list.push(Line { turn, millis: 0, turned });
        }
        if let Some(line) = list.last_mut() {
            let (length, whole) = (leg.length().0, costs.millis(&leg.edge).unwrap_or_default());
            line.add(length, share(whole, length, leg.edge.length.0));
        }
        before = Some((leg, come_in.or(before.and_then(|(_, came)| came))));
    }
    let way = legs.last().map_or(Way::Footway, |leg| leg.edge.kind.way);
    let arrive = Turn { action: Action::Arrive, place: trip.to.place, street: None, way, distance: Decimetres(0), seconds: 0 };
    shortened(list).into_iter().map(|line| line.turn).chain([arrive]).collect()
}

impl Line {
    fn add(&mut self, length: u32, millis: u32) {
        self.turn.distance.0 = self.turn.distance.0.saturating_add(length);
        self.millis = self.millis.saturating_add(millis);
        self.turn.seconds = self.millis.div_ceil(1000);
    }

    /// Whether it says nothing that the line before did not.
    fn goes_on(&self, before: &Line) -> bool {
        self.turn.action == Action::Straight
            && same_street(&before.turn.street, &self.turn.street)
            && before.turn.is_steps() == self.turn.is_steps()
    }
}

/// Without the few steps between two turns, such as the width of a street that is crossed: both turns together are what somebody does there.
fn shortened(list: Vec<Line>) -> Vec<Line> {
    let mut kept: Vec<Line> = Vec::with_capacity(list.len());
    for mut line in list {
        let is_few =
            |last: &mut Line| last.turn.distance < FEW_STEPS && !last.turn.is_steps() && !matches!(last.turn.action, Action::Depart(_));
        if !line.turn.is_steps()
            && let Some(last) = kept.pop_if(is_few)
        {
            line.turned = (line.turned + last.turned + 540).rem_euclid(360) - 180;
            line.turn.action = action(line.turned);
            line.turn.place = last.turn.place;
            line.add(last.turn.distance.0, last.millis);
        }
        match kept.last_mut() {
            Some(before) if line.goes_on(before) => before.add(line.turn.distance.0, line.millis),
            _ => kept.push(line),
        }
    }
    kept
}

/// Whether something is worth a line between two legs: another street, steps that begin or end, or a turn where there is a choice.
fn is_said(graph: &WalkGraph, last: &Leg, leg: &Leg, turned: i32) -> bool {
    let node = if leg.backwards { leg.edge.to } else { leg.edge.from };
    let is_choice = graph.neighbours(node).count() > 2;
    let is_steps = |leg: &Leg| leg.edge.kind.way == Way::Steps;
    let other_street = last.edge.name != leg.edge.name && !same_street(&graph.name(&last.edge), &graph.name(&leg.edge));
    other_street || is_steps(last) != is_steps(leg) || (is_choice && turned.abs() >= STRAIGHT)
}

/// Whether two names are of one street: a source may have its second language in some pieces only.
fn same_street(one: &Option<Text>, other: &Option<Text>) -> bool {
    match (one, other) {
        (Some(one), Some(other)) if !one.zh.is_empty() && !other.zh.is_empty() => one.zh == other.zh,
        _ => one == other,
    }
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
