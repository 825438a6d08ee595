//! What draws the map (`app/ui/map`): a script of its own, fetched when a map is first opened.

use js_sys::{Function, Promise, Reflect, Uint8Array};
use leptos::prelude::{document, window};
use wasm_bindgen::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::HtmlElement;

/// Where it is, and the sheet that it needs.
const SCRIPT: &str = "/map/map.js";
const SHEET: &str = "/map/map.css";
/// What it leaves in the window.
const NAME: &str = "civmeshMap";

#[wasm_bindgen]
extern "C" {
    /// The script, once it is here.
    type Drawing;
    #[wasm_bindgen(method, catch)]
    async fn open(this: &Drawing, container: &HtmlElement, ground: &JsValue, start: &JsValue, tell: &Function) -> Result<JsValue, JsValue>;

    /// A map that is open.
    #[derive(Clone)]
    pub type Chart;
    /// Shows nodes: a list of GeoJSON points, the first in place of all that were shown, the others beside them.
    #[wasm_bindgen(method)]
    pub fn nodes(this: &Chart, json: &str, is_first: bool);
    /// Shows hazard areas: GeoJSON of outlines.
    #[wasm_bindgen(method)]
    pub fn areas(this: &Chart, json: &str);
    /// Shows what was declared since: GeoJSON of outlines under `areas`, and of points under `signs`.
    #[wasm_bindgen(method)]
    pub fn declared(this: &Chart, json: &str);
    /// Shows from where it is measured; not a number takes the mark away.
    #[wasm_bindgen(method)]
    pub fn origin(this: &Chart, lon: f64, lat: f64);
    /// Marks the place that a card tells of; not a number takes the mark away.
    #[wasm_bindgen(method)]
    pub fn choose(this: &Chart, lon: f64, lat: f64);
    /// Draws a way: GeoJSON of a line; nothing takes it away. The whole of it is brought into sight where `in_sight`.
    #[wasm_bindgen(method)]
    pub fn way(this: &Chart, json: &str, in_sight: bool);
    /// Draws all names in another language (`zh` or `en`).
    #[wasm_bindgen(method)]
    pub fn speak(this: &Chart, language: &str, label: &str);
    /// Draws everything in the colours that the page has now.
    #[wasm_bindgen(method)]
    pub fn repaint(this: &Chart);
    /// Goes to a place, no farther off than this zoom.
    #[wasm_bindgen(method)]
    pub fn go(this: &Chart, lon: f64, lat: f64, zoom: f64);
    /// Nearer or farther off by so many zooms.
    #[wasm_bindgen(method)]
    pub fn zoom(this: &Chart, by: f64);
    /// Ends it.
    #[wasm_bindgen(method)]
    pub fn remove(this: &Chart);
}

/// Where and how a map starts.
pub struct Start<'a> {
    /// Longitude, latitude and zoom.
    pub view: (f64, f64, f64),
    /// `zh` or `en`.
    pub language: &'a str,
    /// What the map is called for those who do not see it.
    pub label: &'a str,
}

/// What a map tells.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Told {
    /// The node with this number was tapped.
    Node(usize),
    /// A place was tapped where there is none: latitude and longitude.
    Place(f64, f64),
    /// It is drawn.
    Drawn,
    /// It can't be drawn here.
    Failed,
}

/// Opens a map in `container`, on the archive of a base map where there is one. `None` where this browser can't draw it, or the script is
/// neither here nor to be had.
pub async fn open(container: &HtmlElement, ground: Option<&[u8]>, start: &Start<'_>, tell: &Function) -> Option<Chart> {
    try_open(container, ground, start, tell).await.ok().filter(|chart| !chart.is_null()).map(JsCast::unchecked_into)
}

async fn try_open(container: &HtmlElement, ground: Option<&[u8]>, start: &Start<'_>, tell: &Function) -> Result<JsValue, JsValue> {
    if !Reflect::has(&window(), &NAME.into())? {
        JsFuture::from(fetch("link", &[("rel", "stylesheet"), ("href", SHEET)])?).await?;
        JsFuture::from(fetch("script", &[("type", "module"), ("src", SCRIPT)])?).await?;
    }
    let drawing: Drawing = Reflect::get(&window(), &NAME.into())?.unchecked_into();
    let ground = ground.map_or(JsValue::NULL, |bytes| Uint8Array::from(bytes).into());
    let is_calm = window().match_media("(prefers-reduced-motion: reduce)").ok().flatten().is_some_and(|query| query.matches());
    let options = js_sys::Object::new();
    let (lon, lat, zoom) = start.view;
    let fields: [(&str, JsValue); 6] = [
        ("lon", lon.into()),
        ("lat", lat.into()),
        ("zoom", zoom.into()),
        ("language", start.language.into()),
        ("label", start.label.into()),
        ("isCalm", is_calm.into()),
    ];
    for (name, value) in fields {
        Reflect::set(&options, &name.into(), &value)?;
    }
    drawing.open(container, &ground, &options, tell).await
}

/// Puts an element into the page's head, and waits for what it names.
fn fetch(tag: &str, attributes: &[(&str, &str)]) -> Result<Promise, JsValue> {
    let element: HtmlElement = document().create_element(tag)?.unchecked_into();
    for (name, value) in attributes {
        element.set_attribute(name, value)?;
    }
    let head = document().head().ok_or(JsValue::NULL)?;
    let promise = Promise::new(&mut |done, failed| {
        element.set_onload(Some(&done));
        element.set_onerror(Some(&failed));
    });
    head.append_child(&element)?;
    Ok(promise)
}

/// Reads what a map tells; `None` for what this version does not know.
pub fn told(kind: &str, one: f64, other: f64) -> Option<Told> {
    match kind {
        "node" => Some(Told::Node(one as usize)),
        "place" => Some(Told::Place(one, other)),
        "drawn" => Some(Told::Drawn),
        "failed" => Some(Told::Failed),
        _ => None,
    }
}
