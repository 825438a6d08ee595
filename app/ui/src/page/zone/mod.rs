//! The plan of a pilot zone (white paper, A4): nodes, how far they reach, and what is dangerous, on one sheet that prints in both languages.
//!
//! # Layout
//! - `ask`: what is planned, as it stands in the address; `choices`: where it is chosen, or drawn.
//! - `plan`: what stands on the sheet; `sheet`: the sheet.

mod ask;
mod choices;
mod plan;
mod sheet;

use crate::locale::{region, zone as words};
use crate::part::here;
use crate::part::icon::Icon;
use crate::part::sketch::draw;
use crate::state::{AppState, use_app};
use crate::words::t;
use ask::Ask;
use choices::Choices;
use civmesh_domain::spatial::zone::CORNERS;
use civmesh_domain::unit::Place;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::NavigateOptions;
use leptos_router::components::A;
use leptos_router::hooks::{use_navigate, use_query_map};
use plan::Plan;
use sheet::Sheet;
use std::sync::Arc;

/// The screen.
#[component]
pub fn ZonePage() -> impl IntoView {
    let app = use_app();
    let query = use_query_map();
    let ask = Memo::new(move |_| query.with(|query| Ask::read(|name| query.get(name))));
    let change = {
        let navigate = use_navigate();
        Callback::new(move |ask: Ask| navigate(&ask.address(), NavigateOptions { replace: true, scroll: false, ..Default::default() }))
    };
    let plan = follow(app, ask);
    let making = RwSignal::new(None::<Vec<Place>>);
    let is_making = Memo::new(move |_| making.with(Option::is_some));
    let tap = Callback::new(move |place: Place| {
        making.update(|making| making.iter_mut().filter(|corners| corners.len() < *CORNERS.end()).for_each(|corners| corners.push(place)));
    });
    let line = Signal::derive(move || {
        let frame = plan.with(|plan| plan.as_ref().map(|plan| plan.drawing.frame));
        making.with(|making| frame.zip(making.as_ref()).map(|(frame, corners)| draw::outline(corners, &frame)).unwrap_or_default())
    });
    view! {
        <div class="page-head">
            <A href="/region" attr:class="back"><Icon name="back" />{t(region::TITLE)}</A>
            <h1>{t(words::TITLE)}</h1>
            <p class="note">{t(words::WHAT)}</p>
        </div>
        {move || if app.region.with(Option::is_none) {
            view! { <p>{t(region::NONE)}</p> }.into_any()
        } else {
            view! {
                <div class="columns zone">
                    <div>
                        <Choices ask plan making change />
                        <div class="buttons"><button class="button primary" type="button" on:click=move |_| print()><Icon name="save" />{t(words::PRINT)}</button></div>
                    </div>
                    <div>
                        {move || plan.with(Option::is_none).then(|| view! { <p class="note" role="status">{t(words::DOING)}</p> })}
                        {move || plan.get().map(|plan| view! { <Sheet plan making=line tap=is_making.get().then_some(tap) /> })}
                    </div>
                </div>
            }.into_any()
        }}
    }
}

fn print() {
    // A browser without a printer says so itself.
    let _printed = window().print();
}

/// Draws what is asked for, anew with every change.
fn follow(app: AppState, ask: Memo<Ask>) -> RwSignal<Option<Arc<Plan>>> {
    let plan = RwSignal::new(None);
    let newest = StoredValue::new(0u32);
    Effect::new(move || {
        let (ask, region, middle) = (ask.get(), app.region.get(), here::from(app));
        // What is declared is on the sheet too.
        app.standing.track();
        let Some((region, middle)) = region.zip(middle) else { return plan.set(None) };
        newest.update_value(|job| *job = job.wrapping_add(1));
        let job = newest.get_value();
        spawn_local(async move {
            let found = Plan::of(app, region, ask, middle).await;
            // Something else may be asked by now, or the screen gone.
            if newest.try_get_value() == Some(job) {
                plan.set(Some(Arc::new(found)));
            }
        });
    });
    plan
}
