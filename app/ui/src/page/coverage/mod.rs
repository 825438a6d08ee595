//! Coverage: who can walk to a node and who can't, whether there is room, where gaps are, and what happens when one is out. A plan made of
//! public data, for coordinators above all, and open to everybody. All of it in words and tables, beside a map of lines.
//!
//! # Layout
//! - `ask`: what somebody wants to look at; `choices`: where they say so.
//! - `work`: opening the data, and having what is asked worked out, a piece at a time.
//! - `table`: the long search; `plan`: the figures of one choice; `strike`: the same for one hazard area alone.
//! - `say`: figures and places in words.
//! - `sketch`, `people`, `gaps`, `compare`, `outage`, `area`, `export`: the sections of the screen.

mod area;
mod area_sketch;
pub mod ask;
pub mod choices;
mod compare;
mod export;
mod gaps;
mod outage;
mod people;
mod plan;
pub mod say;
mod sketch;
mod strike;
mod table;
mod work;

use crate::locale::{coverage as words, region};
use crate::page::people::is_coordinator;
use crate::part::icon::Icon;
use crate::state::use_app;
use crate::words::t;
use area::OneArea;
use ask::Ask;
use choices::Choices;
use civmesh_domain::spatial::coverage::figure::grouped;
use civmesh_domain::text::Language;
use compare::Compare;
use export::TakeAway;
use gaps::{Gaps, Sites};
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::components::A;
use leptos_router::hooks::{use_navigate, use_query_map};
use outage::Outage;
use people::{People, Room};
use plan::Plan;
use sketch::CoverageSketch;
use std::sync::Arc;
use strike::Striking;
use work::{Progress, Working, follow};

/// What the data allow.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stage {
    NoRegion,
    Opening,
    NoPeople { damaged: bool },
    Open { damaged: bool },
}

/// The screen.
#[component]
pub fn CoveragePage() -> impl IntoView {
    let app = use_app();
    let query = use_query_map();
    let ask = Memo::new(move |_| query.with(|query| Ask::read(|name| query.get(name))));
    let change = {
        let navigate = use_navigate();
        Callback::new(move |ask: Ask| navigate(&ask.address(), NavigateOptions { replace: true, scroll: false, ..Default::default() }))
    };
    let working = follow(app, ask);
    let striking = strike::follow(app, working);
    let stage = Memo::new(move |_| match app.region.with(Option::is_some) {
        false => Stage::NoRegion,
        true => working.opened.with(|opened| match opened {
            None => Stage::Opening,
            Some(opened) if opened.source.is_none() => Stage::NoPeople { damaged: opened.ground.damaged },
            Some(opened) => Stage::Open { damaged: opened.ground.damaged },
        }),
    });
    view! {
        <div class="page-head">
            <A href="/region" attr:class="back"><Icon name="back" />{t(region::TITLE)}</A>
            <h1>{t(words::TITLE)}</h1>
            <p class="note">{t(words::WHAT)}</p>
        </div>
        {move || match stage.get() {
            Stage::NoRegion => view! { <p>{t(region::NONE)}</p> }.into_any(),
            Stage::Opening => view! { <p class="note" role="status">{t(words::OPENING)}</p> }.into_any(),
            Stage::NoPeople { damaged } => view! {
                <Damaged damaged />
                <div class="empty">
                    <h2>{t(words::NO_PEOPLE)}</h2>
                    <p class="note">{t(words::NO_PEOPLE_NOTE)}</p>
                </div>
            }.into_any(),
            Stage::Open { damaged } => view! {
                <Damaged damaged />
                <Choices working change />
                <Busy working />
                <p class="note">{t(words::ESTIMATE)}</p>
                {move || working.plan.get().map(|plan| view! { <Found plan working striking change /> })}
            }.into_any(),
        }}
    }
}

#[component]
fn Damaged(damaged: bool) -> impl IntoView {
    damaged.then(|| view! { <p class="error"><Icon name="alert" />{t(words::DAMAGED)}</p> })
}

/// How far the work is. Not read aloud at every step: that would drown everything else.
#[component]
fn Busy(working: Working) -> impl IntoView {
    let language = use_app().language;
    move || {
        working.progress.get().map(|progress| {
            view! {
                {line(language, progress)}
                {working.plan.with(Option::is_some).then(|| view! { <p class="note">{t(words::STILL)}</p> })}
            }
        })
    }
}

fn line(language: RwSignal<Language>, Progress { what, done, all }: Progress) -> impl IntoView {
    let said = words::progress(language.get(), what.get(language.get()), &grouped(done as u64), &grouped(all as u64));
    view! {
        <p class="note">{said}</p>
        <progress class="bar" value=done max=all aria-label=what.get(language.get())></progress>
    }
}

#[component]
fn Found(plan: Arc<Plan>, working: Working, striking: Striking, change: Callback<Ask>) -> impl IntoView {
    // Which place would be missed most helps whoever wants to do harm: it is for those who answer for the region.
    let outage = is_coordinator(use_app()).then(|| {
        view! {
            <Outage plan=plan.clone() />
            <OneArea plan=plan.clone() working striking change />
        }
    });
    view! {
        <CoverageSketch plan=plan.clone() />
        <div class="columns">
            <div>
                <People plan=plan.clone() />
                <Room plan=plan.clone() />
                {(!plan.opened.hazards.is_empty()).then(|| view! { <Compare plan=plan.clone() /> })}
                {outage}
            </div>
            <div>
                <Gaps plan=plan.clone() />
                <Sites plan=plan.clone() />
                <TakeAway plan />
            </div>
        </div>
    }
}
