//! The long search: a table of who reaches what, for a hazard as a whole, for an ordinary day, or where one area alone is hit.

use super::ask::Measure;
use super::work::{Opened, Stopped, Turn};
use crate::locale::coverage as words;
use crate::part::here::may_see;
use crate::state::AppState;
use civmesh_domain::spatial::area::Areas;
use civmesh_domain::spatial::coverage::access::Steps;
use civmesh_domain::spatial::coverage::choice::closes;
use civmesh_domain::spatial::coverage::{Access, Cells, Choice, Counted, Hit, Straight};
use civmesh_domain::spatial::hazard::Hazard;
use civmesh_domain::spatial::node::{Exposure, Node};
use civmesh_domain::spatial::walk::{Costs, Pace, WalkGraph};
use civmesh_domain::text::Language;
use civmesh_domain::unit::{Metres, Place};
use leptos::prelude::*;

/// So many areas are made ready at a time.
const AREAS_AT_ONCE: usize = 100;

/// Who reaches what. Holds for one hazard and one measure, whichever nodes count.
pub struct Table {
    /// For which hazard.
    pub hazard: Option<Hazard>,
    /// By which measure.
    pub measure: Measure,
    /// The region's nodes that are in it, by their positions in its list.
    pub nodes: Vec<usize>,
    /// How many are out because of the hazard.
    pub out: usize,
    /// How many this phone may not be told of.
    pub hidden: usize,
    /// Which of them each cell reaches.
    pub access: Access,
}

impl Table {
    /// A node, by its number here.
    pub fn node<'a>(&self, opened: &'a Opened, node: u32) -> Option<&'a Node> {
        opened.region.nodes().get(*self.nodes.get(node as usize)?)
    }

    /// Its name.
    pub fn name(&self, opened: &Opened, language: Language, node: u32) -> String {
        self.node(opened, node).map(|node| node.name.get(language).to_owned()).unwrap_or_default()
    }
}

/// The table for a hazard and a measure.
///
/// # Errors
/// `Stopped`, as soon as nobody waits for it any more.
pub async fn make(app: AppState, opened: &Opened, hazard: Option<Hazard>, by: Measure, turn: &mut Turn) -> Result<Table, Stopped> {
    let mut table = standing(app, opened, hazard, by);
    let Some(feared) = hazard else { return fill(opened, table, turn).await };
    let before = table.nodes.len();
    table.nodes = outside(opened, table.nodes, feared, turn).await?;
    table.out += before - table.nodes.len();
    table.access = match (&opened.ground.graph, by) {
        (Some(graph), Measure::OnFoot) => {
            let costs = hindered(opened, graph, feared, turn).await?;
            on_foot(opened, graph, &costs, &table.nodes, turn).await?
        }
        _ => straight(opened, &table.nodes, turn).await?,
    };
    Ok(table)
}

/// The table for those who flee from a hazard while no area of it is hit.
///
/// # Errors
/// `Stopped`, as soon as nobody waits for it any more.
pub async fn ordinary(app: AppState, opened: &Opened, hazard: Option<Hazard>, by: Measure, turn: &mut Turn) -> Result<Table, Stopped> {
    fill(opened, standing(app, opened, hazard, by), turn).await
}

async fn fill(opened: &Opened, table: Table, turn: &mut Turn) -> Result<Table, Stopped> {
    let access = match (&opened.ground.graph, table.measure) {
        (Some(graph), Measure::OnFoot) => {
            let costs = Costs::new(graph, &Pace::default().because_of(table.hazard));
            on_foot(opened, graph, &costs, &table.nodes, turn).await?
        }
        _ => straight(opened, &table.nodes, turn).await?,
    };
    Ok(Table { access, ..table })
}

/// Who reaches which nodes of `table`, which [`ordinary`] made, once one area is hit. Straight distances stay what they are.
///
/// # Errors
/// `Stopped`, as soon as nobody waits for it any more.
pub async fn struck(opened: &Opened, table: &Table, hit: Hit<'_>, turn: &mut Turn) -> Result<Access, Stopped> {
    let Some(graph) = opened.ground.graph.as_ref().filter(|_| table.measure == Measure::OnFoot) else {
        return Ok(table.access.clone());
    };
    let mut costs = Costs::new(graph, &Pace::default().because_of(table.hazard));
    hit.hinder(graph, &mut costs);
    on_foot(opened, graph, &costs, &table.nodes, turn).await
}

/// The nodes that this phone may be told of and that are not ruled out by what they are, not yet reached by anybody.
fn standing(app: AppState, opened: &Opened, hazard: Option<Hazard>, measure: Measure) -> Table {
    let all = opened.region.nodes();
    let seen: Vec<usize> = all.iter().enumerate().filter(|(_, node)| may_be_told(app, node)).map(|(at, _)| at).collect();
    let (hidden, told) = (all.len() - seen.len(), seen.len());
    let stands = |at: &usize| all.get(*at).is_some_and(|node| Choice { proposed: true, hazard }.of(node) != Counted::Out);
    let nodes: Vec<usize> = seen.into_iter().filter(stands).collect();
    Table { hazard, measure, out: told - nodes.len(), nodes, hidden, access: Access::default() }
}

fn places(opened: &Opened, nodes: &[usize]) -> Vec<Place> {
    nodes.iter().filter_map(|at| opened.region.nodes().get(*at)).map(|node| node.place).collect()
}

fn may_be_told(app: AppState, node: &Node) -> bool {
    node.exposure == Exposure::Public || untrack(|| may_see(app, node))
}

/// The nodes that lie in no area where nobody may be sent.
async fn outside(opened: &Opened, mut nodes: Vec<usize>, hazard: Hazard, turn: &mut Turn) -> Result<Vec<usize>, Stopped> {
    let all = opened.region.nodes();
    let mut done = 0;
    for areas in opened.ground.areas.chunks(AREAS_AT_ONCE) {
        let ready = Areas::new(areas);
        let mut left = Vec::with_capacity(nodes.len());
        for at in nodes {
            if all.get(at).is_some_and(|node| !ready.at(node.place).any(|area| closes(area, hazard))) {
                left.push(at);
            }
            turn.over(words::LAYING, done, opened.ground.areas.len()).await?;
        }
        nodes = left;
        done += areas.len();
    }
    Ok(nodes)
}

/// Walking where all areas that have to do with a hazard are hit.
async fn hindered(opened: &Opened, graph: &WalkGraph, hazard: Hazard, turn: &mut Turn) -> Result<Costs, Stopped> {
    let mut costs = Costs::new(graph, &Pace::default().because_of(Some(hazard)));
    for (done, area) in opened.ground.areas.iter().enumerate() {
        if let Some(passage) = area.passage(hazard) {
            costs.avoid(graph, &area.rings, passage);
        }
        turn.over(words::LAYING, done, opened.ground.areas.len()).await?;
    }
    Ok(costs)
}

async fn on_foot(opened: &Opened, graph: &WalkGraph, costs: &Costs, nodes: &[usize], turn: &mut Turn) -> Result<Access, Stopped> {
    let mut cells = Cells::new(graph, costs, Steps::default());
    for (done, cell) in opened.places.iter().enumerate() {
        cells.add(*cell);
        turn.over(words::PLACING, done, opened.places.len()).await?;
    }
    let mut walks = cells.walks(Measure::OnFoot.limits()[2]);
    for (done, node) in places(opened, nodes).into_iter().enumerate() {
        walks.add(node);
        turn.over(words::WALKING, done, nodes.len()).await?;
    }
    Ok(walks.access())
}

async fn straight(opened: &Opened, nodes: &[usize], turn: &mut Turn) -> Result<Access, Stopped> {
    let places = places(opened, nodes);
    let straight = Straight::new(&places, Metres(Measure::Straight.limits()[2]));
    let mut found = Vec::with_capacity(opened.places.len());
    for (done, cell) in opened.places.iter().enumerate() {
        found.push(straight.from(*cell));
        turn.over(words::MEASURING, done, opened.places.len()).await?;
    }
    Ok(Access::of(found, nodes.len() as u32))
}
