//! Taking the registry away as it is shown now, to correct it elsewhere and build the next pack from it.

use crate::device::{file, time};
use crate::locale::{correction as words, coverage};
use crate::part::icon::Icon;
use crate::part::toast;
use crate::state::region::Region;
use crate::state::{AppState, use_app};
use crate::words::t;
use civmesh_domain::spatial::node::Exposure;
use civmesh_domain::spatial::registry::sheet;
use civmesh_pack::origin::{entries, origins};
use leptos::prelude::*;

#[derive(Clone, Copy)]
enum Sheet {
    Csv,
    Map,
}

/// The buttons, and what they are for.
#[component]
pub fn TakeAway() -> impl IntoView {
    let app = use_app();
    let is_here = Memo::new(move |_| app.region.with(Option::is_some));
    let is_hidden = |region: &Region| region.nodes().iter().any(|node| node.exposure != Exposure::Public);
    let hides = Memo::new(move |_| app.region.with(|region| region.as_ref().is_some_and(|region| is_hidden(region))));
    move || {
        is_here.get().then(|| {
            view! {
                <section class="section" aria-labelledby="registry-away">
                    <h2 id="registry-away">{t(words::TAKE_AWAY)}</h2>
                    <p class="note">{t(words::TAKE_AWAY_NOTE)}</p>
                    {move || hides.get().then(|| view! { <p class="note">{t(words::NOT_PUBLIC)}</p> })}
                    <div class="buttons">
                        <button class="button" type="button" on:click=move |_| save(app, Sheet::Csv)><Icon name="save" />{t(words::AS_CSV)}</button>
                        <button class="button" type="button" on:click=move |_| save(app, Sheet::Map)><Icon name="save" />{t(words::AS_GEOJSON)}</button>
                    </div>
                </section>
            }
        })
    }
}

fn save(app: AppState, which: Sheet) {
    let Some(region) = app.region.get_untracked() else { return };
    let origins = origins(&region.manifest.layers);
    let entries = entries(region.nodes(), &origins);
    let (end, kind, text) = match which {
        Sheet::Csv => ("csv", "text/csv", sheet::csv(entries)),
        Sheet::Map => ("geojson", "application/geo+json", sheet::geojson(entries)),
    };
    // What comes out of an exercise says so.
    let exercise = if untrack(|| app.is_exercise()) { "-exercise" } else { "" };
    let name = format!("civmesh-nodes{exercise}-{}.{end}", time::stamp(time::now()));
    toast::show(app, if file::save(&name, kind, text.as_bytes()) { coverage::SAVED } else { coverage::NOT_SAVED });
}
