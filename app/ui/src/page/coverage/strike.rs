//! One hazard area alone: which ones there are, and the search for what is lost with the one that is chosen.

use super::ask::Measure;
use super::table::{Table, ordinary, struck};
use super::work::{Opened, Progress, Stopped, Turn, Working};
use crate::page::people::is_coordinator;
use crate::state::AppState;
use crate::state::turns::Job;
use civmesh_domain::id::CheckWord;
use civmesh_domain::spatial::coverage::loss::State;
use civmesh_domain::spatial::coverage::{Access, Choice, Counted, Hit, Loss};
use civmesh_domain::spatial::danger::Area;
use civmesh_domain::spatial::hazard::Hazard;
use civmesh_domain::spatial::node::Node;
use civmesh_domain::unit::Persons;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::sync::Arc;

/// Where an area stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Drawn {
    /// On the region's map, by its position there.
    Mapped(usize),
    /// It was declared, and stands.
    Declared(Box<Area>),
}

/// An area that can be chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// Where it stands.
    pub drawn: Drawn,
    /// Its word in the address.
    pub word: CheckWord,
}

impl Target {
    /// The area, ready to be asked.
    pub fn hit<'a>(&'a self, opened: &'a Opened) -> Option<Hit<'a>> {
        match &self.drawn {
            Drawn::Mapped(at) => opened.ground.areas.get(*at).map(Hit::mapped),
            Drawn::Declared(area) => Some(Hit::declared(area)),
        }
    }
}

/// Who reaches what before the area is hit, and who once it is.
pub struct Struck {
    /// The area.
    pub target: Arc<Target>,
    /// Before.
    pub table: Arc<Table>,
    after: Access,
}

/// What is lost with it.
pub struct Outcome {
    /// The loss, with nodes by their numbers in the table.
    pub loss: Loss,
    /// Nodes that counted and lie in it.
    pub out: Vec<u32>,
    /// Nodes that go on counting.
    pub left: Vec<u32>,
}

impl Struck {
    /// What is lost within a limit. Nodes count that are known to be fit for what is feared.
    pub fn outcome(&self, opened: &Opened, proposed: bool, limit: u32) -> Outcome {
        let choice = Choice { proposed, hazard: self.table.hazard };
        let hit = self.target.hit(opened);
        let nodes: Vec<Option<&Node>> = (0..self.table.nodes.len() as u32).map(|node| self.table.node(opened, node)).collect();
        let counts: Vec<bool> = nodes.iter().map(|node| node.is_some_and(|node| choice.of(node) == Counted::Yes)).collect();
        let is_in = |node: &Node| hit.is_some_and(|hit| hit.takes(node.place));
        let left: Vec<bool> = nodes.iter().zip(&counts).map(|(node, counts)| *counts && !node.is_some_and(is_in)).collect();
        let room: Vec<Option<Persons>> = nodes.iter().map(|node| node.and_then(|node| node.capacity)).collect();
        let of = |all: &[bool], node: u32| all.get(node as usize).copied().unwrap_or_default();
        let (before, after) = (|node: u32| of(&counts, node), |node: u32| of(&left, node));
        let states = [State { access: &self.table.access, counts: &before }, State { access: &self.after, counts: &after }];
        let loss = Loss::between(states.each_ref(), &opened.people, &room, limit);
        let (left, counted): (Vec<u32>, Vec<u32>) = (0..nodes.len() as u32).partition(|node| after(*node));
        Outcome { loss, out: counted.into_iter().filter(|node| before(*node)).collect(), left }
    }
}

/// What the section shows, and what it is worked out from.
#[derive(Clone, Copy)]
pub struct Striking {
    /// All areas: those that were declared first, then those of the map.
    pub targets: Memo<Arc<Vec<Target>>>,
    /// The one that is asked for, where there is such.
    pub chosen: Memo<Option<Arc<Target>>>,
    /// What was found for it.
    pub struck: RwSignal<Option<Arc<Struck>>>,
    /// How far the search is.
    pub progress: RwSignal<Option<Progress>>,
}

/// Searches anew with every other area, hazard or measure. The table of before is kept for the next area.
pub fn follow(app: AppState, working: Working) -> Striking {
    let targets = Memo::new(move |_| {
        let opened = working.opened.get().filter(|_| is_coordinator(app));
        opened.map(|opened| Arc::new(targets(app, &opened))).unwrap_or_default()
    });
    let chosen = Memo::new(move |_| {
        let word = working.ask.get().area?;
        targets.with(|targets| targets.iter().find(|target| target.word == word).cloned().map(Arc::new))
    });
    let asked = Memo::new(move |_| {
        let has_graph = working.opened.with(|opened| opened.as_ref().is_some_and(|opened| opened.has_graph()));
        let ask = working.ask.get().with_graph(has_graph);
        (chosen.get(), ask.choice.hazard, ask.measure)
    });
    let (struck, progress) = (RwSignal::new(None::<Arc<Struck>>), RwSignal::new(None));
    let known = StoredValue::new(None::<(Arc<Opened>, Arc<Table>)>);
    let job = Job::default();
    Effect::new(move || {
        let ((target, hazard, measure), opened) = (asked.get(), working.opened.get());
        let mut turn = Turn::new(job, progress);
        struck.set(None);
        progress.set(None);
        let Some((target, opened)) = target.zip(opened) else { return };
        let known_table = known.get_value().filter(|(of, _)| Arc::ptr_eq(of, &opened)).map(|(_, table)| table);
        spawn_local(async move {
            if let Ok(found) = strike(app, (&opened, target), (hazard, measure), known_table, &mut turn).await {
                known.set_value(Some((opened, found.table.clone())));
                progress.set(None);
                struck.set(Some(Arc::new(found)));
            }
        });
    });
    Striking { targets, chosen, struck, progress }
}

fn targets(app: AppState, opened: &Opened) -> Vec<Target> {
    let declared = app.standing.get();
    let declared = declared.iter().map(|area| Target { word: Hit::declared(area).word(), drawn: Drawn::Declared(Box::new(area.clone())) });
    let mapped = opened.ground.areas.iter().enumerate();
    declared.chain(mapped.map(|(at, area)| Target { word: Hit::mapped(area).word(), drawn: Drawn::Mapped(at) })).collect()
}

async fn strike(
    app: AppState,
    (opened, target): (&Opened, Arc<Target>),
    (hazard, measure): (Option<Hazard>, Measure),
    known: Option<Arc<Table>>,
    turn: &mut Turn,
) -> Result<Struck, Stopped> {
    let hit = target.hit(opened).ok_or(Stopped)?;
    let feared = hit.feared(hazard);
    let table = match known.filter(|table| (table.hazard, table.measure) == (feared, measure)) {
        Some(table) => table,
        None => Arc::new(ordinary(app, opened, feared, measure, turn).await?),
    };
    let after = struck(opened, &table, hit, turn).await?;
    Ok(Struck { target: target.clone(), table, after })
}
