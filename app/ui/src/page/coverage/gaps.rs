//! Where nobody reaches a node, and which places would help most.

use super::plan::Plan;
use super::{say, sketch};
use crate::locale::{coverage as words, domain};
use crate::state::use_app;
use crate::words::t;
use civmesh_domain::spatial::coverage::{Gap, Site};
use leptos::prelude::*;
use leptos_router::components::A;
use std::sync::Arc;

/// So many gaps are listed.
pub const MOST: usize = 20;

/// Gaps, most people first.
#[component]
pub fn Gaps(plan: Arc<Plan>) -> impl IntoView {
    let language = use_app().language;
    let basis = plan.opened.basis();
    let gaps: Vec<Gap> = plan.chosen.gaps.iter().take(MOST).copied().collect();
    let row = move |(number, gap): (usize, Gap)| {
        let opened = plan.opened.clone();
        let place = opened.places.get(gap.cell).copied().unwrap_or_default();
        let people = u64::from(gap.people.0);
        view! {
            <li class="row top">
                <span class="sign gap" aria-hidden="true">{number}</span>
                <span class="grow">
                    <strong class="name">{move || say::place(language.get(), &opened, place)}</strong>
                    <span class="note">{say::coordinates(place)}</span>
                </span>
                <span>{move || say::people(language.get(), people, basis)}</span>
            </li>
        }
    };
    view! {
        <section class="section" aria-labelledby="cover-gaps">
            <h2 id="cover-gaps">{t(words::GAPS)}</h2>
            {if gaps.is_empty() {
                view! { <p class="note">{t(words::NO_GAPS)}</p> }.into_any()
            } else {
                view! {
                    <p class="note">{t(words::GAPS_NOTE)}</p>
                    <ol class="rows">{(1..).zip(gaps).map(row).collect_view()}</ol>
                }.into_any()
            }}
        </section>
    }
}

/// Places that would close most of them.
#[component]
pub fn Sites(plan: Arc<Plan>) -> impl IntoView {
    let language = use_app().language;
    let basis = plan.opened.basis();
    let sites = plan.sites.clone();
    let row = move |(at, site): (usize, Site)| {
        let node = plan.node(site.candidate)?;
        let (href, kind, standing, name) = (format!("/node/{}", node.id), node.kind, node.standing, node.name.clone());
        let doubt = plan.ask.choice.hazard.is_some_and(|hazard| !node.is_fit_for(hazard));
        let note = move || {
            let language = language.get();
            let doubt = doubt.then(|| words::FIT_UNKNOWN.get(language));
            let said = [domain::node_kind(kind).get(language), domain::standing(standing).get(language)];
            said.into_iter().chain(doubt).collect::<Vec<_>>().join(" · ")
        };
        Some(view! {
            <li>
                <A href=href attr:class="row">
                    <span class="sign site" aria-hidden="true">{sketch::letter(at)}</span>
                    <span class="grow">
                        <strong class="name">{move || name.get(language.get()).to_owned()}</strong>
                        <span class="note">{note}</span>
                    </span>
                    <span>{move || words::gains(language.get(), &say::people(language.get(), site.gains, basis))}</span>
                </A>
            </li>
        })
    };
    view! {
        <section class="section" aria-labelledby="cover-sites">
            <h2 id="cover-sites">{t(words::SITES)}</h2>
            {if sites.is_empty() {
                view! { <p class="note">{t(words::NO_SITES)}</p> }.into_any()
            } else {
                view! {
                    <p class="note">{t(words::SITES_NOTE)}</p>
                    <ol class="rows">{sites.into_iter().enumerate().map(row).collect_view()}</ol>
                }.into_any()
            }}
        </section>
    }
}
