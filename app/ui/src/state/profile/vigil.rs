//! Locking by time, counting down what is to be waited after wrong PINs, and what the tabs of one phone tell each other of it.

use super::list::{self, Values};
use super::{Access, AppState, unlock};
use crate::command::Failed;
use crate::device::{performance, time};
use civmesh_domain::personnel::profile::ProfileId;
use civmesh_domain::personnel::profile::idle::{Moment, is_over};
use gloo_timers::future::TimeoutFuture;
use leptos::ev;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::prelude::*;
use web_sys::{BroadcastChannel, VisibilityState};

const CHANNEL: &str = "civmesh-profiles";
const LOCKED: &str = "locked";
const ERASED: &str = "erased";
/// How often is looked where there is a PIN, in milliseconds.
const TICK: u32 = 1_000;
/// And where there is none.
const SLOW_TICK: u32 = 15_000;

/// Now, by both clocks.
pub fn moment() -> Moment {
    Moment { wall: time::now(), steady: performance::steady() }
}

/// Watches for as long as the page lives.
pub fn start(app: AppState) {
    // The listeners live as long as the page, so their handles are let go.
    let _page_long = window_event_listener(ev::pointerdown, move |_| touch(app));
    let _page_long = window_event_listener(ev::keydown, move |_| touch(app));
    let _page_long = window_event_listener(ev::visibilitychange, move |_| see(app));
    let _page_long = window_event_listener(ev::focus, move |_| look(app));
    follow_other_tabs(app);
    spawn_local(async move {
        let mut counted = performance::steady();
        loop {
            TimeoutFuture::new(if has_pin(app) { TICK } else { SLOW_TICK }).await;
            look(app);
            let now = performance::steady();
            if is_visible() {
                count_down(app, now.saturating_sub(counted)).await;
            }
            counted = now;
        }
    });
}

fn is_visible() -> bool {
    document().visibility_state() == VisibilityState::Visible
}

fn has_pin(app: AppState) -> bool {
    app.profiles.with_untracked(|list| list.iter().any(|list| list.list.iter().any(|profile| profile.gate.is_some())))
}

fn touch(app: AppState) {
    // What comes after the time is over does not prolong it.
    look(app);
    app.vault.update_value(|vault| vault.touched = vault.touched.map(|_| moment()));
}

fn see(app: AppState) {
    look(app);
    app.vault.update_value(|vault| vault.unseen = (!is_visible()).then(moment));
}

/// Locks where it is time.
fn look(app: AppState) {
    let Access::Open(id) = app.access.get_untracked() else { return };
    let minutes = app.profiles.with_untracked(|list| Some(list.as_ref()?.get(id)?.gate.as_ref()?.idle_minutes));
    let (Some(minutes), now) = (minutes, moment()) else { return };
    let is_due = app.vault.with_value(|vault| {
        let over = |since: Option<Moment>, in_sight| since.is_some_and(|since| is_over(since, now, minutes, in_sight));
        over(vault.touched, true) || over(vault.unseen, false)
    });
    if is_due {
        unlock::lock(app);
    }
}

async fn count_down(app: AppState, milliseconds: u64) {
    let waiting = app.profiles.with_untracked(|list| {
        let waits = |profile: &&civmesh_domain::personnel::profile::Profile| profile.gate.as_ref().is_some_and(|gate| gate.tries.wait > 0);
        list.iter().flat_map(|list| list.list.iter().filter(waits).map(|profile| profile.id)).collect::<Vec<_>>()
    });
    for id in waiting {
        let counted = list::change_one(app, id, move |profile| {
            let gate = profile.gate.as_mut().ok_or(Failed::NotReady)?;
            gate.tries = gate.tries.waited(milliseconds);
            Ok((Values::new(), ()))
        });
        // What can't be written is waited for longer.
        let _longer = counted.await;
    }
}

/// A sheet that is open would keep whoever unlocks from reaching the PIN.
pub(super) fn close_sheets() {
    let Ok(open) = document().query_selector_all("dialog[open]") else { return };
    for at in 0..open.length() {
        if let Some(dialog) = open.get(at).and_then(|node| node.dyn_into::<web_sys::HtmlDialogElement>().ok()) {
            dialog.close();
        }
    }
}

/// Tells the other tabs that a profile is in use: one at a time, as there is one session at the hub.
pub(super) fn tell_opened(app: AppState, id: ProfileId) {
    tell(app, &id.to_string());
}

/// Tells the other tabs to lock.
pub(super) fn tell_locked(app: AppState) {
    tell(app, LOCKED);
}

/// Tells the other tabs that there is nothing left to show.
pub(super) fn tell_erased(app: AppState) {
    tell(app, ERASED);
}

fn tell(app: AppState, word: &str) {
    app.tabs.with_value(|tabs| {
        if let Some(tabs) = tabs {
            // A tab that does not hear it locks by its own time.
            let _unheard = tabs.post_message(&word.into());
        }
    });
}

fn follow_other_tabs(app: AppState) {
    let Ok(channel) = BroadcastChannel::new(CHANNEL) else { return };
    let heard = Closure::<dyn FnMut(_)>::new(move |event: web_sys::MessageEvent| hear(app, &event.data().as_string().unwrap_or_default()));
    channel.set_onmessage(Some(heard.as_ref().unchecked_ref()));
    // The listener lives as long as the page.
    heard.forget();
    app.tabs.set_value(Some(channel));
}

fn hear(app: AppState, word: &str) {
    let is_ours = matches!(app.access.get_untracked(), Access::Open(id) if id.to_string() == word);
    if word == ERASED {
        return super::erase::start_anew();
    }
    if !is_ours {
        unlock::lock(app);
    }
    spawn_local(async move {
        let Some(store) = app.store() else { return };
        if let Ok(list) = list::read(&store).await {
            app.profiles.set(list.map(std::sync::Arc::new));
        }
    });
}
