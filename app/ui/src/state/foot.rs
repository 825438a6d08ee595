//! On foot: the region's walking graph and hazard areas, opened once the first screen is there, what was declared since, and how long the
//! ways are from where distances are measured. Where a region has no graph, all stays as the crow flies.

use super::AppState;
use super::ground::{Ground, ground};
use super::region::Region;
use super::sops::are_awaited;
use super::turns::Turns;
use crate::page::find::ask::Ask;
use crate::page::find::listing::{Ranked, Views};
use crate::page::find::ranked::rank;
use crate::part::here;
use civmesh_domain::spatial::danger::Area;
use civmesh_domain::spatial::hazard::Hazard;
use civmesh_domain::spatial::nearest::measure;
use civmesh_domain::spatial::walk::{Answer, Costs, Pace, Reach, Spot, Trip, WalkGraph};
use civmesh_domain::unit::{Metres, Place};
use civmesh_pack::Pauses;
use futures::FutureExt;
use gloo_storage::{LocalStorage, Storage};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::rc::Rc;
use std::sync::Arc;

const STEP_FREE: &str = "civmesh.step-free";
/// So near the nearest way has to be for somebody to step onto it.
const WITHIN: Metres = Metres(300);
/// Ways longer than this are not searched for the list, in milliseconds: an hour.
const LONGEST: u32 = 60 * 60 * 1_000;
/// Whatever lies nearer than this was surely come to by the search, if a way leads there: an hour leads farther, however it winds.
const SURELY_SEARCHED: Metres = Metres(1_500);
/// So many steps of a search are made before the screen may have its turn.
const STEPS_AT_ONCE: u32 = 4_096;

/// How somebody walks: from what, and whether steps are in the way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Walker {
    /// What is to be walked around.
    pub hazard: Option<Hazard>,
    /// Steps are closed.
    pub step_free: bool,
}

impl Walker {
    fn pace(self) -> Pace {
        let pace = if self.step_free { Pace::step_free() } else { Pace::default() };
        pace.because_of(self.hazard)
    }
}

/// What a list is told of the way to a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Way {
    /// It takes so many seconds.
    Takes(u32),
    /// It is farther than is searched, or leads beyond the graph.
    Unknown,
    /// No way leads there, around what is to be avoided.
    Barred,
}

/// Puts what is asked for in the order of walking.
type Ranking = dyn Fn(&Region, &Ask, &Views) -> Vec<Ranked>;

/// The ways from one place. Behind it stand the streets, which come with the rest of the app: the first screen only asks.
#[derive(Clone)]
pub struct OnFoot {
    /// From here.
    pub from: Place,
    way: Rc<dyn Fn(Walker, Place) -> Way>,
    rank: Rc<Ranking>,
    route: Rc<dyn Fn(Walker, Place) -> Option<Answer>>,
    undisturbed: Rc<dyn Fn(Walker, Place) -> Vec<Place>>,
}

impl OnFoot {
    /// The way to a place, in short.
    pub fn way(&self, walker: Walker, to: Place) -> Way {
        (self.way)(walker, to)
    }

    /// The list that `ask` wants, in the order of walking.
    pub fn rank(&self, region: &Region, ask: &Ask, views: &Views) -> Vec<Ranked> {
        (self.rank)(region, ask, views)
    }

    /// The way to a place, in full; `None` while hazard areas are laid over the graph.
    pub fn route(&self, walker: Walker, to: Place) -> Option<Answer> {
        (self.route)(walker, to)
    }

    /// The line of the way that there would be if nothing were to be avoided; empty where there would be none.
    pub fn undisturbed(&self, walker: Walker, to: Place) -> Vec<Place> {
        (self.undisturbed)(walker, to)
    }
}

/// Where one can walk in a region, with what was declared of it. Made anew when that changes: what edges cost is then laid out anew too.
struct Streets {
    graph: WalkGraph,
    ground: Arc<Ground>,
    declared: Arc<Vec<Area>>,
    /// What every edge costs, by who walks: laid out when first asked for.
    costs: RefCell<BTreeMap<Walker, Option<Rc<Costs>>>>,
}

impl Streets {
    /// `None` where nobody knows where one can walk.
    fn of(ground: Arc<Ground>, declared: Arc<Vec<Area>>) -> Option<Self> {
        // A copy shares the bytes.
        Some(Self { graph: ground.graph.clone()?, ground, declared, costs: RefCell::default() })
    }

    /// What edges cost this walker; `None` while areas are laid over the graph, which `ready` is told of. A few are laid at once.
    fn costs(self: &Rc<Self>, walker: Walker, ready: impl FnOnce() + 'static) -> Option<Rc<Costs>> {
        if let Some(known) = self.costs.borrow().get(&walker) {
            return known.clone();
        }
        let streets = self.clone();
        let mut laying = Box::pin(async move { Rc::new(streets.avoiding(walker).await) });
        let laid = laying.as_mut().now_or_never();
        self.costs.borrow_mut().insert(walker, laid.clone());
        if laid.is_none() {
            let streets = self.clone();
            spawn_local(async move {
                let costs = laying.await;
                streets.costs.borrow_mut().insert(walker, Some(costs));
                ready();
            });
        }
        laid
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
            if let Some(passage) = passage {
                costs.avoid(&self.graph, rings, passage);
            }
            turns.pause().await;
        }
        costs
    }

    /// All ways that are not too long, from a spot.
    async fn reach(&self, costs: &Costs, start: &Spot) -> Reach {
        let (turns, mut reach) = (Turns::begin(), Reach::default());
        reach.begin_at(&self.graph, costs, start, LONGEST);
        while reach.go_on(&self.graph, costs, LONGEST, STEPS_AT_ONCE, |_, _| ControlFlow::Continue(())) {
            turns.pause().await;
        }
        reach
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

/// All ways from one place, found once for each walker who asks.
struct Searched {
    streets: Rc<Streets>,
    from: Place,
    /// By who walks; `None` while they are being searched.
    found: RefCell<BTreeMap<Walker, Option<Found>>>,
}

impl Searched {
    fn way(self: &Rc<Self>, walker: Walker, to: Place, ready: impl Fn() + Copy + 'static) -> Way {
        let Some(costs) = self.streets.costs(walker, ready) else { return Way::Unknown };
        if !self.found.borrow().contains_key(&walker) {
            self.search(walker, costs, ready);
        }
        let found = self.found.borrow();
        let Some(Some(found)) = found.get(&walker) else { return Way::Unknown };
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

    /// Searches all ways for a walker, at once in a small town. In a large one `ready` is told of it.
    fn search(self: &Rc<Self>, walker: Walker, costs: Rc<Costs>, ready: impl FnOnce() + 'static) {
        let searched = self.clone();
        let mut searching = Box::pin(async move {
            let streets = &searched.streets;
            let start = streets.graph.step_on(searched.from, WITHIN, |edge| costs.is_open(edge));
            let reach = match &start {
                Some(start) => streets.reach(&costs, start).await,
                None => Reach::default(),
            };
            Found { free: streets.free(walker), costs, start, reach }
        });
        let found = searching.as_mut().now_or_never();
        let is_searching = found.is_none();
        self.found.borrow_mut().insert(walker, found);
        if is_searching {
            let searched = self.clone();
            spawn_local(async move {
                let found = searching.await;
                searched.found.borrow_mut().insert(walker, Some(found));
                ready();
            });
        }
    }
}

/// The way from where distances are measured to a place.
pub fn way_to(app: AppState, walker: Walker, to: Place) -> Way {
    app.on_foot.with(|on_foot| on_foot.as_ref().map_or(Way::Unknown, |on_foot| on_foot.way(walker, to)))
}

/// Whether steps are in this person's way, as was said last.
pub fn kept_step_free() -> bool {
    LocalStorage::get(STEP_FREE).unwrap_or(false)
}

/// Keeps whether steps are in this person's way.
pub fn keep_step_free(step_free: bool) {
    // Where localStorage is closed to the app, it lasts as long as the screen.
    let _best_effort = LocalStorage::set(STEP_FREE, step_free);
}

/// Keeps the streets of the region that is shown, and the ways from where distances are measured.
pub fn follow(app: AppState) {
    let opened = RwSignal::new(None::<Arc<Ground>>);
    let streets = RwSignal::new_local(None::<Rc<Streets>>);
    Effect::new(move || {
        opened.set(None);
        // What is opened later is then here already, and read once.
        if are_awaited(app) {
            return;
        }
        let Some(region) = app.region.get_untracked() else { return };
        spawn_local(async move {
            let read = ground(app, &region).await;
            // Another region may be shown by now.
            if app.region.with_untracked(|shown| shown.as_ref().is_some_and(|shown| Arc::ptr_eq(shown, &region))) {
                opened.set(Some(read));
            }
        });
    });
    Effect::new(move || {
        let declared = app.standing.get();
        streets.set(opened.get().and_then(|ground| Streets::of(ground, declared)).map(Rc::new));
    });
    let searched = RwSignal::new_local(None::<Rc<Searched>>);
    Effect::new(move || {
        let from = streets.get().zip(here::from(app));
        searched.set(from.map(|(streets, from)| Rc::new(Searched { streets, from, found: RefCell::default() })));
    });
    // What edges cost, or where ways lead, came to be known: whoever asked asks once more.
    let ready = move || searched.update(|_| {});
    Effect::new(move || app.on_foot.set(searched.get().map(|searched| ways(&searched, ready))));
}

fn ways(searched: &Rc<Searched>, ready: impl Fn() + Copy + 'static) -> OnFoot {
    let from = searched.from;
    let (streets, free) = (searched.streets.clone(), searched.streets.clone());
    let (searched, listed) = (searched.clone(), searched.clone());
    OnFoot {
        from,
        way: Rc::new(move |walker, to| searched.way(walker, to, ready)),
        rank: Rc::new(move |region, ask, views| rank(region, from, ask, views, |to| listed.way(ask.walker(), to, ready))),
        route: Rc::new(move |walker, to| {
            let costs = streets.costs(walker, ready)?;
            Some(streets.graph.answer(&walker.pace(), &costs, [from, to], WITHIN))
        }),
        undisturbed: Rc::new(move |walker, to| match free.graph.answer(&walker.pace(), &free.free(walker), [from, to], WITHIN) {
            Answer::Route(route) | Answer::OnlyThrough(route) => route.line,
            Answer::NoWay { .. } => Vec::new(),
        }),
    }
}
