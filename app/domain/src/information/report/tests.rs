//! Tests of the fold over reports.

use super::*;
use crate::fold::tests::{SCENE, UNVERIFIED, judged, shuffled, verified};
use crate::personnel::trust::Verdict;
use proptest::prelude::*;

fn report(urgency: Urgency, present: u32, corrects: Option<&Judged>) -> Body {
    let people = Some(PeopleCount { present: Some(present), ..PeopleCount::default() });
    let corrects = corrects.map(|judged| judged.event.id);
    Body::Report(Report { urgency, situation: None, people, needs: Vec::new(), dangers: EnumSet::empty(), corrects })
}

/// The numbers of people present, in the order of the list.
fn list(events: &[&Judged], now: u64) -> Vec<u32> {
    let reports = reports(events.iter().copied(), SCENE);
    let listed = listed(&reports, Millis(now));
    listed.iter().map(|(_, view)| view.first.statement.value.people.unwrap().present.unwrap()).collect()
}

#[test]
fn the_most_urgent_lead_then_the_newest() {
    let routine = verified(1, 30, report(Urgency::Routine, 1, None));
    let old = verified(1, 10, report(Urgency::Immediate, 2, None));
    let new = verified(2, 20, report(Urgency::Immediate, 3, None));
    let soon = verified(2, 40, report(Urgency::Soon, 4, None));
    let ahead = verified(3, 10 + 2 * crate::clock::TOLERANCE, report(Urgency::Immediate, 5, None));
    assert_eq!(list(&[&routine, &old, &new, &soon, &ahead], 50), [3, 2, 5, 4, 1]);
}

#[test]
fn a_correction_takes_the_place_of_what_it_corrects() {
    let first = verified(1, 10, report(Urgency::Immediate, 1, None));
    let second = verified(1, 20, report(Urgency::Routine, 2, Some(&first)));
    assert_eq!(list(&[&second, &first], 50), [2]);
    let thread = &reports([&second, &first], SCENE)[0];
    assert_eq!((thread.root, thread.members.len()), (first.event.id, 2));
    let other = verified(2, 30, report(Urgency::Routine, 3, Some(&first)));
    let all = [first, second, other];
    let reports = reports(&all, SCENE);
    assert_eq!((reports.len(), reports[0].current.len()), (1, 2));
}

#[test]
fn a_strangers_correction_stands_beside_what_is_verified() {
    let first = verified(1, 10, report(Urgency::Soon, 1, None));
    let change = judged(2, 20, UNVERIFIED, report(Urgency::Soon, 2, Some(&first)));
    assert_eq!(list(&[&first, &change], 50), [2, 1]);
    let broken = judged(2, 30, Verdict::Broken, report(Urgency::Soon, 3, Some(&first)));
    assert_eq!(list(&[&first, &broken], 50), [1]);
}

fn histories() -> impl Strategy<Value = Vec<Judged>> {
    proptest::collection::vec((1u8..4, 1u64..40, 0u32..3, any::<bool>(), any::<prop::sample::Index>()), 1..9).prop_map(|rows| {
        let mut events: Vec<Judged> = Vec::new();
        for (seed, at, present, sure, target) in rows {
            let target = (!events.is_empty() && at % 3 > 0).then(|| target.get(&events).clone());
            let verdict = if sure { Verdict::Verified } else { UNVERIFIED };
            let event = judged(seed, at, verdict, report(Urgency::Soon, present, target.as_ref()));
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
    fn any_order_and_any_repetition_give_the_same((events, mixed) in histories().prop_flat_map(|e| (Just(e.clone()), shuffled(e)))) {
        let (mixed, events) = (reports(&mixed, SCENE), reports(&events, SCENE));
        prop_assert_eq!(&mixed, &events);
        prop_assert_eq!(listed(&mixed, Millis(100)), listed(&events, Millis(100)));
    }
}
