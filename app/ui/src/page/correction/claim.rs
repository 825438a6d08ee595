//! What somebody without a seat says: as a code for staff, and taken in by them.

use crate::locale::correction as words;
use crate::part::hand_over::{HandOver, link};
use crate::part::icon::Icon;
use crate::part::take_in::{TakeIn, behind_mark};
use crate::state::{AppState, use_app};
use crate::words::t;
use civmesh_domain::id::NodeId;
use civmesh_domain::spatial::registry::Wrong;
use civmesh_domain::spatial::registry::claim::Claim;
use leptos::html::H2;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate};

/// What stands before a claim in a link.
const MARK: &str = "c";

fn path(node: &NodeId) -> String {
    format!("/correction?node={node}")
}

/// What is said of a node of the region that is shown.
pub fn of(app: AppState, node: NodeId, wrong: Wrong, words: String) -> Option<Claim> {
    let region = app.region.with_untracked(|region| region.as_ref().map(|region| region.manifest.region))?;
    Some(Claim { region, node, wrong, words })
}

fn read(text: &str) -> Option<Claim> {
    Claim::from_text(&behind_mark(text, MARK)?)
}

/// Whether it is about the region that is shown; `None` while none is.
fn is_here(app: AppState, claim: &Claim) -> Option<bool> {
    app.region.with(|region| region.as_ref().map(|region| region.manifest.region == claim.region))
}

/// What the address carries about this node of the region that is shown.
pub fn in_address(app: AppState, node: NodeId) -> Memo<Option<Claim>> {
    let hash = use_location().hash;
    Memo::new(move |_| hash.with(|hash| read(hash)).filter(|claim| claim.node == node && is_here(app, claim) == Some(true)))
}

/// Says so where the address carries what somebody says of another region.
#[component]
pub fn ElsewhereNote() -> impl IntoView {
    let app = use_app();
    let hash = use_location().hash;
    let elsewhere = Memo::new(move |_| hash.with(|hash| read(hash)).is_some_and(|claim| is_here(app, &claim) == Some(false)));
    view! { <Elsewhere elsewhere /> }
}

#[component]
fn Elsewhere(#[prop(into)] elsewhere: Signal<bool>) -> impl IntoView {
    move || elsewhere.get().then(|| view! { <p class="error" role="alert"><Icon name="alert" />{t(words::CLAIM_ELSEWHERE)}</p> })
}

/// The code to show, and what to do with it.
#[component]
pub fn Shown(claim: Claim) -> impl IntoView {
    let heading = NodeRef::<H2>::new();
    Effect::new(move || {
        if let Some(heading) = heading.get() {
            // It is below what was pressed.
            let _focused = heading.focus();
            heading.scroll_into_view();
        }
    });
    view! {
        <section class="section" aria-labelledby="claim">
            <h2 id="claim" tabindex="-1" node_ref=heading>{t(words::CLAIM)}</h2>
            <p>{t(words::CLAIM_NOTE)}</p>
            <HandOver text=link(&path(&claim.node), MARK, &claim.to_text()) label=words::CLAIM_CODE />
        </section>
    }
}

/// Takes in what somebody shows, and opens the form with it.
#[component]
pub fn TakeClaim() -> impl IntoView {
    let app = use_app();
    let navigate = use_navigate();
    let (navigate, elsewhere) = (StoredValue::new_local(navigate), RwSignal::new(false));
    let take = move |text: String| {
        elsewhere.set(false);
        let Some(claim) = read(&text) else { return false };
        if untrack(|| is_here(app, &claim)) != Some(true) {
            elsewhere.set(true);
            return true;
        }
        let address = format!("{}#{MARK}.{}", path(&claim.node), claim.to_text());
        navigate.with_value(|navigate| navigate(&address, NavigateOptions::default()));
        true
    };
    view! {
        <section class="section">
            <h2>{t(words::TAKE_CLAIM)}</h2>
            <p class="note">{t(words::TAKE_CLAIM_NOTE)}</p>
            <TakeIn id="claim-text" label=words::SCAN_CLAIM failure=words::NO_CLAIM on_read=take />
            <Elsewhere elsewhere />
        </section>
    }
}
