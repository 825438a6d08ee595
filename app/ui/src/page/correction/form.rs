//! The form: what is wrong, and what of it has to be known.

use super::new_place::{Chosen, NewPlace};
use super::twin::Twin;
use crate::command::correct_place::correct_place;
use crate::locale::{common, correction as words};
use crate::part::icon::Icon;
use crate::part::toast;
use crate::part::words_field::WordsField;
use crate::state::{AppState, use_app};
use crate::words::{Words, t};
use civmesh_domain::id::NodeId;
use civmesh_domain::spatial::node::Node;
use civmesh_domain::spatial::registry::Wrong;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// What can be chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Choice {
    Moved,
    Closed,
    Duplicate,
    NotStepFree,
    StepFree,
    Other,
}

const CHOICES: [(Choice, Words); 6] = [
    (Choice::Closed, words::CLOSED),
    (Choice::Moved, words::MOVED),
    (Choice::Duplicate, words::DUPLICATE),
    (Choice::NotStepFree, words::NOT_STEP_FREE),
    (Choice::StepFree, words::STEP_FREE),
    (Choice::Other, words::OTHER),
];

/// What was entered. Cheap to copy.
#[derive(Clone, Copy)]
struct Entered {
    choice: RwSignal<Option<Choice>>,
    place: RwSignal<Option<Chosen>>,
    twin: RwSignal<Option<NodeId>>,
    words: RwSignal<String>,
}

impl Entered {
    fn new() -> Self {
        let (choice, place) = (RwSignal::new(None), RwSignal::new(None));
        Self { choice, place, twin: RwSignal::new(None), words: RwSignal::new(String::new()) }
    }

    /// What is said, or what is missing.
    fn finish(self) -> Result<Wrong, Words> {
        match self.choice.get_untracked().ok_or(words::CHOOSE_WHAT)? {
            Choice::Moved => self.place.get_untracked().map(|chosen| Wrong::Moved(chosen.place)).ok_or(words::CHOOSE_PLACE),
            Choice::Closed => Ok(Wrong::Closed),
            Choice::Duplicate => self.twin.get_untracked().map(Wrong::DuplicateOf).ok_or(words::CHOOSE_NODE),
            Choice::NotStepFree => Ok(Wrong::NotStepFree),
            Choice::StepFree => Ok(Wrong::StepFree),
            Choice::Other if self.words.with_untracked(|words| words.trim().is_empty()) => Err(words::WRITE),
            Choice::Other => Ok(Wrong::Other),
        }
    }

    fn clear(self) {
        self.choice.set(None);
        self.place.set(None);
        self.twin.set(None);
        self.words.set(String::new());
    }
}

/// The form.
#[component]
pub fn CorrectionForm(node: Node) -> impl IntoView {
    let app = use_app();
    let entered = Entered::new();
    let (missing, busy) = (RwSignal::new(None::<Words>), RwSignal::new(false));
    let id = node.id.clone();
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        match entered.finish() {
            Err(what) => missing.set(Some(what)),
            Ok(_) if busy.get_untracked() => {}
            Ok(wrong) => {
                missing.set(None);
                busy.set(true);
                spawn_local(save(app, id.clone(), wrong, entered, busy));
            }
        }
    };
    let is = move |choice: Choice| entered.choice.get() == Some(choice);
    view! {
        <form class="narrow stack" on:submit=submit novalidate>
            <WhatField choice=entered.choice />
            {move || is(Choice::Moved).then(|| view! { <NewPlace chosen=entered.place legend=words::NEW_PLACE here=words::THERE_NOW search=words::SEARCH /> })}
            {move || is(Choice::Duplicate).then(|| view! { <Twin node=node.clone() chosen=entered.twin /> })}
            <WordsField
                words=entered.words
                set=entered.words
                label=words::WORDS
                hint=words::WORDS_HINT
                is_needed=Signal::derive(move || is(Choice::Other))
            />
            <div role="alert">
                {move || missing.get().map(|what| view! { <p class="error"><Icon name="alert" />{t(what)}</p> })}
            </div>
            <div class="foot">
                <div class="buttons">
                    <button class="button primary lead" type="submit" aria-disabled=move || busy.get().to_string()>
                        <Icon name="send" />
                        {t(words::SUBMIT)}
                    </button>
                </div>
            </div>
        </form>
    }
}

#[component]
fn WhatField(choice: RwSignal<Option<Choice>>) -> impl IntoView {
    view! {
        <fieldset class="field">
            <legend class="label">{t(words::WHAT)}</legend>
            {CHOICES.map(|(value, label)| view! {
                <label class="check">
                    <input type="radio" name="wrong" prop:checked=move || choice.get() == Some(value) on:change=move |_| choice.set(Some(value)) />
                    <span class="grow">
                        {t(label)}
                        {(value == Choice::Closed).then(|| view! { <span class="hint">{t(words::CLOSED_HINT)}</span> })}
                    </span>
                </label>
            })}
        </fieldset>
    }
}

async fn save(app: AppState, node: NodeId, wrong: Wrong, entered: Entered, busy: RwSignal<bool>) {
    let more = entered.words.get_untracked();
    match correct_place(app, node, wrong, &more).await {
        Ok(_) => {
            entered.clear();
            toast::show(app, common::SAVED_HERE);
        }
        Err(failed) => toast::show(app, failed.words()),
    }
    // The page may be gone by now.
    let _gone = busy.try_set(false);
}
