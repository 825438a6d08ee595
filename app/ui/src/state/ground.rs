//! The ground of a region: where one can walk, where it is dangerous, and where people live. Opened once, for all screens that need it.

use super::AppState;
use super::later::later;
use super::region::Region;
use civmesh_domain::spatial::area::HazardArea;
use civmesh_domain::spatial::people::Population;
use civmesh_domain::spatial::walk::WalkGraph;
use civmesh_pack::{Later, PackError};
use civmesh_sync::turn::give_way;
use futures::lock::Mutex;
use std::rc::Rc;
use std::sync::{Arc, OnceLock};

/// So long is worked before the screen gets its turn, in milliseconds.
const TURN: f64 = 10.0;

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

/// The ground of a region, empty where its second half is not here and can't be had. The screen has its turn between one section and the next.
pub async fn ground(app: AppState, region: &Arc<Region>) -> Arc<Ground> {
    let opened = opened();
    let mut opened = opened.lock().await;
    if let Some((of, ground)) = opened.as_ref()
        && Arc::ptr_eq(of, &region.later)
    {
        return ground.clone();
    }
    let Some(later) = later(app, region).await else { return Arc::default() };
    let graph = graph(&later).await;
    let areas = later.areas();
    give_way().await;
    let people = later.people();
    let damaged = graph.is_err() || areas.is_err() || people.is_err();
    let ground = Ground { graph: graph.ok().flatten(), areas: areas.unwrap_or_default(), people: people.ok().flatten(), damaged };
    let ground = Arc::new(ground);
    *opened = Some((region.later.clone(), ground.clone()));
    ground
}

/// The walking graph, opened a piece at a time: in a large town that is work for half a second.
async fn graph(later: &Later) -> Result<Option<WalkGraph>, PackError> {
    let Some(mut opening) = later.opening_walk() else { return Ok(None) };
    let mut began = js_sys::Date::now();
    loop {
        opening = match opening.step()? {
            Ok(graph) => return Ok(Some(graph)),
            Err(more) => more,
        };
        if js_sys::Date::now() - began > TURN {
            give_way().await;
            began = js_sys::Date::now();
        }
    }
}

/// Held while a region's ground is opened, so that nobody opens it a second time.
fn opened() -> Rc<Mutex<Known>> {
    thread_local! {
        static OPENED: Rc<Mutex<Known>> = Rc::default();
    }
    OPENED.with(Rc::clone)
}
