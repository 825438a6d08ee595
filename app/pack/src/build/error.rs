//! Why a region cannot be built at all. A single row is never a reason: see [`super::report`].

use super::shown::Shown;
use crate::error::PackError;
use std::path::{Path, PathBuf};

/// Why a region cannot be built at all. Each is one sentence that names the file.
#[derive(Debug, thiserror::Error)]
pub enum BuildError {
    /// A file cannot be read or written.
    #[error("{path}: {source}", path = path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// Not TOML of the form that is wanted.
    #[error("{path}, line {line}: {}", Shown(reason), path = path.display())]
    Toml {
        /// The file.
        path: PathBuf,
        /// The line, from 1.
        line: usize,
        /// What is wrong.
        reason: String,
    },
    /// Settings that contradict each other.
    #[error("{path}: {}", Shown(reason), path = path.display())]
    Config {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        reason: String,
    },
    /// A column that the mapping names is not there.
    #[error("{path} has no column '{column}', which region.toml names; its columns are: {}", Shown(columns), path = path.display())]
    Column {
        /// The file.
        path: PathBuf,
        /// The column.
        column: String,
        /// The columns that there are.
        columns: String,
    },
    /// The file is not of its format.
    #[error("{path} is not {format}: {}", Shown(reason), path = path.display())]
    Format {
        /// The file.
        path: PathBuf,
        /// What it should be.
        format: &'static str,
        /// What is wrong.
        reason: String,
    },
    /// No key, or not a key.
    #[error("{0}")]
    Key(String),
    /// What was built would be refused by a phone.
    #[error("the pack fails its own checks and is not written: {0}")]
    Pack(#[from] PackError),
}

impl BuildError {
    pub(crate) fn toml(path: &Path, text: &str, error: &toml::de::Error) -> Self {
        let before = error.span().and_then(|span| text.get(..span.start)).unwrap_or_default();
        Self::Toml { path: path.to_owned(), line: before.matches('\n').count() + 1, reason: error.message().to_owned() }
    }
}
