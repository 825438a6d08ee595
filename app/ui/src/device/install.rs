//! Whether the app is installed, where that decides how long the phone keeps its data.

use gloo_storage::{LocalStorage, Storage};
use leptos::prelude::window;

const HINT: &str = "civmesh.install-hint-seen";

/// Whether this is Safari on iOS with the app not installed: it drops what it keeps after seven idle days.
pub fn should_install() -> bool {
    let navigator = window().navigator();
    // Only iOS knows this property; an iPad that calls itself a Mac has it too.
    let standalone = js_sys::Reflect::get(&navigator, &"standalone".into()).ok().and_then(|standalone| standalone.as_bool());
    standalone == Some(false) && !LocalStorage::get::<bool>(HINT).unwrap_or(false)
}

/// The person has read the hint.
pub fn hide_hint() {
    // Where nothing is kept, the hint comes back with the next visit.
    let _best_effort = LocalStorage::set(HINT, true);
}
