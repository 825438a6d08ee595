//! A seat: an account on the hub, and the device key that is derived from it until phones make their own.

use crate::id::Account;

const KEY_CONTEXT: &str = "civmesh 2026 seat device key v1";

/// The seed of the Ed25519 key that belongs to this seat. The password must be random (80 bits or more): who knows it can sign.
///
/// The format is BLAKE3 `derive_key` with the context above over account, line feed, password.
pub fn device_seed(account: &Account, password: &str) -> [u8; 32] {
    blake3::derive_key(KEY_CONTEXT, format!("{account}\n{password}").as_bytes())
}
