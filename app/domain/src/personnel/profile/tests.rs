//! Tests of profiles: what a PIN opens, what wrong ones cost, and what is kept sealed.

use super::passkey::{LONGEST_CREDENTIAL, SALT, Secret};
use super::*;
use crate::seal::ReadingSecret;
use proptest::prelude::*;

const ID: ProfileId = ProfileId([1; 8]);
/// As little as Argon2 takes: what a lock does does not depend on what it costs.
const CHEAP: Cost = Cost { memory_kib: 8, passes: 1 };

fn pin(digits: &str) -> Pin {
    Pin::typed(digits).unwrap()
}

fn key() -> ProfileKey {
    ProfileKey::new([9; 32])
}

fn reading() -> ReadingKey {
    ReadingSecret::derive(&[5; 32]).public().unwrap()
}

fn gate() -> Gate {
    close(ID, (&key(), &pin("274913")), CHEAP, reading(), &[7; 32]).unwrap()
}

fn opened(gate: &Gate, profile: ProfileId, digits: &str) -> &'static str {
    match gate.open(profile, &pin(digits)).unwrap() {
        Opened::Key(opened) if opened == key() => "key",
        Opened::Key(_) => "another key",
        Opened::Duress => "duress",
        Opened::Wrong => "wrong",
    }
}

#[test]
fn a_pin_opens_its_own_profile_and_no_other() {
    let gate = gate();
    assert_eq!(opened(&gate, ID, "274913"), "key");
    assert_eq!(opened(&gate, ID, "274914"), "wrong");
    assert_eq!(opened(&gate, ID, "2749130"), "wrong");
    assert_eq!(opened(&gate, ProfileId([2; 8]), "274913"), "wrong");
}

#[test]
fn the_second_lock_is_always_there_and_looks_the_same_whether_or_not_a_pin_opens_it() {
    let mut gate = gate();
    let shape = |lock: &Lock| {
        let mut json = serde_json::to_value(lock).unwrap();
        json.as_object_mut().unwrap().values_mut().filter(|value| value.is_string()).for_each(|value| {
            *value = value.as_str().unwrap().len().into();
        });
        json
    };
    assert_eq!(opened(&gate, ID, "805264"), "wrong");
    let before = shape(&gate.duress);
    gate.duress = Lock::close(ID, Slot::Duress, (&ProfileKey::new([3; 32]), &pin("805264")), CHEAP, &[8; 32]).unwrap();
    assert_eq!(opened(&gate, ID, "805264"), "duress");
    assert_eq!(opened(&gate, ID, "274913"), "key");
    assert_eq!((before, shape(&gate.pin)), (shape(&gate.duress), shape(&gate.duress)));
}

#[test]
fn a_lock_can_t_be_put_in_the_place_of_another_or_made_cheaper() {
    let gate = gate();
    let swapped = Gate { pin: gate.duress.clone(), duress: gate.pin.clone(), ..gate.clone() };
    assert_eq!(opened(&swapped, ID, "274913"), "wrong");
    let mut cheaper = gate;
    cheaper.pin.cost.passes = 2;
    assert_eq!(opened(&cheaper, ID, "274913"), "wrong");
    cheaper.pin.cost.memory_kib = u32::MAX;
    assert_eq!(cheaper.open(ID, &pin("274913")).err(), Some(TooDear(u32::MAX)));
}

#[test]
fn a_secret_opens_under_its_own_name_only() {
    let sealed = key().seal(ID, "seat", "林小姐".as_bytes(), [4; 24]).unwrap();
    assert_eq!(key().open(ID, "seat", &sealed).unwrap().as_slice(), "林小姐".as_bytes());
    assert_eq!(key().open(ID, "invitations", &sealed), None);
    assert_eq!(key().open(ProfileId([2; 8]), "seat", &sealed), None);
    assert_eq!(ProfileKey::new([8; 32]).open(ID, "seat", &sealed), None);
    assert_eq!(key().open(ID, "seat", &sealed[..sealed.len() - 4]), None);
    assert_eq!(key().open(ID, "seat", ""), None);
}

fn passkey(seed: u8) -> Passkey {
    Passkey::close(ID, (&key(), &Secret::new([seed; 32])), vec![seed; 20], [6; SALT], [4; 24]).unwrap()
}

/// Whether this secret opens the profile's key; it never opens another one.
fn opens(passkey: &Passkey, profile: ProfileId, seed: u8) -> bool {
    passkey.open(profile, &Secret::new([seed; 32])).is_some_and(|opened| opened == key())
}

#[test]
fn a_passkey_opens_the_key_of_its_own_profile_and_no_other() {
    let passkey = passkey(2);
    assert!(opens(&passkey, ID, 2));
    assert!(!opens(&passkey, ID, 3));
    assert!(!opens(&passkey, ProfileId([2; 8]), 2));
}

#[test]
fn a_passkey_takes_no_other_credential_or_salt() {
    let [mut other, mut salted, mut moved] = [passkey(2), passkey(2), passkey(3)];
    other.credential[0] ^= 1;
    salted.salt[0] ^= 1;
    moved.credential = vec![2; 20];
    assert!(!opens(&other, ID, 2));
    assert!(!opens(&salted, ID, 2));
    // Nor the place of another passkey.
    assert!(!opens(&moved, ID, 3));
    let is_closed = |length| Passkey::close(ID, (&key(), &Secret::new([2; 32])), vec![1; length], [6; SALT], [4; 24]).is_some();
    assert!(is_closed(LONGEST_CREDENTIAL));
    assert!(!is_closed(LONGEST_CREDENTIAL + 1));
}

#[test]
fn another_pin_leaves_the_passkey_as_it_is() {
    let mut gate = Gate { passkey: Some(passkey(2)), ..gate() };
    gate.pin = Lock::close(ID, Slot::Key, (&key(), &pin("805264")), CHEAP, &[8; 32]).unwrap();
    assert_eq!(opened(&gate, ID, "805264"), "key");
    assert!(opens(&gate.passkey.unwrap(), ID, 2));
}

#[test]
fn a_list_from_before_there_were_passkeys_is_read_and_written_as_it_was() {
    // By the version before, as it lay in the store.
    let golden: serde_json::Value = serde_json::from_str(include_str!("../../../tests/golden/profile.json")).unwrap();
    let profiles = Profiles::read(golden["profiles"].clone()).unwrap();
    let gate = profiles.current().and_then(|profile| profile.gate.as_ref()).unwrap();
    assert_eq!(gate.passkey, None);
    assert!(matches!(gate.open(ID, &pin("274913")), Ok(Opened::Key(opened)) if opened == key()));
    assert_eq!(serde_json::to_value(&profiles).unwrap(), golden["profiles"]);
}

#[test]
fn one_more_and_one_less() {
    let profile = |seed: u8, sign| Profile { id: ProfileId([seed; 8]), sign, seat: None, gate: None };
    let mut profiles = Profiles::first(profile(1, Sign::Kite));
    profiles.list.push(profile(2, Sign::Drum));
    profiles.current = ProfileId([2; 8]);
    assert!(profiles.free_signs().all(|sign| !matches!(sign, Sign::Kite | Sign::Drum)));
    assert_eq!(profiles.free_signs().count(), Sign::ALL.len() - 2);
    let one = profiles.without(ProfileId([2; 8])).unwrap();
    assert_eq!(one.current, ProfileId([1; 8]));
    assert_eq!(one.without(ProfileId([1; 8])), None);
}

proptest! {
    #[test]
    fn what_a_passkey_closes_it_opens_after_it_was_stored_and_nothing_else_does(
        (id, key, secret, other) in any::<([u8; 8], [u8; 32], [u8; 32], [u8; 32])>(),
        credential in prop::collection::vec(any::<u8>(), 0..=LONGEST_CREDENTIAL),
        (salt, nonce) in any::<([u8; SALT], [u8; 24])>(),
        (at, bit) in (0_usize..64, 0_u8..6),
    ) {
        let (id, key) = (ProfileId(id), ProfileKey::new(key));
        let passkey = Passkey::close(id, (&key, &Secret::new(secret)), credential, salt, nonce).unwrap();
        let stored = serde_json::to_value(&passkey).unwrap();
        let read: Passkey = serde_json::from_value(stored.clone()).unwrap();
        prop_assert!(read.open(id, &Secret::new(secret)) == Some(key));
        prop_assert!(secret == other || read.open(id, &Secret::new(other)).is_none());
        // One bit of what is sealed, changed as it lies in the store.
        let mut changed = stored;
        let mut sealed = crate::text::from_base64url(changed["sealed"].as_str().unwrap()).unwrap();
        let at = at % sealed.len();
        sealed[at] ^= 1 << bit;
        changed["sealed"] = crate::text::to_base64url(&sealed).into();
        let read: Passkey = serde_json::from_value(changed).unwrap();
        prop_assert!(read.open(id, &Secret::new(secret)).is_none());
    }

    #[test]
    fn a_passkey_of_another_shape_is_no_passkey(name in "salt|nonce|sealed", text in "[A-Za-z0-9_-]{0,80}") {
        let mut stored = serde_json::to_value(passkey(2)).unwrap();
        prop_assume!(text.len() != stored[&name].as_str().unwrap().len());
        stored[&name] = text.into();
        prop_assert!(serde_json::from_value::<Passkey>(stored).is_err());
    }

    #[test]
    fn what_is_no_list_is_refused_without_a_panic(text in ".{0,200}") {
        let value = serde_json::from_str(&text).unwrap_or(serde_json::Value::String(text));
        prop_assert_eq!(Profiles::read(value), None);
    }

    #[test]
    fn what_is_no_secret_is_refused_without_a_panic(text in "[A-Za-z0-9_-]{0,120}") {
        prop_assert_eq!(key().open(ID, "seat", &text), None);
    }
}
