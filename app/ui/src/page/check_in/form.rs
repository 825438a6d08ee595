//! The form: who, as what, able to do what.

use crate::command::check_in::check_in;
use crate::locale::{check_in as words, common, domain};
use crate::part::correction::{Corrected, rows_of};
use crate::part::icon::Icon;
use crate::part::skills::SkillsField;
use crate::part::toast;
use crate::state::{AppState, use_app};
use crate::words::t;
use civmesh_domain::id::{EventId, NodeId};
use civmesh_domain::personnel::check_in::{CheckIn, Duty, Skill, Subject};
use enumset::EnumSet;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// A check-in that is being written.
#[derive(Clone, Copy)]
struct Draft {
    subject: RwSignal<Subject>,
    duty: RwSignal<Duty>,
    skills: RwSignal<EnumSet<Skill>>,
    name: RwSignal<String>,
    corrects: Option<EventId>,
}

impl Draft {
    fn new(corrected: Option<&Corrected<CheckIn>>) -> Self {
        let entry = corrected.map(|corrected| &corrected.entry);
        Self {
            subject: RwSignal::new(entry.map_or(Subject::Myself, |entry| entry.subject)),
            duty: RwSignal::new(entry.map_or(Duty::General, |entry| entry.duty)),
            skills: RwSignal::new(entry.map_or(EnumSet::empty(), |entry| entry.skills)),
            name: RwSignal::new(String::new()),
            corrects: corrected.map(|corrected| corrected.id),
        }
    }

    fn entry(self) -> CheckIn {
        CheckIn {
            subject: self.subject.get_untracked(),
            duty: self.duty.get_untracked(),
            skills: self.skills.get_untracked(),
            corrects: self.corrects,
        }
    }
}

/// The form.
#[component]
pub fn CheckInForm(node: NodeId, corrected: Option<Corrected<CheckIn>>) -> impl IntoView {
    let app = use_app();
    let draft = Draft::new(corrected.as_ref());
    let (busy, nameless) = (RwSignal::new(false), RwSignal::new(false));
    let needs_name = move || draft.subject.get() == Subject::WalkUp;
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        nameless.set(untrack(needs_name) && draft.name.with_untracked(|name| name.trim().is_empty()));
        if !nameless.get_untracked() && !busy.get_untracked() {
            busy.set(true);
            spawn_local(save(app, node.clone(), draft, busy));
        }
    };
    let label = move || match (draft.corrects, draft.subject.get()) {
        (Some(_), _) => words::SUBMIT_CORRECTION,
        (None, Subject::Myself) => words::SUBMIT,
        (None, Subject::WalkUp) => words::SUBMIT_WALK_UP,
    };
    view! {
        <form class="narrow stack" on:submit=submit novalidate>
            <SubjectField subject=draft.subject />
            <NameField draft nameless />
            <DutyField duty=draft.duty />
            <SkillsField skills=draft.skills />
            <div class="foot">
                <div class="buttons">
                    <button class="button primary lead" type="submit" aria-disabled=move || busy.get().to_string()>
                        <Icon name="enter" />
                        {move || label().get(app.language.get())}
                    </button>
                </div>
            </div>
        </form>
    }
}

#[component]
fn SubjectField(subject: RwSignal<Subject>) -> impl IntoView {
    let choices = [(Subject::Myself, words::MYSELF), (Subject::WalkUp, words::WALK_UP)];
    view! {
        <fieldset class="field">
            <legend class="label">{t(words::WHO)}</legend>
            <div class="segments">
                {choices.map(|(choice, label)| view! {
                    <label>
                        <input type="radio" name="subject" prop:checked=move || subject.get() == choice on:change=move |_| subject.set(choice) />
                        {t(label)}
                    </label>
                })}
            </div>
            {move || (subject.get() == Subject::WalkUp).then(|| view! { <p class="hint">{t(words::WALK_UP_HINT)}</p> })}
        </fieldset>
    }
}

#[component]
fn NameField(draft: Draft, nameless: RwSignal<bool>) -> impl IntoView {
    let app = use_app();
    let optional = move || {
        let optional = draft.subject.get() == Subject::Myself;
        optional.then(|| common::OPTIONAL.get(app.language.get()))
    };
    view! {
        <div class="field">
            <label for="name">{t(common::NAME)}{optional}</label>
            <p class="hint" id="name-hint">{t(words::NAME_HINT)}</p>
            <input
                class="input"
                id="name"
                autocomplete="off"
                maxlength="120"
                aria-describedby="name-hint name-error"
                aria-invalid=move || nameless.get().to_string()
                prop:value=move || draft.name.get()
                on:input=move |event| draft.name.set(event_target_value(&event))
            />
            <div id="name-error" role="alert">
                {move || nameless.get().then(|| view! { <p class="error"><Icon name="alert" />{t(words::NAME_NEEDED)}</p> })}
            </div>
        </div>
    }
}

#[component]
fn DutyField(duty: RwSignal<Duty>) -> impl IntoView {
    view! {
        <fieldset class="field">
            <legend class="label">{t(words::DUTY)}</legend>
            <div class="chips wrap">
                {Duty::ALL.map(|choice| view! {
                    <label class="chip">
                        <input type="radio" name="duty" prop:checked=move || duty.get() == choice on:change=move |_| duty.set(choice) />
                        {t(domain::duty(choice))}
                    </label>
                })}
            </div>
        </fieldset>
    }
}

async fn save(app: AppState, node: NodeId, draft: Draft, busy: RwSignal<bool>) {
    let replaces = draft.corrects.map(|id| rows_of(app, id)).unwrap_or_default();
    let name = draft.name.get_untracked();
    match check_in(app, node, draft.entry(), &name, replaces).await {
        Ok(_) => {
            toast::show(app, common::SAVED_HERE);
            // The next walk-up is somebody else.
            draft.name.set(String::new());
            draft.skills.set(EnumSet::empty());
        }
        Err(failed) => toast::show(app, failed.words()),
    }
    busy.set(false);
}
