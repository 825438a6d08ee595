//! One hazard area alone, hit: who loses cover, where the others go, what overflows. It is chosen from a list, by a place near it.

use super::area_sketch::AreaSketch;
use super::ask::{Ask, Measure};
use super::outage::{Lost, MOST};
use super::plan::Plan;
use super::say;
use super::strike::{Drawn, Striking, Struck, Target};
use super::work::{Opened, Working};
use crate::locale::{coverage as words, domain};
use crate::page::danger::say::whole;
use crate::page::map::legend::area_words;
use crate::page::place::matching::Candidate;
use crate::part::dial::distance;
use crate::part::icon::Icon;
use crate::part::name_search::NameSearch;
use crate::state::use_app;
use crate::words::t;
use civmesh_domain::id::CheckWord;
use civmesh_domain::spatial::coverage::Hit;
use civmesh_domain::spatial::coverage::figure::grouped;
use civmesh_domain::spatial::coverage::hit::sorted;
use civmesh_domain::spatial::walk::Passage;
use civmesh_domain::text::{Language, Text};
use civmesh_domain::unit::{Metres, Place};
use leptos::html::{H3, Input};
use leptos::prelude::*;
use std::sync::Arc;

/// The section.
#[component]
pub fn OneArea(plan: Arc<Plan>, working: Working, striking: Striking, change: Callback<Ask>) -> impl IntoView {
    // What was pressed is gone then: what took its place gets the focus.
    let pressed = StoredValue::new(false);
    let choose = Callback::new(move |area: Option<CheckWord>| {
        pressed.set_value(true);
        change.run(Ask { area, ..working.ask.get_untracked() });
    });
    let near = RwSignal::new(None::<(Text, Place)>);
    let is_chosen = Memo::new(move |_| striking.chosen.with(Option::is_some));
    let is_lost = Memo::new(move |_| working.ask.with(|ask| ask.area.is_some()) && !is_chosen.get());
    view! {
        <section class="section" aria-labelledby="cover-area">
            <h2 id="cover-area">{t(words::ONE_AREA)}</h2>
            <p class="note">{t(words::ONE_AREA_NOTE)}</p>
            {move || is_lost.get().then(|| view! {
                <div class="notice"><Icon name="info" /><div class="grow">{t(words::NO_SUCH_AREA)}</div></div>
            })}
            {
                let plan = plan.clone();
                move || striking.chosen.get().map(|target| view! { <Chosen plan=plan.clone() target striking choose pressed /> })
            }
            {move || (!is_chosen.get()).then(|| view! { <Near near pressed /><List plan=plan.clone() striking near choose /> })}
        </section>
    }
}

/// What is lost with the one that is chosen.
#[component]
fn Chosen(
    plan: Arc<Plan>,
    target: Arc<Target>,
    striking: Striking,
    choose: Callback<Option<CheckWord>>,
    pressed: StoredValue<bool>,
) -> impl IntoView {
    let language = use_app().language;
    let heading = NodeRef::<H3>::new();
    Effect::new(move || {
        if let Some(heading) = heading.get().filter(|_| pressed.get_value()) {
            let _focused = heading.focus();
        }
    });
    let name = {
        let (plan, target) = (plan.clone(), target.clone());
        move || {
            let language = language.get();
            words::if_hit(language, &called(language, &plan.opened, &target), &whereabouts(language, &plan.opened, &target))
        }
    };
    view! {
        <h3 tabindex="-1" node_ref=heading>{name}</h3>
        {move || striking.progress.get().map(|progress| super::line(language, progress))}
        <div aria-live="polite">
            {move || striking.struck.get().filter(|struck| struck.target == target).map(|struck| view! { <Found plan=plan.clone() struck /> })}
        </div>
        <div class="buttons">
            <button class="button" type="button" on:click=move |_| choose.run(None)><Icon name="undo" />{t(words::ANOTHER_AREA)}</button>
        </div>
    }
}

#[component]
fn Found(plan: Arc<Plan>, struck: Arc<Struck>) -> impl IntoView {
    let language = use_app().language;
    let (opened, table) = (plan.opened.clone(), struck.table.clone());
    let outcome = struck.outcome(&opened, plan.ask.choice.proposed, plan.ask.limit());
    let (feared, is_mild) = (table.hazard, struck.target.hit(&opened).is_some_and(|hit| hit.passage() != Passage::Closed));
    let nodes = [outcome.out.clone(), outcome.left.clone()];
    let by = match (is_mild, table.measure) {
        (true, Measure::OnFoot) => Some(words::MILD_AREA),
        (_, Measure::Straight) => Some(words::AREA_STRAIGHT),
        _ => None,
    };
    let names = {
        let (opened, table) = (opened.clone(), table.clone());
        move || {
            let language = language.get();
            let named = outcome.out.iter().take(MOST).map(|node| table.name(&opened, language, *node));
            let named = named.collect::<Vec<_>>().join(words::AND.get(language));
            match outcome.out.len() {
                0 => words::NONE_INSIDE.get(language).to_owned(),
                all if all > MOST => words::inside_and_more(language, &named, all - MOST),
                _ => words::nodes_inside(language, &named),
            }
        }
    };
    view! {
        <p class="note">
            {move || feared.map(|hazard| words::fit_for(language.get(), domain::hazard(hazard).get(language.get())))}
            {by.map(|by| view! { " "{t(by)} })}
        </p>
        <p>{names}</p>
        <AreaSketch opened=opened.clone() struck nodes />
        <Lost opened table loss=outcome.loss />
    }
}

/// A place by its name, to find what is near it.
#[component]
fn Near(near: RwSignal<Option<(Text, Place)>>, pressed: StoredValue<bool>) -> impl IntoView {
    let input = NodeRef::<Input>::new();
    Effect::new(move || {
        if let Some(input) = input.get().filter(|_| pressed.get_value()) {
            let _focused = input.focus();
        }
    });
    let choose = Callback::new(move |Candidate { name, place, .. }| near.set(Some((name, place))));
    view! {
        <div class="field">
            <NameSearch id="cover-area-near" label=words::AREA_NEAR hint=words::AREA_NEAR_HINT choose input />
        </div>
    }
}

/// The nearest, or the largest, and how many there are.
#[component]
fn List(plan: Arc<Plan>, striking: Striking, near: RwSignal<Option<(Text, Place)>>, choose: Callback<Option<CheckWord>>) -> impl IntoView {
    let language = use_app().language;
    move || {
        let (targets, near) = (striking.targets.get(), near.get());
        let there = near.as_ref().map(|(_, place)| *place);
        let found = listed(&plan, &targets, there);
        let all = found.len();
        let rows = found.into_iter().take(MOST).filter_map(|at| {
            let (target, opened) = (targets.get(at)?.clone(), plan.opened.clone());
            let away = there.and_then(|place| target.hit(&opened)?.away(place));
            let word = target.word;
            let (called_opened, called_target) = (opened.clone(), target.clone());
            Some(view! {
                <li><button class="row top" type="button" on:click=move |_| choose.run(Some(word))>
                    <span class="grow">
                        <strong class="name">{move || called(language.get(), &called_opened, &called_target)}</strong>
                        <span class="note">{move || whereabouts(language.get(), &opened, &target)}</span>
                    </span>
                    {away.map(|away| view! { <span>{move || far(language.get(), away)}</span> })}
                </button></li>
            })
        });
        let rows = rows.collect_view();
        let said = move || match &near {
            _ if all == 0 => words::NO_AREAS.get(language.get()).to_owned(),
            Some((name, _)) => words::areas_near(language.get(), name.get(language.get()), &grouped(all as u64), MOST.min(all)),
            None if all > MOST => words::areas_largest(language.get(), &grouped(all as u64), MOST),
            None => words::areas(language.get(), all),
        };
        view! { <p class="note" role="status">{said}</p><ul class="rows">{rows}</ul> }
    }
}

/// Those that concern what is feared, in the order in which they are listed.
fn listed(plan: &Plan, targets: &[Target], near: Option<Place>) -> Vec<usize> {
    let (numbers, hits): (Vec<usize>, Vec<Hit<'_>>) =
        targets.iter().enumerate().filter_map(|(at, target)| Some((at, target.hit(&plan.opened)?))).unzip();
    sorted(&hits, plan.ask.choice.hazard, near).into_iter().filter_map(|at| numbers.get(at).copied()).collect()
}

/// What an area is called: by people, or by what is there.
fn called(language: Language, opened: &Opened, target: &Target) -> String {
    match &target.drawn {
        Drawn::Declared(area) => whole(language, &area.said.value),
        Drawn::Mapped(at) => {
            let area = opened.ground.areas.get(*at);
            area.map(|area| area_words(language, area.hazard, area.class, area.depth)).unwrap_or_default()
        }
    }
}

/// Where it is, and how large.
fn whereabouts(language: Language, opened: &Opened, target: &Target) -> String {
    let Some(hit) = target.hit(opened) else { return String::new() };
    let place = hit.middle().map(|place| say::place(language, opened, place)).unwrap_or_default();
    let text = words::place_and_size(language, &place, &size(language, hit.square_metres()));
    if matches!(target.drawn, Drawn::Declared(_)) { words::declared(language, &text) } else { text }
}

/// To two figures: an outline is no truer than that.
fn size(language: Language, square_metres: f64) -> String {
    if square_metres < 10_000.0 {
        return words::square_metres(language, &grouped((square_metres / 100.0).ceil() as u64 * 100));
    }
    words::square_kilometres(language, &format!("{:.2}", square_metres / 1e6))
}

fn far(language: Language, away: Metres) -> String {
    if away == Metres(0) { words::LIES_IN_IT.get(language).to_owned() } else { words::away(language, &distance(language, away)) }
}
