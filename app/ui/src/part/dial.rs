//! Which way and how far, in words and as an arrow.

use super::icon::Icon;
use crate::locale::{common, domain, find};
use crate::state::foot::Way;
use crate::state::use_app;
use crate::words::Words;
use civmesh_domain::text::Language;
use civmesh_domain::unit::Metres;
use leptos::prelude::*;

/// Beyond this many minutes on foot, minutes say nothing any more: the distance leads.
const LONGEST_WALK: u32 = 240;

/// An arrow that points to `bearing`, degrees clockwise from north.
#[component]
pub fn Dial(bearing: u16, #[prop(optional)] small: bool) -> impl IntoView {
    let app = use_app();
    view! {
        <span
            class=if small { "dial small" } else { "dial" }
            style:--turn=format!("{bearing}deg")
            role="img"
            aria-label=move || wind(bearing).get(app.language.get())
        >
            <Icon name="arrow" />
        </span>
    }
}

/// The wind that a bearing is nearest to.
pub fn wind(bearing: u16) -> Words {
    domain::WINDS[usize::from((bearing * 2 + 45) / 90 % 8)]
}

/// A distance as people say it.
pub fn distance(language: Language, metres: Metres) -> String {
    match metres.0 {
        0..1_000 => common::metres(language, metres.0),
        1_000..10_000 => common::kilometres(language, &format!("{:.1}", f64::from(metres.0) / 1000.0)),
        _ => common::kilometres(language, &(metres.0 / 1000).to_string()),
    }
}

/// Minutes on foot, where that still says something.
pub fn minutes(metres: Metres) -> Option<u32> {
    Some(metres.walking_minutes()).filter(|&minutes| minutes <= LONGEST_WALK)
}

/// Minutes to be told: by the ways where they are known, else straight.
pub fn minutes_by(way: Way, metres: Metres) -> Option<u32> {
    match way {
        Way::Takes(seconds) => Some(seconds.div_ceil(60).max(1)),
        Way::Unknown => minutes(metres),
        Way::Barred => None,
    }
}

/// The figure of an answer: minutes first, then metres and wind.
#[component]
pub fn HowFar(metres: Metres, bearing: u16, #[prop(default = Way::Unknown)] way: Way) -> impl IntoView {
    let app = use_app();
    let rest = move || {
        let language = app.language.get();
        let separator = if language == Language::Zh { "・" } else { " · " };
        let wind = wind(bearing).get(language);
        match minutes_by(way, metres) {
            Some(_) => format!("{}{separator}{wind}", distance(language, metres)),
            None => wind.to_owned(),
        }
    };
    let lead = move || match minutes_by(way, metres) {
        Some(minutes) => view! { {minutes}<small>{move || common::ON_FOOT.get(app.language.get())}</small> }.into_any(),
        None => distance(app.language.get(), metres).into_any(),
    };
    view! { <p class="figure">{lead}<small>{rest}</small></p> }
}

/// The measure at the end of a row.
#[component]
pub fn Measure(metres: Metres, #[prop(default = Way::Unknown)] way: Way) -> impl IntoView {
    let app = use_app();
    view! {
        {move || {
            let language = app.language.get();
            match minutes_by(way, metres) {
                Some(minutes) => view! {
                    <span class="measure">{common::minutes(language, minutes)}<small>{distance(language, metres)}</small></span>
                }.into_any(),
                None if way == Way::Barred => view! { <span class="measure"><small>{find::NO_WAY.get(language)}</small></span> }.into_any(),
                None => view! { <span class="measure">{distance(language, metres)}</span> }.into_any(),
            }
        }}
    }
}
