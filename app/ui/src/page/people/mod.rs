//! The people of a region: who may say what and until when. A coordinator invites from here, and revokes.

mod holder;
mod stock;

use crate::command::invite::{Desk, Made, admit, desk, invitation_of, number_of};
use crate::device::time;
use crate::locale::{common, domain, more, people as words};
use crate::page::invite::why_not;
use crate::part::icon::Icon;
use crate::part::take_in::behind_mark;
use crate::part::toast;
use crate::state::{AppState, use_app};
use crate::words::t;
use civmesh_domain::personnel::credential::Scope;
use civmesh_domain::personnel::role::Role;
use civmesh_domain::text::Language;
use holder::Holders;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::NavigateOptions;
use leptos_router::components::A;
use leptos_router::hooks::{use_location, use_navigate};
use stock::Stock;

/// The screen.
#[component]
pub fn People() -> impl IntoView {
    let app = use_app();
    let coordinates = Memo::new(move |_| is_coordinator(app));
    let renewed = RwSignal::new(0_u32);
    let kept = LocalResource::new(move || {
        app.loaded.track();
        renewed.track();
        async move { read_desk(app).await }
    });
    let kept = Memo::new(move |_| kept.get().unwrap_or_default());
    take_answer_from_link(app);
    view! {
        <div class="page-head">
            <A href="/more" attr:class="back"><Icon name="back" />{t(more::TITLE)}</A>
            <h1>{t(words::TITLE)}</h1>
            <p class="note">{t(words::WHAT)}</p>
        </div>
        {move || if coordinates.get() {
            view! {
                <div class="buttons">
                    <A href="/invite" attr:class="button primary lead"><Icon name="plus" />{t(words::INVITE)}</A>
                </div>
                <Open kept />
            }.into_any()
        } else {
            view! { <p class="note">{t(words::FOR_COORDINATORS)}</p> }.into_any()
        }}
        <Holders />
        {move || coordinates.get().then(|| view! { <Stock kept renewed /> })}
    }
}

/// Whether this phone's seat is a coordinator's of the region shown.
pub fn is_coordinator(app: AppState) -> bool {
    let shown = app.region.with(|region| region.as_ref().map(|region| region.manifest.region));
    app.seat.with(|seat| seat.as_ref().is_some_and(|seat| seat.has(Role::Coordinator) && Some(seat.region) == shown))
}

async fn read_desk(app: AppState) -> Desk {
    match app.store() {
        Some(store) => desk(app, &store).await.unwrap_or_default(),
        None => Desk::default(),
    }
}

/// An answer that came as a link is taken in at once, and leads to its invitation.
fn take_answer_from_link(app: AppState) {
    let (hash, navigate) = (use_location().hash, use_navigate());
    let here = NavigateOptions { replace: true, ..Default::default() };
    Effect::new(move || {
        let Some(text) = behind_mark(&hash.get(), "a") else { return };
        // Before that the phone does not know yet whom it believes.
        if !app.loaded.get() {
            return;
        }
        let (navigate, here) = (navigate.clone(), here.clone());
        spawn_local(async move {
            match admit(app, &text).await {
                Ok(number) => navigate(&format!("/invite/{number}"), here),
                Err(reason) => {
                    toast::show(app, why_not(reason));
                    navigate("/people", here);
                }
            }
        });
    });
}

/// Invitations that were made here.
#[component]
fn Open(kept: Memo<Desk>) -> impl IntoView {
    let app = use_app();
    let row = move |made: Made| {
        let (number, invitation) = (number_of(&made)?, invitation_of(&made)?);
        let state = match &made.answered {
            Some(_) => words::ANSWERED,
            None if invitation.open_until < time::now() => words::EXPIRED,
            None => words::WAITING,
        };
        let role = invitation.roles.iter().max().map_or(common::UNKNOWN, domain::role);
        Some(view! {
            <li>
                <A href=format!("/invite/{number}") attr:class="row">
                    <span class="grow">
                        <strong class="name">{made.name}</strong>
                        <span class="note">{t(role)}" · "{move || places(app, &invitation.scope)}</span>
                        <span class="note">{t(state)}</span>
                    </span>
                    <Icon name="next" />
                </A>
            </li>
        })
    };
    move || {
        let made = kept.get().made;
        (!made.is_empty()).then(|| {
            view! {
                <section class="section">
                    <h2>{t(words::OPEN)}</h2>
                    <ul class="rows">{made.into_iter().rev().map(row).collect_view()}</ul>
                </section>
            }
        })
    }
}

/// The places of a scope, by their names.
pub fn places(app: AppState, scope: &Scope) -> String {
    let separator = if app.language.get() == Language::Zh { "、" } else { ", " };
    match scope {
        Scope::All => words::ALL_NODES.get(app.language.get()).to_owned(),
        Scope::Nodes(nodes) => nodes.iter().map(|node| app.node_name(node)).collect::<Vec<_>>().join(separator),
    }
}
