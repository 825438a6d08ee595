//! The figures as a map of lines: which cells reach a node and how near, where the gaps are, and which places would close them.

use super::plan::Plan;
use super::{gaps, say};
use crate::locale::coverage as words;
use crate::part::sketch::draw::{dangers, streets};
use crate::part::sketch::{Cell, Drawing, Mark, Sketch};
use crate::state::use_app;
use crate::words::{Words, t};
use civmesh_domain::spatial::frame::Frame;
use civmesh_domain::unit::{Metres, Place};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::sync::Arc;

/// What is drawn around the outermost cells.
const MARGIN: Metres = Metres(200);
/// A cell is drawn no smaller and no larger than this, in metres.
const CELL: std::ops::RangeInclusive<u32> = 20..=1_000;
/// Latitude, 1e-7 degrees to a metre.
const METRE_E7: u32 = 90;
/// Signs of places that would help, by their order in the list.
const LETTERS: [&str; 10] = ["A", "B", "C", "D", "E", "F", "G", "H", "I", "J"];

/// The sketch with its legend; the tables beside it say the same.
#[component]
pub fn CoverageSketch(plan: Arc<Plan>) -> impl IntoView {
    let language = use_app().language;
    let drawn = RwSignal::new(None::<Arc<Drawing>>);
    let measure = plan.ask.measure;
    {
        let plan = plan.clone();
        spawn_local(async move {
            let drawing = drawing(&plan).await;
            // Other figures may be shown by now.
            let _gone = drawn.try_set(drawing.map(Arc::new));
        });
    }
    let label = Signal::derive(move || words::SKETCH_LABEL.get(language.get()).to_owned());
    let band = move |class: &'static str, at: usize| {
        let limit = measure.limits()[at];
        view! { <li class="line"><span class=format!("key {class}") aria-hidden="true"></span>{move || say::limit(language.get(), measure, limit)}</li> }
    };
    let key = |class: &'static str, words: Words| view! { <li class="line"><span class=format!("key {class}") aria-hidden="true"></span>{t(words)}</li> };
    move || {
        drawn.get().map(|drawing| {
            view! {
                <section class="section" aria-labelledby="cover-sketch">
                    <h2 id="cover-sketch">{t(words::SKETCH)}</h2>
                    <figure><Sketch drawing label /></figure>
                    <ul class="keys">
                        {band("cell-0", 0)}
                        {band("cell-1", 1)}
                        {band("cell-2", 2)}
                        {key("cell-3", words::SKETCH_OUTSIDE)}
                        {key("dot", words::SKETCH_NODE)}
                        {key("gap", words::SKETCH_GAP)}
                        {key("site", words::SKETCH_SITE)}
                    </ul>
                </section>
            }
        })
    }
}

async fn drawing(plan: &Plan) -> Option<Drawing> {
    let opened = &plan.opened;
    let frame = Frame::containing(corners(&opened.places)?, MARGIN);
    let hazard = plan.ask.choice.hazard;
    let areas = opened.ground.areas.iter().filter(|area| hazard.is_some_and(|hazard| area.passage(hazard).is_some()));
    Some(Drawing {
        streets: match &opened.ground.graph {
            Some(graph) => streets(graph, &frame).await,
            None => Default::default(),
        },
        dangers: dangers(areas, &frame),
        cells: (size(&opened.places), cells(plan)),
        marks: marks(plan),
        ..Drawing::new(frame)
    })
}

fn corners(places: &[Place]) -> Option<[Place; 2]> {
    let lat = || places.iter().map(|place| place.lat_e7);
    let lon = || places.iter().map(|place| place.lon_e7);
    let [low, high] = [(lat().min()?, lon().min()?), (lat().max()?, lon().max()?)];
    Some([low, high].map(|(lat_e7, lon_e7)| Place { lat_e7, lon_e7 }))
}

/// How wide a cell is: as far as two neighbouring rows of the grid lie apart.
fn size(places: &[Place]) -> Metres {
    let mut rows: Vec<i32> = places.iter().map(|place| place.lat_e7).collect();
    rows.sort_unstable();
    let apart = rows.windows(2).map(|pair| pair[1].abs_diff(pair[0]) / METRE_E7);
    Metres(apart.filter(|metres| metres >= CELL.start()).min().unwrap_or(100).min(*CELL.end()))
}

/// Cells with people, by the narrowest of the three limits within which they reach a node that counts.
fn cells(plan: &Plan) -> Vec<Cell> {
    let limits = plan.ask.measure.limits();
    let lived_in = plan.opened.places.iter().zip(&plan.opened.people).enumerate().filter(|(_, (_, people))| people.0 > 0);
    lived_in
        .map(|(cell, (place, _))| {
            let far = plan.table.access.nearest(cell, |node| plan.does_count(node)).map(|reached| reached.far);
            let band = far.and_then(|far| limits.iter().position(|limit| far <= *limit)).unwrap_or(limits.len());
            Cell { place: *place, band: band as u8 }
        })
        .collect()
}

/// Gaps and places as the lists number them, and nodes that count.
fn marks(plan: &Plan) -> Vec<Mark> {
    let gaps = (1..).zip(plan.chosen.gaps.iter().take(gaps::MOST)).filter_map(|(number, gap)| {
        let place = *plan.opened.places.get(gap.cell)?;
        Some(Mark { place, sign: format!("{number}"), class: "gap" })
    });
    let sites = plan.sites.iter().zip(LETTERS).filter_map(|(site, letter)| {
        let place = plan.node(site.candidate)?.place;
        Some(Mark { place, sign: letter.to_owned(), class: "site" })
    });
    let counting = (0..plan.counts.len() as u32).filter(|node| plan.does_count(*node));
    let nodes = counting.filter_map(|node| Some(Mark { place: plan.node(node)?.place, sign: String::new(), class: "dot" }));
    sites.chain(gaps).chain(nodes).collect()
}

/// The letter of a place that would help, as the sketch shows it.
pub fn letter(at: usize) -> &'static str {
    LETTERS.get(at).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn a_cell_is_as_wide_as_rows_lie_apart() {
        let at = |lat_e7| Place { lat_e7, lon_e7: 0 };
        assert_eq!(size(&[at(0), at(18_000), at(9_000), at(18_000), at(9_001)]), Metres(99));
        assert_eq!(size(&[at(0)]), Metres(100));
        assert_eq!(size(&[at(0), at(90_000_000)]), Metres(1_000));
    }

    #[test]
    fn corners_hold_all_and_nothing_has_none() {
        let at = |lat_e7, lon_e7| Place { lat_e7, lon_e7 };
        assert_eq!(corners(&[at(3, -4), at(-1, 9)]), Some([at(-1, -4), at(3, 9)]));
        assert_eq!(corners(&[]), None);
    }
}
