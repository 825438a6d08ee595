//! The hybrid logical clock: wall time that never runs backwards on one phone and never behind what the phone has seen.

use crate::unit::Millis;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};
use std::fmt;

/// A clock reading: 48 bits of milliseconds, 16 bits of counter. Orders as a number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Clock(pub u64);

/// How far ahead of this phone's time a reading may lie and still be taken for sane.
pub const TOLERANCE: u64 = 5 * Millis::MINUTE;

impl Clock {
    /// The reading at `at` with this counter.
    pub fn new(at: Millis, counter: u16) -> Self {
        Self(at.0.min((1 << 48) - 1) << 16 | u64::from(counter))
    }

    /// The wall time in it.
    pub fn millis(self) -> Millis {
        Millis(self.0 >> 16)
    }

    /// The next reading at `now`, later than `self` whatever the wall clock says.
    ///
    /// ```
    /// use civmesh_domain::{clock::Clock, unit::Millis};
    /// let seen = Clock::new(Millis(2_000), 0);
    /// assert!(seen.tick(Millis(1_000)) > seen);
    /// assert_eq!(seen.tick(Millis(3_000)).millis(), Millis(3_000));
    /// ```
    pub fn tick(self, now: Millis) -> Self {
        Self::new(now, 0).max(Self(self.0.saturating_add(1)))
    }

    /// What this phone should continue from after seeing `other`. A reading that is not sane is not followed,
    /// so that one phone with a wrong clock does not pull all the others along.
    pub fn witness(self, other: Clock, now: Millis) -> Self {
        if other.is_sane(now) { self.max(other) } else { self }
    }

    /// Whether this is no further ahead of `now` than [`TOLERANCE`].
    pub fn is_sane(self, now: Millis) -> bool {
        self.millis().0 <= now.0.saturating_add(TOLERANCE)
    }

    /// Eight bytes, most significant first, so that bytes order like time.
    pub fn to_bytes(self) -> [u8; 8] {
        self.0.to_be_bytes()
    }
}

impl fmt::Display for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&crate::text::to_base32(&self.to_bytes()))
    }
}

impl std::str::FromStr for Clock {
    type Err = crate::id::BadId;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let bytes = crate::text::from_base32(text).and_then(|bytes| bytes.try_into().ok());
        bytes.map(|bytes| Self(u64::from_be_bytes(bytes))).ok_or(crate::id::BadId("Clock"))
    }
}

// In JSON a clock is text: 64-bit numbers are rounded by some readers.
impl Serialize for Clock {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() { serializer.collect_str(self) } else { serializer.serialize_u64(self.0) }
    }
}

impl<'de> Deserialize<'de> for Clock {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if deserializer.is_human_readable() {
            String::deserialize(deserializer)?.parse().map_err(D::Error::custom)
        } else {
            u64::deserialize(deserializer).map(Self)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_set_back_does_not_run_backwards() {
        let first = Clock::default().tick(Millis(10_000));
        let second = first.tick(Millis(1));
        assert!(second > first);
        assert_eq!(second.millis(), Millis(10_000));
    }

    #[test]
    fn a_reading_from_the_far_future_is_not_followed() {
        let now = Millis(1_000_000);
        let mine = Clock::default().tick(now);
        let near = Clock::new(Millis(now.0 + TOLERANCE), 0);
        let far = Clock::new(Millis(now.0 + TOLERANCE + 1), 0);
        assert_eq!(mine.witness(near, now), near);
        assert_eq!(mine.witness(far, now), mine);
    }

    #[test]
    fn the_counter_overflows_into_the_next_millisecond() {
        let last = Clock::new(Millis(5), u16::MAX);
        assert_eq!(last.tick(Millis(5)), Clock::new(Millis(6), 0));
    }
}
