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

/// What the address carries about this node of the region that is shown.
pub fn in_address(app: AppState, node: NodeId) -> Memo<Option<Claim>> {
    let hash = use_location().hash;
    Memo::new(move |_| {
        let claim = hash.with(|hash| behind_mark(hash, MARK)).and_then(|text| Claim::from_text(&text))?;
        let is_here = app.region.with(|region| region.as_ref().is_some_and(|region| region.manifest.region == claim.region));
        (is_here && claim.node == node).then_some(claim)
    })
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
        let Some(text) = behind_mark(&text, MARK) else { return false };
        let Some(claim) = Claim::from_text(&text) else { return false };
        if app.region.with_untracked(|region| region.as_ref().is_none_or(|region| region.manifest.region != claim.region)) {
            elsewhere.set(true);
            return true;
        }
        navigate.with_value(|navigate| navigate(&format!("{}#{MARK}.{text}", path(&claim.node)), NavigateOptions::default()));
        true
    };
    view! {
        <section class="section">
            <h2>{t(words::TAKE_CLAIM)}</h2>
            <p class="note">{t(words::TAKE_CLAIM_NOTE)}</p>
            <TakeIn id="claim-text" label=words::SCAN_CLAIM failure=words::NO_CLAIM on_read=take />
            <div role="alert">
                {move || elsewhere.get().then(|| view! { <p class="error"><Icon name="alert" />{t(words::CLAIM_ELSEWHERE)}</p> })}
            </div>
        </section>
    }
}
