//! What somebody wants to look at, as it stands in the address: `?nodes=all&hazard=flood&by=straight&within=2&area=7K3M9Q2A`.

use civmesh_domain::id::CheckWord;
use civmesh_domain::spatial::coverage::{Choice, MINUTES, RADII};
use civmesh_domain::spatial::hazard::Hazard;

/// The hazards, as they stand in the address.
const HAZARDS: [(Hazard, &str); 7] = [
    (Hazard::Earthquake, "earthquake"),
    (Hazard::Flood, "flood"),
    (Hazard::Blackout, "blackout"),
    (Hazard::AirRaid, "air_raid"),
    (Hazard::Pandemic, "pandemic"),
    (Hazard::Landslide, "landslide"),
    (Hazard::Tsunami, "tsunami"),
];

/// The hazard with this name in an address.
pub fn hazard_named(name: &str) -> Option<Hazard> {
    HAZARDS.iter().find(|(_, known)| *known == name).map(|(hazard, _)| *hazard)
}

/// The name of a hazard in an address.
pub fn name_of(hazard: Hazard) -> &'static str {
    HAZARDS.iter().find(|(known, _)| *known == hazard).map_or("", |(_, name)| name)
}

/// How distances are had.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Measure {
    /// By the ways of the walking graph, in seconds.
    #[default]
    OnFoot,
    /// As the crow flies, in metres.
    Straight,
}

impl Measure {
    /// The three limits that are looked at.
    pub fn limits(self) -> [u32; 3] {
        match self {
            Self::OnFoot => MINUTES,
            Self::Straight => RADII,
        }
    }
}

/// All choices together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ask {
    /// Which nodes count.
    pub choice: Choice,
    /// How distances are had.
    pub measure: Measure,
    /// Which of the three limits gaps, room and the rest go by.
    pub limit: usize,
    /// The one hazard area that is looked at as if it alone were hit, by its word.
    pub area: Option<CheckWord>,
}

impl Default for Ask {
    /// Fifteen minutes to what has agreed, on an ordinary day.
    fn default() -> Self {
        Self { choice: Choice::default(), measure: Measure::default(), limit: 2, area: None }
    }
}

impl Ask {
    /// Reads what `get` finds under each name. What can't be read is not asked for.
    pub fn read(get: impl Fn(&str) -> Option<String>) -> Self {
        let is = |name: &str, wanted: &str| get(name).is_some_and(|found| found == wanted);
        let hazard = get("hazard").and_then(|name| hazard_named(&name));
        let limit = get("within").and_then(|within| within.parse::<usize>().ok()).and_then(|within| within.checked_sub(1));
        Self {
            choice: Choice { proposed: is("nodes", "all"), hazard },
            measure: if is("by", "straight") { Measure::Straight } else { Measure::OnFoot },
            limit: limit.filter(|limit| *limit < 3).unwrap_or(Self::default().limit),
            area: get("area").and_then(|word| word.parse().ok()),
        }
    }

    /// The address that asks for it.
    pub fn address(self) -> String {
        let fields = [
            self.choice.proposed.then(|| "nodes=all".to_owned()),
            self.choice.hazard.map(|hazard| format!("hazard={}", name_of(hazard))),
            (self.measure == Measure::Straight).then(|| "by=straight".to_owned()),
            (self.limit != Self::default().limit).then(|| format!("within={}", self.limit + 1)),
            self.area.map(|word| format!("area={word}")),
        ];
        let fields: Vec<String> = fields.into_iter().flatten().collect();
        if fields.is_empty() { "/coverage".to_owned() } else { format!("/coverage?{}", fields.join("&")) }
    }

    /// What can be answered: without a graph distances are straight.
    pub fn with_graph(self, has_graph: bool) -> Self {
        if has_graph { self } else { Self { measure: Measure::Straight, ..self } }
    }

    /// The same without any one area.
    pub fn of_all_areas(self) -> Self {
        Self { area: None, ..self }
    }

    /// The limit itself.
    pub fn limit(self) -> u32 {
        let limits = self.measure.limits();
        limits.get(self.limit).copied().unwrap_or(limits[2])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_bindgen_test::wasm_bindgen_test as test;

    fn read(address: &str) -> Ask {
        let fields: Vec<_> = address.trim_start_matches("/coverage?").split('&').filter_map(|field| field.split_once('=')).collect();
        Ask::read(|name| fields.iter().find(|(other, _)| *other == name).map(|(_, value)| (*value).to_owned()))
    }

    #[test]
    fn an_address_reads_as_what_was_asked() {
        for address in [
            "/coverage",
            "/coverage?nodes=all&hazard=flood&by=straight&within=1",
            "/coverage?hazard=tsunami&within=2",
            "/coverage?within=2&area=7K3M9Q2A",
        ] {
            assert_eq!(read(address).address(), address);
        }
    }

    #[test]
    fn nonsense_in_an_address_asks_for_nothing() {
        for address in [
            "/coverage?nodes=none&hazard=dragons&by=boat&within=9",
            "/coverage?area=nowhere",
            "/coverage?within=0",
            "/coverage?within=-1",
            "/coverage?within=3",
        ] {
            assert_eq!(read(address), Ask::default(), "{address}");
        }
    }

    #[test]
    fn without_a_graph_distances_are_straight_and_the_limit_stays() {
        let ask = read("/coverage?within=1");
        assert_eq!((ask.limit(), ask.with_graph(false).limit()), (300, 300));
        assert_eq!((ask.with_graph(true).measure, ask.with_graph(false).measure), (Measure::OnFoot, Measure::Straight));
        assert_eq!(Ask::default().with_graph(false).limit(), 1_000);
    }
}
