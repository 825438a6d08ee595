//! The other regions on this phone: to switch to, or to remove.

use crate::device::time;
use crate::locale::{common, region as words};
use crate::page::records::top::bytes_words;
use crate::part::icon::Icon;
use crate::part::sheet::Sheet;
use crate::part::toast;
use crate::state::packs::switch;
use crate::state::use_app;
use crate::words::{t, tt};
use civmesh_domain::id::RegionId;
use civmesh_store::Store;
use civmesh_store::record::PackNote;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The list.
#[component]
pub fn Others() -> impl IntoView {
    let app = use_app();
    let (removing, changed, busy) = (RwSignal::new(None::<RegionId>), RwSignal::new(0u32), RwSignal::new(false));
    let packs = LocalResource::new(move || {
        changed.track();
        app.region.track();
        async move { app.store()?.packs().await.ok() }
    });
    let others = Memo::new(move |_| {
        let shown = app.region.with(|region| region.as_ref().map(|region| region.manifest.region));
        let packs = packs.get().flatten().unwrap_or_default();
        packs.into_iter().filter(|note| Some(note.region) != shown).collect::<Vec<_>>()
    });
    let show = move |region: RegionId| {
        busy.set(true);
        spawn_local(async move {
            let switched = switch(app, region).await;
            if !switched {
                toast::show(app, words::NOT_SWITCHED);
            }
            // The screen may be gone by now.
            let _gone = busy.try_set(false);
        });
    };
    let row = move |note: PackNote| {
        let (region, name) = (note.region, note.name.clone());
        let facts = move || {
            let date = time::day_and_time(note.received, app.now.get());
            format!("{}・{}", words::version_and_date(app.language.get(), note.version, &date), bytes_words(f64::from(note.bytes)))
        };
        view! {
            <li>
                <div class="row top">
                    <span class="grow"><strong class="name">{tt(name)}</strong><span class="note">{facts}</span></span>
                </div>
                <div class="buttons">
                    <button class="button" disabled=move || busy.get() on:click=move |_| show(region)>{t(words::SWITCH)}</button>
                    <button class="button quiet" disabled=move || busy.get() on:click=move |_| removing.set(Some(region))>
                        <Icon name="trash" />{t(words::REMOVE)}
                    </button>
                </div>
            </li>
        }
    };
    view! {
        <section class="section">
            <h2>{t(words::OTHERS)}</h2>
            {move || others.read().is_empty().then(|| view! { <p class="note">{t(words::NO_OTHERS)}</p> })}
            <ul class="rows">{move || others.get().into_iter().map(row).collect_view()}</ul>
        </section>
        <Ask removing changed />
    }
}

#[component]
fn Ask(removing: RwSignal<Option<RegionId>>, changed: RwSignal<u32>) -> impl IntoView {
    let app = use_app();
    let open = RwSignal::new(false);
    Effect::new(move || open.set(removing.read().is_some()));
    Effect::new(move || {
        if !open.get() && removing.read_untracked().is_some() {
            removing.set(None);
        }
    });
    let go = move |_| {
        let Some(region) = removing.get_untracked() else { return };
        spawn_local(async move {
            let removed = match app.store() {
                Some(store) => store.remove_pack(region).await.is_ok(),
                None => false,
            };
            toast::show(app, if removed { words::REMOVED } else { words::NOT_REMOVED });
            let _gone = (removing.try_set(None), changed.try_update(|changed| *changed += 1));
        });
    };
    view! {
        <Sheet open title=words::REMOVE_TITLE id="remove-title">
            <p>{t(words::REMOVE_NOTE)}</p>
            <div class="buttons">
                <button class="button danger primary lead" on:click=go>{t(words::REMOVE)}</button>
                <button class="button" on:click=move |_| open.set(false)>{t(common::CANCEL)}</button>
            </div>
        </Sheet>
    }
}
