//! What a row is on a map, by the keys of OpenStreetMap.

use crate::build::ground::way::name;
use civmesh_domain::text::Text;

/// The keys that say what something is on a map.
pub const KEYS: [&str; 15] = [
    "highway",
    "railway",
    "building",
    "natural",
    "water",
    "waterway",
    "landuse",
    "leisure",
    "name",
    "name:zh",
    "name:zh-Hant",
    "name:en",
    "bridge",
    "tunnel",
    "area",
];

/// What is drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Drawn {
    /// A street or way.
    Street(Street),
    /// A stream or canal, as a line.
    Stream,
    /// A piece of ground, and its name.
    Ground(Ground, Text),
}

/// A street or way: pieces that are alike are drawn as one.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Street {
    /// What it is.
    pub class: StreetClass,
    /// On a bridge.
    pub bridge: bool,
    /// Below the ground.
    pub tunnel: bool,
    /// Its name in Chinese and in English.
    pub name: (String, String),
}

/// What a street is, from the widest to the narrowest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs, reason = "the words say it")]
pub enum StreetClass {
    Motorway,
    Major,
    Medium,
    Minor,
    Path,
    Steps,
    Rail,
}

impl StreetClass {
    /// Its word in the tiles.
    pub fn word(self) -> &'static str {
        match self {
            Self::Motorway => "motorway",
            Self::Major => "major",
            Self::Medium => "medium",
            Self::Minor => "minor",
            Self::Path => "path",
            Self::Steps => "steps",
            Self::Rail => "rail",
        }
    }

    /// The lowest zoom at which it is of use.
    pub fn from(self) -> u8 {
        match self {
            Self::Motorway | Self::Major => 12,
            Self::Medium | Self::Rail => 13,
            Self::Minor => 14,
            Self::Path | Self::Steps => 15,
        }
    }

    fn of(highway: &str) -> Option<Self> {
        Some(match highway.strip_suffix("_link").unwrap_or(highway) {
            "motorway" => Self::Motorway,
            "trunk" | "primary" | "secondary" => Self::Major,
            "tertiary" => Self::Medium,
            "residential" | "unclassified" | "living_street" | "pedestrian" | "service" | "road" | "busway" => Self::Minor,
            "footway" | "path" | "cycleway" | "track" | "bridleway" | "corridor" | "crossing" => Self::Path,
            "steps" => Self::Steps,
            _ => return None,
        })
    }
}

/// A piece of ground. The order is that in which they are drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Ground {
    /// Parks, woods, pitches.
    Green,
    /// Seas, lakes, rivers that are drawn as outlines.
    Water,
    /// Buildings.
    Building,
}

impl Ground {
    /// Its layer in the tiles, and what a name of one is called.
    pub fn name(self) -> &'static str {
        match self {
            Self::Green => "green",
            Self::Water => "water",
            Self::Building => "building",
        }
    }

    /// The lowest zoom at which it is of use.
    pub fn from(self) -> u8 {
        if self == Self::Building { 14 } else { 12 }
    }

    /// The lowest zoom at which its name is.
    pub fn label_from(self) -> u8 {
        if self == Self::Building { 16 } else { 14 }
    }
}

/// What a row with these tags is; `None` for what is not drawn.
pub fn drawn<'a>(tag: impl Fn(&str) -> Option<&'a str>) -> Option<Drawn> {
    let set = |key: &str| tag(key).filter(|value| *value != "no");
    let text = || name(&tag);
    let rail = || tag("railway").filter(|kind| matches!(*kind, "rail" | "light_rail" | "tram" | "narrow_gauge")).map(|_| StreetClass::Rail);
    if let Some(class) = tag("highway").and_then(StreetClass::of).or_else(rail) {
        // Rails below the ground are no landmark.
        let tunnel = set("tunnel").is_some_and(|kind| kind != "building_passage");
        if class == StreetClass::Rail && tunnel {
            return None;
        }
        let name = if class == StreetClass::Rail { Text::default() } else { text() };
        return Some(Drawn::Street(Street { class, bridge: set("bridge").is_some(), tunnel, name: (name.zh, name.en) }));
    }
    if set("building").is_some() {
        return Some(Drawn::Ground(Ground::Building, text()));
    }
    let is = |key: &str, words: &[&str]| tag(key).is_some_and(|value| words.contains(&value));
    if is("natural", &["water", "bay", "strait"]) || is("waterway", &["riverbank", "dock"]) || is("landuse", &["reservoir", "basin"]) {
        return Some(Drawn::Ground(Ground::Water, text()));
    }
    if is("waterway", &["river", "stream", "canal", "drain", "ditch"]) {
        return (set("tunnel").is_none()).then_some(Drawn::Stream);
    }
    let is_green = is("leisure", &["park", "garden", "pitch", "playground", "nature_reserve", "golf_course", "dog_park", "track"])
        || is("landuse", &["grass", "forest", "meadow", "recreation_ground", "village_green", "cemetery", "orchard", "farmland"])
        || is("natural", &["wood", "grassland", "scrub", "heath", "wetland"]);
    is_green.then(|| Drawn::Ground(Ground::Green, text()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn things_are_told_by_their_keys() {
        let of = |tags: &[(&'static str, &'static str)]| drawn(|key| tags.iter().find(|(known, _)| *known == key).map(|(_, value)| *value));
        let street = |tags: &[(&'static str, &'static str)]| match of(tags) {
            Some(Drawn::Street(street)) => Some((street.class, street.bridge, street.tunnel)),
            _ => None,
        };
        assert_eq!(street(&[("highway", "trunk_link"), ("bridge", "yes")]), Some((StreetClass::Major, true, false)));
        assert_eq!(street(&[("highway", "footway"), ("tunnel", "building_passage")]), Some((StreetClass::Path, false, false)));
        assert_eq!(street(&[("railway", "rail"), ("tunnel", "yes")]), None);
        assert_eq!(street(&[("highway", "proposed")]), None);
        let ground = |tags: &[(&'static str, &'static str)]| match of(tags) {
            Some(Drawn::Ground(ground, name)) => Some((ground, name.zh)),
            _ => None,
        };
        assert_eq!(ground(&[("leisure", "park"), ("name", "大安森林公園")]), Some((Ground::Green, "大安森林公園".to_owned())));
        assert_eq!(ground(&[("building", "no"), ("natural", "water")]), Some((Ground::Water, String::new())));
        assert_eq!(ground(&[("building", "yes")]), Some((Ground::Building, String::new())));
        assert_eq!((of(&[("waterway", "river")]), of(&[("waterway", "river"), ("tunnel", "culvert")])), (Some(Drawn::Stream), None));
        assert_eq!(of(&[("natural", "coastline")]), None);
    }
}
