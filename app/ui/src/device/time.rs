//! The phone's clock, and times in words.

use crate::locale::common;
use civmesh_domain::clock::TOLERANCE;
use civmesh_domain::text::Language;
use civmesh_domain::unit::Millis;
use wasm_bindgen::JsValue;

/// Now, by the phone's clock.
pub fn now() -> Millis {
    Millis(js_sys::Date::now().max(0.0) as u64)
}

fn local(at: Millis) -> js_sys::Date {
    js_sys::Date::new(&JsValue::from_f64(at.0 as f64))
}

/// Hours and minutes where the phone is: `14:05`.
pub fn clock_time(at: Millis) -> String {
    let date = local(at);
    format!("{:02}:{:02}", date.get_hours(), date.get_minutes())
}

/// The day and the time, as short as they can be: the day is left out for today, the year for this year.
pub fn day_and_time(at: Millis, now: Millis) -> String {
    let (date, today) = (local(at), local(now));
    let same_day =
        date.get_full_year() == today.get_full_year() && date.get_month() == today.get_month() && date.get_date() == today.get_date();
    let time = clock_time(at);
    match same_day {
        true => time,
        false if date.get_full_year() == today.get_full_year() => format!("{}/{} {time}", date.get_month() + 1, date.get_date()),
        false => format!("{} {time}", day(at)),
    }
}

/// The day with its year: `2027/3/9`.
pub fn day(at: Millis) -> String {
    let date = local(at);
    format!("{}/{}/{}", date.get_full_year(), date.get_month() + 1, date.get_date())
}

/// Whether a time lies further ahead than clocks may differ: then nothing is known of its age.
pub fn is_ahead(at: Millis, now: Millis) -> bool {
    now.age(at) > TOLERANCE
}

/// How long ago, in words: "12 分鐘前". What is said to lie ahead has no age that could be relied on.
pub fn age(language: Language, at: Millis, now: Millis) -> String {
    let minutes = at.age(now) / Millis::MINUTE;
    match minutes {
        _ if is_ahead(at, now) => common::AGE_NOT_KNOWN.get(language).to_owned(),
        0 => common::JUST_NOW.get(language).to_owned(),
        1..60 => common::minutes_ago(language, minutes),
        60..1440 => common::hours_ago(language, minutes / 60),
        1440..2880 => common::YESTERDAY.get(language).to_owned(),
        2880..1_051_200 => common::days_ago(language, minutes / 1440),
        _ => common::years_ago(language, minutes / 525_600),
    }
}

/// The day as a field of a form and a spreadsheet have it: `2026-11-23`.
pub fn date(at: Millis) -> String {
    let date = local(at);
    format!("{:04}-{:02}-{:02}", date.get_full_year(), date.get_month() + 1, date.get_date())
}

/// How many days a day as [`date`] writes it lies before `now`, where the phone is; `None` for what is no such day or lies ahead.
pub fn days_before(day: &str, now: Millis) -> Option<u16> {
    // What has no time is taken for UTC: the same for both, so that no hour of summer time comes between.
    let [then, today] = [day, &date(now)].map(js_sys::Date::parse);
    let days = (today - then) / Millis::DAY as f64;
    (days >= 0.0 && days <= f64::from(u16::MAX)).then_some(days as u16)
}

/// Day and time for the name of a file: `20261123-1405`.
pub fn stamp(at: Millis) -> String {
    let date = local(at);
    let (day, time) = ((date.get_full_year(), date.get_month() + 1, date.get_date()), (date.get_hours(), date.get_minutes()));
    format!("{:04}{:02}{:02}-{:02}{:02}", day.0, day.1, day.2, time.0, time.1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn days_are_counted_back_from_today_and_none_lies_ahead() {
        let now = Millis(1_795_000_000_000);
        let before = |days: u64| days_before(&date(Millis(now.0 - days * Millis::DAY)), now);
        assert_eq!([before(0), before(1), before(400)], [Some(0), Some(1), Some(400)]);
        assert_eq!(days_before(&date(Millis(now.0 + Millis::DAY)), now), None);
        assert_eq!(["", "yesterday", "1500-01-01"].map(|day| days_before(day, now)), [None; 3]);
    }
}
