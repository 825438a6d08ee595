//! Which nodes are looked at, and which of them count.

use crate::governance::Standing;
use crate::spatial::area::HazardArea;
use crate::spatial::hazard::Hazard;
use crate::spatial::node::Node;
use crate::spatial::walk::Passage;
use enumset::EnumSet;

/// What somebody wants to know the coverage of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Choice {
    /// Places where nobody has agreed count as well.
    pub proposed: bool,
    /// What is feared; `None` for an ordinary day.
    pub hazard: Option<Hazard>,
}

/// How a node stands to a choice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counted {
    /// It counts.
    Yes,
    /// It does not, but could: nobody there has agreed, or nobody has said that it is fit for the hazard.
    Could,
    /// Nobody may be sent there in this hazard.
    Out,
}

impl Choice {
    /// How a node stands to it, apart from the hazard areas that it lies in. What is unknown is never taken for fit.
    pub fn of(self, node: &Node) -> Counted {
        let is_fit = self.hazard.is_none_or(|hazard| node.is_fit_for(hazard));
        match self.hazard {
            Some(hazard) if node.is_ruled_out_for(hazard) => Counted::Out,
            _ if is_fit && (self.proposed || node.standing != Standing::Proposed) => Counted::Yes,
            _ => Counted::Could,
        }
    }
}

/// Whether nobody may be sent to a place in this area: what closes a way closes a node.
pub fn closes(area: &HazardArea, hazard: Hazard) -> bool {
    area.passage(hazard) == Some(Passage::Closed)
}

/// The hazards that make a difference in a region: it has areas that close ways or make them unwelcome, or nodes of which is known whether they are fit.
pub fn hazards(nodes: &[Node], areas: &[HazardArea]) -> EnumSet<Hazard> {
    let known = nodes.iter().fold(EnumSet::empty(), |all, node| all | node.fit.yes | node.fit.no);
    let drawn = |hazard: &Hazard| areas.iter().any(|area| area.passage(*hazard).is_some());
    known | EnumSet::all().iter().filter(drawn).collect::<EnumSet<Hazard>>()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spatial::area::{Class, Depth};
    use crate::spatial::node::{Facts, NodeKind};
    use crate::text::Text;
    use crate::unit::Place;

    fn node(standing: Standing, fit: Facts<Hazard>) -> Node {
        Node {
            id: "hall".parse().unwrap(),
            name: Text::new("活動中心", "Hall"),
            kind: NodeKind::CommunityCentre,
            standing,
            refuge: EnumSet::empty(),
            place: Place::default(),
            address: Text::default(),
            level: Default::default(),
            capacity: None,
            offers: Facts::default(),
            fit,
            risk: Facts::default(),
            infrastructure: Default::default(),
            look_for: Text::default(),
            hours: Text::default(),
            exposure: Default::default(),
            layer: 0,
        }
    }

    #[test]
    fn what_is_unknown_never_counts_and_what_is_unfit_is_out() {
        let (unknown, yes, no) = (
            Facts::default(),
            Facts { yes: EnumSet::only(Hazard::Flood), no: EnumSet::empty() },
            Facts { yes: EnumSet::empty(), no: EnumSet::only(Hazard::Flood) },
        );
        let cases = [
            (Standing::Agreed, unknown, false, None, Counted::Yes),
            (Standing::Certified, no, false, None, Counted::Yes),
            (Standing::Proposed, yes, false, None, Counted::Could),
            (Standing::Proposed, unknown, true, None, Counted::Yes),
            (Standing::Agreed, unknown, true, Some(Hazard::Flood), Counted::Could),
            (Standing::Agreed, yes, false, Some(Hazard::Flood), Counted::Yes),
            (Standing::Proposed, yes, false, Some(Hazard::Flood), Counted::Could),
            (Standing::Proposed, yes, true, Some(Hazard::Flood), Counted::Yes),
            (Standing::Certified, no, true, Some(Hazard::Flood), Counted::Out),
            (Standing::Agreed, yes, false, Some(Hazard::AirRaid), Counted::Could),
        ];
        for (standing, fit, proposed, hazard, expected) in cases {
            assert_eq!(Choice { proposed, hazard }.of(&node(standing, fit)), expected, "{standing:?} {fit:?} {proposed} {hazard:?}");
        }
    }

    #[test]
    fn hazards_that_change_nothing_are_not_offered() {
        let area = |from_mm| HazardArea {
            hazard: Hazard::Flood,
            class: Class(1),
            depth: Some(Depth { from_mm, to_mm: None }),
            layer: 0,
            rings: Vec::new(),
        };
        let fit = Facts { yes: EnumSet::only(Hazard::AirRaid), no: EnumSet::empty() };
        assert_eq!(hazards(&[node(Standing::Agreed, fit)], &[area(100)]), Hazard::AirRaid | Hazard::Flood);
        assert!(hazards(&[node(Standing::Agreed, Facts::default())], &[]).is_empty());
        assert_eq!([closes(&area(100), Hazard::Flood), closes(&area(300), Hazard::Flood)], [false, true]);
    }
}
