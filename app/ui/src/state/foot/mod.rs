//! On foot: the region's walking graph and hazard areas, opened once the first screen is there, what was declared since, and how long the
//! ways are from where distances are measured. Where a region has no graph, all stays as the crow flies.

mod kept;
mod streets;

use super::AppState;
use super::ground::{Ground, ground};
use super::region::Region;
use super::sops::are_awaited;
use crate::page::find::ask::Ask;
use crate::page::find::listing::{Ranked, Views};
use crate::page::find::ranked::rank;
use crate::part::here;
use civmesh_domain::spatial::hazard::Hazard;
use civmesh_domain::spatial::walk::Answer;
use civmesh_domain::unit::Place;
use gloo_storage::{LocalStorage, Storage};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::rc::Rc;
use std::sync::Arc;
use streets::{Searched, Streets};

const STEP_FREE: &str = "civmesh.step-free";

/// How somebody walks: from what, and whether steps are in the way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Walker {
    /// What is to be walked around.
    pub hazard: Option<Hazard>,
    /// Steps are closed.
    pub step_free: bool,
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
    undisturbed: Rc<dyn Fn(Walker, Place) -> Option<Vec<Place>>>,
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

    /// The way to a place, in full; `None` until it is found.
    pub fn route(&self, walker: Walker, to: Place) -> Option<Answer> {
        (self.route)(walker, to)
    }

    /// The line of the way that there would be if nothing were to be avoided; empty where there would be none, `None` until it is found.
    pub fn undisturbed(&self, walker: Walker, to: Place) -> Option<Vec<Place>> {
        (self.undisturbed)(walker, to)
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
        searched.set(from.map(|(streets, from)| Rc::new(Searched::begin(streets, from))));
    });
    // What edges cost, or where ways lead, came to be known: whoever asked asks once more.
    let ready = move || searched.update(|_| {});
    Effect::new(move || app.on_foot.set(searched.get().map(|searched| ways(&searched, ready))));
}

fn ways(searched: &Rc<Searched>, ready: impl Fn() + Copy + 'static) -> OnFoot {
    let from = searched.from;
    let [way, list, route, undisturbed] = std::array::from_fn(|_| searched.clone());
    OnFoot {
        from,
        way: Rc::new(move |walker, to| way.way(walker, to, ready)),
        rank: Rc::new(move |region, ask, views| rank(region, from, ask, views, |to| list.way(ask.walker(), to, ready))),
        route: Rc::new(move |walker, to| route.route(walker, to, ready)),
        undisturbed: Rc::new(move |walker, to| undisturbed.undisturbed(walker, to, ready)),
    }
}
