//! A region's authority: its keys, and what it signs with them. All of it works offline; only [`publish`] asks a hub.
//!
//! # Layout
//! - [`ceremony`]: the two keys of a region are made, and one takes over from the other.
//! - [`document`]: what is signed, as everybody reads it on the hub.
//! - [`register`]: the folder beside a key with everything that was signed with it.
//! - [`grant`], [`revoke`]: who may say what, and who no longer.
//! - [`publish`]: signed documents go to the hub.

pub mod ceremony;
pub mod document;
pub mod grant;
pub mod publish;
pub mod register;
pub mod revoke;
