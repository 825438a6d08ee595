//! The thin strip on top: in words, whether there is a network, what is not sent yet, and that this is an exercise.

use super::icon::Icon;
use crate::device::time;
use crate::locale::{common, keeping};
use crate::state::clock::{self, Off};
use crate::state::{AppState, Link, use_app};
use crate::words::{Words, t};
use civmesh_domain::text::Language;
use civmesh_domain::unit::Millis;
use civmesh_store::health::Health;
use leptos::prelude::*;
use leptos_router::components::A;

/// The strip. Pressing it opens the records.
#[component]
pub fn Strip() -> impl IntoView {
    let app = use_app();
    // Green only by receipt: something was written, all of it is at the hub, and the hub was there a moment ago.
    let settled = move || matches!(app.link.get(), Link::Reached) && app.unsent() == 0 && app.has_receipts();
    let class = move || match (settled(), app.is_in_trouble()) {
        (_, true) => "strip trouble",
        (true, false) => "strip settled",
        (false, false) => "strip",
    };
    let icon = move || if matches!(app.link.get(), Link::Offline { .. } | Link::HubAway) { "offline" } else { "cloud" };
    view! {
        <header class=class>
            <A href="/records">
                {move || view! { <Icon name=icon() /> }}
                <span role="status">{move || say(app, app.language.get())}</span>
            </A>
            {move || app.is_exercise().then(|| view! { <span class="exercise">{t(common::EXERCISE)}</span> })}
        </header>
    }
}

fn say(app: AppState, language: Language) -> String {
    let link = match app.link.get() {
        Link::Connecting => common::STRIP_CONNECTING.get(language).to_owned(),
        Link::Offline { since } => {
            let since = common::since(language, &time::day_and_time(since, app.now.get()));
            format!("{} {since}", common::STRIP_OFFLINE.get(language))
        }
        Link::HubAway => common::STRIP_HUB_AWAY.get(language).to_owned(),
        Link::SignedOut => common::STRIP_SIGNED_OUT.get(language).to_owned(),
        Link::SeatRefused => common::STRIP_SEAT_REFUSED.get(language).to_owned(),
        Link::Reached if app.unsent() == 0 && app.has_receipts() => common::STRIP_SETTLED.get(language).to_owned(),
        Link::Reached => common::STRIP_ONLINE.get(language).to_owned(),
    };
    let (unsent, refused) = (app.unsent(), app.refused());
    let facts = [
        not_kept(app.health.get()).map(|words| words.get(language).to_owned()),
        (unsent > refused).then(|| common::not_sent(language, unsent - refused)),
        (refused > 0).then(|| common::refused(language, refused)),
        clock::off(app).map(|off| clock_words(language, off)),
    ];
    let separator = if language == Language::Zh { "・" } else { " · " };
    [Some(link)].into_iter().chain(facts).flatten().collect::<Vec<_>>().join(separator)
}

/// What stands in the way of keeping what is written, in a word; the notice on the screen says more.
fn not_kept(health: Health) -> Option<Words> {
    match health {
        Health { fleeting: Some(_), .. } => Some(keeping::STRIP_NOT_KEPT),
        Health { blocked: true, .. } => Some(keeping::STRIP_BLOCKED),
        Health { newer: true, .. } | Health { outdated: true, .. } => Some(keeping::STRIP_READ_ONLY),
        Health { unreachable: true, .. } => Some(keeping::STRIP_LOST),
        Health { full: true, .. } => Some(keeping::STRIP_FULL),
        _ => None,
    }
}

/// How far the clock is off, and which way.
pub fn clock_words(language: Language, off: Off) -> String {
    let (minutes, day) = (off.by / Millis::MINUTE, 24 * 60);
    let amount = match minutes {
        _ if minutes < 120 => keeping::minutes(language, minutes),
        _ if minutes < 2 * day => keeping::hours(language, minutes / 60),
        _ if minutes < 730 * day => keeping::days(language, minutes / day),
        _ => keeping::years(language, minutes / day / 365),
    };
    if off.behind { keeping::clock_behind(language, &amount) } else { keeping::clock_ahead(language, &amount) }
}
