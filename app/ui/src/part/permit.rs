//! Who may write what here: said before somebody tries, with what is needed.

use super::icon::Icon;
use crate::locale::{common, seat};
use crate::state::AppState;
use crate::words::{Words, t};
use civmesh_domain::body::Kind;
use civmesh_domain::id::NodeId;
use civmesh_domain::routing::route;
use leptos::prelude::*;
use leptos_router::components::A;

/// What stands between this phone and a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Barrier {
    /// There is no seat.
    NoSeat,
    /// The seat is for another region.
    OtherRegion,
    /// The seat is for other nodes.
    OtherNode,
    /// The seat's role does not write this.
    OtherRole,
}

impl Barrier {
    /// What to say about it.
    pub fn words(self) -> Words {
        match self {
            Self::NoSeat => seat::NEEDS_SEAT,
            Self::OtherRegion => seat::NEEDS_REGION,
            Self::OtherNode => seat::NEEDS_NODE,
            Self::OtherRole => seat::NEEDS_MANAGER,
        }
    }
}

/// What stands between this phone and a record of this kind about `node`; changes with seat and region.
pub fn barrier(app: AppState, kind: Kind, node: &NodeId) -> Option<Barrier> {
    let region = app.region.get().map(|region| region.manifest.region);
    match app.seat.get() {
        None => Some(Barrier::NoSeat),
        Some(seat) if Some(seat.region) != region => Some(Barrier::OtherRegion),
        Some(seat) if !seat.is_for(node) => Some(Barrier::OtherNode),
        Some(seat) if !route(kind).writers.iter().any(|&role| seat.has(role)) => Some(Barrier::OtherRole),
        Some(_) => None,
    }
}

/// Says what is needed, with the way there; nothing where nothing is.
#[component]
pub fn BarrierNote(
    /// What stands in the way.
    barrier: Memo<Option<Barrier>>,
    /// The notice's identifier, for whatever it explains.
    #[prop(default = "barrier")]
    id: &'static str,
) -> impl IntoView {
    move || {
        barrier.get().map(|barrier| {
            view! {
                <div class="notice" id=id>
                    <Icon name="key" />
                    <div class="grow">
                        <p>{t(barrier.words())}</p>
                        <A href="/seat" attr:class="button">{t(common::TAKE_SEAT)}</A>
                    </div>
                </div>
            }
        })
    }
}
