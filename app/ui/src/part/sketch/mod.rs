//! A sketch map: streets, hazard areas and marks of the region's pack drawn as lines. It needs no base map and no graphics card, prints
//! sharp, and says in words what it shows to whoever can't see it.

pub mod draw;

use crate::locale::sketch as words;
use crate::part::dial::distance;
use crate::state::use_app;
use crate::words::t;
use civmesh_domain::spatial::frame::Frame;
use civmesh_domain::unit::{Metres, Place};
use draw::{Danger, Streets};
use leptos::prelude::*;
use std::sync::Arc;

/// Something at a place, with a short sign that the text beside the sketch explains.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// Where it is.
    pub place: Place,
    /// One to three characters.
    pub sign: String,
    /// How it is drawn: `firm` or `loose` for nodes and places, `dot` for a node without a sign, `gap`, `site`.
    pub class: &'static str,
}

/// A cell of a grid, coloured by how well it is served.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cell {
    /// Its middle.
    pub place: Place,
    /// How it is drawn: 0 is best.
    pub band: u8,
}

/// All that is drawn.
#[derive(Clone, Debug)]
pub struct Drawing {
    /// What is in sight.
    pub frame: Frame,
    /// Streets.
    pub streets: Streets,
    /// Hazard areas.
    pub dangers: Vec<Danger>,
    /// Cells of a grid, and how wide they are.
    pub cells: (Metres, Vec<Cell>),
    /// Circles around places.
    pub circles: Vec<(Place, Metres)>,
    /// The zone's own outline.
    pub outline: Option<String>,
    /// Marks, the first on top.
    pub marks: Vec<Mark>,
}

impl Drawing {
    /// Nothing yet.
    pub fn new(frame: Frame) -> Self {
        Self {
            frame,
            streets: Streets::default(),
            dangers: Vec::new(),
            cells: (Metres(0), Vec::new()),
            circles: Vec::new(),
            outline: None,
            marks: Vec::new(),
        }
    }
}

/// The sketch. `label` says what it shows; `tap` hears which place was tapped.
#[component]
pub fn Sketch(
    /// What is drawn.
    drawing: Arc<Drawing>,
    /// What it shows, in words.
    #[prop(into)]
    label: Signal<String>,
    /// Hears taps; without it the sketch is a picture.
    #[prop(optional)]
    tap: Option<Callback<Place>>,
    /// Lines that change while it is shown, such as an outline in the making.
    #[prop(optional, into)]
    changing: Option<Signal<String>>,
) -> impl IntoView {
    let frame = drawing.frame;
    let (width, height) = (frame.width().0, frame.height().0);
    let press = move |event: leptos::ev::MouseEvent| {
        let Some((tap, place)) = tap.zip(place_at(&event, &frame)) else { return };
        tap.run(place);
    };
    view! {
        <svg
            class="sketch"
            class:tapped=tap.is_some()
            viewBox=format!("0 0 {width} {height}")
            role="img"
            aria-label=move || label.get()
            on:click=press
        >
            {cells(&drawing)}
            // Filled as one: where many overlap, streets stay to be seen.
            <g class="reached">{circles(&drawing)}</g>
            <path class="street" d=drawing.streets.small.clone()></path>
            <path class="street large" d=drawing.streets.large.clone()></path>
            {drawing.dangers.iter().map(|danger| view! {
                <path class=format!("danger danger-{}", danger.class) fill-rule="evenodd" d=danger.line.clone()></path>
            }).collect_view()}
            <g class="reach">{circles(&drawing)}</g>
            {drawing.outline.clone().map(|line| view! { <path class="outline" d=line></path> })}
            {drawing.marks.iter().rev().map(|mark| view! { <MarkSign mark=mark.clone() frame /> }).collect_view()}
            {changing.map(|line| view! { <path class="outline making" d=move || line.get()></path> })}
            <Scale frame />
        </svg>
    }
}

/// Which place was tapped: the picture fills its box, so its box tells.
fn place_at(event: &leptos::ev::MouseEvent, frame: &Frame) -> Option<Place> {
    use wasm_bindgen::JsCast;
    let element: web_sys::Element = event.current_target()?.dyn_into().ok()?;
    let shown = element.get_bounding_client_rect();
    let (wide, high) = (shown.width(), shown.height());
    if wide <= 0.0 || high <= 0.0 {
        return None;
    }
    let east = (f64::from(event.client_x()) - shown.left()) / wide * f64::from(frame.width().0);
    let south = (f64::from(event.client_y()) - shown.top()) / high * f64::from(frame.height().0);
    frame.place([east, south])
}

fn circles(drawing: &Drawing) -> impl IntoView + use<> {
    let circle = |(place, radius): &(Place, Metres)| {
        let [east, south] = drawing.frame.point(*place);
        let radius = radius.0;
        view! { <circle cx=east cy=south r=radius></circle> }
    };
    drawing.circles.iter().map(circle).collect_view()
}

fn cells(drawing: &Drawing) -> impl IntoView + use<> {
    let (size, cells) = &drawing.cells;
    let (frame, size) = (drawing.frame, size.0 as i32);
    // One path a band: a cell of its own each would be thousands of elements.
    let bands = cells.iter().map(|cell| cell.band).max().map_or(0, |most| most + 1);
    let line = |band: u8| {
        let squares = cells.iter().filter(|cell| cell.band == band).map(|cell| {
            let [east, south] = frame.point(cell.place);
            format!("M{} {}h{size}v{size}h-{size}Z", east - size / 2, south - size / 2)
        });
        squares.collect::<String>()
    };
    (0..bands).map(|band| view! { <path class=format!("cell cell-{band}") d=line(band)></path> }).collect_view()
}

#[component]
fn MarkSign(mark: Mark, frame: Frame) -> impl IntoView {
    let [east, south] = frame.point(mark.place);
    let size = unit(&frame);
    let letters = size * if mark.sign.chars().count() > 2 { 0.85 } else { 1.05 };
    let base = f64::from(south) + size * 0.36;
    view! {
        <g class=format!("mark {}", mark.class)>
            <circle cx=east cy=south r=size></circle>
            <text x=east y=base font-size=letters>{mark.sign}</text>
        </g>
    }
}

/// The size of a mark, in metres of the frame.
fn unit(frame: &Frame) -> f64 {
    f64::from(frame.width().0) * 0.02
}

/// How long a distance is drawn, and where north is.
#[component]
fn Scale(frame: Frame) -> impl IntoView {
    let language = use_app().language;
    let (width, height, size) = (f64::from(frame.width().0), f64::from(frame.height().0), unit(&frame));
    let length = draw::scale(&frame);
    let (left, line) = (size, height - size);
    let (right, tip) = (width - size * 1.6, size * 0.8);
    let (above, letters, under) = (line - size * 0.5, size * 1.1, tip + size * 3.6);
    let bar = format!("M{left} {}V{line}H{}V{}", line - size * 0.6, left + f64::from(length.0), line - size * 0.6);
    let north = format!("M{right} {tip}l{} {}l-{} -{}l-{} {}Z", size * 0.8, size * 2.4, size * 0.8, size * 0.7, size * 0.8, size * 0.7);
    view! {
        <g class="scale" aria-hidden="true">
            <path d=bar></path>
            <text x=left + size * 0.3 y=above font-size=letters>{move || distance(language.get(), length)}</text>
            <path class="north" d=north></path>
            <text class="centred" x=right y=under font-size=letters>{t(words::NORTH)}</text>
        </g>
    }
}
