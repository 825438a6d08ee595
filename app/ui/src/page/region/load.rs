//! Loading a pack from a file: looked at first, so that a large or wrong one costs nothing.

use super::refused::{Refusal, refusal_words};
use crate::device::{file, storage};
use crate::locale::region as words;
use crate::part::icon::Icon;
use crate::part::toast;
use crate::state::packs::take;
use crate::state::{AppState, use_app};
use crate::words::t;
use civmesh_pack::Manifest;
use civmesh_pack::manifest::{HEADER_BYTES, LARGEST_PACK};
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The button and what came of it.
#[component]
pub fn Load() -> impl IntoView {
    let app = use_app();
    let (busy, refused) = (RwSignal::new(false), RwSignal::new(None::<Refusal>));
    let input = NodeRef::<html::Input>::new();
    let read = move |event: leptos::ev::Event| {
        // The element that was used, not the reference to it: that one is set a moment after the element is there.
        let element: web_sys::HtmlInputElement = event_target(&event);
        let Some(chosen) = file::chosen(&element) else { return };
        busy.set(true);
        refused.set(None);
        spawn_local(async move {
            match load(app, &chosen).await {
                Ok(()) => toast::show(app, words::LOADED),
                // The screen may be gone by now.
                Err(refusal) => drop(refused.try_set(Some(refusal))),
            }
            // So that the same file can be chosen again.
            element.set_value("");
            let _gone = busy.try_set(false);
        });
    };
    view! {
        <section class="section">
            <h2>{t(words::LOAD)}</h2>
            <p class="note">{t(words::LOAD_NOTE)}</p>
            <div class="buttons">
                <button class="button" disabled=move || busy.get() on:click=move |_| if let Some(input) = input.get_untracked() { input.click() }>
                    <Icon name="load" />{move || t(if busy.get() { words::READING } else { words::CHOOSE_FILE })()}
                </button>
            </div>
            <input class="visually-hidden" id="pack-file" type="file" tabindex="-1" aria-hidden="true" node_ref=input on:change=read />
            <div role="alert">
                {move || refused.get().map(|refusal| view! {
                    <div class="notice danger">
                        <Icon name="alert" />
                        <div class="grow">
                            {move || refusal_words(app.language.get(), &refusal)}
                            <br />
                            <b>{t(if app.region.with(Option::is_some) { words::STILL_HERE } else { words::NOTHING_CHANGED })}</b>
                        </div>
                    </div>
                })}
            </div>
        </section>
    }
}

async fn load(app: AppState, chosen: &web_sys::File) -> Result<(), Refusal> {
    let start = file::read_start(chosen, HEADER_BYTES).await.ok_or(Refusal::NotRead)?;
    Manifest::peek(&start)?;
    let limit = LARGEST_PACK as f64;
    if chosen.size() > limit {
        return Err(Refusal::TooLarge { found: chosen.size(), limit });
    }
    if let Some(room) = storage::room().await
        && room.quota - room.used < chosen.size()
    {
        return Err(Refusal::NoRoom { size: chosen.size(), free: (room.quota - room.used).max(0.0) });
    }
    let bytes = file::read(chosen, limit).await.ok_or(Refusal::NotRead)?;
    Ok(take(app, bytes).await?)
}
