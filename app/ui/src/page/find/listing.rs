//! The list as it is shown, and when it may move.
//!
//! What each place says of itself is always the newest; the *order* is that of the moment when the person last asked for something. So nothing
//! moves under a finger: news that would change the order waits for a press, unless the answer itself turned out to be shut.

use super::ask::Ask;
use crate::part::here;
use crate::state::foot::Way;
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
    /// What was found, with the way there.
    pub fn of(hit: &Hit, way: Way) -> Self {
        Self { at: hit.at, metres: hit.distance.0, way, bearing: hit.bearing }
    }
}

/// A group that was found, in its order.
pub struct Ranked {
    /// What its nodes have in common.
    pub section: Section,
    /// Known to be open, and near.
    pub open: bool,
    /// Its nodes.
    pub spots: Vec<Spot>,
}

impl Ranked {
    fn straight(group: &Group) -> Self {
        let spots = group.hits.iter().map(|hit| Spot::of(hit, Way::Unknown)).collect();
        Self { section: group.section, open: group.open, spots }
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
    fn of(groups: &[Ranked], ask: &Ask, is_endangered: impl Fn(&Spot) -> bool) -> Self {
        // Nobody is sent into what is dangerous or closed now, nor where no way leads.
        let mut leading = groups.iter().take_while(|group| may_lead(group.section, ask.hazard)).flat_map(|group| &group.spots);
        let answer = leading.find(|spot| !is_endangered(spot) && spot.way != Way::Barred).copied();
        let shelf = |group: &Ranked| {
            let (section, open) = (group.section, group.open);
            let mut spots: Vec<Spot> = group.spots.iter().copied().filter(|spot| Some(*spot) != answer).collect();
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

/// The list that `ask` wants, in the order of this moment.
pub fn list(app: AppState, ask: &Ask, views: &Views) -> Listing {
    let (Some(region), Some(from)) = (app.region.get(), here::from(app)) else { return Listing::default() };
    let on_foot = app.on_foot.get().filter(|on_foot| on_foot.from == from);
    let groups = match on_foot {
        Some(on_foot) => on_foot.rank(&region, ask, views),
        None => region.directory.search(from, &ask.query(), views, ask.limit()).iter().map(Ranked::straight).collect(),
    };
    let endangered = app.endangered.get();
    Listing::of(&groups, ask, |spot| region.nodes().get(spot.at).is_some_and(|node| endangered.contains(&node.id)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_bindgen_test::wasm_bindgen_test as test;

    fn ranked(section: Section, open: bool, spots: &[(usize, Way)]) -> Ranked {
        let spot = |&(at, way): &(usize, Way)| Spot { at, metres: 100, way, bearing: 0 };
        Ranked { section, open, spots: spots.iter().map(spot).collect() }
    }

    #[test]
    fn nobody_is_sent_into_what_is_dangerous_but_to_the_next_place_that_may_lead() {
        let groups = [
            ranked(Section::Place, true, &[(1, Way::Takes(60)), (2, Way::Takes(90))]),
            ranked(Section::Place, false, &[(3, Way::Takes(30))]),
            ranked(Section::NotTaking, false, &[(4, Way::Takes(10))]),
        ];
        let rows: [(&[usize], Option<usize>); 4] = [(&[], Some(1)), (&[1], Some(2)), (&[1, 2], Some(3)), (&[1, 2, 3], None)];
        for (endangered, answer) in rows {
            let listing = Listing::of(&groups, &Ask::default(), |spot| endangered.contains(&spot.at));
            assert_eq!(listing.answer.map(|spot| spot.at), answer, "{endangered:?}");
            // It is still in the list, where it says why.
            assert_eq!(listing.len(), 4);
        }
        let barred = [ranked(Section::Place, true, &[(1, Way::Barred)]), ranked(Section::Place, false, &[(2, Way::Takes(90))])];
        let answer = |endangered: bool| Listing::of(&barred, &Ask::default(), |_| endangered).answer.map(|spot| spot.at);
        assert_eq!((answer(false), answer(true)), (Some(2), None));
    }
}
