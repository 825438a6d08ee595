//! Every hazard against the others: how many nodes are left, who still reaches one, and who finds room.

use super::ask::Ask;
use super::choices::hazard;
use super::plan::Plan;
use super::say;
use super::table::{Table, make};
use super::work::{Opened, Stopped, Turn};
use crate::locale::coverage as words;
use crate::part::icon::Icon;
use crate::state::turns::Job;
use crate::state::{AppState, use_app};
use crate::words::t;
use civmesh_domain::spatial::coverage::{Choice, Counted, Coverage, Loads};
use civmesh_domain::spatial::hazard::Hazard;
use civmesh_domain::unit::Persons;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::sync::Arc;

/// What one hazard leaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Left {
    hazard: Option<Hazard>,
    /// Nodes that count.
    nodes: usize,
    /// People within reach of one.
    inside: u64,
    /// People who find room that is known.
    housed: u64,
}

/// A table with a row for each hazard. Each needs the long search anew, so it begins when somebody asks.
#[component]
pub fn Compare(plan: Arc<Plan>) -> impl IntoView {
    let app = use_app();
    let language = app.language;
    let (found, progress) = (RwSignal::new(None::<Vec<Left>>), RwSignal::new(None));
    let job = Job::default();
    let (basis, all) = (plan.opened.basis(), plan.coverage.people);
    let (measure, limit) = (plan.ask.measure, plan.ask.limit());
    let begin = {
        let plan = plan.clone();
        move |_| {
            let (plan, mut turn) = (plan.clone(), Turn::new(job, progress));
            spawn_local(async move {
                if let Ok(rows) = compare(app, &plan, &mut turn).await {
                    progress.set(None);
                    found.set(Some(rows));
                }
            });
        }
    };
    let row = move |left: Left| {
        view! {
            <tr>
                <th scope="row">{move || hazard(language.get(), left.hazard)}<br /><span class="note">{move || words::nodes_left(language.get(), left.nodes)}</span></th>
                <td>{move || say::part(language.get(), left.inside, all, basis)}</td>
                <td>{move || say::part(language.get(), left.housed, all, basis)}</td>
            </tr>
        }
    };
    view! {
        <section class="section" aria-labelledby="cover-compare">
            <h2 id="cover-compare">{t(words::COMPARE)}</h2>
            <p class="note">{t(words::COMPARE_NOTE)}</p>
            {move || match (found.get(), progress.get()) {
                (Some(rows), _) => view! {
                    <table class="table">
                        <caption>{move || say::limit(language.get(), measure, limit)}</caption>
                        <thead><tr>
                            <th scope="col">{t(words::HAZARD)}</th>
                            <th scope="col">{t(words::INSIDE)}</th>
                            <th scope="col">{t(words::HOUSED)}</th>
                        </tr></thead>
                        <tbody>{rows.into_iter().map(row).collect_view()}</tbody>
                    </table>
                }.into_any(),
                (None, Some(progress)) => super::line(language, progress).into_any(),
                (None, None) => view! {
                    <div class="buttons"><button class="button" type="button" on:click=begin.clone()><Icon name="search" />{t(words::COMPARE_NOW)}</button></div>
                }.into_any(),
            }}
        </section>
    }
}

async fn compare(app: AppState, plan: &Plan, turn: &mut Turn) -> Result<Vec<Left>, Stopped> {
    let mut rows = Vec::new();
    let hazards = std::iter::once(None).chain(plan.opened.hazards.iter().map(Some));
    for hazard in hazards {
        let ask = Ask { choice: Choice { hazard, ..plan.ask.choice }, ..plan.ask };
        let table = make(app, &plan.opened, hazard, plan.ask.measure, turn).await?;
        rows.push(left(&plan.opened, &table, ask));
        turn.tell(words::COUNTING, rows.len(), plan.opened.hazards.len() + 1).await?;
    }
    Ok(rows)
}

fn left(opened: &Opened, table: &Table, ask: Ask) -> Left {
    let nodes: Vec<_> = table.nodes.iter().map(|at| opened.region.nodes().get(*at)).collect();
    let counts: Vec<bool> = nodes.iter().map(|node| node.is_some_and(|node| ask.choice.of(node) == Counted::Yes)).collect();
    let room: Vec<Option<Persons>> = nodes.iter().map(|node| node.and_then(|node| node.capacity)).collect();
    let does = |node: u32| counts.get(node as usize).copied().unwrap_or_default();
    let coverage = Coverage::of(&table.access, &opened.people, &[ask.limit()], does);
    let loads = Loads::of(&table.access, &opened.people, &room, ask.limit(), does);
    Left {
        hazard: ask.choice.hazard,
        nodes: counts.iter().filter(|counts| **counts).count(),
        inside: coverage.bands.first().map_or(0, |band| band.inside),
        housed: loads.housed.iter().map(|people| u64::from(people.0)).sum(),
    }
}
