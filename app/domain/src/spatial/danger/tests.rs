//! Tests of the fold over declared areas, of what they do to ways, and of how outlines are written.

use super::outline::Ring;
use super::parcel::{MOST_EVENTS, ROOM, parcels};
use super::*;
use crate::event::{Core, Event, LONGEST_CORE, Mode};
use crate::fold::tests::{SCENE, UNVERIFIED, judged, shuffled, verified};
use crate::id::CheckWord;
use crate::personnel::trust::Verdict;
use crate::spatial::area::{Class, Depth};
use crate::spatial::nearest::measure;
use crate::unit::Metres;
use proptest::prelude::*;

const MIDDLE: Place = Place { lat_e7: 250_000_000, lon_e7: 1_215_000_000 };
const FLOOD: Threat = Threat { hazard: Hazard::Flood, class: Class(1), depth: None };

fn declares(condition: Condition, until: Option<u64>, continues: Option<EventId>) -> AreaDeclared {
    let outlines = vec![Outline::circle(MIDDLE, Metres(50)).unwrap()];
    AreaDeclared { title: "South Bridge".to_owned(), condition, until: until.map(Millis), continues, outlines }
}

fn closed(until: Option<u64>) -> Body {
    Body::AreaDeclared(declares(Condition::Closed, until, None))
}

fn withdraws(judged: &Judged) -> Body {
    Body::AreaWithdrawn(AreaWithdrawn { area: judged.event.id })
}

/// `judged` with its core changed.
fn changed(judged: &Judged, change: impl FnOnce(&mut Core)) -> Judged {
    let mut core = judged.event.core.clone();
    change(&mut core);
    Judged { event: Event::from_parts(core.to_bytes().unwrap(), [0; 64]).unwrap(), verdict: judged.verdict }
}

fn standing(events: &[&Judged], now: u64) -> Vec<EventId> {
    areas(events.iter().copied(), SCENE).iter().filter(|area| area.stands(Millis(now))).map(|area| area.said.id).collect()
}

#[test]
fn an_area_stands_until_it_is_over_or_withdrawn() {
    let (open, short) = (verified(1, 10, closed(None)), verified(1, 11, closed(Some(100))));
    assert_eq!(standing(&[&open, &short], 99), [open.event.id, short.event.id]);
    assert_eq!(standing(&[&open, &short], 100), [open.event.id]);
    let withdrawn = verified(2, 50, withdraws(&open));
    assert_eq!(standing(&[&open, &short, &withdrawn], 60), [short.event.id]);
    assert_eq!(areas([&withdrawn, &open], SCENE)[0].withdrawn.as_ref().map(|by| by.id), Some(withdrawn.event.id));
    // Whoever comes late sees the same, and what was never declared was not withdrawn.
    assert_eq!((standing(&[&withdrawn, &open], 60), areas([&withdrawn], SCENE)), (vec![], vec![]));
}

#[test]
fn who_is_not_entitled_neither_declares_nor_withdraws() {
    let open = verified(1, 10, closed(None));
    let stranger = judged(2, 11, UNVERIFIED, closed(None));
    let by_stranger = judged(2, 12, UNVERIFIED, withdraws(&open));
    let elsewhere = changed(&verified(3, 13, withdraws(&open)), |core| core.node = "s002".parse().unwrap());
    let drill = changed(&verified(3, 14, withdraws(&open)), |core| core.mode = Mode::Drill(CheckWord([1; 5])));
    assert_eq!(standing(&[&open, &stranger, &by_stranger, &elsewhere, &drill], 20), [open.event.id]);
}

#[test]
fn withdrawing_the_first_of_a_file_withdraws_all_of_it() {
    let first = verified(1, 10, closed(None));
    let more = |at| verified(1, at, Body::AreaDeclared(declares(Condition::Closed, None, Some(first.event.id))));
    let (second, third) = (more(11), more(12));
    let alone = verified(2, 20, withdraws(&second));
    assert_eq!(standing(&[&first, &second, &third, &alone], 30), [first.event.id, third.event.id]);
    let all = verified(2, 21, withdraws(&first));
    assert_eq!(standing(&[&first, &second, &third, &all], 30), []);
    assert_eq!(areas([&second], SCENE)[0].root(), first.event.id);
}

#[test]
fn what_can_not_be_drawn_or_shown_is_left_out() {
    let bad = |change: fn(&mut AreaDeclared)| {
        let mut declared = declares(Condition::Closed, None, None);
        change(&mut declared);
        areas([&verified(1, 10, Body::AreaDeclared(declared))], SCENE).len()
    };
    assert_eq!(bad(|_| ()), 1);
    assert_eq!(bad(|declared| declared.title = "長".repeat(LONGEST_TITLE)), 1);
    assert_eq!(bad(|declared| declared.title = "長".repeat(LONGEST_TITLE + 1)), 0);
    assert_eq!(bad(|declared| declared.title = "one\nother".to_owned()), 0);
    assert_eq!(bad(|declared| declared.outlines.clear()), 0);
    assert_eq!(bad(|declared| declared.outlines[0].rings.clear()), 0);
    assert_eq!(bad(|declared| declared.outlines[0].rings[0].steps.truncate(1)), 0);
    assert_eq!(bad(|declared| declared.outlines[0].rings[0].steps[3].0 = i32::MAX), 0);
    assert_eq!(bad(|declared| declared.outlines[0].rings[0].first.lat_e7 = 900_000_001), 0);
    assert_eq!(title_of("  one\nother \u{7}"), "one other");
    assert!(is_title(&title_of(&"長い ".repeat(LONGEST_TITLE))));
}

#[test]
fn what_is_so_now_hinders_everybody_and_what_is_expected_those_who_flee_from_it() {
    let deep = Threat { depth: Some(Depth { from_mm: 300, to_mm: None }), ..FLOOD };
    let rows = [
        (Condition::Closed, None, Some(Passage::Closed)),
        (Condition::Closed, Some(Hazard::Blackout), Some(Passage::Closed)),
        (Condition::Present(deep), None, Some(Passage::Closed)),
        (Condition::Present(deep), Some(Hazard::Earthquake), Some(Passage::Closed)),
        (Condition::Present(FLOOD), None, Some(FLOOD.passage())),
        (Condition::Expected(deep), None, None),
        (Condition::Expected(deep), Some(Hazard::Earthquake), None),
        (Condition::Expected(deep), Some(Hazard::Flood), Some(Passage::Closed)),
        (Condition::Expected(FLOOD), Some(Hazard::Flood), Some(FLOOD.passage())),
    ];
    for (condition, feared, expected) in rows {
        assert_eq!(condition.passage(feared), expected, "{condition:?}, {feared:?}");
    }
    assert!(matches!(FLOOD.passage(), Passage::Dearer(_)));
}

#[test]
fn a_circle_is_as_wide_as_it_says_and_has_its_middle() {
    for metres in [10, 25, 50, 500] {
        let area = areas([&verified(1, 10, closed(None))], SCENE).remove(0);
        assert_eq!((area.has(MIDDLE), area.middle()), (true, Some(MIDDLE)));
        let rings = Outline::circle(MIDDLE, Metres(metres)).unwrap().rings().unwrap();
        for corner in &rings[0] {
            let away = measure(MIDDLE, *corner).0.0;
            assert!(away.abs_diff(metres) <= 1, "{away} m for {metres} m");
        }
    }
    assert_eq!(Outline::circle(Place { lat_e7: 900_000_000, lon_e7: 0 }, Metres(50)), None);
}

#[test]
fn a_full_event_still_fits_into_a_core() {
    let corner = |number: i32| Place { lat_e7: -300_000_000 + number * 20_000, lon_e7: 1_200_000_000 + number % 2 * 20_000 };
    let ring = |corners: i32| Outline::of(&[(0..corners).map(corner).collect()]).unwrap();
    let outlines = vec![ring(400); 9];
    let made = parcels(outlines.clone());
    assert_eq!(made.concat(), outlines);
    assert!((3..=9).contains(&made.len()) && made.len() <= MOST_EVENTS);
    for outlines in made {
        let threat = Threat { hazard: Hazard::Tsunami, class: Class(3), depth: Some(Depth { from_mm: u32::MAX, to_mm: Some(u32::MAX) }) };
        let title = "𠮷".repeat(LONGEST_TITLE);
        let declared = AreaDeclared {
            title,
            condition: Condition::Expected(threat),
            until: Some(Millis(u64::MAX)),
            continues: Some(EventId([7; 32])),
            outlines,
        };
        let event = verified(1, 1 << 47, Body::AreaDeclared(declared));
        assert!(event.event.core_bytes().len() <= LONGEST_CORE, "{}", event.event.core_bytes().len());
    }
    // One that has no room anywhere is left out, and takes no other with it.
    let huge = ring(3_000);
    assert!(postcard::to_allocvec(&huge).unwrap().len() > ROOM);
    assert_eq!(parcels(vec![ring(5), huge, ring(6)]), [[ring(5), ring(6)]]);
}

/// Declarations and withdrawals at two nodes, by who may and who may not.
fn histories() -> impl Strategy<Value = Vec<Judged>> {
    let row = (1u8..4, 1u64..40, 0u8..5, any::<bool>(), 0u64..60, any::<prop::sample::Index>());
    proptest::collection::vec(row, 1..14).prop_map(|rows| {
        let mut events: Vec<Judged> = Vec::new();
        for (phone, time, what, sure, until, target) in rows {
            let verdict = if sure { Verdict::Verified } else { UNVERIFIED };
            let chosen = (!events.is_empty()).then(|| target.index(events.len()));
            let body = match (what, chosen) {
                (0 | 1, _) | (_, None) => closed((until > 20).then_some(until)),
                (2, Some(at)) => Body::AreaDeclared(declares(Condition::Present(FLOOD), None, Some(events[at].event.id))),
                (_, Some(at)) => withdraws(&events[at]),
            };
            let node = if phone == 3 { "s002" } else { "s001" };
            let event = changed(&judged(phone, time, verdict, body), |core| core.node = node.parse().unwrap());
            if events.iter().all(|known| known.event.id != event.event.id) {
                events.push(event);
            }
        }
        events
    })
}

/// Outlines that can be drawn.
fn rings() -> impl Strategy<Value = Rings> {
    let place = (-900_000_000..=900_000_000, -1_800_000_000..=1_800_000_000).prop_map(|(lat_e7, lon_e7)| Place { lat_e7, lon_e7 });
    proptest::collection::vec(proptest::collection::vec(place, 3..9), 1..4)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]
    #[test]
    fn any_order_and_any_repetition_give_the_same((events, mixed) in histories().prop_flat_map(|e| (Just(e.clone()), shuffled(e)))) {
        prop_assert_eq!(areas(&events, SCENE), areas(&mixed, SCENE));
    }

    #[test]
    fn what_nobody_vouches_for_changes_nothing(events in histories()) {
        let vouched: Vec<&Judged> = events.iter().filter(|judged| judged.verdict == Verdict::Verified).collect();
        prop_assert_eq!(areas(&events, SCENE), areas(vouched, SCENE));
    }

    #[test]
    fn an_outline_reads_back_as_it_was_written(rings in rings()) {
        match Outline::of(&rings) {
            Some(outline) => {
                prop_assert_eq!(outline.corners(), rings.iter().map(Vec::len).sum::<usize>());
                prop_assert_eq!(outline.rings(), Some(rings));
            }
            // From one side of the globe to the other in one step.
            None => prop_assert!(rings.iter().any(|ring| ring.windows(2).any(|pair| pair[0].lon_e7.checked_sub(pair[1].lon_e7).is_none()))),
        }
    }

    #[test]
    fn any_steps_are_read_without_harm(lat_e7: i32, lon_e7: i32, steps: Vec<(i32, i32)>) {
        if let Some(places) = (Ring { first: Place { lat_e7, lon_e7 }, steps }).places() {
            prop_assert!(places.iter().all(|place| place.is_on_globe()));
        }
    }
}
