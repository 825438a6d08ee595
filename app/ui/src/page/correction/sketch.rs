//! Where a place stands in the registry and where it is said to be, side by side on a map of lines.

use crate::locale::correction as words;
use crate::part::sketch::draw::streets;
use crate::part::sketch::{Drawing, Mark, Sketch};
use crate::state::ground::ground;
use crate::state::use_app;
use crate::words::t;
use civmesh_domain::spatial::frame::Frame;
use civmesh_domain::spatial::nearest::measure;
use civmesh_domain::unit::{Metres, Place};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::sync::Arc;

/// What is drawn around both at least.
const AROUND: Metres = Metres(120);

/// Both places, with the streets around them; `old` as it stands, `new` as it is said.
#[component]
pub fn OldAndNew(old: Place, new: Place) -> impl IntoView {
    let app = use_app();
    let drawn = RwSignal::new(None::<Arc<Drawing>>);
    spawn_local(async move {
        let Some(region) = app.region.get_untracked() else { return };
        let frame = frame(old, new);
        let ground = ground(app, &region).await;
        let lines = match &ground.graph {
            Some(graph) => streets(graph, &frame).await,
            None => Default::default(),
        };
        let mark = |place, sign: &str, class| Mark { place, sign: sign.to_owned(), class };
        let marks = vec![mark(new, "2", "firm"), mark(old, "1", "loose")];
        // The case may be decided by now.
        let _gone = drawn.try_set(Some(Arc::new(Drawing { streets: lines, marks, ..Drawing::new(frame) })));
    });
    let label = Signal::derive(move || words::SKETCH_LABEL.get(app.language.get()).to_owned());
    move || {
        drawn.get().map(|drawing| {
            view! {
                <figure class="old-and-new">
                    <Sketch drawing label />
                    <figcaption class="keys">
                        <span class="line"><span class="sign" aria-hidden="true">"1"</span>{t(words::OLD)}</span>
                        <span class="line"><span class="sign firm" aria-hidden="true">"2"</span>{t(words::NEW)}</span>
                    </figcaption>
                </figure>
            }
        })
    }
}

/// What holds both, each way, with some ground around them.
fn frame(old: Place, new: Place) -> Frame {
    let low = Place { lat_e7: old.lat_e7.min(new.lat_e7), lon_e7: old.lon_e7.min(new.lon_e7) };
    let high = Place { lat_e7: old.lat_e7.max(new.lat_e7), lon_e7: old.lon_e7.max(new.lon_e7) };
    let apart = measure(old, new).0;
    Frame::containing([low, high], AROUND.max(Metres(apart.0 / 4)))
}
