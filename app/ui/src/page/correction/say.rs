//! Corrections in words: what is said to be wrong, and old and new side by side.

use crate::locale::{common, correction as words, node as node_words};
use crate::page::node::coordinates;
use crate::part::dial::{distance, wind};
use crate::state::AppState;
use crate::words::Words;
use civmesh_domain::spatial::nearest::measure;
use civmesh_domain::spatial::node::{Node, Offer};
use civmesh_domain::spatial::registry::{Settlement, Wrong};
use civmesh_domain::text::Language;
use civmesh_domain::unit::{Metres, Place};
use leptos::prelude::*;

/// Nearer than this is no distance that anybody could walk.
const SAME: Metres = Metres(3);

/// What is said to be wrong, in a word.
pub fn what(wrong: &Wrong) -> Words {
    match wrong {
        Wrong::Moved(_) => words::MOVED,
        Wrong::Closed => words::CLOSED,
        Wrong::DuplicateOf(_) => words::DUPLICATE,
        Wrong::NotStepFree => words::NOT_STEP_FREE,
        Wrong::StepFree => words::STEP_FREE,
        Wrong::Other => words::OTHER,
    }
}

/// The same with where or which.
pub fn whole(app: AppState, wrong: &Wrong) -> String {
    let language = app.language.get();
    let what = what(wrong).get(language);
    match wrong {
        Wrong::Moved(place) => words::with(language, what, &coordinates(*place)),
        Wrong::DuplicateOf(other) => words::with(language, what, &app.node_name(other)),
        _ => what.to_owned(),
    }
}

/// What became of a correction.
pub fn settlement(settlement: Settlement) -> Words {
    match settlement {
        Settlement::Accepted => words::IS_ACCEPTED,
        Settlement::Declined => words::IS_DECLINED,
    }
}

/// How far and which way `to` lies from `from`.
pub fn apart(language: Language, from: Place, to: Place) -> String {
    let (metres, bearing) = measure(from, to);
    if metres < SAME {
        return words::SAME_SPOT.get(language).to_owned();
    }
    words::apart(language, &distance(language, metres), wind(bearing).get(language))
}

/// One row of the comparison: what it is about, as it stands, as it is said to be.
pub type Side = (Words, String, String);

/// `node` as it stands beside what is said of it; nothing to compare where that is in words.
pub fn sides(app: AppState, node: &Node, wrong: &Wrong) -> Vec<Side> {
    let language = app.language.get();
    let unknown = || common::UNKNOWN.get(language).to_owned();
    let address = |node: &Node| if node.address.is_empty() { unknown() } else { node.address.get(language).to_owned() };
    let entrance = |said: Words| {
        let now = node_words::known(node.offers.of(Offer::StepFree));
        vec![(words::ENTRANCE, now.get(language).to_owned(), said.get(language).to_owned())]
    };
    match wrong {
        Wrong::Moved(place) => {
            let there = format!("{}\n{}", coordinates(*place), apart(language, node.place, *place));
            let near = near(app, *place).unwrap_or_else(unknown);
            vec![(words::POSITION, coordinates(node.place), there), (words::ADDRESS, address(node), near)]
        }
        Wrong::Closed => vec![(words::USE, words::IN_USE.get(language).to_owned(), words::CLOSED.get(language).to_owned())],
        Wrong::DuplicateOf(other) => {
            let found = app.region.with(|region| region.as_ref().and_then(|region| region.node(other).cloned()));
            let names = (words::NODE, node.name.get(language).to_owned(), app.node_name(other));
            let there = found.as_ref().map(|other| format!("{}\n{}", address(other), apart(language, node.place, other.place)));
            vec![names, (words::ADDRESS, address(node), there.unwrap_or_else(unknown))]
        }
        Wrong::NotStepFree => entrance(node_words::NO),
        Wrong::StepFree => entrance(node_words::YES),
        Wrong::Other => Vec::new(),
    }
}

/// Where `node` stands and where it is said to be, where the two differ by more than a step.
pub fn moved(app: AppState, node: &Node, wrong: &Wrong) -> Option<(Place, Place)> {
    let there = match wrong {
        Wrong::Moved(place) if place.is_on_globe() => Some(*place),
        Wrong::DuplicateOf(other) => app.region.with(|region| Some(region.as_ref()?.node(other)?.place)),
        _ => None,
    };
    there.filter(|there| measure(node.place, *there).0 >= SAME).map(|there| (node.place, there))
}

/// The named place nearest to `place`, and how far and which way it lies from there.
pub fn near(app: AppState, place: Place) -> Option<String> {
    let language = app.language.get();
    app.region.with(|region| {
        let named = region.as_ref()?.places.iter().min_by_key(|named| measure(named.place, place).0)?;
        let (metres, bearing) = measure(named.place, place);
        Some(words::near(language, named.name.get(language), &distance(language, metres), wind(bearing).get(language)))
    })
}
