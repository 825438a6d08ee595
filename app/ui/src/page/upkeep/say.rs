//! Upkeep in words: what was found, how much of it is met, when it was looked at.

use crate::device::time;
use crate::locale::upkeep as words;
use crate::part::record::separator;
use crate::state::AppState;
use crate::words::Words;
use civmesh_domain::spatial::upkeep::checklist::{Checked, Checklist};
use civmesh_domain::spatial::upkeep::{Finding, Item};
use civmesh_domain::text::Language;
use civmesh_domain::unit::Millis;
use leptos::prelude::*;

/// The sign of what was found; `None` is not checked yet.
pub fn sign(finding: Option<Finding>) -> &'static str {
    match finding {
        Some(Finding::Met) => "check",
        Some(Finding::Partly) => "alert",
        Some(Finding::NotMet) => "close",
        Some(Finding::NotApplicable) => "minus",
        None => "search",
    }
}

/// What was found of an item, in words.
pub fn found(checked: &Checked) -> Words {
    checked.last.as_ref().map_or(words::NOT_CHECKED, |last| words::finding(last.value.finding))
}

/// How many items are met.
pub fn met(language: Language, list: &Checklist) -> String {
    if list.is_begun() { words::met(language, list.met(), list.needed()) } else { words::NOTHING.get(language).to_owned() }
}

/// When it was looked at last, and what to do about it.
pub fn age(app: AppState, list: &Checklist) -> String {
    let language = app.language.get();
    let last = list.newest().map(|at| words::last(language, &day_age(app, at)));
    let again = Some(list.again()).filter(|&n| n > 0).map(|n| words::again(language, n));
    let unverified = Some(list.unverified()).filter(|&n| n > 0).map(|n| words::unverified(language, n));
    [last, again, unverified].into_iter().flatten().collect::<Vec<_>>().join(dot(language))
}

/// The items that are not met, by name; `None` where all are.
pub fn open(language: Language, list: &Checklist) -> Option<String> {
    let names: Vec<_> = list.unmet().map(|checked| words::item(checked.item).get(language)).collect();
    // Where all are, the figure says so.
    (!names.is_empty() && names.len() < Item::ALL.len()).then(|| words::open(language, &names.join(separator(language))))
}

/// What facts are joined by.
pub fn dot(language: Language) -> &'static str {
    if language == Language::Zh { "・" } else { " · " }
}

/// How old something is; kept up to date.
pub fn day_age(app: AppState, at: Millis) -> String {
    time::age(app.language.get(), at, app.now.get())
}

/// The day, and how long ago it was.
pub fn day(app: AppState, at: Millis) -> String {
    words::on(app.language.get(), &time::day(at), &day_age(app, at))
}
