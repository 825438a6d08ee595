//! How far this phone's clock is off, by the `Date` of the hub's answers.

use civmesh_domain::unit::Millis;
use civmesh_store::{Result, Store};
use serde_json::Value;
use std::time::SystemTime;

/// Above this many milliseconds the offset is worth telling a person.
pub const WORTH_SAYING: i64 = 60_000;

/// Answers that took longer than this say too little about the time, in milliseconds.
const SLOW: u64 = 10_000;
/// As many samples as make a median steady.
const ENOUGH: usize = 9;
/// A difference that is not worth writing down, in milliseconds.
const NEGLIGIBLE: u64 = 2_000;
const META: &str = "clock-offset";

/// Reads the `Date` header of an answer (RFC 9110, 5.6.7).
///
/// ```
/// use civmesh_sync::clock::read_date;
/// assert_eq!(read_date("Mon, 23 Nov 2026 01:35:34 GMT").map(|at| at.0), Some(1_795_397_734_000));
/// assert_eq!(read_date("yesterday"), None);
/// ```
pub fn read_date(header: &str) -> Option<Millis> {
    let since = httpdate::parse_http_date(header).ok()?.duration_since(SystemTime::UNIX_EPOCH).ok()?;
    u64::try_from(since.as_millis()).ok().map(Millis)
}

/// Differences between the hub's clock and the phone's, gathered in one round.
#[derive(Clone, Debug, Default)]
pub struct Samples(Vec<i64>);

impl Samples {
    /// Takes note of an answer that was asked for at `asked` and came at `came`, by the phone's clock.
    pub fn add(&mut self, asked: Millis, came: Millis, date: Option<Millis>) {
        let Some(date) = date else { return };
        if came >= asked && asked.age(came) <= SLOW && self.0.len() < ENOUGH {
            // `Date` is cut to whole seconds: on average half a second is missing.
            let hub = date.0.saturating_add(500);
            let phone = asked.0 + asked.age(came) / 2;
            self.0.push(hub as i64 - phone as i64);
        }
    }

    /// The median: what is to be added to the phone's clock to have the hub's, in milliseconds.
    pub fn offset(&self) -> Option<i64> {
        let mut sorted = self.0.clone();
        sorted.sort_unstable();
        sorted.get(sorted.len() / 2).copied()
    }
}

/// The offset as last measured, in milliseconds.
pub async fn stored_offset<S: Store>(store: &S) -> Result<Option<i64>> {
    Ok(store.meta(META).await?.as_ref().and_then(Value::as_i64))
}

/// Keeps the offset where it differs from what is stored.
pub(crate) async fn keep_offset<S: Store>(store: &S, offset: i64) -> Result<()> {
    let known = stored_offset(store).await?;
    if known.is_none_or(|known| known.abs_diff(offset) >= NEGLIGIBLE) {
        store.set_meta(META, Some(offset.into())).await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_offset_is_the_median_so_one_odd_answer_does_not_move_it() {
        let mut samples = Samples::default();
        for hub in [105_000, 105_000, 9_000_000] {
            samples.add(Millis(100_000), Millis(100_400), Some(Millis(hub)));
        }
        assert_eq!(samples.offset(), Some(105_500 - 100_200));
    }

    #[test]
    fn slow_answers_and_a_clock_set_back_meanwhile_say_nothing() {
        let mut samples = Samples::default();
        samples.add(Millis(0), Millis(SLOW + 1), Some(Millis(5_000)));
        samples.add(Millis(9_000), Millis(8_000), Some(Millis(5_000)));
        samples.add(Millis(9_000), Millis(9_000), None);
        assert_eq!(samples.offset(), None);
    }
}
