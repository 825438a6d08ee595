//! The node at which somebody works: in the address, else the one of last time, else the seat's own.

use super::icon::Icon;
use crate::locale::{common, desk, domain};
use crate::state::{AppState, preference, use_app};
use crate::words::t;
use civmesh_domain::id::NodeId;
use civmesh_domain::spatial::node::Node;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate, use_query_map};

/// How many nodes a list offers at once.
const OFFERED: usize = 12;

/// The node of this screen: `?node=…`, else the one of last time, else the seat's first.
pub fn use_desk() -> Memo<Option<NodeId>> {
    let app = use_app();
    let query = use_query_map();
    Memo::new(move |_| {
        let named = query.with(|query| query.get("node")).and_then(|id| id.parse::<NodeId>().ok());
        let known = |id: &NodeId| app.region.with(|region| region.as_ref().is_some_and(|region| region.node(id).is_some()));
        let own = || app.seat.get().and_then(|seat| seat.nodes().into_iter().next());
        named.or_else(preference::desk).filter(known).or_else(|| own().filter(known))
    })
}

/// The name of the node of this screen, with a way to choose another.
#[component]
pub fn DeskBar(desk: Memo<Option<NodeId>>) -> impl IntoView {
    let choosing = RwSignal::new(false);
    let app = use_app();
    view! {
        {move || match desk.get() {
            Some(id) if !choosing.get() => view! {
                <div class="line desk">
                    <strong class="name grow">{move || app.node_name(&id)}</strong>
                    <button class="button quiet" on:click=move |_| choosing.set(true)>{t(desk::CHANGE)}</button>
                </div>
            }.into_any(),
            _ => view! { <DeskPicker on_chosen=move || choosing.set(false) /> }.into_any(),
        }}
    }
}

/// A list to choose a node from: the seat's own first, then by distance, or by what is typed.
#[component]
fn DeskPicker(on_chosen: impl Fn() + Copy + Send + Sync + 'static) -> impl IntoView {
    let app = use_app();
    let typed = RwSignal::new(String::new());
    let path = use_location().pathname;
    let choose = {
        let navigate = use_navigate();
        move |id: NodeId| {
            preference::keep_desk(&id);
            on_chosen();
            let to = format!("{}?node={id}", path.get_untracked());
            navigate(&to, NavigateOptions { replace: true, scroll: false, ..Default::default() });
        }
    };
    let found = move || candidates(app, &typed.get());
    view! {
        <section class="section">
            <h2>{t(common::CHOOSE_NODE)}</h2>
            <div class="field">
                <label for="desk-search">{t(desk::SEARCH)}</label>
                <input class="input" id="desk-search" type="search" autocomplete="off" on:input=move |event| typed.set(event_target_value(&event)) />
            </div>
            <ul class="rows">
                {move || {
                    let choose = choose.clone();
                    found().into_iter().map(move |node| {
                        let (choose, id) = (choose.clone(), node.id.clone());
                        view! {
                            <li>
                                <button class="row" type="button" on:click=move |_| choose(id.clone())>
                                    <span class="grow">
                                        <strong class="name">{move || node.name.get(app.language.get()).to_owned()}</strong>
                                        <span class="note">{t(domain::node_kind(node.kind))}" · "{node.id.to_string()}</span>
                                    </span>
                                    <Icon name="next" />
                                </button>
                            </li>
                        }
                    }).collect_view()
                }}
            </ul>
            {move || found().is_empty().then(|| view! { <p class="note">{t(desk::NOTHING_FOUND)}</p> })}
        </section>
    }
}

fn candidates(app: AppState, typed: &str) -> Vec<Node> {
    let Some(region) = app.region.get() else { return Vec::new() };
    let typed = typed.trim().to_lowercase();
    if !typed.is_empty() {
        let fits =
            |node: &&Node| node.name.zh.contains(&typed) || node.name.en.to_lowercase().contains(&typed) || node.id.as_str() == typed;
        return region.nodes().iter().filter(fits).take(OFFERED).cloned().collect();
    }
    let own = app.seat.get().map(|seat| seat.nodes()).unwrap_or_default();
    let mut nodes: Vec<Node> = own.iter().filter_map(|id| region.node(id)).cloned().collect();
    let from = app.origin.get().map_or(region.manifest.centre, |origin| origin.place);
    let others = region.directory.nearest(from, |node| !own.contains(&node.id));
    nodes.extend(others.take(OFFERED.saturating_sub(nodes.len())).cloned());
    nodes
}
