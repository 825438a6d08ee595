//! What was found: figures for one choice, of a table of who reaches what.

use super::ask::Ask;
use super::table::Table;
use super::work::{Opened, Stopped, Turn};
use crate::locale::coverage as words;
use civmesh_domain::spatial::coverage::loss::{State, single_failures};
use civmesh_domain::spatial::coverage::sheet::{CellRow, Far, NodeRow};
use civmesh_domain::spatial::coverage::site::sites;
use civmesh_domain::spatial::coverage::{Counted, Coverage, Loads, Loss, Site};
use civmesh_domain::spatial::node::Node;
use civmesh_domain::text::Language;
use civmesh_domain::unit::Persons;
use std::sync::Arc;

use super::ask::Measure;

/// So many places are proposed.
const MOST_SITES: usize = 10;

/// Figures for one choice.
pub struct Plan {
    /// What was asked.
    pub ask: Ask,
    /// What they are counted from.
    pub table: Arc<Table>,
    /// The region and its people.
    pub opened: Arc<Opened>,
    /// By node of the table: whether it counts.
    pub counts: Vec<bool>,
    /// By node of the table: how many it holds.
    pub room: Vec<Option<Persons>>,
    /// People inside and outside, for each of the three limits.
    pub coverage: Coverage,
    /// The same for the chosen limit alone, with its gaps.
    pub chosen: Coverage,
    /// Who goes where.
    pub loads: Loads,
    /// Each node out alone, and how many people lose cover.
    pub failures: Vec<(u32, u64)>,
    /// What would close most gaps.
    pub sites: Vec<Site>,
}

impl Plan {
    /// Counts, with a turn for the screen between one figure and the next.
    pub async fn of(opened: Arc<Opened>, table: Arc<Table>, ask: Ask, turn: &mut Turn) -> Result<Self, Stopped> {
        const FIGURES: usize = 5;
        turn.tell(words::COUNTING, 0, FIGURES).await?;
        let nodes = opened.region.nodes();
        let of_table = |at: &usize| nodes.get(*at);
        let counts: Vec<bool> = table.nodes.iter().map(|at| of_table(at).is_some_and(|node| ask.choice.of(node) == Counted::Yes)).collect();
        let room: Vec<Option<Persons>> = table.nodes.iter().map(|at| of_table(at).and_then(|node| node.capacity)).collect();
        let (access, people, limit) = (&table.access, &opened.people, ask.limit());
        let does = |node: u32| counts.get(node as usize).copied().unwrap_or_default();
        let coverage = Coverage::of(access, people, &ask.measure.limits(), does);
        turn.tell(words::COUNTING, 1, FIGURES).await?;
        let chosen = Coverage::of(access, people, &[limit], does);
        turn.tell(words::COUNTING, 2, FIGURES).await?;
        let loads = Loads::of(access, people, &room, limit, does);
        turn.tell(words::COUNTING, 3, FIGURES).await?;
        let failures = single_failures(access, people, limit, does).into_iter().filter(|(_, people)| *people > 0).collect();
        turn.tell(words::COUNTING, 4, FIGURES).await?;
        let covered = |cell: usize| access.nearest(cell, does).is_some_and(|reached| reached.far <= limit);
        let sites = sites(access, people, limit, covered, MOST_SITES);
        Ok(Self { ask, table, opened, counts, room, coverage, chosen, loads, failures, sites })
    }

    /// Whether a node of the table counts.
    pub fn does_count(&self, node: u32) -> bool {
        self.counts.get(node as usize).copied().unwrap_or_default()
    }

    /// How many count.
    pub fn counting(&self) -> usize {
        self.counts.iter().filter(|counts| **counts).count()
    }

    /// A node of the table.
    pub fn node(&self, node: u32) -> Option<&Node> {
        self.table.node(&self.opened, node)
    }

    /// Its name.
    pub fn name(&self, language: Language, node: u32) -> String {
        self.table.name(&self.opened, language, node)
    }

    /// Nodes with most people too many, of those whose room is known.
    pub fn too_many(&self, most: usize) -> Vec<(u32, u64)> {
        let known = (0u32..).zip(&self.loads.nodes).filter(|(node, load)| self.does_count(*node) && load.capacity.is_some());
        let mut all: Vec<(u32, u64)> = known.map(|(node, load)| (node, load.overflow())).filter(|(_, people)| *people > 0).collect();
        all.sort_by_key(|(node, people)| (std::cmp::Reverse(*people), *node));
        all.truncate(most);
        all
    }

    /// How many nodes that count hold nobody knows how many, and for how many people they are the nearest.
    pub fn unknown_room(&self) -> (usize, u64) {
        let unknown = (0u32..).zip(&self.loads.nodes).filter(|(node, load)| self.does_count(*node) && load.capacity.is_none());
        unknown.fold((0, 0), |(nodes, people), (_, load)| (nodes + 1, people + load.nearest))
    }

    /// For how many there is room that is known of.
    pub fn known_room(&self) -> u64 {
        let known = (0u32..).zip(&self.room).filter(|(node, _)| self.does_count(*node));
        known.filter_map(|(_, room)| *room).map(|room| u64::from(room.0)).sum()
    }

    /// What is lost with some nodes, all out at once.
    pub fn without(&self, nodes: &[u32]) -> Loss {
        let (before, after) = (|at: u32| self.does_count(at), |at: u32| !nodes.contains(&at) && self.does_count(at));
        let access = &self.table.access;
        let states = [State { access, counts: &before }, State { access, counts: &after }];
        Loss::between(states.each_ref(), &self.opened.people, &self.room, self.ask.limit())
    }

    /// Cells as they are written to a file.
    pub fn cell_rows(&self) -> impl Iterator<Item = CellRow<'_>> {
        self.opened.places.iter().zip(&self.opened.people).enumerate().map(|(cell, (place, people))| {
            let nearest = self.table.access.nearest(cell, |node| self.does_count(node));
            let named = nearest.and_then(|reached| Some((self.node(reached.node)?.id.as_str(), reached.far)));
            CellRow { place: *place, people: people.0, nearest: named }
        })
    }

    /// Nodes as they are written to a file.
    pub fn node_rows(&self, language: Language) -> impl Iterator<Item = NodeRow<'_>> {
        (0u32..).zip(&self.loads.nodes).filter_map(move |(at, load)| {
            let node = self.node(at)?;
            Some(NodeRow {
                id: node.id.as_str(),
                name: node.name.get(language),
                place: node.place,
                counts: self.does_count(at),
                nearest: load.nearest,
                assigned: load.people,
                capacity: load.capacity.map(|capacity| capacity.0),
            })
        })
    }

    /// What distances are.
    pub fn far(&self) -> Far {
        match self.ask.measure {
            Measure::OnFoot => Far::Seconds,
            Measure::Straight => Far::Metres,
        }
    }
}
