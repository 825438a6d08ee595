//! Taking records along in a file, and taking in those of others.

use crate::command::save_file::{NotLoaded, Saved, Taken, load, save_unsent};
use crate::device::file;
use crate::locale::records as words;
use crate::part::icon::Icon;
use crate::state::{AppState, use_app};
use crate::words::{Words, t};
use civmesh_domain::information::records_file::{Fault, NotRecords};
use civmesh_domain::text::Language;
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// What came of the last try.
#[derive(Clone, PartialEq)]
enum Outcome {
    Saved(Saved),
    Loaded(Taken),
    Failed(Words),
}

/// Both ways.
#[component]
pub fn Carry() -> impl IntoView {
    let app = use_app();
    let (busy, outcome) = (RwSignal::new(false), RwSignal::new(None::<Outcome>));
    let input = NodeRef::<html::Input>::new();
    let save = move |_| {
        busy.set(true);
        spawn_local(async move {
            let saved = save_unsent(app).await.map(Outcome::Saved);
            outcome.set(Some(saved.unwrap_or(Outcome::Failed(words::SAVE_FAILED))));
            busy.set(false);
        });
    };
    let read = move |event: leptos::ev::Event| {
        // The element that was used, not the reference to it: that one is set a moment after the element is there.
        let element: web_sys::HtmlInputElement = event_target(&event);
        let Some(chosen) = file::chosen(&element) else { return };
        busy.set(true);
        spawn_local(async move {
            let loaded = load(app, &chosen).await;
            outcome.set(Some(loaded.map_or_else(|not| Outcome::Failed(not_loaded(not)), Outcome::Loaded)));
            // So that the same file can be chosen again.
            element.set_value("");
            busy.set(false);
        });
    };
    let nothing = move || app.unsent() == 0;
    view! {
        <section class="section">
            <h2>{t(words::CARRY)}</h2>
            <p class="note">{t(words::CARRY_NOTE)}</p>
            <div class="buttons">
                <button class="button" disabled=move || busy.get() || nothing() on:click=save>
                    <Icon name="save" />{move || t(if nothing() { words::NOTHING_TO_SAVE } else { words::SAVE })()}
                </button>
                <button class="button" disabled=move || busy.get() on:click=move |_| if let Some(input) = input.get_untracked() { input.click() }>
                    <Icon name="load" />{t(words::LOAD)}
                </button>
            </div>
            <input class="visually-hidden" type="file" accept=".json,application/json" tabindex="-1" aria-hidden="true" node_ref=input on:change=read />
            <div role="status">{move || outcome.get().map(|outcome| view! { <Told app outcome /> })}</div>
        </section>
    }
}

fn not_loaded(not: NotLoaded) -> Words {
    match not {
        NotLoaded::File(NotRecords::TooLarge) => words::FILE_TOO_LARGE,
        NotLoaded::File(NotRecords::OtherFile) => words::FILE_OTHER,
        NotLoaded::File(NotRecords::OtherVersion(_)) => words::FILE_NEWER,
        NotLoaded::NotKept => words::FILE_NOT_KEPT,
    }
}

fn fault_words(fault: Fault) -> Words {
    match fault {
        Fault::Unreadable => words::FAULT_UNREADABLE,
        Fault::Broken => words::FAULT_BROKEN,
        Fault::OtherRegion => words::FAULT_REGION,
        Fault::Part => words::FAULT_PART,
    }
}

#[component]
fn Told(app: AppState, outcome: Outcome) -> impl IntoView {
    /// More lines than this help nobody.
    const LISTED: usize = 20;
    let (class, icon) = match &outcome {
        Outcome::Failed(_) => ("notice danger", "alert"),
        Outcome::Loaded(taken) if !taken.bad.is_empty() => ("notice caution", "alert"),
        _ => ("notice", "check"),
    };
    let bad = match &outcome {
        Outcome::Loaded(taken) => taken.bad.clone(),
        _ => Vec::new(),
    };
    let count = bad.len();
    let line = move |language: Language| match &outcome {
        Outcome::Failed(words) => words.get(language).to_owned(),
        Outcome::Loaded(taken) => words::loaded(language, taken.new, taken.known),
        Outcome::Saved(saved) => {
            let left_out = (saved.left_out > 0).then(|| words::left_out(language, saved.left_out));
            let keep = words::SAVE_KEEP.get(language).to_owned();
            [Some(words::saved(language, saved.records)), left_out, Some(keep)].into_iter().flatten().collect::<Vec<_>>().join(" ")
        }
    };
    view! {
        <div class=class>
            <Icon name=icon />
            <div class="grow">
                {move || line(app.language.get())}
                {(count > 0).then(|| view! {
                    <p>{move || words::bad(app.language.get(), count)}</p>
                    <ul>
                        {bad.into_iter().take(LISTED).map(|(at, fault)| view! {
                            <li>{move || words::bad_line(app.language.get(), at, fault_words(fault).get(app.language.get()))}</li>
                        }).collect_view()}
                    </ul>
                })}
            </div>
        </div>
    }
}
