//! The ground of a region: where one can walk, where it is dangerous, and where people live. Opened once, for all screens that need it.

use super::AppState;
use super::later::later;
use super::region::Region;
use super::turns::Turns;
use civmesh_domain::spatial::area::HazardArea;
use civmesh_domain::spatial::people::Population;
use civmesh_domain::spatial::walk::WalkGraph;
use civmesh_pack::Later;
use futures::lock::Mutex;
use std::rc::Rc;
use std::sync::{Arc, OnceLock};

/// What the pack holds of it. What can't be read is left out.
#[derive(Default)]
pub struct Ground {
    /// Where one can walk; `None` where the region has no such graph.
    pub graph: Option<WalkGraph>,
    /// Where it is dangerous.
    pub areas: Vec<HazardArea>,
    /// Where people live; `None` where nobody has said.
    pub people: Option<Population>,
    /// Whether something can't be read.
    pub damaged: bool,
}

/// The ground that was opened last, and of what it was opened.
type Known = Option<(Arc<OnceLock<Later>>, Arc<Ground>)>;

/// The ground of a region, empty where its second half is not here and can't be had. The screen has its turn in between.
pub async fn ground(app: AppState, region: &Arc<Region>) -> Arc<Ground> {
    let opened = opened();
    let mut opened = opened.lock().await;
    if let Some((of, ground)) = opened.as_ref()
        && Arc::ptr_eq(of, &region.later)
    {
        return ground.clone();
    }
    let Some(later) = later(app, region).await else { return Arc::default() };
    let turns = Turns::begin();
    let (graph, areas, people) = (later.walk_pausing(&turns).await, later.areas_pausing(&turns).await, later.people_pausing(&turns).await);
    let damaged = graph.is_err() || areas.is_err() || people.is_err();
    let ground = Ground { graph: graph.ok().flatten(), areas: areas.unwrap_or_default(), people: people.ok().flatten(), damaged };
    let ground = Arc::new(ground);
    *opened = Some((region.later.clone(), ground.clone()));
    ground
}

/// Held while a region's ground is opened, so that nobody opens it a second time.
fn opened() -> Rc<Mutex<Known>> {
    thread_local! {
        static OPENED: Rc<Mutex<Known>> = Rc::default();
    }
    OPENED.with(Rc::clone)
}
