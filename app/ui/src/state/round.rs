//! A round of sending and reading, what comes of it, and the wait for news at the hub after it.

use super::profile::parts;
use super::region::Region;
use super::{AppState, Link, clock, keys, preference, sync, view};
use crate::device::{performance, time};
use civmesh_domain::governance::Standing;
use civmesh_domain::id::NodeId;
use civmesh_domain::personnel::role::Role;
use civmesh_domain::routing::Database;
use civmesh_store::phone::PhoneStore;
use civmesh_sync::alone::{self, About};
use civmesh_sync::engine::{self, Progress, RoundReport};
use civmesh_sync::fetch::FetchHub;
use civmesh_sync::schedule::Trigger;
use civmesh_sync::seat::databases;
use civmesh_sync::watch::{News, watch};
use futures::future::abortable;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::collections::BTreeSet;
use std::sync::Arc;

/// Runs a round as soon as no other tab does, and plans the next one. `eager`: pauses of rows are not waited for.
pub async fn run(app: AppState, eager: bool) {
    let report = alone::run(async move { Ok(about(app, eager)) }).await;
    follow(app, &report).await;
    if report.leaves_work() {
        sync::leave_to_worker(app);
    }
    if sync::plan(app, &report) {
        wait_for_news(app);
    }
}

/// The region on the screen, for the seat of this phone. Before both are there nothing can be done, and it is tried again.
fn about(app: AppState, eager: bool) -> Option<About<PhoneStore>> {
    let (store, region) = (app.store()?, app.region.get_untracked()?);
    let asked = region.clone();
    Some(About {
        store,
        region: region.manifest.region,
        seat: app.seat.get_untracked().map(|seat| (*seat).clone()),
        standing: Box::new(move |node| standing(&region, node)),
        eager,
        also: asked_for(app, &asked),
        progress: Box::new(move |progress| note(app, progress)),
    })
}

/// The databases of the nodes into which a coordinator looks.
fn asked_for(app: AppState, region: &Region) -> Vec<Database> {
    let id = region.manifest.region;
    let may_look = app.seat.with_untracked(|seat| seat.as_ref().is_some_and(|seat| seat.has(Role::Coordinator) && seat.region == id));
    let nodes = if may_look { app.looked_into.get_untracked() } else { BTreeSet::new() };
    nodes.iter().map(|node| Database::of_node(id, node, standing(region, node))).collect()
}

fn standing(region: &Region, node: &NodeId) -> Standing {
    region.node(node).map_or(Standing::Proposed, |node| node.standing)
}

fn note(app: AppState, progress: Progress) {
    match progress {
        Progress::PushStart { docs } => performance::mark_docs("civmesh:push-start", docs),
        Progress::PushDone { docs } => performance::mark_docs("civmesh:push-done", docs),
        Progress::PullStart => performance::mark("civmesh:pull-start"),
        Progress::PullDone { docs } => performance::mark_docs("civmesh:pull-done", docs),
        Progress::Settled { .. } => view::refresh_fates(app),
        Progress::Merged { .. } => {}
    }
}

/// Shows what a round came to.
async fn follow(app: AppState, report: &RoundReport) {
    app.held.set(Arc::new(report.held.clone()));
    if let Some(offset) = report.clock_offset {
        app.clock_offset.set(offset);
        app.now.set(clock::now(app));
    }
    match report.link {
        engine::Link::Reached | engine::Link::Busy | engine::Link::Locked => {
            preference::keep_reached(time::now());
            app.link.set(Link::Reached);
        }
        engine::Link::SignedOut => {
            preference::keep_reached(time::now());
            app.link.set(Link::SignedOut);
        }
        engine::Link::SeatRefused => app.link.set(Link::SeatRefused),
        engine::Link::Unreachable if !sync::is_online() => sync::lose_network(app),
        engine::Link::Unreachable | engine::Link::NotTheHub => app.link.set(Link::HubAway),
        engine::Link::Unknown | engine::Link::StoreFailed => {}
    }
    if let Some(roles) = &report.roles {
        super::seat::note_roles(app, roles).await;
    }
    // What can't be read now is read with the next change.
    let _later = view::read(app).await;
    sync::tell_other_tabs(app);
    if report.link == engine::Link::Reached {
        keys::tend(app).await;
        parts::find_readers(app).await;
    }
}

fn wait_for_news(app: AppState) {
    let (waiting, handle) = abortable(news(app));
    app.driver.update_value(|driver| driver.watching = Some(handle));
    spawn_local(async move {
        if let Ok(Some(News::Some)) = waiting.await {
            sync::trigger(app, Trigger::News);
        }
    });
}

async fn news(app: AppState) -> Option<News> {
    let (store, region) = (app.store()?, app.region.get_untracked()?);
    let seat = app.seat.get_untracked()?.to_seat();
    let watched = databases(region.manifest.region, Some(&seat), &|node| standing(&region, node));
    watch(&store, &FetchHub::default(), &watched).await.ok()
}
