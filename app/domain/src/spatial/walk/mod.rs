//! The walking graph: where one can walk, how long it takes, and which way.
//!
//! ```
//! use civmesh_domain::spatial::walk::{Costs, Kind, Pace, Trip, WalkDraft, WalkGraph, Way};
//! use civmesh_domain::text::Text;
//! use civmesh_domain::unit::{Metres, Place};
//!
//! # fn walk() -> Option<()> {
//! let at = |lat_e7| Place { lat_e7, lon_e7: 1_215_000_000 };
//! let mut draft = WalkDraft::default();
//! draft.line([at(250_000_000), at(250_020_000)], Kind::from(Way::Residential), 0, &Text::new("港前街", "")).ok()?;
//! let graph = WalkGraph::open(draft.build().ok()?.block).ok()?;
//! let costs = Costs::new(&graph, &Pace::default());
//! let spot = |lat| graph.snap(at(lat), Metres(100), |edge| costs.is_open(edge));
//! let trip = Trip { from: spot(250_002_000)?, to: spot(250_018_000)? };
//! let route = trip.route(&graph, &costs)?;
//! assert_eq!(route.length.metres().0, 178);
//! # Some(()) }
//! # walk().unwrap();
//! ```
//!
//! # Layout
//! - [`way`]: what kinds of way there are.
//! - [`block`]: the block of bytes in which a graph is kept and used in place.
//! - [`check`]: what is looked at once, when a block is opened.
//! - [`graph`]: the graph: its nodes, edges, names.
//! - [`draft`]: a graph out of lines.
//! - [`snap`]: the edge nearest to a place.
//! - [`door`]: the nearest of many places on foot.
//! - [`pace`]: how long a kind of way takes.
//! - [`avoid`]: hazards on the way.
//! - [`reach`]: from one place to all.
//! - [`route`], [`turn`]: from one place to another, and what to tell who walks it.
//! - [`answer`]: the same around what is closed, or why not.

pub mod answer;
pub mod avoid;
pub mod block;
pub mod check;
pub mod door;
pub mod draft;
pub mod graph;
pub mod pace;
pub mod reach;
pub mod route;
pub mod snap;
pub mod turn;
pub mod way;

pub use answer::{Answer, Asked, Question};
pub use check::{Opened, Opening, WalkError};
pub use door::{Doors, OnFoot};
pub use draft::{Built, Counts, LineFault, WalkDraft};
pub use graph::{Edge, EdgeId, NodeNumber, WalkGraph};
pub use pace::{Costs, Pace, Passage};
pub use reach::Reach;
pub use route::{Leg, Route, Trip};
pub use snap::Spot;
pub use turn::{Action, Turn};
pub use way::{Decimetres, Kind, Trait, Way};

#[cfg(test)]
mod tests;
