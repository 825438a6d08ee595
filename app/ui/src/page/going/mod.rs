//! On the way: direction and distance, what to bring, who should know, and the code to show on arrival.

mod arrival;
mod message;
mod route;

use crate::device::share::{self, Shared};
use crate::device::time;
use crate::locale::{common, find, going as words, node as node_words};
use crate::page::find::ask::{Ask, and};
use crate::page::node::NotHere;
use crate::part::badge::StateBadge;
use crate::part::danger::Endangered;
use crate::part::dial::{Dial, HowFar};
use crate::part::here::{self, Locating, may_see};
use crate::part::icon::Icon;
use crate::part::kind::Kind;
use crate::part::locate::{LocateButton, LocateOutcome};
use crate::part::news::News;
use crate::part::shut::TakesNobody;
use crate::part::toast;
use crate::state::foot::{self, Walker};
use crate::state::going::{self, Going as Way};
use crate::state::use_app;
use crate::words::{t, tt};
use arrival::Arrival;
use civmesh_domain::id::NodeId;
use civmesh_domain::information::status::StatusView;
use civmesh_domain::spatial::hazard::Hazard;
use civmesh_domain::spatial::node::Node;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::NavigateOptions;
use leptos_router::components::A;
use leptos_router::hooks::{use_navigate, use_params_map, use_query_map};
use route::OnFootTo;

/// The way to a node. Opening it keeps the choice.
#[component]
pub fn Going() -> impl IntoView {
    let app = use_app();
    let params = use_params_map();
    let query = use_query_map();
    let ask = Memo::new(move |_| query.with(|query| Ask::read(|name| query.get(name))));
    let has_region = Memo::new(move |_| app.region.with(|region| region.is_some()));
    let node = Memo::new(move |_| {
        let id = params.with(|params| params.get("id"))?.parse::<NodeId>().ok()?;
        let region = app.region.get()?;
        // Nobody is led to one that ended: its own page says so.
        region.directory.get(&id).filter(|node| may_see(app, node)).cloned()
    });
    move || match node.get() {
        Some(node) => view! { <WayTo node ask=ask.get() /> }.into_any(),
        None if has_region.get() => view! { <NotHere title=node_words::NOT_FOUND note=node_words::NOT_FOUND_NOTE /> }.into_any(),
        None => view! { <h1>{t(common::LOADING)}</h1> }.into_any(),
    }
}

#[component]
fn WayTo(node: Node, ask: Ask) -> impl IntoView {
    let app = use_app();
    let (hazard, query) = (ask.hazard, ask.kept());
    let since = set_out(app, &node, hazard);
    let step_free = RwSignal::new(foot::kept_step_free());
    let place = node.place;
    let how_far = Memo::new(move |_| here::measure_to(app, place));
    let locating = RwSignal::new(Locating::Idle);
    let stop = {
        let (navigate, to) = (use_navigate(), format!("/{query}"));
        move |_| {
            going::forget();
            toast::show(app, words::NOT_KEPT);
            navigate(&to, NavigateOptions::default());
        }
    };
    view! {
        <A href=format!("/{query}") attr:class="back"><Icon name="back" />{t(node_words::BACK_TO_LIST)}</A>
        <div class="page-head">
            <h1><span class="note">{t(words::HEADING_FOR)}</span>" "{tt(node.name.clone())}</h1>
            <Kind node=node.clone() />
        </div>
        <div class="columns">
            <div>
                <article class="card answer">
                    {move || how_far.get().map(|(metres, bearing)| view! {
                        <div class="line"><Dial bearing /><div class="grow"><HowFar metres bearing way=foot::way_to(app, Walker { hazard, step_free: step_free.get() }, place) /></div></div>
                    })}
                    <p class="note">{t(words::STRAIGHT_LINE)}</p>
                    <Endangered place />
                    <TakesNobody node=node.id.clone() ask />
                    <State node=node.id.clone() />
                    <p>{tt(node.address.clone())}</p>
                    <Whom node=node.clone() />
                    <div class="buttons">
                        <LocateButton locating />
                        <A href=format!("/node/{}{query}", node.id) attr:class="button">{t(find::DETAILS)}</A>
                        <A href=format!("/map{}node={}", and(&query), node.id) attr:class="button"><Icon name="map" />{t(find::MAP)}</A>
                    </div>
                    <LocateOutcome locating />
                </article>
                <OnFootTo place hazard step_free />
                <Before hazard />
            </div>
            <div>
                <Share node=node.clone() since />
                <Arrival node=node.id />
                <div class="buttons">
                    <button class="button quiet" type="button" on:click=stop>{t(words::STOP)}</button>
                </div>
            </div>
        </div>
    }
}

/// Keeps the way; one that was kept already began when it began.
fn set_out(app: crate::state::AppState, node: &Node, hazard: Option<Hazard>) -> civmesh_domain::unit::Millis {
    let Some(region) = app.region.get_untracked().map(|region| region.manifest.region) else { return time::now() };
    let kept = going::kept().filter(|kept| kept.region == region && kept.node == node.id);
    let since = kept.map_or_else(time::now, |kept| kept.since);
    going::keep(&Way { region, node: node.id.clone(), hazard, since });
    since
}

#[component]
fn Whom(node: Node) -> impl IntoView {
    let app = use_app();
    let whom = node.look_for;
    (!whom.is_empty()).then(|| view! { <p>{move || find::look_for(app.language.get(), whom.get(app.language.get()))}</p> })
}

/// How it is there now.
#[component]
fn State(node: NodeId) -> impl IntoView {
    let app = use_app();
    let id = node.clone();
    let status = Memo::new(move |_| app.statuses.with(|board| StatusView::of(board.get(&id)?, app.now.get())));
    view! {
        <p class="line">{move || view! { <StateBadge said=status.get().map(|status| (status.state, status.verified)) /> }}</p>
        <News node status />
    }
}

/// Three things before setting out.
#[component]
fn Before(hazard: Option<Hazard>) -> impl IntoView {
    view! {
        <section class="section">
            <h2>{t(words::BEFORE)}</h2>
            <ul class="rows">
                {words::before(hazard).map(|line| view! { <li class="row"><Icon name="check" /><span class="grow">{t(line)}</span></li> }).into_iter().collect_view()}
            </ul>
        </section>
    }
}

/// Telling others, as text.
#[component]
fn Share(node: Node, since: civmesh_domain::unit::Millis) -> impl IntoView {
    let app = use_app();
    let outcome = RwSignal::new(None::<Shared>);
    let text = Memo::new(move |_| message::text(app.language.get(), &node, &time::day_and_time(since, app.now.get()), app.is_exercise()));
    let share = move |_| {
        let text = text.get_untracked();
        spawn_local(async move {
            let shared = share::text(&text).await;
            // The screen may be gone by now.
            let _gone = outcome.try_set(Some(shared));
        });
    };
    let said = move || {
        outcome.get().map(|outcome| match outcome {
            Shared::Sheet => words::SHARED,
            Shared::Copied => words::COPIED,
            Shared::No => words::NOT_SHARED,
        })
    };
    let by_hand = move || outcome.get() == Some(Shared::No);
    view! {
        <section class="section">
            <div class="buttons">
                <button class="button primary wide" type="button" on:click=share><Icon name="share" />{t(words::SHARE)}</button>
            </div>
            <p class="note" role="status">{move || said().map(|words| words.get(app.language.get()))}</p>
            {move || by_hand().then(|| view! {
                <div class="field">
                    <label for="share-words">{t(words::SHARED_WORDS)}</label>
                    <textarea class="input" id="share-words" rows="6" readonly prop:value=move || text.get()></textarea>
                </div>
            })}
        </section>
    }
}
