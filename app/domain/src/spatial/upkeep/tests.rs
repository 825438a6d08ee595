//! Tests of the fold over findings, of what counts of them, and of the spreadsheet.

use super::checklist::{CHECK_AGAIN, Checklist};
use super::sheet::{NodeSheet, csv};
use super::*;
use crate::event::{Core, Event, Mode};
use crate::fold::tests::{SCENE, UNVERIFIED, judged, shuffled, verified};
use crate::governance::Standing;
use crate::id::CheckWord;
use crate::personnel::trust::Verdict;
use proptest::prelude::*;
use std::cmp::Ordering;

const DAY: u64 = Millis::DAY;
/// Far from the beginning of all time, so that something can be years old.
const NOW: u64 = 10_000 * DAY;

fn found(item: Item, finding: Finding, days_ago: u16) -> Body {
    Body::PlaceChecked(PlaceChecked { item, finding, days_ago })
}

fn node() -> NodeId {
    "s001".parse().unwrap()
}

fn checklist(events: &[Judged]) -> Checklist {
    Checklist::of(findings(events, SCENE).get(&node()), Millis(NOW))
}

#[test]
fn what_is_said_last_counts_and_only_what_is_verified_is_met() {
    let events = [
        verified(1, NOW - 30, found(Item::Lighting, Finding::NotMet, 0)),
        verified(1, NOW - 20, found(Item::Lighting, Finding::Met, 3)),
        // A stranger says otherwise, later.
        judged(2, NOW - 10, UNVERIFIED, found(Item::Lighting, Finding::NotMet, 0)),
        judged(2, NOW - 10, UNVERIFIED, found(Item::Signage, Finding::Met, 0)),
        verified(1, NOW - 9, found(Item::Supplies, Finding::Partly, 0)),
        verified(1, NOW - 8, found(Item::Structure, Finding::NotApplicable, 0)),
    ];
    let list = checklist(&events);
    let light = list.items.iter().find(|checked| checked.item == Item::Lighting).unwrap();
    assert_eq!(light.last.as_ref().map(Statement::checked_at), Some(Millis(NOW - 20 - 3 * DAY)));
    assert_eq!((list.met(), list.needed(), list.unverified()), (1, 7, 1));
    let unmet: Vec<Item> = list.unmet().map(|checked| checked.item).collect();
    assert_eq!(unmet, [Item::BackupPower, Item::FirstAid, Item::Supplies, Item::Signage, Item::Procedures, Item::Contacts]);
    assert_eq!(list.newest(), Some(Millis(NOW - 8)));
}

#[test]
fn an_entry_is_put_right_by_a_later_one_that_names_an_earlier_day() {
    let wrong = verified(1, NOW - 20, found(Item::FirstAid, Finding::Met, 0));
    let right = verified(1, NOW - 10, found(Item::FirstAid, Finding::Met, 400));
    let list = checklist(&[right, wrong]);
    assert_eq!((list.newest(), list.again()), (Some(Millis(NOW - 10 - 400 * DAY)), 1));
}

#[test]
fn after_a_year_and_by_a_clock_that_cannot_be_right_it_is_to_be_looked_at_again() {
    let cases = [(NOW - CHECK_AGAIN, 0, 0), (NOW - CHECK_AGAIN - 1, 0, 1), (NOW, 365, 0), (NOW, 366, 1), (NOW + 30 * DAY, 0, 1)];
    for (at, days_ago, again) in cases {
        let list = checklist(&[verified(1, at, found(Item::Contacts, Finding::Met, days_ago))]);
        assert_eq!((list.again(), list.met()), (again, 1), "{at}, {days_ago} days before");
    }
    // Longer ago than there was time is as long ago as can be said.
    let list = checklist(&[verified(1, 5, found(Item::Contacts, Finding::Met, u16::MAX))]);
    assert_eq!(list.newest(), Some(Millis(0)));
}

#[test]
fn an_exercise_and_another_node_say_nothing_of_this_one() {
    let said = verified(1, NOW, found(Item::Signage, Finding::Met, 0));
    let changed = |core: Core| Judged { event: Event::from_parts(core.to_bytes().unwrap(), [0; 64]).unwrap(), verdict: Verdict::Verified };
    let drill = changed(Core { mode: Mode::Drill(CheckWord([1; 5])), ..said.event.core.clone() });
    let elsewhere = changed(Core { node: "s002".parse().unwrap(), ..said.event.core.clone() });
    assert!(!checklist(&[drill, elsewhere]).is_begun());
    assert!(checklist(&[said]).is_begun());
}

#[test]
fn nodes_come_worst_first_and_then_the_longest_unseen() {
    let all = |at: u64, finding: Finding| Item::ALL.map(|item| verified(1, at, found(item, finding, 0)));
    let never = checklist(&[]);
    let bad = checklist(&all(NOW - 5, Finding::NotMet));
    let [old, new] = [NOW - 50, NOW - 5].map(|at| checklist(&all(at, Finding::Met)));
    let part = checklist(&all(NOW - 5, Finding::Met)[1..]);
    let mut lists = [&new, &part, &old, &bad, &never];
    lists.sort_by(|a, b| a.worse(b));
    assert!(lists.into_iter().eq([&never, &bad, &part, &old, &new]));
    assert_eq!(new.worse(&new), Ordering::Equal);
}

#[test]
fn a_sheet_has_a_row_for_every_item() {
    let events = [
        verified(1, NOW, found(Item::Lighting, Finding::NotMet, 400)),
        judged(2, NOW, UNVERIFIED, found(Item::Signage, Finding::Met, 0)),
        verified(1, NOW, found(Item::Supplies, Finding::Partly, 0)),
        verified(1, NOW, found(Item::Contacts, Finding::NotApplicable, 0)),
    ];
    let list = checklist(&events);
    let sheet = NodeSheet { id: "s001", name: "港前, 一館", standing: Standing::Certified, checklist: &list };
    let text = csv([sheet], |at| (at.0 / DAY).to_string());
    let rows: Vec<&str> = text.split_terminator("\r\n").collect();
    assert_eq!(rows[0], "\u{feff}id,name,standing,item,finding,checked,verified,check_again");
    assert_eq!(rows.len(), 9);
    for row in [
        "structure,,,,no",
        "lighting,not_met,9600,yes,yes",
        "signage,met,10000,no,no",
        "supplies,partly,10000,yes,no",
        "contacts,not_applicable,10000,yes,no",
    ] {
        assert!(rows.contains(&format!("s001,\"港前, 一館\",certified,{row}").as_str()), "{row} in {text}");
    }
}

/// Findings of any item by any phone, vouched for or not, at times of which some lie ahead.
fn histories() -> impl Strategy<Value = Vec<Judged>> {
    let row = (1u8..4, 0u64..40, 0usize..8, 0usize..4, 0u16..3, any::<bool>());
    proptest::collection::vec(row, 1..20).prop_map(|rows| {
        let said = |(phone, time, item, finding, days, sure): (u8, u64, usize, usize, u16, bool)| {
            let verdict = if sure { Verdict::Verified } else { UNVERIFIED };
            judged(phone, NOW - 20 * DAY + time * DAY, verdict, found(Item::ALL[item], Finding::ALL[finding], days * 300))
        };
        rows.into_iter().map(said).collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]
    #[test]
    fn any_order_and_any_repetition_give_the_same((events, mixed) in histories().prop_flat_map(|e| (Just(e.clone()), shuffled(e)))) {
        prop_assert_eq!(findings(&mixed, SCENE), findings(&events, SCENE));
    }

    #[test]
    fn every_needed_item_is_met_or_unmet_and_no_stranger_changes_what_is_vouched_for(events in histories()) {
        let list = checklist(&events);
        prop_assert_eq!(list.met() + list.unmet().count(), list.needed());
        let sure: Vec<Judged> = events.into_iter().filter(|judged| judged.verdict == Verdict::Verified).collect();
        let known = checklist(&sure);
        prop_assert_eq!((list.met(), list.needed()), (known.met(), known.needed()));
    }
}
