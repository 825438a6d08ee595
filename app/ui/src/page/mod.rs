//! One file per screen.

pub mod about;
pub mod badge;
pub mod check_in;
pub mod checklist;
pub mod correction;
pub mod coverage;
pub mod find;
pub mod going;
pub mod invite;
pub mod join;
pub mod lock;
pub mod map;
pub mod more;
pub mod node;
pub mod not_found;
pub mod people;
pub mod place;
pub mod profiles;
pub mod record;
pub mod records;
pub mod region;
pub mod report;
pub mod run;
pub mod seat;
pub mod status;
pub mod upkeep;
