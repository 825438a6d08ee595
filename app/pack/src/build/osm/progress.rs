//! How far long work has come, on standard error. Short work says nothing.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// How long work lasts before it says anything, and how often it does.
const EVERY: Duration = Duration::from_secs(2);

/// Work through a file.
pub struct Progress {
    path: PathBuf,
    pass: String,
    size: u64,
    next: Instant,
}

impl Progress {
    /// Begins.
    pub fn new(path: &Path, pass: &str, size: u64) -> Self {
        Self { path: path.to_owned(), pass: pass.to_owned(), size, next: Instant::now() + EVERY }
    }

    /// So many bytes are done.
    pub fn at(&mut self, done: u64) {
        if Instant::now() >= self.next {
            self.next += EVERY;
            eprintln!("{}: {}, {} %", self.path.display(), self.pass, done * 100 / self.size.max(1));
        }
    }
}
