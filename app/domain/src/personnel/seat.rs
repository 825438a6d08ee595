//! A seat: an account on the hub, and the keys that are derived from it until phones make their own.

use crate::id::Account;
use crate::seal::ReadingSecret;

const KEY_CONTEXT: &str = "civmesh 2026 seat device key v1";
const READING_CONTEXT: &str = "civmesh 2026 seat reading key v1";

/// The seed of the Ed25519 key that belongs to this seat. The password must be random (80 bits or more): who knows it can sign.
///
/// The format is BLAKE3 `derive_key` with the context above over account, line feed, password.
pub fn device_seed(account: &Account, password: &str) -> [u8; 32] {
    derived(KEY_CONTEXT, account, password)
}

/// The secret half of the reading key that belongs to this seat: who knows the password can read what is sealed to it.
///
/// As [`device_seed`] with a context of its own, then the key derivation of RFC 9180.
pub fn reading_secret(account: &Account, password: &str) -> ReadingSecret {
    ReadingSecret::derive(&derived(READING_CONTEXT, account, password))
}

fn derived(context: &str, account: &Account, password: &str) -> [u8; 32] {
    blake3::derive_key(context, format!("{account}\n{password}").as_bytes())
}
