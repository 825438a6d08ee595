//! Who is there now.

use crate::command::check_in::check_out;
use crate::device::time;
use crate::locale::{check_in as words, domain};
use crate::part::badge::Vouched;
use crate::part::icon::Icon;
use crate::part::{name, toast};
use crate::state::{AppState, use_app};
use crate::words::t;
use civmesh_domain::id::{EventId, NodeId};
use civmesh_domain::personnel::check_in::{Presence, presence};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The list of those on duty.
#[component]
pub fn Present(node: NodeId) -> impl IntoView {
    let app = use_app();
    let here = {
        let node = node.clone();
        Memo::new(move |_| on_duty(app, &node))
    };
    view! {
        <section class="section">
            <h2>{t(words::ON_DUTY)}</h2>
            {move || {
                let here = here.get();
                if here.is_empty() {
                    view! {
                        <div class="empty">
                            <Icon name="badge" />
                            <p><b>{t(words::NOBODY)}</b></p>
                            <p class="note">{t(words::NOBODY_NOTE)}</p>
                        </div>
                    }.into_any()
                } else {
                    let (node, count) = (node.clone(), here.len());
                    view! {
                        <p class="note">{move || words::count(app.language.get(), count)}</p>
                        <ul class="rows">
                            {here.into_iter().map(|presence| view! { <PresentRow node=node.clone() presence /> }).collect_view()}
                        </ul>
                    }.into_any()
                }
            }}
        </section>
    }
}

fn on_duty(app: AppState, node: &NodeId) -> Vec<Presence> {
    let Some(region) = app.region.get() else { return Vec::new() };
    app.judged.with(|judged| presence(judged.iter(), region.scene()).remove(node).unwrap_or_default())
}

#[component]
fn PresentRow(node: NodeId, presence: Presence) -> impl IntoView {
    let app = use_app();
    let Some(view) = presence.view(app.now.get_untracked()) else { return ().into_any() };
    let statement = view.first.statement.clone();
    let differing = !view.others.is_empty();
    let is_own = move || app.me.get() == Some(statement.author);
    let (check_in, since, event) = (presence.check_in, presence.since, statement.id);
    let may_check_out = move || is_own() || app.seat.get().is_some();
    let skills = statement.value.skills;
    view! {
        <li>
            <div class="row top">
                <span class="grow">
                    <strong class="name"><name::Name event words=name::Fallback { own: is_own() } /></strong>
                    <span class="note">
                        {t(domain::duty(statement.value.duty))}
                        {skills.iter().map(|skill| view! { "・"{t(domain::skill(skill))} }).collect_view()}
                    </span>
                    <span class="note">{move || words::since(app.language.get(), &time::day_and_time(since, app.now.get()))}</span>
                    <span class="line"><Vouched verdict=statement.verdict author=statement.author at=statement.at() /></span>
                    {differing.then(|| view! { <span class="note">{t(words::CONCURRENT)}</span> })}
                </span>
                {move || {
                    let node = node.clone();
                    may_check_out().then(|| view! {
                        <button class="button" on:click=move |_| leave(app, node.clone(), check_in)>{t(words::CHECK_OUT)}</button>
                    })
                }}
            </div>
        </li>
    }
    .into_any()
}

fn leave(app: AppState, node: NodeId, check_in: EventId) {
    spawn_local(async move {
        match check_out(app, node, check_in).await {
            Ok(_) => toast::show(app, words::CHECKED_OUT),
            Err(failed) => toast::show(app, failed.words()),
        }
    });
}
