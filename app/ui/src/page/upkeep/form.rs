//! The form of one item: what was found, a note, a photo, and the day if it was not today.

use super::say;
use crate::command::author::Beside;
use crate::command::check_place::check_place;
use crate::device::time;
use crate::locale::{common, upkeep as words};
use crate::part::correction::rows_of;
use crate::part::icon::Icon;
use crate::part::photo::PhotoField;
use crate::part::toast;
use crate::part::words_field::WordsField;
use crate::state::{AppState, use_app};
use crate::words::{Words, t};
use civmesh_domain::id::{EventId, NodeId};
use civmesh_domain::spatial::upkeep::{Finding, Item, PlaceChecked};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// What was entered. Cheap to copy.
#[derive(Clone, Copy)]
struct Entered {
    item: Item,
    finding: RwSignal<Option<Finding>>,
    day: RwSignal<String>,
    words: RwSignal<String>,
    photo: RwSignal<Option<Vec<u8>>>,
}

impl Entered {
    fn new(item: Item) -> Self {
        let (words, photo) = (RwSignal::new(String::new()), RwSignal::new(None));
        Self { item, finding: RwSignal::new(None), day: RwSignal::new(time::date(time::now())), words, photo }
    }

    /// What is said, or what is missing.
    fn finish(self) -> Result<PlaceChecked, Words> {
        let finding = self.finding.get_untracked().ok_or(words::CHOOSE)?;
        let days_ago = self.day.with_untracked(|day| time::days_before(day, time::now())).ok_or(words::BAD_DAY)?;
        Ok(PlaceChecked { item: self.item, finding, days_ago })
    }
}

/// The form. Afterwards it goes back to the list.
#[component]
pub fn CheckForm(node: NodeId, item: Item, corrects: Option<EventId>) -> impl IntoView {
    let app = use_app();
    let entered = Entered::new(item);
    let (missing, busy) = (RwSignal::new(None::<Words>), RwSignal::new(false));
    let done = {
        let (navigate, to) = (use_navigate(), format!("/upkeep?node={node}"));
        move || {
            navigate(&to, NavigateOptions { replace: true, ..Default::default() });
            // The row may have moved; it is there once the list is drawn.
            request_animation_frame(move || focus(item));
        }
    };
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        match entered.finish() {
            Err(what) => missing.set(Some(what)),
            Ok(_) if busy.get_untracked() => {}
            Ok(checked) => {
                missing.set(None);
                busy.set(true);
                let (node, done) = (node.clone(), done.clone());
                spawn_local(async move {
                    if save(app, node, checked, entered, corrects).await {
                        done();
                    }
                    // The page may be gone by now.
                    let _gone = busy.try_set(false);
                });
            }
        }
    };
    view! {
        <form class="narrow stack section" on:submit=submit novalidate>
            <h2>{t(words::ENTER)}</h2>
            <FindingField finding=entered.finding />
            <WordsField words=entered.words set=entered.words label=words::NOTE hint=words::NOTE_HINT />
            <PhotoField photo=entered.photo set=entered.photo />
            <DayField day=entered.day />
            <div role="alert">
                {move || missing.get().map(|what| view! { <p class="error"><Icon name="alert" />{t(what)}</p> })}
            </div>
            <div class="foot">
                <div class="buttons">
                    <button class="button primary lead" type="submit" aria-disabled=move || busy.get().to_string()>
                        <Icon name="check" />
                        {t(words::SUBMIT)}
                    </button>
                </div>
            </div>
        </form>
    }
}

#[component]
fn FindingField(finding: RwSignal<Option<Finding>>) -> impl IntoView {
    view! {
        <fieldset class="field">
            <legend class="label">{t(words::FINDING)}</legend>
            <div class="segments pairs">
                {Finding::ALL.map(|choice| view! {
                    <label>
                        <input type="radio" name="finding" prop:checked=move || finding.get() == Some(choice) on:change=move |_| finding.set(Some(choice)) />
                        <Icon name=say::sign(Some(choice)) />
                        {t(words::finding(choice))}
                    </label>
                })}
            </div>
        </fieldset>
    }
}

#[component]
fn DayField(day: RwSignal<String>) -> impl IntoView {
    view! {
        <div class="field">
            <label for="day">{t(words::DAY)}</label>
            <p class="hint" id="day-hint">{t(words::DAY_HINT)}</p>
            <input
                class="input"
                id="day"
                type="date"
                max=time::date(time::now())
                aria-describedby="day-hint"
                prop:value=move || day.get()
                on:input=move |event| day.set(event_target_value(&event))
            />
        </div>
    }
}

async fn save(app: AppState, node: NodeId, checked: PlaceChecked, entered: Entered, corrects: Option<EventId>) -> bool {
    let beside = Beside { words: entered.words.get_untracked(), photo: entered.photo.get_untracked() };
    let replaces = corrects.map(|id| rows_of(app, id)).unwrap_or_default();
    let done = check_place(app, node, checked, beside, replaces).await;
    toast::show(app, done.map_or_else(|failed| failed.words(), |_| common::SAVED_HERE));
    done.is_ok()
}

fn focus(item: Item) {
    let row = document().get_element_by_id(&format!("item-{}", item.name())).and_then(|row| row.dyn_into::<HtmlElement>().ok());
    let _focused = row.map(|row| row.focus());
}
