//! A file that a layer names: on a disk, or in memory for whoever has its bytes already.

use super::error::BuildError;
use std::fs::File;
use std::io::{BufReader, Cursor, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A file that can be read as often as wanted.
#[derive(Clone, Debug)]
pub struct Source {
    path: PathBuf,
    size: u64,
    held: Option<Arc<[u8]>>,
}

impl Source {
    /// A file on a disk.
    ///
    /// # Errors
    /// One that is not there.
    pub fn file(path: PathBuf) -> Result<Self, BuildError> {
        match std::fs::metadata(&path) {
            Ok(metadata) => Ok(Self { path, size: metadata.len(), held: None }),
            Err(source) => Err(BuildError::File { path, source }),
        }
    }

    /// Bytes, with the path that they go by.
    pub fn held(path: impl Into<PathBuf>, bytes: impl Into<Arc<[u8]>>) -> Self {
        let bytes = bytes.into();
        Self { path: path.into(), size: bytes.len() as u64, held: Some(bytes) }
    }

    /// Where it is, for telling people.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// How many bytes it has.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// Refuses what has more than so many bytes.
    ///
    /// # Errors
    /// What has more.
    pub fn at_most(&self, most: u64) -> Result<(), BuildError> {
        if self.size <= most {
            return Ok(());
        }
        let reason = format!("it has {} bytes, and more than {most} are not read", self.size);
        Err(BuildError::Config { path: self.path.clone(), reason })
    }

    /// Begins to read it.
    ///
    /// # Errors
    /// A file that can't be opened.
    pub fn open(&self) -> Result<Box<dyn Read + Send>, BuildError> {
        match &self.held {
            Some(bytes) => Ok(Box::new(Cursor::new(bytes.clone()))),
            None => Ok(Box::new(BufReader::new(File::open(&self.path).map_err(|source| self.failed(source))?))),
        }
    }

    /// All of it, as far as it went when it was looked at.
    ///
    /// # Errors
    /// A file that can't be read.
    pub fn bytes(&self) -> Result<Vec<u8>, BuildError> {
        let mut bytes = Vec::new();
        self.open()?.take(self.size).read_to_end(&mut bytes).map_err(|source| self.failed(source))?;
        Ok(bytes)
    }

    fn failed(&self, source: std::io::Error) -> BuildError {
        BuildError::File { path: self.path.clone(), source }
    }
}
