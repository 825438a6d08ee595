//! The hub client: push with receipts, pull with checkpoints, over any CouchDB 3.x.
//!
//! What a phone writes waits in its outbox until the hub has given a receipt for it; what others wrote comes in pages, each in one
//! transaction with the checkpoint that follows it. Every round may be cut off anywhere and done again: the end is the same.
//! Time, chance and the network are arguments, so a test can hold all three.
//!
//! # Layout
//! - [`error`]: why a round could not do what it set out to do.
//! - [`hub`]: what is asked of a hub and what it answers; [`fetch`] is the browser's way of asking.
//! - [`clock`]: how far this phone's clock is off, by the hub's.
//! - [`seat`]: an account with its roles and nodes, and where an event of its goes; [`held`] is how the phone keeps one.
//! - [`session`]: logging in, and being logged in as whom.
//! - [`schedule`]: when to try again.
//! - `line`: the hub during one round: logs in again by itself when the session has ended.
//! - `outgoing`: what is due, as documents, by database.
//! - `answer`: what the hub's answer to a batch says of each of its documents.
//! - [`push`]: batches, receipts, refusals.
//! - [`head`]: one's latest status of a node, where everybody reads it.
//! - [`agreed`]: what was agreed about the registry, where everybody reads it.
//! - `document`: what a pulled document is.
//! - `instance`: which hub is met, and what becomes of the receipts of another.
//! - `feed`: the changes in the databases, page by page.
//! - [`pull`]: pages of changes, and the checkpoint after each.
//! - [`watch`]: waiting at the hub until something changes.
//! - [`engine`]: one round of all that.
//! - [`alone`]: one round in a browser's page or worker, while nobody else on the phone runs one; [`lock`] and [`turn`] are what it takes.

#![allow(async_fn_in_trait, reason = "a phone syncs on one thread; futures need not be Send")]

pub mod agreed;
#[cfg(target_arch = "wasm32")]
pub mod alone;
mod answer;
pub mod clock;
mod document;
pub mod engine;
pub mod error;
mod feed;
#[cfg(target_arch = "wasm32")]
pub mod fetch;
pub mod head;
pub mod held;
pub mod hub;
mod instance;
mod line;
#[cfg(target_arch = "wasm32")]
pub mod lock;
mod outgoing;
pub mod pull;
pub mod push;
pub mod schedule;
pub mod seat;
pub mod session;
#[cfg(target_arch = "wasm32")]
pub mod turn;
pub mod watch;
