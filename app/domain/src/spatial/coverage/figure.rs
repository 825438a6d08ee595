//! Figures as exact as they are known, and no more: a plan is not a head count.

use crate::spatial::people::Basis;

/// A number of people, rounded: to what two digits say where a total was spread over buildings, to three where people were counted. Nothing
/// is said finer than tens: that a cell has seven of them is a guess.
///
/// ```
/// use civmesh_domain::spatial::coverage::figure::rounded;
/// use civmesh_domain::spatial::people::Basis;
/// assert_eq!([rounded(84_362, Basis::Counted), rounded(84_362, Basis::SpreadOverBuildings)], [84_400, 84_000]);
/// ```
pub fn rounded(people: u64, basis: Basis) -> u64 {
    let digits = match basis {
        Basis::Counted => 3,
        Basis::SpreadOverBuildings => 2,
    };
    let length = people.checked_ilog10().map_or(1, |log| log + 1);
    let unit = 10u64.pow(length.saturating_sub(digits).max(1));
    people.saturating_add(unit / 2) / unit * unit
}

/// A share in whole percent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Share {
    /// Nobody there to have a share of.
    Nobody,
    /// More than none, and less than one.
    BelowOne,
    /// So many.
    Percent(u8),
    /// More than ninety-nine, and not all.
    AboveNinetyNine,
}

/// The share of a part in the whole. None and all are said of none and all only.
pub fn share(part: u64, whole: u64) -> Share {
    let (part, all) = (u128::from(part), u128::from(whole));
    match all {
        0 => Share::Nobody,
        _ if part == 0 => Share::Percent(0),
        _ if part >= all => Share::Percent(100),
        _ if part * 100 < all => Share::BelowOne,
        _ if part * 100 > all * 99 => Share::AboveNinetyNine,
        _ => Share::Percent(((part * 200 + all) / (all * 2)) as u8),
    }
}

/// With a comma after every three digits.
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_are_rounded_as_far_as_they_are_known() {
        let cases = [
            (0, 0, 0),
            (4, 0, 0),
            (7, 10, 10),
            (94, 90, 90),
            (996, 1_000, 1_000),
            (1_234, 1_230, 1_200),
            (2_654_321, 2_650_000, 2_700_000),
        ];
        for (people, counted, spread) in cases {
            assert_eq!((rounded(people, Basis::Counted), rounded(people, Basis::SpreadOverBuildings)), (counted, spread), "{people}");
        }
        let _huge = rounded(u64::MAX, Basis::Counted);
    }

    #[test]
    fn none_and_all_are_said_of_none_and_all_only() {
        let cases = [
            (0, 0, Share::Nobody),
            (0, 9, Share::Percent(0)),
            (9, 9, Share::Percent(100)),
            (1, 1_000, Share::BelowOne),
            (999, 1_000, Share::AboveNinetyNine),
            (1, 100, Share::Percent(1)),
            (99, 100, Share::Percent(99)),
            (1, 3, Share::Percent(33)),
            (2, 3, Share::Percent(67)),
        ];
        for (part, whole, expected) in cases {
            assert_eq!(share(part, whole), expected, "{part} of {whole}");
        }
    }

    #[test]
    fn long_numbers_have_commas() {
        let cases = [(0, "0"), (999, "999"), (1_000, "1,000"), (12_345, "12,345"), (1_234_567, "1,234,567")];
        for (number, expected) in cases {
            assert_eq!(grouped(number), expected);
        }
    }
}
