//! The searches against slow plain versions, and the block against damage.

use super::draft::tests::{lattice, of_lattice};
use super::*;
use crate::spatial::area::{Class, HazardArea};
use crate::spatial::hazard::Hazard;
use crate::text::Text;
use crate::unit::{Metres, Place};
use proptest::prelude::*;
use std::collections::HashSet;

fn at(north: f64, east: f64) -> Place {
    Place { lat_e7: 250_000_000 + (north * 90.0) as i32, lon_e7: 1_215_000_000 + (east * 99.0) as i32 }
}

/// What each node costs from these starts, by going over all edges until nothing changes.
fn bellman_ford(graph: &WalkGraph, starts: &[(u32, u32)], cost: impl Fn(&Edge) -> Option<u32>) -> Vec<Option<u32>> {
    let mut best: Vec<Option<u32>> = vec![None; graph.nodes() as usize];
    for (node, cost) in starts {
        let known = best[*node as usize];
        best[*node as usize] = Some(known.map_or(*cost, |known| known.min(*cost)));
    }
    loop {
        let mut changed = false;
        for edge in graph.all_edges() {
            let Some(cost) = cost(&edge) else { continue };
            for (from, to) in [(edge.from, edge.to), (edge.to, edge.from)] {
                let over = best[from as usize].map(|before| before + cost);
                if let Some(over) = over.filter(|over| best[to as usize].is_none_or(|known| *over < known)) {
                    best[to as usize] = Some(over);
                    changed = true;
                }
            }
        }
        if !changed {
            return best;
        }
    }
}

/// Some edges are closed, some dearer, and perhaps all steps.
fn costs(graph: &WalkGraph, closed: &[u16], dear: &[u16], step_free: bool) -> Costs {
    let pace = if step_free { Pace::step_free() } else { Pace::default() };
    let mut costs = Costs::new(graph, &pace);
    let edge = |number: &u16| EdgeId(u32::from(*number) % graph.edges().max(1));
    closed.iter().for_each(|number| costs.hinder(graph, edge(number), Passage::Closed));
    dear.iter().for_each(|number| costs.hinder(graph, edge(number), Passage::Dearer(300)));
    costs
}

/// What an edge costs, said anew.
fn plain_cost(edge: &Edge, closed: &HashSet<EdgeId>, dear: &HashSet<EdgeId>, step_free: bool) -> Option<u32> {
    let steps = edge.kind.way == Way::Steps;
    if closed.contains(&edge.id) || (steps && step_free) {
        return None;
    }
    let millis = edge.length.0 * if steps { 150 } else { 75 };
    Some(if dear.contains(&edge.id) { millis * 3 } else { millis })
}

fn numbers() -> impl Strategy<Value = Vec<u16>> {
    proptest::collection::vec(any::<u16>(), 0..8)
}

fn place() -> impl Strategy<Value = Place> {
    (-100.0..700.0f64, -100.0..700.0f64).prop_map(|(north, east)| at(north, east))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn every_node_costs_what_going_over_all_edges_says(
        lines in lattice(), closed in numbers(), dear in numbers(), step_free: bool, from in place(),
    ) {
        let (graph, _) = of_lattice(&lines);
        prop_assume!(graph.edges() > 0);
        let costs = costs(&graph, &closed, &dear, step_free);
        let set = |numbers: &[u16]| numbers.iter().map(|number| EdgeId(u32::from(*number) % graph.edges())).collect::<HashSet<_>>();
        let (closed, dear) = (set(&closed), set(&dear));
        let Some(spot) = graph.snap(from, Metres(100_000), |edge| costs.is_open(edge)) else {
            prop_assert!(graph.all_edges().all(|edge| plain_cost(&edge, &closed, &dear, step_free).is_none()));
            return Ok(());
        };
        let starts = reach::starts(&graph, &costs, &spot);
        let expected = bellman_ford(&graph, &starts, |edge| plain_cost(edge, &closed, &dear, step_free));
        let mut reach = Reach::default();
        // A search before must leave nothing behind, nor one that was ended early.
        reach.search_from(&graph, &costs, [(0, 0)], 50_000, |_, _| std::ops::ControlFlow::Continue(()));
        reach.search_from(&graph, &costs, [(graph.nodes() - 1, 0)], reach::NO_LIMIT, |_, cost| {
            if cost > 0 { std::ops::ControlFlow::Break(()) } else { std::ops::ControlFlow::Continue(()) }
        });
        reach.search(&graph, &costs, &spot, reach::NO_LIMIT);
        for node in 0..graph.nodes() {
            prop_assert_eq!(reach.cost(node), expected[node as usize], "node {}", node);
        }
        // With a limit, what lies within it is the same and nothing else is known; a few steps at a time too.
        reach.begin_at(&graph, &costs, &spot, 120_000);
        while reach.go_on(&graph, &costs, 120_000, 3, |_, _| std::ops::ControlFlow::Continue(())) {}
        for node in 0..graph.nodes() {
            prop_assert_eq!(reach.cost(node), expected[node as usize].filter(|cost| *cost <= 120_000));
        }
    }

    #[test]
    fn a_route_costs_what_the_search_says_and_is_drawn_whole(
        lines in lattice(), closed in numbers(), dear in numbers(), step_free: bool, from in place(), to in place(),
    ) {
        let (graph, _) = of_lattice(&lines);
        let costs = costs(&graph, &closed, &dear, step_free);
        let spot = |place| graph.snap(place, Metres(100_000), |edge| costs.is_open(edge));
        let Some((from, to)) = spot(from).zip(spot(to)) else { return Ok(()) };
        let mut reach = Reach::default();
        reach.search(&graph, &costs, &from, reach::NO_LIMIT);
        let cost = reach.cost_to(&graph, &costs, Some(&from), &to);
        let Some(route) = (Trip { from, to }).route(&graph, &costs) else {
            prop_assert_eq!(cost, None);
            return Ok(());
        };
        prop_assert_eq!(Some(route.cost), cost);
        let part = |leg: &Leg| reach::share(costs.cost_of(&leg.edge).unwrap(), leg.length().0, leg.edge.length.0);
        let parts: u32 = route.legs.iter().map(part).sum();
        prop_assert!(parts.abs_diff(route.cost) <= 2, "{parts} {}", route.cost);
        prop_assert!(route.legs.iter().all(|leg| costs.is_open(&leg.edge)));
        let sum: u32 = route.legs.iter().map(|leg| leg.length().0).sum();
        prop_assert_eq!(sum, route.length.0);
        prop_assert_eq!(route.turns.iter().map(|turn| turn.distance.0).sum::<u32>(), sum);
        let drawn: f64 = route.line.windows(2).map(|pair| crate::spatial::nearest::metres_between(pair[0], pair[1])).sum();
        // A decimetre may be lost at each end of each leg.
        prop_assert!((drawn - f64::from(sum) / 10.0).abs() < 0.3 + 0.1 * route.legs.len() as f64, "{drawn} {sum}");
        prop_assert_eq!((route.line.first(), route.line.last()), (Some(&from.place), Some(&to.place)));
        for pair in route.legs.windows(2) {
            let end = |leg: &Leg, last: bool| if leg.backwards == last { leg.edge.from } else { leg.edge.to };
            prop_assert_eq!(end(&pair[0], true), end(&pair[1], false));
        }
        prop_assert!(matches!(route.turns.last(), Some(turn) if turn.action == Action::Arrive));
        prop_assert_eq!(route.hindered.0, route.legs.iter().filter(|leg| costs.is_hindered(leg.edge.id)).map(|leg| leg.length().0).sum::<u32>());
    }

    #[test]
    fn the_nearest_doors_are_those_of_a_route_to_each(
        lines in lattice(), dear in numbers(), from in place(), places in proptest::collection::vec(place(), 0..12), count in 0usize..6, odd: bool,
    ) {
        let (graph, _) = of_lattice(&lines);
        let costs = costs(&graph, &[], &dear, odd);
        let Some(from) = graph.snap(from, Metres(100_000), |edge| costs.is_open(edge)) else { return Ok(()) };
        let doors = Doors::new(&graph, &places, Metres(200), |edge| costs.is_open(edge));
        let wanted = |at: usize| at % 3 != 1;
        let found = doors.nearest(&graph, &costs, &from, count, wanted);
        let route = |at: usize| doors.spot(at).and_then(|to| Trip { from, to: *to }.route(&graph, &costs).map(|route| (route, to.away.0)));
        let mut all: Vec<(u32, usize)> = (0..places.len()).filter(|at| wanted(*at)).filter_map(|at| {
            route(at).map(|(route, away)| ((route.cost + (away + from.away.0) * 75), at))
        }).collect();
        all.sort_unstable();
        let expected: Vec<(u32, usize)> = all.into_iter().take(count).map(|(cost, at)| (cost.div_ceil(1000), at)).collect();
        prop_assert_eq!(found.iter().map(|door| (door.seconds, door.at)).collect::<Vec<_>>(), expected);
        for door in found.iter().filter(|_| dear.is_empty()) {
            // Of two ways that take as long, one may be longer: steps are walked at half the pace.
            let (route, _) = route(door.at).unwrap();
            prop_assert!(door.length == route.length || route.legs.iter().any(|leg| leg.edge.kind.way == Way::Steps), "{door:?} {:?}", route.length);
        }
    }

    #[test]
    fn a_place_steps_onto_the_edge_that_a_look_at_all_of_them_finds(lines in lattice(), places in proptest::collection::vec(place(), 8), within in 1u32..400) {
        let (graph, _) = of_lattice(&lines);
        for place in places {
            let steps = |edge: &Edge| edge.kind.way != Way::Footway;
            let all = graph.all_edges().filter(steps).map(|edge| graph.nearest_on_edge(&edge, place));
            let nearest = all.min_by(|one, other| one.0.total_cmp(&other.0).then(one.1.edge.cmp(&other.1.edge)));
            let expected = nearest.filter(|(away, _)| *away <= f64::from(within)).map(|(_, spot)| spot);
            prop_assert_eq!(graph.snap(place, Metres(within), steps), expected);
        }
    }

    #[test]
    fn a_damaged_block_is_refused_or_of_no_harm(lines in lattice(), damage in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..4), cut in any::<prop::sample::Index>()) {
        let (graph, _) = of_lattice(&lines);
        let mut block = graph.block().to_vec();
        prop_assert!(WalkGraph::open(block[..cut.index(block.len())].to_vec()).is_err());
        for (at, byte) in damage {
            let at = at.index(block.len());
            block[at] = byte;
        }
        let Ok(graph) = WalkGraph::open(block) else { return Ok(()) };
        let costs = Costs::new(&graph, &Pace::default());
        for edge in graph.all_edges() {
            let _ = (graph.name(&edge), graph.line(&edge));
        }
        let _ = graph.answer(&Pace::default(), &costs, [at(10.0, 10.0), at(500.0, 500.0)], Metres(300));
    }
}

/// Two streets side by side, joined at both ends; the nearer one is lower.
fn two_ways() -> WalkGraph {
    let mut draft = WalkDraft::default();
    let mut street = |points: &[(f64, f64)], way: Way, name: &str| {
        draft.line(points.iter().map(|(north, east)| at(*north, *east)), way.into(), 0, &Text::new(name, "")).unwrap();
    };
    street(&[(0.0, 0.0), (0.0, 100.0), (0.0, 300.0), (0.0, 400.0)], Way::Residential, "河邊街");
    street(&[(0.0, 100.0), (100.0, 100.0)], Way::Steps, "");
    street(&[(100.0, 100.0), (100.0, 300.0)], Way::Footway, "山邊路");
    street(&[(100.0, 300.0), (0.0, 300.0)], Way::Residential, "下坡巷");
    street(&[(500.0, 0.0), (500.0, 100.0)], Way::Residential, "對岸");
    WalkGraph::open(draft.build().unwrap().block).unwrap()
}

fn flood(low: (f64, f64), high: (f64, f64)) -> HazardArea {
    let ring = vec![at(low.0, low.1), at(low.0, high.1), at(high.0, high.1), at(high.0, low.1)];
    HazardArea { hazard: Hazard::Flood, class: Class(3), depth: None, layer: 0, rings: vec![ring] }
}

#[test]
fn a_flood_sends_round_and_a_list_of_turns_says_where() {
    let graph = two_ways();
    let mut costs = Costs::new(&graph, &Pace::default());
    costs.avoid(&graph, &flood((-20.0, 180.0), (20.0, 220.0)).rings, Passage::Closed);
    let Answer::Route(route) = graph.answer(&Pace::default(), &costs, [at(5.0, 0.0), at(5.0, 400.0)], Metres(100)) else { panic!() };
    assert!((5_990..=6_010).contains(&route.length.0), "{:?}", route.length);
    // 500 m on the level, 100 m of steps at half the pace.
    assert!((524..=526).contains(&route.seconds), "{}", route.seconds);
    let list: Vec<_> = route.turns.iter().map(|turn| (turn.action, turn.street.as_ref().map_or("", |name| name.zh.as_str()))).collect();
    let expected = [
        (Action::Depart(90), "河邊街"),
        (Action::Left, ""),
        (Action::Right, "山邊路"),
        (Action::Right, "下坡巷"),
        (Action::Left, "河邊街"),
        (Action::Arrive, ""),
    ];
    assert_eq!(list, expected);
    assert_eq!(route.turns.iter().position(Turn::is_steps), Some(1));
    assert_eq!(route.hindered, Decimetres(0));
}

#[test]
fn an_island_is_stepped_onto_only_where_it_is_much_nearer_than_the_mainland() {
    let graph = two_ways();
    let stands_on = |north: f64, within: u32| {
        let spot = graph.step_on(at(north, 50.0), Metres(within), |_| true);
        spot.and_then(|spot| graph.edge(spot.edge)).and_then(|edge| graph.name(&edge)).map(|name| name.zh)
    };
    // 山邊路 lies at 100 m and is of the mainland, 對岸 at 500 m and is not.
    let [mainland, island] = ["山邊路", "對岸"].map(|name| Some(name.to_owned()));
    assert_eq!([stands_on(100.0, 600), stands_on(320.0, 600), stands_on(340.0, 600)], [mainland.clone(), mainland, island.clone()]);
    assert_eq!([stands_on(320.0, 200), stands_on(320.0, 100)], [island, None]);
}

/// Points, type, and name in both languages.
type Street<'a> = (&'a [(f64, f64)], Way, &'a str, &'a str);

/// The list of a walk along lines, from the first point of the first to the last of the last.
fn list(lines: &[Street<'_>]) -> Vec<(Action, String, u32)> {
    let mut draft = WalkDraft::default();
    for (points, way, zh, en) in lines {
        draft.line(points.iter().map(|(north, east)| at(*north, *east)), (*way).into(), 0, &Text::new(*zh, *en)).unwrap();
    }
    let graph = WalkGraph::open(draft.build().unwrap().block).unwrap();
    let costs = Costs::new(&graph, &Pace::default());
    let (from, to) = (lines[0].0[0], *lines[lines.len() - 1].0.last().unwrap());
    let Answer::Route(route) = graph.answer(&Pace::default(), &costs, [from, to].map(|(north, east)| at(north, east)), Metres(5)) else {
        panic!()
    };
    let name = |turn: &Turn| turn.street.as_ref().map_or(String::new(), |name| name.zh.clone());
    route.turns.iter().map(|turn| (turn.action, name(turn), turn.distance.metres().0)).collect()
}

#[test]
fn crossing_a_street_on_the_way_is_one_turn_or_none() {
    let said = list(&[
        (&[(0.0, 0.0), (0.0, 100.0)], Way::Footway, "", ""),
        (&[(0.0, 100.0), (6.0, 100.0)], Way::Footway, "", ""),
        (&[(6.0, 100.0), (6.0, 200.0)], Way::Footway, "", ""),
        // Streets that make choices of the corners.
        (&[(0.0, 100.0), (-50.0, 100.0)], Way::Residential, "橫街", ""),
        (&[(6.0, 100.0), (50.0, 100.0)], Way::Residential, "橫街", ""),
        (&[(6.0, 200.0), (50.0, 200.0)], Way::Residential, "直街", ""),
        (&[(6.0, 200.0), (6.0, 210.0), (-50.0, 210.0)], Way::Residential, "末街", ""),
    ]);
    // Left and right over six metres is straight on; then 末街 begins straight ahead.
    let expected = [(Action::Depart(90), "", 206), (Action::Straight, "末街", 66), (Action::Arrive, "", 0)];
    assert_eq!(said.iter().map(|(action, name, metres)| (*action, name.as_str(), *metres)).collect::<Vec<_>>(), expected);
}

#[test]
fn a_street_whose_pieces_are_named_in_one_language_or_both_is_one() {
    let said = list(&[
        (&[(0.0, 0.0), (0.0, 100.0)], Way::Residential, "承德路", "Chengde Rd."),
        (&[(0.0, 100.0), (0.0, 200.0)], Way::Residential, "承德路", ""),
        (&[(0.0, 200.0), (0.0, 300.0)], Way::Residential, "民權路", ""),
    ]);
    assert_eq!(
        said.iter().map(|(_, name, metres)| (name.as_str(), *metres)).collect::<Vec<_>>(),
        [("承德路", 200), ("民權路", 100), ("", 0)]
    );
}

#[test]
fn what_is_only_dearer_is_walked_where_the_way_round_is_longer_still() {
    let graph = two_ways();
    let answer = |percent| {
        let mut costs = Costs::new(&graph, &Pace::default());
        costs.avoid(&graph, &flood((-20.0, 180.0), (20.0, 220.0)).rings, Passage::Dearer(percent));
        match graph.answer(&Pace::default(), &costs, [at(5.0, 0.0), at(5.0, 400.0)], Metres(100)) {
            Answer::Route(route) => (route.length.metres().0, route.hindered.metres().0, route.seconds),
            other => panic!("{other:?}"),
        }
    };
    // Round it is 200 + 200 + 100 + 2 x 100 against 200 + twice 200: dearer by half is still better, by three times is not.
    assert_eq!(answer(150), (399, 200, 300));
    assert_eq!(answer(400).1, 0);
}

#[test]
fn where_every_way_is_closed_that_is_said_and_where_there_is_none_the_direction_is() {
    let graph = two_ways();
    let mut costs = Costs::new(&graph, &Pace::step_free());
    costs.avoid(&graph, &flood((-20.0, 180.0), (20.0, 220.0)).rings, Passage::Closed);
    // Without steps the only way is through the water.
    let Answer::OnlyThrough(route) = graph.answer(&Pace::step_free(), &costs, [at(5.0, 0.0), at(5.0, 400.0)], Metres(100)) else {
        panic!()
    };
    assert_eq!((route.length.metres(), route.hindered.metres()), (Metres(399), Metres(200)));
    let free = Costs::new(&graph, &Pace::default());
    let across = graph.answer(&Pace::default(), &free, [at(0.0, 0.0), at(500.0, 0.0)], Metres(100));
    assert!(matches!(across, Answer::NoWay { straight: Metres(495..=505), bearing: 0 }), "{across:?}");
    let nowhere = graph.answer(&Pace::default(), &free, [at(0.0, 0.0), at(5_000.0, 0.0)], Metres(100));
    assert!(matches!(nowhere, Answer::NoWay { .. }));
}

#[test]
fn an_answer_is_the_same_a_step_at_a_time() {
    let graph = two_ways();
    let mut closed = Costs::new(&graph, &Pace::step_free());
    closed.avoid(&graph, &flood((-20.0, 180.0), (20.0, 220.0)).rings, Passage::Closed);
    let (free, ends) = (Costs::new(&graph, &Pace::step_free()), [at(5.0, 0.0), at(5.0, 400.0)]);
    for (costs, ends) in [(&free, ends), (&closed, ends), (&free, [ends[0], at(500.0, 50.0)]), (&free, [ends[0], at(5_000.0, 0.0)])] {
        let mut question = Question::begin(&graph, &Pace::step_free(), costs, ends, Metres(100));
        let mut pieces = 0;
        let answer = loop {
            pieces += 1;
            match question.step(&graph, costs, 1) {
                Asked::More(rest) => question = rest,
                Asked::Done(answer) => break answer,
            }
        };
        assert_eq!(answer, graph.answer(&Pace::step_free(), costs, ends, Metres(100)));
        assert!(pieces > 1, "{pieces} for {answer:?}");
    }
}

#[test]
fn an_area_touches_an_edge_that_runs_through_it_without_a_point_inside() {
    let graph = two_ways();
    let touched = |area: &HazardArea| {
        let mut costs = Costs::new(&graph, &Pace::default());
        costs.avoid(&graph, &area.rings, Passage::Closed);
        graph.all_edges().filter(|edge| !costs.is_open(edge)).count()
    };
    assert_eq!(touched(&flood((-5.0, 190.0), (5.0, 191.0))), 1);
    assert_eq!(touched(&flood((10.0, 190.0), (20.0, 191.0))), 0);
    assert_eq!(touched(&flood((-500.0, -500.0), (500.0, 500.0))), graph.edges() as usize);
    assert_eq!(touched(&HazardArea { rings: Vec::new(), ..flood((0.0, 0.0), (1.0, 1.0)) }), 0);
}

#[test]
fn an_edge_shorter_than_its_ends_are_apart_is_refused() {
    let graph = two_ways();
    let upright = graph.all_edges().find(|edge| edge.kind.way == Way::Steps).unwrap();
    let mut block = graph.block().to_vec();
    let said = block::pack(upright.kind.number(), upright.length.0).to_le_bytes();
    let shorter = block::pack(upright.kind.number(), upright.length.0 / 2).to_le_bytes();
    for at in 0..block.len() - 4 {
        if block[at..at + 4] == said {
            block[at..at + 4].copy_from_slice(&shorter);
        }
    }
    assert_eq!(WalkGraph::open(block).unwrap_err(), WalkError::Wrong { part: "edges", at: upright.id.0 });
}

#[test]
fn closing_wins_over_dearer_whatever_comes_first() {
    let graph = two_ways();
    let edge = graph.edge(EdgeId(0)).unwrap();
    for order in [[Passage::Closed, Passage::Dearer(300)], [Passage::Dearer(300), Passage::Closed]] {
        let mut costs = Costs::new(&graph, &Pace::default());
        order.into_iter().for_each(|passage| costs.hinder(&graph, edge.id, passage));
        assert!(!costs.is_open(&edge));
    }
}

#[test]
fn a_slower_person_takes_longer_and_private_ways_are_closed_unless_asked_for() {
    let kind = Kind { way: Way::Service, traits: Trait::Private.into() };
    let mut draft = WalkDraft::default();
    draft.line([at(0.0, 0.0), at(0.0, 100.0)], kind, 0, &Text::default()).unwrap();
    let graph = WalkGraph::open(draft.build().unwrap().block).unwrap();
    let edge = graph.edge(EdgeId(0)).unwrap();
    let open = |pace: &Pace| Costs::new(&graph, pace).millis(&edge);
    assert_eq!(open(&Pace::default()), None);
    let pace = Pace { private: true, ..Pace::default() };
    assert_eq!((open(&pace), open(&pace.clone().scaled(200))), (Some(edge.length.0 * 75), Some(edge.length.0 * 150)));
}

#[test]
fn a_slope_takes_longer_and_who_cannot_climb_steps_is_kept_from_a_steep_one_by_a_detour_of_twice_its_length() {
    let mut draft = WalkDraft::default();
    let mut street = |points: &[(f64, f64)], slope: Trait| {
        let kind = Kind { way: Way::Residential, traits: slope.into() };
        draft.line(points.iter().map(|(north, east)| at(*north, *east)), kind, 0, &Text::default()).unwrap();
    };
    street(&[(0.0, 0.0), (0.0, 100.0)], Trait::Steep);
    street(&[(0.0, 0.0), (50.0, 0.0), (50.0, 100.0), (0.0, 100.0)], Trait::Sloped);
    let graph = WalkGraph::open(draft.build().unwrap().block).unwrap();
    let ends = [at(-5.0, 0.0), at(-5.0, 100.0)];
    let taken = |pace: &Pace| match graph.answer(pace, &Costs::new(&graph, pace), ends, Metres(30)) {
        Answer::Route(route) => (route.length.metres().0, route.seconds),
        other => panic!("{other:?}"),
    };
    assert_eq!(taken(&Pace::default()), (100, 105));
    assert_eq!(taken(&Pace::step_free()), (200, 186));
}

#[test]
fn a_corner_just_before_the_end_is_a_turn_too() {
    let mut draft = WalkDraft::default();
    let lines: [(&[(f64, f64)], &str); 2] =
        [(&[(0.0, 0.0), (0.0, 200.0)], "橋"), (&[(0.0, 200.0), (-300.0, 200.0), (-600.0, 200.0)], "東街")];
    for (line, name) in lines {
        draft.line(line.iter().map(|&(north, east)| at(north, east)), Kind::from(Way::Residential), 0, &Text::new(name, "")).unwrap();
    }
    let graph = WalkGraph::open(draft.build().unwrap().block).unwrap();
    let costs = Costs::new(&graph, &Pace::default());
    let Answer::Route(route) = graph.answer(&Pace::default(), &costs, [at(0.0, 50.0), at(-250.0, 200.0)], Metres(100)) else { panic!() };
    assert_eq!(route.turns.iter().map(|turn| turn.action).collect::<Vec<_>>(), [Action::Depart(90), Action::Right, Action::Arrive]);
}

#[test]
fn a_list_is_told_how_long_the_route_takes_and_not_what_is_added_to_keep_people_away() {
    let graph = two_ways();
    let mut costs = Costs::new(&graph, &Pace::default());
    costs.avoid(&graph, &flood((-20.0, 180.0), (20.0, 220.0)).rings, Passage::Dearer(120));
    let spot = |east| graph.snap(at(0.0, east), Metres(100), |_| true).unwrap();
    let trip = Trip { from: spot(0.0), to: spot(400.0) };
    let mut reach = Reach::default();
    reach.search(&graph, &costs, &trip.from, u32::MAX - 1);
    let route = trip.route(&graph, &costs).unwrap();
    assert!(route.hindered > Decimetres(0) && route.cost > route.seconds * 1_000, "it leads through: {route:?}");
    assert_eq!(trip.seconds(&reach, &graph, &costs), Some(route.seconds));
}

#[test]
fn in_a_flood_nobody_is_sent_underground() {
    let mut draft = WalkDraft::default();
    let tunnel = Kind { way: Way::Pedestrian, traits: Trait::Tunnel.into() };
    let lines: [(&[(f64, f64)], Kind); 2] =
        [(&[(0.0, 0.0), (0.0, 400.0)], tunnel), (&[(0.0, 0.0), (300.0, 0.0), (300.0, 400.0), (0.0, 400.0)], Way::Residential.into())];
    for (line, kind) in lines {
        draft.line(line.iter().map(|&(north, east)| at(north, east)), kind, 0, &Text::default()).unwrap();
    }
    let graph = WalkGraph::open(draft.build().unwrap().block).unwrap();
    let hundreds = |hazard| {
        let pace = Pace::default().because_of(hazard);
        let costs = Costs::new(&graph, &pace);
        let Answer::Route(route) = graph.answer(&pace, &costs, [at(0.0, 0.0), at(0.0, 400.0)], Metres(50)) else { panic!() };
        route.length.metres().0.div_ceil(100)
    };
    assert_eq!([None, Some(Hazard::Earthquake), Some(Hazard::Flood)].map(hundreds), [4, 4, 10]);
}
