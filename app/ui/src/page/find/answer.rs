//! The answer: the first place to go to.

use super::listing::{Spot, Views, status_of};
use crate::locale::find;
use crate::part::badge::StateBadge;
use crate::part::dial::{Dial, HowFar};
use crate::part::icon::Icon;
use crate::part::kind::Kind;
use crate::part::news::News;
use crate::part::offers::{Offers, offers_of};
use crate::state::use_app;
use crate::words::{t, tt};
use civmesh_domain::information::status::StatusView;
use civmesh_domain::spatial::node::Node;
use civmesh_domain::spatial::search::offer_now;
use civmesh_domain::unit::Metres;
use leptos::prelude::*;
use leptos_router::components::A;

/// The first place to go to. `query` stays in the links.
#[component]
pub fn Answer(spot: Spot, views: Memo<Views>, query: Memo<String>) -> impl IntoView {
    let app = use_app();
    let node = app.region.get_untracked().and_then(|region| region.nodes().get(spot.at).cloned());
    let status = Memo::new(move |_| status_of(app, views, spot.at));
    node.map(|node| {
        let (going, details) = (node.id.clone(), node.id.clone());
        let look_for = node.look_for.clone();
        let whom = move || (!look_for.is_empty()).then(|| find::look_for(app.language.get(), look_for.get(app.language.get())));
        let capacity = node.capacity;
        let holds = move || capacity.map(|people| find::holds(app.language.get(), people.0));
        view! {
            <article class="card answer">
                <div class="line">
                    <Dial bearing=spot.bearing />
                    <div class="grow">
                        <HowFar metres=Metres(spot.metres) bearing=spot.bearing way=spot.way />
                        <h2 class="name">{tt(node.name.clone())}</h2>
                        <Kind node=node.clone() />
                    </div>
                </div>
                <p class="line">
                    {move || view! { <span class="grow"><StateBadge said=status.get().map(|status| (status.state, status.verified)) /></span> }}
                    <span class="note">{holds}</span>
                </p>
                <OffersNow node=node.clone() status />
                <News node=node.id.clone() status />
                {whom}
                <div class="buttons">
                    <A href=move || format!("/going/{going}{}", query.get()) attr:class="button primary lead"><Icon name="walk" />{t(find::GO_THERE)}</A>
                    <A href=move || format!("/node/{details}{}", query.get()) attr:class="button">{t(find::DETAILS)}<span class="visually-hidden">" "{tt(node.name)}</span></A>
                </div>
            </article>
        }
    })
}

/// What it offers: as somebody who is vouched for says now, else as planned, and then it says so.
#[component]
fn OffersNow(node: Node, status: Memo<Option<StatusView>>) -> impl IntoView {
    move || {
        let status = status.get();
        let offers = offers_of(|offer| offer_now(&node, status.as_ref(), offer));
        let label = if status.is_some_and(|status| status.verified) { find::OFFERS_NOW } else { find::OFFERS_PLANNED };
        view! {
            <p class="note">{t(label)}</p>
            <Offers offers />
        }
    }
}
