//! What an invitation offers, before anything is answered.

use super::Stand;
use crate::command::join::{Offered as Read, answer};
use crate::device::time;
use crate::locale::{common, domain, join as words, people};
use crate::page::people::places;
use crate::part::icon::Icon;
use crate::words::{Words, t};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The offer.
#[component]
pub fn Offered(stand: Stand, offered: Read) -> impl IntoView {
    let app = stand.app;
    let busy = RwSignal::new(false);
    let invitation = offered.invitation.clone();
    let (scope, until) = (invitation.scope.clone(), invitation.until);
    let role = invitation.roles.iter().max().map_or(common::UNKNOWN, domain::role);
    let skills: Vec<Words> = invitation.skills.iter().map(domain::skill).collect();
    let is_known = offered.is_known;
    let accept = move |_| {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        let offered = offered.clone();
        spawn_local(async move {
            match answer(app, &offered).await {
                Ok(joining) => drop((stand.waiting.try_set(Some(joining)), stand.offered.try_set(None))),
                Err(reason) => drop(stand.error.try_set(Some(reason))),
            }
            let _gone = busy.try_set(false);
        });
    };
    view! {
        <section class="section narrow">
            <h2>{t(words::OFFERED)}</h2>
            <dl class="facts">
                <dt>{t(words::ROLE)}</dt>
                <dd>{t(role)}</dd>
                <dt>{t(people::NODES)}</dt>
                <dd>{move || places(app, &scope)}</dd>
                {(!skills.is_empty()).then(|| {
                    let skills = skills.clone();
                    view! {
                        <dt>{t(people::SKILLS)}</dt>
                        <dd>{move || skills.iter().map(|skill| skill.get(app.language.get())).collect::<Vec<_>>().join(" / ")}</dd>
                    }
                })}
                <dt>{t(people::UNTIL)}</dt>
                <dd>{time::day(until)}</dd>
            </dl>
            {if is_known {
                view! { <p class="line"><span class="proof verified"><Icon name="verified" />{t(words::KNOWN)}</span></p> }.into_any()
            } else {
                view! { <div class="notice caution"><Icon name="unverified" /><div class="grow">{t(words::NOT_KNOWN)}</div></div> }.into_any()
            }}
            {move || app.seat.with(Option::is_some).then(|| view! {
                <div class="notice"><Icon name="info" /><div class="grow">{t(words::REPLACES)}</div></div>
            })}
            <div class="buttons">
                <button class="button primary lead" on:click=accept aria-disabled=move || busy.get().to_string()>
                    <Icon name="key" />
                    {move || t(if busy.get() { words::MAKING } else { words::ACCEPT })()}
                </button>
                <button class="button" on:click=move |_| stand.offered.set(None)>{t(common::CANCEL)}</button>
            </div>
        </section>
    }
}
