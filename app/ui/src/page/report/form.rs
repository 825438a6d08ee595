//! The form.

use super::draft::{Problem, ReportDraft};
use super::field::{DangersField, NeedsField, PeopleField, SituationField, UrgencyField};
use crate::command::author::Beside;
use crate::command::report::file_report;
use crate::locale::{common, report as words};
use crate::part::correction::{Corrected, rows_of};
use crate::part::icon::Icon;
use crate::part::photo::PhotoField;
use crate::part::toast;
use crate::part::words_field::WordsField;
use crate::state::{AppState, use_app};
use crate::words::t;
use civmesh_domain::id::NodeId;
use civmesh_domain::information::report::Report;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The form, empty or filled with the report that is corrected.
#[component]
pub fn ReportForm(node: NodeId, corrected: Option<Corrected<Report>>) -> impl IntoView {
    let app = use_app();
    let draft = RwSignal::new(corrected.map(|corrected| ReportDraft::of(corrected.id, &corrected.entry)).unwrap_or_default());
    let problems = RwSignal::new(Vec::new());
    let busy = RwSignal::new(false);
    let (typed, set_words) = create_slice(draft, |draft| draft.words.clone(), |draft, words| draft.words = words);
    let (photo, set_photo) = create_slice(draft, |draft| draft.photo.clone(), |draft, photo| draft.photo = photo);
    let takes_photos = {
        let node = node.clone();
        Signal::derive(move || app.seat.get().is_none_or(|seat| seat.is_for(&node)))
    };
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        match draft.with_untracked(ReportDraft::finish) {
            Err(found) => problems.set(found),
            Ok(_) if busy.get_untracked() => {}
            Ok(report) => {
                problems.set(Vec::new());
                busy.set(true);
                spawn_local(save(app, node.clone(), report, draft, busy));
            }
        }
    };
    view! {
        <form class="narrow stack" on:submit=submit novalidate>
            <UrgencyField draft />
            <DangersField draft />
            <PeopleField draft />
            <NeedsField draft />
            <SituationField draft />
            <WordsField words=typed set=set_words label=words::WORDS hint=words::WORDS_HINT rows="4" longest="4000" />
            {move || if takes_photos.get() {
                view! { <PhotoField photo set=set_photo /> }.into_any()
            } else {
                view! { <p class="hint">{t(words::PHOTO_NOT_HERE)}</p> }.into_any()
            }}
            <div role="alert">
                {move || problems.get().into_iter().map(|problem| view! {
                    <p class="error"><Icon name="alert" />{t(said(problem))}</p>
                }).collect_view()}
            </div>
            <div class="foot">
                <div class="buttons">
                    <button class="button primary lead" type="submit" aria-disabled=move || busy.get().to_string()>
                        <Icon name="send" />
                        {t(words::SUBMIT)}
                    </button>
                </div>
            </div>
        </form>
    }
}

fn said(problem: Problem) -> crate::words::Words {
    match problem {
        Problem::Empty => words::EMPTY,
        Problem::BadNumber => words::BAD_NUMBER,
    }
}

async fn save(app: AppState, node: NodeId, report: Report, draft: RwSignal<ReportDraft>, busy: RwSignal<bool>) {
    let replaces = report.corrects.map(|id| rows_of(app, id)).unwrap_or_default();
    let takes_photos = app.seat.get_untracked().is_none_or(|seat| seat.is_for(&node));
    let beside = draft.with_untracked(|draft| Beside { words: draft.words.clone(), photo: draft.photo.clone().filter(|_| takes_photos) });
    match file_report(app, node, report, beside, replaces).await {
        Ok(_) => {
            draft.set(ReportDraft::default());
            toast::show(app, common::SAVED_HERE);
        }
        Err(failed) => toast::show(app, failed.words()),
    }
    busy.set(false);
}
