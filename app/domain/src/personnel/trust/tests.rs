//! Tests of trust: who may say what, when, where, and by whose leave.

use super::*;
use crate::body::Body;
use crate::event::Core;
use crate::event::tests::{core, device, sign};
use crate::id::{EventId, NodeId};
use crate::information::status::{NodeState, NodeStatus};
use crate::personnel::check_in::CheckOut;
use crate::personnel::credential::tests::{grant, signed};
use crate::unit::Millis;
use enumset::EnumSet;

const AUTHORITY: u8 = 1;
const NO_CREDENTIAL: Verdict = Verdict::Unverified(Doubt::NoCredential);
const REVOKED: Verdict = Verdict::Unverified(Doubt::Revoked);

fn trust(credentials: &[Credential]) -> Trust {
    let mut trust = Trust::new(device(AUTHORITY));
    credentials.iter().for_each(|credential| trust.add_credential(credential.clone()));
    trust
}

/// A check-out at s001 at 5,000: volunteers may.
fn event(seed: u8) -> Event {
    write(seed, 5_000, Body::CheckOut(CheckOut { check_in: EventId([0; 32]) }))
}

fn write(seed: u8, at: u64, body: Body) -> Event {
    let region = RegionId::of_authority(&device(AUTHORITY));
    sign(&Core { region, ..core(seed, 1, at, body) }, seed)
}

fn status() -> Body {
    Body::NodeStatus(NodeStatus { state: NodeState::Open, offers: Default::default(), replaces: Vec::new() })
}

fn nodes(ids: &[&str]) -> Scope {
    Scope::Nodes(ids.iter().map(|id| id.parse::<NodeId>().unwrap()).collect())
}

/// A coordinator who may grant, empowered by `issuer`.
fn coordinator(seed: u8, issuer: u8) -> Grant {
    Grant { roles: EnumSet::only(Role::Coordinator), may_grant: true, issuer: device(issuer), ..grant(seed) }
}

#[test]
fn a_credential_is_good_for_its_time_its_nodes_and_its_roles() {
    let objections = [
        (grant(2), event(2), Verdict::Verified),
        (grant(2), write(2, 1_000, event(2).core.body), Verdict::Verified),
        (grant(2), write(2, 999, event(2).core.body), Verdict::Unverified(Doubt::NotThen)),
        (grant(2), write(2, 9_000, event(2).core.body), Verdict::Unverified(Doubt::NotThen)),
        (Grant { scope: nodes(&["s001"]), ..grant(2) }, event(2), Verdict::Verified),
        (Grant { scope: nodes(&["s002"]), ..grant(2) }, event(2), Verdict::Unverified(Doubt::NotThere)),
        (grant(2), write(2, 5_000, status()), Verdict::Unverified(Doubt::NotThat)),
        (Grant { roles: EnumSet::only(Role::Manager), ..grant(2) }, write(2, 5_000, status()), Verdict::Verified),
        (Grant { roles: EnumSet::empty(), ..grant(2) }, event(2), Verdict::Unverified(Doubt::NotThat)),
        (grant(2), event(3), NO_CREDENTIAL),
    ];
    for (grant, event, verdict) in objections {
        assert_eq!(trust(&[signed(&grant, AUTHORITY)]).judge(&event), verdict, "{grant:?}");
    }
}

#[test]
fn one_good_credential_among_several_is_enough_and_the_doubt_does_not_depend_on_their_order() {
    let elsewhere = signed(&Grant { scope: nodes(&["s002"]), ..grant(2) }, AUTHORITY);
    let expired = signed(&Grant { until: Millis(1_500), ..grant(2) }, AUTHORITY);
    let good = signed(&grant(2), AUTHORITY);
    assert_eq!(trust(&[elsewhere.clone(), good, expired.clone()]).judge(&event(2)), Verdict::Verified);
    let forth = trust(&[elsewhere.clone(), expired.clone()]).judge(&event(2));
    assert_eq!(forth, trust(&[expired, elsewhere]).judge(&event(2)));
}

#[test]
fn a_wrong_signature_is_broken_and_another_region_unverified() {
    let trust = trust(&[signed(&grant(2), AUTHORITY)]);
    let forged = Event::from_parts(event(2).core_bytes().to_vec(), *event(3).signature()).unwrap();
    assert_eq!(trust.judge(&forged), Verdict::Broken);
    let abroad = sign(&core(2, 1, 5_000, status()), 2);
    assert_eq!(trust.judge(&abroad), Verdict::Unverified(Doubt::OtherRegion));
}

#[test]
fn credentials_of_another_region_or_with_a_forged_issuer_are_passed_over() {
    let abroad = Grant { region: RegionId::of_authority(&device(9)), issuer: device(9), ..grant(2) };
    let same_region_other_authority = Grant { issuer: device(9), ..grant(2) };
    for credential in [signed(&abroad, 9), signed(&same_region_other_authority, 9), signed(&grant(2), 9)] {
        assert_eq!(trust(&[credential]).judge(&event(2)), NO_CREDENTIAL);
    }
}

#[test]
fn a_coordinator_who_may_grant_can_vouch_within_what_they_have() {
    let by_four = |change: fn(&mut Grant)| {
        let mut grant = Grant { issuer: device(4), ..grant(2) };
        change(&mut grant);
        signed(&grant, 4)
    };
    let same = |_: &mut Grant| ();
    let limited = Grant { scope: nodes(&["s001", "s003"]), ..coordinator(4, AUTHORITY) };
    let cases: [(&str, Grant, Credential, Verdict); 8] = [
        ("may grant", coordinator(4, AUTHORITY), by_four(same), Verdict::Verified),
        ("may not grant", Grant { may_grant: false, ..coordinator(4, AUTHORITY) }, by_four(same), NO_CREDENTIAL),
        ("no coordinator", Grant { roles: EnumSet::only(Role::Manager), ..coordinator(4, AUTHORITY) }, by_four(same), NO_CREDENTIAL),
        ("from all to some", coordinator(4, AUTHORITY), by_four(|grant| grant.scope = nodes(&["s001"])), Verdict::Verified),
        ("from some to fewer", limited.clone(), by_four(|grant| grant.scope = nodes(&["s001"])), Verdict::Verified),
        ("from some to others", limited.clone(), by_four(|grant| grant.scope = nodes(&["s001", "s002"])), NO_CREDENTIAL),
        ("from some to all", limited, by_four(same), NO_CREDENTIAL),
        ("for longer", coordinator(4, AUTHORITY), by_four(|grant| grant.until = Millis(9_001)), NO_CREDENTIAL),
    ];
    for (name, issuer, credential, verdict) in cases {
        let issuer = signed(&issuer, AUTHORITY);
        assert_eq!(trust(&[issuer.clone(), credential.clone()]).judge(&event(2)), verdict, "{name}");
        assert_eq!(trust(&[credential, issuer]).judge(&event(2)), verdict, "{name}, learnt in the other order");
    }
    assert_eq!(trust(&[by_four(same)]).judge(&event(2)), NO_CREDENTIAL, "issuer unknown");
}

#[test]
fn a_chain_holds_up_to_four_holders_and_not_beyond_nor_in_a_circle() {
    // The authority empowers 3, 3 empowers 4, and so on; the last one vouches for 2.
    let chain = |last: u8| -> Vec<Credential> {
        let mut links: Vec<Credential> = (4..=last).rev().map(|seed| signed(&coordinator(seed, seed - 1), seed - 1)).collect();
        links.push(signed(&coordinator(3, AUTHORITY), AUTHORITY));
        links.push(signed(&Grant { issuer: device(last), ..grant(2) }, last));
        links
    };
    assert_eq!(trust(&chain(6)).judge(&event(2)), Verdict::Verified);
    assert_eq!(trust(&chain(7)).judge(&event(2)), NO_CREDENTIAL);
    let circle = [signed(&coordinator(4, 5), 5), signed(&coordinator(5, 4), 4), signed(&Grant { issuer: device(4), ..grant(2) }, 4)];
    assert_eq!(trust(&circle).judge(&event(2)), NO_CREDENTIAL);
}

fn revocation(seed: u8, by: u8, accepted: &[EventId]) -> Revocation {
    let region = RegionId::of_authority(&device(AUTHORITY));
    Revocation { region, device: device(seed), accepted: accepted.to_vec(), at: Millis(6_000), issuer: device(by) }
}

#[test]
fn of_a_revoked_device_only_listed_events_are_accepted_whatever_their_clock_says() {
    let mut trust = trust(&[signed(&grant(2), AUTHORITY)]);
    let (listed, unlisted) = (event(2), write(2, 2_000, event(2).core.body));
    trust.add_revocation(revocation(2, AUTHORITY, &[listed.id]));
    assert_eq!(trust.judge(&listed), Verdict::Verified);
    assert_eq!(trust.judge(&unlisted), REVOKED);
}

#[test]
fn only_who_may_revoke_revokes() {
    let people = [signed(&grant(2), AUTHORITY), signed(&coordinator(4, AUTHORITY), AUTHORITY), signed(&grant(5), AUTHORITY)];
    let late = Revocation { at: Millis(9_000), ..revocation(2, 4, &[]) };
    let abroad = Revocation { region: RegionId([9; 16]), ..revocation(2, AUTHORITY, &[]) };
    let cases = [
        ("a coordinator", revocation(2, 4, &[]), REVOKED),
        ("a volunteer", revocation(2, 5, &[]), Verdict::Verified),
        ("a stranger", revocation(2, 9, &[]), Verdict::Verified),
        ("after the coordinator's time", late, Verdict::Verified),
        ("for another region", abroad, Verdict::Verified),
    ];
    for (name, revocation, verdict) in cases {
        let mut trust = trust(&people);
        trust.add_revocation(revocation);
        assert_eq!(trust.judge(&event(2)), verdict, "{name}");
    }
}

#[test]
fn coordinators_can_not_revoke_each_other_and_strangers_can_not_break_a_chain() {
    let by_four = signed(&Grant { issuer: device(4), ..grant(2) }, 4);
    let people = [signed(&coordinator(4, AUTHORITY), AUTHORITY), signed(&coordinator(5, AUTHORITY), AUTHORITY), by_four];
    for by in [5, 9] {
        let mut trust = trust(&people);
        trust.add_revocation(revocation(4, by, &[]));
        assert_eq!(trust.judge(&event(4)), Verdict::Verified, "revoked by {by}");
        assert_eq!(trust.judge(&event(2)), Verdict::Verified, "issuer revoked by {by}");
    }
}

#[test]
fn when_the_authority_revokes_a_coordinator_what_they_granted_and_revoked_falls_too() {
    let by_four = signed(&Grant { issuer: device(4), ..grant(2) }, 4);
    let mut trust = trust(&[signed(&coordinator(4, AUTHORITY), AUTHORITY), by_four, signed(&grant(5), AUTHORITY)]);
    trust.add_revocation(revocation(5, 4, &[]));
    assert_eq!((trust.judge(&event(2)), trust.judge(&event(5))), (Verdict::Verified, REVOKED));
    trust.add_revocation(revocation(4, AUTHORITY, &[]));
    assert_eq!((trust.judge(&event(2)), trust.judge(&event(5))), (NO_CREDENTIAL, Verdict::Verified));
    assert_eq!(trust.judge(&event(4)), REVOKED);
}

#[test]
fn who_took_over_speaks_for_the_same_region_and_what_the_first_key_signed_still_counts() {
    let region = RegionId::of_authority(&device(AUTHORITY));
    let (by_first, by_next) = (signed(&grant(2), AUTHORITY), signed(&Grant { issuer: device(8), ..grant(3) }, 8));
    let believed = |authorities: &[u8]| {
        let mut trust = Trust::of(region, authorities.iter().map(|&seed| device(seed)).collect());
        [&by_first, &by_next].into_iter().for_each(|credential| trust.add_credential(credential.clone()));
        (trust.judge(&event(2)), trust.judge(&event(3)))
    };
    assert_eq!(believed(&[8, AUTHORITY]), (Verdict::Verified, Verdict::Verified));
    // The first key was stolen.
    assert_eq!(believed(&[8]), (NO_CREDENTIAL, Verdict::Verified));
    assert_eq!(believed(&[AUTHORITY]), (Verdict::Verified, NO_CREDENTIAL));
}

#[test]
fn what_is_learnt_at_once_counts_as_what_is_learnt_one_after_another_in_whatever_order() {
    use crate::personnel::issue::{CredentialIssued, DeviceRevoked};
    use ed25519_dalek::Signer;
    let by_four = signed(&Grant { issuer: device(4), ..grant(2) }, 4);
    let by_stranger = signed(&Grant { issuer: device(9), ..grant(7) }, 9);
    let revocation = revocation(5, 4, &[]);
    let key = crate::event::tests::key(4);
    let signature = key.sign(&revocation.signing_message().unwrap()).to_bytes();
    let revoked = Body::DeviceRevoked(DeviceRevoked { revocation: revocation.to_bytes().unwrap(), signature });
    let given = [by_four, by_stranger, signed(&grant(5), AUTHORITY), signed(&coordinator(4, AUTHORITY), AUTHORITY)];
    let mut events: Vec<Event> = vec![write(4, 6_000, revoked)];
    events.extend(given.iter().map(|credential| write(4, 5_000, Body::CredentialIssued(CredentialIssued::of(credential)))));
    let said = |trust: &Trust| [2, 5, 7].map(|seed| trust.judge(&event(seed)));
    for _ in 0..events.len() {
        events.rotate_left(1);
        let (mut at_once, mut in_turn) = (trust(&[]), trust(&[]));
        at_once.learn(&events);
        events.iter().for_each(|event| in_turn.learn([event]));
        assert_eq!(said(&at_once), [Verdict::Verified, REVOKED, NO_CREDENTIAL]);
        assert_eq!(said(&in_turn), said(&at_once));
    }
}
