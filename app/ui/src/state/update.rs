//! The installed version and the newest one: offered, never forced.

use super::AppState;
use crate::device::worker;
use gloo_timers::future::TimeoutFuture;
use leptos::ev;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// How long after its opening an app first looks for a newer version, in milliseconds: what the person came for comes first.
const FIRST_LOOK: u32 = 3_000;
/// How soon a version that did not come whole over a poor line is fetched once more, in milliseconds: what did come is kept.
const FETCH_AGAIN: u32 = 20_000;
/// How often an app that stays open looks for a newer version, in milliseconds.
const LOOK: u32 = 60 * 60 * 1_000;

/// How the installed version stands to the newest one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shell {
    /// The version of the shell that is kept on this phone; `None` before it is whole.
    pub installed: Option<String>,
    /// A newer version is here as a whole and waits for the person's word.
    pub waiting: bool,
}

impl Shell {
    /// Whether the app opens without a network.
    pub fn is_ready_offline(&self) -> bool {
        self.installed.is_some()
    }
}

/// Registers the service worker and follows it. It looks for a newer version now, when the network returns, and from time to time:
/// browsers themselves do so only after some openings.
pub fn follow(app: AppState) {
    register(app);
    let _page_long = window_event_listener(ev::online, move |_| look(app));
    spawn_local(async move {
        TimeoutFuture::new(FIRST_LOOK).await;
        loop {
            look(app);
            TimeoutFuture::new(if is_whole(app) { LOOK } else { FETCH_AGAIN }).await;
        }
    });
}

fn register(app: AppState) {
    worker::register(move |news| {
        app.update.update(|update| match news {
            worker::News::Installed(version) => update.installed = Some(version),
            worker::News::Waiting => update.waiting = true,
        });
    });
}

fn is_whole(app: AppState) -> bool {
    app.update.with_untracked(Shell::is_ready_offline)
}

/// A browser forgets a worker whose first installation failed; then there is nothing to look with.
fn look(app: AppState) {
    if is_whole(app) { worker::look_for_update() } else { register(app) }
}
