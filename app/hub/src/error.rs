//! What can go wrong when a hub is set up or served.

use std::io;
use std::path::PathBuf;

/// The result of anything in this crate that can fail.
pub type Result<T> = std::result::Result<T, HubError>;

/// What went wrong. The message is one sentence for the person who started the program.
#[derive(Debug, thiserror::Error)]
pub enum HubError {
    /// The address of the hub cannot be used.
    #[error("`{0}` is not the address of a hub; it looks like http://admin:password@127.0.0.1:5984")]
    Address(String),
    /// Nobody answered, or the connection broke.
    #[error("the hub did not answer: {}", causes(.0))]
    Unreachable(#[from] reqwest::Error),
    /// The hub answered, and the answer is no.
    #[error("the hub refused to {doing}: {status} {error}, {reason}")]
    Refused {
        /// What was asked of it, as a verb.
        doing: String,
        /// The HTTP status.
        status: u16,
        /// CouchDB's short name of the error.
        error: String,
        /// CouchDB's reason.
        reason: String,
    },
    /// The answer is not what CouchDB gives.
    #[error("the hub's answer to `{doing}` is not one that CouchDB gives: {status}")]
    Nonsense {
        /// What was asked of it, as a verb.
        doing: String,
        /// The HTTP status.
        status: u16,
    },
    /// The programs of the embedded hub are not there.
    #[error("the embedded hub is not installed in {0}; `make run` installs it")]
    NotInstalled(PathBuf),
    /// The embedded hub stopped, or never answered.
    #[error("the embedded hub did not start: {0}")]
    NotStarted(String),
    /// A file could not be read or written.
    #[error("{path}: {source}")]
    File {
        /// Which file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// A file is there, and what is in it is of no use.
    #[error("{path}: {reason}")]
    Content {
        /// Which file.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// The port cannot be had.
    #[error("port {port} on this machine cannot be had ({source}); take another with --port")]
    Port {
        /// Which port.
        port: u16,
        /// What the system said.
        source: io::Error,
    },
    /// An argument that cannot be used.
    #[error("{0}")]
    Argument(String),
    /// A key, its file or its passphrase cannot be used.
    #[error(transparent)]
    Key(#[from] civmesh_pack::build::error::BuildError),
    /// The system gave no randomness.
    #[error("the system gave no random numbers")]
    Randomness,
}

/// An error with what led to it: that a certificate is not trusted stands at the very end.
fn causes(error: &dyn std::error::Error) -> String {
    let whole = std::iter::successors(Some(error), |error| error.source());
    whole.map(ToString::to_string).collect::<Vec<_>>().join(": ")
}

impl HubError {
    /// Whether asking again later may succeed.
    pub fn is_transient(&self) -> bool {
        match self {
            Self::Unreachable(_) => true,
            Self::Refused { status, .. } | Self::Nonsense { status, .. } => *status >= 500 || *status == 429,
            _ => false,
        }
    }

    /// Whether the hub understood and said no.
    pub fn is_refused(&self) -> bool {
        matches!(self, Self::Refused { .. }) && !self.is_transient()
    }

    /// Whether CouchDB's name of the error is this one.
    pub fn is_named(&self, name: &str) -> bool {
        matches!(self, Self::Refused { error, .. } if error == name)
    }
}
