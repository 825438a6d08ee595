//! Figures and places in words.

use super::ask::Measure;
use super::work::Opened;
use crate::locale::coverage as words;
use crate::part::dial::{distance, wind};
use civmesh_domain::spatial::coverage::figure::{Share, grouped, rounded, share};
use civmesh_domain::spatial::people::Basis;
use civmesh_domain::text::{Language, Text};
use civmesh_domain::unit::{Metres, Place};

/// So near a place is the named place itself.
const THERE: Metres = Metres(50);

/// A number of people, as exact as it is known.
pub fn people(language: Language, people: u64, basis: Basis) -> String {
    match rounded(people, basis) {
        _ if people == 0 => words::NOBODY.get(language).to_owned(),
        0 => words::FEW.get(language).to_owned(),
        rounded => words::about(language, &grouped(rounded)),
    }
}

/// The same with its share in the whole.
pub fn part(language: Language, part: u64, whole: u64, basis: Basis) -> String {
    let percent = match share(part, whole) {
        Share::Nobody => return people(language, part, basis),
        Share::BelowOne => words::BELOW_ONE.get(language).to_owned(),
        Share::AboveNinetyNine => words::NEARLY_ALL.get(language).to_owned(),
        Share::Percent(percent) => words::percent(language, percent),
    };
    words::part(language, &people(language, part, basis), &percent)
}

/// A limit.
pub fn limit(language: Language, measure: Measure, limit: u32) -> String {
    match measure {
        Measure::OnFoot => words::within_minutes(language, limit / 60),
        Measure::Straight => words::within_metres(language, &grouped(u64::from(limit))),
    }
}

/// A place without a name, by the nearest that has one.
pub fn place(language: Language, opened: &Opened, place: Place) -> String {
    let near = opened.near(place);
    near_named(language, near.map(|(named, metres, bearing)| (&named.name, metres, bearing)))
}

fn near_named(language: Language, near: Option<(&Text, Metres, u16)>) -> String {
    match near {
        None => words::RIGHT_HERE.get(language).to_owned(),
        Some((name, metres, _)) if metres <= THERE => name.get(language).to_owned(),
        Some((name, metres, bearing)) => {
            // To ten metres: a cell is larger than that.
            let about = Metres((metres.0 + 5) / 10 * 10);
            words::near(language, name.get(language), wind(bearing).get(language), &distance(language, about))
        }
    }
}

/// Latitude and longitude, to a metre.
pub fn coordinates(place: Place) -> String {
    format!("{:.5}, {:.5}", place.lat(), place.lon())
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn figures_say_no_more_than_is_known() {
        let cases = [
            (0, Basis::Counted, "nobody", "0 人"),
            (3, Basis::Counted, "fewer than 10", "不到 10 人"),
            (12_345, Basis::Counted, "about 12,300", "約 12,300 人"),
            (12_345, Basis::SpreadOverBuildings, "about 12,000", "約 12,000 人"),
        ];
        for (number, basis, en, zh) in cases {
            assert_eq!((people(Language::En, number, basis).as_str(), people(Language::Zh, number, basis).as_str()), (en, zh));
        }
        assert_eq!(part(Language::En, 84_362, 84_500, Basis::Counted), "about 84,400 (over 99%)");
        assert_eq!(part(Language::Zh, 31, 10_000, Basis::SpreadOverBuildings), "約 30 人（不到 1%）");
        assert_eq!(part(Language::Zh, 0, 0, Basis::Counted), "0 人");
    }

    #[test]
    fn a_gap_is_named_by_what_people_know_nearby() {
        let name = Text::new("港前里", "Harbour Village");
        let cases = [
            (Some((&name, Metres(20), 90)), "港前里", "Harbour Village"),
            (Some((&name, Metres(314), 45)), "港前里東北邊 310 公尺", "310 m north-east of Harbour Village"),
            (None, "附近沒有地名", "no named place nearby"),
        ];
        for (near, zh, en) in cases {
            assert_eq!((near_named(Language::Zh, near).as_str(), near_named(Language::En, near).as_str()), (zh, en));
        }
    }

    #[test]
    fn limits_are_said_in_what_they_were_measured() {
        assert_eq!(limit(Language::Zh, Measure::OnFoot, 900), "15 分鐘內");
        assert_eq!(limit(Language::En, Measure::Straight, 1_000), "1,000 m");
    }
}
