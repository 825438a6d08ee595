//! What is planned, as it stands in the address: `?at=25.03300,121.56500&within=1000&nodes=all&hazard=flood&reach=500`, or `ring=` with the
//! corners of an outline instead of `at` and `within`.

use crate::page::coverage::ask::{hazard_named, name_of};
use civmesh_domain::spatial::coverage::{Choice, RADII};
use civmesh_domain::spatial::zone::{CORNERS, Zone};
use civmesh_domain::unit::{Metres, Place};

/// How far a zone may reach from its middle, in metres.
pub const WITHIN: [u32; 4] = [500, 1_000, 2_000, 4_000];

/// All choices together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ask {
    /// The zone; `None` for the default one, around where distances are measured.
    pub zone: Option<Zone>,
    /// How far the default zone reaches.
    pub within: Metres,
    /// Which nodes count.
    pub choice: Choice,
    /// How far a node is taken to reach, straight.
    pub reach: Metres,
}

impl Default for Ask {
    fn default() -> Self {
        Self { zone: None, within: Metres(WITHIN[1]), choice: Choice { proposed: true, hazard: None }, reach: Metres(RADII[1]) }
    }
}

impl Ask {
    /// Reads what `get` finds under each name. What can't be read is not asked for.
    pub fn read(get: impl Fn(&str) -> Option<String>) -> Self {
        let default = Self::default();
        let metres = |name: &str, known: &[u32]| get(name)?.parse::<u32>().ok().filter(|metres| known.contains(metres)).map(Metres);
        let within = metres("within", &WITHIN).unwrap_or(default.within);
        let ring = get("ring").and_then(|ring| ring.split('_').map(place).collect::<Option<Vec<Place>>>());
        let ring = ring.filter(|corners| CORNERS.contains(&corners.len())).map(Zone::Outline);
        let zone = ring.or_else(|| get("at").and_then(|at| place(&at)).map(|at| Zone::Around(at, within)));
        let hazard = get("hazard").and_then(|name| hazard_named(&name));
        let proposed = get("nodes").is_none_or(|nodes| nodes != "agreed");
        Self { zone, within, choice: Choice { proposed, hazard }, reach: metres("reach", &RADII).unwrap_or(default.reach) }
    }

    /// The address that asks for it.
    pub fn address(&self) -> String {
        let default = Self::default();
        let zone = self.zone.as_ref().map(|zone| match zone {
            Zone::Around(middle, _) => format!("at={}", written(middle)),
            Zone::Outline(corners) => format!("ring={}", corners.iter().map(written).collect::<Vec<_>>().join("_")),
        });
        let fields = [
            zone,
            (self.within != default.within).then(|| format!("within={}", self.within.0)),
            (!self.choice.proposed).then(|| "nodes=agreed".to_owned()),
            self.choice.hazard.map(|hazard| format!("hazard={}", name_of(hazard))),
            (self.reach != default.reach).then(|| format!("reach={}", self.reach.0)),
        ];
        let fields: Vec<String> = fields.into_iter().flatten().collect();
        if fields.is_empty() { "/zone".to_owned() } else { format!("/zone?{}", fields.join("&")) }
    }

    /// The same around another place, or as far from the same one.
    pub fn around(&self, middle: Option<Place>, within: Metres) -> Self {
        let known = match self.zone {
            Some(Zone::Around(known, _)) => Some(known),
            _ => None,
        };
        Self { zone: middle.or(known).map(|middle| Zone::Around(middle, within)), within, ..self.clone() }
    }
}

/// Latitude and longitude, to a metre.
fn written(place: &Place) -> String {
    format!("{:.5},{:.5}", place.lat(), place.lon())
}

fn place(written: &str) -> Option<Place> {
    let (lat, lon) = written.split_once(',')?;
    Place::from_degrees(lat.parse().ok()?, lon.parse().ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_bindgen_test::wasm_bindgen_test as test;

    fn read(address: &str) -> Ask {
        let fields: Vec<_> = address.trim_start_matches("/zone?").split('&').filter_map(|field| field.split_once('=')).collect();
        Ask::read(|name| fields.iter().find(|(other, _)| *other == name).map(|(_, value)| (*value).to_owned()))
    }

    #[test]
    fn an_address_reads_as_what_was_asked() {
        for address in [
            "/zone",
            "/zone?at=25.03300,121.56500&within=2000&nodes=agreed&hazard=flood&reach=300",
            "/zone?ring=25.03300,121.56500_25.04300,121.56500_25.04300,-121.57500",
        ] {
            assert_eq!(read(address).address(), address);
        }
    }

    #[test]
    fn nonsense_in_an_address_asks_for_nothing() {
        for address in ["/zone?at=121,25&within=7&reach=9&hazard=dragons", "/zone?ring=25,121_25,122", "/zone?at=NaN,NaN", "/zone?ring="] {
            assert_eq!(read(address), Ask::default(), "{address}");
        }
    }

    #[test]
    fn another_width_keeps_the_middle_and_leaves_a_drawn_outline() {
        let around = read("/zone?at=25.03300,121.56500").around(None, Metres(500));
        assert_eq!(around.address(), "/zone?at=25.03300,121.56500&within=500");
        assert_eq!(read("/zone?ring=25,121_25,122_26,121").around(None, Metres(1_000)), Ask::default());
    }
}
