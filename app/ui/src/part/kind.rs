//! What a node is, in one line.

use crate::locale::domain;
use crate::state::use_app;
use civmesh_domain::spatial::node::{Node, Refuge};
use leptos::prelude::*;

/// Kind and standing: "學校・避難收容處所・已認證節點".
#[component]
pub fn Kind(node: Node) -> impl IntoView {
    let app = use_app();
    let refuge = [Refuge::DisasterShelter, Refuge::AirRaidShelter].into_iter().filter(|refuge| node.refuge.contains(*refuge));
    let words: Vec<_> =
        std::iter::once(domain::node_kind(node.kind)).chain(refuge.map(domain::refuge)).chain([domain::standing(node.standing)]).collect();
    let said = move || words.iter().map(|words| words.get(app.language.get())).collect::<Vec<_>>().join(" · ");
    view! { <p class="note">{said}</p> }
}
