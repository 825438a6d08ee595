//! The form: what is wrong, and what of it has to be known. Staff save it; whoever has no seat here gets a code to show to them.

use super::claim::{self, Shown};
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
use civmesh_domain::spatial::registry::claim::Claim;
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

/// The most characters of words of staff, and of somebody who has only a code to put them in.
const LONGEST: &str = "2000";
const LONGEST_CLAIM: &str = "200";

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

    /// As somebody without a seat said it.
    fn fill(self, claim: Claim) {
        self.clear();
        self.choice.set(Some(match claim.wrong {
            Wrong::Moved(place) => {
                self.place.set(Some(Chosen::at(place)));
                Choice::Moved
            }
            Wrong::DuplicateOf(twin) => {
                self.twin.set(Some(twin));
                Choice::Duplicate
            }
            Wrong::Closed => Choice::Closed,
            Wrong::NotStepFree => Choice::NotStepFree,
            Wrong::StepFree => Choice::StepFree,
            Wrong::Other => Choice::Other,
        }));
        self.words.set(claim.words);
    }

    fn clear(self) {
        self.choice.set(None);
        self.place.set(None);
        self.twin.set(None);
        self.words.set(String::new());
    }
}

/// The form, filled in where the address carries what somebody says.
#[component]
pub fn CorrectionForm(node: Node, is_staff: Memo<bool>) -> impl IntoView {
    let app = use_app();
    let entered = Entered::new();
    let (carried, shown) = (claim::in_address(app, node.id.clone()), RwSignal::new(None::<Claim>));
    Effect::new(move || {
        if let Some(claim) = carried.get() {
            entered.fill(claim);
        }
    });
    let (missing, busy) = (RwSignal::new(None::<Words>), RwSignal::new(false));
    let id = node.id.clone();
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        match entered.finish() {
            Err(what) => missing.set(Some(what)),
            Ok(_) if busy.get_untracked() => {}
            Ok(wrong) if !is_staff.get_untracked() => {
                missing.set(None);
                shown.set(claim::of(app, id.clone(), wrong, entered.words.get_untracked()));
            }
            Ok(wrong) => {
                missing.set(None);
                busy.set(true);
                spawn_local(save(app, id.clone(), wrong, entered, busy));
            }
        }
    };
    let is = move |choice: Choice| entered.choice.get() == Some(choice);
    // What was changed since is not what the code says.
    Effect::new(move || {
        entered.choice.track();
        entered.place.track();
        entered.twin.track();
        entered.words.track();
        shown.set(None);
    });
    view! {
        <div>
            <form class="narrow stack" on:submit=submit novalidate>
                // Once it is sent the form is empty again.
                {move || (carried.with(Option::is_some) && entered.choice.with(Option::is_some) && is_staff.get()).then(|| view! {
                    <div class="notice"><Icon name="info" /><div class="grow">{t(words::CARRIED)}</div></div>
                })}
                <WhatField choice=entered.choice is_staff />
                {move || is(Choice::Moved).then(|| view! { <NewPlace chosen=entered.place legend=words::NEW_PLACE here=words::THERE_NOW search=words::SEARCH /> })}
                {move || is(Choice::Duplicate).then(|| view! { <Twin node=node.clone() chosen=entered.twin /> })}
                {move || {
                    let (hint, longest) = if is_staff.get() { (words::WORDS_HINT, LONGEST) } else { (words::CLAIM_WORDS_HINT, LONGEST_CLAIM) };
                    let is_needed = Signal::derive(move || is(Choice::Other));
                    view! { <WordsField words=entered.words set=entered.words label=words::WORDS hint longest is_needed /> }
                }}
                <div role="alert">
                    {move || missing.get().map(|what| view! { <p class="error"><Icon name="alert" />{t(what)}</p> })}
                </div>
                <div class="foot">
                    <div class="buttons">
                        <button class="button primary lead" type="submit" aria-disabled=move || busy.get().to_string()>
                            {move || if is_staff.get() {
                                view! { <Icon name="send" />{t(words::SUBMIT)} }.into_any()
                            } else {
                                view! { <Icon name="qr" />{t(words::MAKE_CLAIM)} }.into_any()
                            }}
                        </button>
                    </div>
                </div>
            </form>
            {move || shown.get().map(|claim| view! { <Shown claim /> })}
        </div>
    }
}

#[component]
fn WhatField(choice: RwSignal<Option<Choice>>, is_staff: Memo<bool>) -> impl IntoView {
    let app = use_app();
    let closed_hint = move || if is_staff.get() { words::CLOSED_HINT } else { words::CLAIM_CLOSED_HINT }.get(app.language.get());
    view! {
        <fieldset class="field">
            <legend class="label">{t(words::WHAT)}</legend>
            {CHOICES.map(|(value, label)| view! {
                <label class="check">
                    <input type="radio" name="wrong" prop:checked=move || choice.get() == Some(value) on:change=move |_| choice.set(Some(value)) />
                    <span class="grow">
                        {t(label)}
                        {(value == Choice::Closed).then(|| view! { <span class="hint">{closed_hint}</span> })}
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
