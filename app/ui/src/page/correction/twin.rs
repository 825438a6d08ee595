//! Which node a place is the same as: the nearest ones.

use crate::locale::correction as words;
use crate::part::dial::distance;
use crate::part::here::may_see;
use crate::state::use_app;
use crate::words::{t, tt};
use civmesh_domain::id::NodeId;
use civmesh_domain::spatial::nearest::measure;
use civmesh_domain::spatial::node::Node;
use civmesh_domain::unit::Metres;
use leptos::prelude::*;

/// How many are listed.
const LISTED: usize = 8;

/// Chooses one of the nodes nearest to `node`.
#[component]
pub fn Twin(node: Node, chosen: RwSignal<Option<NodeId>>) -> impl IntoView {
    let app = use_app();
    let near = move || {
        let Some(region) = app.region.get() else { return Vec::new() };
        let others = region.nodes().iter().filter(|other| other.id != node.id && may_see(app, other));
        let mut near: Vec<(Metres, &Node)> = others.map(|other| (measure(node.place, other.place).0, other)).collect();
        near.sort_by_key(|(metres, _)| *metres);
        near.into_iter().take(LISTED).map(|(metres, other)| (metres, other.clone())).collect::<Vec<_>>()
    };
    view! {
        <fieldset class="field" aria-describedby="twin-hint">
            <legend class="label">{t(words::WHICH)}</legend>
            <p class="hint" id="twin-hint">{t(words::WHICH_HINT)}</p>
            {move || near().into_iter().map(|(metres, other)| {
                let (id, picked) = (other.id.clone(), other.id);
                view! {
                    <label class="check">
                        <input
                            type="radio"
                            name="twin"
                            prop:checked=move || chosen.with(|chosen| chosen.as_ref() == Some(&id))
                            on:change=move |_| chosen.set(Some(picked.clone()))
                        />
                        <span class="grow">
                            {tt(other.name)}
                            <span class="hint">{tt(other.address)}" "{move || distance(app.language.get(), metres)}</span>
                        </span>
                    </label>
                }
            }).collect_view()}
        </fieldset>
    }
}
