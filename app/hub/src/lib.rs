//! What a hub holds, and how it is set up and served.
//!
//! A hub is any CouchDB 3.x. This crate makes its databases, security documents and validation functions, makes seats, and, for trying
//! and for tests, runs an embedded hub with the app before it as one origin.
//!
//! # Layout
//! - [`error`]: what can go wrong.
//! - [`database`]: which databases there are, who opens them, which rules they hold.
//! - [`validation`]: the validation functions, from the files in `validation/`.
//! - [`couch`]: a small client of CouchDB's HTTP interface.
//! - [`provision`]: making a hub what a region needs.
//! - [`seat`]: accounts, and the credentials that go with them.
//! - [`account`]: accounts that carry between hubs, and the end of any account.
//! - [`authority`]: a region's keys, and what is signed with them.
//! - [`region`]: what a hub needs to know of a region, from its pack.
//! - [`sample`]: news for an exercise region.
//! - [`documents`]: the documents of a database with their revisions, page by page.
//! - [`backup`]: everything of a region in one file, and back.
//! - [`replicate`]: what one hub has and another has not goes over.
//! - [`expire`]: the end of parts that are kept no longer.
//! - [`table`]: seats as a table for people.
//! - [`gate`]: who may ask what of a hub; a plain function.
//! - [`embedded`]: pouchdb-server as a child on loopback.
//! - [`origin`]: app and hub as one origin.

pub mod account;
pub mod authority;
pub mod backup;
pub mod couch;
pub mod database;
pub mod documents;
pub mod embedded;
pub mod error;
pub mod expire;
pub mod gate;
pub mod origin;
pub mod provision;
pub mod region;
pub mod replicate;
pub mod sample;
pub mod seat;
pub mod table;
pub mod validation;
