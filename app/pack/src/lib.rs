//! The region pack: everything a phone needs of a place before the first sync, in one signed file (`docs/formats/pack.md`).
//!
//! ```no_run
//! # fn load(file: &[u8]) -> Result<(), civmesh_pack::PackError> {
//! use civmesh_pack::{Manifest, Pack};
//! let header = Manifest::peek(file)?; // verified; reads no more than the first 256 kB
//! let pack = Pack::read(file)?; // verified, decoded and checked as a whole, or refused
//! assert_eq!(pack.manifest.region, header.region);
//! # Ok(()) }
//! ```
//!
//! # Layout
//! - [`error`]: why a file is refused.
//! - [`manifest`]: the signed header: whose region it is, who signs for it, where its data comes from.
//! - [`place`]: named places, for choosing where one is without a position.
//! - [`pack`]: the whole file, read and checked.
//! - [`later`]: sections that are opened when they are first needed: walking graph, hazard areas, people, base map.
//! - [`pause`]: pauses in the reading of what is large.
//! - [`map`]: the base map's header.
//! - [`origin`]: where each node comes from, for files that leave the app.
//! - [`write`]: the same file, written and signed.
//! - `build`: the builder behind the program `civmesh-pack`; not for phones.

pub mod error;
pub mod later;
pub mod manifest;
pub mod map;
pub mod origin;
pub mod pack;
pub mod pause;
pub mod place;
pub mod write;

#[cfg(not(target_arch = "wasm32"))]
pub mod build;

pub use error::{Fault, PackError};
pub use later::Later;
pub use manifest::{Endorsement, Layer, Manifest};
pub use map::BaseMap;
pub use pack::Pack;
pub use pause::{AtOnce, Pauses, at_once};
pub use place::{NamedPlace, PlaceKind};
pub use write::{Draft, Ground};
