//! Tests of credentials and revocations as bytes.

use super::*;
use crate::event::tests::{device, key};
use crate::personnel::signed::LONGEST;
use crate::seal::ReadingSecret;
use ed25519_dalek::Signer;
use proptest::prelude::*;

/// The reading secret of the device with this seed.
pub(crate) fn reading(seed: u8) -> ReadingSecret {
    ReadingSecret::derive(&[seed; 32])
}

/// What the authority, seed 1, grants to the device with this seed: a volunteer everywhere, from 1,000 to 9,000.
pub(crate) fn grant(seed: u8) -> Grant {
    Grant {
        region: RegionId::of_authority(&device(1)),
        device: device(seed),
        reading: reading(seed).public().unwrap(),
        roles: EnumSet::only(Role::Volunteer),
        skills: EnumSet::empty(),
        scope: Scope::All,
        from: Millis(1_000),
        until: Millis(9_000),
        name_hash: [0; 32],
        may_grant: false,
        issuer: device(1),
    }
}

/// `grant`, signed by the device with this seed, whoever the grant says.
pub(crate) fn signed(grant: &Grant, by: u8) -> Credential {
    let signature = key(by).sign(&grant.signing_message().unwrap()).to_bytes();
    Credential::from_parts(grant.to_bytes().unwrap(), signature).unwrap()
}

/// The authority's revocation of the device with this seed.
pub(crate) fn revocation(seed: u8, accepted: Vec<EventId>) -> Revocation {
    let (region, issuer) = (RegionId::of_authority(&device(1)), device(1));
    Revocation { region, device: device(seed), accepted, at: Millis(5_000), issuer }
}

#[test]
fn a_credential_is_what_its_issuer_signed() {
    let credential = signed(&grant(2), 1);
    assert!(credential.is_intact());
    assert!(!signed(&grant(2), 3).is_intact());
    for at in 0..credential.bytes().len() {
        let mut bytes = credential.bytes().to_vec();
        bytes[at] ^= 1;
        if let Ok(changed) = Credential::from_parts(bytes, *credential.signature()) {
            assert!(!changed.is_intact(), "byte {at}");
            assert_ne!(changed.id(), credential.id(), "byte {at}");
        }
    }
}

#[test]
fn what_signs_an_event_or_a_revocation_signs_no_credential() {
    let bytes = grant(2).to_bytes().unwrap();
    for context in [b"civmesh event v1\n".as_slice(), REVOCATION_CONTEXT, b""] {
        let signature = key(1).sign(&[context, &bytes].concat()).to_bytes();
        assert!(!Credential::from_parts(bytes.clone(), signature).unwrap().is_intact());
    }
}

#[test]
fn trailing_and_oversized_bytes_are_refused() {
    let trailing = [grant(2).to_bytes().unwrap(), vec![0]].concat();
    assert_eq!(Credential::from_parts(trailing, [0; 64]), Err(Malformed::NotCanonical));
    assert_eq!(Credential::from_parts(vec![0; LONGEST + 1], [0; 64]), Err(Malformed::TooLong));
}

#[test]
fn a_revocation_reads_back_and_must_be_signed_and_in_order() {
    let ids = [EventId([1; 32]), EventId([2; 32])];
    let revocation = |accepted: &[EventId]| {
        let accepted = accepted.to_vec();
        Revocation { region: grant(2).region, device: device(2), accepted, at: Millis(5), issuer: device(1) }
    };
    let read = |revocation: &Revocation, by: u8| {
        let signature = key(by).sign(&revocation.signing_message().unwrap()).to_bytes();
        Revocation::read(&revocation.to_bytes().unwrap(), &signature)
    };
    assert_eq!(read(&revocation(&ids), 1), Ok(revocation(&ids)));
    assert_eq!(read(&revocation(&ids), 2), Err(Malformed::Disagrees("signature")));
    assert_eq!(read(&revocation(&[ids[1], ids[0]]), 1), Err(Malformed::NotCanonical));
}

proptest! {
    #[test]
    fn no_bytes_make_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300), at in 0usize..150, flip: u8) {
        let _ = Credential::from_parts(bytes.clone(), [0; 64]);
        let _ = Revocation::read(&bytes, &[0; 64]);
        let mut near = grant(2).to_bytes().unwrap();
        let at = at % near.len();
        near[at] ^= flip;
        near.truncate(near.len() - bytes.len() % 3);
        if let Ok(credential) = Credential::from_parts(near.clone(), [0; 64]) {
            prop_assert_eq!(credential.grant.to_bytes(), Ok(near));
        }
    }
}
