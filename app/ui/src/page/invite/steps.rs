//! An invitation on its way: show it, take in the answer, hand over the credential.

use super::why_not;
use crate::command::invite::{Desk, Made, NotAdmitted, admit, desk, invitation_of, number_of, withdraw};
use crate::device::time;
use crate::locale::{common, domain, people as words};
use crate::page::people::places;
use crate::part::hand_over::{HandOver, link};
use crate::part::icon::Icon;
use crate::part::take_in::{TakeIn, behind_mark};
use crate::part::toast;
use crate::state::{AppState, use_app};
use crate::words::t;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

/// Whatever step comes next.
#[component]
pub fn Steps(number: Memo<String>) -> impl IntoView {
    let app = use_app();
    let renewed = RwSignal::new(0_u32);
    let kept = LocalResource::new(move || {
        app.loaded.track();
        renewed.track();
        async move { desk(app, &app.store()?).await.ok() }
    });
    let kept = Memo::new(move |before: Option<&Option<Desk>>| kept.get().flatten().or_else(|| before.cloned().flatten()));
    let made = Memo::new(move |_| {
        let number = number.get();
        kept.get().map(|desk| desk.made.into_iter().find(|made| number_of(made).as_ref() == Some(&number)))
    });
    move || match made.get() {
        None => view! { <p class="note">{t(common::LOADING)}</p> }.into_any(),
        Some(None) => view! { <p>{t(words::NO_SUCH)}</p> }.into_any(),
        Some(Some(made)) => view! {
            <Offered made=made.clone() />
            {match made.answered.clone() {
                Some((_, admission)) => view! { <Give admission /> }.into_any(),
                None => view! { <Ask made=made.clone() renewed /> }.into_any(),
            }}
            <Withdraw made />
        }
        .into_any(),
    }
}

#[component]
fn Offered(made: Made) -> impl IntoView {
    let app = use_app();
    let invitation = invitation_of(&made);
    view! {
        <h2 class="name">{made.name}</h2>
        {invitation.map(|invitation| {
            let role = invitation.roles.iter().max().map_or(common::UNKNOWN, domain::role);
            view! {
                <p class="note">
                    {t(role)}" · "{move || places(app, &invitation.scope)}" · "
                    {move || words::until(app.language.get(), &time::day(invitation.until))}
                </p>
            }
        })}
    }
}

#[component]
fn Ask(made: Made, renewed: RwSignal<u32>) -> impl IntoView {
    let app = use_app();
    let (busy, error) = (RwSignal::new(false), RwSignal::new(None::<NotAdmitted>));
    let take = move |text: String| {
        let Some(answer) = behind_mark(&text, "a") else { return false };
        if !busy.get_untracked() {
            busy.set(true);
            error.set(None);
            spawn_local(async move {
                let outcome = admit(app, &answer).await;
                let _gone = (error.try_set(outcome.err()), busy.try_set(false), renewed.try_update(|times| *times += 1));
            });
        }
        true
    };
    view! {
        <div class="columns">
            <section class="section">
                <h2>{t(words::STEP_SHOW)}</h2>
                <p class="note">{t(words::STEP_SHOW_NOTE)}</p>
                <HandOver text=link("/join", "i", &made.text) label=words::INVITATION_CODE />
            </section>
            <section class="section">
                <h2>{t(words::STEP_TAKE)}</h2>
                <p class="note">{t(words::STEP_TAKE_NOTE)}</p>
                <TakeIn id="answer" label=words::SCAN_ANSWER failure=words::ANSWER_UNREADABLE on_read=take />
                <div role="alert">
                    {move || error.get().map(|reason| view! { <p class="error"><Icon name="alert" />{t(why_not(reason))}</p> })}
                </div>
            </section>
        </div>
    }
}

#[component]
fn Give(admission: String) -> impl IntoView {
    view! {
        <section class="section">
            <h2>{t(words::STEP_GIVE)}</h2>
            <p class="note">{t(words::STEP_GIVE_NOTE)}</p>
            <HandOver text=link("/join", "w", &admission) label=words::ADMISSION_CODE />
        </section>
    }
}

#[component]
fn Withdraw(made: Made) -> impl IntoView {
    let app = use_app();
    let navigate = use_navigate();
    let is_answered = made.answered.is_some();
    let go = move |_| {
        let (text, navigate) = (made.text.clone(), navigate.clone());
        spawn_local(async move { leave(app, text, is_answered, navigate).await });
    };
    let label = if is_answered { words::FORGET } else { words::WITHDRAW };
    view! {
        <section class="section">
            <div class="buttons"><button class="button quiet" on:click=go>{t(label)}</button></div>
        </section>
    }
}

async fn leave(app: AppState, text: String, is_answered: bool, navigate: impl Fn(&str, NavigateOptions)) {
    match withdraw(app, text).await {
        Ok(()) => {
            toast::show(app, if is_answered { words::FORGOTTEN } else { words::WITHDRAWN });
            navigate("/people", NavigateOptions { replace: true, ..Default::default() });
        }
        Err(failed) => toast::show(app, failed.words()),
    }
}
