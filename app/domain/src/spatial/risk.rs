//! What a place is exposed to by the hazard areas that are mapped: computed, never typed, and held against what its entry says.

use super::area::{Class, Depth, HazardArea};
use super::hazard::Hazard;
use super::node::{Known, Node};
use crate::unit::Place;
use enumset::EnumSet;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// A place lies in areas of this hazard, by this source; the heaviest of them counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LiesIn {
    /// Which hazard.
    pub hazard: Hazard,
    /// How heavy.
    pub class: Class,
    /// How deep, where it is water and the source says so.
    pub depth: Option<Depth>,
    /// Index into the pack's layers: where the area comes from.
    pub layer: u16,
}

/// What a source has mapped of the region, wherever in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mapped {
    /// Index into the pack's layers.
    pub layer: u16,
    /// Which hazards.
    pub hazards: EnumSet<Hazard>,
    /// How many areas.
    pub areas: usize,
}

/// What is computed of one place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Risk {
    /// What it lies in, the heaviest first. Nothing here is not the same as safe: an area may be missing.
    pub lies_in: Vec<LiesIn>,
    /// What was looked at, by layer.
    pub mapped: Vec<Mapped>,
}

/// How an entry and the map disagree about a hazard. Neither is taken for the truth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Disagreement {
    /// The entry says that the place is not exposed, and it lies in an area of the hazard.
    SaidSafe(Hazard),
    /// The entry says that the place is fit for people who flee from the hazard, and it lies in an area of it.
    SaidFit(Hazard),
    /// The entry says that the place is exposed, and though the hazard is mapped it lies in no area of it.
    SaidExposed(Hazard),
}

impl Risk {
    /// Of `place`, by these areas: the pack's, and any that were added since. Looks at each once, and closely at few.
    pub fn of<'a>(areas: impl IntoIterator<Item = &'a HazardArea>, place: Place) -> Self {
        let mut mapped: BTreeMap<u16, Mapped> = BTreeMap::new();
        let mut heaviest: BTreeMap<(Hazard, u16), LiesIn> = BTreeMap::new();
        for area in areas {
            let layer = mapped.entry(area.layer).or_insert(Mapped { layer: area.layer, hazards: EnumSet::empty(), areas: 0 });
            layer.hazards.insert(area.hazard);
            layer.areas += 1;
            if area.has(place) {
                let HazardArea { hazard, class, depth, layer, .. } = *area;
                let found = LiesIn { hazard, class, depth, layer };
                let known = heaviest.entry((hazard, layer)).or_insert(found);
                if weight(&found) > weight(known) {
                    *known = found;
                }
            }
        }
        let mut lies_in: Vec<LiesIn> = heaviest.into_values().collect();
        lies_in.sort_by_key(|found| (Reverse(found.class), found.hazard, found.layer));
        Self { lies_in, mapped: mapped.into_values().collect() }
    }

    /// The hazards of which areas are mapped in the region.
    pub fn known_hazards(&self) -> EnumSet<Hazard> {
        self.mapped.iter().fold(EnumSet::empty(), |all, layer| all | layer.hazards)
    }

    /// In what the entry of the place says otherwise, by hazard.
    pub fn disagreements(&self, entry: &Node) -> Vec<Disagreement> {
        let is_in = |hazard| self.lies_in.iter().any(|found| found.hazard == hazard);
        let one = |hazard: Hazard| match (is_in(hazard), entry.risk.of(hazard)) {
            (true, Known::No) => Some(Disagreement::SaidSafe(hazard)),
            (true, _) if entry.is_fit_for(hazard) => Some(Disagreement::SaidFit(hazard)),
            (false, Known::Yes) => Some(Disagreement::SaidExposed(hazard)),
            _ => None,
        };
        self.known_hazards().iter().filter_map(one).collect()
    }
}

fn weight(found: &LiesIn) -> (Class, u32) {
    (found.class, found.depth.map_or(0, |depth| depth.from_mm))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::governance::Standing;
    use crate::spatial::node::{Facts, NodeKind};
    use proptest::prelude::*;

    fn area(hazard: Hazard, class: u8, layer: u16, (low, high): (i32, i32)) -> HazardArea {
        let ring = [(low, low), (low, high), (high, high), (high, low)].map(|(lat_e7, lon_e7)| Place { lat_e7, lon_e7 });
        let depth = (hazard == Hazard::Flood).then_some(Depth { from_mm: u32::from(class) * 100, to_mm: None });
        HazardArea { hazard, class: Class(class), depth, layer, rings: vec![ring.to_vec()] }
    }

    fn at(e7: i32) -> Place {
        Place { lat_e7: e7, lon_e7: e7 }
    }

    fn node(yes: Hazard, no: Hazard, fit: Hazard) -> Node {
        Node {
            id: "s001".parse().unwrap(),
            name: Default::default(),
            kind: NodeKind::School,
            standing: Standing::Agreed,
            refuge: Default::default(),
            place: at(0),
            address: Default::default(),
            level: Default::default(),
            capacity: None,
            offers: Default::default(),
            fit: Facts { yes: fit.into(), no: EnumSet::empty() },
            risk: Facts { yes: yes.into(), no: no.into() },
            infrastructure: Default::default(),
            look_for: Default::default(),
            hours: Default::default(),
            exposure: Default::default(),
            layer: 0,
        }
    }

    #[test]
    fn of_each_hazard_and_source_the_heaviest_counts() {
        let areas = [
            area(Hazard::Flood, 1, 4, (0, 100)),
            area(Hazard::Flood, 3, 4, (10, 60)),
            area(Hazard::Flood, 2, 5, (0, 50)),
            area(Hazard::Landslide, 2, 6, (200, 300)),
        ];
        let seen = |place| Risk::of(&areas, place).lies_in.iter().map(|found| (found.class.0, found.layer)).collect::<Vec<_>>();
        assert_eq!(seen(at(30)), [(3, 4), (2, 5)]);
        assert_eq!(seen(at(90)), [(1, 4)]);
        assert_eq!(seen(at(150)), []);
        let nowhere = Risk::of(&areas, at(150));
        let layers: Vec<_> = nowhere.mapped.iter().map(|mapped| (mapped.layer, mapped.areas)).collect();
        assert_eq!((layers, nowhere.known_hazards()), (vec![(4, 2), (5, 1), (6, 1)], Hazard::Flood | Hazard::Landslide));
        assert_eq!(Risk::of(&areas, at(30)).lies_in[0].depth, Some(Depth { from_mm: 300, to_mm: None }));
    }

    #[test]
    fn what_the_entry_says_otherwise_is_said_and_what_nobody_mapped_is_not() {
        let areas = [area(Hazard::Flood, 1, 0, (0, 100)), area(Hazard::Tsunami, 1, 0, (0, 10))];
        let said = |yes, no, fit, place| Risk::of(&areas, place).disagreements(&node(yes, no, fit));
        use Hazard::{AirRaid, Blackout, Flood, Landslide, Tsunami};
        assert_eq!(said(Landslide, Flood, AirRaid, at(50)), [Disagreement::SaidSafe(Flood)]);
        assert_eq!(said(Blackout, AirRaid, Flood, at(50)), [Disagreement::SaidFit(Flood)]);
        assert_eq!(said(Tsunami, AirRaid, Blackout, at(50)), [Disagreement::SaidExposed(Tsunami)]);
        // The entry says that it is exposed, and so does the map, or nobody has mapped landslides.
        assert_eq!(said(Flood, AirRaid, Flood, at(50)), []);
        assert_eq!(said(Landslide, Tsunami, Blackout, at(500)), []);
    }

    proptest! {
        #[test]
        fn it_is_what_each_area_alone_says(sizes in proptest::collection::vec((0usize..3, 1u8..4, 0u16..3, -50i32..50, 1i32..60), 0..12), place in -60i32..110) {
            let hazards = [Hazard::Flood, Hazard::Landslide, Hazard::Tsunami];
            let areas: Vec<HazardArea> =
                sizes.into_iter().map(|(hazard, class, layer, low, side)| area(hazards[hazard], class, layer, (low, low + side))).collect();
            let risk = Risk::of(&areas, at(place));
            for hazard in hazards {
                for layer in 0..3 {
                    let alone = areas.iter().filter(|area| area.hazard == hazard && area.layer == layer && area.has(at(place)));
                    let found = risk.lies_in.iter().filter(|found| found.hazard == hazard && found.layer == layer).map(|found| found.class);
                    prop_assert_eq!(found.collect::<Vec<_>>(), alone.map(|area| area.class).max().into_iter().collect::<Vec<_>>());
                }
            }
            prop_assert_eq!(risk.mapped.iter().map(|mapped| mapped.areas).sum::<usize>(), areas.len());
        }
    }
}
