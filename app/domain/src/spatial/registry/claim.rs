//! What somebody without an account says of a place, as text in a link or a QR code. Nothing vouches for it: staff read it, look at the place
//! where they can, and say it in their own name. `docs/formats/claim.md` has the format.

use super::Wrong;
use crate::id::{NodeId, RegionId};
use crate::text::{from_base64url, to_base64url};
use crate::unit::Place;
use serde::{Deserialize, Serialize};

/// The format that this version reads and writes.
const FORMAT: u8 = 1;
/// The most characters of words: with more, a QR code is no longer read from a phone's screen.
pub const LONGEST_WORDS: usize = 200;
/// The most characters of text that are looked at: no claim is longer.
const LONGEST: usize = 2_000;

/// That a place's entry is wrong.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claim {
    /// The region.
    pub region: RegionId,
    /// The node.
    pub node: NodeId,
    /// What is wrong.
    pub wrong: Wrong,
    /// More, in words; may be empty.
    pub words: String,
}

impl Claim {
    /// As text, in letters that a link may have. Words beyond [`LONGEST_WORDS`] are cut off.
    pub fn to_text(&self) -> String {
        let words = self.words.trim().chars().take(LONGEST_WORDS).collect();
        let cut = Self { words, ..self.clone() };
        // A claim is made of nothing that could not be written.
        let bytes = postcard::to_extend(&cut, vec![FORMAT]).unwrap_or_default();
        to_base64url(&bytes)
    }

    /// Reads a text; `None` for what is no claim of this format.
    pub fn from_text(text: &str) -> Option<Self> {
        let bytes = from_base64url(text).filter(|_| text.len() <= LONGEST)?;
        let (&FORMAT, content) = bytes.split_first()? else { return None };
        let (claim, rest) = postcard::take_from_bytes::<Self>(content).ok()?;
        let on_globe = |place: Place| Place::from_degrees(place.lat(), place.lon()).is_some();
        let is_sound = match &claim.wrong {
            Wrong::Moved(place) => on_globe(*place),
            Wrong::DuplicateOf(other) => *other != claim.node,
            Wrong::Other => !claim.words.trim().is_empty(),
            Wrong::Closed | Wrong::NotStepFree | Wrong::StepFree => true,
        };
        (rest.is_empty() && is_sound && claim.words.chars().count() <= LONGEST_WORDS).then_some(claim)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn claim(wrong: Wrong, words: &str) -> Claim {
        Claim { region: RegionId([7; 16]), node: "a001".parse().unwrap(), wrong, words: words.to_owned() }
    }

    #[test]
    fn what_is_said_is_read_back() {
        let place = Place { lat_e7: 250_000_001, lon_e7: -1 };
        let all = [
            Wrong::Moved(place),
            Wrong::Closed,
            Wrong::DuplicateOf("b002".parse().unwrap()),
            Wrong::NotStepFree,
            Wrong::StepFree,
            Wrong::Other,
        ];
        for wrong in all {
            let said = claim(wrong, "搬到對街了");
            assert_eq!(Claim::from_text(&said.to_text()), Some(said));
        }
    }

    #[test]
    fn the_text_is_as_the_format_says() {
        assert_eq!(claim(Wrong::Closed, "").to_text(), "AQcHBwcHBwcHBwcHBwcHBwcEYTAwMQEA");
    }

    #[test]
    fn words_are_cut_where_a_code_could_not_be_read_any_more() {
        let text = claim(Wrong::Other, &"屋".repeat(LONGEST_WORDS + 50)).to_text();
        assert_eq!(Claim::from_text(&text).unwrap().words, "屋".repeat(LONGEST_WORDS));
        assert!(text.len() < 1_000, "{}", text.len());
    }

    #[test]
    fn nothing_else_is_a_claim() {
        let good = claim(Wrong::Closed, "").to_text();
        let off = claim(Wrong::Moved(Place { lat_e7: i32::MAX, lon_e7: 0 }), "").to_text();
        let itself = claim(Wrong::DuplicateOf("a001".parse().unwrap()), "").to_text();
        let silent = claim(Wrong::Other, " ").to_text();
        for text in ["", "A", "Ag", &good[..good.len() - 4], &format!("{good}AAAA"), &good.replacen("AQ", "Ag", 1), &off, &itself, &silent]
        {
            assert_eq!(Claim::from_text(text), None, "{text}");
        }
    }
}
