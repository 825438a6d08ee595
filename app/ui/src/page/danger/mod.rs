//! What is dangerous or closed now: for everybody what stands, and for coordinators the way to declare and withdraw it.

mod condition;
mod declare;
mod file;
mod list;
pub mod say;
mod withdraw;

pub use declare::{DeclarePage, at_of};
pub use list::Dangers;
