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

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    fn a_full_device_a_newer_database_and_a_lost_connection_are_told_apart() {
        let of = |name: &str| web_sys::DomException::new_with_message_and_name("why", name).map(|exception| judge(&exception)).unwrap();
        assert!(of("QuotaExceededError").is_storage_full());
        assert_eq!(of("VersionError"), StoreError::Newer);
        for lost in ["InvalidStateError", "UnknownError", "AbortError"] {
            assert_eq!(of(lost), StoreError::Unreachable(format!("{lost}: why")));
        }
    }
}
