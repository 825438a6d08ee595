//! Tests of the fold over reading keys.

use super::*;
use crate::fold::tests::{SCENE, UNVERIFIED, judged, shuffled, verified};
use proptest::prelude::*;

fn node() -> NodeId {
    "s001".parse().unwrap()
}

fn secret(seed: u8) -> ReadingSecret {
    ReadingSecret::derive(&[seed; 32])
}

/// The key with this seed, wrapped for the devices with those seeds.
fn body(seed: u8, readers: &[u8], replaces: &[&Judged]) -> Body {
    let wrap = |&reader: &u8| {
        let reader_key = secret(reader).public().unwrap();
        ReadingKeyIssued::wrap(&secret(seed), (SCENE.region, &node()), &reader_key, &[reader; 32]).unwrap()
    };
    let replaces = replaces.iter().map(|judged| judged.event.id).collect();
    Body::ReadingKeyIssued(ReadingKeyIssued { key: secret(seed).public().unwrap(), wrapped: readers.iter().map(wrap).collect(), replaces })
}

fn current(events: &[&Judged]) -> Option<ReadingKey> {
    ReadingKeys::of(events.iter().copied(), SCENE).current(&node()).map(|key| key.key)
}

fn key(seed: u8) -> Option<ReadingKey> {
    secret(seed).public()
}

#[test]
fn a_key_that_is_named_gives_way_and_only_to_a_verified_one() {
    let first = verified(1, 10, body(100, &[1], &[]));
    let second = verified(2, 20, body(101, &[1], &[&first]));
    let stranger = judged(3, 30, UNVERIFIED, body(102, &[3], &[&first, &second]));
    assert_eq!(current(&[]), None);
    assert_eq!(current(&[&stranger]), None);
    assert_eq!(current(&[&first, &stranger]), key(100));
    assert_eq!(current(&[&first, &second, &stranger]), key(101));
    // The old one has not come yet.
    assert_eq!(current(&[&second]), key(101));
}

#[test]
fn of_two_at_the_same_time_the_earlier_is_taken_and_both_are_replaced_by_name() {
    let first = verified(1, 10, body(100, &[1], &[]));
    let a = verified(1, 20, body(101, &[1], &[&first]));
    let b = verified(2, 21, body(102, &[1], &[&first]));
    assert_eq!(current(&[&first, &b, &a]), key(101));
    let keys = ReadingKeys::of([&first, &a, &b], SCENE);
    assert_eq!(keys.unreplaced(&node()).map(|key| key.first).collect::<Vec<_>>(), [a.event.id, b.event.id]);
    let next = verified(1, 30, body(103, &[1], &[&a, &b]));
    assert_eq!(current(&[&first, &a, &b, &next]), key(103));
}

#[test]
fn a_key_in_several_events_has_all_their_holders_and_does_not_replace_itself() {
    let first = verified(1, 10, body(100, &[1], &[]));
    let more = verified(1, 20, body(100, &[2], &[&first]));
    let keys = ReadingKeys::of([&more, &first], SCENE);
    let current = keys.current(&node()).unwrap();
    assert_eq!((current.first, current.holders.len(), current.replaced), (first.event.id, 2, false));
}

#[test]
fn a_key_of_another_node_replaces_nothing_here() {
    let here = verified(1, 10, body(100, &[1], &[]));
    let mut elsewhere = verified(1, 20, body(101, &[1], &[&here]));
    elsewhere.event.core.node = "s002".parse().unwrap();
    assert_eq!(current(&[&here, &elsewhere]), key(100));
}

#[test]
fn a_phone_holds_what_was_wrapped_for_it_of_old_keys_too() {
    let first = verified(1, 10, body(100, &[1, 2], &[]));
    let second = verified(1, 20, body(101, &[1], &[&first]));
    let by_revoked = judged(4, 5, Verdict::Unverified(Doubt::Revoked), body(102, &[1], &[]));
    let stranger = judged(3, 30, UNVERIFIED, body(103, &[1], &[]));
    let events = [&first, &second, &by_revoked, &stranger];
    let held = |seed: u8| {
        let keyring = keyring(events, SCENE, Keyring::of([secret(seed)]));
        [100, 101, 102, 103].map(|seed| keyring.secret_of(&key(seed).unwrap()).is_some())
    };
    assert_eq!(held(1), [true, true, true, false]);
    assert_eq!(held(2), [true, false, false, false]);
    assert_eq!(held(3), [false; 4]);
}

#[test]
fn a_wrapped_secret_is_of_no_use_at_another_node_or_for_another_key() {
    let Body::ReadingKeyIssued(issued) = body(100, &[1], &[]) else { panic!() };
    let (own, elsewhere) = (Keyring::of([secret(1)]), "s002".parse().unwrap());
    assert_eq!(issued.open((SCENE.region, &node()), &own), Some(secret(100)));
    assert_eq!(issued.open((SCENE.region, &elsewhere), &own), None);
    let other = ReadingKeyIssued { key: key(101).unwrap(), ..issued };
    assert_eq!(other.open((SCENE.region, &node()), &own), None);
}

/// Keys that replace each other, concurrent ones, a stranger's, and one key in two events.
fn history() -> Vec<Judged> {
    let first = verified(1, 10, body(100, &[1], &[]));
    let a = verified(1, 20, body(101, &[1], &[&first]));
    let b = verified(2, 21, body(102, &[2], &[&first]));
    let more = verified(1, 25, body(101, &[2], &[]));
    let stranger = judged(3, 30, UNVERIFIED, body(103, &[3], &[&a, &b]));
    let late = verified(2, 5, body(104, &[2], &[]));
    vec![first, a, b, more, stranger, late]
}

proptest! {
    #[test]
    fn the_order_of_events_changes_nothing(events in shuffled(history())) {
        let own = || Keyring::of([secret(1), secret(2)]);
        prop_assert_eq!(ReadingKeys::of(&events, SCENE), ReadingKeys::of(&history(), SCENE));
        prop_assert_eq!(keyring(&events, SCENE, own()), keyring(&history(), SCENE, own()));
    }
}
