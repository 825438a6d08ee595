//! When a phone that nobody touches, or that is out of sight, locks.

use crate::unit::Millis;

/// Out of sight, a profile locks after so many minutes, or sooner where it does when idle: long enough to take a photo with the camera.
const UNSEEN_MINUTES: u32 = 2;

/// A moment by both clocks of a phone: its own, which people set, and a steady one, which some phones stop while they sleep.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment {
    /// By the phone's clock.
    pub wall: Millis,
    /// Milliseconds by a clock that nobody sets, from any beginning.
    pub steady: u64,
}

/// Whether a profile that was last touched, or last seen, at `last` is to be locked at `now`. Either clock suffices: one that was set back or
/// stood still keeps nothing open.
pub fn is_over(last: Moment, now: Moment, idle_minutes: u32, in_sight: bool) -> bool {
    let minutes = if in_sight { idle_minutes } else { idle_minutes.min(UNSEEN_MINUTES) };
    let gone = now.wall.0.saturating_sub(last.wall.0).max(now.steady.saturating_sub(last.steady));
    gone >= u64::from(minutes) * Millis::MINUTE
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_locks_when_its_time_is_over_by_either_clock() {
        let at = |wall: u64, steady: u64| Moment { wall: Millis(1_000_000_000 + wall * 60_000), steady: 5_000 + steady * 60_000 };
        let cases = [
            ((4, 4), true, false),
            ((5, 5), true, true),
            // Asleep, the steady clock may stand still; set back, the phone's own does.
            ((5, 0), true, true),
            ((0, 5), true, true),
            ((1, 1), false, false),
            ((2, 2), false, true),
        ];
        for ((wall, steady), in_sight, expected) in cases {
            assert_eq!(is_over(at(0, 0), at(wall, steady), 5, in_sight), expected, "{wall} {steady} {in_sight}");
        }
        let set_back = Moment { wall: Millis(0), ..at(0, 4) };
        assert!(!is_over(at(0, 0), set_back, 5, true));
        assert!(is_over(at(0, 0), at(1, 1), 1, false));
    }
}
