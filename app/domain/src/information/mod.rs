//! Information mesh: what a node says of itself, what people report, and the channels it travels by.

pub mod records_file;
pub mod report;
pub mod sms;
pub mod status;
