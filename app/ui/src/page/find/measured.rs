//! The words that say from where everything is measured, and the ways to change it.

use super::ask::Ask;
use crate::device::time;
use crate::locale::find;
use crate::part::dial;
use crate::part::here::Locating;
use crate::part::icon::Icon;
use crate::part::locate::{LocateButton, LocateOutcome};
use crate::state::origin::How;
use crate::state::region::Region;
use crate::state::{AppState, use_app};
use crate::words::t;
use civmesh_domain::spatial::nearest::measure;
use civmesh_domain::text::Language;
use civmesh_domain::unit::{Metres, Place};
use leptos::prelude::*;
use leptos_router::components::A;

/// A named place this near stands for where somebody is.
const NEAR: Metres = Metres(700);
/// Whoever is this far from every node of a region is not in it.
const OUTSIDE: Metres = Metres(50_000);

/// From where it is measured.
#[component]
pub fn MeasuredFrom() -> impl IntoView {
    let app = use_app();
    view! { <p class="note" id="measured-from">{move || say(app)}</p> }
}

fn say(app: AppState) -> Option<String> {
    let language = app.language.get();
    let region = app.region.get()?;
    let Some(origin) = app.origin.get() else {
        return Some(find::from_centre(language, region.manifest.name.get(language)));
    };
    let near = || nearest_name(&region, origin.place, language);
    let age = || time::age(language, origin.at, app.now.get());
    Some(match &origin.how {
        How::Chosen { name } => find::from_chosen(language, name.get(language)),
        How::Position { accuracy } => {
            let accuracy = dial::distance(language, *accuracy);
            near().map_or_else(|| find::at_position(language, &accuracy), |name| find::near(language, &name, &accuracy))
        }
        How::LastKnown => near().map_or_else(|| find::from_last(language, &age()), |name| find::from_last_near(language, &name, &age())),
    })
}

fn nearest_name(region: &Region, from: Place, language: Language) -> Option<String> {
    let measured = region.places.iter().map(|named| (measure(from, named.place).0, named));
    let (metres, named) = measured.min_by_key(|(metres, _)| *metres)?;
    (metres <= NEAR).then(|| named.name.get(language).to_owned())
}

/// A word for whoever is nowhere near the region.
#[component]
pub fn FarAway() -> impl IntoView {
    let app = use_app();
    let words = move || {
        let (region, origin) = (app.region.get()?, app.origin.get()?);
        let nearest = region.directory.nearest(origin.place, |_| true).next()?.place;
        let (metres, _) = measure(origin.place, nearest);
        let language = app.language.get();
        let name = region.manifest.name.get(language).to_owned();
        (metres > OUTSIDE).then(|| find::far_away(language, &name, &dial::distance(language, metres)))
    };
    view! {
        {move || words().map(|words| view! {
            <div class="notice caution"><Icon name="info" /><div class="grow">{words}</div></div>
        })}
    }
}

/// The ways to change from where it is measured.
#[component]
pub fn FromButtons(ask: Memo<Ask>) -> impl IntoView {
    let locating = RwSignal::new(Locating::Idle);
    let place = move || ask.with(Ask::address).replacen('/', "/place", 1);
    view! {
        <div class="line from">
            <LocateButton locating quiet=true />
            <A href=place attr:class="button quiet">
                <Icon name="pin" />
                {t(find::CHOOSE_PLACE)}
            </A>
        </div>
        <LocateOutcome locating />
    }
}
