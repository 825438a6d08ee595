//! Declaring: a circle around a spot, or the outlines of a file.

use super::condition::{ConditionFields, Entered};
use super::file::FileForm;
use crate::command::declare_area::{Declaration, declare_area};
use crate::locale::danger as words;
use crate::page::correction::new_place::{Chosen, NewPlace};
use crate::page::people::is_coordinator;
use crate::part::icon::Icon;
use crate::part::toast;
use crate::state::{AppState, use_app};
use crate::words::{Words, t};
use civmesh_domain::spatial::danger::outline::Outline;
use civmesh_domain::unit::{Metres, Place};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::NavigateOptions;
use leptos_router::components::A;
use leptos_router::hooks::{use_navigate, use_query_map};

/// How far a circle can reach.
const WIDTHS: [Metres; 5] = [Metres(10), Metres(25), Metres(50), Metres(100), Metres(250)];

/// The screen.
#[component]
pub fn DeclarePage() -> impl IntoView {
    let app = use_app();
    let query = use_query_map();
    // A form that is open stays when entries of the region change.
    let may_declare = Memo::new(move |_| is_coordinator(app));
    let is_file = Memo::new(move |_| query.with(|query| query.get("from").as_deref() == Some("file")));
    view! {
        <A href="/danger" attr:class="back"><Icon name="back" />{t(words::BACK)}</A>
        <div class="page-head">
            <h1>{move || t(if is_file.get() { words::IMPORT } else { words::DECLARE })()}</h1>
        </div>
        {move || match (may_declare.get(), is_file.get()) {
            (false, _) => view! { <div class="notice"><Icon name="key" /><div class="grow">{t(words::ONLY_COORDINATORS)}</div></div> }.into_any(),
            (true, true) => view! { <FileForm /> }.into_any(),
            (true, false) => view! { <SpotForm at=query.with_untracked(|query| at_of(query.get("at").as_deref())) /> }.into_any(),
        }}
    }
}

/// A spot in an address: latitude and longitude.
pub fn at_of(text: Option<&str>) -> Option<Place> {
    let (lat, lon) = text?.split_once(',')?;
    Place::from_degrees(lat.parse().ok()?, lon.parse().ok()?)
}

#[component]
fn SpotForm(at: Option<Place>) -> impl IntoView {
    let app = use_app();
    let (entered, place, width) = (Entered::new(), RwSignal::new(at.map(Chosen::at)), RwSignal::new(WIDTHS[1]));
    let sending = Sending::new();
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        sending.send(app, || {
            let chosen = place.get_untracked().ok_or(words::CHOOSE_PLACE)?;
            let declaration = entered.finish(app)?;
            let outline = Outline::circle(chosen.place, width.get_untracked()).ok_or(words::AT_POLE)?;
            Ok((declaration, vec![outline]))
        });
    };
    view! {
        <form class="narrow stack" on:submit=submit novalidate>
            <NewPlace chosen=place legend=words::WHERE here=words::HERE_NOW search=words::SEARCH />
            <fieldset class="field">
                <legend class="label">{t(words::WIDTH)}</legend>
                <p class="hint">{t(words::WIDTH_HINT)}</p>
                {WIDTHS.map(|value| view! {
                    <label class="check">
                        <input type="radio" name="width" prop:checked=move || width.get() == value on:change=move |_| width.set(value) />
                        <span class="grow">{move || words::metres(app.language.get(), value.0)}</span>
                    </label>
                })}
            </fieldset>
            <ConditionFields entered />
            <Foot sending />
        </form>
    }
}

/// Declaring what was entered. Cheap to copy.
#[derive(Clone, Copy)]
pub struct Sending {
    missing: RwSignal<Option<Words>>,
    busy: RwSignal<bool>,
    done: RwSignal<bool>,
}

impl Sending {
    /// Nothing was sent yet.
    pub fn new() -> Self {
        Self { missing: RwSignal::new(None), busy: RwSignal::new(false), done: RwSignal::new(false) }
    }

    /// Declares what is there, or says what is missing.
    pub fn send(self, app: AppState, finish: impl FnOnce() -> Result<(Declaration, Vec<Outline>), Words>) {
        if self.busy.get_untracked() {
            return;
        }
        let (declaration, outlines) = match finish() {
            Ok(finished) => finished,
            Err(what) => return self.missing.set(Some(what)),
        };
        self.missing.set(None);
        self.busy.set(true);
        spawn_local(async move {
            let outcome = declare_area(app, declaration, outlines).await;
            toast::show(app, outcome.map_or_else(|failed| failed.words(), |_| words::DECLARED));
            // The page may be gone by now.
            let _gone = (self.busy.try_set(false), outcome.is_ok().then(|| self.done.try_set(true)));
        });
    }
}

/// What is missing, and the button. Once it is declared, the list is shown.
#[component]
pub fn Foot(sending: Sending) -> impl IntoView {
    let Sending { missing, busy, done } = sending;
    let navigate = use_navigate();
    Effect::new(move || {
        if done.get() {
            navigate("/danger", NavigateOptions { replace: true, ..NavigateOptions::default() });
        }
    });
    view! {
        <div role="alert">{move || missing.get().map(|what| view! { <p class="error"><Icon name="alert" />{t(what)}</p> })}</div>
        <div class="foot">
            <div class="buttons">
                <button class="button primary lead" type="submit" aria-disabled=move || busy.get().to_string()>
                    <Icon name="send" />
                    {t(words::SUBMIT)}
                </button>
            </div>
        </div>
    }
}
