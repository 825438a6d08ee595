//! Every word that a person reads, by screen. Nothing here decides anything.

pub mod about;
pub mod badge;
pub mod check_in;
pub mod checklist;
pub mod common;
pub mod coverage;
pub mod desk;
pub mod domain;
pub mod exchange;
pub mod find;
pub mod going;
pub mod join;
pub mod keeping;
pub mod lock;
pub mod map;
pub mod more;
pub mod node;
pub mod people;
pub mod place;
pub mod records;
pub mod region;
pub mod report;
pub mod route;
pub mod run;
pub mod seat;
pub mod status;
