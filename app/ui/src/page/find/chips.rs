//! One tap each: the hazard, and behind a button what else a place must have. All of it stands in the address.

use super::ask::{Ask, HAZARDS};
use crate::locale::{domain, find};
use crate::part::icon::Icon;
use crate::part::offers::{NEEDS, offer_icon};
use crate::state::use_app;
use crate::words::t;
use civmesh_domain::spatial::hazard::Hazard;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

/// Room that is left beside a chip that was slid into sight, in pixels: enough to see that there are more.
const EDGE: i32 = 72;

/// The hazards.
#[component]
pub fn HazardChips(ask: Memo<Ask>, filters: RwSignal<bool>, #[prop(into)] change: Callback<Ask>) -> impl IntoView {
    let chip = move |hazard: Hazard| {
        let chosen = move || ask.with(|ask| ask.hazard == Some(hazard));
        // Pressing the chosen one again takes it back.
        let press = move |_| change.run(ask.get_untracked().with_hazard((!chosen()).then_some(hazard)));
        view! {
            <button class="chip" type="button" aria-pressed=move || chosen().to_string() on:click=press>
                <Icon name=hazard_icon(hazard) />
                {t(domain::hazard(hazard))}
            </button>
        }
    };
    let none = move || ask.with(|ask| ask.hazard.is_none());
    // A link may have chosen one that lies beyond the edge of the screen. Without one nothing is measured: that would cost every opening.
    let row = NodeRef::<leptos::html::Div>::new();
    row.on_load(move |row| {
        if none() {
            return;
        }
        request_animation_frame(move || {
            let pressed =
                row.query_selector("[aria-pressed=true]").ok().flatten().and_then(|chip| chip.dyn_into::<web_sys::HtmlElement>().ok());
            if let Some(chip) = pressed {
                row.set_scroll_left(chip.offset_left() - row.offset_left() + chip.offset_width() - row.client_width() + EDGE);
            }
        });
    });
    view! {
        <div class="chips" role="group" aria-label=t(find::HAZARDS) node_ref=row>
            <FilterButton ask open=filters />
            <button
                class="chip"
                type="button"
                aria-pressed=move || none().to_string()
                on:click=move |_| change.run(ask.get_untracked().with_hazard(None))
            >
                {t(find::NO_HAZARD)}
            </button>
            {HAZARDS.map(|(hazard, _)| chip(hazard)).into_iter().collect_view()}
        </div>
    }
}

/// The button that opens the filters, with how many are set.
#[component]
fn FilterButton(ask: Memo<Ask>, open: RwSignal<bool>) -> impl IntoView {
    let app = use_app();
    let words = move || match ask.with(Ask::filters) {
        0 => find::FILTERS.get(app.language.get()).to_owned(),
        count => find::filters_set(app.language.get(), count),
    };
    view! {
        <button
            class="chip"
            type="button"
            aria-expanded=move || open.get().to_string()
            aria-controls="find-filters"
            on:click=move |_| open.update(|open| *open = !*open)
        >
            <Icon name="filter" />
            {words}
        </button>
    }
}

/// The filters themselves.
#[component]
pub fn Filters(ask: Memo<Ask>, open: RwSignal<bool>, #[prop(into)] change: Callback<Ask>) -> impl IntoView {
    let need = move |need| {
        let chosen = move || ask.with(|ask| ask.needs.contains(need));
        view! {
            <button
                class="chip"
                type="button"
                aria-pressed=move || chosen().to_string()
                on:click=move |_| change.run(ask.get_untracked().toggle_need(need))
            >
                <Icon name=offer_icon(need) />
                {t(domain::offer(need))}
            </button>
        }
    };
    let open_only = move || ask.with(|ask| ask.open_only);
    let clear = move || {
        let press = move |_| change.run(ask.get_untracked().without_filters());
        (ask.with(Ask::filters) > 0).then(|| view! { <button class="button quiet" type="button" on:click=press>{t(find::CLEAR)}</button> })
    };
    view! {
        <div class="filters" id="find-filters" hidden=move || !open.get()>
            <div class="chips wrap" role="group" aria-label=t(find::NEEDS)>
                <button
                    class="chip"
                    type="button"
                    aria-pressed=move || open_only().to_string()
                    on:click=move |_| change.run(ask.get_untracked().toggle_open())
                >
                    {t(find::OPEN_ONLY)}
                </button>
                {NEEDS.map(need).into_iter().collect_view()}
                {clear}
            </div>
        </div>
    }
}

/// The icon of a hazard.
pub fn hazard_icon(hazard: Hazard) -> &'static str {
    match hazard {
        Hazard::Earthquake => "earthquake",
        Hazard::Flood | Hazard::Tsunami => "flood",
        Hazard::Blackout => "blackout",
        Hazard::AirRaid => "airraid",
        Hazard::Pandemic => "pandemic",
        Hazard::Landslide => "alert",
    }
}
