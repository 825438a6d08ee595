//! What a browser's errors mean here.

use crate::StoreError;
use indexed_db_futures::error::{Error, OpenDbError};

impl From<Error> for StoreError {
    fn from(error: Error) -> Self {
        match error {
            Error::DomException(exception) => judge(&exception.into()),
            other => Self::Unreachable(other.to_string()),
        }
    }
}

impl From<OpenDbError> for StoreError {
    fn from(error: OpenDbError) -> Self {
        match error {
            OpenDbError::Base(error) => error.into(),
            other => Self::Unreachable(other.to_string()),
        }
    }
}

/// Whatever is not known to be final counts as a connection that was lost: phones drop them in the background and say so in
/// different words (`InvalidStateError`, `UnknownError`, `AbortError`), and opening anew is the one thing that helps.
pub(super) fn judge(exception: &web_sys::DomException) -> StoreError {
    match exception.name().as_str() {
        "QuotaExceededError" => StoreError::Full,
        "VersionError" => StoreError::Newer,
        name => StoreError::Unreachable(format!("{name}: {}", exception.message())),
    }
}
