//! The list: what stands now, where something may come, and what is over.

use super::say;
use super::withdraw::{Withdraw, Withdrawing};
use crate::locale::{danger as words, more};
use crate::page::people::is_coordinator;
use crate::part::badge::{Vouched, by};
use crate::part::icon::Icon;
use crate::state::use_app;
use crate::words::t;
use civmesh_domain::id::EventId;
use civmesh_domain::spatial::danger::Area;
use leptos::prelude::*;
use leptos_router::components::A;
use std::collections::BTreeMap;

/// So many of what is over are listed.
const LISTED: usize = 20;

/// What was declared together: one area, or all of a file.
#[derive(Clone, PartialEq)]
pub struct Group {
    /// The first of them, or what is here of them.
    pub first: Area,
    /// How many outlines all have.
    pub outlines: usize,
}

impl Group {
    /// The event by which all are withdrawn.
    pub fn root(&self) -> EventId {
        self.first.root()
    }
}

/// Together what belongs together, the newest first.
fn grouped<'a>(areas: impl Iterator<Item = &'a Area>) -> Vec<Group> {
    let mut groups: BTreeMap<EventId, Group> = BTreeMap::new();
    for area in areas {
        let group = groups.entry(area.root()).or_insert_with(|| Group { first: area.clone(), outlines: 0 });
        group.outlines += area.outlines.len();
    }
    groups.into_values().rev().collect()
}

/// The screen.
#[component]
pub fn Dangers() -> impl IntoView {
    let app = use_app();
    let of = move |is_now: bool| {
        Memo::new(move |_| app.standing.with(|all| grouped(all.iter().filter(|area| area.condition().is_now() == is_now))))
    };
    let (now, expected) = (of(true), of(false));
    let over = Memo::new(move |_| {
        let at = app.now.get();
        let mut over = app.declared.with(|all| grouped(all.iter().filter(|area| !area.stands(at))));
        over.truncate(LISTED);
        over
    });
    let withdrawing = Withdrawing::new();
    view! {
        <A href="/more" attr:class="back"><Icon name="back" />{t(more::TITLE)}</A>
        <div class="page-head">
            <h1>{t(words::TITLE)}</h1>
            <p class="note">{t(words::INTRO)}</p>
        </div>
        {move || is_coordinator(app).then(|| view! {
            <div class="buttons">
                <A href="/declare" attr:class="button primary"><Icon name="plus" />{t(words::DECLARE)}</A>
                <A href="/declare?from=file" attr:class="button"><Icon name="load" />{t(words::IMPORT)}</A>
            </div>
        })}
        <div class="columns">
            <section class="section">
                <h2>{t(words::NOW)}</h2>
                <Cards groups=now withdrawing />
                {move || now.with(Vec::is_empty).then(|| view! {
                    <div class="empty"><Icon name="check" /><p class="note">{t(words::NONE)}</p></div>
                })}
            </section>
            <div>
                {move || (!expected.with(Vec::is_empty)).then(|| view! {
                    <section class="section"><h2>{t(words::EXPECTED)}</h2><Cards groups=expected withdrawing /></section>
                })}
                {move || (!over.with(Vec::is_empty)).then(|| view! {
                    <section class="section">
                        <h2>{t(words::OVER)}</h2>
                        <ul class="rows">{over.get().into_iter().map(|group| view! { <Past group /> }).collect_view()}</ul>
                    </section>
                })}
            </div>
        </div>
        <Withdraw withdrawing />
    }
}

#[component]
fn Cards(groups: Memo<Vec<Group>>, withdrawing: Withdrawing) -> impl IntoView {
    view! {
        <For each=move || groups.get() key=|group| (group.root(), group.outlines) let:group>
            <Card group withdrawing />
        </For>
    }
}

/// One that stands.
#[component]
fn Card(group: Group, withdrawing: Withdrawing) -> impl IntoView {
    let app = use_app();
    let (said, outlines) = (group.first.said.clone(), group.outlines);
    let (declared, id, condition) = (said.value.clone(), said.id, group.first.condition());
    let middle = group.first.middle();
    let (author, at, verdict, until) = (said.author, said.at(), said.verdict, declared.until);
    let beside = declared.clone();
    let heading = format!("danger-{}", group.root().check_word());
    let (of_card, of_map, of_withdraw) = (heading.clone(), heading.clone(), heading.clone());
    let icon = if condition.is_now() { "alert" } else { "info" };
    view! {
        <article class="card" aria-labelledby=of_card>
            <h3 class="line" id=heading><Icon name=icon /><span class="grow">{move || say::title(app.language.get(), &declared)}</span></h3>
            {move || say::beside_title(app.language.get(), &beside).map(|how| view! { <p><strong>{how}</strong></p> })}
            {move || middle.and_then(|middle| say::near(app, middle)).map(|near| view! { <p>{near}</p> })}
            <p class="note">
                {move || say::until(app.language.get(), until, app.now.get())}
                {(outlines > 1).then(|| view! { " · "{move || words::outlines(app.language.get(), outlines)} })}
            </p>
            <p class="line"><Vouched verdict author at /></p>
            <div class="buttons">
                {middle.map(|middle| view! {
                    <A href=format!("/map?at={},{}", middle.lat(), middle.lon()) attr:class="button" attr:aria-describedby=of_map><Icon name="map" />{t(words::SHOW_ON_MAP)}</A>
                })}
                <A href=format!("/records/{id}") attr:class="button quiet">{t(words::DETAILS)}</A>
                {move || {
                    let (group, of) = (group.clone(), of_withdraw.clone());
                    is_coordinator(app).then(|| view! {
                        <button class="button" type="button" aria-describedby=of on:click=move |_| withdrawing.ask(group.clone())>
                            <Icon name="close" />
                            {t(words::WITHDRAW)}
                        </button>
                    })
                }}
            </div>
        </article>
    }
}

/// One that is over.
#[component]
fn Past(group: Group) -> impl IntoView {
    let app = use_app();
    let Area { said, withdrawn, .. } = group.first;
    let (id, declared) = (said.id, said.value);
    let until = declared.until;
    let how = move || {
        let language = app.language.get();
        match &withdrawn {
            Some(by_whom) => {
                let age = crate::device::time::age(language, by_whom.at(), app.now.get());
                [words::WAS_WITHDRAWN.get(language).to_owned(), by(app, by_whom.author), age].join(" · ")
            }
            None => [words::RAN_OUT.get(language).to_owned(), say::until(language, until, app.now.get())].join(" · "),
        }
    };
    view! {
        <li>
            <A href=format!("/records/{id}") attr:class="row top">
                <span class="grow">
                    <strong class="name">{move || say::whole(app.language.get(), &declared)}</strong>
                    <span class="note">{how}</span>
                </span>
                <Icon name="next" />
            </A>
        </li>
    }
}
