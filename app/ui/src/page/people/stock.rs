//! The seats that a coordinator holds for whoever is admitted.

use crate::command::invite::{Desk, stock_up};
use crate::device::file;
use crate::locale::{domain, people as words};
use crate::part::icon::Icon;
use crate::state::{AppState, use_app};
use crate::words::t;
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::collections::BTreeMap;

/// A file of seats is a few hundred bytes for each.
const LARGEST: f64 = 1024.0 * 1024.0;

/// What came of loading a file.
#[derive(Clone, Copy)]
enum Loaded {
    So(usize),
    NotRead,
    Failed(crate::command::Failed),
}

/// What is left, and a way to load more.
#[component]
pub fn Stock(kept: Memo<Desk>, renewed: RwSignal<u32>) -> impl IntoView {
    let app = use_app();
    let input = NodeRef::<html::Input>::new();
    let loaded = RwSignal::new(None::<Loaded>);
    let choose = move |event: leptos::ev::Event| {
        let element: web_sys::HtmlInputElement = event_target(&event);
        let Some(chosen) = file::chosen(&element) else { return };
        spawn_local(async move {
            let outcome = load(app, &chosen).await;
            element.set_value("");
            let _gone = (loaded.try_set(Some(outcome)), renewed.try_update(|times| *times += 1));
        });
    };
    view! {
        <section class="section">
            <h2>{t(words::STOCK)}</h2>
            <p class="note">{t(words::STOCK_NOTE)}</p>
            <ul class="plain">
                {move || counts(app, &kept.get()).into_iter().map(|line| view! { <li>{line}</li> }).collect_view()}
            </ul>
            <div class="buttons">
                <button class="button" on:click=move |_| if let Some(input) = input.get_untracked() { input.click() }>
                    <Icon name="load" />{t(words::LOAD_STOCK)}
                </button>
            </div>
            <input class="visually-hidden" id="stock-file" type="file" tabindex="-1" aria-hidden="true" accept=".json,application/json" node_ref=input on:change=choose />
            <div role="status">
                {move || loaded.get().map(|loaded| match loaded {
                    Loaded::So(count) => view! { <p>{words::stocked(app.language.get(), count)}</p> }.into_any(),
                    Loaded::NotRead => view! { <p class="error"><Icon name="alert" />{t(words::STOCK_NOT_READ)}</p> }.into_any(),
                    Loaded::Failed(failed) => view! { <p class="error"><Icon name="alert" />{t(failed.words())}</p> }.into_any(),
                })}
            </div>
        </section>
    }
}

async fn load(app: AppState, chosen: &web_sys::File) -> Loaded {
    let Some(bytes) = file::read(chosen, LARGEST).await else { return Loaded::NotRead };
    match stock_up(app, &bytes).await {
        Ok(Some(count)) => Loaded::So(count),
        Ok(None) => Loaded::NotRead,
        Err(failed) => Loaded::Failed(failed),
    }
}

/// How many there are of each role and place.
fn counts(app: AppState, kept: &Desk) -> Vec<String> {
    let mut counts: BTreeMap<(String, String), usize> = BTreeMap::new();
    for seat in &kept.stock {
        let place = match seat.nodes.as_slice() {
            [] => words::ALL_NODES.get(app.language.get()).to_owned(),
            nodes => nodes.iter().map(|node| app.node_name(node)).collect::<Vec<_>>().join(" / "),
        };
        *counts.entry((domain::role(seat.role).get(app.language.get()).to_owned(), place)).or_default() += 1;
    }
    counts.into_iter().map(|((role, place), count)| words::stock(app.language.get(), count, &role, &place)).collect()
}
