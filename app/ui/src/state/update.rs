//! The installed version and the newest one: offered, never forced.

use super::AppState;
use crate::device::worker;
use gloo_timers::future::TimeoutFuture;
use leptos::ev;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// How long after its opening an app first looks for a newer version, in milliseconds: what the person came for comes first.
const FIRST_LOOK: u32 = 3_000;
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

/// Registers the service worker and follows it.
pub fn follow(app: AppState) {
    worker::register(move |news| {
        app.update.update(|update| match news {
            worker::News::Installed(version) => update.installed = Some(version),
            worker::News::Waiting => update.waiting = true,
        });
    });
    look();
}

/// Looks for a newer version now, when the network returns, and from time to time: browsers themselves do so only after some openings.
fn look() {
    let _page_long = window_event_listener(ev::online, |_| worker::look_for_update());
    spawn_local(async {
        TimeoutFuture::new(FIRST_LOOK).await;
        loop {
            worker::look_for_update();
            TimeoutFuture::new(LOOK).await;
        }
    });
}
