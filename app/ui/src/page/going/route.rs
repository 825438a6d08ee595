//! The way on foot: how long it is, which turns to take, and what stands in the way. A list of words: it works without a map.

use crate::locale::{danger, going, route as words};
use crate::page::danger::say;
use crate::part::dial::{distance, wind};
use crate::part::icon::Icon;
use crate::state::danger::closed_on;
use crate::state::foot::{OnFoot, Walker, keep_step_free};
use crate::state::{AppState, use_app};
use crate::words::t;
use civmesh_domain::spatial::danger::Area;
use civmesh_domain::spatial::hazard::Hazard;
use civmesh_domain::spatial::walk::{Action, Answer, Route, Turn};
use civmesh_domain::text::Language;
use civmesh_domain::unit::Place;
use leptos::prelude::*;

/// The way to a place from where distances are measured, around what is to be avoided.
#[component]
pub fn OnFootTo(place: Place, hazard: Option<Hazard>, step_free: RwSignal<bool>) -> impl IntoView {
    let app = use_app();
    let answer = Memo::new(move |_| {
        let walker = Walker { hazard, step_free: step_free.get() };
        app.on_foot.with(|on_foot| {
            on_foot.as_ref().map(|on_foot| on_foot.route(walker, place).and_then(|answer| told(app, on_foot, walker, place, answer)))
        })
    });
    let toggle = move |event| {
        let wanted = event_target_checked(&event);
        keep_step_free(wanted);
        step_free.set(wanted);
    };
    view! {
        <section class="section" aria-labelledby="on-foot">
            <h2 id="on-foot">{t(words::TITLE)}</h2>
            {move || match answer.get() {
                None => view! { <p class="note">{t(words::NO_GROUND)}</p> }.into_any(),
                Some(None) => view! { <p class="note" role="status">{t(words::LAYING)}</p> }.into_any(),
                Some(Some(told)) => view! {
                    <label class="toggle">
                        <input type="checkbox" prop:checked=move || step_free.get() on:change=toggle />
                        {t(words::STEP_FREE)}
                    </label>
                    <Found told />
                }.into_any(),
            }}
        </section>
    }
}

/// A way, and what was declared closed on it or on the way that there would be without.
#[derive(Clone, PartialEq)]
struct Told {
    answer: Answer,
    /// Through this it leads.
    through: Vec<Area>,
    /// Around this it leads.
    around: Vec<Area>,
}

/// `None` until it is known what the way leads around.
fn told(app: AppState, on_foot: &OnFoot, walker: Walker, to: Place, answer: Answer) -> Option<Told> {
    let (mut through, mut around) = (Vec::new(), Vec::new());
    if let Answer::Route(route) | Answer::OnlyThrough(route) = &answer
        && app.standing.with(|standing| !standing.is_empty())
    {
        through = closed_on(app, walker.hazard, &route.line);
        around = closed_on(app, walker.hazard, &on_foot.undisturbed(walker, to)?);
        around.retain(|area| !through.contains(area));
    }
    Some(Told { answer, through, around })
}

#[component]
fn Found(told: Told) -> impl IntoView {
    let app = use_app();
    let Told { answer, through, around } = told;
    let around = move || (!around.is_empty()).then(|| danger::avoids(app.language.get(), &say::several(app.language.get(), &around)));
    let through = move || (!through.is_empty()).then(|| danger::through(app.language.get(), &say::several(app.language.get(), &through)));
    match answer {
        Answer::Route(route) => view! {
            <Walk route hindrance=words::hindered />
            {move || around().map(|words| view! { <p class="line note"><Icon name="info" /><span class="grow">{words}</span></p> })}
        }
        .into_any(),
        Answer::OnlyThrough(route) => view! {
            <div class="notice danger" role="alert">
                <Icon name="alert" />
                <div class="grow"><b>{t(words::BARRED)}</b><br />{t(words::BARRED_NOTE)}{move || through().map(|words| view! { <br />{words} })}</div>
            </div>
            <Walk route hindrance=words::blocked />
        }
        .into_any(),
        Answer::NoWay { .. } => view! {
            <div class="notice caution">
                <Icon name="alert" />
                <div class="grow"><b>{t(words::NO_WAY)}</b><br />{t(words::NO_WAY_NOTE)}<br />{t(going::STRAIGHT_LINE)}</div>
            </div>
        }
        .into_any(),
    }
}

#[component]
fn Walk(
    route: Route,
    /// What is said of so much of it as is hindered.
    hindrance: fn(Language, &str) -> String,
) -> impl IntoView {
    let app = use_app();
    let Route { seconds, length, hindered, turns, .. } = route;
    let sum = move || words::minutes(app.language.get(), seconds.div_ceil(60).max(1), &distance(app.language.get(), length.metres()));
    let through = move || (hindered.0 > 0).then(|| hindrance(app.language.get(), &distance(app.language.get(), hindered.metres())));
    view! {
        <p class="line"><Icon name="walk" /><b class="grow">{sum}</b></p>
        {move || through().map(|words| view! { <p class="line note"><Icon name="alert" /><span class="grow">{words}</span></p> })}
        <p class="note">{t(words::ESTIMATE)}</p>
        <details class="turns">
            <summary>{t(words::TURNS)}</summary>
            <ol class="rows">
                {turns.into_iter().map(|turn| view! { <Line turn /> }).collect_view()}
            </ol>
        </details>
    }
}

#[component]
fn Line(turn: Turn) -> impl IntoView {
    let app = use_app();
    let (icon, length) = (sign(turn.action), turn.distance.metres());
    let far = move || (length.0 > 0).then(|| distance(app.language.get(), length));
    view! {
        <li class="row">
            <span class="turn" style:--turn=format!("{}deg", icon) aria-hidden="true">
                <Icon name=if turn.action == Action::Arrive { "pin" } else { "arrow" } />
            </span>
            <span class="grow">{move || said(&turn, app.language.get())}</span>
            <span class="measure"><small>{far}</small></span>
        </li>
    }
}

/// How far an arrow is turned, in degrees clockwise from straight on.
fn sign(action: Action) -> i32 {
    match action {
        Action::Depart(_) | Action::Straight | Action::Arrive => 0,
        Action::SlightRight => 45,
        Action::Right => 90,
        Action::SharpRight => 135,
        Action::SlightLeft => -45,
        Action::Left => -90,
        Action::SharpLeft => -135,
        Action::Around => 180,
    }
}

/// One line of the list, in words.
fn said(turn: &Turn, language: Language) -> String {
    if turn.action == Action::Arrive {
        return words::ARRIVE.get(language).to_owned();
    }
    let action = match turn.action {
        Action::Depart(bearing) => words::depart(language, wind(bearing).get(language)),
        other => words::action(other).get(language).to_owned(),
    };
    let nameless = words::nameless(turn.way).get(language);
    let street = turn.street.as_ref().map(|street| street.get(language)).filter(|name| !name.is_empty()).unwrap_or(nameless);
    let line = match turn.action {
        Action::Depart(_) | Action::Straight => words::along(language, &action, street),
        _ => words::onto(language, &action, street),
    };
    if turn.is_steps() && turn.street.is_some() { words::up_steps(language, &line) } else { line }
}

#[cfg(test)]
mod tests {
    use super::*;
    use civmesh_domain::spatial::walk::{Decimetres, Way};
    use civmesh_domain::text::Text;
    use wasm_bindgen_test::wasm_bindgen_test as test;

    fn turn(action: Action, street: Option<Text>, way: Way) -> Turn {
        Turn { action, place: Place::default(), street, way, distance: Decimetres(100), seconds: 8 }
    }

    #[test]
    fn turns_are_said_as_people_say_them_with_the_streets_name_or_what_it_is() {
        let street = || Some(Text::new("港前街", "Harbour Street"));
        let cases = [
            (turn(Action::Depart(92), street(), Way::Residential), "往東邊出發，走港前街", "Set out to the east along Harbour Street"),
            (turn(Action::Left, street(), Way::Residential), "左轉，走港前街", "Turn left into Harbour Street"),
            (turn(Action::Right, None, Way::Footway), "右轉，走人行道", "Turn right into the footway"),
            (turn(Action::Straight, None, Way::Steps), "直走，走樓梯", "Go on along the steps"),
            (turn(Action::Straight, street(), Way::Steps), "直走，走港前街（樓梯）", "Go on along Harbour Street (steps)"),
            (turn(Action::Arrive, None, Way::Footway), "到了", "You are there"),
        ];
        for (turn, zh, en) in cases {
            assert_eq!((said(&turn, Language::Zh).as_str(), said(&turn, Language::En).as_str()), (zh, en));
        }
    }
}
