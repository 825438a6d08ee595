//! The region: what is shown, where its data comes from, what else is on the phone, and loading a pack.

mod load;
mod others;
mod refused;

use crate::device::time;
use crate::locale::{common, coverage, more, region as words, zone};
use crate::part::icon::Icon;
use crate::state::region::Region;
use crate::state::use_app;
use crate::words::{Words, t, tt};
use civmesh_pack::Layer;
use leptos::prelude::*;
use leptos_router::components::A;
use load::Load;
use others::Others;
use std::sync::Arc;

/// The screen.
#[component]
pub fn RegionPage() -> impl IntoView {
    let app = use_app();
    view! {
        <div class="page-head">
            <A href="/more" attr:class="back"><Icon name="back" />{t(more::TITLE)}</A>
            <h1>{t(words::TITLE)}</h1>
        </div>
        <div class="columns">
            <div>
                {move || match app.region.get() {
                    Some(region) => view! { <Shown region /> }.into_any(),
                    None => view! { <p>{t(words::NONE)}</p> }.into_any(),
                }}
            </div>
            <div>
                <Load />
                <Others />
            </div>
        </div>
    }
}

#[component]
fn Shown(region: Arc<Region>) -> impl IntoView {
    let app = use_app();
    let manifest = &region.manifest;
    let (built, version, id) = (manifest.built, manifest.version, grouped(&manifest.region.to_string()));
    let (nodes, layers) = (region.nodes().len(), manifest.layers.clone());
    let sops = move || app.sops.with(|sops| sops.as_ref().map_or_else(|| "…".to_owned(), |sops| sops.len().to_string()));
    let link = |href: &'static str, icon: &'static str, title: Words, note: Words| {
        view! {
            <li>
                <A href=href attr:class="row">
                    <Icon name=icon />
                    <span class="grow"><strong class="name">{t(title)}</strong><span class="note">{t(note)}</span></span>
                    <Icon name="next" />
                </A>
            </li>
        }
    };
    view! {
        <section class="section">
            <h2>{tt(manifest.name.clone())}</h2>
            {move || app.is_exercise().then(|| view! {
                <div class="notice drill">
                    <Icon name="info" />
                    <div class="grow"><b>{t(common::EXERCISE)}</b><br />{t(words::IS_EXERCISE)}</div>
                </div>
            })}
            <dl class="facts">
                <dt>{t(words::VERSION)}</dt>
                <dd>{version}</dd>
                <dt>{t(words::BUILT)}</dt>
                <dd>{move || time::age(app.language.get(), built, app.now.get())}"（"{move || time::day_and_time(built, app.now.get())}"）"</dd>
                <dt>{t(words::NODES)}</dt>
                <dd>{nodes}</dd>
                <dt>{t(words::SOPS)}</dt>
                <dd>{sops}</dd>
                <dt>{t(words::FINGERPRINT)}</dt>
                <dd><span class="code">{id}</span><br /><span class="note">{t(words::FINGERPRINT_NOTE)}</span></dd>
            </dl>
        </section>
        <ul class="rows">
            {link("/coverage", "search", coverage::TITLE, coverage::ROW_NOTE)}
            {link("/zone", "map", zone::TITLE, zone::ROW_NOTE)}
        </ul>
        <section class="section">
            <h2>{t(words::LAYERS)}</h2>
            <ul class="rows">{layers.into_iter().map(|layer| view! { <OneLayer layer /> }).collect_view()}</ul>
        </section>
    }
}

/// Five characters at a time, as people compare them.
fn grouped(id: &str) -> String {
    let characters: Vec<char> = id.chars().collect();
    characters.chunks(5).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join(" ")
}

#[component]
fn OneLayer(layer: Layer) -> impl IntoView {
    let app = use_app();
    let Layer { name, licence, attribution, date, .. } = layer;
    view! {
        <li class="row top">
            <span class="grow">
                <strong>{tt(name)}</strong>
                <br />
                <span class="note">{move || words::layer(app.language.get(), &licence, &date)}</span>
                <br />
                <span>{attribution}</span>
            </span>
        </li>
    }
}
