//! What kinds of way there are, by the words of OpenStreetMap, and how long they are.

use crate::unit::Metres;
use enumset::{EnumSet, EnumSetType};
use serde::{Deserialize, Serialize};

/// A length in whole decimetres.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Decimetres(pub u32);

impl Decimetres {
    /// The longest edge: twenty bits, about 105 km.
    pub const LONGEST: Self = Self((1 << 20) - 1);

    /// To the nearest metre.
    pub fn metres(self) -> Metres {
        Metres(self.0.saturating_add(5) / 10)
    }
}

/// A type of way. The numbers are part of the format and are never given to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[repr(u8)]
pub enum Way {
    /// For people on foot, pavements and crossings among them.
    Footway = 0,
    /// A street or square for people on foot.
    Pedestrian = 1,
    /// A path of any kind.
    Path = 2,
    /// Steps.
    Steps = 3,
    /// A way inside a building or a station.
    Corridor = 4,
    /// A street where people on foot go first.
    LivingStreet = 5,
    /// A street with homes.
    Residential = 6,
    /// An alley, a drive, a way on a site.
    Service = 7,
    /// A small road.
    Unclassified = 8,
    /// A road between quarters.
    Tertiary = 9,
    /// A larger road.
    Secondary = 10,
    /// A main road.
    Primary = 11,
    /// A trunk road; walked on only where a source says that one may.
    Trunk = 12,
    /// For bicycles.
    Cycleway = 13,
    /// For farms and forests.
    Track = 14,
    /// For horses.
    Bridleway = 15,
}

impl Way {
    /// All of them, by number.
    pub const ALL: [Self; 16] = [
        Self::Footway,
        Self::Pedestrian,
        Self::Path,
        Self::Steps,
        Self::Corridor,
        Self::LivingStreet,
        Self::Residential,
        Self::Service,
        Self::Unclassified,
        Self::Tertiary,
        Self::Secondary,
        Self::Primary,
        Self::Trunk,
        Self::Cycleway,
        Self::Track,
        Self::Bridleway,
    ];

    /// The type of a `highway=…`; `None` where nobody walks (motorways, what is planned or being built) or the word is not known.
    pub fn of_highway(word: &str) -> Option<Self> {
        Some(match word {
            "footway" | "crossing" | "platform" => Self::Footway,
            "pedestrian" => Self::Pedestrian,
            "path" => Self::Path,
            "steps" => Self::Steps,
            "corridor" => Self::Corridor,
            "living_street" => Self::LivingStreet,
            "residential" => Self::Residential,
            "service" => Self::Service,
            "unclassified" | "road" => Self::Unclassified,
            "tertiary" | "tertiary_link" => Self::Tertiary,
            "secondary" | "secondary_link" => Self::Secondary,
            "primary" | "primary_link" => Self::Primary,
            "trunk" | "trunk_link" => Self::Trunk,
            "cycleway" => Self::Cycleway,
            "track" => Self::Track,
            "bridleway" => Self::Bridleway,
            _ => return None,
        })
    }
}

/// What an edge is besides its type. The order is part of the format.
#[derive(Debug, EnumSetType)]
#[enumset(repr = "u8")]
pub enum Trait {
    /// On a bridge.
    Bridge,
    /// In a tunnel, an underpass or a passage through a building.
    Tunnel,
    /// Inside a building.
    Indoor,
    /// Open to some only.
    Private,
    /// A source says that wheelchairs can't pass.
    NoWheelchair,
    /// A source gives it a slope of more than 1 in 20.
    Sloped,
    /// A source gives it a slope of more than 1 in 12, the most that Taiwan's rules for barrier-free buildings allow a ramp.
    Steep,
}

impl Trait {
    /// What a slope makes of a way, by its rise over its run, whichever direction it rises in; `None` for what is all but level.
    pub fn of_slope(rise: f64) -> Option<Self> {
        match rise.abs() {
            steep if steep > 1.0 / 12.0 => Some(Self::Steep),
            sloped if sloped > 1.0 / 20.0 => Some(Self::Sloped),
            _ => None,
        }
    }
}

/// Type and traits of an edge.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kind {
    /// Its type.
    pub way: Way,
    /// What it is besides.
    pub traits: EnumSet<Trait>,
}

impl From<Way> for Kind {
    fn from(way: Way) -> Self {
        Self { way, traits: EnumSet::empty() }
    }
}

impl Kind {
    /// How many numbers there are: five bits of type, seven of traits.
    pub const NUMBERS: usize = 1 << 12;

    /// Its number in the format.
    pub fn number(self) -> u16 {
        self.way as u16 | u16::from(self.traits.as_u8()) << 5
    }

    /// The kind with this number; `None` where this version knows none.
    pub fn of_number(number: u16) -> Option<Self> {
        let way = *Way::ALL.get(usize::from(number & 0x1f))?;
        let traits = EnumSet::try_from_u8(u8::try_from(number >> 5).ok()?)?;
        Some(Self { way, traits })
    }

    /// Whether somebody who can't climb steps can't pass.
    pub fn has_steps(self) -> bool {
        self.way == Way::Steps || self.traits.contains(Trait::NoWheelchair)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_a_number_of_its_own_and_reads_back() {
        let mut known = 0;
        for number in 0..Kind::NUMBERS as u16 {
            if let Some(kind) = Kind::of_number(number) {
                assert_eq!(kind.number(), number);
                known += 1;
            }
        }
        assert_eq!(known, 16 * 128);
        assert!(Way::ALL.iter().enumerate().all(|(at, way)| *way as usize == at));
    }

    #[test]
    fn a_slope_is_the_same_up_and_down_and_none_where_it_is_no_number() {
        let found = [0.0, 0.05, 0.051, -0.08, 0.084, -0.3, f64::INFINITY, f64::NAN].map(Trait::of_slope);
        let (sloped, steep) = (Some(Trait::Sloped), Some(Trait::Steep));
        assert_eq!(found, [None, None, sloped, sloped, steep, steep, steep, None]);
    }

    #[test]
    fn motorways_and_what_is_not_there_yet_are_no_ways() {
        for word in ["motorway", "motorway_link", "construction", "proposed", "raceway", ""] {
            assert_eq!(Way::of_highway(word), None, "{word}");
        }
        assert_eq!(Way::of_highway("primary_link"), Some(Way::Primary));
    }
}
