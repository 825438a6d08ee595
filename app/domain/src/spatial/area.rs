//! Hazard areas: where the ground floods, slides or burns, and how badly.

use super::hazard::Hazard;
use super::walk::Passage;
use crate::unit::Place;
use geo::{Coord, LineString, Polygon};
use serde::{Deserialize, Serialize};

/// How deep or heavy it gets there, from 1, the mildest; what a class means is said by [`HazardArea::depth`] or by the layer's name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Class(pub u8);

/// Water through which nobody is sent, in millimetres.
const DEEP_MM: u32 = 300;
/// A way through what is mild counts for so much of its length, in percent.
const UNWELCOME: u16 = 300;

/// A depth of water, from and up to, in whole millimetres.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Depth {
    /// At least.
    pub from_mm: u32,
    /// At most; `None` where the source names no end.
    pub to_mm: Option<u32>,
}

/// Which hazard, and how bad it gets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Threat {
    /// Which hazard.
    pub hazard: Hazard,
    /// How heavy.
    pub class: Class,
    /// How deep, where it is water and the source says so.
    pub depth: Option<Depth>,
}

impl Threat {
    /// What it does to a way on foot where it is there. The figures are the project's own: from thirty centimetres of water on nobody is sent
    /// through; where the source gives no depth, from the second class on.
    pub fn passage(self) -> Passage {
        let heavy = self.depth.map_or(self.class > Class(1), |depth| depth.from_mm >= DEEP_MM);
        if heavy { Passage::Closed } else { Passage::Dearer(UNWELCOME) }
    }

    /// Whether it has to be reckoned with while `feared` is.
    pub fn concerns(self, feared: Hazard) -> bool {
        match feared {
            Hazard::Flood => matches!(self.hazard, Hazard::Flood | Hazard::Landslide),
            Hazard::Earthquake => matches!(self.hazard, Hazard::Tsunami | Hazard::Landslide),
            other => self.hazard == other,
        }
    }
}

/// One outline, with its holes, in which a hazard is expected.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HazardArea {
    /// Which hazard.
    pub hazard: Hazard,
    /// How heavy.
    pub class: Class,
    /// How deep, where it is water and the source says so.
    pub depth: Option<Depth>,
    /// Index into the pack's layers: where the entry comes from.
    pub layer: u16,
    /// The outer ring, then holes. A ring is closed without its first point standing again at its end.
    pub rings: Vec<Vec<Place>>,
}

impl HazardArea {
    /// Which hazard, and how bad it gets.
    pub fn threat(&self) -> Threat {
        Threat { hazard: self.hazard, class: self.class, depth: self.depth }
    }

    /// What it does to a way on foot while `hazard` is feared; `None` where it has nothing to do with that: see [`Threat::passage`].
    pub fn passage(&self, hazard: Hazard) -> Option<Passage> {
        let threat = self.threat();
        threat.concerns(hazard).then(|| threat.passage())
    }

    /// South-west and north-east corner; `None` where there is no ring.
    pub fn corners(&self) -> Option<(Place, Place)> {
        corners(&self.rings)
    }

    /// Whether any of it lies between two corners, south-west and north-east.
    pub fn meets(&self, [low, high]: [Place; 2]) -> bool {
        geo::Intersects::intersects(&self.polygon(), &geo::Rect::new(coord(low), coord(high)))
    }

    /// For geometry, in 1e-7 degrees, which floats hold exactly.
    pub fn polygon(&self) -> Polygon {
        polygon(&self.rings)
    }

    /// Whether a place lies in it; its edge belongs to it.
    pub fn has(&self, place: Place) -> bool {
        has(&self.rings, place)
    }
}

/// South-west and north-east corner of an outline: its outer ring, then holes. `None` where there is no ring.
pub fn corners(rings: &[Vec<Place>]) -> Option<(Place, Place)> {
    let outer = rings.first()?;
    let lat = || outer.iter().map(|place| place.lat_e7);
    let lon = || outer.iter().map(|place| place.lon_e7);
    Some((Place { lat_e7: lat().min()?, lon_e7: lon().min()? }, Place { lat_e7: lat().max()?, lon_e7: lon().max()? }))
}

/// An outline for geometry, in 1e-7 degrees, which floats hold exactly.
pub fn polygon(rings: &[Vec<Place>]) -> Polygon {
    let mut rings = rings.iter().map(|ring| LineString::from(ring.iter().map(|place| coord(*place)).collect::<Vec<_>>()));
    Polygon::new(rings.next().unwrap_or_else(|| LineString::from(Vec::<Coord>::new())), rings.collect())
}

/// Whether a place lies in an outline; its edge belongs to it.
pub fn has(rings: &[Vec<Place>], place: Place) -> bool {
    corners(rings).is_some_and(|corners| is_between(corners, place)) && geo::Intersects::intersects(&polygon(rings), &coord(place))
}

/// Areas made ready to be asked of many places: what a place is exposed to is computed, not typed.
pub struct Areas<'a> {
    /// Each with its corners and its geometry.
    all: Vec<(&'a HazardArea, (Place, Place), Polygon)>,
}

impl<'a> Areas<'a> {
    /// Of these areas; those without a ring are left out.
    pub fn new(areas: &'a [HazardArea]) -> Self {
        Self { all: areas.iter().filter_map(|area| Some((area, area.corners()?, area.polygon()))).collect() }
    }

    /// The areas in which a place lies.
    pub fn at(&self, place: Place) -> impl Iterator<Item = &'a HazardArea> {
        let coord = coord(place);
        let has = move |(_, corners, polygon): &&(&'a HazardArea, (Place, Place), Polygon)| {
            is_between(*corners, place) && geo::Intersects::intersects(polygon, &coord)
        };
        self.all.iter().filter(has).map(|(area, ..)| *area)
    }

    /// The heaviest class of a hazard at a place; `None` where no area of it is. That is not the same as safe: an area may be missing.
    pub fn heaviest(&self, hazard: Hazard, place: Place) -> Option<Class> {
        self.at(place).filter(|area| area.hazard == hazard).map(|area| area.class).max()
    }
}

/// Outlines made ready to be asked of many places.
pub struct Outlined {
    all: Vec<((Place, Place), Polygon)>,
}

impl Outlined {
    /// Of these outlines: each an outer ring, then holes. Those without a ring are left out.
    pub fn new<'a>(outlines: impl IntoIterator<Item = &'a Vec<Vec<Place>>>) -> Self {
        Self { all: outlines.into_iter().filter_map(|rings| Some((corners(rings)?, polygon(rings)))).collect() }
    }

    /// Whether a place lies in one of them; an edge belongs to what it encloses.
    pub fn has(&self, place: Place) -> bool {
        let coord = coord(place);
        self.all.iter().any(|(corners, polygon)| is_between(*corners, place) && geo::Intersects::intersects(polygon, &coord))
    }

    /// Whether a way, place by place, touches one of them.
    pub fn touches(&self, way: &[Place]) -> bool {
        let line = LineString::from(way.iter().map(|place| coord(*place)).collect::<Vec<_>>());
        self.all.iter().any(|(_, polygon)| geo::Intersects::intersects(polygon, &line))
    }
}

fn is_between((low, high): (Place, Place), place: Place) -> bool {
    (low.lat_e7..=high.lat_e7).contains(&place.lat_e7) && (low.lon_e7..=high.lon_e7).contains(&place.lon_e7)
}

/// East and north in 1e-7 degrees.
pub(super) fn coord(place: Place) -> Coord {
    Coord { x: f64::from(place.lon_e7), y: f64::from(place.lat_e7) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn deep_water_closes_a_way_and_shallow_water_makes_it_unwelcome() {
        let flood = |class, depth: Option<u32>| HazardArea {
            hazard: Hazard::Flood,
            class: Class(class),
            depth: depth.map(|from_mm| Depth { from_mm, to_mm: None }),
            layer: 0,
            rings: Vec::new(),
        };
        let cases = [
            (flood(1, Some(299)), Some(Passage::Dearer(UNWELCOME))),
            (flood(1, Some(300)), Some(Passage::Closed)),
            (flood(1, None), Some(Passage::Dearer(UNWELCOME))),
            (flood(2, None), Some(Passage::Closed)),
        ];
        for (area, expected) in cases {
            assert_eq!(area.passage(Hazard::Flood), expected, "{area:?}");
            assert_eq!(area.passage(Hazard::AirRaid), None);
        }
        let wave = HazardArea { hazard: Hazard::Tsunami, ..flood(2, None) };
        assert_eq!((wave.passage(Hazard::Earthquake), wave.passage(Hazard::Flood)), (Some(Passage::Closed), None));
    }

    #[test]
    fn a_hole_is_dry_and_the_edge_is_wet() {
        let ring = |low: i32, high: i32| {
            [(low, low), (low, high), (high, high), (high, low)].map(|(lat_e7, lon_e7)| Place { lat_e7, lon_e7 }).to_vec()
        };
        let area = HazardArea { hazard: Hazard::Flood, class: Class(1), depth: None, layer: 0, rings: vec![ring(0, 100), ring(40, 60)] };
        let wet = |lat_e7, lon_e7| area.has(Place { lat_e7, lon_e7 });
        assert_eq!([wet(20, 20), wet(0, 50), wet(50, 50), wet(101, 50)], [true, true, false, false]);
        assert!(!HazardArea { rings: Vec::new(), ..area.clone() }.has(Place::default()));
    }

    #[test]
    fn an_area_beside_a_frame_or_around_it_is_told_from_one_in_it() {
        let place = |lat_e7, lon_e7| Place { lat_e7, lon_e7 };
        // A corner's box holds the frame, and its two arms pass by.
        let arms = [place(0, 0), place(100, 0), place(100, 10), place(10, 10), place(10, 100), place(0, 100)].to_vec();
        let area = HazardArea { hazard: Hazard::Flood, class: Class(1), depth: None, layer: 0, rings: vec![arms] };
        let meets = |low, high| area.meets([place(low, low), place(high, high)]);
        assert_eq!([meets(20, 90), meets(5, 90), meets(1, 2), meets(-5, 200)], [false, true, true, true]);
    }

    #[test]
    fn outlines_made_ready_say_what_each_says_and_a_way_touches_what_it_only_crosses() {
        let ring = |low: i32, high: i32| {
            [(low, low), (low, high), (high, high), (high, low)].map(|(lat_e7, lon_e7)| Place { lat_e7, lon_e7 }).to_vec()
        };
        let all = [vec![ring(0, 100), ring(40, 60)], vec![ring(200, 300)], vec![]];
        let outlined = Outlined::new(&all);
        for at in (-10..310).step_by(3) {
            let place = Place { lat_e7: at, lon_e7: at };
            assert_eq!(outlined.has(place), all.iter().any(|rings| has(rings, place)), "{at}");
        }
        let way = |places: &[(i32, i32)]| places.iter().map(|&(lat_e7, lon_e7)| Place { lat_e7, lon_e7 }).collect::<Vec<_>>();
        assert!(outlined.touches(&way(&[(50, -50), (50, 150)])));
        assert!(!outlined.touches(&way(&[(150, -50), (150, 350)])));
        assert!(!outlined.touches(&way(&[(45, 45), (55, 55)])) && !outlined.touches(&[]));
    }

    #[test]
    fn many_areas_say_what_each_alone_says_and_the_heaviest_counts() {
        let area = |class: u8, low: i32, high: i32, hazard| {
            let ring = [(low, low), (low, high), (high, high)].map(|(lat_e7, lon_e7)| Place { lat_e7, lon_e7 }).to_vec();
            HazardArea { hazard, class: Class(class), depth: None, layer: 0, rings: vec![ring] }
        };
        let all = [area(1, 0, 100, Hazard::Flood), area(3, 20, 60, Hazard::Flood), area(9, 0, 50, Hazard::Landslide)];
        let areas = Areas::new(&all);
        for (lat_e7, lon_e7) in (-10..110).step_by(7).flat_map(|lat| (-10..110).step_by(5).map(move |lon| (lat, lon))) {
            let place = Place { lat_e7, lon_e7 };
            let alone: Vec<&HazardArea> = all.iter().filter(|area| area.has(place)).collect();
            assert_eq!(areas.at(place).collect::<Vec<_>>(), alone, "{place:?}");
        }
        let at = |lat_e7, lon_e7| areas.heaviest(Hazard::Flood, Place { lat_e7, lon_e7 });
        assert_eq!([at(30, 40), at(5, 90), at(90, 5)], [Some(Class(3)), Some(Class(1)), None]);
    }
}
