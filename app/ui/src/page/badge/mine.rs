//! What this phone's holder shows: made anew every minute.

use crate::command::badge::show;
use crate::device::time;
use crate::locale::{badge as words, join};
use crate::part::hand_over::link;
use crate::part::icon::Icon;
use crate::part::qr::Qr;
use crate::state::use_app;
use crate::words::t;
use civmesh_domain::unit::Millis;
use leptos::prelude::*;
use leptos_router::components::A;

/// The code.
#[component]
pub fn Mine() -> impl IntoView {
    let app = use_app();
    let minute = Memo::new(move |_| app.now.get().0 / Millis::MINUTE);
    let made = LocalResource::new(move || {
        minute.track();
        app.seat.track();
        let loaded = app.loaded.get();
        // Before that nobody knows whose badge it is.
        async move { if loaded { Some(show(app).await) } else { None } }
    });
    // The last one stays while the next is made.
    let shown = RwSignal::new_local(None);
    Effect::new(move || {
        if app.loaded.get()
            && let Some(Some(made)) = made.get()
        {
            shown.set(Some(made.map(|badge| badge.map(|badge| (badge.to_text(), badge.value)))));
        }
    });
    let label = Signal::derive(move || words::CODE.get(app.language.get()).to_owned());
    view! {
        <section class="section">
            <h2>{t(words::MINE)}</h2>
            {move || match shown.get() {
                None => ().into_any(),
                Some(Err(_)) => view! { <p class="error"><Icon name="alert" />{t(words::FAILED)}</p> }.into_any(),
                Some(Ok(None)) => view! {
                    <p>{t(words::NONE)}</p>
                    <div class="buttons"><A href="/join" attr:class="button"><Icon name="key" />{t(join::HAVE_INVITATION)}</A></div>
                }.into_any(),
                Some(Ok(Some((text, badge)))) => {
                    let name = badge.name.and_then(|name| String::from_utf8(name.bytes).ok());
                    view! {
                        {name.map(|name| view! { <p class="name big">{name}</p> })}
                        <Qr text=link("/badge", "b", &text) label />
                        <p class="note">{words::shown_at(app.language.get(), &time::clock_time(badge.at))}" · "{t(words::MINE_NOTE)}</p>
                    }.into_any()
                }
            }}
        </section>
    }
}
