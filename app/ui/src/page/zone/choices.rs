//! What is to be drawn: around what, how far, or an outline of one's own; which nodes count, and against which hazard.

use super::ask::{Ask, WITHIN};
use super::plan::Plan;
use crate::locale::{coverage, zone as words};
use crate::page::coverage::choices::{hazard, which};
use crate::page::place::matching::Candidate;
use crate::part::dial::distance;
use crate::part::icon::Icon;
use crate::part::name_search::NameSearch;
use crate::part::segments::{Shape, one_of};
use crate::state::use_app;
use crate::words::t;
use civmesh_domain::spatial::coverage::RADII;
use civmesh_domain::spatial::hazard::Hazard;
use civmesh_domain::spatial::zone::{CORNERS, Zone};
use civmesh_domain::text::Language;
use civmesh_domain::unit::{Metres, Place};
use leptos::prelude::*;
use std::sync::Arc;

/// All choices. `making` holds the corners of an outline while it is drawn.
#[component]
pub fn Choices(
    ask: Memo<Ask>,
    plan: RwSignal<Option<Arc<Plan>>>,
    making: RwSignal<Option<Vec<Place>>>,
    change: Callback<Ask>,
) -> impl IntoView {
    let hazards = Memo::new(move |_| {
        let known = plan.with(|plan| plan.as_ref().map(|plan| plan.hazards)).unwrap_or_default();
        std::iter::once(None).chain(known.iter().map(Some)).collect::<Vec<Option<Hazard>>>()
    });
    let set = move |write: &dyn Fn(&mut Ask)| {
        let mut next = ask.get_untracked();
        write(&mut next);
        change.run(next);
    };
    let metres = |language: Language, metres: Metres| distance(language, metres);
    view! {
        <section class="section zone-choices" aria-label=t(words::CHOICES)>
            <Around ask change />
            {one_of(
                ("within", words::WITHIN, Shape::Segments),
                WITHIN.map(Metres).to_vec(),
                metres,
                move |metres| ask.with(|ask| !matches!(ask.zone, Some(Zone::Outline(_))) && ask.within == metres),
                move |metres| change.run(ask.get_untracked().around(None, metres)),
            )}
            <Outline ask making change />
            {one_of(
                ("counted", coverage::WHICH, Shape::Segments),
                vec![false, true],
                which,
                move |proposed| ask.with(|ask| ask.choice.proposed == proposed),
                move |proposed| set(&|ask| ask.choice.proposed = proposed),
            )}
            {move || (hazards.get().len() > 1).then(|| one_of(
                ("hazard", coverage::HAZARD, Shape::Chips),
                hazards.get(),
                hazard,
                move |hazard| ask.with(|ask| ask.choice.hazard == hazard),
                move |hazard| set(&|ask| ask.choice.hazard = hazard),
            ))}
            {one_of(
                ("reach", words::REACH, Shape::Segments),
                RADII.map(Metres).to_vec(),
                metres,
                move |metres| ask.with(|ask| ask.reach == metres),
                move |metres| set(&|ask| ask.reach = metres),
            )}
        </section>
    }
}

/// Another middle, by its name.
#[component]
fn Around(ask: Memo<Ask>, change: Callback<Ask>) -> impl IntoView {
    let choose = Callback::new(move |Candidate { place, .. }| {
        let before = ask.get_untracked();
        change.run(before.around(Some(place), before.within));
    });
    view! { <div class="field"><NameSearch id="zone-around" label=words::AROUND hint=words::AROUND_HINT choose /></div> }
}

/// An outline, corner by corner.
#[component]
fn Outline(ask: Memo<Ask>, making: RwSignal<Option<Vec<Place>>>, change: Callback<Ask>) -> impl IntoView {
    let app = use_app();
    let is_drawn = Memo::new(move |_| ask.with(|ask| matches!(ask.zone, Some(Zone::Outline(_)))));
    let count = Memo::new(move |_| making.with(|making| making.as_ref().map(Vec::len)));
    let finish = move |_| {
        let Some(corners) = making.get_untracked().filter(|corners| CORNERS.contains(&corners.len())) else { return };
        making.set(None);
        change.run(Ask { zone: Some(Zone::Outline(corners)), ..ask.get_untracked() });
    };
    let undo = move |_| making.update(|making| making.iter_mut().for_each(|corners| corners.truncate(corners.len().saturating_sub(1))));
    let leave = move |_| {
        let before = ask.get_untracked();
        change.run(before.around(None, before.within));
    };
    move || {
        match count.get() {
        None => view! {
            <div class="buttons">
                <button class="button" type="button" on:click=move |_| making.set(Some(Vec::new()))><Icon name="edit" />{t(words::OUTLINE)}</button>
                {move || is_drawn.get().then(|| view! { <button class="button quiet" type="button" on:click=leave>{t(words::NO_OUTLINE)}</button> })}
            </div>
        }
        .into_any(),
        Some(corners) => view! {
            <div class="notice">
                <Icon name="edit" />
                <p class="grow" role="status">{t(words::DRAWING)}" "{move || words::corners(app.language.get(), corners)}</p>
            </div>
            <div class="buttons">
                <button class="button primary" type="button" aria-disabled=(!CORNERS.contains(&corners)).to_string() on:click=finish>
                    <Icon name="check" />{t(words::FINISH)}
                </button>
                <button class="button" type="button" aria-disabled=(corners == 0).to_string() on:click=undo><Icon name="undo" />{t(words::UNDO)}</button>
                <button class="button quiet" type="button" on:click=move |_| making.set(None)>{t(words::CANCEL)}</button>
            </div>
        }
        .into_any(),
    }
    }
}
