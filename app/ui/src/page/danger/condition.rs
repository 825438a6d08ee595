//! What is asked of every declaration: how it is there, until when, and what people call it.

use crate::command::declare_area::Declaration;
use crate::locale::{common, danger as words, domain};
use crate::state::{AppState, use_app};
use crate::words::{Words, t};
use civmesh_domain::spatial::area::{Class, Depth, Threat};
use civmesh_domain::spatial::danger::{Condition, LONGEST_TITLE, is_title};
use civmesh_domain::spatial::hazard::Hazard;
use civmesh_domain::text::Language;
use civmesh_domain::unit::Millis;
use leptos::prelude::*;

/// Hazards that have an area.
const HAZARDS: [Hazard; 5] = [Hazard::Flood, Hazard::Landslide, Hazard::Tsunami, Hazard::Earthquake, Hazard::AirRaid];
const CLASSES: [(Class, Words); 3] = [(Class(1), words::MILD), (Class(2), words::SEVERE), (Class(3), words::WORST)];
/// For how many hours something can be declared.
const HOURS: [u64; 6] = [3, 6, 12, 24, 72, 168];
/// The deepest water that can be entered, in centimetres.
const DEEPEST: u32 = 2_000;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Choice {
    Closed,
    Present,
    Expected,
}

/// What was entered. Cheap to copy.
#[derive(Clone, Copy)]
pub struct Entered {
    choice: RwSignal<Option<Choice>>,
    hazard: RwSignal<Hazard>,
    class: RwSignal<Class>,
    depth: RwSignal<String>,
    hours: RwSignal<Option<u64>>,
    /// What people call it.
    pub title: RwSignal<String>,
}

impl Entered {
    /// Nothing yet.
    pub fn new() -> Self {
        Self {
            choice: RwSignal::new(None),
            hazard: RwSignal::new(Hazard::Flood),
            class: RwSignal::new(Class(2)),
            depth: RwSignal::new(String::new()),
            hours: RwSignal::new(None),
            title: RwSignal::new(String::new()),
        }
    }

    /// What is declared, or what is missing.
    pub fn finish(self, app: AppState) -> Result<Declaration, Words> {
        let condition = match self.choice.get_untracked().ok_or(words::CHOOSE_WHAT)? {
            Choice::Closed => Condition::Closed,
            Choice::Present => Condition::Present(self.threat()?),
            Choice::Expected => Condition::Expected(self.threat()?),
        };
        let title = self.title.with_untracked(|title| title.trim().to_owned());
        if !is_title(&title) {
            return Err(words::TITLE_LONG);
        }
        let until = self.hours.get_untracked().map(|hours| Millis(app.now.get_untracked().0 + hours * Millis::HOUR));
        Ok(Declaration { title, condition, until })
    }

    fn threat(self) -> Result<Threat, Words> {
        let (hazard, class) = (self.hazard.get_untracked(), self.class.get_untracked());
        let depth = self.depth.with_untracked(|depth| if is_water(hazard) { typed_depth(depth) } else { Ok(None) })?;
        Ok(Threat { hazard, class, depth })
    }
}

fn is_water(hazard: Hazard) -> bool {
    matches!(hazard, Hazard::Flood | Hazard::Tsunami)
}

/// A depth in whole centimetres; nothing typed is none.
fn typed_depth(typed: &str) -> Result<Option<Depth>, Words> {
    match typed.trim() {
        "" => Ok(None),
        typed => match typed.parse::<u32>() {
            Ok(cm @ 1..=DEEPEST) => Ok(Some(Depth { from_mm: cm * 10, to_mm: None })),
            _ => Err(words::DEPTH_WRONG),
        },
    }
}

/// The fields.
#[component]
pub fn ConditionFields(entered: Entered) -> impl IntoView {
    let choice = entered.choice;
    let kinds = [
        (Choice::Closed, words::CLOSED, None),
        (Choice::Present, words::PRESENT, Some(words::PRESENT_HINT)),
        (Choice::Expected, words::MAY_COME, Some(words::MAY_COME_HINT)),
    ];
    let has_hazard = move || matches!(choice.get(), Some(Choice::Present | Choice::Expected));
    view! {
        <fieldset class="field">
            <legend class="label">{t(words::WHAT)}</legend>
            {kinds.map(|(value, label, hint)| view! {
                <label class="check">
                    <input type="radio" name="condition" prop:checked=move || choice.get() == Some(value) on:change=move |_| choice.set(Some(value)) />
                    <span class="grow">{t(label)}{hint.map(|hint| view! { <span class="hint">{t(hint)}</span> })}</span>
                </label>
            })}
        </fieldset>
        <Show when=has_hazard><HazardFields entered /></Show>
        <UntilField hours=entered.hours />
        <TitleField title=entered.title />
    }
}

#[component]
fn HazardFields(entered: Entered) -> impl IntoView {
    let Entered { hazard, class, depth, .. } = entered;
    let choose = move |event: leptos::ev::Event| {
        let at: Option<usize> = event_target_value(&event).parse().ok();
        hazard.set(at.and_then(|at| HAZARDS.get(at)).copied().unwrap_or(hazard.get_untracked()));
    };
    view! {
        <div class="field">
            <label for="hazard">{t(words::HAZARD)}</label>
            <select class="input" id="hazard" on:change=choose>
                {HAZARDS.into_iter().enumerate().map(|(at, one)| view! {
                    <option value=at.to_string() selected=move || hazard.get() == one>{t(domain::hazard(one))}</option>
                }).collect_view()}
            </select>
        </div>
        <fieldset class="field">
            <legend class="label">{t(words::HEAVY)}</legend>
            {CLASSES.map(|(value, label)| view! {
                <label class="check">
                    <input type="radio" name="class" prop:checked=move || class.get() == value on:change=move |_| class.set(value) />
                    <span class="grow">{t(label)}</span>
                </label>
            })}
        </fieldset>
        <Show when=move || is_water(hazard.get())>
            <div class="field">
                <label for="depth">{t(words::DEPTH)}{t(common::OPTIONAL)}</label>
                <p class="hint" id="depth-hint">{t(words::DEPTH_HINT)}</p>
                <input
                    class="input"
                    id="depth"
                    inputmode="numeric"
                    autocomplete="off"
                    aria-describedby="depth-hint"
                    prop:value=move || depth.get()
                    on:input=move |event| depth.set(event_target_value(&event))
                />
            </div>
        </Show>
    }
}

fn hours_words(language: Language, hours: u64) -> String {
    if hours < 48 { words::hours(language, hours) } else { words::days(language, hours / 24) }
}

#[component]
fn UntilField(hours: RwSignal<Option<u64>>) -> impl IntoView {
    let app = use_app();
    let choose = move |event: leptos::ev::Event| hours.set(event_target_value(&event).parse().ok());
    view! {
        <div class="field">
            <label for="until">{t(words::UNTIL)}</label>
            <select class="input" id="until" on:change=choose>
                <option value="" selected=move || hours.get().is_none()>{t(words::UNTIL_WITHDRAWN)}</option>
                {HOURS.into_iter().map(|one| view! {
                    <option value=one.to_string() selected=move || hours.get() == Some(one)>{move || hours_words(app.language.get(), one)}</option>
                }).collect_view()}
            </select>
        </div>
    }
}

#[component]
fn TitleField(title: RwSignal<String>) -> impl IntoView {
    view! {
        <div class="field">
            <label for="danger-title">{t(words::LABEL)}{t(common::OPTIONAL)}</label>
            <p class="hint" id="danger-title-hint">{t(words::LABEL_HINT)}</p>
            <input
                class="input"
                id="danger-title"
                autocomplete="off"
                maxlength=LONGEST_TITLE.to_string()
                aria-describedby="danger-title-hint"
                prop:value=move || title.get()
                on:input=move |event| title.set(event_target_value(&event))
            />
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn a_depth_is_a_whole_number_of_centimetres_or_nothing() {
        let of = |from_mm| Ok(Some(Depth { from_mm, to_mm: None }));
        let rows = [("", Ok(None)), (" 45 ", of(450)), ("1", of(10)), ("2000", of(20_000))];
        for (typed, expected) in rows {
            assert_eq!(typed_depth(typed), expected, "{typed}");
        }
        for typed in ["0", "2001", "-3", "0.5", "deep"] {
            assert_eq!(typed_depth(typed), Err(words::DEPTH_WRONG), "{typed}");
        }
    }
}
