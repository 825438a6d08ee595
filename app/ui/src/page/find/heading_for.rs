//! The way somebody has set out on, as a slim card above the answer.

use super::ask::hazard_query;
use crate::locale::{common, find};
use crate::part::dial::{distance, minutes};
use crate::part::here;
use crate::part::icon::Icon;
use crate::state::going::{self, Going};
use crate::state::use_app;
use crate::words::t;
use leptos::prelude::*;
use leptos_router::components::A;

/// Where somebody is going to, with a way to stop.
#[component]
pub fn HeadingFor() -> impl IntoView {
    let app = use_app();
    let kept = RwSignal::new(going::kept());
    let stop = move |_| {
        going::forget();
        kept.set(None);
    };
    let card = move |Going { region, node, hazard, .. }: Going| {
        let shown = app.region.get().filter(|shown| shown.manifest.region == region)?;
        let node = shown.node(&node)?.clone();
        let language = app.language.get();
        let how_far = here::measure_to(app, node.place).map(|(metres, _)| match minutes(metres) {
            Some(minutes) => common::minutes(language, minutes),
            None => distance(language, metres),
        });
        Some(view! {
            <div class="notice going">
                <Icon name="walk" />
                <A href=format!("/going/{}{}", node.id, hazard_query(hazard)) attr:class="grow">
                    {t(find::GOING_TO)}" "<b>{node.name.get(language).to_owned()}</b>" · "{how_far}
                </A>
                <button class="button quiet" type="button" on:click=stop>{t(find::STOP_GOING)}</button>
            </div>
        })
    };
    move || kept.get().and_then(card)
}
