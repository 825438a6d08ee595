//! Wrong PINs slow down. The state is kept, and kept *before* a PIN is tried: who switches the phone off in time gains nothing.
//!
//! What is left to wait is counted by a steady clock while the app is open, never by the phone's own, which anybody can set.

use serde::{Deserialize, Serialize};

/// So many wrong PINs cost nothing: people mistype.
const FREE: u32 = 3;
/// The first wait; each further one is twice as long.
const FIRST_WAIT: u64 = 15_000;
/// No wait is longer.
const LONGEST_WAIT: u64 = 15 * 60_000;

/// Wrong PINs since the last right one, and what is left to wait before the next.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tries {
    /// Wrong PINs, and one that is being tried.
    pub failed: u32,
    /// Milliseconds left to wait, with the app open.
    pub wait: u64,
}

impl Tries {
    /// As it is to be kept before the next PIN is tried; `None` while there is something left to wait.
    pub fn next(self) -> Option<Self> {
        let failed = self.failed.saturating_add(1);
        (self.wait == 0).then_some(Self { failed, wait: wait_after(failed) })
    }

    /// After so many milliseconds with the app open.
    pub fn waited(self, milliseconds: u64) -> Self {
        Self { wait: self.wait.saturating_sub(milliseconds), ..self }
    }
}

/// What is to be waited after so many wrong PINs in a row: nothing three times, then 15 seconds, doubling up to 15 minutes. A million PINs take
/// 28 years.
fn wait_after(failed: u32) -> u64 {
    match failed.checked_sub(FREE + 1) {
        None => 0,
        Some(doublings) => (FIRST_WAIT << doublings.min(10)).min(LONGEST_WAIT),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_are_free_and_then_each_costs_twice_as_much_up_to_a_quarter_of_an_hour() {
        let mut tries = Tries::default();
        let mut waits = Vec::new();
        for _ in 0..12 {
            tries = tries.next().unwrap();
            waits.push(tries.wait / 1_000);
            tries = tries.waited(tries.wait);
        }
        assert_eq!(waits, [0, 0, 0, 15, 30, 60, 120, 240, 480, 900, 900, 900]);
        assert_eq!(Tries { failed: u32::MAX, wait: 0 }.next().unwrap().wait, LONGEST_WAIT);
    }

    #[test]
    fn nothing_is_tried_before_the_wait_is_over() {
        let waiting = Tries { failed: 4, wait: 15_000 };
        assert_eq!(waiting.next(), None);
        assert_eq!(waiting.waited(14_999).next(), None);
        assert_eq!(waiting.waited(20_000).next(), Some(Tries { failed: 5, wait: 30_000 }));
    }
}
