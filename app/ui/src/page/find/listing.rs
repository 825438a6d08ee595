//! The list as it is shown, and when it may move.
//!
//! What each place says of itself is always the newest; the *order* is that of the moment when the person last asked for something. So nothing
//! moves under a finger: news that would change the order waits for a press, unless the answer itself turned out to be shut.

use super::ask::Ask;
use crate::part::here;
use crate::state::foot::{OnFoot, Walker, Way};
use crate::state::region::Region;
use crate::state::{AppState, use_app};
use civmesh_domain::id::NodeId;
use civmesh_domain::information::status::{self, StatusView};
use civmesh_domain::spatial::hazard::Hazard;
use civmesh_domain::spatial::search::{Group, Hit, Section};
use leptos::prelude::*;
use std::collections::BTreeMap;
use std::sync::Arc;

/// What nodes say of themselves at one time.
pub type Views = Arc<BTreeMap<NodeId, StatusView>>;

/// A node in the list: its position in the directory, and how far and which way it lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Spot {
    /// Its position in the directory.
    pub at: usize,
    /// How far, straight, in metres.
    pub metres: u32,
    /// The way on foot, where it is known.
    pub way: Way,
    /// Which way, degrees clockwise from north.
    pub bearing: u16,
}

impl Spot {
    fn of(hit: &Hit, ways: Option<&Ways<'_>>) -> Self {
        let way = ways.map_or(Way::Unknown, |ways| ways.to(hit.at));
        Self { at: hit.at, metres: hit.distance.0, way, bearing: hit.bearing }
    }
}

impl Spot {
    /// What the list goes by: the way on foot; where that is not known, as it would be with what streets usually add; what no way leads to, last.
    fn seconds(&self) -> u32 {
        match self.way {
            Way::Takes(seconds) => seconds,
            Way::Unknown => seconds_straight(self.metres) * 13 / 10,
            Way::Barred => u32::MAX,
        }
    }
}

/// A group of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shelf {
    /// What its nodes have in common.
    pub section: Section,
    /// Known to be open, and near.
    pub open: bool,
    /// What is shown of it.
    pub spots: Vec<Spot>,
    /// There are more.
    pub more: bool,
}

/// The list: one answer, and the rest in groups.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Listing {
    /// The place to go to; `None` where nothing is known to be right.
    pub answer: Option<Spot>,
    /// The others.
    pub shelves: Vec<Shelf>,
}

impl Listing {
    /// Makes the list of what was found.
    fn of(groups: &[(Section, bool, Vec<Spot>)], ask: &Ask) -> Self {
        let leads = groups.first().is_some_and(|(section, ..)| may_lead(*section, ask.hazard));
        let answer = groups.first().filter(|_| leads).and_then(|(.., spots)| spots.first()).copied().filter(|spot| spot.way != Way::Barred);
        let shelf = |(section, open, spots): &(Section, bool, Vec<Spot>)| {
            let (section, open) = (*section, *open);
            let mut spots: Vec<Spot> = spots.iter().copied().filter(|spot| Some(*spot) != answer).collect();
            let shown = ask.shown(section, open);
            let more = spots.len() > shown;
            spots.truncate(shown);
            Shelf { section, open, spots, more }
        };
        let shelves = groups.iter().map(shelf).filter(|shelf| !shelf.spots.is_empty()).collect();
        Self { answer, shelves }
    }

    /// The group of this kind.
    pub fn shelf(&self, section: Section, open: bool) -> Option<&Shelf> {
        self.shelves.iter().find(|shelf| (shelf.section, shelf.open) == (section, open))
    }

    /// How many places it shows.
    pub fn len(&self) -> usize {
        usize::from(self.answer.is_some()) + self.shelves.iter().map(|shelf| shelf.spots.len()).sum::<usize>()
    }
}

/// Whether the first of a section can be the answer: never what nobody knows to be fit, nor what is shut, nor cover against blast unasked.
fn may_lead(section: Section, hazard: Option<Hazard>) -> bool {
    match section {
        Section::Shelter | Section::Place | Section::Fit => true,
        Section::AirRaid => hazard == Some(Hazard::AirRaid),
        Section::FitnessUnknown | Section::NotTaking => false,
    }
}

/// The list on the screen.
#[derive(Clone, Copy)]
pub struct Shown {
    /// What every node says now.
    pub views: Memo<Views>,
    /// The list in the order that is held.
    pub listing: Memo<Listing>,
    /// Whether news would change the list.
    pub stale: Memo<bool>,
    renewed: RwSignal<u32>,
}

impl Shown {
    /// Puts the list in the order of the newest news.
    pub fn renew(self) {
        self.renewed.update(|count| *count += 1);
    }
}

/// The list that `ask` wants, kept up to date.
pub fn use_listing(ask: Memo<Ask>) -> Shown {
    let app = use_app();
    let renewed = RwSignal::new(0);
    let views = Memo::new(move |_| app.statuses.with(|board| Arc::new(status::views(board, app.now.get()))));
    let any_news = Memo::new(move |_| views.with(|views| views.values().any(|status| status.verified)));
    let held = Memo::new(move |_| {
        ask.with(|_| ());
        app.origin.track();
        app.region.track();
        renewed.track();
        // The first news that somebody vouches for comes a moment after the first list, and may move it: once.
        // (Read, not only tracked: a memo that nobody reads never learns of changes.)
        any_news.get();
        views.get_untracked()
    });
    let listing = Memo::new(move |_| list(app, &ask.get(), &held.get()));
    let newest = Memo::new(move |_| list(app, &ask.get(), &views.get()));
    let stale = Memo::new(move |_| newest.with(|newest| listing.with(|listing| newest != listing)));
    let shown = Shown { views, listing, stale, renewed };
    // Nobody is sent to a place that says it is shut.
    Effect::new(move || {
        let shut = shown.listing.with(|listing| listing.answer).and_then(|answer| status_of(app, shown.views, answer.at));
        if shut.is_some_and(|status| status.is_known_shut()) && shown.stale.get() {
            shown.renew();
        }
    });
    shown
}

/// What a node says of itself now.
pub fn status_of(app: AppState, views: Memo<Views>, at: usize) -> Option<StatusView> {
    let region = app.region.get()?;
    let id = &region.nodes().get(at)?.id;
    views.with(|views| views.get(id).copied())
}

fn list(app: AppState, ask: &Ask, views: &Views) -> Listing {
    let (Some(region), Some(from)) = (app.region.get(), here::from(app)) else { return Listing::default() };
    let on_foot = app.on_foot.get().filter(|on_foot| on_foot.from == from);
    let ways = on_foot.as_ref().map(|on_foot| Ways { on_foot, walker: ask.walker(), region: &region });
    let search = |limit| region.directory.search(from, &ask.query(), views, limit);
    Listing::of(&nearest_on_foot(search, ways.as_ref(), ask.limit()), ask)
}

/// The ways of whoever asks.
struct Ways<'a> {
    on_foot: &'a OnFoot,
    walker: Walker,
    region: &'a Region,
}

impl Ways<'_> {
    fn to(&self, at: usize) -> Way {
        self.region.nodes().get(at).map_or(Way::Unknown, |node| self.on_foot.way(self.walker, node.place))
    }
}

/// The groups, nearest on foot first. No way is shorter than straight: once what is farthest straight is farther than what is shown takes to walk,
/// nothing beyond can be nearer.
fn nearest_on_foot(search: impl Fn(usize) -> Vec<Group>, ways: Option<&Ways<'_>>, limit: usize) -> Vec<(Section, bool, Vec<Spot>)> {
    /// No more of a group are looked at.
    const MOST: usize = 400;
    let mut wide = if ways.is_some() { limit * 2 } else { limit };
    loop {
        let mut certain = true;
        let mut groups = Vec::new();
        for Group { section, open, hits } in search(wide) {
            let mut spots: Vec<Spot> = hits.iter().map(|hit| Spot::of(hit, ways)).collect();
            let (found, farthest) = (spots.len(), hits.last().map_or(0, |hit| hit.distance.0));
            spots.sort_by_key(|spot| spot.seconds());
            spots.truncate(limit);
            certain &= found < wide || spots.last().is_none_or(|last| last.seconds() <= seconds_straight(farthest));
            groups.push((section, open, spots));
        }
        if ways.is_none() || certain || wide >= MOST {
            return groups;
        }
        wide *= 4;
    }
}

/// How long it takes at least, in seconds, at 80 m a minute.
fn seconds_straight(metres: u32) -> u32 {
    metres * 60 / 80
}
