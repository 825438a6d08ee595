//! What is asked for, as it stands in the address: `?hazard=flood&open=1&needs=water,toilets&more=fit-2`.

use crate::state::foot::Walker;
use civmesh_domain::spatial::hazard::Hazard;
use civmesh_domain::spatial::node::Offer;
use civmesh_domain::spatial::search::{Query, Section};
use enumset::EnumSet;

/// How many nodes of a group are shown at first: few, so that the next group is near and the screen is there at once.
const FIRST: usize = 8;
/// How many more each press shows.
const PAGE: usize = 20;
/// More pages than anybody turns; what stands in an address may be any number.
const MOST_PAGES: usize = 50;

/// The hazards that can be chosen, as they stand in the address.
pub const HAZARDS: [(Hazard, &str); 5] = [
    (Hazard::Earthquake, "earthquake"),
    (Hazard::Flood, "flood"),
    (Hazard::Blackout, "blackout"),
    (Hazard::AirRaid, "air_raid"),
    (Hazard::Pandemic, "pandemic"),
];

const NEEDS: [(Offer, &str); 6] = [
    (Offer::Water, "water"),
    (Offer::Power, "power"),
    (Offer::FirstAid, "first_aid"),
    (Offer::Toilets, "toilets"),
    (Offer::StepFree, "step_free"),
    (Offer::Vulnerable, "vulnerable"),
];

const SECTIONS: [(Section, bool, &str); 11] = [
    (Section::Shelter, true, "open_shelter"),
    (Section::Shelter, false, "shelter"),
    (Section::Place, true, "open_place"),
    (Section::Place, false, "place"),
    (Section::AirRaid, true, "open_air_raid"),
    (Section::AirRaid, false, "air_raid"),
    (Section::Fit, true, "open_fit"),
    (Section::Fit, false, "fit"),
    (Section::FitnessUnknown, true, "open_unknown"),
    (Section::FitnessUnknown, false, "unknown"),
    (Section::NotTaking, false, "shut"),
];

/// What is asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ask {
    /// From what.
    pub hazard: Option<Hazard>,
    /// Only what is known to be open.
    pub open_only: bool,
    /// Only what offers all of these.
    pub needs: EnumSet<Offer>,
    /// Groups of which more is shown, each with its number of further pages.
    more: Vec<(Section, bool, usize)>,
}

/// The hazard that a word in an address names.
pub fn hazard_named(name: &str) -> Option<Hazard> {
    HAZARDS.iter().find(|(_, other)| *other == name).map(|&(hazard, _)| hazard)
}

/// `?hazard=…` for a link that keeps the hazard, or nothing.
pub fn hazard_query(hazard: Option<Hazard>) -> String {
    let name = HAZARDS.iter().find(|(other, _)| Some(*other) == hazard);
    name.map_or_else(String::new, |(_, name)| format!("?hazard={name}"))
}

/// A query that goes on behind `query`: `?hazard=flood&`, or `?` where that is empty.
pub fn and(query: &str) -> String {
    if query.is_empty() { "?".to_owned() } else { format!("{query}&") }
}

impl Ask {
    /// Reads what `get` finds under each name. What can't be read is not asked for.
    pub fn read(get: impl Fn(&str) -> Option<String>) -> Self {
        let needs = get("needs").unwrap_or_default();
        let needs = needs.split(',').filter_map(|name| NEEDS.iter().find(|(_, other)| *other == name).map(|&(need, _)| need));
        let more = get("more").unwrap_or_default();
        let more = more.split(',').filter_map(|item| {
            let (name, pages) = item.split_once('-')?;
            let &(section, open, _) = SECTIONS.iter().find(|(_, _, other)| *other == name)?;
            Some((section, open, pages.parse::<usize>().ok()?.min(MOST_PAGES)))
        });
        Self {
            hazard: get("hazard").and_then(|name| hazard_named(&name)),
            open_only: get("open").is_some_and(|open| open == "1"),
            needs: needs.collect(),
            more: more.collect(),
        }
    }

    /// The address that asks for this.
    pub fn address(&self) -> String {
        let needs: Vec<_> = NEEDS.iter().filter(|(need, _)| self.needs.contains(*need)).map(|(_, name)| *name).collect();
        let named = |&(section, open, pages): &(Section, bool, usize)| {
            let name = SECTIONS.iter().find(|(other, other_open, _)| (*other, *other_open) == (section, open));
            name.map(|(_, _, name)| format!("{name}-{pages}"))
        };
        let more: Vec<_> = self.more.iter().filter_map(named).collect();
        let hazard = HAZARDS.iter().find(|(hazard, _)| Some(*hazard) == self.hazard);
        let fields = [
            hazard.map(|(_, name)| format!("hazard={name}")),
            self.open_only.then(|| "open=1".to_owned()),
            (!needs.is_empty()).then(|| format!("needs={}", needs.join(","))),
            (!more.is_empty()).then(|| format!("more={}", more.join(","))),
        ];
        let query = fields.into_iter().flatten().collect::<Vec<_>>().join("&");
        if query.is_empty() { "/".to_owned() } else { format!("/?{query}") }
    }

    /// The query that a link to a node keeps, so that the way back leads to the same list.
    pub fn kept(&self) -> String {
        Self { more: Vec::new(), ..self.clone() }.address().split_off(1)
    }

    /// With this hazard, from the top of the list.
    pub fn with_hazard(self, hazard: Option<Hazard>) -> Self {
        Self { hazard, more: Vec::new(), ..self }
    }

    /// With or without what is not known to be open.
    pub fn toggle_open(self) -> Self {
        Self { open_only: !self.open_only, more: Vec::new(), ..self }
    }

    /// With this need, or without it where it was there.
    pub fn toggle_need(self, need: Offer) -> Self {
        Self { needs: self.needs.symmetric_difference(need.into()), more: Vec::new(), ..self }
    }

    /// Without filters; the hazard stays.
    pub fn without_filters(self) -> Self {
        Self { hazard: self.hazard, ..Self::default() }
    }

    /// With another page of this group.
    pub fn with_more(mut self, section: Section, open: bool) -> Self {
        match self.more.iter_mut().find(|(other, other_open, _)| (*other, *other_open) == (section, open)) {
            Some((_, _, pages)) => *pages += 1,
            None => self.more.push((section, open, 1)),
        }
        self
    }

    /// How many filters are set.
    pub fn filters(&self) -> usize {
        usize::from(self.open_only) + self.needs.len()
    }

    /// How many of this group are shown.
    pub fn shown(&self, section: Section, open: bool) -> usize {
        let more = self.more.iter().find(|(other, other_open, _)| (*other, *other_open) == (section, open));
        FIRST + PAGE * more.map_or(0, |&(_, _, pages)| pages)
    }

    /// How many of every group have to be found: one more than is shown, so that it is known whether there are more.
    pub fn limit(&self) -> usize {
        FIRST + PAGE * self.more.iter().map(|&(_, _, pages)| pages).max().unwrap_or(0) + 2
    }

    /// How somebody walks who asks for this.
    pub fn walker(&self) -> Walker {
        Walker { hazard: self.hazard, step_free: self.needs.contains(Offer::StepFree) }
    }

    /// The question as the domain asks it.
    pub fn query(&self) -> Query {
        Query { hazard: self.hazard, open_only: self.open_only, needs: self.needs, ..Query::default() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_bindgen_test::wasm_bindgen_test as test;

    fn read(address: &str) -> Ask {
        let fields: Vec<_> = address.trim_start_matches("/?").split('&').filter_map(|field| field.split_once('=')).collect();
        Ask::read(|name| fields.iter().find(|(other, _)| *other == name).map(|(_, value)| (*value).to_owned()))
    }

    #[test]
    fn an_address_reads_as_what_was_asked() {
        let addresses =
            ["/", "/?hazard=flood&open=1&needs=water,toilets", "/?hazard=air_raid", "/?needs=vulnerable&more=open_fit-2,shut-1"];
        for address in addresses {
            assert_eq!(read(address).address(), address);
        }
    }

    #[test]
    fn nonsense_in_an_address_asks_for_nothing() {
        assert_eq!(read("/?hazard=dragons&open=yes&needs=gold,&more=fit,shelter-x,-3"), Ask::default());
        assert_eq!(read("/?more=fit-99999999").limit(), FIRST + PAGE * MOST_PAGES + 2);
    }

    #[test]
    fn a_change_of_hazard_starts_at_the_top() {
        let ask = read("/?more=place-3").with_more(Section::Place, false);
        assert_eq!((ask.shown(Section::Place, false), ask.shown(Section::Place, true)), (FIRST + 4 * PAGE, FIRST));
        assert_eq!(ask.with_hazard(Some(Hazard::Flood)).address(), "/?hazard=flood");
    }
}
