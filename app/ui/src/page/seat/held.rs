//! The seat of this phone, where to go with it, and giving it back.

use crate::locale::{common, domain, lock, seat as words};
use crate::part::icon::Icon;
use crate::part::sheet::Sheet;
use crate::part::toast;
use crate::state::seat::give_back;
use crate::state::{AppState, use_app};
use crate::words::t;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::components::A;

/// The seat.
#[component]
pub fn Held() -> impl IntoView {
    let app = use_app();
    let asking = RwSignal::new(false);
    let role = move || app.seat.get().and_then(|seat| seat.role()).map_or(words::NO_ROLE, domain::role).get(app.language.get());
    let account = move || app.seat.get().map(|seat| seat.account.to_string());
    let elsewhere = move || {
        let shown = app.region.with(|region| region.as_ref().map(|region| region.manifest.region));
        app.seat.get().is_some_and(|seat| shown.is_some_and(|shown| shown != seat.region))
    };
    let first =
        move || app.seat.get().and_then(|seat| seat.nodes().into_iter().next()).map(|node| format!("?node={node}")).unwrap_or_default();
    view! {
        <section class="section">
            <h2>{t(words::YOURS)}</h2>
            <dl class="facts">
                <dt>{t(words::ROLE)}</dt>
                <dd>{role}</dd>
                <dt>{t(words::NODES)}</dt>
                <dd>{move || nodes(app)}</dd>
                <dt>{t(words::ACCOUNT)}</dt>
                <dd class="code">{account}</dd>
            </dl>
            {move || elsewhere().then(|| view! {
                <div class="notice caution">
                    <Icon name="alert" />
                    <div class="grow">{t(words::OTHER_REGION)}</div>
                    <A href="/region" attr:class="button">{t(words::REGION)}</A>
                </div>
            })}
        </section>
        {move || app.profile().is_some_and(|profile| profile.gate.is_none()).then(|| view! {
            <div class="notice">
                <Icon name="key" />
                <div class="grow">{t(lock::OFFER)}</div>
                <A href="/profiles" attr:class="button">{t(lock::SET_PIN)}</A>
            </div>
        })}
        <section class="section">
            <h2>{t(words::NEXT)}</h2>
            <div class="buttons">
                <A href=move || format!("/check-in{}", first()) attr:class="button primary"><Icon name="badge" />{t(words::GO_CHECK_IN)}</A>
                <A href=move || format!("/checklist{}", first()) attr:class="button"><Icon name="checklist" />{t(words::GO_CHECKLIST)}</A>
            </div>
        </section>
        <section class="section">
            <div class="buttons">
                <button class="button danger" on:click=move |_| asking.set(true)>{t(words::GIVE_BACK)}</button>
            </div>
        </section>
        <Ask open=asking />
    }
}

fn nodes(app: AppState) -> String {
    let nodes = app.seat.get().map(|seat| seat.nodes()).unwrap_or_default();
    if nodes.is_empty() {
        return words::ALL_NODES.get(app.language.get()).to_owned();
    }
    let separator = if app.language.get() == civmesh_domain::text::Language::Zh { "、" } else { ", " };
    nodes.iter().map(|node| app.node_name(node)).collect::<Vec<_>>().join(separator)
}

#[component]
fn Ask(open: RwSignal<bool>) -> impl IntoView {
    let app = use_app();
    let busy = RwSignal::new(false);
    let go = move |_| {
        busy.set(true);
        spawn_local(async move {
            let words = if give_back(app).await.is_ok() { words::GIVEN_BACK } else { common::SAVE_FAILED };
            toast::show(app, words);
            // The sheet goes with the seat.
            let _gone = (open.try_set(false), busy.try_set(false));
        });
    };
    view! {
        <Sheet open title=words::GIVE_BACK_TITLE id="give-back-title">
            <p>{t(words::GIVE_BACK_NOTE)}</p>
            {move || (app.unsent() > 0).then(|| view! { <p><b>{words::unsent(app.language.get(), app.unsent())}</b></p> })}
            <div class="buttons">
                <button class="button danger primary lead" disabled=move || busy.get() on:click=go>{t(words::GIVE_BACK)}</button>
                <button class="button" on:click=move |_| open.set(false)>{t(common::CANCEL)}</button>
            </div>
        </Sheet>
    }
}
