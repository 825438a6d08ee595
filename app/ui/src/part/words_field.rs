//! A field for free words that stand beside a record.

use crate::locale::common;
use crate::words::{Words, t};
use leptos::prelude::*;

/// Free words.
#[component]
pub fn WordsField(
    /// What stands in it.
    #[prop(into)]
    words: Signal<String>,
    /// Called with what is typed.
    #[prop(into)]
    set: SignalSetter<String>,
    /// What it is called.
    label: Words,
    /// Who can read it.
    hint: Words,
    /// Whether it has to be filled in.
    #[prop(into, default = Signal::stored(false))]
    is_needed: Signal<bool>,
    /// How many lines it shows.
    #[prop(default = "3")]
    rows: &'static str,
    /// How many characters it takes.
    #[prop(default = "2000")]
    longest: &'static str,
) -> impl IntoView {
    view! {
        <div class="field">
            <label for="words">{t(label)}{move || (!is_needed.get()).then(|| t(common::OPTIONAL))}</label>
            <p class="hint" id="words-hint">{t(hint)}</p>
            <textarea
                class="input"
                id="words"
                // Nor does the browser keep it with its session.
                autocomplete="off"
                rows=rows
                maxlength=longest
                aria-describedby="words-hint"
                prop:value=move || words.get()
                on:input=move |event| set.set(event_target_value(&event))
            ></textarea>
        </div>
    }
}
