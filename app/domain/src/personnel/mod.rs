//! Personnel mesh: roles, credentials, and who is there.

pub mod check_in;
pub mod credential;
pub mod role;
pub mod seat;
pub mod trust;
