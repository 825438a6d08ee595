//! Why a round could not do what it set out to do. What is wrong with one record is not here: it stands in the record's own fate.

use civmesh_store::StoreError;

/// What stopped a round, or a part of it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SyncError {
    /// No answer: no network, no hub, or not in time.
    #[error("the hub is out of reach: {0}")]
    Unreachable(String),
    /// The hub is there and can't do it now.
    #[error("the hub answered {0}")]
    Busy(u16),
    /// Something answered that is not the hub: the sign-in page of a public network, say.
    #[error("something that is not the hub answered")]
    NotTheHub,
    /// The seat's name or password is wrong, or the seat was disabled.
    #[error("the hub does not accept this seat")]
    SeatRefused,
    /// Too many wrong passwords: the hub locked the seat for some minutes.
    #[error("the seat is locked for a while")]
    Locked,
    /// The session has ended, and the password that would renew it is locked away.
    #[error("the session has ended and the password is not at hand")]
    SignedOut,
    /// The database is not there (yet).
    #[error("the hub has no database {0}")]
    NoDatabase(String),
    /// This seat may not open the database.
    #[error("this seat may not open {0}")]
    Closed(String),
    /// The phone's own store.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl SyncError {
    /// Whether trying again may help, without anybody doing anything here.
    pub fn is_transient(&self) -> bool {
        match self {
            Self::Unreachable(_) | Self::Busy(_) | Self::NotTheHub | Self::Locked | Self::NoDatabase(_) => true,
            Self::SeatRefused | Self::SignedOut | Self::Closed(_) => false,
            Self::Store(error) => error.is_transient(),
        }
    }

    /// Whether nothing else can be done in this round either.
    pub(crate) fn ends_round(&self) -> bool {
        matches!(self, Self::Unreachable(_) | Self::SeatRefused | Self::SignedOut | Self::Locked | Self::Store(_))
    }

    /// Whether the hub said no.
    pub fn is_refused(&self) -> bool {
        matches!(self, Self::SeatRefused | Self::Closed(_))
    }

    /// Whether the device is full.
    pub fn is_storage_full(&self) -> bool {
        matches!(self, Self::Store(error) if error.is_storage_full())
    }
}

/// The result of a step.
pub type Result<T> = std::result::Result<T, SyncError>;
