//! The session at the hub, which the browser keeps.

use gloo_net::http::Request;
use leptos::task::spawn_local;

/// Ends it, if the hub can be reached: the browser shows the app no way of doing it alone. Nobody waits for it.
pub fn log_out() {
    spawn_local(async {
        // Without a network it ends by itself, after fourteen days at most.
        let _ends_by_itself = Request::delete("/hub/_session").send().await;
    });
}
