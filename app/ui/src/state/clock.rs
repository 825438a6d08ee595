//! What time it is, where this phone's clock and the hub's differ. No clock is believed blindly: a region's pack was signed at a time that
//! has certainly passed, and a clock that lies before it is wrong.

use super::AppState;
use crate::device::time;
use civmesh_domain::clock::TOLERANCE;
use civmesh_domain::unit::Millis;
use leptos::prelude::*;

/// How far this phone's clock is off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Off {
    /// Behind, or else ahead.
    pub behind: bool,
    /// By how many milliseconds.
    pub by: u64,
}

/// The clocks at one moment.
#[derive(Clone, Copy, Debug)]
struct Clocks {
    phone: Millis,
    /// By this session's answers.
    hub: Option<Millis>,
    /// By answers of an earlier session. They say nothing of a clock that was set since, so they count only where this phone's clock is
    /// impossible as it is and would be possible by them.
    earlier: Option<Millis>,
    /// When the pack was signed.
    passed: Millis,
}

impl Clocks {
    fn now(app: AppState) -> Self {
        let phone = time::now();
        let by = |offset: i64| Millis(phone.0.saturating_add_signed(offset));
        let offset = app.clock_offset.get_untracked();
        let hub = (offset != 0).then(|| by(offset));
        let earlier = app.earlier_offset.get_untracked().map(by);
        let passed = app.region.with_untracked(|region| region.as_ref().map(|region| region.manifest.built)).unwrap_or_default();
        Self { phone, hub, earlier, passed }
    }

    fn is_possible(&self, at: Millis) -> bool {
        at.0.saturating_add(TOLERANCE) >= self.passed.0
    }

    /// The hub's time, unless it can't be.
    fn hub(&self) -> Option<Millis> {
        self.hub.filter(|hub| self.is_possible(*hub))
    }

    /// The best that is known where this phone's own clock is impossible.
    fn at_best(&self) -> Millis {
        self.hub().or(self.earlier.filter(|earlier| self.is_possible(*earlier))).unwrap_or(self.passed)
    }

    /// For the screens: all phones of a region have the hub's clock in common.
    fn to_show(self) -> Millis {
        let differs = |hub: &Millis| hub.0.abs_diff(self.phone.0) > TOLERANCE;
        self.hub().filter(differs).unwrap_or(if self.is_possible(self.phone) { self.phone } else { self.at_best() })
    }

    /// For what is written here: this phone's own clock as long as it is possible, see [`to_sign`].
    fn to_sign(self) -> Millis {
        if self.is_possible(self.phone) { self.phone } else { self.at_best() }
    }

    fn off(self) -> Option<Off> {
        let right = match self.hub() {
            Some(hub) => hub,
            None if self.is_possible(self.phone) => return None,
            None => self.at_best(),
        };
        let by = right.0.abs_diff(self.phone.0);
        (by >= Millis::MINUTE).then_some(Off { behind: right > self.phone, by })
    }
}

/// The time that the screens go by.
pub fn now(app: AppState) -> Millis {
    Clocks::now(app).to_show()
}

/// The time that goes into what is written here. A phone whose clock is certainly wrong goes by the hub's: with a time of years ago nobody
/// would believe what it says, and the hub would refuse names and words as expired.
pub fn to_sign(app: AppState) -> Millis {
    Clocks::now(app).to_sign()
}

/// How far this phone's clock is off, if that is known and more than a minute.
pub fn off(app: AppState) -> Option<Off> {
    app.clock_offset.track();
    app.earlier_offset.track();
    app.now.track();
    app.region.track();
    Clocks::now(app).off()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SIGNED: Millis = Millis(1_795_000_000_000);
    const NOW: Millis = Millis(SIGNED.0 + 30 * Millis::DAY);
    const YEARS: u64 = 730 * Millis::DAY;

    fn clocks(phone: u64, hub: Option<u64>) -> Clocks {
        Clocks { phone: Millis(phone), hub: hub.map(Millis), earlier: None, passed: SIGNED }
    }

    #[test]
    fn what_the_hub_said_earlier_counts_for_a_clock_that_is_still_wrong_and_for_no_other() {
        let earlier = |phone: u64, earlier: u64| Clocks { earlier: Some(Millis(earlier)), ..clocks(phone, None) };
        let still = earlier(NOW.0 - YEARS, NOW.0);
        assert_eq!((still.to_sign(), still.to_show(), still.off()), (NOW, NOW, Some(Off { behind: true, by: YEARS })));
        let set_right = earlier(NOW.0, NOW.0 + YEARS);
        assert_eq!((set_right.to_sign(), set_right.to_show(), set_right.off()), (NOW, NOW, None));
        let battery_was_out = earlier(0, 60_000);
        assert_eq!((battery_was_out.to_sign(), battery_was_out.to_show()), (SIGNED, SIGNED));
        let heard_anew = Clocks { hub: Some(NOW), ..earlier(NOW.0 - YEARS, NOW.0 + 60_000) };
        assert_eq!((heard_anew.to_sign(), heard_anew.to_show()), (NOW, NOW));
    }

    #[test]
    fn a_clock_years_behind_is_known_without_a_network_and_goes_by_the_hub_with_one() {
        let alone = clocks(NOW.0 - YEARS, None);
        assert_eq!(alone.off(), Some(Off { behind: true, by: YEARS - 30 * Millis::DAY }));
        assert_eq!((alone.to_sign(), alone.to_show()), (SIGNED, SIGNED));
        let beside = clocks(NOW.0 - YEARS, Some(NOW.0));
        assert_eq!(beside.off(), Some(Off { behind: true, by: YEARS }));
        assert_eq!((beside.to_sign(), beside.to_show()), (NOW, NOW));
    }

    #[test]
    fn a_clock_ahead_signs_with_its_own_time_and_shows_the_hubs() {
        let ahead = clocks(NOW.0 + 2 * Millis::DAY, Some(NOW.0));
        assert_eq!(ahead.off(), Some(Off { behind: false, by: 2 * Millis::DAY }));
        assert_eq!((ahead.to_sign(), ahead.to_show()), (Millis(NOW.0 + 2 * Millis::DAY), NOW));
        assert_eq!(clocks(NOW.0 + 2 * Millis::DAY, None).off(), None);
    }

    #[test]
    fn a_hub_whose_clock_is_certainly_wrong_moves_nobody() {
        let beside = clocks(NOW.0, Some(0));
        assert_eq!((beside.off(), beside.to_sign(), beside.to_show()), (None, NOW, NOW));
        let both = clocks(5, Some(9));
        assert_eq!((both.to_sign(), both.to_show()), (SIGNED, SIGNED));
    }

    #[test]
    fn what_lies_within_the_tolerance_is_this_phones_own_time() {
        let near = clocks(NOW.0, Some(NOW.0 + 3 * Millis::MINUTE));
        assert_eq!((near.to_show(), near.off()), (NOW, Some(Off { behind: true, by: 3 * Millis::MINUTE })));
        assert_eq!(clocks(NOW.0, Some(NOW.0 + 59_000)).off(), None);
    }
}
