//! What stands on the sheet: nodes, dangers and people of a zone.

use super::ask::Ask;
use crate::page::map::shape::{Sort, sorts};
use crate::part::here::may_see;
use crate::part::sketch::draw::{circle, dangers, outline, streets};
use crate::part::sketch::{Drawing, Mark};
use crate::state::AppState;
use crate::state::ground::{Ground, ground};
use crate::state::region::Region;
use civmesh_domain::governance::Standing;
use civmesh_domain::spatial::area::{Areas, HazardArea, Threat};
use civmesh_domain::spatial::coverage::choice::hazards;
use civmesh_domain::spatial::coverage::{Counted, Straight};
use civmesh_domain::spatial::danger::Area;
use civmesh_domain::spatial::frame::Frame;
use civmesh_domain::spatial::hazard::Hazard;
use civmesh_domain::spatial::nearest::measure;
use civmesh_domain::spatial::node::Node;
use civmesh_domain::spatial::people::Basis;
use civmesh_domain::spatial::zone::Zone;
use civmesh_domain::unit::{Metres, Place};
use civmesh_sync::turn::give_way;
use enumset::EnumSet;
use leptos::prelude::{Get, untrack};
use std::sync::Arc;

/// So many nodes stand on a sheet: more can't be told apart on it.
const MOST: usize = 60;
/// So many areas are asked about at a time before the screen gets its turn.
const AREAS_AT_ONCE: usize = 50;
/// So many cells of people are asked about at a time.
const CELLS_AT_ONCE: usize = 2_000;

/// A node on the sheet.
#[derive(Clone, Debug)]
pub struct Listed {
    /// Its number on the sheet, from 1.
    pub number: usize,
    /// The entry.
    pub node: Node,
    /// Whether it counts.
    pub counts: bool,
    /// In which sorts of hazard area it lies.
    pub dangers: Vec<Sort>,
}

/// People of the zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Inhabitants {
    /// All of them.
    pub all: u64,
    /// Those who have a node that counts within its reach, straight.
    pub reached: u64,
    /// What the figures rest on.
    pub basis: Basis,
}

/// All that stands on the sheet.
pub struct Plan {
    /// The region.
    pub region: Arc<Region>,
    /// What was asked.
    pub ask: Ask,
    /// The zone.
    pub zone: Zone,
    /// The sketch.
    pub drawing: Arc<Drawing>,
    /// Nodes in the zone.
    pub nodes: Vec<Listed>,
    /// How many nodes of the zone are not on the sheet.
    pub more: usize,
    /// Sorts of hazard areas in sight.
    pub sorts: Vec<Sort>,
    /// People; `None` where nobody knows where they live.
    pub people: Option<Inhabitants>,
    /// Hazards that make a difference in the region.
    pub hazards: EnumSet<Hazard>,
    /// Whether some of the region can't be read and is left out.
    pub damaged: bool,
}

impl Plan {
    /// Of a region; the zone around `middle` where none was chosen.
    pub async fn of(app: AppState, region: Arc<Region>, ask: Ask, middle: Place) -> Self {
        let ground = ground(app, &region).await;
        let zone = ask.zone.clone().unwrap_or(Zone::Around(middle, ask.within));
        let frame = frame(&zone);
        let areas = in_sight(&ground, &untrack(|| app.standing.get()), &frame, ask.choice.hazard);
        let (nodes, more) = listed(app, &region, &ask, &zone, &areas).await;
        let drawing = Drawing {
            streets: match &ground.graph {
                Some(graph) => streets(graph, &frame).await,
                None => Default::default(),
            },
            dangers: dangers(&areas, &frame),
            circles: circles(&nodes, ask.reach),
            outline: Some(match &zone {
                Zone::Around(middle, radius) => circle(*middle, *radius, &frame),
                Zone::Outline(corners) => outline(corners, &frame),
            }),
            marks: nodes.iter().map(mark).collect(),
            ..Drawing::new(frame)
        };
        let people = inhabitants(app, &region, &ground, &ask, &zone).await;
        let (sorts, hazards) = (sorts(&areas), hazards(region.nodes(), &ground.areas));
        Self { ask, zone, drawing: Arc::new(drawing), nodes, more, sorts, people, hazards, damaged: ground.damaged, region }
    }
}

/// What is in sight of a zone: all of it, and a little around it.
fn frame(zone: &Zone) -> Frame {
    let margin = match zone {
        Zone::Around(_, radius) => Metres(radius.0 + radius.0 / 10),
        Zone::Outline(corners) => {
            let [low, high] = zone.corners();
            let across = measure(low, high).0.0;
            Metres(if corners.is_empty() { 100 } else { across / 12 + 20 })
        }
    };
    Frame::containing(zone.corners(), margin)
}

/// Hazard areas in the frame, of one hazard or of all: the pack's, and what was declared to be expected or to be there now.
fn in_sight(ground: &Ground, declared: &[Area], frame: &Frame, hazard: Option<Hazard>) -> Vec<HazardArea> {
    let concerns = |area: &HazardArea| hazard.is_none_or(|hazard| area.passage(hazard).is_some());
    let meets = |area: &HazardArea| area.meets(frame.corners());
    let declared = declared.iter().filter_map(|area| Some((area.condition().threat()?, area)));
    let declared = declared.flat_map(|(Threat { hazard, class, depth }, area)| {
        area.outlines.iter().map(move |rings| HazardArea { hazard, class, depth, layer: 0, rings: rings.clone() })
    });
    let of_pack = ground.areas.iter().filter(|area| meets(area) && concerns(area)).cloned();
    of_pack.chain(declared.filter(|area| meets(area) && concerns(area))).collect()
}

/// The nodes of the zone: those that count first, then those that could; the nearest to its middle first.
async fn listed(app: AppState, region: &Region, ask: &Ask, zone: &Zone, areas: &[HazardArea]) -> (Vec<Listed>, usize) {
    let middle = middle(zone);
    let inside = |node: &&Node| zone.has(node.place) && untrack(|| may_see(app, node));
    let mut nodes: Vec<(Counted, &Node)> = region.nodes().iter().filter(inside).map(|node| (ask.choice.of(node), node)).collect();
    let order = |(counted, node): &(Counted, &Node)| {
        (*counted != Counted::Yes, node.standing == Standing::Proposed, measure(middle, node.place).0, node.id.clone())
    };
    nodes.sort_by_cached_key(order);
    let more = nodes.len().saturating_sub(MOST);
    nodes.truncate(MOST);
    let mut all: Vec<Listed> = (1..)
        .zip(nodes)
        .map(|(number, (counted, node))| Listed { number, node: node.clone(), counts: counted == Counted::Yes, dangers: Vec::new() })
        .collect();
    for some in areas.chunks(AREAS_AT_ONCE) {
        let ready = Areas::new(some);
        for listed in &mut all {
            let here: Vec<HazardArea> = ready.at(listed.node.place).cloned().collect();
            listed.dangers.extend(sorts(&here));
        }
        give_way().await;
    }
    for listed in &mut all {
        listed.dangers.sort();
        listed.dangers.dedup();
    }
    (all, more)
}

fn middle(zone: &Zone) -> Place {
    let [low, high] = zone.corners();
    let between = |low: i32, high: i32| ((i64::from(low) + i64::from(high)) / 2) as i32;
    Place { lat_e7: between(low.lat_e7, high.lat_e7), lon_e7: between(low.lon_e7, high.lon_e7) }
}

/// How far the nodes that count reach.
fn circles(nodes: &[Listed], reach: Metres) -> Vec<(Place, Metres)> {
    nodes.iter().filter(|listed| listed.counts).map(|listed| (listed.node.place, reach)).collect()
}

fn mark(listed: &Listed) -> Mark {
    let firm = listed.counts && listed.node.standing != Standing::Proposed;
    Mark { place: listed.node.place, sign: listed.number.to_string(), class: if firm { "firm" } else { "loose" } }
}

/// People of the zone, and those among them who have a node near that counts. One beyond the zone's edge reaches into it too.
async fn inhabitants(app: AppState, region: &Region, ground: &Ground, ask: &Ask, zone: &Zone) -> Option<Inhabitants> {
    let people = ground.people.as_ref()?;
    let counts = |node: &&Node| ask.choice.of(node) == Counted::Yes && untrack(|| may_see(app, node));
    let places: Vec<Place> = region.nodes().iter().filter(counts).map(|node| node.place).collect();
    let straight = Straight::new(&places, ask.reach);
    let mut found = Inhabitants { all: 0, reached: 0, basis: people.basis };
    for cells in people.cells.chunks(CELLS_AT_ONCE) {
        for cell in cells.iter().filter(|cell| zone.has(cell.place)) {
            let persons = u64::from(cell.people.0);
            found.all += persons;
            if !straight.from(cell.place).is_empty() {
                found.reached += persons;
            }
        }
        give_way().await;
    }
    Some(found)
}
