//! Taking the list away, for a spreadsheet.

use super::list::Kept;
use crate::device::{file, time};
use crate::locale::{coverage, upkeep as words};
use crate::part::icon::Icon;
use crate::part::toast;
use crate::state::{AppState, use_app};
use crate::words::t;
use civmesh_domain::spatial::upkeep::sheet::{NodeSheet, csv};
use leptos::prelude::*;
use std::sync::Arc;

/// The button.
#[component]
pub fn TakeAway(kept: Memo<Arc<Vec<Kept>>>) -> impl IntoView {
    let app = use_app();
    view! {
        <div class="buttons">
            <button class="button" type="button" on:click=move |_| save(app, &kept.get_untracked())><Icon name="save" />{t(words::CSV)}</button>
        </div>
    }
}

fn save(app: AppState, kept: &[Kept]) {
    let language = app.language.get_untracked();
    let rows = kept.iter().map(|kept| NodeSheet {
        id: kept.node.id.as_str(),
        name: kept.node.name.get(language),
        standing: kept.node.standing,
        checklist: &kept.list,
    });
    let text = csv(rows, time::date);
    // What comes out of an exercise says so.
    let exercise = if untrack(|| app.is_exercise()) { "-exercise" } else { "" };
    let name = format!("civmesh-upkeep{exercise}-{}.csv", time::stamp(time::now()));
    toast::show(app, if file::save(&name, "text/csv", text.as_bytes()) { coverage::SAVED } else { coverage::NOT_SAVED });
}
