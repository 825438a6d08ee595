//! State, proof, by whom and how old: by shape and word first, colour last.

use super::icon::Icon;
use crate::device::time;
use crate::locale::{common, domain};
use crate::state::{AppState, use_app};
use crate::words::{Words, t};
use civmesh_domain::id::DeviceKey;
use civmesh_domain::information::status::NodeState;
use civmesh_domain::personnel::trust::Verdict;
use civmesh_domain::unit::Millis;
use leptos::prelude::*;

/// A node's state as somebody said it, and whether that is verified; `None` is unknown, and says so. Only what is verified has a colour
/// and a filled sign.
#[component]
pub fn StateBadge(said: Option<(NodeState, bool)>) -> impl IntoView {
    let (class, words) = match said {
        None => ("state unknown", domain::STATE_UNKNOWN),
        Some((state, _)) => (state_class(state), domain::node_state(state)),
    };
    let hearsay = said.is_some_and(|(_, verified)| !verified);
    view! { <span class=class class:hearsay=hearsay>{t(words)}</span> }
}

/// The class that draws a state's shape.
pub fn state_class(state: NodeState) -> &'static str {
    match state {
        NodeState::Open => "state open",
        NodeState::NearlyFull => "state nearly",
        NodeState::Full => "state full",
        NodeState::Closed | NodeState::Unsafe => "state closed",
    }
}

/// Whether a statement is verified, in words and with a sign.
#[component]
pub fn Proof(verdict: Verdict) -> impl IntoView {
    let (class, icon) = match verdict {
        Verdict::Verified => ("proof verified", "verified"),
        Verdict::Unverified(_) => ("proof unverified", "unverified"),
        Verdict::Broken => ("proof broken", "alert"),
    };
    view! { <span class=class><Icon name=icon />{t(domain::verdict(verdict))}</span> }
}

/// By whom something was said: the role for which somebody vouches and the code of the phone, and for who may read it the name.
#[component]
pub fn By(author: DeviceKey) -> impl IntoView {
    let app = use_app();
    view! { <span class="note by">{move || by(app, author)}</span> }
}

/// The same as words, for a line with other facts.
pub fn by(app: AppState, author: DeviceKey) -> String {
    let (language, code) = (app.language.get(), author.check_word().to_string());
    if app.me.get() == Some(author) {
        return common::BY_THIS_PHONE.get(language).to_owned();
    }
    let phone = match app.holders.with(|holders| holders.get(&author).copied()) {
        Some(role) => common::by_role(language, domain::role(role).get(language), &code),
        None => common::by_phone(language, &code),
    };
    match app.names.with(|names| names.get(&author).cloned()) {
        Some(name) => common::by_name(language, &name, &phone),
        None => phone,
    }
}

/// The same in a word, for lists: the role for which somebody vouches.
pub fn by_role(app: AppState, author: DeviceKey) -> Option<Words> {
    app.holders.with(|holders| holders.get(&author).copied()).map(domain::role)
}

/// All that belongs to a statement: whether it is verified, by whom it was made, how old it is.
#[component]
pub fn Vouched(verdict: Verdict, author: DeviceKey, at: Millis) -> impl IntoView {
    view! { <Proof verdict /><By author /><Age at /> }
}

/// How old something is, kept up to date; old news looks old, and so does what is said to lie ahead.
#[component]
pub fn Age(at: Millis) -> impl IntoView {
    /// Six hours: after that a place's state is more memory than news.
    const STALE: u64 = 6 * 60 * Millis::MINUTE;
    let app = use_app();
    let class = move || match app.now.get() {
        now if time::is_ahead(at, now) || at.age(now) > STALE => "note stale",
        _ => "note",
    };
    view! { <span class=class>{move || time::age(app.language.get(), at, app.now.get())}</span> }
}
