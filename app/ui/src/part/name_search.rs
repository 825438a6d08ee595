//! A place chosen by its name, in a form.

use crate::locale::{domain, place as words};
use crate::page::place::matching::{Candidate, Named, matches};
use crate::part::icon::Icon;
use crate::state::use_app;
use crate::words::{Words, t, tt};
use leptos::html::Input;
use leptos::prelude::*;

/// How many names are listed.
const LISTED: usize = 6;

/// Where a name is typed, and which fit.
#[component]
pub fn NameSearch(
    /// Of the input, which no other on the page has.
    id: &'static str,
    /// What is looked for.
    label: Words,
    /// What can be typed.
    #[prop(optional)]
    hint: Option<Words>,
    /// Hears what was chosen.
    choose: Callback<Candidate>,
    /// What is typed; emptied once something is chosen.
    #[prop(default = RwSignal::new(String::new()))]
    typed: RwSignal<String>,
    /// The input, for who wants to focus it.
    #[prop(default = NodeRef::new())]
    input: NodeRef<Input>,
    /// Shown before the names.
    #[prop(optional, into)]
    first: ViewFn,
) -> impl IntoView {
    let matches = matches(use_app(), typed, LISTED);
    let found = Memo::new(move |_| if typed.with(|typed| typed.trim().is_empty()) { Vec::new() } else { matches.get().best });
    let hint_id = format!("{id}-hint");
    let choose = Callback::new(move |candidate| {
        typed.set(String::new());
        choose.run(candidate);
    });
    view! {
        <label for=id>{t(label)}</label>
        {hint.map(|hint| view! { <p class="hint" id=hint_id.clone()>{t(hint)}</p> })}
        <input
            class="input"
            id=id
            node_ref=input
            type="search"
            autocomplete="off"
            spellcheck="false"
            aria-describedby=hint.map(|_| hint_id)
            prop:value=move || typed.get()
            on:input=move |event| typed.set(event_target_value(&event))
        />
        <ul class="rows" aria-label=t(words::RESULTS)>
            {move || first.run()}
            {move || found.get().into_iter().map(|candidate| view! { <Row candidate choose /> }).collect_view()}
        </ul>
    }
}

#[component]
fn Row(candidate: Candidate, choose: Callback<Candidate>) -> impl IntoView {
    let kind = match candidate.named {
        Named::Place(kind) => words::kind(kind),
        Named::Node(kind) => domain::node_kind(kind),
    };
    let name = candidate.name.clone();
    view! {
        <li>
            <button class="row" type="button" on:click=move |_| choose.run(candidate.clone())>
                <Icon name="pin" />
                <span class="grow"><strong class="name">{tt(name)}</strong><span class="note">{t(kind)}</span></span>
            </button>
        </li>
    }
}
