//! The app: pages, parts, commands and state.
//!
//! # Layout
//! - `app`: the frame and the routes.
//! - `page/`: one file per screen.
//! - `part/`: what pages are made of.
//! - `rest`: where the second WASM module begins.
//! - `command/`: one file per thing that a person does; each writes one transaction.
//! - `state/`: what the screens show: a view of the store, never the truth itself.
//! - `device/`: what the phone itself does.
//! - `locale/`, `words`: every word in both languages, by keys.

mod app;
mod command;
mod device;
mod locale;
mod page;
mod part;
mod rest;
mod state;
mod words;

fn main() {
    leptos::mount::mount_to_body(app::App);
}
