//! One record: all that it says, who says so, where it stands, and what can be done about a refusal.

mod accept;
mod delivery;
mod refusal;

use crate::device::time;
use crate::locale::{common, records as words};
use crate::part::badge::Vouched;
use crate::part::beside::{Beside, kind_words};
use crate::part::fate::use_fates;
use crate::part::icon::Icon;
use crate::part::record::{contents, title};
use crate::state::{AppState, use_app};
use crate::words::{Words, t};
use accept::Accept;
use civmesh_domain::event::{Event, Mode};
use civmesh_domain::id::EventId;
use civmesh_domain::personnel::trust::{Doubt, Verdict};
use civmesh_store::Store;
use civmesh_store::record::{EventRow, Source};
use delivery::Delivery;
use leptos::prelude::*;
use leptos_router::components::A;
use leptos_router::hooks::use_params_map;
use refusal::Refusals;
use std::sync::Arc;

/// The screen.
#[component]
pub fn RecordPage() -> impl IntoView {
    let app = use_app();
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get("id")).and_then(|id| id.parse::<EventId>().ok()));
    let row = LocalResource::new(move || {
        app.judged.track();
        app.region.track();
        let id = id.get();
        async move { read(app, id?).await }
    });
    // Kept while it is read anew, so that nothing jumps.
    let shown = Memo::new(move |before: Option<&Option<Option<Shown>>>| row.get().or_else(|| before.cloned().flatten()));
    move || match shown.get() {
        None => view! { <h1>{t(common::LOADING)}</h1> }.into_any(),
        Some(None) => view! { <NotFound /> }.into_any(),
        Some(Some(shown)) => view! { <Whole shown /> }.into_any(),
    }
}

/// A record, and how it came.
#[derive(Clone, PartialEq)]
struct Shown {
    event: Arc<Event>,
    intact: bool,
    source: Source,
}

async fn read(app: AppState, id: EventId) -> Option<Shown> {
    let EventRow { event, intact, source, .. } = app.store()?.event(id).await.ok()??;
    Some(Shown { event: Arc::new(event), intact, source })
}

#[component]
fn NotFound() -> impl IntoView {
    view! {
        <div class="page-head">
            <A href="/records" attr:class="back"><Icon name="back" />{t(words::TITLE)}</A>
            <h1>{t(words::NOT_FOUND)}</h1>
            <p class="note">{t(words::NOT_FOUND_NOTE)}</p>
        </div>
    }
}

/// What is thought of it, by what the screens show.
fn verdict(app: AppState, shown: &Shown) -> Verdict {
    if !shown.intact {
        return Verdict::Broken;
    }
    let id = shown.event.id;
    let known = app.judged.with(|judged| judged.iter().find(|judged| judged.event.id == id).map(|judged| judged.verdict));
    known.unwrap_or(Verdict::Unverified(Doubt::OtherRegion))
}

#[component]
fn Whole(shown: Shown) -> impl IntoView {
    let app = use_app();
    let fates = use_fates();
    let event = shown.event.clone();
    let titled = event.clone();
    let (author, at, told) = (event.core.author, event.core.clock.millis(), event.clone());
    let judged = {
        let shown = shown.clone();
        Memo::new(move |_| verdict(app, &shown))
    };
    view! {
        <div class="page-head">
            <A href="/records" attr:class="back"><Icon name="back" />{t(words::TITLE)}</A>
            <h1>{move || title(app, &titled.core.body)}</h1>
            <p class="line">{move || view! { <Vouched verdict=judged.get() author at /> }}</p>
        </div>
        <Accept event=event.clone() judged />
        <Refusals event=event.clone() fates />
        <div class="columns">
            <div>
                {move || match judged.get() {
                    Verdict::Broken => view! { <NotFact event=told.clone() /> }.into_any(),
                    _ => view! { <Contents event=told.clone() /><Parts event=told.clone() /> }.into_any(),
                }}
            </div>
            <div>
                <Delivery event=event.clone() fates />
                <Identity event source=shown.source />
            </div>
        </div>
    }
}

/// What bears a broken signature is nobody's word: it can be looked at, and is not shown as if somebody had said it.
#[component]
fn NotFact(event: Arc<Event>) -> impl IntoView {
    view! {
        <div class="notice danger"><Icon name="alert" /><div class="grow">{t(words::NOT_FACT)}</div></div>
        <details>
            <summary>{t(words::NOT_FACT_SHOW)}</summary>
            <Contents event />
        </details>
    }
}

#[component]
fn Contents(event: Arc<Event>) -> impl IntoView {
    let app = use_app();
    let (node, written) = (event.core.node.clone(), event.core.clock.millis());
    view! {
        <section class="section">
            <h2>{t(words::CONTENTS)}</h2>
            <dl class="facts">
                <dt>{t(words::NODE)}</dt>
                <dd>{move || app.node_name(&node)}</dd>
                {move || contents(app, &event.core).into_iter().map(|(label, value)| fact(label, value)).collect_view()}
                <dt>{t(words::WRITTEN)}</dt>
                <dd>{move || format!("{}（{}）", time::day_and_time(written, app.now.get()), time::age(app.language.get(), written, app.now.get()))}</dd>
            </dl>
        </section>
    }
}

fn fact(label: Words, value: String) -> impl IntoView {
    view! { <dt>{t(label)}</dt><dd>{value}</dd> }
}

#[component]
fn Parts(event: Arc<Event>) -> impl IntoView {
    let (id, parts) = (event.id, event.core.parts.clone());
    (!parts.is_empty()).then(|| {
        view! {
            <section class="section">
                <h2>{t(words::BESIDE)}</h2>
                <dl class="facts">
                    {parts.into_iter().map(|part| view! {
                        <dt>{t(kind_words(part.kind))}</dt>
                        <dd><Beside event=id kind=part.kind /></dd>
                    }).collect_view()}
                </dl>
            </section>
        }
    })
}

#[component]
fn Identity(event: Arc<Event>, source: Source) -> impl IntoView {
    let (word, author, id) = (event.id.check_word().to_string(), event.core.author.check_word().to_string(), event.id.to_string());
    let source = match source {
        Source::Here => words::FROM_HERE,
        Source::Hub => words::FROM_HUB,
        Source::File => words::FROM_FILE,
    };
    let is_drill = event.core.mode != Mode::Real;
    view! {
        <section class="section">
            <h2>{t(words::IDENTITY)}</h2>
            <dl class="facts">
                <dt>{t(words::CHECK_WORD)}</dt>
                <dd><b class="code">{word}</b><br /><span class="note">{t(words::CHECK_WORD_NOTE)}</span></dd>
                <dt>{t(words::AUTHOR)}</dt>
                <dd class="code">{author}</dd>
                <dt>{t(words::SOURCE)}</dt>
                <dd>{t(source)}</dd>
                {is_drill.then(|| view! { <dt>{t(words::MODE)}</dt><dd>{t(common::EXERCISE)}</dd> })}
                <dt>{t(words::ID)}</dt>
                <dd class="code">{id}</dd>
            </dl>
        </section>
    }
}
