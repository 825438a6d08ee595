//! The installed version and the newest one: offered, never forced.

use super::AppState;
use crate::device::worker;
use leptos::prelude::*;

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
}
