//! Declaring the outlines of a file: what it holds is said before anything is declared.

use super::condition::{ConditionFields, Entered};
use super::declare::{Foot, Sending};
use super::say;
use crate::device::file;
use crate::locale::danger as words;
use crate::part::icon::Icon;
use crate::state::{AppState, use_app};
use crate::words::t;
use civmesh_domain::spatial::danger::import::{Import, LARGEST_FILE, Unreadable, read};
use civmesh_domain::spatial::danger::title_of;
use civmesh_domain::unit::Place;
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// So many refusals are listed; the rest are counted.
const LISTED: usize = 12;
/// What lies so far around the region's nodes still belongs to it, in 1e-7 degrees: about eleven kilometres.
const AROUND: i32 = 1_000_000;

/// The form.
#[component]
pub fn FileForm() -> impl IntoView {
    let app = use_app();
    let (entered, sending) = (Entered::new(), Sending::new());
    let (found, busy) = (RwSignal::new(None::<Result<Import, Unreadable>>), RwSignal::new(false));
    let take = move |event: leptos::ev::Event| {
        let element: web_sys::HtmlInputElement = event_target(&event);
        let Some(chosen) = file::chosen(&element) else { return };
        busy.set(true);
        found.set(None);
        spawn_local(async move {
            let import = take(app, &chosen).await;
            if let Ok(import) = &import {
                let stem = chosen.name().rsplit_once('.').map_or_else(|| chosen.name(), |(stem, _)| stem.to_owned());
                let _gone = entered.title.try_set(import.name.clone().unwrap_or_else(|| title_of(&stem)));
            }
            // So that the same file can be chosen again; and the screen may be gone by now.
            element.set_value("");
            let _gone = (found.try_set(Some(import)), busy.try_set(false));
        });
    };
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        sending.send(app, || {
            let import = found.get_untracked().and_then(Result::ok).ok_or(words::NO_FILE_YET)?;
            if import.outlines.is_empty() || !import.fits() {
                return Err(words::NOTHING_IN_IT);
            }
            Ok((entered.finish(app)?, import.outlines))
        });
    };
    view! {
        <form class="narrow stack" on:submit=submit novalidate>
            <FileField busy take=Callback::new(take) />
            <div role="status">
                {move || found.get().map(|found| match found {
                    Ok(import) => view! { <Preview import /> }.into_any(),
                    Err(why) => view! { <p class="error"><Icon name="alert" />{t(say::unreadable(why))}</p> }.into_any(),
                })}
            </div>
            <ConditionFields entered />
            <Foot sending />
        </form>
    }
}

#[component]
fn FileField(busy: RwSignal<bool>, take: Callback<leptos::ev::Event>) -> impl IntoView {
    let input = NodeRef::<html::Input>::new();
    let press = move |_| {
        if let Some(input) = input.get_untracked() {
            input.click();
        }
    };
    view! {
        <div class="field">
            <p class="label" id="file-label">{t(words::FILE)}</p>
            <p class="hint" id="file-hint">{t(words::FILE_HINT)}</p>
            <div class="buttons">
                <button class="button" type="button" aria-describedby="file-label file-hint" disabled=move || busy.get() on:click=press>
                    <Icon name="load" />
                    {move || t(if busy.get() { words::READING } else { words::CHOOSE_FILE })()}
                </button>
            </div>
            <input class="visually-hidden" id="area-file" type="file" tabindex="-1" aria-hidden="true" node_ref=input on:change=move |event| take.run(event) />
        </div>
    }
}

/// What would be declared, and what was refused.
#[component]
fn Preview(import: Import) -> impl IntoView {
    let app = use_app();
    let (outlines, records, fits) = (import.outlines.len(), import.events(), import.fits());
    let (before, corners, room, tolerance) = (import.before, import.corners(), import.room(), import.tolerance);
    let more = import.refused.len().saturating_sub(LISTED);
    let refused: Vec<_> = import.refused.into_iter().take(LISTED).collect();
    let has_refused = !refused.is_empty();
    let rows = move || {
        let language = app.language.get();
        refused
            .iter()
            .map(|(number, why)| view! { <li>{words::feature(language, *number, &say::refused(language, *why))}</li> })
            .collect_view()
    };
    view! {
        <section class="section">
            <h2>{t(words::PREVIEW)}</h2>
            {match (outlines, fits) {
                (0, _) => view! { <p class="error"><Icon name="alert" />{t(words::NOTHING_IN_IT)}</p> }.into_any(),
                (_, false) => view! {
                    <p class="error"><Icon name="alert" />{move || words::does_not_fit(app.language.get(), corners, room)}</p>
                }.into_any(),
                (_, true) => view! {
                    <p><strong>{move || words::taken(app.language.get(), outlines, records)}</strong></p>
                    <p class="note">{move || words::corners(app.language.get(), before, corners, &tolerance.to_string())}</p>
                }.into_any(),
            }}
            {has_refused.then(|| view! {
                <h3 class="label">{t(words::REFUSED)}</h3>
                <ul>{rows}</ul>
                {(more > 0).then(|| view! { <p class="note">{move || words::listed(app.language.get(), more)}</p> })}
            })}
        </section>
    }
}

async fn take(app: AppState, chosen: &web_sys::File) -> Result<Import, Unreadable> {
    let bytes = file::read(chosen, LARGEST_FILE as f64).await.ok_or(Unreadable::TooLarge)?;
    read(&bytes, frame(app).ok_or(Unreadable::NotGeoJson)?)
}

/// The box of the region's nodes, and what lies around them.
fn frame(app: AppState) -> Option<(Place, Place)> {
    let region = app.region.get_untracked()?;
    let places = || region.nodes().iter().map(|node| node.place).chain([region.manifest.centre]);
    let (south, north) = (places().map(|place| place.lat_e7).min()?, places().map(|place| place.lat_e7).max()?);
    let (west, east) = (places().map(|place| place.lon_e7).min()?, places().map(|place| place.lon_e7).max()?);
    let place = |lat_e7: i32, lon_e7: i32| Place { lat_e7, lon_e7 };
    Some((place(south - AROUND, west - AROUND), place(north + AROUND, east + AROUND)))
}
