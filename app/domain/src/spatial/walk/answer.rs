//! An answer for somebody who wants to go from one place to another.

use super::graph::WalkGraph;
use super::pace::{Costs, Pace};
use super::reach::Reach;
use super::route::{Quest, Route, Trip};
use super::snap::Spot;
use crate::spatial::nearest::measure;
use crate::unit::{Metres, Place};

/// What there is between two places.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// A way that nothing closes. Where some of it was to be avoided, [`Route::hindered`] says how much.
    Route(Route),
    /// Every way leads through something that is closed; this is the shortest of them, so that somebody can look at what blocks it. It is
    /// not for walking without being told so.
    OnlyThrough(Route),
    /// No way is known. What is left is the direction.
    NoWay {
        /// How far it is, straight.
        straight: Metres,
        /// Degrees clockwise from north, 0 to 359.
        bearing: u16,
    },
}

/// A question for a way that is being answered, a piece at a time, so that a screen can have its turn in between.
pub struct Question {
    ends: [Place; 2],
    within: Metres,
    free: Costs,
    reach: Reach,
    /// The way that is searched; `None` where there is nothing to search.
    quest: Option<Quest>,
    /// Whether no open way was found, and one through what is closed is searched.
    is_through: bool,
}

/// What came of a piece.
pub enum Asked {
    /// There is more to search.
    More(Question),
    /// That is what there is.
    Done(Answer),
}

impl Question {
    /// Asks as [`WalkGraph::answer`] does.
    pub fn begin(graph: &WalkGraph, pace: &Pace, costs: &Costs, ends: [Place; 2], within: Metres) -> Self {
        let (free, mut reach) = (Costs::new(graph, pace), Reach::default());
        let quest = graph.trip(&free, costs, ends, within).and_then(|trip| trip.begin(&mut reach, graph, costs));
        Self { ends, within, free, reach, quest, is_through: false }
    }

    /// Searches so many steps more, on the graph and at the costs with which it began.
    pub fn step(mut self, graph: &WalkGraph, costs: &Costs, steps: u32) -> Asked {
        let costs_here = if self.is_through { &self.free } else { costs };
        if let Some(quest) = &mut self.quest
            && quest.go_on(&mut self.reach, graph, costs_here, steps)
        {
            return Asked::More(self);
        }
        let found = self.quest.take().and_then(|quest| quest.found(&self.reach, graph, costs_here));
        match found {
            Some(route) if self.is_through => Asked::Done(Answer::OnlyThrough(Route { hindered: route.hindered_by(costs), ..route })),
            Some(route) => Asked::Done(Answer::Route(route)),
            None if self.is_through => {
                let (straight, bearing) = measure(self.ends[0], self.ends[1]);
                Asked::Done(Answer::NoWay { straight, bearing })
            }
            None => Asked::More(self.through(graph)),
        }
    }

    /// The same question where nothing is closed.
    fn through(mut self, graph: &WalkGraph) -> Self {
        let trip = graph.trip(&self.free, &self.free, self.ends, self.within);
        self.quest = trip.and_then(|trip| trip.begin(&mut self.reach, graph, &self.free));
        self.is_through = true;
        self
    }
}

/// An open edge this much farther away than a closed one is where somebody starts: the other side of the street.
const OTHER_SIDE: u32 = 25;

impl WalkGraph {
    /// The way from one place to another for somebody with this pace, around what `costs` closes. Both places step onto the graph at most
    /// `within` away, where they can on parts of it that hang together. [`Question`] does the same a piece at a time.
    pub fn answer(&self, pace: &Pace, costs: &Costs, ends: [Place; 2], within: Metres) -> Answer {
        let mut question = Question::begin(self, pace, costs, ends, within);
        loop {
            match question.step(self, costs, u32::MAX) {
                Asked::More(rest) => question = rest,
                Asked::Done(answer) => return answer,
            }
        }
    }

    /// Both places on the graph. Where their nearest edges do not hang together, the largest component that both can step onto.
    fn trip(&self, free: &Costs, costs: &Costs, [from, to]: [Place; 2], within: Metres) -> Option<Trip> {
        let trip = Trip { from: self.stand(free, costs, from, within)?, to: self.stand(free, costs, to, within)? };
        let component = |spot: &Spot| self.edge(spot.edge).and_then(|edge| self.component(edge.from));
        if component(&trip.from) == component(&trip.to) {
            return Some(trip);
        }
        let largest = |place| self.snap(place, within, |edge| costs.is_open(edge) && self.component(edge.from) == Some(0));
        largest(from).zip(largest(to)).map(|(from, to)| Trip { from, to })
    }

    /// Where somebody steps onto the graph, as [`WalkGraph::step_on`] says: on what is near at the costs that are `free` of what is to be avoided, or on
    /// an open edge that is hardly farther. A place whose streets are all closed stands on a closed one.
    pub fn stand(&self, free: &Costs, costs: &Costs, place: Place, within: Metres) -> Option<Spot> {
        let nearest = self.step_on(place, within, |edge| free.is_open(edge))?;
        let reach = Metres(nearest.away.metres().0.saturating_add(OTHER_SIDE)).min(within);
        Some(self.step_on(place, reach, |edge| costs.is_open(edge)).unwrap_or(nearest))
    }
}
