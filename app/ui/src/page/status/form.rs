//! The form: one state, and yes, no or unknown for everything that a node may offer.

use crate::command::set_status::set_status;
use crate::locale::{common, domain, status};
use crate::part::badge::state_class;
use crate::part::correction::{Corrected, rows_of};
use crate::part::icon::Icon;
use crate::part::toast;
use crate::state::{AppState, use_app};
use crate::words::t;
use civmesh_domain::fold::view;
use civmesh_domain::id::{EventId, NodeId};
use civmesh_domain::information::status::{NodeState, NodeStatus};
use civmesh_domain::spatial::node::{Facts, Known, Offer};
use enumset::EnumSet;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The form, filled with what is said now, or with the record that is corrected.
#[component]
pub fn StatusForm(node: NodeId, corrected: Option<Corrected<NodeStatus>>) -> impl IntoView {
    let app = use_app();
    let corrects = corrected.as_ref().map(|corrected| corrected.id);
    let start = corrected.map(|corrected| corrected.entry).or_else(|| untrack(|| said_now(app, &node)));
    let state = RwSignal::new(start.as_ref().map(|status| status.state));
    let offers = RwSignal::new(start.map(|status| status.offers).unwrap_or_default());
    let (busy, missing) = (RwSignal::new(false), RwSignal::new(false));
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        missing.set(state.get_untracked().is_none());
        if let Some(state) = state.get_untracked()
            && !busy.get_untracked()
        {
            busy.set(true);
            spawn_local(save(app, node.clone(), state, offers.get_untracked(), corrects, busy));
        }
    };
    view! {
        <form class="narrow stack" on:submit=submit novalidate>
            <StateField state />
            <div role="alert">
                {move || missing.get().then(|| view! { <p class="error"><Icon name="alert" />{t(status::CHOOSE_STATE)}</p> })}
            </div>
            <section class="section">
                <h2>{t(status::OFFERS)}</h2>
                <p class="hint">{t(status::OFFERS_HINT)}</p>
                {EnumSet::<Offer>::all().iter().map(|offer| view! { <OfferField offer offers /> }).collect_view()}
            </section>
            <p class="hint">{t(status::PUBLIC)}</p>
            <div class="foot">
                <div class="buttons">
                    <button class="button primary lead" type="submit" aria-disabled=move || busy.get().to_string()>
                        <Icon name="send" />
                        {t(status::SUBMIT)}
                    </button>
                </div>
            </div>
        </form>
    }
}

/// What is said of the node now.
fn said_now(app: AppState, node: &NodeId) -> Option<NodeStatus> {
    app.statuses.with(|board| {
        let said = board.get(node)?;
        view(said, app.now.get()).map(|seen| seen.first.statement.value.clone())
    })
}

#[component]
fn StateField(state: RwSignal<Option<NodeState>>) -> impl IntoView {
    view! {
        <fieldset class="field">
            <legend class="label">{t(status::STATE)}</legend>
            <div class="segments pairs">
                {NodeState::ALL.map(|choice| view! {
                    <label>
                        <input type="radio" name="state" prop:checked=move || state.get() == Some(choice) on:change=move |_| state.set(Some(choice)) />
                        <span class=state_class(choice)>{t(domain::node_state(choice))}</span>
                    </label>
                })}
            </div>
            {move || (state.get() == Some(NodeState::Unsafe)).then(|| view! { <p class="hint">{t(status::UNVERIFIED_NOTE)}</p> })}
        </fieldset>
    }
}

#[component]
fn OfferField(offer: Offer, offers: RwSignal<Facts<Offer>>) -> impl IntoView {
    let choices = [(Known::Yes, status::YES), (Known::No, status::NO), (Known::Unknown, common::UNKNOWN)];
    let name = format!("offer-{offer:?}");
    view! {
        <fieldset class="field">
            <legend class="label">{t(domain::offer(offer))}</legend>
            <div class="segments">
                {choices.map(|(known, label)| view! {
                    <label>
                        <input
                            type="radio"
                            name=name.clone()
                            prop:checked=move || offers.get().of(offer) == known
                            on:change=move |_| offers.update(|offers| set(offers, offer, known))
                        />
                        {t(label)}
                    </label>
                })}
            </div>
        </fieldset>
    }
}

fn set(offers: &mut Facts<Offer>, offer: Offer, known: Known) {
    offers.yes.remove(offer);
    offers.no.remove(offer);
    match known {
        Known::Yes => drop(offers.yes.insert(offer)),
        Known::No => drop(offers.no.insert(offer)),
        Known::Unknown => {}
    }
}

async fn save(app: AppState, node: NodeId, state: NodeState, offers: Facts<Offer>, corrects: Option<EventId>, busy: RwSignal<bool>) {
    let rows = corrects.map(|id| rows_of(app, id)).unwrap_or_default();
    match set_status(app, node, state, offers, rows).await {
        Ok(_) => toast::show(app, status::SAVED),
        Err(failed) => toast::show(app, failed.words()),
    }
    busy.set(false);
}
