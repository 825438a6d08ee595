//! Words in two languages, and the two encodings of bytes as text that the formats use.

use data_encoding::{BASE64URL_NOPAD, Encoding};
use serde::{Deserialize, Serialize};

/// A language of the app.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Language {
    /// Traditional Chinese as written in Taiwan.
    Zh,
    /// English.
    En,
}

/// The same words in both languages. One of the two may be empty where a source has only the other.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Text {
    /// Traditional Chinese (zh-TW).
    #[serde(default)]
    pub zh: String,
    /// English.
    #[serde(default)]
    pub en: String,
}

impl Text {
    /// Both languages at once.
    pub fn new(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { zh: zh.into(), en: en.into() }
    }

    /// The words in `language`, or in the other one where that is all there is.
    ///
    /// ```
    /// use civmesh_domain::text::{Language, Text};
    /// assert_eq!(Text::new("港前國小", "").get(Language::En), "港前國小");
    /// ```
    pub fn get(&self, language: Language) -> &str {
        let (first, second) = match language {
            Language::Zh => (&self.zh, &self.en),
            Language::En => (&self.en, &self.zh),
        };
        if first.is_empty() { second } else { first }
    }

    /// Whether there are no words in either language.
    pub fn is_empty(&self) -> bool {
        self.zh.is_empty() && self.en.is_empty()
    }
}

/// Crockford's alphabet: no I, L, O or U, so that a person can read it aloud; either case, and what is easily confused reads as what was meant.
const BASE32: Encoding = data_encoding_macro::new_encoding! {
    symbols: "0123456789ABCDEFGHJKMNPQRSTVWXYZ",
    translate_from: "abcdefghjkmnpqrstvwxyzOoIiLl",
    translate_to: "ABCDEFGHJKMNPQRSTVWXYZ001111",
};

/// Bytes as Crockford base32, upper case, without padding.
pub fn to_base32(bytes: &[u8]) -> String {
    BASE32.encode(bytes)
}

/// Reads Crockford base32 in either case; `None` where it is not, or has stray trailing bits.
pub fn from_base32(text: &str) -> Option<Vec<u8>> {
    BASE32.decode(text.as_bytes()).ok()
}

/// Bytes as base64url without padding (RFC 4648, section 5).
pub fn to_base64url(bytes: &[u8]) -> String {
    BASE64URL_NOPAD.encode(bytes)
}

/// Reads base64url without padding; `None` where it is anything else, stray trailing bits included.
pub fn from_base64url(text: &str) -> Option<Vec<u8>> {
    BASE64URL_NOPAD.decode(text.as_bytes()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base32_round_trips_and_forgives_what_people_confuse() {
        for bytes in [vec![], vec![0], vec![255; 32], (0..40).collect()] {
            assert_eq!(from_base32(&to_base32(&bytes)), Some(bytes));
        }
        assert_eq!(from_base32("o0il"), from_base32("0011"));
        assert_eq!(from_base32("UU"), None);
    }

    #[test]
    fn stray_trailing_bits_are_refused() {
        assert!(from_base32("00").is_some());
        assert_eq!(from_base32("01"), None);
        assert_eq!(from_base64url("AB"), None);
        assert_eq!(from_base64url("AA="), None);
    }
}
