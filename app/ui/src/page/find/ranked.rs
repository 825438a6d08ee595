//! The list in the order of walking. It comes with the rest of the app: see docs/decisions/0015.

use super::ask::Ask;
use super::listing::{Ranked, Spot, Views};
use crate::state::foot::Way;
use crate::state::region::Region;
use civmesh_domain::spatial::search::Group;
use civmesh_domain::unit::Place;

/// No more of a group are looked at.
const MOST: usize = 400;

/// The groups that `ask` wants, nearest on foot first. No way is shorter than straight: once what is farthest straight is farther than the
/// last that is shown takes to walk, nothing beyond can be nearer.
pub fn rank(region: &Region, from: Place, ask: &Ask, views: &Views, way: impl Fn(Place) -> Way) -> Vec<Ranked> {
    let limit = ask.limit();
    let to = |at: usize| region.nodes().get(at).map_or(Way::Unknown, |node| way(node.place));
    let mut wide = limit * 2;
    loop {
        let mut certain = true;
        let mut ranked = Vec::new();
        for Group { section, open, hits } in region.directory.search(from, &ask.query(), views, wide) {
            let mut spots: Vec<Spot> = hits.iter().map(|hit| Spot::of(hit, to(hit.at))).collect();
            let (found, farthest) = (spots.len(), hits.last().map_or(0, |hit| hit.distance.0));
            spots.sort_by_key(seconds);
            spots.truncate(limit);
            certain &= found < wide || spots.last().is_none_or(|last| seconds(last) <= seconds_straight(farthest));
            ranked.push(Ranked { section, open, spots });
        }
        if certain || wide >= MOST {
            return ranked;
        }
        wide *= 4;
    }
}

/// What the list goes by: the way on foot; where that is not known, as it would be with what streets usually add; what no way leads to, last.
fn seconds(spot: &Spot) -> u32 {
    match spot.way {
        Way::Takes(seconds) => seconds,
        Way::Unknown => seconds_straight(spot.metres) * 13 / 10,
        Way::Barred => u32::MAX,
    }
}

/// How long it takes at least, at 80 m a minute.
fn seconds_straight(metres: u32) -> u32 {
    metres * 60 / 80
}
