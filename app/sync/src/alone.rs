//! A round in a browser, in a page or a worker: while no other page or worker on this phone runs one, with the browser's clock, chance and
//! network.

use crate::engine::{Link, Progress, Round, RoundReport, sync_once};
use crate::fetch::FetchHub;
use crate::held::HeldSeat;
use crate::{lock, turn};
use civmesh_domain::governance::Standing;
use civmesh_domain::id::{NodeId, RegionId};
use civmesh_domain::routing::Database;
use civmesh_domain::unit::Millis;
use civmesh_store::{Result, Store};
use futures::future::{FutureExt, LocalBoxFuture};

/// Where pages and workers of this phone tell each other that the store has changed: a BroadcastChannel, any message.
pub const CHANNEL: &str = "civmesh";

/// What a round is about.
pub struct About<S> {
    /// The phone's store.
    pub store: S,
    /// The region.
    pub region: RegionId,
    /// The seat, if one was taken up.
    pub seat: Option<HeldSeat>,
    /// How far a node has agreed, by the region's pack.
    pub standing: Box<dyn Fn(&NodeId) -> Standing>,
    /// Whether rows are tried although their pause is not over.
    pub eager: bool,
    /// Databases that were asked for by name: a coordinator's look into a node.
    pub also: Vec<Database>,
    /// Told what happens while it happens.
    pub progress: Box<dyn FnMut(Progress)>,
}

/// Runs one round as soon as nobody else does. `about` is asked only then: the seat may have been given back meanwhile. Where it knows of
/// nothing to be done, the report is that of no round.
pub async fn run<S: Store + 'static>(about: impl Future<Output = Result<Option<About<S>>>> + 'static) -> RoundReport {
    let round = async {
        match about.await? {
            Some(about) => round(about).await,
            None => Ok(RoundReport::default()),
        }
    };
    let ended = lock::with(lock::SYNC, round).await;
    ended.and_then(Result::ok).unwrap_or_else(|| RoundReport { link: Link::StoreFailed, ..RoundReport::default() })
}

async fn round<S: Store>(about: About<S>) -> Result<RoundReport> {
    let About { store, region, seat, standing, eager, also, mut progress } = about;
    // Nobody else sends under the lock: what somebody who was killed left as being sent is to be sent.
    store.recover().await?;
    let seat = seat.map(|seat| seat.to_seat());
    let round = Round {
        store: &store,
        hub: &FetchHub::default(),
        region,
        seat: seat.as_ref(),
        standing: &standing,
        eager,
        also: &also,
        now: &now,
        random: &mut random,
        pause: &pause,
        progress: &mut progress,
    };
    Ok(sync_once(round).await)
}

/// Now, by the phone's clock.
pub fn now() -> Millis {
    Millis(js_sys::Date::now().max(0.0) as u64)
}

/// Any number, for spreading out retries.
pub fn random() -> u32 {
    (js_sys::Math::random() * f64::from(u32::MAX)) as u32
}

fn pause() -> LocalBoxFuture<'static, ()> {
    turn::give_way().boxed_local()
}
