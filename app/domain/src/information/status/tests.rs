//! Tests of the fold over statuses.

use super::*;
use crate::event::Mode;
use crate::event::tests::{core, sign};
use crate::fold::tests::{SCENE, UNVERIFIED, judged, shuffled, verified};
use proptest::prelude::*;

fn status(state: NodeState, replaces: &[&Judged]) -> Body {
    let replaces = replaces.iter().map(|judged| judged.event.id.check_word()).collect();
    Body::NodeStatus(NodeStatus { state, offers: Facts::default(), replaces })
}

fn states(events: &[Judged]) -> Vec<NodeState> {
    let current = current(events, SCENE);
    current.into_values().flatten().map(|statement| statement.value.state).collect()
}

#[test]
fn who_has_seen_a_value_and_changes_it_wins_whatever_the_clocks_say() {
    let open = verified(1, 9_000, status(NodeState::Open, &[]));
    let full = verified(2, 1_000, status(NodeState::Full, &[&open]));
    assert_eq!(states(&[open, full]), [NodeState::Full]);
}

#[test]
fn concurrent_values_are_kept_in_the_order_of_clocks() {
    let open = verified(1, 9_000, status(NodeState::Open, &[]));
    let closed = verified(2, 1_000, status(NodeState::Closed, &[]));
    assert_eq!(states(&[open, closed]), [NodeState::Closed, NodeState::Open]);
}

#[test]
fn a_value_that_fewer_vouch_for_replaces_nothing_and_is_kept_beside() {
    let open = verified(1, 1_000, status(NodeState::Open, &[]));
    let lie = judged(2, 2_000, UNVERIFIED, status(NodeState::Closed, &[&open]));
    assert_eq!(states(&[open.clone(), lie.clone()]), [NodeState::Open, NodeState::Closed]);
    let mended = verified(1, 3_000, status(NodeState::Open, &[&open, &lie]));
    assert_eq!(states(&[open, lie, mended]), [NodeState::Open]);
}

#[test]
fn what_is_broken_neither_shows_nor_replaces_nor_hides_its_true_copy() {
    let open = verified(1, 1_000, status(NodeState::Open, &[]));
    let forged = judged(2, 2_000, Verdict::Broken, status(NodeState::Unsafe, &[&open]));
    let copy = Judged { verdict: Verdict::Broken, ..open.clone() };
    assert_eq!(states(&[copy.clone(), forged.clone(), open.clone(), copy]), [NodeState::Open]);
    assert_eq!(states(&[forged]), []);
}

#[test]
fn a_status_of_another_node_region_or_drill_has_no_say() {
    let open = verified(1, 1_000, status(NodeState::Open, &[]));
    let base = core(2, 1, 2_000, status(NodeState::Closed, &[&open]));
    let mut elsewhere = base.clone();
    elsewhere.node = "s002".parse().unwrap();
    let drill = crate::event::Core { mode: Mode::Drill(CheckWord([7; 5])), ..base.clone() };
    let abroad = crate::event::Core { region: crate::id::RegionId([2; 16]), ..base };
    let others = [elsewhere, drill, abroad].map(|core| Judged { event: sign(&core, 2), verdict: Verdict::Verified });
    let events: Vec<Judged> = [open].into_iter().chain(others).collect();
    let current = current(&events, SCENE);
    let here: Vec<_> = current[&"s001".parse().unwrap()].iter().map(|s| s.value.state).collect();
    assert_eq!((here, current.len()), (vec![NodeState::Open], 2));
}

#[test]
fn the_view_shows_a_verified_and_sane_value_and_says_what_else_there_is() {
    let now = Millis(10_000_000);
    let sane = verified(1, 9_000_000, status(NodeState::Open, &[]));
    let ahead = verified(2, now.0 + crate::clock::TOLERANCE + 1, status(NodeState::Closed, &[]));
    let stranger = judged(3, 9_500_000, UNVERIFIED, status(NodeState::Full, &[]));
    let cases = [
        (vec![&sane, &ahead, &stranger], NodeState::Open, false, 2),
        (vec![&ahead, &stranger], NodeState::Closed, true, 1),
        (vec![&stranger], NodeState::Full, false, 0),
    ];
    for (events, state, is_ahead, others) in cases {
        let current = current(events, SCENE);
        let view = StatusView::of(&current[&"s001".parse().unwrap()], now).unwrap();
        assert_eq!((view.state, view.ahead, view.others), (state, is_ahead, others));
    }
}

#[test]
fn only_fresh_and_vouched_news_is_known_to_be_open() {
    let open = |verdict, at| {
        let event = judged(1, at, verdict, status(NodeState::Open, &[]));
        views(&current([&event], SCENE), Millis(1_000 + FRESH)).into_values().next().unwrap()
    };
    assert!(open(Verdict::Verified, 1_000).is_known_open());
    assert!(!open(Verdict::Verified, 999).is_known_open());
    assert!(!open(UNVERIFIED, 1_000).is_known_open());
    let shut = judged(1, 1, Verdict::Verified, status(NodeState::Unsafe, &[]));
    assert!(views(&current([&shut], SCENE), Millis(9 * FRESH)).into_values().all(|view| view.is_known_shut()));
}

/// A history of statuses in which each may replace earlier ones.
fn histories() -> impl Strategy<Value = Vec<Judged>> {
    let one = (1u8..4, 1u64..50, 0usize..5, 0u8..3, any::<u8>());
    proptest::collection::vec(one, 1..8).prop_map(|rows| {
        let mut events: Vec<Judged> = Vec::new();
        for (seed, at, state, verdict, mask) in rows {
            let replaces: Vec<&Judged> = events.iter().enumerate().filter(|(n, _)| mask >> n & 1 == 1).map(|(_, e)| e).collect();
            let verdict = [Verdict::Verified, UNVERIFIED, Verdict::Broken][usize::from(verdict)];
            let event = judged(seed, at, verdict, status(NodeState::ALL[state], &replaces));
            if events.iter().all(|known| known.event.id != event.event.id) {
                events.push(event);
            }
        }
        events
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn any_order_and_any_repetition_give_the_same(
        (events, mixed) in histories().prop_flat_map(|events| (Just(events.clone()), shuffled(events)))
    ) {
        prop_assert_eq!(current(&mixed, SCENE), current(&events, SCENE));
    }

    #[test]
    fn something_is_left_wherever_something_stands(events in histories()) {
        let standing = events.iter().any(|judged| judged.verdict != Verdict::Broken);
        prop_assert_eq!(!states(&events).is_empty(), standing);
    }
}
