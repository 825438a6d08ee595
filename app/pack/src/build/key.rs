//! An authority's key: a file with the seed, readable by its owner alone.

use super::error::BuildError;
use civmesh_domain::id::DeviceKey;
use civmesh_domain::text::{from_base32, to_base32};
use ed25519_dalek::SigningKey;
use std::io::Write;
use std::path::Path;

/// The public half.
pub fn public(key: &SigningKey) -> DeviceKey {
    DeviceKey(key.verifying_key().to_bytes())
}

/// Reads a seed: 52 letters of Crockford base32, or 64 hexadecimal digits.
pub fn from_text(text: &str) -> Option<SigningKey> {
    let text = text.trim();
    let pair = |at: usize| text.get(at..at + 2).and_then(|digits| u8::from_str_radix(digits, 16).ok());
    let bytes = match text.len() {
        64 => (0..64).step_by(2).map(pair).collect::<Option<Vec<u8>>>(),
        _ => from_base32(text),
    };
    bytes.and_then(|bytes| bytes.try_into().ok()).map(|seed: [u8; 32]| SigningKey::from_bytes(&seed))
}

/// Reads a key file.
///
/// # Errors
/// A file that cannot be read or holds no seed.
pub fn read(path: &Path) -> Result<SigningKey, BuildError> {
    let text = std::fs::read_to_string(path).map_err(|source| BuildError::File { path: path.to_owned(), source })?;
    from_text(&text).ok_or_else(|| BuildError::Key(format!("{} does not hold a key: 52 letters, as `key new` writes", path.display())))
}

/// Draws a new key and writes it where no file is yet, for its owner alone to read.
///
/// # Errors
/// A file that exists or cannot be written; no randomness from the system.
pub fn draw(path: &Path) -> Result<SigningKey, BuildError> {
    let mut seed = [0; 32];
    getrandom::fill(&mut seed).map_err(|error| BuildError::Key(format!("the system gives no random bytes: {error}")))?;
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let text = to_base32(&seed).to_ascii_lowercase() + "\n";
    let written = options.open(path).and_then(|mut file| file.write_all(text.as_bytes()).and_then(|()| file.sync_all()));
    written.map_err(|source| BuildError::File { path: path.to_owned(), source })?;
    Ok(SigningKey::from_bytes(&seed))
}
