//! What is to be decided, and what was: old and new side by side, accepted or declined with one press.

use super::claim::TakeClaim;
use super::export::TakeAway;
use super::say::{self, sides, what};
use super::sketch::OldAndNew;
use super::{is_staff, use_registry};
use crate::command::correct_place::settle_correction;
use crate::locale::correction as words;
use crate::page::people::is_coordinator;
use crate::part::badge::{Proof, Vouched};
use crate::part::beside::Beside;
use crate::part::icon::Icon;
use crate::part::toast;
use crate::state::{AppState, use_app};
use crate::words::{Words, t};
use civmesh_domain::event::Event;
use civmesh_domain::fold::Statement;
use civmesh_domain::id::{EventId, NodeId};
use civmesh_domain::part::PartKind;
use civmesh_domain::spatial::registry::{PlaceCorrection, Settled, Settlement};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::components::A;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// How many of what was decided are listed.
const LISTED: usize = 30;
const OPEN: &str = "corrections-open";

/// All of them, for coordinators.
#[component]
pub fn Corrections() -> impl IntoView {
    let app = use_app();
    view! {
        <A href="/more" attr:class="back"><Icon name="back" />{t(crate::locale::more::TITLE)}</A>
        <div class="page-head">
            <h1>{t(words::LIST_TITLE)}</h1>
            <p class="note">{t(words::LIST_NOTE)}</p>
        </div>
        {move || if is_coordinator(app) {
            view! { <Lists /> }.into_any()
        } else {
            view! { <div class="notice"><Icon name="key" /><div class="grow">{t(words::ONLY_COORDINATORS)}</div></div> }.into_any()
        }}
        {move || is_staff(app).then(|| view! { <TakeClaim /> })}
    }
}

#[component]
fn Lists() -> impl IntoView {
    let app = use_app();
    let registry = use_registry(app);
    let open = Memo::new(move |_| {
        let mut open: Vec<_> = registry.with(|registry| registry.open.values().flatten().cloned().collect());
        open.sort_by_key(|statement: &Statement<PlaceCorrection>| statement.id);
        open
    });
    let settled = Memo::new(move |_| registry.with(|registry| registry.settled.iter().rev().take(LISTED).cloned().collect::<Vec<_>>()));
    view! {
        <div class="columns">
            <section class="section">
                <h2 id=OPEN tabindex="-1">{t(words::OPEN)}</h2>
                <For each=move || open.get() key=|statement| statement.id let:statement>
                    <Case statement />
                </For>
                {move || open.with(Vec::is_empty).then(|| view! {
                    <div class="empty"><Icon name="check" /><p class="note">{t(words::NONE)}</p></div>
                })}
            </section>
            {move || (!settled.with(Vec::is_empty)).then(|| view! {
                <section class="section">
                    <h2>{t(words::SETTLED)}</h2>
                    <ul class="rows">{settled.get().into_iter().map(|settled| view! { <Decided settled /> }).collect_view()}</ul>
                </section>
            })}
        </div>
        <TakeAway />
    }
}

/// One to decide about.
#[component]
fn Case(statement: Statement<PlaceCorrection>) -> impl IntoView {
    let app = use_app();
    let busy = RwSignal::new(false);
    let (id, node, wrong) = (statement.id, statement.node.clone(), statement.value.wrong.clone());
    let (author, at, verdict) = (statement.author, statement.at(), statement.verdict);
    let heading = format!("correction-{}", id.check_word());
    let (of_card, of_accept, of_decline) = (heading.clone(), heading.clone(), heading.clone());
    let (titled, named) = (wrong.clone(), node.clone());
    let entry = {
        let node = node.clone();
        Memo::new(move |_| app.region.with(|region| region.as_ref().and_then(|region| region.node(&node).cloned())))
    };
    let apart = {
        let wrong = wrong.clone();
        Memo::new(move |_| entry.with(|node| node.as_ref().and_then(|node| say::moved(app, node, &wrong))))
    };
    let compared = move || entry.with(|node| node.as_ref().map(|node| sides(app, node, &wrong))).unwrap_or_default();
    let press = move |settlement: Settlement, heard: Words| {
        let node = node.clone();
        move |_| decide(app, (node.clone(), id), settlement, heard, busy)
    };
    let (accept, decline) = (press.clone()(Settlement::Accepted, words::ACCEPTED), press(Settlement::Declined, words::DECLINED));
    view! {
        <article class="card" aria-labelledby=of_card>
            <h3 id=heading>
                <A href=format!("/node/{named}")>{move || app.node_name(&named)}</A>
                " · "
                {t(what(&titled))}
            </h3>
            <p class="line"><Vouched verdict author at /></p>
            {move || Some(compared()).filter(|rows| !rows.is_empty()).map(|rows| view! { <Comparison rows /> })}
            {move || apart.get().map(|(old, new)| view! { <OldAndNew old new /> })}
            <InWords id />
            <div class="buttons">
                <button class="button" aria-describedby=of_accept aria-disabled=move || busy.get().to_string() on:click=accept>
                    <Icon name="check" />
                    {t(words::ACCEPT)}
                </button>
                <button class="button" aria-describedby=of_decline aria-disabled=move || busy.get().to_string() on:click=decline>
                    <Icon name="close" />
                    {t(words::DECLINE)}
                </button>
            </div>
        </article>
    }
}

#[component]
fn Comparison(rows: Vec<say::Side>) -> impl IntoView {
    let lines = |text: String| text.lines().map(|line| view! { <span class="stack">{line.to_owned()}<br /></span> }).collect_view();
    view! {
        <table class="table">
            <thead><tr><td></td><th scope="col">{t(words::OLD)}</th><th scope="col">{t(words::NEW)}</th></tr></thead>
            <tbody>
                {rows.into_iter().map(|(label, old, new)| view! {
                    <tr><th scope="row">{t(label)}</th><td>{lines(old)}</td><td>{lines(new)}</td></tr>
                }).collect_view()}
            </tbody>
        </table>
    }
}

/// What was said beside it, if anything was.
#[component]
fn InWords(id: EventId) -> impl IntoView {
    let app = use_app();
    let has_words = app.judged.with_untracked(|judged| judged.iter().any(|judged| judged.event.id == id && has_words(&judged.event)));
    has_words.then(|| view! { <p><span class="note">{t(words::IN_WORDS)}</span>" "<Beside event=id kind=PartKind::Text /></p> })
}

fn has_words(event: &Event) -> bool {
    event.core.parts.iter().any(|part| part.kind == PartKind::Text)
}

/// One that was decided: it can be decided otherwise.
#[component]
fn Decided(settled: Settled) -> impl IntoView {
    let app = use_app();
    let busy = RwSignal::new(false);
    let Settled { correction, settled } = settled;
    let (author, at) = (settled.author, settled.at());
    let (named, node, id, wrong) = (correction.node.clone(), correction.node, correction.id, correction.value.wrong);
    let (turn, other, heard) = match settled.value {
        Settlement::Accepted => (words::TAKE_BACK, Settlement::Declined, words::TAKEN_BACK),
        Settlement::Declined => (words::AFTER_ALL, Settlement::Accepted, words::ACCEPTED),
    };
    let name = format!("decided-{}", id.check_word());
    view! {
        <li class="row top">
            <span class="grow">
                <strong class="name" id=name.clone()>{move || app.node_name(&named)}</strong>
                <span class="note">{move || say::whole(app, &wrong)}" · "{t(say::settlement(settled.value))}</span>
                <span class="line"><Proof verdict=settled.verdict /><crate::part::badge::By author /><crate::part::badge::Age at /></span>
            </span>
            <button
                class="button quiet"
                aria-describedby=name
                aria-disabled=move || busy.get().to_string()
                on:click=move |_| decide(app, (node.clone(), id), other, heard, busy)
            >
                {t(turn)}
            </button>
        </li>
    }
}

fn decide(app: AppState, (node, id): (NodeId, EventId), settlement: Settlement, heard: Words, busy: RwSignal<bool>) {
    if busy.get_untracked() {
        return;
    }
    busy.set(true);
    spawn_local(async move {
        match settle_correction(app, node, id, settlement).await {
            Ok(_) => {
                toast::show(app, heard);
                // What was pressed is gone.
                let heading = document().get_element_by_id(OPEN).and_then(|heading| heading.dyn_into::<HtmlElement>().ok());
                let _focused = heading.map(|heading| heading.focus());
            }
            Err(failed) => toast::show(app, failed.words()),
        }
        let _gone = busy.try_set(false);
    });
}

/// What was said of a node already and nobody has decided, each with where it stands.
#[component]
pub fn Waiting(node: NodeId) -> impl IntoView {
    let app = use_app();
    let registry = use_registry(app);
    let open = Memo::new(move |_| registry.with(|registry| registry.open.get(&node).cloned().unwrap_or_default()));
    move || {
        (!open.with(Vec::is_empty)).then(|| {
            view! {
                <section class="section">
                    <h2>{t(words::SAID_BEFORE)}</h2>
                    <ul class="rows">
                        {open.get().into_iter().rev().map(|statement| {
                            let (verdict, author, at, wrong) = (statement.verdict, statement.author, statement.at(), statement.value.wrong);
                            view! {
                                <li>
                                    <A href=format!("/records/{}", statement.id) attr:class="row top">
                                        <span class="grow">
                                            <strong class="name">{move || say::whole(app, &wrong)}</strong>
                                            <span class="line"><Vouched verdict author at /></span>
                                        </span>
                                    </A>
                                </li>
                            }
                        }).collect_view()}
                    </ul>
                </section>
            }
        })
    }
}
