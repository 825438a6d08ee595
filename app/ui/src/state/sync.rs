//! When to sync: at the start, on a timer, when the network or the window returns, after each command. What a round does is in [`super::round`].

use super::{AppState, Link, preference, round, view};
use crate::device::{closed, time};
use civmesh_domain::unit::Millis;
use civmesh_store::outbox::is_refused;
use civmesh_sync::alone::{CHANNEL, random};
use civmesh_sync::engine::RoundReport;
use civmesh_sync::schedule::{Schedule, Trigger};
use futures::future::AbortHandle;
use gloo_timers::callback::Timeout;
use leptos::ev;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::prelude::*;
use web_sys::{BroadcastChannel, VisibilityState};

/// No timer is set for longer, in milliseconds: phones that slept wake up late.
const LONGEST_TIMER: u64 = 20 * Millis::MINUTE;

/// What drives the rounds of this tab.
#[derive(Default)]
pub struct Driver {
    schedule: Schedule,
    timer: Option<Timeout>,
    pub(super) watching: Option<AbortHandle>,
    channel: Option<BroadcastChannel>,
}

/// Starts syncing for as long as the page lives.
pub fn start(app: AppState) {
    if let Some(since) = preference::reached().filter(|_| !is_online()) {
        app.link.set(Link::Offline { since });
    }
    listen(app);
    follow_other_tabs(app);
    closed::ask_for_news();
    trigger(app, Trigger::Start);
}

/// Syncs soon: something was written, or something changed.
pub fn nudge(app: AppState) {
    leave_to_worker(app);
    trigger(app, Trigger::Command);
}

/// If the app is closed before what waits is sent, the worker is to send it where the browser lets it.
pub(super) fn leave_to_worker(app: AppState) {
    let waits = || app.outbox.with_untracked(|rows| rows.iter().any(|row| !is_refused(row)));
    if app.seat.get_untracked().is_some() && waits() {
        closed::ask_to_send();
    }
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
    // A page that may come back is frozen as it stands, and what it has begun would keep the next page waiting.
    let _page_long = window_event_listener(ev::pagehide, move |event| {
        if let Some(store) = app.store().filter(|_| event.persisted()) {
            store.let_go();
        }
    });
    let _page_long = window_event_listener(ev::pageshow, move |_| {
        if let Some(store) = app.store() {
            store.come_back();
        }
    });
    let seen = Closure::<dyn FnMut()>::new(move || {
        if is_visible() {
            view::refresh(app);
            trigger(app, Trigger::Focus);
        } else {
            leave_to_worker(app);
        }
    });
    document().set_onvisibilitychange(Some(seen.as_ref().unchecked_ref()));
    seen.forget();
}

pub(super) fn trigger(app: AppState, trigger: Trigger) {
    let begins = app.driver.try_update_value(|driver| {
        let begins = driver.schedule.begin(trigger, time::now());
        if begins && let Some(watching) = driver.watching.take() {
            watching.abort();
        }
        begins
    });
    if begins == Some(true) {
        spawn_local(round::run(app, trigger.is_eager()));
    }
}

pub(super) fn lose_network(app: AppState) {
    if !matches!(app.link.get_untracked(), Link::Offline { .. }) {
        let was_reached = matches!(app.link.get_untracked(), Link::Reached);
        let since = if was_reached { time::now() } else { preference::reached().unwrap_or_else(time::now) };
        app.link.set(Link::Offline { since });
    }
}

/// Sets the timer for the next round, and says whether to wait at the hub meanwhile.
pub(super) fn plan(app: AppState, report: &RoundReport) -> bool {
    let (signed_in, now) = (app.seat.get_untracked().is_some(), time::now());
    let planned = app.driver.try_update_value(|driver| {
        let next = driver.schedule.end(report, signed_in, is_visible(), now, random());
        let wait = now.age(next.at).min(LONGEST_TIMER) as u32;
        driver.timer = Some(Timeout::new(wait, move || trigger(app, Trigger::Timer)));
        next
    });
    planned.is_some_and(|next| next.watch)
}

pub(super) fn is_online() -> bool {
    window().navigator().on_line()
}

fn is_visible() -> bool {
    document().visibility_state() == VisibilityState::Visible
}
