//! What people may find at a node: what there is, what there is not, and what nobody has said.

use super::icon::Icon;
use crate::locale::{common, domain};
use crate::words::t;
use civmesh_domain::spatial::node::{Known, Offer};
use leptos::prelude::*;

/// What people ask for, in the order of the filters.
pub const NEEDS: [Offer; 6] = [Offer::Water, Offer::Power, Offer::FirstAid, Offer::Toilets, Offer::StepFree, Offer::Vulnerable];
/// What a node may offer beside that.
const MORE: [Offer; 4] = [Offer::Food, Offer::Beds, Offer::Information, Offer::Pets];

/// The icon of an offer.
pub fn offer_icon(offer: Offer) -> &'static str {
    match offer {
        Offer::Water => "water",
        Offer::Power => "power",
        Offer::FirstAid => "aid",
        Offer::Toilets => "toilet",
        Offer::StepFree => "wheelchair",
        Offer::Vulnerable => "vulnerable",
        Offer::Food => "food",
        Offer::Beds => "shelter",
        Offer::Information => "info",
        Offer::Pets => "check",
    }
}

/// All needs, known or not, and of the rest what is known.
pub fn offers_of(known: impl Fn(Offer) -> Known) -> Vec<(Offer, Known)> {
    let needs = NEEDS.map(|offer| (offer, known(offer)));
    let more = MORE.map(|offer| (offer, known(offer))).into_iter().filter(|(_, known)| *known != Known::Unknown);
    let mut all: Vec<_> = needs.into_iter().chain(more).collect();
    all.sort_by_key(|(_, known)| match known {
        Known::Yes => 0,
        Known::No => 1,
        Known::Unknown => 2,
    });
    all
}

/// A list of offers.
#[component]
pub fn Offers(offers: Vec<(Offer, Known)>) -> impl IntoView {
    let item = |(offer, known): (Offer, Known)| {
        let (class, said) = match known {
            Known::Yes => ("", common::THERE_IS),
            Known::No => ("none", common::THERE_IS_NOT),
            Known::Unknown => ("unknown", common::UNKNOWN),
        };
        view! {
            <li class=class>
                <Icon name=offer_icon(offer) />
                {t(domain::offer(offer))}
                {(known == Known::Unknown).then_some(view! { <span aria-hidden="true">"?"</span> })}
                <span class="visually-hidden">" "{t(said)}</span>
            </li>
        }
    };
    view! { <ul class="offers">{offers.into_iter().map(item).collect_view()}</ul> }
}
