//! What somebody can do, to be ticked.

use crate::locale::{check_in as words, domain};
use crate::words::t;
use civmesh_domain::personnel::check_in::Skill;
use enumset::EnumSet;
use leptos::prelude::*;

/// All skills, as chips.
#[component]
pub fn SkillsField(skills: RwSignal<EnumSet<Skill>>) -> impl IntoView {
    let toggle = move |skill: Skill| {
        skills.update(|skills| {
            if !skills.insert(skill) {
                skills.remove(skill);
            }
        })
    };
    view! {
        <fieldset class="field">
            <legend class="label">{t(words::SKILLS)}</legend>
            <div class="chips wrap">
                {EnumSet::<Skill>::all().iter().map(|skill| view! {
                    <label class="chip">
                        <input type="checkbox" prop:checked=move || skills.get().contains(skill) on:change=move |_| toggle(skill) />
                        {t(domain::skill(skill))}
                    </label>
                }).collect_view()}
            </div>
        </fieldset>
    }
}
