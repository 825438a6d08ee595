//! The five meshes of CivMesh as plain Rust.
//!
//! Everything a phone writes is an immutable, signed [`event::Event`]. What people see is a fold over events. This crate holds both,
//! without async, clock, randomness or browser: time, keys and identifiers are arguments.
//!
//! # Layout
//! Shared by all meshes, in reading order:
//! - [`text`]: words in two languages, and the two encodings of bytes as text.
//! - [`unit`]: metres, persons, places, times.
//! - [`id`]: identifiers as types.
//! - [`clock`]: the hybrid logical clock.
//! - [`body`]: what an event can say, numbered for ever.
//! - [`event`]: core, canonical bytes, identifier, signature.
//! - [`part`]: names, free text and photos, which travel beside an event.
//! - [`seal`]: sealing to a reading key.
//! - [`keyring`]: the reading secrets that a phone holds, and secrets wrapped for several keys.
//! - [`routing`]: which kind goes to which database, who may write it, how long it stays.
//! - [`delivery`]: the documents in which events and parts travel to the hub.
//! - [`fold`]: what all folds share.
//!
//! The meshes:
//! - [`spatial`]: nodes, which are nearest, and the way there on foot.
//! - [`personnel`]: roles, credentials, who is there.
//! - [`information`]: status, reports, the coded SMS.
//! - [`sop`]: procedures and their runs.
//! - [`governance`]: how far a place has agreed to be a node.

pub mod body;
pub mod clock;
pub mod delivery;
pub mod event;
pub mod fold;
pub mod id;
pub mod keyring;
pub mod part;
pub mod routing;
pub mod seal;
pub mod text;
pub mod unit;

pub mod governance;
pub mod information;
pub mod personnel;
pub mod sop;
pub mod spatial;
