//! Words of a source, as they can be shown: on one line, and without anything that a terminal would obey.

use std::fmt::{self, Write};

/// Shows words; control characters are written out.
pub struct Shown<'a>(pub &'a str);

impl fmt::Display for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for letter in self.0.chars() {
            if letter.is_control() { write!(f, "{}", letter.escape_default())? } else { f.write_char(letter)? }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_terminal_obeys_is_written_out() {
        assert_eq!(Shown("港前街\n\u{1b}[2J\"").to_string(), "港前街\\n\\u{1b}[2J\"");
    }
}
