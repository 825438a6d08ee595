//! Tests of badges: who stands there, and why not.

use super::*;
use crate::event::tests::{device, key};
use crate::personnel::credential::tests::{grant, signed};
use crate::personnel::credential::{Grant, Revocation};
use crate::personnel::role::Role;
use ed25519_dalek::Signer;
use enumset::EnumSet;

const AUTHORITY: u8 = 1;
const HOLDER: u8 = 2;
const NOW: Millis = Millis(100 * Millis::DAY);

fn name() -> Content {
    Content { salt: [3; 16], bytes: "林小姐".into() }
}

fn valid(seed: u8) -> Grant {
    Grant { until: Millis(200 * Millis::DAY), name_hash: name().hash(), ..grant(seed) }
}

fn shown(grants: &[(Grant, u8)], at: Millis, by: u8) -> Signed<Badge> {
    let pair = |(grant, by): &(Grant, u8)| {
        let credential = signed(grant, *by);
        (credential.bytes().to_vec(), Signature(*credential.signature()))
    };
    let badge = Badge { device: device(HOLDER), at, credentials: grants.iter().map(pair).collect(), name: Some(name()) };
    let signature = key(by).sign(&badge.signing_message().unwrap()).to_bytes();
    Signed::from_parts(badge.to_bytes().unwrap(), signature).unwrap()
}

fn check(badge: &Signed<Badge>) -> Result<Proven, Refusal> {
    Trust::new(device(AUTHORITY)).check_badge(badge, NOW)
}

#[test]
fn a_phone_that_knows_the_authority_only_sees_who_it_is() {
    let proven = check(&shown(&[(valid(HOLDER), AUTHORITY)], NOW, HOLDER)).unwrap();
    assert_eq!(proven.name.as_deref(), Some("林小姐"));
    assert_eq!(proven.credential.grant.roles, EnumSet::only(Role::Volunteer));
    let coordinator = Grant { roles: EnumSet::only(Role::Coordinator), may_grant: true, ..valid(4) };
    let by_coordinator = Grant { issuer: device(4), ..valid(HOLDER) };
    assert!(check(&shown(&[(by_coordinator, 4), (coordinator, AUTHORITY)], NOW, HOLDER)).is_ok());
}

#[test]
fn each_reason_is_told() {
    let good = || vec![(valid(HOLDER), AUTHORITY)];
    let far = TOLERANCE + GOOD_FOR + 1;
    for (badge, expected) in [
        (shown(&good(), NOW, 5), Refusal::NotIntact),
        (shown(&good(), Millis(NOW.0 - far), HOLDER), Refusal::Stale),
        (shown(&good(), Millis(NOW.0 + TOLERANCE + 1), HOLDER), Refusal::Ahead),
        (shown(&[], NOW, HOLDER), Refusal::NoCredential),
        (shown(&[(valid(5), AUTHORITY)], NOW, HOLDER), Refusal::NoCredential),
        (shown(&[(valid(HOLDER), 5)], NOW, HOLDER), Refusal::NoCredential),
        (shown(&[(grant(HOLDER), AUTHORITY)], NOW, HOLDER), Refusal::NotNow),
    ] {
        assert_eq!(check(&badge), Err(expected));
    }
    assert!(check(&shown(&good(), Millis(NOW.0 - far + 1), HOLDER)).is_ok());
}

#[test]
fn a_revoked_device_and_a_borrowed_name_prove_nothing() {
    let mut trust = Trust::new(device(AUTHORITY));
    let region = valid(HOLDER).region;
    let revocation = Revocation { region, device: device(HOLDER), accepted: Vec::new(), at: NOW, issuer: device(AUTHORITY) };
    trust.add_revocation(revocation);
    let badge = shown(&[(valid(HOLDER), AUTHORITY)], NOW, HOLDER);
    assert_eq!(trust.check_badge(&badge, NOW), Err(Refusal::Revoked));

    let nameless = Grant { name_hash: [0; 32], ..valid(HOLDER) };
    assert_eq!(check(&shown(&[(nameless, AUTHORITY)], NOW, HOLDER)).unwrap().name, None);
}
