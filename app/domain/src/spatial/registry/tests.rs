//! Tests of the fold over corrections, of what it lays over entries, and of the public document.

use super::document::Agreement;
use super::overlay::lay_over;
use super::*;
use crate::event::tests::{core, sign};
use crate::event::{Core, Event, Mode};
use crate::fold::tests::{SCENE, UNVERIFIED, judged, shuffled, verified};
use crate::governance::Standing;
use crate::id::CheckWord;
use crate::personnel::trust::Verdict;
use crate::spatial::hazard::Hazard;
use crate::spatial::node::{Facts, Known, Node, NodeKind, Offer};
use proptest::prelude::*;

fn says(wrong: Wrong) -> Body {
    Body::PlaceCorrection(PlaceCorrection { wrong })
}

fn settles(correction: &Judged, settlement: Settlement) -> Body {
    Body::CorrectionSettled(CorrectionSettled { correction: correction.event.id, settlement })
}

fn at(lat_e7: i32) -> Place {
    Place { lat_e7, lon_e7: 1_215_000_000 }
}

/// `judged`, about another node.
fn about(judged: &Judged, node: &str) -> Judged {
    let core = Core { node: node.parse().unwrap(), ..judged.event.core.clone() };
    Judged { event: Event::from_parts(core.to_bytes().unwrap(), [0; 64]).unwrap(), verdict: judged.verdict }
}

fn node(id: &str) -> Node {
    let facts = Facts { yes: Hazard::Earthquake.into(), no: Hazard::Flood.into() };
    let offers = Facts { yes: Offer::StepFree | Offer::Water, no: Default::default() };
    Node {
        id: id.parse().unwrap(),
        name: Default::default(),
        kind: NodeKind::School,
        standing: Standing::Agreed,
        refuge: Default::default(),
        place: at(250_000_000),
        address: Default::default(),
        level: Default::default(),
        capacity: None,
        offers,
        fit: Default::default(),
        risk: facts,
        infrastructure: Default::default(),
        look_for: Default::default(),
        hours: Default::default(),
        exposure: Default::default(),
        layer: 0,
    }
}

fn end_of(registry: &Registry, node: &str) -> Option<End> {
    Some(registry.agreed.get(&node.parse().unwrap())?.end.clone()?.value)
}

#[test]
fn a_correction_is_open_until_somebody_entitled_settles_it() {
    let said = judged(1, 10, UNVERIFIED, says(Wrong::Closed));
    let by_nobody = judged(2, 20, UNVERIFIED, settles(&said, Settlement::Accepted));
    let open = registry([&said, &by_nobody], SCENE);
    assert_eq!((open.open.len(), open.settled.len(), open.agreed.len(), open.public.len()), (1, 0, 0, 0));
    let accepted = verified(3, 30, settles(&said, Settlement::Accepted));
    let agreed = registry([&accepted, &by_nobody, &said], SCENE);
    assert_eq!((agreed.open.len(), end_of(&agreed, "s001")), (0, Some(End::Closed)));
    assert_eq!(agreed.public, BTreeSet::from([accepted.event.id]));
    // Before the correction itself is known, there is nothing to settle.
    assert_eq!(registry([&accepted], SCENE), Registry::default());
}

#[test]
fn what_was_declined_stays_unsaid_and_what_is_declined_later_is_taken_back_before_everybody() {
    let said = verified(1, 10, says(Wrong::Closed));
    let declined = verified(2, 20, settles(&said, Settlement::Declined));
    let first = registry([&said, &declined], SCENE);
    assert_eq!((first.settled.len(), first.agreed.len(), first.public.len()), (1, 0, 0));
    let accepted = verified(2, 30, settles(&said, Settlement::Accepted));
    assert_eq!(end_of(&registry([&said, &declined, &accepted], SCENE), "s001"), Some(End::Closed));
    let back = verified(3, 40, settles(&said, Settlement::Declined));
    let last = registry([&said, &declined, &accepted, &back], SCENE);
    assert_eq!((end_of(&last, "s001"), last.public), (None, BTreeSet::from([back.event.id])));
}

#[test]
fn the_last_accepted_wins_field_by_field() {
    let moves = [11, 12].map(|to| verified(1, to, says(Wrong::Moved(at(to as i32)))));
    let steps = verified(1, 13, says(Wrong::NotStepFree));
    // The later correction is accepted first.
    let accepted = [(&moves[1], 20), (&steps, 21), (&moves[0], 22)].map(|(said, at)| verified(2, at, settles(said, Settlement::Accepted)));
    let registry = registry(moves.iter().chain([&steps]).chain(&accepted), SCENE);
    let agreed = &registry.agreed[&"s001".parse().unwrap()];
    assert_eq!(agreed.place.as_ref().map(|change| (change.value, change.correction)), Some((at(11), moves[0].event.id)));
    assert_eq!(agreed.step_free.as_ref().map(|change| change.value), Some(false));
    let shown = lay_over([node("s001")], &registry.agreed).nodes.remove(0);
    assert_eq!((shown.place, shown.offers.of(Offer::StepFree), shown.offers.of(Offer::Water)), (at(11), Known::No, Known::Yes));
    // What is known of the old ground says nothing good of the new one.
    assert_eq!((shown.risk.of(Hazard::Flood), shown.risk.of(Hazard::Earthquake)), (Known::Unknown, Known::Yes));
}

#[test]
fn an_exercise_and_another_nodes_settlement_change_nothing() {
    let said = verified(1, 10, says(Wrong::Closed));
    let elsewhere = about(&verified(2, 20, settles(&said, Settlement::Accepted)), "s002");
    let drill = Core { mode: Mode::Drill(CheckWord([1; 5])), ..verified(2, 20, settles(&said, Settlement::Accepted)).event.core };
    let drill = Judged { event: Event::from_parts(drill.to_bytes().unwrap(), [0; 64]).unwrap(), verdict: Verdict::Verified };
    let registry = registry([&said, &elsewhere, &drill], SCENE);
    assert_eq!((registry.open.len(), registry.agreed.len()), (1, 0));
}

#[test]
fn a_place_off_the_globe_and_a_ring_of_duplicates_are_not_laid_over() {
    let same = |from: &str, to: &str, time| about(&verified(1, time, says(Wrong::DuplicateOf(to.parse().unwrap()))), from);
    let accept = |said: &Judged, time| about(&verified(2, time, settles(said, Settlement::Accepted)), said.event.core.node.as_str());
    let said = [same("a", "b", 1), same("b", "c", 2), same("c", "a", 3), same("d", "d", 4), same("e", "x", 5)];
    let far = verified(1, 6, says(Wrong::Moved(Place { lat_e7: i32::MAX, lon_e7: 0 })));
    let accepted: Vec<Judged> = said.iter().chain([&far]).zip(10..).map(|(said, time)| accept(said, time)).collect();
    let registry = registry(said.iter().chain([&far]).chain(&accepted), SCENE);
    let ends = |nodes: &[&str]| nodes.iter().map(|node| end_of(&registry, node).is_some()).collect::<Vec<_>>();
    assert_eq!(ends(&["a", "b", "c", "d", "e", "s001"]), [true, true, false, false, true, false]);
    let overlaid = lay_over(["a", "b", "c", "d", "e", "f"].map(node), &registry.agreed);
    let ids = |nodes: &[Node]| nodes.iter().map(|node| node.id.to_string()).collect::<BTreeSet<_>>();
    // There is no x here, so e is no duplicate of anything.
    assert_eq!(ids(&overlaid.nodes), ["c", "d", "e", "f"].map(str::to_owned).into());
    assert_eq!((overlaid.ended.len(), overlaid.before.len()), (2, 3));
}

fn agreement() -> Agreement {
    let correction = sign(&core(1, 1, 5_000, says(Wrong::Moved(at(3)))), 1);
    let body = CorrectionSettled { correction: correction.id, settlement: Settlement::Accepted };
    let settled = sign(&core(2, 1, 6_000, Body::CorrectionSettled(body)), 2);
    Agreement::of(settled, correction).unwrap()
}

#[test]
fn a_public_document_reads_back_and_one_that_was_changed_is_refused() {
    let (agreement, other) = (agreement(), sign(&core(1, 2, 5_000, says(Wrong::Closed)), 1));
    let document = agreement.document().unwrap();
    assert_eq!(Agreement::read(document.clone()).as_ref(), Ok(&agreement));
    assert!(agreement.settled.is_intact() && agreement.correction.is_intact());
    assert_eq!(Agreement::of(agreement.settled.clone(), other.clone()), None);
    let other = crate::text::to_base64url(other.core_bytes());
    let lies = [
        ("_id", format!("registry:s002:{}", agreement.settled.id)),
        ("_id", format!("event:seat-1:{}", agreement.settled.id)),
        ("type", "event".to_owned()),
        ("node", "s002".to_owned()),
        ("correction", other),
        ("correction", "A".repeat(20_000)),
        ("correction_sig", "AAAA".to_owned()),
        ("core", document["correction"].as_str().unwrap().to_owned()),
        ("more", String::new()),
    ];
    for (field, lie) in lies {
        let mut document = document.clone();
        document[field] = lie.into();
        assert!(Agreement::read(document).is_err(), "{field}");
    }
    for document in [serde_json::Value::Null, serde_json::json!([]), serde_json::json!({ "correction": 1 })] {
        assert!(Agreement::read(document).is_err());
    }
}

/// Corrections of three nodes, and settlements by who may and who may not, in any order of time.
fn histories() -> impl Strategy<Value = Vec<Judged>> {
    let row = (1u8..4, 1u64..40, 0u8..8, any::<bool>(), 0usize..3, any::<prop::sample::Index>());
    proptest::collection::vec(row, 1..14).prop_map(|rows| {
        let mut events: Vec<Judged> = Vec::new();
        for (phone, time, what, sure, to, target) in rows {
            let verdict = if sure { Verdict::Verified } else { UNVERIFIED };
            let names = ["a", "b", "c"];
            let said = |wrong| about(&judged(phone, time, verdict, says(wrong)), names[usize::from(phone) - 1]);
            let corrections: Vec<&Judged> =
                events.iter().filter(|judged| matches!(judged.event.core.body, Body::PlaceCorrection(_))).collect();
            let event = match what {
                0 => said(Wrong::Closed),
                1 => said(Wrong::DuplicateOf(names[to].parse().unwrap())),
                2 => said(Wrong::Moved(at(time as i32))),
                3 => said(if to == 0 { Wrong::StepFree } else { Wrong::NotStepFree }),
                _ if corrections.is_empty() => said(Wrong::Other),
                _ => {
                    let target = corrections[target.index(corrections.len())];
                    let settlement = if what < 7 { Settlement::Accepted } else { Settlement::Declined };
                    about(&judged(phone, time, verdict, settles(target, settlement)), target.event.core.node.as_str())
                }
            };
            if events.iter().all(|known| known.event.id != event.event.id) {
                events.push(event);
            }
        }
        events
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]
    #[test]
    fn any_order_and_any_repetition_give_the_same((events, mixed) in histories().prop_flat_map(|e| (Just(e.clone()), shuffled(e)))) {
        prop_assert_eq!(registry(&mixed, SCENE), registry(&events, SCENE));
    }

    #[test]
    fn what_is_public_is_all_that_everybody_needs(events in histories()) {
        let all = registry(&events, SCENE);
        let named: BTreeSet<EventId> = all.settled.iter().filter(|s| all.public.contains(&s.settled.id)).map(|s| s.correction.id).collect();
        let public = events.iter().filter(|judged| named.contains(&judged.event.id) || all.public.contains(&judged.event.id));
        prop_assert_eq!(registry(public, SCENE).agreed, all.agreed);
    }

    #[test]
    fn one_node_of_a_ring_is_left(events in histories()) {
        let ended = |name: &&str| end_of(&registry(&events, SCENE), name).is_some_and(|end| matches!(end, End::DuplicateOf(_)));
        prop_assert!(["a", "b", "c"].iter().any(|name| !ended(name)));
    }
}
