//! Parts that pages are made of.

pub mod badge;
pub mod beside;
pub mod correction;
pub mod desk;
pub mod dial;
pub mod fate;
pub mod here;
pub mod icon;
pub mod kind;
pub mod later;
pub mod locate;
pub mod name;
pub mod news;
pub mod offers;
pub mod permit;
pub mod places;
pub mod qr;
pub mod record;
pub mod said;
pub mod sheet;
pub mod stepper;
pub mod strip;
pub mod toast;
pub mod update;
