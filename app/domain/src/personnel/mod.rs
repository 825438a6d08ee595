//! Personnel mesh: roles, credentials, and who is there.

pub mod badge;
pub mod check_in;
pub mod credential;
pub mod custody;
pub mod invitation;
pub mod issue;
pub mod profile;
pub mod reading;
pub mod role;
pub mod seat;
pub mod signed;
pub mod trust;
