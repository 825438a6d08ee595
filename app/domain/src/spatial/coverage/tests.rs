//! Against plain versions that go over everything again for each question.

use super::access::Steps;
use super::loss::{State, single_failures};
use super::site::sites;
use super::*;
use crate::spatial::nearest::measure;
use crate::spatial::walk::draft::tests::{lattice, of_lattice};
use crate::spatial::walk::{Costs, Pace, Trip};
use crate::unit::{Metres, Persons, Place};
use proptest::collection::vec;
use proptest::prelude::*;

const NODES: u32 = 6;

/// For each cell: which nodes it reaches and how far, and who lives there.
type Town = Vec<(Vec<(u32, u32)>, u32)>;

fn town() -> impl Strategy<Value = Town> {
    let reached = proptest::collection::btree_map(0..NODES, 0u32..1_200, 0..5).prop_map(|map| map.into_iter().collect::<Vec<_>>());
    vec((reached, 0u32..60), 0..25)
}

fn read(town: &Town) -> (Access, Vec<Persons>) {
    (Access::of(town.iter().map(|(reached, _)| reached.clone()), NODES), town.iter().map(|(_, people)| Persons(*people)).collect())
}

/// The nodes within a limit that count.
fn within(cell: &[(u32, u32)], limit: u32, counts: u8) -> Vec<(u32, u32)> {
    let mut all: Vec<_> =
        cell.iter().filter(|(node, far)| *far <= limit && counts >> node & 1 == 1).map(|(node, far)| (*far, *node)).collect();
    all.sort_unstable();
    all
}

fn covered(town: &Town, limit: u32, counts: u8) -> u64 {
    town.iter().filter(|(cell, _)| !within(cell, limit, counts).is_empty()).map(|(_, people)| u64::from(*people)).sum()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn people_inside_and_outside_are_counted_cell_by_cell(town in town(), counts: u8) {
        let (access, people) = read(&town);
        let coverage = Coverage::of(&access, &people, &MINUTES, |node| counts >> node & 1 == 1);
        let all: u64 = town.iter().map(|(_, people)| u64::from(*people)).sum();
        prop_assert_eq!(coverage.people, all);
        for band in &coverage.bands {
            prop_assert_eq!(band.inside, covered(&town, band.limit, counts));
            for (nodes, people) in band.overlap.iter().enumerate() {
                let fits = |cell: &Vec<(u32, u32)>| within(cell, band.limit, counts).len().min(3) == nodes;
                prop_assert_eq!(*people, town.iter().filter(|(cell, _)| fits(cell)).map(|(_, people)| u64::from(*people)).sum::<u64>());
            }
        }
        prop_assert_eq!(coverage.outside(), all - covered(&town, 900, counts));
        prop_assert!(coverage.gaps.is_sorted_by_key(|gap| std::cmp::Reverse(gap.people)));
        prop_assert!(coverage.gaps.iter().all(|gap| within(&town[gap.cell].0, 900, counts).is_empty() && gap.people.0 > 0));
    }

    #[test]
    fn people_are_led_as_if_the_shortest_way_were_picked_again_and_again(town in town(), room in vec(proptest::option::of(0u32..80), 6), counts: u8) {
        let (access, people) = read(&town);
        let room: Vec<_> = room.into_iter().map(|room| room.map(Persons)).collect();
        let loads = Loads::of(&access, &people, &room, 900, |node| counts >> node & 1 == 1);
        // One person at a time takes the shortest way to a node with room that anybody has.
        let (mut left, mut free) = (people.clone(), room.iter().map(|room| room.map_or(0, |room| room.0)).collect::<Vec<_>>());
        loop {
            let ways = town.iter().enumerate().filter(|(cell, _)| left[*cell].0 > 0).flat_map(|(cell, (reached, _))| {
                within(reached, 900, counts).into_iter().map(move |(far, node)| (far, cell, node))
            });
            let Some((_, cell, node)) = ways.filter(|(_, _, node)| free[*node as usize] > 0).min() else { break };
            left[cell].0 -= 1;
            free[node as usize] -= 1;
        }
        for (node, load) in loads.nodes.iter().enumerate() {
            prop_assert_eq!(load.people, u64::from(room[node].map_or(0, |room| room.0) - free[node]), "node {}", node);
            let nearest = |cell: &Vec<(u32, u32)>| within(cell, 900, counts).first().is_some_and(|(_, first)| *first as usize == node);
            prop_assert_eq!(load.nearest, town.iter().filter(|(cell, _)| nearest(cell)).map(|(_, people)| u64::from(*people)).sum::<u64>());
        }
        let housed: Vec<u32> = left.iter().zip(&people).map(|(left, people)| people.0 - left.0).collect();
        prop_assert_eq!(loads.housed.iter().map(|people| people.0).collect::<Vec<_>>(), housed.clone());
        let all: u64 = people.iter().map(|people| u64::from(people.0)).sum();
        prop_assert_eq!(loads.out_of_reach, all - covered(&town, 900, counts));
        prop_assert_eq!(loads.turned_away + loads.out_of_reach + housed.iter().map(|people| u64::from(*people)).sum::<u64>(), all);
    }

    #[test]
    fn each_site_is_the_one_that_gains_most_when_all_are_counted_again(town in town(), known: u8, most in 0usize..8) {
        let (access, people) = read(&town);
        let is_known = |cell: usize| known >> (cell % 8) & 1 == 1;
        let found = sites(&access, &people, 600, is_known, most);
        let mut chosen = 0u8;
        let gained = |chosen: u8| -> u64 {
            let cells = town.iter().enumerate().filter(|(cell, (reached, _))| !is_known(*cell) && !within(reached, 600, chosen).is_empty());
            cells.map(|(_, (_, people))| u64::from(*people)).sum()
        };
        for step in 0..most {
            let gains = |candidate: u32| gained(chosen | 1 << candidate) - gained(chosen);
            let best = (0..NODES).max_by_key(|candidate| (gains(*candidate), std::cmp::Reverse(*candidate))).filter(|best| gains(*best) > 0);
            prop_assert_eq!(found.get(step).copied(), best.map(|best| Site { candidate: best, gains: gains(best) }));
            let Some(best) = best else { break };
            chosen |= 1 << best;
        }
    }

    #[test]
    fn what_is_lost_is_what_is_missing_when_counted_without(town in town(), before: u8, after: u8, room in vec(proptest::option::of(0u32..80), 6)) {
        let (access, people) = read(&town);
        let room: Vec<_> = room.into_iter().map(|room| room.map(Persons)).collect();
        let after = before & after;
        let (first, second) = (|node: u32| before >> node & 1 == 1, |node: u32| after >> node & 1 == 1);
        let states = [State { access: &access, counts: &first }, State { access: &access, counts: &second }];
        let loss = Loss::between(states.each_ref(), &people, &room, 900);
        prop_assert_eq!(loss.uncovered, covered(&town, 900, before) - covered(&town, 900, after));
        prop_assert_eq!(loss.cells.iter().map(|(_, people)| u64::from(people.0)).sum::<u64>(), loss.uncovered);
        let nearest = |cell: &Vec<(u32, u32)>, counts| within(cell, 900, counts).first().map(|(_, node)| *node);
        for from in 0..NODES {
            for to in (0..NODES).map(Some).chain([None]) {
                let goes = |cell: &Vec<(u32, u32)>| nearest(cell, before) == Some(from) && nearest(cell, after) == to && to != Some(from);
                let people: u64 = town.iter().filter(|(cell, _)| goes(cell)).map(|(_, people)| u64::from(*people)).sum();
                let said = loss.moves.iter().find(|one| one.from == from && one.to == to).map_or(0, |one| one.people);
                prop_assert_eq!(said, people, "{} to {:?}", from, to);
            }
            let too_many = |counts| {
                let come: u64 = town.iter().filter(|(cell, _)| nearest(cell, counts) == Some(from)).map(|(_, people)| u64::from(*people)).sum();
                come.saturating_sub(room[from as usize].map_or(0, |room| u64::from(room.0)))
            };
            let said = loss.overflowing.iter().find(|(node, _)| *node == from).map(|(_, people)| *people);
            prop_assert_eq!(said, Some(too_many(after)).filter(|now| *now > too_many(before)));
        }
    }

    #[test]
    fn one_node_out_costs_what_counting_without_it_says(town in town(), counts: u8) {
        let (access, people) = read(&town);
        let failures = single_failures(&access, &people, 900, |node| counts >> node & 1 == 1);
        prop_assert_eq!(failures.len() as u32, (counts & 0x3f).count_ones());
        prop_assert!(failures.is_sorted_by_key(|(node, people)| (std::cmp::Reverse(*people), *node)));
        for (node, people) in failures {
            prop_assert_eq!(people, covered(&town, 900, counts) - covered(&town, 900, counts & !(1 << node)), "{}", node);
        }
    }
}

fn place() -> impl Strategy<Value = Place> {
    (-20_000..80_000i32, -20_000..80_000i32).prop_map(|(north, east)| Place { lat_e7: 250_000_000 + north, lon_e7: 1_215_000_000 + east })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn catchments_on_foot_are_those_of_a_route_for_each_pair(lines in lattice(), cells in vec(place(), 0..12), nodes in vec(place(), 0..6), step_free: bool) {
        let (graph, _) = of_lattice(&lines);
        let costs = Costs::new(&graph, &if step_free { Pace::step_free() } else { Pace::default() });
        let steps = Steps { node: Metres(150), cell: Metres(250) };
        let access = Access::on_foot(&graph, &costs, [&cells, &nodes], steps, 600);
        prop_assert_eq!((access.cells(), access.nodes()), (cells.len(), nodes.len() as u32));
        for (at, cell) in cells.iter().enumerate() {
            let to = graph.step_on(*cell, steps.cell, |edge| costs.is_open(edge));
            let mut expected = Vec::new();
            for (number, node) in (0u32..).zip(&nodes) {
                let from = graph.step_on(*node, steps.node, |edge| costs.is_open(edge));
                let Some(trip) = from.zip(to).map(|(from, to)| Trip { from, to }) else { continue };
                let Some(route) = trip.route(&graph, &costs) else { continue };
                let far = (route.cost + (trip.from.away.0 + trip.to.away.0) * 75).div_ceil(1000);
                expected.extend((far <= 600).then_some(Reached { far, node: number }));
            }
            expected.sort_unstable();
            prop_assert_eq!(access.reached(at), expected.as_slice(), "cell {}", at);
        }
    }

    #[test]
    fn catchments_by_radius_are_those_of_a_scan(cells in vec(place(), 0..12), nodes in vec(place(), 0..20), radius in 0u32..900) {
        let access = Access::straight([&cells, &nodes], Metres(radius));
        for (at, cell) in cells.iter().enumerate() {
            let far = (0u32..).zip(&nodes).map(|(node, place)| Reached { far: measure(*cell, *place).0.0, node });
            let mut expected: Vec<Reached> = far.filter(|reached| reached.far <= radius).collect();
            expected.sort_unstable();
            prop_assert_eq!(access.reached(at), expected.as_slice());
        }
    }
}

#[test]
fn nobody_and_nowhere_are_no_harm() {
    let access = Access::of([], 0);
    assert_eq!((access.cells(), access.reached(3), access.nearest(0, |_| true)), (0, &[][..], None));
    // People in cells that the table does not know reach nothing.
    let coverage = Coverage::of(&access, &[Persons(5)], &[], |_| true);
    assert_eq!((coverage.people, coverage.outside(), coverage.bands.len()), (5, 5, 0));
    let loads = Loads::of(&access, &[Persons(5)], &[], 900, |_| true);
    assert_eq!((loads.out_of_reach, loads.turned_away), (5, 0));
    assert!(sites(&access, &[Persons(5)], 900, |_| false, 3).is_empty());
}
