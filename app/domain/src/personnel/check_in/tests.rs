//! Tests of the fold over check-ins.

use super::*;
use crate::fold::tests::{SCENE, UNVERIFIED, judged, shuffled, verified};
use crate::personnel::trust::Verdict;
use proptest::prelude::*;

fn enter(subject: Subject, duty: Duty, corrects: Option<&Judged>) -> Body {
    let corrects = corrects.map(|judged| judged.event.id);
    Body::CheckIn(CheckIn { subject, duty, skills: EnumSet::only(Skill::Radio), corrects })
}

fn leave(check_in: &Judged) -> Body {
    Body::CheckOut(CheckOut { check_in: check_in.event.id })
}

/// What the people on duty at the only node do.
fn duties(events: &[&Judged]) -> Vec<Duty> {
    let present = presence(events.iter().copied(), SCENE).into_values().flatten();
    present.map(|presence| presence.view(Millis(1_000)).unwrap().first.statement.value.duty).collect()
}

#[test]
fn who_checked_in_and_not_out_is_there_with_all_that_was_said() {
    let lead = verified(1, 10, enter(Subject::Myself, Duty::Lead, None));
    let walk_up = verified(1, 20, enter(Subject::WalkUp, Duty::General, None));
    let gone = verified(2, 15, enter(Subject::Myself, Duty::Supplies, None));
    let out = verified(1, 30, leave(&gone));
    let events = [&lead, &walk_up, &gone, &out];
    assert_eq!(duties(&events), [Duty::Lead, Duty::General]);
    let present = presence(events, SCENE).remove(&"s001".parse().unwrap()).unwrap();
    assert_eq!((present[1].check_in, present[1].since), (walk_up.event.id, Millis(20)));
    assert_eq!(present[1].current[0].value.skills, EnumSet::only(Skill::Radio));
    let count = HeadCount::of(&present, Millis(1_000));
    assert_eq!((count.total, count.verified, count.by_duty[&Duty::Lead]), (2, 2, 1));
}

#[test]
fn a_correction_changes_the_duty_and_not_the_head_count() {
    let first = verified(1, 10, enter(Subject::Myself, Duty::General, None));
    let second = verified(2, 20, enter(Subject::Myself, Duty::FirstAid, Some(&first)));
    let third = verified(1, 30, enter(Subject::Myself, Duty::Lead, Some(&second)));
    assert_eq!(duties(&[&first, &second, &third]), [Duty::Lead]);
    // What is corrected has not come yet: the correction is whole in itself.
    assert_eq!(duties(&[&third]), [Duty::Lead]);
    // A check-out of any of them ends it.
    for named in [&first, &second, &third] {
        assert_eq!(duties(&[&first, &second, &third, &verified(2, 40, leave(named))]), []);
    }
}

#[test]
fn concurrent_corrections_are_one_person_with_both_kept() {
    let first = verified(1, 10, enter(Subject::WalkUp, Duty::General, None));
    let a = verified(2, 30, enter(Subject::WalkUp, Duty::Reception, Some(&first)));
    let b = verified(3, 20, enter(Subject::WalkUp, Duty::Supplies, Some(&first)));
    let present = presence([&first, &a, &b], SCENE).into_values().flatten().collect::<Vec<_>>();
    assert_eq!(present.len(), 1);
    let view = present[0].view(Millis(1_000)).unwrap();
    assert_eq!((view.first.statement.value.duty, view.others.len()), (Duty::Reception, 1));
}

#[test]
fn who_checks_in_twice_is_there_once() {
    let yesterday = verified(1, 10, enter(Subject::Myself, Duty::General, None));
    let today = verified(1, 50, enter(Subject::Myself, Duty::Lead, None));
    assert_eq!(duties(&[&yesterday, &today]), [Duty::Lead]);
    assert_eq!(duties(&[&yesterday, &today, &verified(1, 60, leave(&today))]), []);
    let walk_ups = [10, 50].map(|at| verified(1, at, enter(Subject::WalkUp, Duty::General, None)));
    assert_eq!(duties(&[&walk_ups[0], &walk_ups[1]]).len(), 2);
}

#[test]
fn a_stranger_neither_ends_nor_corrects_what_is_verified() {
    let lead = verified(1, 10, enter(Subject::Myself, Duty::Lead, None));
    let out = judged(2, 20, UNVERIFIED, leave(&lead));
    let change = judged(2, 20, UNVERIFIED, enter(Subject::WalkUp, Duty::General, Some(&lead)));
    assert_eq!(duties(&[&lead, &out, &change]), [Duty::Lead]);
    let stranger = judged(2, 30, UNVERIFIED, enter(Subject::Myself, Duty::General, None));
    let present: Vec<_> = presence([&lead, &stranger], SCENE).into_values().flatten().collect();
    let count = HeadCount::of(&present, Millis(1_000));
    assert_eq!((count.total, count.verified), (2, 1));
    assert_eq!(duties(&[&judged(3, 1, Verdict::Broken, enter(Subject::Myself, Duty::Lead, None))]), []);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn any_order_and_any_repetition_give_the_same((events, mixed) in histories().prop_flat_map(|e| (Just(e.clone()), shuffled(e)))) {
        prop_assert_eq!(presence(&mixed, SCENE), presence(&events, SCENE));
    }
}

fn histories() -> impl Strategy<Value = Vec<Judged>> {
    proptest::collection::vec((1u8..4, 1u64..40, 0u8..4, any::<bool>(), any::<prop::sample::Index>()), 1..9).prop_map(|rows| {
        let mut events: Vec<Judged> = Vec::new();
        for (seed, at, what, sure, target) in rows {
            let target = (!events.is_empty()).then(|| target.get(&events).clone());
            let subject = if at % 2 == 0 { Subject::Myself } else { Subject::WalkUp };
            let body = match (what, &target) {
                (0, Some(target)) => leave(target),
                (1, Some(target)) => enter(subject, Duty::Lead, Some(target)),
                _ => enter(subject, Duty::General, None),
            };
            let event = judged(seed, at, if sure { Verdict::Verified } else { UNVERIFIED }, body);
            if events.iter().all(|known| known.event.id != event.event.id) {
                events.push(event);
            }
        }
        events
    })
}
