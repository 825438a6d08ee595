//! Declared areas in words.

use crate::device::time;
use crate::locale::correction;
use crate::locale::danger as words;
use crate::locale::domain;
use crate::page::correction::say::near as near_place;
use crate::part::dial::{distance, wind};
use crate::part::here::may_see;
use crate::part::record::separator;
use crate::state::AppState;
use civmesh_domain::spatial::area::{Class, Threat};
use civmesh_domain::spatial::danger::import::{Refused, Unreadable};
use civmesh_domain::spatial::danger::{Area, AreaDeclared, Condition};
use civmesh_domain::spatial::nearest::measure;
use civmesh_domain::text::Language;
use civmesh_domain::unit::{Metres, Millis, Place};
use leptos::prelude::*;

/// Nearer than this is at the same place.
const SAME: Metres = Metres(10);

/// How it is there.
pub fn condition(language: Language, condition: Condition) -> String {
    let how = |threat: Threat| match threat.depth {
        Some(depth) => words::deep(language, &metres(depth.from_mm)),
        None => heaviness(threat.class).get(language).to_owned(),
    };
    let hazard = |threat: Threat| domain::hazard(threat.hazard).get(language);
    match condition {
        Condition::Closed => words::CLOSED.get(language).to_owned(),
        Condition::Present(threat) => words::present(language, hazard(threat), &how(threat)),
        Condition::Expected(threat) => words::expected(language, hazard(threat), &how(threat)),
    }
}

fn heaviness(class: Class) -> crate::words::Words {
    let [mild, heavy, worst] = words::HEAVINESS;
    match class.0 {
        0 | 1 => mild,
        2 => heavy,
        _ => worst,
    }
}

/// Whole millimetres as metres.
fn metres(mm: u32) -> String {
    (f64::from(mm) / 1000.0).to_string()
}

/// How it is there, where [`title`] does not say it.
pub fn beside_title(language: Language, declared: &AreaDeclared) -> Option<String> {
    (!declared.title.is_empty()).then(|| condition(language, declared.condition))
}

/// What it is called: by people, or by how it is there.
pub fn title(language: Language, declared: &AreaDeclared) -> String {
    if declared.title.is_empty() { condition(language, declared.condition) } else { declared.title.clone() }
}

/// What it is called, and how it is there.
pub fn whole(language: Language, declared: &AreaDeclared) -> String {
    let condition = condition(language, declared.condition);
    match (declared.title.is_empty(), language) {
        (true, _) => condition,
        (false, Language::Zh) => format!("{}（{condition}）", declared.title),
        (false, Language::En) => format!("{} ({condition})", declared.title),
    }
}

/// Several of them in one line, each once.
pub fn several(language: Language, areas: &[Area]) -> String {
    let mut all: Vec<String> = areas.iter().map(|area| whole(language, &area.said.value)).collect();
    all.dedup();
    all.join(separator(language))
}

/// The node or named place nearest to `place`, and how far and which way it lies from there.
pub fn near(app: AppState, place: Place) -> Option<String> {
    let language = app.language.get();
    let node = app.region.with(|region| {
        let nodes = region.as_ref()?.nodes().iter().filter(|node| may_see(app, node));
        let node = nodes.min_by_key(|node| measure(node.place, place).0)?;
        let (metres, bearing) = measure(node.place, place);
        if metres <= SAME {
            return Some((metres, words::at(language, node.name.get(language))));
        }
        Some((metres, correction::near(language, node.name.get(language), &distance(language, metres), wind(bearing).get(language))))
    });
    let named = app.region.with(|region| region.as_ref()?.places.iter().map(|named| measure(named.place, place).0).min());
    match (node, named) {
        (Some((to_node, said)), Some(to_place)) if to_node <= to_place => Some(said),
        (Some((_, said)), None) => Some(said),
        _ => near_place(app, place),
    }
}

/// Until when.
pub fn until(language: Language, until: Option<Millis>, now: Millis) -> String {
    until.map_or_else(|| words::UNTIL_WITHDRAWN.get(language).to_owned(), |until| words::until(language, &time::day_and_time(until, now)))
}

/// Why a file can't be taken.
pub fn unreadable(why: Unreadable) -> crate::words::Words {
    match why {
        Unreadable::TooLarge => words::TOO_LARGE,
        Unreadable::NotGeoJson => words::NOT_GEOJSON,
        Unreadable::OtherCoordinates => words::OTHER_COORDINATES,
    }
}

/// Why one area of a file can't be taken.
pub fn refused(language: Language, why: Refused) -> String {
    let words = match why {
        Refused::NoArea => words::NO_AREA,
        Refused::Damaged => words::DAMAGED,
        Refused::Swapped => words::SWAPPED,
        Refused::NotDegrees => words::NOT_DEGREES,
        Refused::Elsewhere => words::ELSEWHERE,
        Refused::TooFew => words::TOO_FEW,
        Refused::TooMany { corners, fit } => return words::too_many(language, corners, fit),
    };
    words.get(language).to_owned()
}
