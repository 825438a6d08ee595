//! An authority's key: for a region that is for real an encrypted file ([`sealed`]), for an exercise also a plain one with the seed.
//!
//! # Layout
//! - [`title`]: by what right a key speaks for its region.
//! - [`sealed`]: the encrypted file.
//! - [`passphrase`]: what opens it, from a terminal or a file.

pub mod passphrase;
pub mod sealed;
pub mod title;

use super::error::BuildError;
use civmesh_domain::id::{DeviceKey, RegionId};
use civmesh_domain::text::{from_base32, to_base32};
use ed25519_dalek::SigningKey;
use passphrase::Passphrase;
use sealed::{KeyFile, LARGEST_FILE};
use std::fs::File;
use std::io::{Read, Write};
use std::path::Path;
use title::Title;

/// What is wrong with a key, a key file or a passphrase. Each is a sentence without a subject, to stand behind a file's name.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeyFault {
    /// Something else.
    #[error("is not an authority's key file")]
    NotAKeyFile,
    /// Written by a later program.
    #[error("is a key file of version {0}, which this program does not know; take a newer one")]
    OtherVersion(u64),
    /// Not the bytes that were written.
    #[error("is damaged: it is not as it was written; take the other copy")]
    Damaged,
    /// It would take the machine down.
    #[error("asks for {0} MiB of memory or too many passes to be opened; no such file was made by this program")]
    TooDemanding(u32),
    /// The passphrase does not open it.
    #[error("is not opened by this passphrase")]
    WrongPassphrase,
    /// A passphrase that can be guessed.
    #[error("the passphrase is too weak: it needs at least {least} characters, {distinct} of them different",
        least = passphrase::LEAST, distinct = passphrase::LEAST_DISTINCT)]
    WeakPassphrase,
    /// The two times were not the same.
    #[error("the two passphrases differ")]
    Mistyped,
    /// Nobody to ask.
    #[error("no terminal to ask for the passphrase ({0}); --passphrase-file names a file with it")]
    NoTerminal(String),
    /// The system gave none.
    #[error("the system gives no random bytes")]
    NoRandomness,
    /// A chain of endorsements that phones would refuse.
    #[error("has had {most} predecessors, and a region can have no more", most = crate::manifest::LONGEST_ENDORSEMENT)]
    TooManyPredecessors,
}

impl KeyFault {
    /// The same, of this file.
    pub fn of(self, path: &Path) -> BuildError {
        BuildError::Key(format!("{} {self}", path.display()))
    }
}

/// A key that can sign.
pub struct Opened {
    /// The key.
    pub key: SigningKey,
    /// By what right; plain files say nothing of it.
    pub title: Option<Title>,
}

impl Opened {
    /// The region for which it speaks.
    pub fn region(&self) -> RegionId {
        self.title.as_ref().map_or_else(|| RegionId::of_authority(&public(&self.key)), |title| title.region)
    }
}

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

/// Opens a key file of either kind. The passphrase comes from `passphrase_file`, or from the terminal.
///
/// # Errors
/// A file that cannot be read or is not a key, or a passphrase that does not open it.
pub fn open(path: &Path, passphrase_file: Option<&Path>) -> Result<Opened, BuildError> {
    let bytes = read_bounded(path)?;
    if let Some(key) = std::str::from_utf8(&bytes).ok().and_then(from_text) {
        return Ok(Opened { key, title: None });
    }
    let file = KeyFile::read(&bytes).map_err(|fault| fault.of(path))?;
    let passphrase = Passphrase::obtain(passphrase_file, &format!("Passphrase of {}: ", path.display()))?;
    let key = file.open(&passphrase).map_err(|fault| fault.of(path))?;
    Ok(Opened { key, title: Some(file.title().clone()) })
}

/// Reads an encrypted file without opening it.
///
/// # Errors
/// A file that cannot be read, or is not an encrypted key.
pub fn read_sealed(path: &Path) -> Result<KeyFile, BuildError> {
    KeyFile::read(&read_bounded(path)?).map_err(|fault| fault.of(path))
}

/// Reads a plain key file, as exercises have it.
///
/// # Errors
/// A file that cannot be read or holds no seed.
pub fn read(path: &Path) -> Result<SigningKey, BuildError> {
    let bytes = read_bounded(path)?;
    let key = std::str::from_utf8(&bytes).ok().and_then(from_text);
    key.ok_or_else(|| BuildError::Key(format!("{} does not hold a key: 52 letters, as `key new` writes", path.display())))
}

/// Draws a new key for an exercise and writes it plainly where no file is yet, for its owner alone to read.
///
/// # Errors
/// A file that exists or cannot be written; no randomness from the system.
pub fn draw(path: &Path) -> Result<SigningKey, BuildError> {
    let key = random().map_err(|fault| BuildError::Key(fault.to_string()))?;
    write_private(path, &(to_base32(key.as_bytes()).to_ascii_lowercase() + "\n"))?;
    Ok(key)
}

/// A new key.
///
/// # Errors
/// No randomness from the system.
pub fn random() -> Result<SigningKey, KeyFault> {
    let mut seed = zeroize::Zeroizing::new([0; 32]);
    getrandom::fill(seed.as_mut_slice()).map_err(|_| KeyFault::NoRandomness)?;
    Ok(SigningKey::from_bytes(&seed))
}

/// Writes where no file is yet, for the owner alone to read, and comes back once it is on the disk.
///
/// # Errors
/// A file that exists or cannot be written.
pub fn write_private(path: &Path, text: &str) -> Result<(), BuildError> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let written = options.open(path).and_then(|mut file| file.write_all(text.as_bytes()).and_then(|()| file.sync_all()));
    written.and_then(|()| sync_folder(path)).map_err(|source| BuildError::File { path: path.to_owned(), source })
}

/// A new file is on the disk only when its folder is, too.
fn sync_folder(path: &Path) -> std::io::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}

/// No more of a file than a key can be: whoever names a film by mistake does not wait for it.
fn read_bounded(path: &Path) -> Result<Vec<u8>, BuildError> {
    let mut bytes = Vec::new();
    let read = File::open(path).and_then(|file| file.take(LARGEST_FILE + 1).read_to_end(&mut bytes));
    read.map_err(|source| BuildError::File { path: path.to_owned(), source })?;
    Ok(bytes)
}
