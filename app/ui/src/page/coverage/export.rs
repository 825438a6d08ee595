//! Taking the figures away: for a spreadsheet, and for a map.

use super::plan::Plan;
use crate::device::{file, time};
use crate::locale::coverage as words;
use crate::part::icon::Icon;
use crate::part::toast;
use crate::state::{AppState, use_app};
use crate::words::{Words, t};
use civmesh_domain::spatial::coverage::sheet;
use leptos::prelude::*;
use std::sync::Arc;

#[derive(Clone, Copy)]
enum Sheet {
    Cells,
    Nodes,
    Map,
}

/// The buttons.
#[component]
pub fn TakeAway(plan: Arc<Plan>) -> impl IntoView {
    let app = use_app();
    let button = move |words: Words, which: Sheet| {
        let plan = plan.clone();
        view! { <button class="button" type="button" on:click=move |_| save(app, &plan, which)><Icon name="save" />{t(words)}</button> }
    };
    view! {
        <section class="section" aria-labelledby="cover-away">
            <h2 id="cover-away">{t(words::TAKE_AWAY)}</h2>
            <p class="note">{t(words::TAKE_AWAY_NOTE)}</p>
            <div class="buttons">
                {button.clone()(words::CELLS_CSV, Sheet::Cells)}
                {button.clone()(words::NODES_CSV, Sheet::Nodes)}
                {button(words::GEOJSON, Sheet::Map)}
            </div>
        </section>
    }
}

fn save(app: AppState, plan: &Plan, which: Sheet) {
    let language = app.language.get_untracked();
    let (name, end, kind, text) = match which {
        Sheet::Cells => ("cells", "csv", "text/csv", sheet::cells_csv(plan.cell_rows(), plan.far())),
        Sheet::Nodes => ("nodes", "csv", "text/csv", sheet::nodes_csv(plan.node_rows(language))),
        Sheet::Map => ("map", "geojson", "application/geo+json", sheet::geojson(plan.cell_rows(), plan.node_rows(language), plan.far())),
    };
    // What comes out of an exercise says so.
    let exercise = if untrack(|| app.is_exercise()) { "-exercise" } else { "" };
    let name = format!("civmesh-coverage-{name}{exercise}-{}.{end}", time::stamp(time::now()));
    toast::show(app, if file::save(&name, kind, text.as_bytes()) { words::SAVED } else { words::NOT_SAVED });
}
