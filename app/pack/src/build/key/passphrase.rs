//! The passphrase of a key file: asked for on the terminal without echo, or read from a file for scripts; never an argument.

use super::KeyFault;
use crate::build::error::BuildError;
use std::collections::BTreeSet;
use std::path::Path;
use zeroize::Zeroizing;

/// The fewest characters of a passphrase.
pub const LEAST: usize = 12;
/// The fewest different ones: twelve times the same is no secret.
pub const LEAST_DISTINCT: usize = 6;

/// A passphrase, wiped from memory when it is no longer needed.
#[derive(Clone, PartialEq, Eq)]
pub struct Passphrase(Zeroizing<String>);

impl Passphrase {
    /// One that was chosen before.
    pub fn new(text: &str) -> Self {
        Self(Zeroizing::new(text.to_owned()))
    }

    /// Whether it may protect a new key.
    ///
    /// # Errors
    /// `WeakPassphrase`.
    pub fn check(self) -> Result<Self, KeyFault> {
        let distinct: BTreeSet<char> = self.0.chars().collect();
        let is_strong = self.0.chars().count() >= LEAST && distinct.len() >= LEAST_DISTINCT;
        if is_strong { Ok(self) } else { Err(KeyFault::WeakPassphrase) }
    }

    /// The passphrase of a file that there is: the first line of `file`, or what is typed.
    ///
    /// # Errors
    /// A file that cannot be read; nobody to ask.
    pub fn obtain(file: Option<&Path>, prompt: &str) -> Result<Self, BuildError> {
        file.map_or_else(|| ask(prompt), read_file)
    }

    /// The passphrase for a new file: typed twice, and strong.
    ///
    /// # Errors
    /// As [`Passphrase::obtain`]; one that is weak, or not the same both times.
    pub fn choose(file: Option<&Path>, prompt: &str) -> Result<Self, BuildError> {
        let said = |fault: KeyFault| BuildError::Key(fault.to_string());
        let chosen = Self::obtain(file, prompt)?.check().map_err(said)?;
        if file.is_none() && ask("The same again: ")? != chosen {
            return Err(said(KeyFault::Mistyped));
        }
        Ok(chosen)
    }

    pub(crate) fn as_bytes(&self) -> &[u8] {
        self.0.as_bytes()
    }
}

fn ask(prompt: &str) -> Result<Passphrase, BuildError> {
    let typed = rpassword::prompt_password(prompt);
    typed.map(|text| Passphrase(Zeroizing::new(text))).map_err(|error| BuildError::Key(KeyFault::NoTerminal(error.to_string()).to_string()))
}

fn read_file(path: &Path) -> Result<Passphrase, BuildError> {
    let text = std::fs::read_to_string(path).map_err(|source| BuildError::File { path: path.to_owned(), source })?;
    Ok(Passphrase::new(Zeroizing::new(text).lines().next().unwrap_or_default()))
}
