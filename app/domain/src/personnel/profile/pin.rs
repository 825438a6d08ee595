//! What is a PIN: digits, at least six, and none of those that everybody tries first.

use zeroize::Zeroizing;

/// The fewest digits.
pub const SHORTEST: usize = 6;
/// The most digits.
pub const LONGEST: usize = 12;

/// A PIN. It is wiped from memory when it is dropped, and never reaches a log.
#[derive(Clone, PartialEq, Eq)]
pub struct Pin(Zeroizing<String>);

/// What is wrong with a PIN.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BadPin {
    /// Fewer than [`SHORTEST`] digits.
    TooShort,
    /// More than [`LONGEST`] digits.
    TooLong,
    /// Something that is no digit.
    NotDigits,
    /// One digit over and over, or a row up or down: the first ones that anybody tries.
    TooSimple,
}

impl Pin {
    /// A PIN as it was typed to be tried.
    pub fn typed(digits: &str) -> Result<Self, BadPin> {
        match digits.len() {
            _ if !digits.bytes().all(|digit| digit.is_ascii_digit()) => Err(BadPin::NotDigits),
            0..SHORTEST => Err(BadPin::TooShort),
            SHORTEST..=LONGEST => Ok(Self(Zeroizing::new(digits.to_owned()))),
            _ => Err(BadPin::TooLong),
        }
    }

    /// A PIN to be chosen.
    pub fn chosen(digits: &str) -> Result<Self, BadPin> {
        let pin = Self::typed(digits)?;
        // 0 follows 9, as on the pad.
        let steps: Vec<u8> = digits.as_bytes().windows(2).map(|pair| (pair[1] + 10 - pair[0]) % 10).collect();
        let is_row = steps.windows(2).all(|pair| pair[0] == pair[1]) && matches!(steps.first(), Some(0 | 1 | 9));
        if is_row { Err(BadPin::TooSimple) } else { Ok(pin) }
    }

    pub(super) fn as_bytes(&self) -> &[u8] {
        self.0.as_bytes()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pin_is_six_to_twelve_digits_and_not_the_first_that_comes_to_mind() {
        let cases = [
            ("274913", None),
            ("110022", None),
            ("135791", None),
            ("274913274913", None),
            ("", Some(BadPin::TooShort)),
            ("27491", Some(BadPin::TooShort)),
            ("2749132749132", Some(BadPin::TooLong)),
            ("27491a", Some(BadPin::NotDigits)),
            ("２７４９１３", Some(BadPin::NotDigits)),
            ("000000", Some(BadPin::TooSimple)),
            ("123456", Some(BadPin::TooSimple)),
            ("567890", Some(BadPin::TooSimple)),
            ("987654", Some(BadPin::TooSimple)),
        ];
        for (digits, expected) in cases {
            assert_eq!(Pin::chosen(digits).err(), expected, "{digits}");
        }
        // One that was chosen when the rules were others can still be tried.
        assert!(Pin::typed("123456").is_ok());
    }
}
