//! What a person has to know of a phone that does not keep what is written on it: on every screen, until it is over or read.

use super::icon::Icon;
use super::toast;
use crate::locale::keeping as words;
use crate::state::keeping::{Loss, dismiss};
use crate::state::{AppState, use_app};
use crate::words::{Words, t};
use civmesh_domain::text::Language;
use civmesh_store::health::{Fleeting, Health};
use civmesh_store::record::Rescue;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::components::A;

/// What can be done about it.
#[derive(Clone, Copy, PartialEq)]
enum Way {
    /// What is unsent can be saved to a file.
    Save,
    /// The page is to be loaded anew.
    Reload,
    /// Writing is to be tried again, and what is unsent can be saved.
    TryRoom,
    /// It passes by itself.
    Wait,
}

/// What stands in the way of keeping: what happened, what is safe and to be done, and how.
fn plight(health: Health) -> Option<(Words, Words, Way)> {
    match health {
        Health { fleeting: Some(Fleeting::NotGiven), .. } => Some((words::NOT_GIVEN, words::NOT_GIVEN_NOTE, Way::Save)),
        Health { fleeting: Some(Fleeting::NoRoom), .. } => Some((words::NO_ROOM, words::NO_ROOM_NOTE, Way::Save)),
        Health { fleeting: Some(Fleeting::Broken | Fleeting::Damaged), .. } => Some((words::BROKEN, words::BROKEN_NOTE, Way::Save)),
        Health { blocked: true, .. } => Some((words::BLOCKED, words::BLOCKED_NOTE, Way::Wait)),
        Health { outdated: true, .. } => Some((words::OUTDATED, words::OUTDATED_NOTE, Way::Reload)),
        Health { newer: true, .. } => Some((words::NEWER, words::NEWER_NOTE, Way::Reload)),
        Health { unreachable: true, .. } => Some((words::UNREACHABLE, words::UNREACHABLE_NOTE, Way::Reload)),
        Health { full: true, .. } => Some((words::FULL, words::FULL_NOTE, Way::TryRoom)),
        _ => None,
    }
}

/// All that is to be said.
#[component]
pub fn Notices() -> impl IntoView {
    let app = use_app();
    let plight = Memo::new(move |_| plight(app.health.get()));
    view! {
        <div role="alert">
            {move || plight.get().map(|(what, note, way)| view! { <Plight what note way /> })}
            {move || app.loss.get().map(|loss| view! { <Lost loss /> })}
        </div>
    }
}

#[component]
fn Plight(what: Words, note: Words, way: Way) -> impl IntoView {
    let app = use_app();
    let saves = move || matches!(way, Way::Save | Way::TryRoom) && app.unsent() > 0;
    let reload = |_| {
        // Where the page can't start anew by itself, the person will.
        let _stays = window().location().reload();
    };
    view! {
        <div class="notice caution">
            <Icon name="alert" />
            <div class="grow stack">
                <p><b>{t(what)}</b><br />{t(note)}</p>
                <div class="buttons">
                    {move || saves().then(|| view! { <A href="/records" attr:class="button"><Icon name="save" />{t(words::SAVE_NOW)}</A> })}
                    {(way == Way::Reload).then(|| view! { <button class="button primary" on:click=reload>{t(words::RELOAD)}</button> })}
                    {(way == Way::TryRoom).then(|| view! {
                        <button class="button" on:click=move |_| try_room(app)>{t(crate::locale::common::TRY_AGAIN)}</button>
                    })}
                </div>
            </div>
        </div>
    }
}

fn try_room(app: AppState) {
    spawn_local(async move {
        let Some(store) = app.store() else { return };
        let has_room = store.try_room().await.is_ok();
        toast::show(app, if has_room { words::FULL_OVER } else { words::FULL_STILL });
    });
}

#[component]
fn Lost(loss: Loss) -> impl IntoView {
    let app = use_app();
    let what = if matches!(loss, Loss::Rescued(_)) { words::RESCUED } else { words::REMOVED };
    let had_seat = matches!(loss, Loss::Removed { seat: true, .. });
    let said = move || lines(app.language.get(), &loss).into_iter().map(|line| view! { <br />{line} }).collect_view();
    view! {
        <div class="notice caution">
            <Icon name="alert" />
            <div class="grow stack">
                <p><b>{t(what)}</b>{said}</p>
                <div class="buttons">
                    {had_seat.then(|| view! { <A href="/seat" attr:class="button">{t(crate::locale::common::TAKE_SEAT)}</A> })}
                    <button class="button" on:click=move |_| dismiss(app)>{t(words::READ_IT)}</button>
                </div>
            </div>
        </div>
    }
}

fn lines(language: Language, loss: &Loss) -> Vec<String> {
    let fixed = |words: Words| Some(words.get(language).to_owned());
    let said = match loss {
        &Loss::Removed { unsent, saved, seat } => {
            let gone = if unsent == 0 { fixed(words::REMOVED_NONE) } else { Some(words::removed_unsent(language, unsent)) };
            let saved = (saved > 0).then(|| words::removed_saved(language, saved));
            [fixed(words::REMOVED_AT_HUB), gone, saved, fixed(if seat { words::REMOVED_SEAT } else { words::REMOVED_INSTALL })]
        }
        Loss::Rescued(Rescue { records, unsent, unreadable, .. }) => {
            let lost = (*unreadable > 0).then(|| words::rescued_lost(language, *unreadable));
            [Some(words::rescued(language, *records, *unsent)), lost, fixed(words::RESCUED_NOTE), None]
        }
    };
    said.into_iter().flatten().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn what(health: Health) -> Option<Words> {
        plight(health).map(|(what, ..)| what)
    }

    #[test]
    fn what_keeps_nothing_comes_before_what_can_not_be_written_now() {
        assert_eq!(what(Health::default()), None);
        assert_eq!(what(Health { made: true, damaged: 3, ..Health::default() }), None);
        assert_eq!(what(Health { full: true, unreachable: true, ..Health::default() }), Some(words::UNREACHABLE));
        assert_eq!(what(Health { newer: true, outdated: true, ..Health::default() }), Some(words::OUTDATED));
        assert_eq!(what(Health { fleeting: Some(Fleeting::NoRoom), full: true, ..Health::default() }), Some(words::NO_ROOM));
    }
}
