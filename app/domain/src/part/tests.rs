//! Tests of parts and their envelopes.

use super::*;
use crate::seal::ReadingSecret;

const EVENT: EventId = EventId([1; 32]);

fn name() -> Content {
    Content { salt: [3; 16], bytes: "林小姐".into() }
}

fn secret(seed: u8) -> ReadingSecret {
    ReadingSecret::derive(&[seed; 32])
}

fn key(seed: u8) -> ReadingKey {
    secret(seed).public().unwrap()
}

fn keyring(seed: u8) -> Keyring {
    Keyring::of([secret(seed)])
}

fn sealed() -> Part {
    Part::seal(EVENT, 0, PartKind::Person, &name(), &[key(1), key(2), key(1)], &[7; 32]).unwrap()
}

#[test]
fn a_part_opens_only_if_it_is_what_the_core_said() {
    let (content, none) = (name(), Keyring::default());
    let said = content.describe(PartKind::Person);
    let part = Part { event: EVENT, index: 0, kind: PartKind::Person, envelope: Envelope::Plain(content.clone()) };
    assert_eq!(part.open(&said, &none), Some(content.clone()));
    let other = Content { salt: [4; 16], ..content };
    let other = Part { envelope: Envelope::Plain(other), ..part };
    assert_eq!((other.open(&said, &none), other.may_be(&said)), (None, false));
}

#[test]
fn a_sealed_part_opens_for_its_readers_and_for_nobody_else() {
    let (part, said) = (sealed(), name().describe(PartKind::Person));
    assert_eq!([1, 2, 3].map(|seed| part.open(&said, &keyring(seed))), [Some(name()), Some(name()), None]);
    assert_eq!(part.open(&said, &Keyring::default()), None);
    let Envelope::Sealed(sealed) = &part.envelope else { panic!("it is sealed") };
    assert_eq!(sealed.keys.len(), 2);
    let written = part.envelope.to_bytes().unwrap();
    assert!(!written.windows(name().bytes.len()).any(|window| window == name().bytes));
}

#[test]
fn a_sealed_part_opens_at_its_own_place_only() {
    let (part, said) = (sealed(), name().describe(PartKind::Person));
    let moved = [
        Part { event: EventId([2; 32]), ..part.clone() },
        Part { index: 1, ..part.clone() },
        Part { kind: PartKind::Text, ..part.clone() },
    ];
    for moved in moved {
        assert_eq!(moved.open(&PartRef { kind: moved.kind, ..said.clone() }, &keyring(1)), None, "{moved:?}");
    }
    assert_eq!(part.open(&PartRef { hash: [0; 32], ..said }, &keyring(1)), None);
}

#[test]
fn a_changed_byte_of_a_sealed_part_is_noticed() {
    let (part, said) = (sealed(), name().describe(PartKind::Person));
    let bytes = part.envelope.to_bytes().unwrap();
    let (mut keyring, mut damaged) = (keyring(1), 0);
    keyring.add(secret(2));
    for at in 0..bytes.len() {
        let mut changed = bytes.clone();
        changed[at] ^= 1;
        let Some(envelope) = Envelope::from_bytes(&changed) else { continue };
        let opened = Part { envelope, ..part.clone() }.open(&said, &keyring);
        // One reader's copy of the key may be damaged: the other still reads what was written, and nothing else.
        assert!(opened.as_ref().is_none_or(|content| *content == name()), "byte {at}");
        damaged += usize::from(opened.is_none());
    }
    assert!(damaged >= name().bytes.len() + 16, "{damaged}");
}

#[test]
fn envelopes_round_trip_and_refuse_trailing_bytes() {
    let envelope = sealed().envelope;
    let mut bytes = envelope.to_bytes().unwrap();
    assert_eq!(Envelope::from_bytes(&bytes), Some(envelope));
    bytes.push(0);
    assert_eq!(Envelope::from_bytes(&bytes), None);
}

#[test]
fn nothing_is_sealed_to_nobody_and_to_no_more_than_may_be() {
    let seal = |readers: &[ReadingKey]| Part::seal(EVENT, 0, PartKind::Text, &name(), readers, &[7; 32]);
    assert_eq!(seal(&[]), None);
    assert_eq!(seal(&[ReadingKey([0; 32])]), None);
    let many: Vec<ReadingKey> = (0..=MOST_READERS as u8).map(key).collect();
    let Some(Envelope::Sealed(sealed)) = seal(&many).map(|part| part.envelope) else { panic!("it is sealed") };
    assert_eq!(sealed.keys.len(), MOST_READERS);
}

#[test]
fn a_part_is_kept_by_the_events_clock_unless_that_was_far_ahead() {
    let (received, day) = (Millis(100 * Millis::DAY), |days: u64| Millis(days * Millis::DAY));
    let cases = [(90, 120), (100, 130), (1, 31), (101, 130), (40_000, 130)];
    for (written, until) in cases {
        assert_eq!(kept_until(PartKind::Person, Clock::new(day(written), 3), received), day(until), "{written}");
    }
    assert_eq!(kept_until(PartKind::Text, Clock::new(day(90), 0), received), day(180));
    assert_eq!(kept_until(PartKind::Photo, Clock(u64::MAX), Millis(0)), day(30));
}

#[test]
fn what_came_plain_is_kept_sealed_to_the_holder_alone() {
    let (secret, other) = (ReadingSecret::derive(&[1; 32]), ReadingSecret::derive(&[2; 32]));
    let (key, others) = (secret.public().unwrap(), other.public().unwrap());
    let content = Content { salt: [3; 16], bytes: "林小姐".into() };
    let said = content.describe(PartKind::Person);
    let plain = Part { event: EventId([4; 32]), index: 0, kind: PartKind::Person, envelope: Envelope::Plain(content.clone()) };
    assert!(!plain.envelope.is_only_for(&[key]));

    let kept = plain.clone().kept_for(&key).unwrap();
    let bytes = kept.envelope.to_bytes().unwrap();
    assert!(!bytes.windows(9).any(|window| window == "林小姐".as_bytes()));
    assert_eq!(kept.open(&said, &Keyring::of([secret])), Some(content.clone()));
    assert_eq!(kept.open(&said, &Keyring::of([other])), None);
    assert!(kept.envelope.is_only_for(&[others, key]));
    assert!(!kept.envelope.is_only_for(&[others]));
    // The same again changes nothing, and another content has another key.
    assert_eq!(plain.kept_for(&key), Some(kept.clone()));
    assert_eq!(kept.clone().kept_for(&others), Some(kept.clone()));

    let for_two = Part::seal(kept.event, 0, PartKind::Person, &content, &[key, others], &[9; 32]).unwrap();
    assert!(!for_two.envelope.is_only_for(&[key, others]));
}
