//! From where things are measured, and who may be told of a node.

use crate::device::position::{self, NoPosition};
use crate::device::time;
use crate::state::origin::{How, Origin};
use crate::state::{AppState, preference};
use crate::words::Words;
use civmesh_domain::spatial::nearest::measure;
use civmesh_domain::spatial::node::{Exposure, Node};
use civmesh_domain::spatial::search::APPROACH;
use civmesh_domain::unit::{Metres, Place};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The place from which distances are measured: the origin, else the centre of the region.
pub fn from(app: AppState) -> Option<Place> {
    let centre = app.region.with(|region| region.as_ref().map(|region| region.manifest.centre));
    app.origin.with(|origin| origin.as_ref().map(|origin| origin.place)).or(centre)
}

/// How far and which way a place lies from here.
pub fn measure_to(app: AppState, to: Place) -> Option<(Metres, u16)> {
    from(app).map(|from| measure(from, to))
}

/// Whether the person at this phone may be told of `node`.
pub fn may_see(app: AppState, node: &Node) -> bool {
    let is_staff = || app.seat.with(|seat| seat.is_some());
    match node.exposure {
        Exposure::Public => true,
        Exposure::OnApproach => measure_to(app, node.place).is_some_and(|(metres, _)| metres <= APPROACH) || is_staff(),
        Exposure::Staff => is_staff(),
    }
}

/// Where the search for the phone's position stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Locating {
    /// Nobody has asked.
    Idle,
    /// The phone is looking.
    Busy,
    /// It is found.
    Found,
    /// It can't be had.
    Failed(NoPosition),
}

impl Locating {
    /// What came of it, in words.
    pub fn words(self) -> Option<Words> {
        use crate::locale::find;
        match self {
            Self::Idle => None,
            Self::Busy => Some(find::LOCATING),
            Self::Found => Some(find::LOCATED),
            Self::Failed(NoPosition::Denied) => Some(find::DENIED),
            Self::Failed(NoPosition::Unavailable) => Some(find::UNAVAILABLE),
        }
    }
}

/// Asks the phone for its position, and measures from there.
pub fn locate(app: AppState, locating: RwSignal<Locating>) {
    if locating.get_untracked() == Locating::Busy {
        return;
    }
    locating.set(Locating::Busy);
    spawn_local(async move {
        let outcome = match position::locate().await {
            Ok((place, accuracy)) => {
                measure_from(app, Origin { place, how: How::Position { accuracy }, at: time::now() });
                Locating::Found
            }
            Err(no_position) => Locating::Failed(no_position),
        };
        // The screen that asked may be gone by now.
        let _gone = locating.try_set(outcome);
    });
}

/// Measures from `origin` from now on, and after a restart.
pub fn measure_from(app: AppState, origin: Origin) {
    preference::keep_origin(&origin);
    app.origin.set(Some(origin));
}
