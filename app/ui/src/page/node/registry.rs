//! What was agreed about the node's entry since the pack was made, and the way to say that something of it is wrong.

use crate::locale::correction as words;
use crate::page::correction::{is_staff, use_registry};
use crate::part::dial::{distance, wind};
use crate::part::icon::Icon;
use crate::state::{AppState, use_app};
use crate::words::t;
use civmesh_domain::id::NodeId;
use civmesh_domain::spatial::nearest::measure;
use civmesh_domain::spatial::registry::{Agreed, End};
use civmesh_domain::unit::Place;
use leptos::prelude::*;
use leptos_router::components::A;

/// What was agreed about a node, and where it was before.
#[derive(Clone, PartialEq)]
struct Known {
    agreed: Agreed,
    before: Place,
}

fn known(app: AppState, id: &NodeId) -> Option<Known> {
    app.region.with(|region| {
        let corrected = region.as_ref()?.corrected.as_ref()?;
        Some(Known { agreed: corrected.agreed().get(id)?.clone(), before: corrected.before(id)?.place })
    })
}

/// How the node ended; `None` for one that there is.
pub fn end_of(app: AppState, id: &NodeId) -> Option<End> {
    app.region.with(|region| {
        let corrected = region.as_ref()?.corrected.as_ref()?;
        corrected.ended(id)?;
        Some(corrected.agreed().get(id)?.end.as_ref()?.value.clone())
    })
}

/// Says that nobody should go there, and where to instead.
#[component]
pub fn Ended(end: End) -> impl IntoView {
    let app = use_app();
    let (said, other) = match end {
        End::Closed => (words::ENDED_CLOSED, None),
        End::DuplicateOf(other) => (words::ENDED_DUPLICATE, Some(other)),
    };
    view! {
        <div class="notice caution" role="note">
            <Icon name="alert" />
            <div class="grow">
                <p><b>{t(said)}</b></p>
                <div class="buttons">
                    {match other {
                        Some(other) => {
                            let named = other.clone();
                            view! { <A href=format!("/node/{other}") attr:class="button primary lead">{move || app.node_name(&named)}</A> }.into_any()
                        }
                        None => view! { <A href="/" attr:class="button primary lead">{t(words::FIND_OTHER)}</A> }.into_any(),
                    }}
                </div>
            </div>
        </div>
    }
}

/// What was corrected, what waits to be decided, and the way to say more.
#[component]
pub fn Corrected(id: NodeId) -> impl IntoView {
    let app = use_app();
    let registry = use_registry(app);
    let (of, about) = (id.clone(), id.clone());
    let waiting = Memo::new(move |_| registry.with(|registry| registry.open.get(&about).map_or(0, Vec::len)));
    let known = Memo::new(move |_| known(app, &of));
    let moved = move || {
        let known = known.get()?;
        let (metres, bearing) = measure(known.before, known.agreed.place?.value);
        let language = app.language.get();
        Some(words::moved(language, &distance(language, metres), wind(bearing).get(language)))
    };
    let has_steps_changed = move || known.with(|known| known.as_ref().is_some_and(|known| known.agreed.step_free.is_some()));
    view! {
        {move || moved().map(|moved| view! { <p class="note">{moved}</p> })}
        {move || has_steps_changed().then(|| view! { <p class="note">{t(words::STEPS_CHANGED)}</p> })}
        <div class="buttons">
            <A href=format!("/correction?node={id}") attr:class="button quiet"><Icon name="edit" />{t(words::LINK)}</A>
        </div>
        {move || Some(waiting.get()).filter(|&n| n > 0 && is_staff(app)).map(|n| view! { <p class="note">{words::to_decide(app.language.get(), n)}</p> })}
    }
}
