//! Where an area lies that is hit by itself: its outline among the streets, and the nodes around it.

use super::strike::Struck;
use super::work::Opened;
use crate::locale::coverage as words;
use crate::part::sketch::draw::{Danger, HEAVIEST, rings, streets};
use crate::part::sketch::{Drawing, Mark, Sketch};
use crate::state::use_app;
use crate::words::t;
use civmesh_domain::spatial::coverage::Hit;
use civmesh_domain::spatial::frame::Frame;
use civmesh_domain::spatial::walk::Passage;
use civmesh_domain::unit::Metres;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::sync::Arc;

/// What is drawn around the area.
const MARGIN: Metres = Metres(500);
/// The sign of a node that is out.
const OUT: &str = "×";

/// The sketch, once it is drawn; the words beside it say the same.
#[component]
pub fn AreaSketch(
    opened: Arc<Opened>,
    struck: Arc<Struck>,
    /// Nodes that lie in it, and those that go on counting.
    nodes: [Vec<u32>; 2],
) -> impl IntoView {
    let language = use_app().language;
    let drawn = RwSignal::new(None::<Arc<Drawing>>);
    let any_out = !nodes[0].is_empty();
    spawn_local(async move {
        if let Some(hit) = struck.target.hit(&opened) {
            let drawing = drawing(&opened, &struck, hit, &nodes).await;
            // Another area may be shown by now.
            let _gone = drawn.try_set(drawing.map(Arc::new));
        }
    });
    let label = Signal::derive(move || words::AREA_SKETCH.get(language.get()).to_owned());
    move || {
        drawn.get().map(|drawing| {
            view! {
                <figure><Sketch drawing label /></figure>
                <ul class="keys">
                    {any_out.then(|| view! { <li class="line"><span class="key gap" aria-hidden="true"></span>{t(words::AREA_NODE_OUT)}</li> })}
                    <li class="line"><span class="key dot" aria-hidden="true"></span>{t(words::AREA_NODE_LEFT)}</li>
                </ul>
            }
        })
    }
}

async fn drawing(opened: &Opened, struck: &Struck, hit: Hit<'_>, [out, left]: &[Vec<u32>; 2]) -> Option<Drawing> {
    let frame = Frame::containing(hit.corners()?, MARGIN);
    let class = if hit.passage() == Passage::Closed { HEAVIEST } else { 1 };
    let mark = |sign: &'static str, class| {
        move |node: &u32| Some(Mark { place: struck.table.node(opened, *node)?.place, sign: sign.to_owned(), class })
    };
    let marks = out.iter().filter_map(mark(OUT, "gap")).chain(left.iter().filter_map(mark("", "dot")));
    Some(Drawing {
        streets: match &opened.ground.graph {
            Some(graph) => streets(graph, &frame).await,
            None => Default::default(),
        },
        dangers: hit.outlines().iter().map(|outline| Danger { class, line: rings(outline, &frame) }).collect(),
        marks: marks.filter(|mark| frame.meets((mark.place, mark.place))).collect(),
        ..Drawing::new(frame)
    })
}
