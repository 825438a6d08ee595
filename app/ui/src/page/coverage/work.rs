//! The long work: opening what the pack holds, and having the table of who reaches what made. In small pieces, with the screen's turn in
//! between, and left where it is as soon as something else is asked.

use super::ask::Ask;
use super::plan::Plan;
use super::table::{Table, make};
use crate::state::AppState;
use crate::state::ground::{Ground, ground};
use crate::state::region::Region;
use crate::state::turns::{Job, TURN};
use crate::words::Words;
use civmesh_domain::spatial::coverage::choice::hazards;
use civmesh_domain::spatial::hazard::Hazard;
use civmesh_domain::spatial::nearest::{NearestIndex, Tags, measure};
use civmesh_domain::spatial::people::Basis;
use civmesh_domain::unit::{Metres, Persons, Place};
use civmesh_pack::NamedPlace;
use civmesh_sync::turn::give_way;
use enumset::EnumSet;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::sync::Arc;

/// What the pack holds that this is counted from.
pub struct Opened {
    /// The region.
    pub region: Arc<Region>,
    /// The middle of each cell.
    pub places: Vec<Place>,
    /// Who lives in it.
    pub people: Vec<Persons>,
    /// What the figures rest on, and where they come from; `None` where nobody knows where people live.
    pub source: Option<(Basis, String)>,
    /// Hazards that make a difference here.
    pub hazards: EnumSet<Hazard>,
    /// Ways on foot and hazard areas.
    pub ground: Arc<Ground>,
    named: NearestIndex,
}

impl Opened {
    async fn of(app: AppState, region: Arc<Region>) -> Self {
        let ground = ground(app, &region).await;
        let people = ground.people.as_ref();
        let attribution = |layer: u16| region.manifest.layers.get(usize::from(layer)).map(|layer| layer.attribution.clone());
        let cells = || people.into_iter().flat_map(|population| &population.cells);
        Self {
            places: cells().map(|cell| cell.place).collect(),
            people: cells().map(|cell| cell.people).collect(),
            source: people.map(|people| (people.basis, attribution(people.layer).unwrap_or_default())),
            hazards: hazards(region.nodes(), &ground.areas),
            named: NearestIndex::new(region.places.iter().map(|named| (named.place, Tags::default()))),
            ground,
            region,
        }
    }

    /// Whether ways on foot are known.
    pub fn has_graph(&self) -> bool {
        self.ground.graph.is_some()
    }

    /// What the figures rest on.
    pub fn basis(&self) -> Basis {
        self.source.as_ref().map_or(Basis::SpreadOverBuildings, |(basis, _)| *basis)
    }

    /// The named place nearest to a place, and how far and which way the place lies from it.
    pub fn near(&self, place: Place) -> Option<(&NamedPlace, Metres, u16)> {
        let at = self.named.nearest(place, Tags::default()).next()?.at;
        let named = self.region.places.get(at)?;
        let (metres, bearing) = measure(named.place, place);
        Some((named, metres, bearing))
    }
}

/// How far the work is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// What is being done.
    pub what: Words,
    /// So many of them are done.
    pub done: usize,
    /// Of so many.
    pub all: usize,
}

/// Nobody waits for it any more: something else was asked, or the screen is gone.
pub struct Stopped;

/// What the screen shows, and what it is worked out from.
#[derive(Clone, Copy)]
pub struct Working {
    /// What is asked.
    pub ask: Memo<Ask>,
    /// What the pack holds, once it is open.
    pub opened: RwSignal<Option<Arc<Opened>>>,
    /// The newest figures.
    pub plan: RwSignal<Option<Arc<Plan>>>,
    /// How far the next ones are; `None` where there is nothing to do.
    pub progress: RwSignal<Option<Progress>>,
}

/// Opens the region and answers whatever is asked, anew with every change. The table takes long and depends on the hazard and the measure
/// only: another limit, or other nodes that count, neither begin it anew nor wait for more than it.
pub fn follow(app: AppState, ask: Memo<Ask>) -> Working {
    let (opened, plan, progress) = (RwSignal::new(None::<Arc<Opened>>), RwSignal::new(None), RwSignal::new(None));
    let table = RwSignal::new(None::<Arc<Table>>);
    let (opening, searching, counting) = (Job::default(), Job::default(), Job::default());
    Effect::new(move || {
        let region = app.region.get();
        opened.set(None);
        let Some(region) = region else { return };
        let job = opening.begin();
        spawn_local(async move {
            // First the screen itself.
            give_way().await;
            let found = Opened::of(app, region).await;
            if opening.is_wanted(job) {
                opened.set(Some(Arc::new(found)));
            }
        });
    });
    // Which one area is looked at changes none of these figures.
    let possible = Memo::new(move |_| {
        ask.get().of_all_areas().with_graph(opened.with(|opened| opened.as_ref().is_some_and(|opened| opened.has_graph())))
    });
    let wanted = Memo::new(move |_| (possible.get().choice.hazard, possible.get().measure));
    Effect::new(move || {
        let (hazard, measure) = wanted.get();
        let source = opened.get().filter(|opened| opened.source.is_some());
        let mut turn = Turn::new(searching, progress);
        table.set(None);
        let Some(source) = source else { return };
        spawn_local(async move {
            // Whoever leaves in the middle leaves it.
            if let Ok(found) = make(app, &source, hazard, measure, &mut turn).await {
                table.set(Some(Arc::new(found)));
            }
        });
    });
    Effect::new(move || {
        let (found, ask) = (table.get(), possible.get());
        let mut turn = Turn::new(counting, progress);
        let current = found.filter(|table| (table.hazard, table.measure) == (ask.choice.hazard, ask.measure));
        let Some((table, source)) = current.zip(opened.get_untracked()) else { return };
        spawn_local(async move {
            if let Ok(found) = Plan::of(source, table, ask, &mut turn).await {
                plan.set(Some(Arc::new(found)));
                progress.set(None);
            }
        });
    });
    Effect::new(move || {
        if opened.with(Option::is_none) {
            plan.set(None);
        }
    });
    Working { ask, opened, plan, progress }
}

/// The screen's turn, every so often.
pub struct Turn {
    kind: Job,
    job: u32,
    progress: RwSignal<Option<Progress>>,
    began: f64,
}

impl Turn {
    /// Begins work of this kind, of which `progress` tells.
    pub fn new(kind: Job, progress: RwSignal<Option<Progress>>) -> Self {
        Self { kind, job: kind.begin(), progress, began: js_sys::Date::now() }
    }

    /// Gives the screen its turn if it is time; whether to go on.
    pub async fn over(&mut self, what: Words, done: usize, all: usize) -> Result<(), Stopped> {
        if js_sys::Date::now() - self.began > TURN { self.tell(what, done, all).await } else { Ok(()) }
    }

    /// Says how far it is, and gives the screen its turn; whether to go on.
    pub async fn tell(&mut self, what: Words, done: usize, all: usize) -> Result<(), Stopped> {
        if self.kind.is_wanted(self.job) {
            self.progress.set(Some(Progress { what, done, all }));
        }
        give_way().await;
        self.began = js_sys::Date::now();
        if self.kind.is_wanted(self.job) { Ok(()) } else { Err(Stopped) }
    }
}
