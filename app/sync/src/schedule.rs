//! When to try again: a pure state machine. The app owns the timer, this says what to set it to.

use crate::engine::{Link, RoundReport};
use civmesh_domain::unit::Millis;

const SECOND: u64 = 1_000;
/// The first pause after a failure; each further one is twice as long.
const FIRST_PAUSE: u64 = 2 * SECOND;
/// No pause is longer while something waits to be sent.
const LONGEST_PAUSE: u64 = 60 * SECOND;
/// Focus and network notices come in bunches; one round answers them all.
const BUNCH: u64 = SECOND;
/// A time further ahead than this was set by a clock that has been put back since.
const FARTHEST: u64 = 20 * Millis::MINUTE;

/// The pause after `failures` failures in a row: doubling, capped at a minute, and somewhere between half and whole, so that phones
/// which lost the hub together do not come back together. `random` is any number.
pub fn pause(failures: u32, random: u32) -> u64 {
    let whole = FIRST_PAUSE.saturating_mul(1 << failures.min(10)).min(LONGEST_PAUSE);
    between(whole / 2, whole, random)
}

fn between(least: u64, most: u64, random: u32) -> u64 {
    least + (most - least) * u64::from(random) / u64::from(u32::MAX)
}

/// Whether something set for `at` is to be done at `now`.
pub fn is_due(at: Millis, now: Millis) -> bool {
    at <= now || now.age(at) > FARTHEST
}

/// Why the app considers a round.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trigger {
    /// The app opened.
    Start,
    /// The timer went off.
    Timer,
    /// The app came to the front.
    Focus,
    /// The network came back.
    Online,
    /// Something was written.
    Command,
    /// The hub has news: see [`crate::watch`].
    News,
}

impl Trigger {
    /// Whether what failed before has a new chance, so that waiting rows need not wait for the end of their pause.
    pub fn is_eager(self) -> bool {
        matches!(self, Self::Start | Self::Online)
    }
}

/// What the app should do until the next round.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Next {
    /// When to set the timer to, by the phone's clock.
    pub at: Millis,
    /// Whether to wait at the hub meanwhile, by [`crate::watch::watch`].
    pub watch: bool,
}

/// When rounds run.
#[derive(Clone, Debug, Default)]
pub struct Schedule {
    failures: u32,
    began: Option<Millis>,
    running: bool,
    again: bool,
    next: Option<Millis>,
}

impl Schedule {
    /// Whether to begin a round now. One at a time: what is triggered during a round leads to another one after it.
    pub fn begin(&mut self, trigger: Trigger, now: Millis) -> bool {
        if self.running {
            self.again |= matches!(trigger, Trigger::Command | Trigger::Online);
            return false;
        }
        let wanted = match trigger {
            Trigger::Start | Trigger::Command | Trigger::News => true,
            Trigger::Timer => self.next.is_none_or(|at| is_due(at, now)),
            // The round before met no hub: that there is a network now is news, however short the while.
            Trigger::Online if self.failures > 0 => true,
            Trigger::Focus | Trigger::Online => self.began.is_none_or(|began| began > now || now.0 - began.0 >= BUNCH),
        };
        if wanted {
            self.running = true;
            self.began = Some(now);
        }
        wanted
    }

    /// Takes note of a round that ended, and says when the next one is due. `signed_in`: there is a seat. `visible`: somebody looks.
    pub fn end(&mut self, report: &RoundReport, signed_in: bool, visible: bool, now: Millis, random: u32) -> Next {
        self.running = false;
        let reached = report.link == Link::Reached;
        self.failures = if reached { 0 } else { self.failures.saturating_add(1) };
        let wait = match report.link {
            _ if std::mem::take(&mut self.again) => 0,
            Link::SeatRefused => between(15 * Millis::MINUTE, 16 * Millis::MINUTE, random),
            // Whoever unlocks the password begins a round; until then only what is public comes.
            Link::SignedOut => between(Millis::MINUTE, 5 * Millis::MINUTE, random),
            Link::Reached => calm(report, signed_in, visible, now, random),
            // A crowd without seats has nothing to lose by waiting longer.
            _ if !signed_in => pause(self.failures + 3, random),
            _ => pause(self.failures.saturating_sub(1), random),
        };
        let at = Millis(now.0.saturating_add(wait));
        self.next = Some(at);
        Next { at, watch: reached && signed_in && visible && wait > 0 }
    }
}

/// The pause after a round that reached the hub.
fn calm(report: &RoundReport, signed_in: bool, visible: bool, now: Millis, random: u32) -> u64 {
    let quiet = match (signed_in, visible) {
        (false, _) => between(Millis::MINUTE, 5 * Millis::MINUTE, random),
        (true, true) => LONGEST_PAUSE,
        (true, false) => between(2 * Millis::MINUTE, 5 * Millis::MINUTE, random),
    };
    match report.next_try {
        Some(at) if is_due(at, now) => FIRST_PAUSE.min(quiet),
        Some(at) => now.age(at).min(LONGEST_PAUSE).min(quiet),
        None => quiet,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report(link: Link, next_try: Option<u64>) -> RoundReport {
        RoundReport { link, next_try: next_try.map(Millis), ..RoundReport::default() }
    }

    #[test]
    fn pauses_double_up_to_a_minute_and_are_spread() {
        let cases = [(0, 1_000, 2_000), (1, 2_000, 4_000), (4, 16_000, 32_000), (5, 30_000, 60_000), (400, 30_000, 60_000)];
        for (failures, least, most) in cases {
            assert_eq!(pause(failures, 0), least, "{failures}");
            assert_eq!(pause(failures, u32::MAX), most, "{failures}");
        }
    }

    #[test]
    fn anonymous_phones_come_back_after_one_to_five_minutes() {
        for (random, expected) in [(0, 60_000), (u32::MAX, 300_000)] {
            let mut schedule = Schedule::default();
            assert!(schedule.begin(Trigger::Start, Millis(0)));
            let next = schedule.end(&report(Link::Reached, None), false, true, Millis(0), random);
            assert_eq!(next, Next { at: Millis(expected), watch: false });
        }
    }

    #[test]
    fn a_signed_in_phone_waits_at_the_hub_while_somebody_looks() {
        let mut schedule = Schedule::default();
        schedule.begin(Trigger::Start, Millis(0));
        assert!(schedule.end(&report(Link::Reached, None), true, true, Millis(0), 0).watch);
        schedule.begin(Trigger::Start, Millis(0));
        assert!(!schedule.end(&report(Link::Reached, None), true, false, Millis(0), 0).watch);
    }

    #[test]
    fn failures_wait_longer_and_longer_and_success_forgets_them() {
        let mut schedule = Schedule::default();
        let mut waits = Vec::new();
        for _ in 0..8 {
            assert!(schedule.begin(Trigger::Start, Millis(0)));
            waits.push(schedule.end(&report(Link::Unreachable, Some(0)), true, true, Millis(0), u32::MAX).at.0);
        }
        assert_eq!(waits, [2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000, 60_000]);
        schedule.begin(Trigger::Online, Millis(9_999));
        schedule.end(&report(Link::Reached, None), true, true, Millis(0), u32::MAX);
        schedule.begin(Trigger::Command, Millis(0));
        assert_eq!(schedule.end(&report(Link::Unreachable, None), true, true, Millis(0), u32::MAX).at, Millis(2_000));
    }

    #[test]
    fn rows_that_wait_bring_the_next_round_forward() {
        let mut schedule = Schedule::default();
        schedule.begin(Trigger::Start, Millis(0));
        assert_eq!(schedule.end(&report(Link::Reached, Some(7_000)), true, true, Millis(0), 0).at, Millis(7_000));
    }

    #[test]
    fn a_command_during_a_round_leads_to_another_round_at_once() {
        let mut schedule = Schedule::default();
        assert!(schedule.begin(Trigger::Timer, Millis(0)));
        assert!(!schedule.begin(Trigger::Command, Millis(5)));
        assert_eq!(schedule.end(&report(Link::Reached, None), true, true, Millis(10), 0).at, Millis(10));
        assert!(schedule.begin(Trigger::Timer, Millis(10)));
    }

    #[test]
    fn a_network_that_comes_back_right_after_a_failure_is_used_at_once() {
        let mut schedule = Schedule::default();
        assert!(schedule.begin(Trigger::Command, Millis(10_000)));
        schedule.end(&report(Link::Unreachable, Some(0)), true, true, Millis(10_050), u32::MAX);
        assert!(!schedule.begin(Trigger::Focus, Millis(10_100)));
        assert!(schedule.begin(Trigger::Online, Millis(10_100)));
    }

    #[test]
    fn notices_in_a_bunch_start_one_round_and_a_clock_put_back_stops_none() {
        let mut schedule = Schedule::default();
        assert!(schedule.begin(Trigger::Focus, Millis(10_000_000)));
        schedule.end(&report(Link::Reached, None), true, true, Millis(10_000_100), 0);
        assert!(!schedule.begin(Trigger::Online, Millis(10_000_200)));
        assert!(!schedule.begin(Trigger::Timer, Millis(10_000_200)));
        assert!(schedule.begin(Trigger::Timer, Millis(5)));
    }
}
