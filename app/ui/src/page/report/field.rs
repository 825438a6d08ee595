//! The fields of the form, one component each.

use super::draft::ReportDraft;
use crate::locale::{domain, report as words};
use crate::state::use_app;
use crate::words::{Words, t};
use civmesh_domain::information::report::{Danger, Grade, NeedItem, Situation, Urgency};
use enumset::EnumSet;
use leptos::prelude::*;

/// How urgent it is.
#[component]
pub fn UrgencyField(draft: RwSignal<ReportDraft>) -> impl IntoView {
    let choices = [Urgency::Routine, Urgency::Soon, Urgency::Immediate];
    view! {
        <fieldset class="field">
            <legend class="label">{t(words::URGENCY)}</legend>
            <div class="segments">
                {choices.map(|choice| view! {
                    <label>
                        <input
                            type="radio"
                            name="urgency"
                            prop:checked=move || draft.with(|draft| draft.urgency == choice)
                            on:change=move |_| draft.update(|draft| draft.urgency = choice)
                        />
                        {t(domain::urgency(choice))}
                    </label>
                })}
            </div>
            <div role="status">
                {move || draft.with(|draft| draft.urgency == Urgency::Immediate).then(|| view! {
                    <div class="notice danger"><div class="grow">{t(words::URGENT_NOTE)}</div></div>
                })}
            </div>
        </fieldset>
    }
}

/// Dangers seen.
#[component]
pub fn DangersField(draft: RwSignal<ReportDraft>) -> impl IntoView {
    let toggle = move |danger: Danger| {
        draft.update(|draft| {
            if !draft.dangers.insert(danger) {
                draft.dangers.remove(danger);
            }
        })
    };
    view! {
        <fieldset class="field">
            <legend class="label">{t(words::DANGERS)}</legend>
            <div class="chips wrap">
                {EnumSet::<Danger>::all().iter().map(|danger| view! {
                    <label class="chip">
                        <input type="checkbox" prop:checked=move || draft.with(|draft| draft.dangers.contains(danger)) on:change=move |_| toggle(danger) />
                        {t(domain::danger(danger))}
                    </label>
                }).collect_view()}
            </div>
        </fieldset>
    }
}

const COUNTED: [Words; 5] = [words::PRESENT, words::INJURED, words::MISSING, words::VULNERABLE, words::CHILDREN];

/// People by number.
#[component]
pub fn PeopleField(draft: RwSignal<ReportDraft>) -> impl IntoView {
    let counts = COUNTED.into_iter().enumerate().map(|(at, label)| {
        let id = format!("people-{at}");
        view! {
            <div class="field">
                <label for=id.clone()>{t(label)}</label>
                <input
                    class="input"
                    id=id
                    inputmode="numeric"
                    autocomplete="off"
                    maxlength="9"
                    prop:value=move || draft.with(|draft| draft.people[at].clone())
                    on:input=move |event| draft.update(|draft| draft.people[at] = event_target_value(&event))
                />
            </div>
        }
    });
    view! {
        <fieldset class="field">
            <legend class="label">{t(words::PEOPLE)}</legend>
            <p class="hint">{t(words::PEOPLE_HINT)}</p>
            <div class="counts">{counts.collect_view()}</div>
        </fieldset>
    }
}

/// What is needed, and how much of it.
#[component]
pub fn NeedsField(draft: RwSignal<ReportDraft>) -> impl IntoView {
    let chosen = move |item: NeedItem| draft.with(|draft| draft.needs.iter().any(|(other, _)| *other == item));
    let toggle = move |item: NeedItem| {
        draft.update(|draft| match draft.needs.iter().position(|(other, _)| *other == item) {
            Some(at) => drop(draft.needs.remove(at)),
            None => draft.needs.push((item, String::new())),
        })
    };
    view! {
        <fieldset class="field">
            <legend class="label">{t(words::NEEDS)}</legend>
            <p class="hint">{t(words::NEEDS_HINT)}</p>
            <div class="chips wrap">
                {NeedItem::ALL.map(|item| view! {
                    <label class="chip">
                        <input type="checkbox" prop:checked=move || chosen(item) on:change=move |_| toggle(item) />
                        {t(domain::need(item).0)}
                    </label>
                })}
            </div>
            {NeedItem::ALL.map(|item| move || chosen(item).then(|| view! { <AmountField draft item /> }))}
        </fieldset>
    }
}

#[component]
fn AmountField(draft: RwSignal<ReportDraft>, item: NeedItem) -> impl IntoView {
    let app = use_app();
    let (name, unit) = domain::need(item);
    let id = format!("need-{item:?}");
    let typed = move || {
        draft.with(|draft| draft.needs.iter().find(|(other, _)| *other == item).map(|(_, typed)| typed.clone()).unwrap_or_default())
    };
    let type_in = move |text: String| {
        draft.update(|draft| {
            if let Some((_, typed)) = draft.needs.iter_mut().find(|(other, _)| *other == item) {
                *typed = text;
            }
        })
    };
    view! {
        <div class="field">
            <label for=id.clone()>{t(name)}" "{move || words::amount(app.language.get(), unit.get(app.language.get()))}</label>
            <input
                class="input"
                id=id
                inputmode="numeric"
                autocomplete="off"
                maxlength="9"
                prop:value=typed
                on:input=move |event| type_in(event_target_value(&event))
            />
        </div>
    }
}

type Pick = fn(&mut Situation) -> &mut Grade;

const SERVICES: [(Words, Pick); 7] = [
    (words::OVERALL, |situation| &mut situation.overall),
    (words::POWER, |situation| &mut situation.power),
    (words::WATER, |situation| &mut situation.water),
    (words::SANITATION, |situation| &mut situation.sanitation),
    (words::MEDICAL, |situation| &mut situation.medical),
    (words::COMMUNICATIONS, |situation| &mut situation.communications),
    (words::TRANSPORT, |situation| &mut situation.transport),
];

/// The situation by service.
#[component]
pub fn SituationField(draft: RwSignal<ReportDraft>) -> impl IntoView {
    view! {
        <section class="section">
            <h2>{t(words::SITUATION)}</h2>
            {SERVICES.map(|(label, pick)| view! { <GradeField draft label pick /> })}
        </section>
    }
}

#[component]
fn GradeField(draft: RwSignal<ReportDraft>, label: Words, pick: Pick) -> impl IntoView {
    let grades = [Grade::Good, Grade::Partial, Grade::Failed, Grade::Unknown];
    let now = move || draft.with(|draft| *pick(&mut draft.situation.clone()));
    view! {
        <fieldset class="field">
            <legend class="label">{t(label)}</legend>
            <div class="segments">
                {grades.map(|grade| view! {
                    <label>
                        <input
                            type="radio"
                            name=label.en
                            prop:checked=move || now() == grade
                            on:change=move |_| draft.update(|draft| *pick(&mut draft.situation) = grade)
                        />
                        {t(domain::grade(grade))}
                    </label>
                })}
            </div>
        </fieldset>
    }
}
