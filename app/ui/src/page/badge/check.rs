//! Who stands before one: another phone's badge, checked without a network.

use crate::command::badge::check;
use crate::device::time;
use crate::locale::{badge as words, common, domain, people};
use crate::page::people::places;
use crate::part::icon::Icon;
use crate::part::take_in::{TakeIn, behind_mark};
use crate::state::use_app;
use crate::words::{Words, t};
use civmesh_domain::personnel::badge::{Proven, Refusal};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::hooks::use_location;

/// What was found: nothing that can be read, or what it proves.
type Found = Option<Result<Proven, Refusal>>;

/// The scan, and what it says.
#[component]
pub fn Check() -> impl IntoView {
    let app = use_app();
    let found = RwSignal::new(None::<Found>);
    let take = move |text: String| {
        found.set(None);
        let Some(badge) = behind_mark(&text, "b") else { return false };
        spawn_local(async move {
            let checked = check(app, &badge).await;
            let _gone = found.try_set(Some(checked));
        });
        true
    };
    let hash = use_location().hash;
    Effect::new(move || {
        let text = hash.get();
        if app.loaded.get() {
            take(text);
        }
    });
    view! {
        <section class="section">
            <h2>{t(words::CHECK)}</h2>
            <p class="note">{t(words::CHECK_NOTE)}</p>
            <TakeIn id="badge" label=words::SCAN failure=words::UNREADABLE on_read=take />
            <div role="status">
                {move || found.get().map(|found| match found {
                    None => view! { <p class="error"><Icon name="alert" />{t(words::UNREADABLE)}</p> }.into_any(),
                    Some(Ok(proven)) => view! { <Who proven /> }.into_any(),
                    Some(Err(refusal)) => view! {
                        <div class="notice danger">
                            <Icon name="alert" />
                            <div class="grow"><b>{t(words::NOT_PROVEN)}</b><br />{t(why_not(refusal))}</div>
                        </div>
                    }.into_any(),
                })}
            </div>
        </section>
    }
}

#[component]
fn Who(proven: Proven) -> impl IntoView {
    let app = use_app();
    let grant = proven.credential.grant;
    let (scope, until) = (grant.scope.clone(), grant.until);
    let role = grant.roles.iter().max().map_or(common::UNKNOWN, domain::role);
    let skills: Vec<Words> = grant.skills.iter().map(domain::skill).collect();
    let checked = time::clock_time(time::now());
    view! {
        <p class="line"><span class="proof verified"><Icon name="verified" />{t(words::PROVEN)}</span></p>
        {match proven.name {
            Some(name) => view! { <p class="name big">{name}</p><p>{t(words::COMPARE)}</p> }.into_any(),
            None => view! { <p>{t(words::NO_NAME)}</p> }.into_any(),
        }}
        <dl class="facts">
            <dt>{t(people::ROLE)}</dt>
            <dd>{t(role)}</dd>
            <dt>{t(people::NODES)}</dt>
            <dd>{move || places(app, &scope)}</dd>
            <dt>{t(people::SKILLS)}</dt>
            <dd>
                {move || if skills.is_empty() {
                    people::NO_SKILLS.get(app.language.get()).to_owned()
                } else {
                    skills.iter().map(|skill| skill.get(app.language.get())).collect::<Vec<_>>().join(" / ")
                }}
            </dd>
            <dt>{t(people::UNTIL)}</dt>
            <dd>{time::day(until)}</dd>
        </dl>
        <p class="note">{move || words::checked_at(app.language.get(), &checked)}</p>
    }
}

fn why_not(refusal: Refusal) -> Words {
    match refusal {
        Refusal::NotIntact => words::NOT_INTACT,
        Refusal::Stale => words::STALE,
        Refusal::Ahead => words::AHEAD,
        Refusal::Revoked => words::REVOKED,
        Refusal::NoCredential => words::NO_CREDENTIAL,
        Refusal::NotNow => words::NOT_NOW,
    }
}
