//! How ready the place is, for its staff and for coordinators, and the way to the eight items.

use crate::locale::upkeep as words;
use crate::page::upkeep::{reading, say, use_checklist};
use crate::part::icon::Icon;
use crate::state::use_app;
use crate::words::t;
use civmesh_domain::id::NodeId;
use leptos::prelude::*;
use leptos_router::components::A;

/// In short; nothing for everybody else.
#[component]
pub fn Upkeep(node: NodeId) -> impl IntoView {
    let app = use_app();
    let (of, about) = (node.clone(), node.clone());
    let hidden = Memo::new(move |_| reading(app, &of).is_some());
    let list = use_checklist(app, about);
    move || {
        (!hidden.get()).then(|| {
            view! {
                <section class="section">
                    <h2>{t(words::TITLE)}</h2>
                    <A href=format!("/upkeep?node={node}") attr:class="row">
                        <Icon name="checklist" />
                        <span class="grow">
                            <strong class="name">{move || list.with(|list| say::met(app.language.get(), list))}</strong>
                            <span class="note">{move || list.with(|list| say::age(app, list))}</span>
                        </span>
                        <Icon name="next" />
                    </A>
                </section>
            }
        })
    }
}
