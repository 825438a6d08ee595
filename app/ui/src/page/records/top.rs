//! How things stand as a whole: the link, what is not sent, the clock, the room that is left.

use crate::device::closed;
use crate::device::storage;
use crate::device::time;
use crate::locale::{common, keeping, records as words};
use crate::part::fate::Fates;
use crate::part::icon::Icon;
use crate::part::strip::clock_words;
use crate::part::toast;
use crate::state::{AppState, Link, clock, sync, use_app};
use crate::words::t;
use civmesh_domain::text::Language;
use leptos::prelude::*;

/// The summary.
#[component]
pub fn Top(fates: Memo<Fates>) -> impl IntoView {
    let app = use_app();
    let _fates = fates;
    let can_send = LocalResource::new(closed::can_send);
    let waits = move || app.seat.with(Option::is_some) && app.unsent() > app.refused();
    let settled = move || app.unsent() == 0 && app.has_receipts();
    view! {
        <div class="line">
            <p class="grow" role="status">
                <b>{move || counts(app, app.language.get())}</b>
                <br />
                <span class="note">{move || link_words(app, app.language.get())}</span>
            </p>
            <button
                class="button"
                on:click=move |_| { sync::nudge(app); toast::show(app, words::SYNC_ASKED); }
            >
                <Icon name="sync" />{t(words::SYNC_NOW)}
            </button>
        </div>
        <Show when=settled><p class="note">{t(words::ALL_SENT)}</p></Show>
        <Show when=waits><p class="note">{move || can_send.get().map(|can| t(if can { words::SENDS_CLOSED } else { words::SENDS_OPEN })())}</p></Show>
        <ClockNotice />
        <Damaged />
        <Room />
    }
}

fn counts(app: AppState, language: Language) -> String {
    let (unsent, refused) = (app.unsent(), app.refused());
    let separator = if language == Language::Zh { "・" } else { " · " };
    let refused = (refused > 0).then(|| words::to_deal(language, refused));
    std::iter::once(words::unsent(language, unsent)).chain(refused).collect::<Vec<_>>().join(separator)
}

fn link_words(app: AppState, language: Language) -> String {
    match app.link.get() {
        Link::Connecting => common::STRIP_CONNECTING.get(language).to_owned(),
        Link::Reached => common::STRIP_ONLINE.get(language).to_owned(),
        Link::Offline { since } => {
            format!("{} {}", common::STRIP_OFFLINE.get(language), common::since(language, &time::day_and_time(since, app.now.get())))
        }
        Link::HubAway => common::STRIP_HUB_AWAY.get(language).to_owned(),
        Link::SignedOut => common::STRIP_SIGNED_OUT.get(language).to_owned(),
        Link::SeatRefused => common::STRIP_SEAT_REFUSED.get(language).to_owned(),
    }
}

#[component]
fn ClockNotice() -> impl IntoView {
    let app = use_app();
    move || {
        clock::off(app).map(|off| {
            view! {
                <div class="notice caution">
                    <Icon name="clock" />
                    <div class="grow">
                        <b>{move || clock_words(app.language.get(), off)}</b>
                        <br />
                        {t(words::CLOCK_OFF_NOTE)}
                    </div>
                </div>
            }
        })
    }
}

/// Records that could not be read: said where somebody looks for theirs.
#[component]
fn Damaged() -> impl IntoView {
    let app = use_app();
    let damaged = Memo::new(move |_| app.health.with(|health| health.damaged));
    move || {
        (damaged.get() > 0).then(|| {
            view! {
                <div class="notice caution">
                    <Icon name="alert" />
                    <div class="grow">{move || keeping::damaged(app.language.get(), damaged.get())}</div>
                </div>
            }
        })
    }
}

/// Bytes for people: `12 MB`.
pub fn bytes_words(bytes: f64) -> String {
    const STEPS: [(f64, &str); 3] = [(1e9, "GB"), (1e6, "MB"), (1e3, "kB")];
    let step = STEPS.into_iter().find(|(size, _)| bytes >= *size);
    step.map_or_else(|| format!("{bytes:.0} B"), |(size, unit)| format!("{:.1} {unit}", bytes / size))
}

#[component]
fn Room() -> impl IntoView {
    /// Below this much room, in bytes, photos may not fit any more.
    const LOW: f64 = 50e6;
    let app = use_app();
    let room = LocalResource::new(move || {
        app.outbox.track();
        storage::room()
    });
    move || {
        room.get().flatten().map(|room| {
            let said = move || words::room(app.language.get(), &bytes_words(room.used), &bytes_words(room.quota));
            if room.quota - room.used < LOW {
                view! {
                    <div class="notice caution">
                        <Icon name="alert" />
                        <div class="grow"><b>{t(words::ROOM_LOW)}</b><br />{t(words::ROOM_LOW_NOTE)}<br />{said}</div>
                    </div>
                }
                .into_any()
            } else {
                view! { <p class="note">{said}</p> }.into_any()
            }
        })
    }
}
