//! Choosing by name where distances are measured from.

pub mod matching;

use crate::device::time;
use crate::locale::{domain, place as words};
use crate::part::here::{Locating, measure_from};
use crate::part::icon::Icon;
use crate::part::locate::{LocateButton, LocateOutcome};
use crate::state::origin::{How, Origin};
use crate::state::use_app;
use crate::words::{t, tt};
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::components::A;
use leptos_router::hooks::{use_location, use_navigate};
use matching::{Candidate, Matches, Named, matches};
use wasm_bindgen::JsCast;

/// How many names are listed.
const LISTED: usize = 30;

/// Choosing a place by name.
#[component]
pub fn ChoosePlace() -> impl IntoView {
    let app = use_app();
    let typed = RwSignal::new(String::new());
    let search = use_location().search;
    let list = move || {
        let search = search.get();
        if search.is_empty() { "/".to_owned() } else { format!("/?{}", search.trim_start_matches('?')) }
    };
    let leave = {
        let navigate = use_navigate();
        Callback::new(move |()| navigate(&list(), NavigateOptions::default()))
    };
    let choose = Callback::new(move |candidate: Candidate| {
        measure_from(app, Origin { place: candidate.place, how: How::Chosen { name: candidate.name }, at: time::now() });
        leave.run(());
    });
    let found = matches(app, typed, LISTED);
    // Whoever is quicker than the search gets the best once it is known.
    let awaits_best = RwSignal::new(false);
    Effect::new(move || {
        let best = found.with(|found| (found.typed == Some(typed.get_untracked())).then(|| found.best.first().cloned()));
        if let Some(best) = best.filter(|_| awaits_best.get()) {
            awaits_best.set(false);
            best.into_iter().for_each(|best| choose.run(best));
        }
    });
    // Found by the phone: back to the list, as after a choice.
    let locating = RwSignal::new(Locating::Idle);
    Effect::new(move || {
        if locating.get() == Locating::Found {
            leave.run(());
        }
    });
    let on_key = move |event: KeyboardEvent| match event.key().as_str() {
        "Enter" => {
            event.prevent_default();
            awaits_best.set(!typed.get_untracked().trim().is_empty());
        }
        "ArrowDown" => move_focus(&event, true),
        _ => {}
    };
    let count = move || {
        found.with(
            |Matches { best, more, .. }| {
                if *more { words::count_or_more(app.language.get(), LISTED) } else { words::count(app.language.get(), best.len()) }
            },
        )
    };
    let nothing = move || found.with(|found| found.typed.is_some() && found.best.is_empty());
    view! {
        <div class="page-head">
            <A href=list attr:class="back"><Icon name="back" />{t(words::BACK_TO_LIST)}</A>
            <h1>{t(words::TITLE)}</h1>
            <p class="note">{t(words::TITLE_NOTE)}</p>
        </div>
        <div class="place-search">
            <div class="field">
                <label for="place-name">{t(words::SEARCH)}</label>
                <p class="hint" id="place-hint">{t(words::HINT)}</p>
                <input
                    class="input"
                    id="place-name"
                    type="search"
                    autocomplete="off"
                    spellcheck="false"
                    enterkeyhint="go"
                    aria-describedby="place-hint"
                    on:input=move |event| typed.set(event_target_value(&event))
                    on:keydown=on_key
                />
            </div>
            <div class="buttons"><LocateButton locating /></div>
            <LocateOutcome locating />
            <p class="note" role="status">{count}</p>
            <ul class="rows" aria-label=t(words::RESULTS)>
                // Drawn anew each time: nothing tells two of one name at one place apart, and a list by keys then keeps the rows of others.
                {move || found.get().best.into_iter().map(|candidate| view! { <CandidateRow candidate choose /> }).collect_view()}
            </ul>
            {move || nothing().then(|| view! {
                <div class="empty">
                    <Icon name="search" />
                    <h2>{t(words::NOTHING)}</h2>
                    <p class="note">{t(words::NOTHING_NOTE)}</p>
                </div>
            })}
        </div>
    }
}

/// One name.
#[component]
fn CandidateRow(candidate: Candidate, choose: Callback<Candidate>) -> impl IntoView {
    let kind = match candidate.named {
        Named::Place(kind) => words::kind(kind),
        Named::Node(kind) => domain::node_kind(kind),
    };
    let name = candidate.name.clone();
    let on_key = |event: KeyboardEvent| match event.key().as_str() {
        "ArrowDown" => move_focus(&event, true),
        "ArrowUp" => move_focus(&event, false),
        _ => {}
    };
    view! {
        <li>
            <button class="row" type="button" on:click=move |_| choose.run(candidate.clone()) on:keydown=on_key>
                <Icon name="pin" />
                <span class="grow">
                    <strong class="name">{tt(name)}</strong>
                    <span class="note">{t(kind)}</span>
                </span>
                <Icon name="next" />
            </button>
        </li>
    }
}

/// Moves from the field into the list and along it, as arrow keys are expected to.
fn move_focus(event: &KeyboardEvent, down: bool) {
    event.prevent_default();
    let Ok(stops) = document().query_selector_all("#place-name, .place-search .rows button") else { return };
    let stops: Vec<web_sys::HtmlElement> = (0..stops.length()).filter_map(|at| stops.get(at)?.dyn_into().ok()).collect();
    let active = document().active_element();
    let Some(at) = stops.iter().position(|stop| active.as_ref().is_some_and(|active| stop.is_same_node(Some(active)))) else { return };
    let next = if down { at.checked_add(1) } else { at.checked_sub(1) };
    if let Some(stop) = next.and_then(|next| stops.get(next)) {
        // What is on the screen can be focused.
        let _focused = stop.focus();
    }
}
