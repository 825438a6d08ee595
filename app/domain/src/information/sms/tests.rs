//! Tests of the coded SMS form.

use super::*;
use crate::event::tests::{core, device, sign};
use crate::part::{PartKind, PartRef};
use crate::unit::Millis;
use proptest::prelude::*;

const REGION: RegionId = RegionId([1; 16]);

fn status(yes: EnumSet<Offer>, no: EnumSet<Offer>, replaces: Vec<CheckWord>) -> NodeStatus {
    NodeStatus { state: NodeState::Open, offers: Facts { yes, no }, replaces }
}

fn known(word: CheckWord) -> Vec<DeviceKey> {
    (1..4).map(device).filter(|key| key.check_word() == word).collect()
}

/// The longest that a real phone says: every field full, a six-digit count, a clock in the year 10889.
fn longest(mode: Mode, replaces: usize) -> Event {
    let half: EnumSet<Offer> = EnumSet::<Offer>::all().iter().take(5).collect();
    let body = Body::NodeStatus(status(half, !half, vec![CheckWord([255; 5]); replaces]));
    let clock = Clock::new(Millis(u64::MAX), u16::MAX);
    sign(&Core { mode, clock, node: "abc123".parse().unwrap(), ..core(1, 999_999, 0, body) }, 1)
}

#[test]
fn the_longest_status_that_replaces_one_fits_for_real_and_in_a_drill() {
    let drill = Mode::Drill(CheckWord([254; 5]));
    for (mode, replaces, fits) in
        [(Mode::Real, 1, true), (drill, 1, true), (Mode::Real, 2, true), (drill, 2, false), (Mode::Real, 3, false)]
    {
        let event = longest(mode, replaces);
        match encode(&event) {
            Ok(text) => {
                assert!(fits && text.len() <= LONGEST, "{mode:?} {replaces}: {}", text.len());
                assert_eq!(decode(&text, REGION, known), Ok(event));
            }
            Err(error) => assert!(!fits && matches!(error, SmsError::TooLong(_)), "{mode:?} {replaces}: {error}"),
        }
    }
}

#[test]
fn a_person_can_read_it_and_it_survives_being_forwarded() {
    let event = sign(&core(1, 7, 5_000, Body::NodeStatus(status(Offer::Water | Offer::Toilets, Offer::Beds.into(), Vec::new()))), 1);
    let text = encode(&event).unwrap();
    assert!(text.starts_with("CM1 s001 OPEN+WT-B "), "{text}");
    let forwarded = format!("Fwd from the store:\n{}\n-- thanks", text.replace("CM1 s001", "cm1  S001"));
    assert_eq!(decode(&forwarded, REGION, known), Ok(event));
}

#[test]
fn any_changed_character_is_noticed() {
    let event = longest(Mode::Drill(CheckWord([9; 5])), 1);
    let text = encode(&event).unwrap();
    for (at, old) in text.char_indices().skip(4) {
        let new = if old == '7' { '8' } else { '7' };
        let changed = [&text[..at], &new.to_string(), &text[at + 1..]].concat();
        assert!(decode(&changed, REGION, known).is_err(), "character {at}: {changed}");
    }
    assert_eq!(decode(&text, RegionId([2; 16]), known), Err(SmsError::WrongSignature));
}

#[test]
fn what_is_wrong_is_named() {
    let event = sign(&core(1, 7, 5_000, Body::NodeStatus(status(EnumSet::all(), EnumSet::empty(), Vec::new()))), 1);
    let text = encode(&event).unwrap();
    let author = device(1).check_word();
    let cases = [
        ("hello".to_owned(), SmsError::NotCoded),
        ("CM1 s001 OPEN".to_owned(), SmsError::NotCoded),
        (text.replace("s001", "s-01"), SmsError::Unreadable("node")),
        (text.replace("OPEN", "OPNE"), SmsError::Unreadable("state")),
        (text.replace(&author.to_string(), "UUUUUUUU"), SmsError::Unreadable("author")),
        (text.replace(" 7 ", " seven "), SmsError::Unreadable("number")),
        (text[..text.len() - 1].to_owned(), SmsError::Unreadable("signature")),
        ("x ".repeat(1_001), SmsError::NotCoded),
    ];
    for (text, error) in cases {
        assert_eq!(decode(&text, REGION, known), Err(error), "{text}");
    }
    assert_eq!(decode(&text, REGION, |_| None), Err(SmsError::UnknownAuthor(author)));
    assert_eq!(decode(&text, REGION, |_| [device(2)]), Err(SmsError::UnknownAuthor(author)));
}

#[test]
fn only_a_status_without_parts_has_an_sms_form() {
    let out = Body::CheckOut(crate::personnel::check_in::CheckOut { check_in: crate::id::EventId([1; 32]) });
    assert_eq!(encode(&sign(&core(1, 1, 1, out), 1)), Err(SmsError::NotAStatus));
    let mut with_part = longest(Mode::Real, 0).core;
    with_part.parts.push(PartRef { kind: PartKind::Text, hash: [0; 32] });
    assert_eq!(encode(&sign(&with_part, 1)), Err(SmsError::NotAStatus));
}

/// The GSM 03.38 default alphabet without its extension table, as far as ASCII goes: each character costs one.
fn is_gsm_7(character: char) -> bool {
    character.is_ascii_alphanumeric() || " @$_!\"#%&'()*+,-./:;<=>?".contains(character)
}

fn offers() -> impl Strategy<Value = EnumSet<Offer>> {
    (0u32..1 << 10).prop_map(|bits| EnumSet::<Offer>::all().iter().filter(|&offer| bits >> (offer as u32) & 1 == 1).collect())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn what_fits_comes_back_as_the_same_event_in_the_gsm_alphabet(
        (yes, no, state) in (offers(), offers(), 0usize..5),
        replaces in proptest::collection::vec(any::<[u8; 5]>(), 0..3),
        (drill, activation) in (any::<Option<[u8; 5]>>(), any::<Option<[u8; 5]>>()),
        (seed, sequence, clock) in (1u8..4, any::<u64>(), any::<u64>()),
        node in "[a-z0-9]{1,6}",
    ) {
        let status = NodeStatus { state: NodeState::ALL[state], ..status(yes, no, replaces.into_iter().map(CheckWord).collect()) };
        let event = sign(&Core {
            mode: drill.map_or(Mode::Real, |drill| Mode::Drill(CheckWord(drill))),
            activation: activation.map(CheckWord),
            clock: Clock(clock),
            node: node.parse().unwrap(),
            ..core(seed, sequence, 0, Body::NodeStatus(status))
        }, seed);
        match encode(&event) {
            Ok(text) => {
                prop_assert!(text.len() <= LONGEST && text.chars().all(is_gsm_7), "{}", text);
                let read = decode(&text, REGION, known);
                prop_assert_eq!(read.as_ref().map(|event| event.id), Ok(event.id));
                prop_assert_eq!(read, Ok(event));
            }
            Err(error) => prop_assert!(matches!(error, SmsError::TooLong(length) if length > LONGEST)),
        }
    }

    #[test]
    fn no_text_makes_it_panic(text in "\\PC{0,200}", said in "(OPEN|LOW|STOP)[+WPa\\-é]{0,6}", proof in "[A-Za-z0-9_-]{90,99}") {
        let _ = decode(&text, REGION, known);
        let _ = decode(&format!("CM1 {text}"), REGION, known);
        let _ = decode(&format!("CM1 s1 {said} {} 1 {proof}", device(1).check_word()), REGION, known);
    }
}
