//! The region's procedures: they come with what is opened later, and are looked up by everything that tells of a run.

use super::AppState;
use super::later::later;
use super::turns::Turns;
use civmesh_domain::id::SopId;
use civmesh_domain::sop::procedure::Procedure;
use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::sync::Arc;

/// How long until they are asked for once more where they could not be had, in milliseconds.
const AGAIN: u32 = 5_000;

/// Keeps the procedures of the region that is shown.
pub fn follow(app: AppState) {
    Effect::new(move || {
        app.sops.set(None);
        let Some(region) = app.region.get() else { return };
        spawn_local(async move {
            let is_shown = || app.region.with_untracked(|shown| shown.as_ref().is_some_and(|shown| Arc::ptr_eq(shown, &region)));
            while is_shown() {
                if let Some(later) = later(app, &region).await {
                    // What is damaged was damaged on this phone: it was read before it was kept. The rest of the app goes on without.
                    let sops = later.sops_pausing(&Turns::begin()).await.unwrap_or_default();
                    return if is_shown() {
                        app.sops.set(Some(Arc::new(sops)))
                    };
                }
                TimeoutFuture::new(AGAIN).await;
            }
        });
    });
}

/// Looks at the procedure with this identifier; `None` where the region has none, or they are not here yet.
pub fn with_sop<T>(app: AppState, id: &SopId, look: impl FnOnce(&Procedure) -> T) -> Option<T> {
    app.sops.with(|sops| sops.as_ref()?.iter().find(|sop| sop.id == *id).map(look))
}

/// Whether they are still to come.
pub fn are_awaited(app: AppState) -> bool {
    app.sops.with(Option::is_none)
}
