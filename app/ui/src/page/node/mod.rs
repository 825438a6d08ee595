//! One node: what it is, how it is there now, how to get there, and who to look for.

mod building;
mod now;
mod place;
mod registry;
mod risk;
mod upkeep;

use crate::locale::node as words;
use crate::locale::{check_in, common, find};
use crate::page::find::ask::{Ask, and};
use crate::part::danger::Endangered;
use crate::part::dial::{Dial, HowFar};
use crate::part::here::{self, Locating, may_see};
use crate::part::icon::Icon;
use crate::part::kind::Kind;
use crate::part::locate::{LocateButton, LocateOutcome};
use crate::part::permit::barrier;
use crate::part::shut::TakesNobody;
use crate::state::foot::{self, Walker};
use crate::state::use_app;
use crate::words::{t, tt};
use building::{Building, Fitness};
use civmesh_domain::body;
use civmesh_domain::id::NodeId;
use civmesh_domain::spatial::node::Node;
use civmesh_domain::spatial::registry::End;
use leptos::prelude::*;
use leptos_router::components::A;
use leptos_router::hooks::{use_params_map, use_query_map};
use now::Now;
use place::PlaceFacts;
pub use place::coordinates;
use registry::{Corrected, Ended, end_of};
use risk::MappedRisk;
use upkeep::Upkeep;

/// What an address leads to, and for a node how it ended, if it did.
#[derive(Clone, PartialEq)]
enum Found {
    /// The region is not read yet.
    Reading,
    /// The region has no such node.
    Unknown,
    /// Not for everybody to know.
    Hidden,
    /// Here it is.
    Node(Box<(Node, Option<End>)>),
}

/// One node.
#[component]
pub fn NodePage() -> impl IntoView {
    let app = use_app();
    let params = use_params_map();
    let query = use_query_map();
    let back = move || format!("/{}", query.with(|query| query.to_query_string()));
    let found = Memo::new(move |_| {
        let Some(region) = app.region.get() else { return Found::Reading };
        let id = params.with(|params| params.get("id")).and_then(|id| id.parse::<NodeId>().ok());
        match id.and_then(|id| region.node(&id)) {
            None => Found::Unknown,
            Some(node) if !may_see(app, node) => Found::Hidden,
            Some(node) => Found::Node(Box::new((node.clone(), end_of(app, &node.id)))),
        }
    });
    view! {
        <A href=back attr:class="back"><Icon name="back" />{t(words::BACK_TO_LIST)}</A>
        {move || match found.get() {
            Found::Reading => view! { <h1>{t(common::LOADING)}</h1> }.into_any(),
            Found::Unknown => view! { <NotHere title=words::NOT_FOUND note=words::NOT_FOUND_NOTE /> }.into_any(),
            Found::Hidden => view! { <NotHere title=words::NOT_SHOWN note=words::NOT_SHOWN_NOTE /> }.into_any(),
            Found::Node(found) => view! { <NodeView node=found.0 end=found.1 query=query.with(|query| query.to_query_string()) /> }.into_any(),
        }}
    }
}

/// There is nothing to show, and a way on.
#[component]
pub fn NotHere(title: crate::words::Words, note: crate::words::Words) -> impl IntoView {
    let locating = RwSignal::new(Locating::Idle);
    view! {
        <div class="empty">
            <Icon name="search" />
            <h1>{t(title)}</h1>
            <p class="note">{t(note)}</p>
            <div class="buttons">
                <A href="/" attr:class="button primary">{t(common::GO_HOME)}</A>
                <LocateButton locating />
            </div>
            <LocateOutcome locating />
        </div>
    }
}

#[component]
fn NodeView(node: Node, end: Option<End>, query: String) -> impl IntoView {
    let app = use_app();
    let place = node.place;
    let how_far = Memo::new(move |_| here::measure_to(app, place));
    let is_ended = end.is_some();
    let id = node.id.clone();
    // Where it is dangerous, going is not what the button suggests first.
    let going_class =
        move || if app.endangered.with(|endangered| endangered.contains(&id)) { "button lead" } else { "button primary lead" };
    let locating = RwSignal::new(Locating::Idle);
    let asked = use_query_map();
    let ask = asked.with_untracked(|query| Ask::read(|name| query.get(name)));
    let hazard = ask.hazard;
    let map = format!("/map{}node={}", and(&ask.kept()), node.id);
    view! {
        <div class="page-head">
            <h1>{tt(node.name.clone())}</h1>
            <Kind node=node.clone() />
        </div>
        {end.map(|end| view! { <Ended end /> })}
        <div class="columns">
            <div>
                <article class="card answer">
                    {move || how_far.get().map(|(metres, bearing)| view! {
                        <div class="line"><Dial bearing /><div class="grow"><HowFar metres bearing way=foot::way_to(app, Walker { hazard, step_free: foot::kept_step_free() }, place) /></div></div>
                    })}
                    {(!is_ended).then(|| view! {
                        <Endangered place />
                        <TakesNobody node=node.id.clone() ask />
                        <Now node=node.clone() />
                    })}
                    <div class="buttons">
                        {(!is_ended).then(|| view! {
                            <A href=format!("/going/{}{query}", node.id) attr:class=going_class><Icon name="walk" />{t(find::GO_THERE)}</A>
                        })}
                        <A href=map attr:class="button"><Icon name="map" />{t(find::MAP)}</A>
                        <LocateButton locating />
                    </div>
                    <LocateOutcome locating />
                </article>
                <ForStaff node=node.id.clone() />
                <Upkeep node=node.id.clone() />
                <PlaceFacts node=node.clone() />
                <Corrected id=node.id.clone() />
            </div>
            <div>
                <Fitness node=node.clone() />
                <MappedRisk node=node.clone() />
                <Building node />
            </div>
        </div>
    }
}

/// What the staff of this node do here.
#[component]
fn ForStaff(node: NodeId) -> impl IntoView {
    let app = use_app();
    let kinds = [
        (body::Kind::NodeStatus, "/status", "edit", words::SET_STATE),
        (body::Kind::Report, "/report", "report", words::FILE_REPORT),
        (body::Kind::StepMarked, "/checklist", "checklist", common::CHECKLIST),
        (body::Kind::CheckIn, "/check-in", "badge", check_in::TITLE),
    ];
    move || {
        let allowed = kinds.into_iter().filter(|(kind, ..)| barrier(app, *kind, &node).is_none());
        let links: Vec<_> = allowed
            .map(|(_, path, icon, words)| view! { <A href=format!("{path}?node={node}") attr:class="button"><Icon name=icon />{t(words)}</A> })
            .collect();
        (!links.is_empty()).then(|| {
            view! {
                <section class="section">
                    <h2>{t(words::FOR_STAFF)}</h2>
                    <div class="buttons">{links}</div>
                </section>
            }
        })
    }
}
