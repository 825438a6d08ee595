//! Where something is: where the phone is now, close to something with a name, or at coordinates.

use crate::device::position::{self, NoPosition};
use crate::locale::{correction as words, find};
use crate::page::node::coordinates;
use crate::page::place::matching::Candidate;
use crate::part::icon::Icon;
use crate::part::name_search::NameSearch;
use crate::state::use_app;
use crate::words::{Words, t};
use civmesh_domain::text::{Language, Text};
use civmesh_domain::unit::{Metres, Place};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// A place that was chosen, and how it is known.
#[derive(Clone, Debug, PartialEq)]
pub struct Chosen {
    /// The place.
    pub place: Place,
    how: How,
}

#[derive(Clone, Debug, PartialEq)]
enum How {
    Here(Metres),
    Named(Text),
    At,
}

impl Chosen {
    /// A spot without a name.
    pub fn at(place: Place) -> Self {
        Self { place, how: How::At }
    }

    fn say(&self, language: Language) -> String {
        match &self.how {
            How::Here(accuracy) => words::chosen(language, &words::position(language, accuracy.0)),
            How::Named(name) => words::chosen(language, name.get(language)),
            How::At => words::chosen(language, &coordinates(self.place)),
        }
    }
}

/// Latitude and longitude in degrees, as people copy them from a map; `None` where the text is no such thing.
fn typed_coordinates(typed: &str) -> Option<Place> {
    let (lat, lon) = typed.split_once([',', '，'])?;
    Place::from_degrees(lat.trim().parse().ok()?, lon.trim().parse().ok()?)
}

/// Chooses it.
#[component]
pub fn NewPlace(
    /// What was chosen.
    chosen: RwSignal<Option<Chosen>>,
    /// What it is that is chosen.
    legend: Words,
    /// The button that takes the phone's position.
    here: Words,
    /// The label of the search.
    search: Words,
) -> impl IntoView {
    let app = use_app();
    let typed = RwSignal::new(String::new());
    let (looking, failed) = (RwSignal::new(false), RwSignal::new(None::<Words>));
    let at = Memo::new(move |_| typed.with(|typed| typed_coordinates(typed)));
    let choose_at = move |place: Place| {
        chosen.set(Some(Chosen::at(place)));
        typed.set(String::new());
    };
    let choose = Callback::new(move |Candidate { name, place, .. }| chosen.set(Some(Chosen { place, how: How::Named(name) })));
    let first = move || {
        at.get().map(|place| {
            view! {
                <li>
                    <button class="row" type="button" on:click=move |_| choose_at(place)>
                        <Icon name="pin" />
                        <span class="grow"><strong class="name">{coordinates(place)}</strong></span>
                    </button>
                </li>
            }
        })
    };
    view! {
        <fieldset class="field">
            <legend class="label">{t(legend)}</legend>
            <div class="buttons">
                <button class="button" type="button" aria-disabled=move || looking.get().to_string() on:click=move |_| locate(chosen, looking, failed)>
                    <Icon name="locate" />
                    {t(here)}
                </button>
            </div>
            <p role="status">
                {move || match (looking.get(), failed.get()) {
                    (true, _) => Some(find::LOCATING.get(app.language.get()).to_owned()),
                    (false, Some(failed)) => Some(failed.get(app.language.get()).to_owned()),
                    (false, None) => chosen.get().map(|chosen| chosen.say(app.language.get())),
                }}
            </p>
            <NameSearch id="new-place" label=search choose typed first />
        </fieldset>
    }
}

/// Asks the phone where it is. What distances are measured from stays as it was.
fn locate(chosen: RwSignal<Option<Chosen>>, looking: RwSignal<bool>, failed: RwSignal<Option<Words>>) {
    if looking.get_untracked() {
        return;
    }
    looking.set(true);
    failed.set(None);
    spawn_local(async move {
        let outcome = position::locate().await;
        // The form may be gone by now.
        let _gone = match outcome {
            Ok((place, accuracy)) => chosen.try_set(Some(Chosen { place, how: How::Here(accuracy) })).map(drop),
            Err(NoPosition::Denied) => failed.try_set(Some(find::DENIED)).map(drop),
            Err(NoPosition::Unavailable) => failed.try_set(Some(find::UNAVAILABLE)).map(drop),
        };
        let _gone = looking.try_set(false);
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn coordinates_are_read_as_they_are_copied_and_nothing_else_is() {
        let there = Place::from_degrees(22.99736, 124.47945);
        for typed in ["22.99736, 124.47945", " 22.99736,124.47945 ", "22.99736，124.47945"] {
            assert_eq!(typed_coordinates(typed), there, "{typed}");
        }
        for typed in ["22.99736", "124.47945, 22.99736", "Harbour, Street", "1,2,3", ""] {
            assert_eq!(typed_coordinates(typed), None, "{typed}");
        }
    }
}
