//! One hazard area alone, hit: what it takes out, what it does to ways, and how to find it among hundreds.
//!
//! All other areas are as on an ordinary day. What is lost is a [`Loss`](super::Loss) between two states: the second with [`Hit::hinder`]
//! laid over the ways, and without the nodes that it [takes](Hit::takes).

use crate::id::CheckWord;
use crate::spatial::area::{self, HazardArea, Threat};
use crate::spatial::danger::Area;
use crate::spatial::danger::outline::Rings;
use crate::spatial::frame::Frame;
use crate::spatial::hazard::Hazard;
use crate::spatial::walk::{Costs, Passage, WalkGraph};
use crate::unit::{Metres, Place};
use geo::{Area as _, Distance, Euclidean, MapCoords, Point, Polygon};
use std::cmp::Reverse;

/// An area that may be hit: of the region's map, or one that was declared.
#[derive(Clone, Copy, Debug)]
pub struct Hit<'a> {
    /// What is there; `None` where it is closed, for whatever reason.
    pub threat: Option<Threat>,
    outlines: &'a [Rings],
}

impl<'a> Hit<'a> {
    /// An area of the map.
    pub fn mapped(area: &'a HazardArea) -> Self {
        Self { threat: Some(area.threat()), outlines: std::slice::from_ref(&area.rings) }
    }

    /// An area that was declared: here it is hit, whether it is so now or expected.
    pub fn declared(area: &'a Area) -> Self {
        Self { threat: area.condition().threat(), outlines: &area.outlines }
    }

    /// Its outlines, each an outer ring, then holes.
    pub fn outlines(self) -> &'a [Rings] {
        self.outlines
    }

    /// Whether it has anything to do with what is feared; with nothing feared all have.
    pub fn concerns(self, feared: Option<Hazard>) -> bool {
        feared.zip(self.threat).is_none_or(|(feared, threat)| threat.concerns(feared))
    }

    /// What people flee from when it is hit: what was chosen, or else the hazard that is there.
    pub fn feared(self, chosen: Option<Hazard>) -> Option<Hazard> {
        chosen.or(self.threat.map(|threat| threat.hazard))
    }

    /// What it does to a way on foot.
    pub fn passage(self) -> Passage {
        self.threat.map_or(Passage::Closed, Threat::passage)
    }

    /// Whether nobody may be sent to a place any more.
    pub fn takes(self, place: Place) -> bool {
        self.passage() == Passage::Closed && self.has(place)
    }

    /// Lays it over the ways.
    pub fn hinder(self, graph: &WalkGraph, costs: &mut Costs) {
        self.outlines.iter().for_each(|rings| costs.avoid(graph, rings, self.passage()));
    }

    /// A word that names it in an address: made of what it is and where, so that the next pack has the same word for the same area.
    pub fn word(self) -> CheckWord {
        let mut hash = blake3::Hasher::new();
        if let Some(Threat { hazard, class, depth }) = self.threat {
            let depth = depth.map_or([0, 0], |depth| [depth.from_mm.wrapping_add(1), depth.to_mm.map_or(0, |to| to.wrapping_add(1))]);
            hash.update(&[hazard as u8, class.0]);
            for mm in depth {
                hash.update(&mm.to_le_bytes());
            }
        }
        for ring in self.outlines.iter().flatten() {
            hash.update(&(ring.len() as u32).to_le_bytes());
            for place in ring {
                hash.update(&place.lat_e7.to_le_bytes());
                hash.update(&place.lon_e7.to_le_bytes());
            }
        }
        let mut word = [0; 5];
        word.copy_from_slice(&hash.finalize().as_bytes()[..5]);
        CheckWord(word)
    }

    /// South-west and north-east corner; `None` where there is no ring.
    pub fn corners(self) -> Option<[Place; 2]> {
        let all = self.outlines.iter().filter_map(|rings| area::corners(rings));
        let (low, high) = all.reduce(|(low, high), (other_low, other_high)| {
            let low = Place { lat_e7: low.lat_e7.min(other_low.lat_e7), lon_e7: low.lon_e7.min(other_low.lon_e7) };
            (low, Place { lat_e7: high.lat_e7.max(other_high.lat_e7), lon_e7: high.lon_e7.max(other_high.lon_e7) })
        })?;
        Some([low, high])
    }

    /// The middle between its corners, which says about where it is.
    pub fn middle(self) -> Option<Place> {
        let [low, high] = self.corners()?;
        Some(Place { lat_e7: i32::midpoint(low.lat_e7, high.lat_e7), lon_e7: i32::midpoint(low.lon_e7, high.lon_e7) })
    }

    /// How large it is.
    pub fn square_metres(self) -> f64 {
        let Some(corners) = self.corners() else { return 0.0 };
        let frame = Frame::containing(corners, Metres(0));
        self.outlines.iter().map(|rings| flat(rings, &frame).unsigned_area()).sum()
    }

    /// How far it is from a place, straight; nothing for what lies in it. `None` where there is no ring.
    pub fn away(self, place: Place) -> Option<Metres> {
        let frame = Frame::around(place, [Metres(1), Metres(1)]);
        let point = Point::from(frame.point(place).map(f64::from));
        let all = self.outlines.iter().filter(|rings| !rings.is_empty()).map(|rings| Euclidean.distance(&point, &flat(rings, &frame)));
        all.reduce(f64::min).map(|metres| Metres(metres.round() as u32))
    }

    fn has(self, place: Place) -> bool {
        self.outlines.iter().any(|rings| area::has(rings, place))
    }
}

/// An outline in metres: on the flat, which is true enough for a town.
fn flat(rings: &[Vec<Place>], frame: &Frame) -> Polygon {
    area::polygon(rings).map_coords(|at| {
        let place = Place { lat_e7: at.y as i32, lon_e7: at.x as i32 };
        geo::Coord::from(frame.point(place).map(f64::from))
    })
}

/// The areas that concern what is feared, by their numbers: the nearest to a place first, the largest first where none is named or several
/// are as near.
pub fn sorted(hits: &[Hit<'_>], feared: Option<Hazard>, near: Option<Place>) -> Vec<usize> {
    let concerned = hits.iter().enumerate().filter(|(_, hit)| hit.concerns(feared));
    let order = |(at, hit): (usize, &Hit<'_>)| {
        let away = near.and_then(|place| hit.away(place)).unwrap_or_default();
        ((away, Reverse(hit.square_metres() as u64), at), at)
    };
    let mut all: Vec<_> = concerned.map(order).collect();
    all.sort_unstable();
    all.into_iter().map(|(_, at)| at).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spatial::area::{Class, Depth};
    use crate::spatial::coverage::access::Steps;
    use crate::spatial::coverage::loss::State;
    use crate::spatial::coverage::{Access, Loss};
    use crate::spatial::walk::Pace;
    use crate::spatial::walk::draft::tests::{lattice, of_lattice};
    use crate::unit::Persons;
    use proptest::collection::vec;
    use proptest::prelude::*;

    const MIDDLE: Place = Place { lat_e7: 250_000_000, lon_e7: 1_215_000_000 };

    fn off(north: i32, east: i32) -> Place {
        Place { lat_e7: MIDDLE.lat_e7 + north, lon_e7: MIDDLE.lon_e7 + east }
    }

    fn square(class: u8, (north, east): (i32, i32), side: i32) -> HazardArea {
        let ring = vec![off(north, east), off(north, east + side), off(north + side, east + side), off(north + side, east)];
        HazardArea { hazard: Hazard::Flood, class: Class(class), depth: None, layer: 0, rings: vec![ring] }
    }

    #[test]
    fn the_nearest_comes_first_and_the_largest_where_no_place_is_named() {
        let all = [square(1, (0, 0), 1_000), square(2, (50_000, 0), 9_000), square(2, (20_000, 0), 2_000)];
        let wave = HazardArea { hazard: Hazard::Tsunami, ..square(2, (0, 0), 90_000) };
        let hits: Vec<Hit<'_>> = all.iter().chain([&wave]).map(Hit::mapped).collect();
        assert_eq!(sorted(&hits, Some(Hazard::Flood), None), [1, 2, 0]);
        assert_eq!(sorted(&hits, None, None), [3, 1, 2, 0]);
        assert_eq!(sorted(&hits, Some(Hazard::Flood), Some(off(500, 500))), [0, 2, 1]);
        assert_eq!(sorted(&hits, Some(Hazard::Flood), Some(off(55_000, 500))), [1, 2, 0]);
        assert!(sorted(&hits, Some(Hazard::AirRaid), None).is_empty());
    }

    #[test]
    fn it_is_as_large_and_as_far_as_it_is() {
        // 9,000 e-7 degrees are 100.08 m to the north, and 90.70 m to the east at 25° north.
        let area = square(2, (0, 0), 9_000);
        let hit = Hit::mapped(&area);
        assert!((8_900.0..9_300.0).contains(&hit.square_metres()), "{}", hit.square_metres());
        assert_eq!(hit.away(off(4_000, 4_000)), Some(Metres(0)));
        assert_eq!(hit.away(off(-9_000, 4_000)), Some(Metres(100)));
        assert_eq!(hit.middle(), Some(off(4_500, 4_500)));
        let nowhere = HazardArea { rings: Vec::new(), ..area.clone() };
        assert_eq!((Hit::mapped(&nowhere).away(MIDDLE), Hit::mapped(&nowhere).middle()), (None, None));
    }

    #[test]
    fn what_is_mild_takes_nobody_out_and_each_has_a_word_of_its_own() {
        let (mild, heavy) = (square(1, (0, 0), 9_000), square(2, (0, 0), 9_000));
        assert_eq!([&mild, &heavy].map(|area| Hit::mapped(area).takes(off(10, 10))), [false, true]);
        assert!(!Hit::mapped(&heavy).takes(off(-10, 10)));
        let deep = HazardArea { depth: Some(Depth { from_mm: 500, to_mm: None }), ..mild.clone() };
        let words = [&mild, &heavy, &deep, &square(1, (0, 1), 9_000)].map(|area| Hit::mapped(area).word());
        assert!(words.iter().enumerate().all(|(at, word)| !words[..at].contains(word)));
        assert_eq!(Hit::mapped(&mild).word(), Hit::mapped(&HazardArea { layer: 7, ..mild.clone() }).word());
        assert_eq!(Hit::mapped(&mild).feared(None), Some(Hazard::Flood));
        assert_eq!(Hit::mapped(&mild).feared(Some(Hazard::Earthquake)), Some(Hazard::Earthquake));
    }

    fn place() -> impl Strategy<Value = Place> {
        (-20_000..80_000i32, -20_000..80_000i32).prop_map(|(north, east)| off(north, east))
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(60))]

        #[test]
        fn one_area_costs_what_it_takes_out_and_closes_and_nothing_far_from_it(
            lines in lattice(), cells in vec(place(), 1..12), nodes in vec(place(), 1..6), at in (-20_000..80_000i32, -20_000..80_000i32), side in 1_000..40_000i32,
        ) {
            let (graph, _) = of_lattice(&lines);
            let area = square(2, at, side);
            let hit = Hit::mapped(&area);
            let free = Costs::new(&graph, &Pace::default());
            let mut costs = Costs::new(&graph, &Pace::default());
            hit.hinder(&graph, &mut costs);
            let steps = Steps { node: Metres(150), cell: Metres(250) };
            let [before, after] = [&free, &costs].map(|costs| Access::on_foot(&graph, costs, [&cells, &nodes], steps, 600));
            let people = vec![Persons(1); cells.len()];
            let room = vec![None; nodes.len()];
            let left = |node: u32| nodes.get(node as usize).is_some_and(|place| !hit.takes(*place));
            let loss = Loss::between([&State { access: &before, counts: &|_| true }, &State { access: &after, counts: &left }], &people, &room, 600);
            // The same area of the map, laid over the ways as for a hazard as a whole.
            let mut whole = Costs::new(&graph, &Pace::default());
            whole.avoid(&graph, &area.rings, area.passage(Hazard::Flood).unwrap());
            prop_assert_eq!(&Access::on_foot(&graph, &whole, [&cells, &nodes], steps, 600), &after);
            let lost = (0..cells.len()).filter(|cell| !before.reached(*cell).is_empty() && after.nearest(*cell, left).is_none());
            prop_assert_eq!(loss.cells.iter().map(|(cell, _)| *cell).collect::<Vec<_>>(), lost.collect::<Vec<_>>());
            prop_assert!(loss.moves.iter().all(|one| one.to.is_none_or(left)), "nobody goes to a node that is out");
        }

        #[test]
        fn an_area_without_ways_or_nodes_in_it_costs_nothing(lines in lattice(), cells in vec(place(), 0..12), nodes in vec(place(), 0..6)) {
            let (graph, _) = of_lattice(&lines);
            let area = square(3, (9_000_000, 9_000_000), 9_000);
            let mut costs = Costs::new(&graph, &Pace::default());
            Hit::mapped(&area).hinder(&graph, &mut costs);
            let table = |costs: &Costs| Access::on_foot(&graph, costs, [&cells, &nodes], Steps::default(), 600);
            prop_assert_eq!(table(&costs), table(&Costs::new(&graph, &Pace::default())));
            prop_assert!(!nodes.iter().any(|node| Hit::mapped(&area).takes(*node)));
        }
    }
}
