//! Tests of the citizen's list, rule by rule, and against a plain scan of all nodes.

use super::*;
use crate::governance::Standing;
use crate::id::{DeviceKey, EventId};
use crate::information::status::NodeState;
use crate::spatial::node::{Facts, Infrastructure, Level, NodeKind};
use crate::text::Text;
use crate::unit::Millis;
use proptest::prelude::*;

const HERE: Place = Place { lat_e7: 250_000_000, lon_e7: 1_215_000_000 };

/// A node `metres` north of here, with whatever `change` makes of a public disaster shelter in a school above ground.
fn node(id: &str, metres: i32, change: impl FnOnce(&mut Node)) -> Node {
    let mut node = Node {
        id: id.parse().unwrap(),
        name: Text::new(id, id),
        kind: NodeKind::School,
        standing: Standing::Agreed,
        refuge: EnumSet::only(Refuge::DisasterShelter),
        place: Place { lat_e7: HERE.lat_e7 + metres * 90, ..HERE },
        address: Text::default(),
        level: Level::AboveGround,
        capacity: None,
        offers: Facts::default(),
        fit: Facts::default(),
        risk: Facts::default(),
        infrastructure: Infrastructure::default(),
        look_for: Text::default(),
        hours: Text::default(),
        exposure: Exposure::Public,
        layer: 0,
    };
    change(&mut node);
    node
}

fn store(id: &str, metres: i32) -> Node {
    node(id, metres, |node| (node.kind, node.refuge) = (NodeKind::ConvenienceStore, EnumSet::empty()))
}

fn bunker(id: &str, metres: i32) -> Node {
    node(id, metres, |node| (node.refuge, node.level) = (EnumSet::only(Refuge::AirRaidShelter), Level::BelowGround))
}

fn fit(hazard: Hazard) -> impl Fn(&mut Node) {
    move |node| node.fit.yes |= hazard
}

fn said(state: NodeState) -> StatusView {
    let offers = Facts::default();
    StatusView {
        state,
        offers,
        id: EventId([0; 32]),
        author: DeviceKey([0; 32]),
        at: Millis(0),
        verified: true,
        ahead: false,
        fresh: true,
        others: 0,
    }
}

fn open() -> StatusView {
    said(NodeState::Open)
}

/// The list as text: `Section+:` where known to be open, then identifiers.
fn list(nodes: Vec<Node>, query: Query, statuses: &[(&str, StatusView)]) -> String {
    let statuses = statuses.iter().map(|(id, status)| (id.parse().unwrap(), *status)).collect();
    let directory = Directory::new(nodes);
    let group = |group: &Group| {
        let ids: Vec<&str> = group.hits.iter().map(|hit| directory.nodes()[hit.at].id.as_str()).collect();
        format!("{:?}{}: {}", group.section, if group.open { "+" } else { "" }, ids.join(" "))
    };
    directory.search(HERE, &query, &statuses, 10).iter().map(group).collect::<Vec<_>>().join("; ")
}

fn from(hazard: Hazard) -> Query {
    Query { hazard: Some(hazard), ..Query::default() }
}

#[test]
fn with_nothing_chosen_shelters_lead_and_air_raid_shelters_stay_apart() {
    let nodes = || vec![bunker("b", 100), store("s", 200), node("far", 900, |_| ()), node("near", 300, |_| ())];
    assert_eq!(list(nodes(), Query::default(), &[]), "Shelter: near far; Place: s; AirRaid: b");
    let both = node("both", 50, |node| node.refuge = EnumSet::all());
    assert_eq!(list(vec![both], Query::default(), &[]), "Shelter: both");
}

#[test]
fn known_to_be_open_leads_before_nearer_ones_whose_state_is_unknown() {
    let nodes = || vec![node("near", 100, |_| ()), node("open", 2_000, |_| ()), store("s", 50), store("t", 1_500), bunker("b", 10)];
    assert_eq!(
        list(nodes(), Query::default(), &[("open", open()), ("t", said(NodeState::NearlyFull))]),
        "Shelter+: open; Place+: t; Shelter: near; Place: s; AirRaid: b"
    );
    let quake = || vec![node("near", 100, fit(Hazard::Earthquake)), node("open", 2_000, fit(Hazard::Earthquake))];
    assert_eq!(list(quake(), from(Hazard::Earthquake), &[("open", open())]), "Fit+: open; Fit: near");
}

#[test]
fn what_is_open_beyond_an_hour_on_foot_does_not_lead() {
    let nodes = || vec![node("near", 100, |_| ()), node("far", 9_000, |_| ())];
    assert_eq!(list(nodes(), Query::default(), &[("far", open())]), "Shelter: near far");
    let open_only = Query { open_only: true, ..Query::default() };
    assert_eq!(list(nodes(), open_only, &[("far", open())]), "Shelter+: far");
}

#[test]
fn stale_unverified_and_insane_news_is_not_known_to_be_open() {
    let doubtful = [
        StatusView { verified: false, ..open() },
        StatusView { fresh: false, ..open() },
        StatusView { fresh: false, ahead: true, ..open() },
    ];
    for status in doubtful {
        let nodes = vec![node("near", 100, |_| ()), node("said", 200, |_| ())];
        assert_eq!(list(nodes, Query::default(), &[("said", status)]), "Shelter: near said", "{status:?}");
    }
    // A stranger can't take a shelter off the list either.
    let stranger = StatusView { verified: false, ..said(NodeState::Unsafe) };
    assert_eq!(list(vec![node("a", 100, |_| ())], Query::default(), &[("a", stranger)]), "Shelter: a");
}

#[test]
fn full_closed_and_unsafe_nodes_are_in_their_own_group_only() {
    for state in [NodeState::Full, NodeState::Closed, NodeState::Unsafe] {
        for query in [Query::default(), from(Hazard::Earthquake), from(Hazard::AirRaid)] {
            let fits = |node: &mut Node| node.fit.yes = EnumSet::all();
            let text = list(vec![node("shut", 100, fits)], query, &[("shut", StatusView { fresh: false, ..said(state) })]);
            assert_eq!(text, "NotTaking: shut", "{state:?} {query:?}");
        }
        let open_only = Query { open_only: true, ..Query::default() };
        assert_eq!(list(vec![node("shut", 100, |_| ())], open_only, &[("shut", said(state))]), "");
    }
}

#[test]
fn unknown_fitness_is_never_fit_and_known_unfitness_never_shown() {
    let unfit = node("unfit", 10, |node| node.fit.no |= Hazard::Earthquake);
    let exposed = node("risky", 20, |node| {
        node.fit.yes |= Hazard::Earthquake;
        node.risk.yes |= Hazard::Earthquake;
    });
    let nodes = vec![unfit, exposed, node("dunno", 30, |_| ()), node("sure", 400, fit(Hazard::Earthquake)), node("opens", 50, |_| ())];
    assert_eq!(
        list(nodes, from(Hazard::Earthquake), &[("opens", open()), ("unfit", open())]),
        "Fit: sure; FitnessUnknown+: opens; FitnessUnknown: dunno"
    );
}

#[test]
fn in_an_air_raid_air_raid_shelters_lead_and_distance_counts_most() {
    let nodes = vec![
        node("school", 10, |_| ()),
        node("metro", 20, fit(Hazard::AirRaid)),
        bunker("near", 30),
        bunker("open", 390),
        bunker("far", 500),
        node("both", 60, |node| node.refuge = EnumSet::all()),
        node("no", 5, |node| (node.refuge, node.fit.no) = (EnumSet::all(), EnumSet::only(Hazard::AirRaid))),
    ];
    assert_eq!(
        list(nodes, from(Hazard::AirRaid), &[("open", open()), ("far", open())]),
        "AirRaid+: open; AirRaid: near both far; Fit: metro; FitnessUnknown: school"
    );
}

#[test]
fn nobody_is_sent_underground_in_a_flood() {
    for hazard in [Hazard::Flood, Hazard::Tsunami] {
        let underground = [
            node("a", 10, |node| node.level = Level::BelowGround),
            node("b", 20, |node| node.level = Level::Partly),
            node("c", 30, |node| (node.level, node.kind) = (Level::Unknown, NodeKind::UndergroundSpace)),
            node("d", 40, |node| (node.level, node.kind) = (Level::Unknown, NodeKind::ParkingStructure)),
            node("e", 50, |node| (node.level, node.kind) = (Level::Unknown, NodeKind::TransitHub)),
            node("f", 60, |node| (node.level, node.refuge) = (Level::Unknown, EnumSet::only(Refuge::AirRaidShelter))),
        ];
        let fit_underground = underground.clone().into_iter().map(|mut node| {
            node.fit.yes |= hazard;
            node.id = format!("fit{}", node.id).parse().unwrap();
            node
        });
        let dry = [node("up", 70, fit(hazard)), node("maybe", 80, |_| ())];
        let nodes: Vec<Node> = underground.clone().into_iter().chain(fit_underground).chain(dry).collect();
        let all_open: Vec<(String, StatusView)> = nodes.iter().map(|node| (node.id.to_string(), open())).collect();
        let all_open: Vec<(&str, StatusView)> = all_open.iter().map(|(id, status)| (id.as_str(), *status)).collect();
        assert_eq!(list(nodes.clone(), from(hazard), &[]), "Fit: up; FitnessUnknown: maybe");
        assert_eq!(list(nodes, from(hazard), &all_open), "Fit+: up; FitnessUnknown+: maybe");
    }
}

#[test]
fn citizens_see_what_is_on_approach_only_from_near_and_what_is_for_staff_never() {
    let staff = node("staff", 10, |node| node.exposure = Exposure::Staff);
    let near = node("near", 1_990, |node| node.exposure = Exposure::OnApproach);
    let far = node("far", 2_010, |node| node.exposure = Exposure::OnApproach);
    let nodes = vec![staff, near, far];
    assert_eq!(list(nodes.clone(), Query::default(), &[]), "Shelter: near");
    assert_eq!(list(nodes, Query::default(), &[("staff", open()), ("far", open())]), "Shelter: near");
}

#[test]
fn needs_are_met_by_what_is_known_only_and_news_outdoes_the_registry() {
    let with = |id, metres| node(id, metres, |node| node.offers.yes |= Offer::Water);
    let nodes = vec![node("dunno", 10, |_| ()), with("yes", 20), with("dry", 30), node("now", 40, |_| ()), with("lied", 50)];
    let water = EnumSet::only(Offer::Water);
    let dry = StatusView { offers: Facts { no: water, ..Facts::default() }, ..open() };
    let now = StatusView { offers: Facts { yes: water, ..Facts::default() }, ..open() };
    let query = Query { needs: water, ..Query::default() };
    let statuses = [("dry", dry), ("now", now), ("lied", StatusView { verified: false, ..dry })];
    assert_eq!(list(nodes, query, &statuses), "Shelter+: now; Shelter: yes lied");
}

#[test]
fn one_kind_of_refuge_can_be_asked_for() {
    let nodes = || vec![bunker("b", 100), store("s", 200), node("d", 300, |_| ())];
    let only = |refuge| Query { refuge: Some(refuge), ..Query::default() };
    assert_eq!(list(nodes(), only(Refuge::AirRaidShelter), &[]), "AirRaid: b");
    assert_eq!(list(nodes(), only(Refuge::DisasterShelter), &[]), "Shelter: d");
}

#[test]
fn a_hit_says_how_far_and_which_way() {
    let directory = Directory::new(vec![node("n", 1_000, |_| ())]);
    let groups = directory.search(HERE, &Query::default(), &BTreeMap::new(), 5);
    let hit = groups[0].hits[0];
    assert_eq!((hit.bearing, hit.distance.0.abs_diff(1_000) < 3, hit.status), (0, true, None));
    assert_eq!(directory.get(&"n".parse().unwrap()).map(|node| node.name.en.as_str()), Some("n"));
    assert!(Directory::new(Vec::new()).search(HERE, &Query::default(), &BTreeMap::new(), 5).is_empty());
}

#[test]
fn a_node_is_found_by_its_identifier_and_of_two_the_first() {
    let nodes = ["c", "a", "b", "a"].into_iter().zip([10, 20, 30, 40]).map(|(id, metres)| store(id, metres));
    let directory = Directory::new(nodes.collect());
    let found = |id: &str| directory.get(&id.parse().unwrap()).map(|node| (node.place.lat_e7 - HERE.lat_e7) / 90);
    assert_eq!(["a", "b", "c", "0", "aa", "d"].map(found), [Some(20), Some(30), Some(10), None, None, None]);
    assert!(Directory::new(Vec::new()).get(&"a".parse().unwrap()).is_none());
}

#[test]
fn nearest_are_all_that_pass_in_order_of_distance() {
    let nodes = [("far", 900), ("near", 100), ("same", 500), ("twin", 500), ("not", 50)].map(|(id, metres)| store(id, metres));
    let mut draft = DirectoryDraft::new(nodes.to_vec());
    let directory = loop {
        match draft.step(2) {
            ControlFlow::Break(directory) => break directory,
            ControlFlow::Continue(more) => draft = more,
        }
    };
    let found = directory.nearest(HERE, |node| node.id.as_str() != "not").map(|node| node.id.as_str());
    assert_eq!(found.collect::<Vec<_>>(), ["near", "same", "twin", "far"]);
}

/// What offers water is the nearest shelters, so many, and a store at the end of a long street of stores without.
#[test]
fn later_groups_end_where_it_is_a_long_walk_unless_the_first_is_still_wanting() {
    let water = |mut node: Node| {
        node.offers.yes |= Offer::Water;
        node
    };
    let street = |shelters: i32, stores: i32| {
        let near = (0..shelters).map(|n| water(node(&format!("w{n}"), n, |_| ())));
        let dry = (0..stores).map(|n| store(&format!("d{n}"), 100 + n));
        near.chain(dry).chain([water(store("end", 100 + stores))]).collect::<Vec<Node>>()
    };
    let query = Query { needs: EnumSet::only(Offer::Water), ..Query::default() };
    let end = |shelters, stores| list(street(shelters, stores), query, &[]).ends_with("Place: end");
    assert!(end(9, 3_000));
    assert!(!end(10, 3_000));
    // Whatever is looked at counts, wanted or not.
    let others = LONGEST_LOOK as i32 - 10;
    assert!(end(10, others - 1));
    assert!(!end(10, others));
}

/// Nodes all around with all kinds of properties.
fn worlds() -> impl Strategy<Value = (Vec<Node>, BTreeMap<NodeId, StatusView>)> {
    let one = (-300_000i32..300_000, -300_000i32..300_000, 0u8..4, 0u8..3, 0u8..6, 0usize..12, 0u32..16);
    proptest::collection::vec(one, 0..120).prop_map(|rows| {
        let mut statuses = BTreeMap::new();
        let nodes = rows.into_iter().enumerate().map(|(n, (lat, lon, refuge, exposure, fit, state, offers))| {
            let id = format!("n{n}");
            if let Some(&state) = NodeState::ALL.get(state) {
                // Some say otherwise than the registry.
                let offers = Facts { yes: EnumSet::from_u32_truncated(offers ^ (n as u32 & 3)), ..Facts::default() };
                statuses.insert(id.parse().unwrap(), StatusView { offers, ..said(state) });
            }
            node(&id, 0, |node| {
                node.place = Place { lat_e7: HERE.lat_e7 + lat, lon_e7: HERE.lon_e7 + lon };
                node.refuge = EnumSet::<Refuge>::all().into_iter().filter(|&kind| refuge >> (kind as u8) & 1 == 1).collect();
                node.exposure = [Exposure::Public, Exposure::OnApproach, Exposure::Staff][usize::from(exposure)];
                node.fit.yes = [EnumSet::all(), EnumSet::empty()][usize::from(fit % 2)];
                (node.offers.yes, node.offers.no) = (EnumSet::from_u32_truncated(offers), EnumSet::from_u32_truncated(offers >> 3));
                node.fit.no = [EnumSet::empty(), EnumSet::empty(), EnumSet::all()][usize::from(fit % 3)];
            })
        });
        (nodes.collect(), statuses)
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn the_index_finds_what_a_scan_of_all_nodes_finds(
        (nodes, statuses) in worlds(), hazard in 0usize..8, open_only: bool, limit in 1usize..8, needs in 0u32..4, refuge in 0usize..4,
    ) {
        let hazard = EnumSet::<Hazard>::all().iter().nth(hazard);
        let refuge = EnumSet::<Refuge>::all().iter().nth(refuge);
        let query = Query { hazard, open_only, needs: EnumSet::from_u32_truncated(needs), refuge, ..Query::default() };
        let mut scan: Vec<Vec<(Metres, usize)>> = vec![Vec::new(); query.order().len()];
        for (at, node) in nodes.iter().enumerate() {
            let (status, distance) = (statuses.get(&node.id), measure(HERE, node.place).0);
            if let Some(group) = query.group(node, distance, status).filter(|_| query.wants(node, status)) {
                scan[group].push((distance, at));
            }
        }
        let found = Directory::new(nodes).search(HERE, &query, &statuses, limit);
        let mut found = found.iter();
        for (mut hits, &(section, open)) in scan.into_iter().zip(query.order()) {
            hits.sort();
            hits.truncate(limit);
            if !hits.is_empty() {
                let group = found.next().unwrap();
                prop_assert_eq!((group.section, group.open), (section, open));
                // Whole metres may be equal where the index knows which is nearer.
                let distances = |hits: &mut dyn Iterator<Item = Metres>| hits.collect::<Vec<_>>();
                prop_assert_eq!(distances(&mut group.hits.iter().map(|hit| hit.distance)), distances(&mut hits.iter().map(|hit| hit.0)));
            }
        }
        prop_assert!(found.next().is_none());
    }
    #[test]
    fn tags_keep_nothing_back_that_is_wanted((nodes, _) in worlds(), needs in 0u32..16, refuge in 0usize..4) {
        let refuge = EnumSet::<Refuge>::all().iter().nth(refuge);
        let query = Query { needs: EnumSet::from_u32_truncated(needs), refuge, ..Query::default() };
        let directory = Directory::new(nodes);
        let all = directory.nearest(HERE, |node| query.wants(node, None)).map(|node| node.id.as_str());
        let wanted = directory.wanted(HERE, &query).map(|near| directory.nodes()[near.at].id.as_str());
        prop_assert_eq!(wanted.collect::<Vec<_>>(), all.collect::<Vec<_>>());
    }
}
