//! The photo: chosen or taken, scaled down on the phone, shown before it goes.

use crate::device::{self, file};
use crate::locale::report as words;
use crate::part::icon::Icon;
use crate::state::use_app;
use crate::words::t;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;

/// How the photo stands.
#[derive(Clone, Copy, PartialEq)]
enum Stage {
    Ready,
    Shrinking,
    Bad,
}

/// The photo.
#[component]
pub fn PhotoField(
    /// The photo that was chosen.
    #[prop(into)]
    photo: Signal<Option<Vec<u8>>>,
    /// Called with another one, or with none.
    #[prop(into)]
    set: SignalSetter<Option<Vec<u8>>>,
) -> impl IntoView {
    let app = use_app();
    let stage = RwSignal::new(Stage::Ready);
    let choose = move |event: leptos::ev::Event| {
        let Some(input) = event.target().and_then(|target| target.dyn_into::<web_sys::HtmlInputElement>().ok()) else { return };
        let Some(chosen) = file::chosen(&input) else { return };
        stage.set(Stage::Shrinking);
        spawn_local(async move {
            let scaled = device::photo::scale(&chosen).await;
            stage.set(if scaled.is_some() { Stage::Ready } else { Stage::Bad });
            set.set(scaled);
            // The same file can be chosen again after it was taken away.
            input.set_value("");
        });
    };
    view! {
        <div class="field">
            <span class="label">{t(words::PHOTO)}</span>
            {move || photo.get().map(|bytes| {
                let kilobytes = bytes.len().div_ceil(1024);
                let address = file::data_url("image/jpeg", &bytes);
                view! {
                    <figure class="chosen-photo">
                        <img src=address alt=t(words::PHOTO_ALT) />
                        <figcaption class="note">{move || words::photo_size(app.language.get(), kilobytes)}</figcaption>
                    </figure>
                    <button class="button" type="button" on:click=move |_| set.set(None)>
                        <Icon name="trash" />{t(words::PHOTO_REMOVE)}
                    </button>
                }
            })}
            {move || photo.get().is_none().then(|| view! {
                <label class="button file">
                    <Icon name="camera" />
                    {t(words::PHOTO_ADD)}
                    <input class="visually-hidden" type="file" accept="image/*" on:change=choose />
                </label>
            })}
            <div role="status">
                {move || match stage.get() {
                    Stage::Ready => None,
                    Stage::Shrinking => Some(view! { <p class="hint">{t(words::PHOTO_SHRINKING)}</p> }.into_any()),
                    Stage::Bad => Some(view! { <p class="error"><Icon name="alert" />{t(words::PHOTO_BAD)}</p> }.into_any()),
                }}
            </div>
        </div>
    }
}
