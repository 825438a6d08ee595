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

/// What it means that a database could not be opened. A browser that gives none says so by having no door to it, or by these names.
pub(super) fn judge_opening(error: OpenDbError) -> StoreError {
    let OpenDbError::Base(error) = error else { return StoreError::NotGiven(error.to_string()) };
    let Error::DomException(exception) = error else { return error.into() };
    let exception: web_sys::DomException = exception.into();
    match exception.name().as_str() {
        name @ ("SecurityError" | "InvalidStateError" | "NotAllowedError") => StoreError::NotGiven(name.to_owned()),
        _ => judge(&exception),
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
    fn a_browser_that_gives_no_database_is_told_from_a_database_that_does_not_open() {
        let of = |name: &str| {
            let exception = web_sys::DomException::new_with_message_and_name("why", name).unwrap();
            judge_opening(OpenDbError::from(exception))
        };
        assert_eq!(judge_opening(OpenDbError::NullFactory), StoreError::NotGiven(OpenDbError::NullFactory.to_string()));
        assert_eq!(of("SecurityError"), StoreError::NotGiven("SecurityError".to_owned()));
        assert_eq!(of("InvalidStateError"), StoreError::NotGiven("InvalidStateError".to_owned()));
        assert_eq!(of("UnknownError"), StoreError::Unreachable("UnknownError: why".to_owned()));
        assert!(of("QuotaExceededError").is_storage_full());
    }

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
