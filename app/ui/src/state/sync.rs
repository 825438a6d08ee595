//! When to sync, and what comes of it: at the start, on a timer, when the network or the window returns, after each command.

use super::{AppState, Link, preference, view};
use crate::device::{lock, performance, time};
use civmesh_domain::governance::Standing;
use civmesh_domain::id::NodeId;
use civmesh_domain::unit::Millis;
use civmesh_store::Store;
use civmesh_sync::engine::{self, Progress, Round, RoundReport, sync_once};
use civmesh_sync::fetch::FetchHub;
use civmesh_sync::schedule::{Next, Schedule, Trigger};
use civmesh_sync::seat::databases;
use civmesh_sync::watch::{News, watch};
use futures::future::{AbortHandle, FutureExt, LocalBoxFuture, abortable};
use gloo_timers::callback::Timeout;
use gloo_timers::future::TimeoutFuture;
use leptos::ev;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::sync::Arc;
use wasm_bindgen::prelude::*;
use web_sys::{BroadcastChannel, VisibilityState};

const CHANNEL: &str = "civmesh";
/// No timer is set for longer, in milliseconds: phones that slept wake up late.
const LONGEST_TIMER: u64 = 20 * Millis::MINUTE;

/// What drives the rounds of this tab.
#[derive(Default)]
pub struct Driver {
    schedule: Schedule,
    timer: Option<Timeout>,
    watching: Option<AbortHandle>,
    channel: Option<BroadcastChannel>,
}

/// Starts syncing for as long as the page lives.
pub fn start(app: AppState) {
    if let Some(since) = preference::reached().filter(|_| !is_online()) {
        app.link.set(Link::Offline { since });
    }
    listen(app);
    follow_other_tabs(app);
    trigger(app, Trigger::Start);
}

/// Syncs soon: something was written, or something changed.
pub fn nudge(app: AppState) {
    trigger(app, Trigger::Command);
}

/// Lets the other tabs of this app read anew.
pub fn tell_other_tabs(app: AppState) {
    app.driver.with_value(|driver| {
        if let Some(channel) = &driver.channel {
            // Tabs that do not hear it read anew when they come to the front.
            let _unheard = channel.post_message(&"changed".into());
        }
    });
}

fn follow_other_tabs(app: AppState) {
    let Ok(channel) = BroadcastChannel::new(CHANNEL) else { return };
    let heard = Closure::<dyn FnMut()>::new(move || view::refresh(app));
    channel.set_onmessage(Some(heard.as_ref().unchecked_ref()));
    // The listener lives as long as the page.
    heard.forget();
    app.driver.update_value(|driver| driver.channel = Some(channel));
}

fn listen(app: AppState) {
    // The listeners live as long as the page, so their handles are let go.
    let _page_long = window_event_listener(ev::online, move |_| trigger(app, Trigger::Online));
    let _page_long = window_event_listener(ev::offline, move |_| lose_network(app));
    let _page_long = window_event_listener(ev::focus, move |_| trigger(app, Trigger::Focus));
    let seen = Closure::<dyn FnMut()>::new(move || {
        if is_visible() {
            view::refresh(app);
            trigger(app, Trigger::Focus);
        }
    });
    document().set_onvisibilitychange(Some(seen.as_ref().unchecked_ref()));
    seen.forget();
}

fn trigger(app: AppState, trigger: Trigger) {
    let begins = app.driver.try_update_value(|driver| {
        let begins = driver.schedule.begin(trigger, time::now());
        if begins && let Some(watching) = driver.watching.take() {
            watching.abort();
        }
        begins
    });
    if begins == Some(true) {
        spawn_local(async move {
            let report = lock::with(lock::SYNC, round(app, trigger.is_eager())).await.flatten().unwrap_or_else(not_ready);
            follow(app, &report).await;
            plan(app, &report);
        });
    }
}

/// A round that could not begin counts as one that met no hub: it is tried again.
fn not_ready() -> RoundReport {
    RoundReport { link: engine::Link::StoreFailed, ..RoundReport::default() }
}

async fn round(app: AppState, eager: bool) -> Option<RoundReport> {
    let (store, region) = (app.store()?, app.region.get_untracked()?);
    // Nobody else sends while this tab has the lock: what a killed tab left as being sent is to be sent.
    store.recover().await.ok()?;
    let seat = app.seat.get_untracked().map(|seat| seat.to_seat());
    let standing = move |id: &NodeId| region.node(id).map_or(Standing::Proposed, |node| node.standing);
    let (hub, shown) = (FetchHub::default(), app.region.get_untracked()?.manifest.region);
    let (mut random, mut progress) = (random, |progress| note(app, progress));
    let round = Round {
        store: &store,
        hub: &hub,
        region: shown,
        seat: seat.as_ref(),
        standing: &standing,
        eager,
        also: &[],
        now: &time::now,
        random: &mut random,
        pause: &pause,
        progress: &mut progress,
    };
    Some(sync_once(round).await)
}

fn pause() -> LocalBoxFuture<'static, ()> {
    TimeoutFuture::new(0).boxed_local()
}

fn random() -> u32 {
    (js_sys::Math::random() * f64::from(u32::MAX)) as u32
}

fn note(app: AppState, progress: Progress) {
    match progress {
        Progress::PushStart { docs } => performance::mark_docs("civmesh:push-start", docs),
        Progress::PushDone { docs } => performance::mark_docs("civmesh:push-done", docs),
        Progress::PullStart => performance::mark("civmesh:pull-start"),
        Progress::PullDone { docs } => performance::mark_docs("civmesh:pull-done", docs),
        Progress::Settled { .. } => view::refresh(app),
        Progress::Merged { .. } => {}
    }
}

/// Shows what a round came to.
async fn follow(app: AppState, report: &RoundReport) {
    app.held.set(Arc::new(report.held.clone()));
    if let Some(offset) = report.clock_offset {
        app.clock_offset.set(offset);
    }
    match report.link {
        engine::Link::Reached | engine::Link::Busy | engine::Link::Locked => {
            preference::keep_reached(time::now());
            app.link.set(Link::Reached);
        }
        engine::Link::SeatRefused => app.link.set(Link::SeatRefused),
        engine::Link::Unreachable if !is_online() => lose_network(app),
        engine::Link::Unreachable | engine::Link::NotTheHub => app.link.set(Link::HubAway),
        engine::Link::Unknown | engine::Link::StoreFailed => {}
    }
    if let Some(roles) = &report.roles {
        super::seat::note_roles(app, roles).await;
    }
    // What can't be read now is read with the next change.
    let _later = view::read(app).await;
    tell_other_tabs(app);
}

fn lose_network(app: AppState) {
    if !matches!(app.link.get_untracked(), Link::Offline { .. }) {
        let was_reached = matches!(app.link.get_untracked(), Link::Reached);
        let since = if was_reached { time::now() } else { preference::reached().unwrap_or_else(time::now) };
        app.link.set(Link::Offline { since });
    }
}

/// Sets the timer for the next round, and waits at the hub meanwhile if that is wanted.
fn plan(app: AppState, report: &RoundReport) {
    let (signed_in, now) = (app.seat.get_untracked().is_some(), time::now());
    let planned = app.driver.try_update_value(|driver| {
        let next = driver.schedule.end(report, signed_in, is_visible(), now, random());
        let wait = now.age(next.at).min(LONGEST_TIMER) as u32;
        driver.timer = Some(Timeout::new(wait, move || trigger(app, Trigger::Timer)));
        next
    });
    if let Some(Next { watch: true, .. }) = planned {
        wait_for_news(app);
    }
}

fn wait_for_news(app: AppState) {
    let (waiting, handle) = abortable(news(app));
    app.driver.update_value(|driver| driver.watching = Some(handle));
    spawn_local(async move {
        if let Ok(Some(News::Some)) = waiting.await {
            trigger(app, Trigger::News);
        }
    });
}

async fn news(app: AppState) -> Option<News> {
    let (store, region) = (app.store()?, app.region.get_untracked()?);
    let seat = app.seat.get_untracked()?.to_seat();
    let standing = |id: &NodeId| region.node(id).map_or(Standing::Proposed, |node| node.standing);
    let watched = databases(region.manifest.region, Some(&seat), &standing);
    watch(&store, &FetchHub::default(), &watched).await.ok()
}

fn is_online() -> bool {
    window().navigator().on_line()
}

fn is_visible() -> bool {
    document().visibility_state() == VisibilityState::Visible
}
