//! What the phone itself does, each in one file: time, chance, locks, passkeys, position, sharing, files, photos, the service worker and what it does while the app is closed.

pub mod chance;
pub mod closed;
pub mod file;
pub mod install;
pub mod key;
pub mod lock;
pub mod map;
pub mod passkey;
pub mod performance;
pub mod photo;
pub mod picture;
pub mod position;
pub mod scan;
pub mod session;
pub mod share;
pub mod storage;
pub mod time;
pub mod worker;
