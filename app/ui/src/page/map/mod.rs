//! The map: the region's ground, its nodes and its hazard areas, offline. Whatever is on it is in the list too.

mod card;
pub mod legend;
pub mod shape;

use crate::device::map::{Chart, Start, Told, open, told};
use crate::locale::{common, find, map as words};
use crate::page::danger::{at_of, say};
use crate::page::find::ask::Ask;
use crate::part::here::{self, Locating, may_see};
use crate::part::icon::Icon;
use crate::part::locate::{LocateButton, LocateOutcome};
use crate::state::foot::{Walker, kept_step_free};
use crate::state::ground::ground;
use crate::state::later::later;
use crate::state::turns::{Job, Turns};
use crate::state::{AppState, use_app};
use crate::words::{Words, t};
use card::TappedCard;
use civmesh_domain::id::NodeId;
use civmesh_domain::information::status;
use civmesh_domain::spatial::walk::Answer;
use civmesh_domain::text::Language;
use civmesh_domain::unit::Place;
use civmesh_pack::Pauses;
use legend::Legend;
pub use legend::area_words;
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::components::A;
use leptos_router::hooks::use_query_map;
use shape::{Sort, Views};
use std::sync::Arc;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::HtmlElement;

/// Near enough to tell streets apart, and to see what is around.
const STREETS: f64 = 15.0;
/// Near enough to tell houses apart.
const HOUSES: f64 = 16.5;

/// What was tapped.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Tapped {
    /// A node, by its position in the region.
    Node(usize),
    /// A spot where there is none.
    Place(Place),
}

/// How far the map is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    /// It is on its way.
    Opening,
    /// It is drawn.
    Drawn,
    /// It can't be drawn here.
    Failed,
}

/// What the map's closure needs for as long as it is open.
struct Open {
    chart: Chart,
    _tell: Closure<dyn FnMut(String, f64, f64)>,
}

/// The map.
#[component]
pub fn MapPage() -> impl IntoView {
    let app = use_app();
    let query = use_query_map();
    let list = move || {
        let kept = query.with(|query| query.to_query_string());
        if query.with(|query| query.get("node").is_some()) { "/".to_owned() } else { format!("/{kept}") }
    };
    let chosen = query.with_untracked(|query| query.get("node")).and_then(|id| id.parse::<NodeId>().ok());
    let spot = query.with_untracked(|query| at_of(query.get("at").as_deref()));
    let (stage, tapped) = (RwSignal::new(Stage::Opening), RwSignal::new(None));
    let (sorts, has_ground) = (RwSignal::new(Vec::<Sort>::new()), RwSignal::new(true));
    let chart = StoredValue::new_local(None::<Open>);
    let ready = RwSignal::new(false);
    let container = NodeRef::<html::Div>::new();
    let has_region = Memo::new(move |_| app.region.with(Option::is_some));

    Effect::new(move || {
        let (true, Some(element)) = (has_region.get(), container.get()) else { return };
        let chosen = chosen.clone();
        spawn_local(async move {
            let drawn = draw(app, element.unchecked_into(), (chosen, spot), stage, tapped, sorts, has_ground).await;
            let failed = drawn.is_none();
            if let Some(left) = chart.try_set_value(drawn) {
                // The page was left before the map was there.
                left.iter().for_each(|open| open.chart.remove());
                return;
            }
            // The page may be gone by now.
            let _gone = (ready.try_set(true), failed.then(|| stage.try_set(Stage::Failed)));
        });
    });
    on_cleanup(move || {
        if let Some(Some(open)) = chart.try_update_value(Option::take) {
            open.chart.remove();
        }
    });
    let views: Memo<Views> = Memo::new(move |_| app.statuses.with(|board| Arc::new(status::views(board, app.now.get()))));
    let ask = query.with_untracked(|query| Ask::read(|name| query.get(name)));
    let walker = Walker { hazard: ask.hazard, step_free: ask.walker().step_free || kept_step_free() };
    let shown = Shown { chart, ready };
    follow(app, views, tapped, shown);
    follow_declared(app, shown);
    follow_way(app, tapped, walker, shown);
    let zoom = move |by: f64| move |_| chart.with_value(|open| open.iter().for_each(|open| open.chart.zoom(by)));
    let locating = RwSignal::new(Locating::Idle);
    Effect::new(move || {
        if let (Locating::Found, Some(place)) = (locating.get(), here::from(app)) {
            chart.with_value(|open| open.iter().for_each(|open| open.chart.go(place.lon(), place.lat(), STREETS)));
        }
    });
    let is_at = move |wanted: Stage| move || stage.get() == wanted;
    view! {
        <div class="page-head">
            <A href=list attr:class="back"><Icon name="back" />{t(words::LIST)}</A>
            <h1>{t(words::TITLE)}</h1>
        </div>
        <a class="skip-map visually-hidden" href="#after-map" on:click=skip>{t(words::SKIP)}</a>
        <Show when=is_at(Stage::Failed)>
            <Failed />
        </Show>
        <div class="map-columns" class:gone=is_at(Stage::Failed)>
            <div class="map-frame">
                <div class="map" node_ref=container></div>
                <Show when=is_at(Stage::Opening)>
                    <p class="map-wait note" role="status">{t(words::LOADING)}</p>
                </Show>
                <div class="map-buttons">
                    <RoundButton icon="plus" label=words::CLOSER press=Callback::new(zoom(1.0)) />
                    <RoundButton icon="minus" label=words::FARTHER press=Callback::new(zoom(-1.0)) />
                </div>
                <TappedCard tapped views ask walker />
            </div>
            <div id="after-map" tabindex="-1">
                <div class="buttons"><LocateButton locating /><A href=list attr:class="button">{t(words::LIST)}</A></div>
                <LocateOutcome locating />
                <p class="note">{t(words::TAP)}</p>
                {move || (!has_ground.get()).then(|| view! { <p class="notice"><Icon name="info" /><span class="grow">{t(words::NO_GROUND)}</span></p> })}
                <Legend sorts />
                <p class="note">{t(find::STRAIGHT_LINE)}</p>
            </div>
        </div>
    }
}

#[component]
fn RoundButton(icon: &'static str, label: Words, press: Callback<()>) -> impl IntoView {
    view! { <button class="button round" type="button" aria-label=t(label) on:click=move |_| press.run(())><Icon name=icon /></button> }
}

/// Where no map can be drawn, the list says the same.
#[component]
fn Failed() -> impl IntoView {
    view! {
        <div class="empty" role="alert">
            <Icon name="map" />
            <p>{t(words::NO_MAP)}</p>
            <div class="buttons"><A href="/" attr:class="button primary">{t(common::GO_HOME)}</A></div>
        </div>
    }
}

/// Moves the focus behind the map: a link to a place in the page would be an address of its own.
fn skip(event: leptos::ev::MouseEvent) {
    event.prevent_default();
    if let Some(after) = document().get_element_by_id("after-map").and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        // What is on the page can be focused.
        let _focused = after.focus();
    }
}

fn code(language: Language) -> &'static str {
    match language {
        Language::Zh => "zh",
        Language::En => "en",
    }
}

/// Opens the map with what does not change while it is open. `None` where it can't be drawn.
async fn draw(
    app: AppState,
    container: HtmlElement,
    (chosen, spot): (Option<NodeId>, Option<Place>),
    stage: RwSignal<Stage>,
    tapped: RwSignal<Option<Tapped>>,
    sorts: RwSignal<Vec<Sort>>,
    has_ground: RwSignal<bool>,
) -> Option<Open> {
    let region = app.region.get_untracked()?;
    let later = later(app, &region).await;
    // What is damaged is left out, and the rest is drawn.
    let base = match &later {
        Some(later) => later.map_pausing(&Turns::begin()).await.ok().flatten(),
        None => None,
    };
    let ground = ground(app, &region).await;
    let node = chosen.and_then(|id| region.nodes().iter().position(|node| node.id == id)).filter(|&at| may_see(app, &region.nodes()[at]));
    let from = node.map(|at| region.nodes()[at].place).or(spot).or_else(|| here::from(app))?;
    let zoom = if node.is_some() || spot.is_some() { HOUSES } else { STREETS };
    let language = app.language.get_untracked();
    let tell = Closure::<dyn FnMut(String, f64, f64)>::new(move |kind: String, one, other| {
        // The page may be gone by now.
        let _gone = match told(&kind, one, other) {
            Some(Told::Node(index)) => tapped.try_set(Some(Tapped::Node(index))).map(drop),
            Some(Told::Place(lat, lon)) => {
                Place::from_degrees(lat, lon).and_then(|place| tapped.try_set(Some(Tapped::Place(place)))).map(drop)
            }
            Some(Told::Drawn) => stage.try_set(Stage::Drawn).map(drop),
            Some(Told::Failed) => stage.try_set(Stage::Failed).map(drop),
            None => None,
        };
    });
    let start = Start { view: (from.lon(), from.lat(), zoom), language: code(language), label: words::LABEL.get(language) };
    let bytes = base.as_ref().map(|map| &*map.bytes);
    let chart = open(&container, bytes, &start, tell.as_ref().unchecked_ref()).await?;
    chart.areas(&shape::areas(&ground.areas));
    let _gone = (sorts.try_set(shape::sorts(&ground.areas)), has_ground.try_set(base.is_some()));
    if let Some(at) = node {
        let _gone = tapped.try_set(Some(Tapped::Node(at)));
    } else if let Some(place) = spot {
        let _gone = tapped.try_set(Some(Tapped::Place(place)));
    }
    Some(Open { chart, _tell: tell })
}

/// The map, once it is there.
#[derive(Clone, Copy)]
struct Shown {
    chart: StoredValue<Option<Open>, LocalStorage>,
    ready: RwSignal<bool>,
}

impl Shown {
    /// Does something with it now, or again once it is there.
    fn with(self, act: impl Fn(&Chart)) {
        if self.ready.get() {
            self.chart.with_value(|open| open.iter().for_each(|open| act(&open.chart)));
        }
    }
}

/// Draws the way on foot to the node that was tapped, around what is to be avoided. With the node that the page was opened for, all of the
/// way is brought into sight.
fn follow_way(app: AppState, tapped: RwSignal<Option<Tapped>>, walker: Walker, shown: Shown) {
    let line = Memo::new(move |_| {
        let Some(Tapped::Node(at)) = tapped.get() else { return Vec::new() };
        let to = app.region.with(|region| region.as_ref().and_then(|region| Some(region.nodes().get(at)?.place)));
        let answer = app.on_foot.with(|on_foot| on_foot.as_ref()?.route(walker, to?));
        match answer {
            Some(Answer::Route(route) | Answer::OnlyThrough(route)) => route.line,
            Some(Answer::NoWay { .. }) | None => Vec::new(),
        }
    });
    let first = StoredValue::new(true);
    Effect::new(move || {
        let line = line.get();
        shown.with(|chart| {
            let in_sight = !line.is_empty() && first.get_value();
            if in_sight {
                first.set_value(false);
            }
            chart.way(&shape::way(&line), in_sight);
        });
    });
}

/// Draws what was declared, as it changes.
fn follow_declared(app: AppState, shown: Shown) {
    Effect::new(move || {
        let (standing, language) = (app.standing.get(), app.language.get());
        shown.with(|chart| chart.declared(&shape::declared(&standing, |area| say::title(language, &area.said.value))));
    });
}

/// Hands the nodes to the map with their states, some after others: a country's are too many for once.
fn follow_nodes(app: AppState, views: Memo<Views>, shown: Shown) {
    let handing = Job::default();
    Effect::new(move || {
        let (Some(region), views) = (app.region.get(), views.get()) else { return };
        app.seat.track();
        let job = handing.begin();
        shown.with(|chart| {
            let (chart, region, views) = (chart.clone(), region.clone(), views.clone());
            spawn_local(async move {
                let turns = Turns::begin();
                let lists = shape::nodes(region.nodes(), |node| untrack(|| may_see(app, node)), &views);
                for (at, list) in lists.enumerate() {
                    if !handing.is_wanted(job) {
                        return;
                    }
                    chart.nodes(&list, at == 0);
                    turns.pause().await;
                }
            });
        });
    });
}

/// Keeps the map in step with the app: nodes and their states, from where it is measured, what was tapped, language and theme.
fn follow(app: AppState, views: Memo<Views>, tapped: RwSignal<Option<Tapped>>, shown: Shown) {
    Effect::new(move |before: Option<()>| {
        app.region.track();
        if before.is_some() {
            // Among corrected entries another node may stand where the one stood that was tapped.
            tapped.set(None);
        }
    });
    follow_nodes(app, views, shown);
    Effect::new(move || {
        let place = app.origin.with(|origin| origin.as_ref().map(|origin| origin.place));
        let (lon, lat) = place.map_or((f64::NAN, f64::NAN), |place| (place.lon(), place.lat()));
        shown.with(|chart| chart.origin(lon, lat));
    });
    Effect::new(move || {
        let place = tapped.get().and_then(|what| match what {
            Tapped::Node(at) => app.region.get_untracked().and_then(|region| region.nodes().get(at).map(|node| node.place)),
            Tapped::Place(place) => Some(place),
        });
        let (lon, lat) = place.map_or((f64::NAN, f64::NAN), |place| (place.lon(), place.lat()));
        shown.with(|chart| chart.choose(lon, lat));
    });
    Effect::new(move || {
        let language = app.language.get();
        shown.with(|chart| chart.speak(code(language), words::LABEL.get(language)));
    });
    Effect::new(move || {
        app.theme.track();
        // The page's root says it first.
        shown.with(|chart| {
            let chart = chart.clone();
            request_animation_frame(move || chart.repaint());
        });
    });
}
