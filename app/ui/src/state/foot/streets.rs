//! Where one can walk in a region, what the ways cost, and those that were searched: a few steps at a time where they are many.

use super::kept::Kept;
use super::{Walker, Way};
use crate::state::ground::Ground;
use crate::state::turns::Turns;
use civmesh_domain::spatial::danger::Area;
use civmesh_domain::spatial::nearest::measure;
use civmesh_domain::spatial::walk::{Answer, Asked, Costs, Pace, Question, Reach, Spot, Trip, WalkGraph};
use civmesh_domain::unit::{Metres, Place};
use civmesh_pack::Pauses;
use std::ops::ControlFlow;
use std::rc::Rc;
use std::sync::Arc;

/// So near the nearest way has to be for somebody to step onto it.
const WITHIN: Metres = Metres(300);
/// Ways longer than this are not searched for the list, in milliseconds: an hour.
const LONGEST: u32 = 60 * 60 * 1_000;
/// Whatever lies nearer than this was surely come to by the search, if a way leads there: an hour leads farther, however it winds.
const SURELY_SEARCHED: Metres = Metres(1_500);
/// So many steps of a search are made before the screen may have its turn.
const STEPS_AT_ONCE: u32 = 4_096;

impl Walker {
    fn pace(self) -> Pace {
        let pace = if self.step_free { Pace::step_free() } else { Pace::default() };
        pace.because_of(self.hazard)
    }
}

/// Where one can walk in a region, with what was declared of it. Made anew when that changes: what edges cost is then laid out anew too.
pub struct Streets {
    graph: WalkGraph,
    ground: Arc<Ground>,
    declared: Arc<Vec<Area>>,
    /// What every edge costs, by who walks.
    costs: Kept<Walker, Rc<Costs>>,
}

impl Streets {
    /// `None` where nobody knows where one can walk.
    pub fn of(ground: Arc<Ground>, declared: Arc<Vec<Area>>) -> Option<Self> {
        // A copy shares the bytes.
        Some(Self { graph: ground.graph.clone()?, ground, declared, costs: Kept::default() })
    }

    /// What edges cost this walker; `None` while areas are laid over the graph, which `ready` is told of.
    fn costs(self: &Rc<Self>, walker: Walker, ready: impl FnOnce() + 'static) -> Option<Rc<Costs>> {
        let streets = self.clone();
        self.costs.get(walker, move || async move { Rc::new(streets.avoiding(walker).await) }, ready)
    }

    async fn avoiding(&self, walker: Walker) -> Costs {
        let mut costs = self.free(walker);
        let areas = self.ground.areas.iter().map(|area| (walker.hazard.and_then(|hazard| area.passage(hazard)), &area.rings));
        let declared = self.declared.iter().flat_map(|area| {
            let passage = area.condition().passage(walker.hazard);
            area.outlines.iter().map(move |rings| (passage, rings))
        });
        let turns = Turns::begin();
        for (passage, rings) in areas.chain(declared) {
            let Some(passage) = passage else { continue };
            for () in costs.avoiding(&self.graph, rings, passage) {
                turns.pause().await;
            }
        }
        costs
    }

    /// All ways that are not too long, from where somebody stands.
    async fn search(&self, walker: Walker, costs: Rc<Costs>, from: Place) -> Found {
        let (turns, mut reach) = (Turns::begin(), Reach::default());
        let start = self.graph.step_on(from, WITHIN, |edge| costs.is_open(edge));
        if let Some(start) = &start {
            reach.begin_at(&self.graph, &costs, start, LONGEST);
            while reach.go_on(&self.graph, &costs, LONGEST, STEPS_AT_ONCE, |_, _| ControlFlow::Continue(())) {
                turns.pause().await;
            }
        }
        Found { free: self.free(walker), costs, start, reach }
    }

    /// The way from one place to another, in full.
    async fn answer(&self, walker: Walker, costs: &Costs, ends: [Place; 2]) -> Answer {
        let turns = Turns::begin();
        let mut question = Question::begin(&self.graph, &walker.pace(), costs, ends, WITHIN);
        loop {
            match question.step(&self.graph, costs, STEPS_AT_ONCE) {
                Asked::More(rest) => question = rest,
                Asked::Done(answer) => return answer,
            }
            turns.pause().await;
        }
    }

    /// What edges cost where nothing is to be avoided.
    fn free(&self, walker: Walker) -> Costs {
        Costs::new(&self.graph, &walker.pace())
    }

    /// The part of the graph on which a spot lies.
    fn component(&self, spot: &Spot) -> Option<u32> {
        self.graph.component(self.graph.edge(spot.edge)?.from)
    }
}

/// All ways from one place for one walker.
struct Found {
    costs: Rc<Costs>,
    free: Costs,
    /// Where they begin. Whoever stands in what is to be avoided leaves it first: the nearest open way counts.
    start: Option<Spot>,
    reach: Reach,
}

/// The ways from one place, each found once for each walker who asks.
pub struct Searched {
    streets: Rc<Streets>,
    /// From here.
    pub from: Place,
    /// How long all of them are.
    found: Kept<Walker, Rc<Found>>,
    /// One of them in full, around what is to be avoided.
    routes: Kept<(Walker, Place), Answer>,
    /// The same if nothing were to be avoided.
    undisturbed: Kept<(Walker, Place), Answer>,
}

impl Searched {
    /// Where nothing was searched yet.
    pub fn begin(streets: Rc<Streets>, from: Place) -> Self {
        Self { streets, from, found: Kept::default(), routes: Kept::default(), undisturbed: Kept::default() }
    }

    /// The way to a place, in short; `ready` is told when more is known.
    pub fn way(&self, walker: Walker, to: Place, ready: impl Fn() + Copy + 'static) -> Way {
        let Some(costs) = self.streets.costs(walker, ready) else { return Way::Unknown };
        let (streets, from) = (self.streets.clone(), self.from);
        let search = move || async move { Rc::new(streets.search(walker, costs, from).await) };
        let Some(found) = self.found.get(walker, search, ready) else { return Way::Unknown };
        let graph = &self.streets.graph;
        let Some((from, to_spot)) = found.start.zip(graph.stand(&found.free, &found.costs, to, WITHIN)) else { return Way::Unknown };
        match (Trip { from, to: to_spot }).seconds(&found.reach, graph, &found.costs) {
            Some(seconds) => Way::Takes(seconds),
            // Parts of the graph that do not hang together are a gap in the data sooner than a wall.
            None if self.streets.component(&from) != self.streets.component(&to_spot) => Way::Unknown,
            None if measure(self.from, to).0 > SURELY_SEARCHED => Way::Unknown,
            None => Way::Barred,
        }
    }

    /// The way to a place, in full; `None` until it is found, which `ready` is told of.
    pub fn route(&self, walker: Walker, to: Place, ready: impl Fn() + Copy + 'static) -> Option<Answer> {
        let costs = self.streets.costs(walker, ready)?;
        let (streets, ends) = (self.streets.clone(), [self.from, to]);
        self.routes.get((walker, to), move || async move { streets.answer(walker, &costs, ends).await }, ready)
    }

    /// The line of the way that there would be if nothing were to be avoided; empty where there would be none, `None` until it is found.
    pub fn undisturbed(&self, walker: Walker, to: Place, ready: impl Fn() + Copy + 'static) -> Option<Vec<Place>> {
        let (streets, ends) = (self.streets.clone(), [self.from, to]);
        let search = move || async move { streets.answer(walker, &streets.free(walker), ends).await };
        Some(match self.undisturbed.get((walker, to), search, ready)? {
            Answer::Route(route) | Answer::OnlyThrough(route) => route.line,
            Answer::NoWay { .. } => Vec::new(),
        })
    }
}
