//! Coverage: whom the nodes of a region reach, and whom they do not.
//!
//! All of it is counted in people, cell by cell of a [`Population`](super::people::Population), and is what is known of a plan, not of a day:
//! a cell is as near as its middle, and everybody in it goes the same way. Nodes are numbered by their position in whatever list the
//! caller has; which of them count (open, agreed, fit for the hazard) is the caller's to say.
//!
//! ```
//! use civmesh_domain::spatial::coverage::{Access, Coverage};
//! use civmesh_domain::unit::Persons;
//!
//! // Two cells with 30 and 50 people; node 0 is a minute from the first, node 1 six minutes from it.
//! let access = Access::of([vec![(0, 60), (1, 360)], vec![]], 2);
//! let coverage = Coverage::of(&access, &[Persons(30), Persons(50)], &[300], |_| true);
//! assert_eq!((coverage.bands[0].inside, coverage.outside()), (30, 50));
//! ```
//!
//! # Layout
//! - [`access`]: which nodes each cell reaches, and how far they are: on foot, or straight.
//! - [`cover`]: people inside and outside, overlap, gaps.
//! - [`load`]: capacity against people.
//! - [`site`]: candidates that would close the most gaps.
//! - [`loss`]: nodes out, hazards hit: who loses cover, where they go, what overflows.
//! - [`hit`]: one hazard area alone, hit.
//! - [`choice`]: which nodes are looked at, and which of them count.
//! - [`figure`]: figures as exact as they are known, and no more.
//! - [`sheet`]: the same for a spreadsheet (CSV) and for a map (GeoJSON).

pub mod access;
pub mod choice;
pub mod cover;
pub mod figure;
pub mod hit;
pub mod load;
pub mod loss;
pub mod sheet;
pub mod site;

pub use access::{Access, Cells, Reached, Straight, Walks};
pub use choice::{Choice, Counted};
pub use cover::{Band, Coverage, Gap};
pub use hit::Hit;
pub use load::{Load, Loads};
pub use loss::{Loss, Move};
pub use site::Site;

/// Five, ten and fifteen minutes on foot, in seconds.
pub const MINUTES: [u32; 3] = [300, 600, 900];

/// The straight distances that stand beside them, in metres.
pub const RADII: [u32; 3] = [300, 500, 1_000];

#[cfg(test)]
mod tests;
