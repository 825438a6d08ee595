//! Tests of inviting somebody: what fits, what does not, and that only the phone that applied can open its admission.

use super::*;
use crate::body::Body;
use crate::event::Core;
use crate::event::tests::{core, device, key, sign};
use crate::personnel::issue::CredentialIssued;
use crate::personnel::signed::Signable;
use crate::personnel::trust::Trust;
use ed25519_dalek::Signer;
use proptest::prelude::*;

const AUTHORITY: u8 = 1;
const COORDINATOR: u8 = 2;
const INVITEE: u8 = 3;

fn signed<T: Signable>(value: T, by: u8) -> Signed<T> {
    let signature = key(by).sign(&value.signing_message().unwrap()).to_bytes();
    Signed::from_parts(value.to_bytes().unwrap(), signature).unwrap()
}

fn invitation() -> Invitation {
    Invitation {
        region: RegionId::of_authority(&device(AUTHORITY)),
        number: InvitationNumber([7; 16]),
        issuer: device(COORDINATOR),
        roles: EnumSet::only(Role::Manager),
        scope: Scope::Nodes(vec!["s001".parse().unwrap()]),
        skills: EnumSet::only(Skill::FirstAid),
        until: Millis(100 * Millis::DAY),
        open_until: Millis(12 * Millis::DAY),
    }
}

fn secret() -> ReadingSecret {
    ReadingSecret::derive(&[5; 32])
}

fn application() -> Application {
    let Invitation { region, number, .. } = invitation();
    Application { region, number, device: device(INVITEE), reading: secret().public().unwrap() }
}

/// What the coordinator's phone hands out for a fitting application.
fn welcome(grant: &Grant) -> Welcome {
    let credential = Credential::from_parts(grant.to_bytes().unwrap(), key(COORDINATOR).sign(&grant.signing_message().unwrap()).to_bytes());
    let body = Body::CredentialIssued(CredentialIssued::of(&credential.unwrap()));
    let event = sign(&Core { region: grant.region, ..core(COORDINATOR, 1, 11 * Millis::DAY, body) }, COORDINATOR);
    let seat = SeatKey { account: "m-7k2d".parse().unwrap(), password: "k7wd-3m9q".to_owned() };
    Welcome { issued: (event.core_bytes().to_vec(), Signature(*event.signature())), chain: Vec::new(), seat: Some(seat) }
}

#[test]
fn from_invitation_to_a_verified_word() {
    let now = Millis(11 * Millis::DAY);
    let grant = invitation().grant(&signed(application(), INVITEE), now).unwrap();
    let admission = Admission::seal(&welcome(&grant), &application(), &[9; 32]).unwrap();
    let arrived = Admission::from_text(&admission.to_text()).unwrap();
    let (event, credential) = arrived.open(&secret(), &device(INVITEE)).unwrap().read(&device(INVITEE)).unwrap();
    assert_eq!(credential.grant.roles, EnumSet::only(Role::Manager));

    let mut trust = Trust::new(device(AUTHORITY));
    let above = crate::personnel::credential::tests::grant(COORDINATOR);
    let above = Grant { roles: EnumSet::only(Role::Coordinator), may_grant: true, until: Millis(200 * Millis::DAY), ..above };
    trust.add_credential(crate::personnel::credential::tests::signed(&above, AUTHORITY));
    trust.learn([&event]);
    assert_eq!(trust.credentials_of(&device(INVITEE)).count(), 1);
    assert_eq!(trust.chain_of(&device(INVITEE), now).len(), 2, "the invitee's own, and the coordinator's");
    assert!(trust.may_grant(&device(COORDINATOR), &grant, now));
    assert!(!trust.may_grant(&device(INVITEE), &grant, now));
}

#[test]
fn what_does_not_fit_gets_nothing() {
    let now = Millis(11 * Millis::DAY);
    let other = Application { number: InvitationNumber([8; 16]), ..application() };
    let abroad = Application { region: RegionId([9; 16]), ..application() };
    for (application, by, now, expected) in [
        (application(), 4, now, Unfit::NotIntact),
        (other, INVITEE, now, Unfit::OtherInvitation),
        (abroad, INVITEE, now, Unfit::OtherInvitation),
        (application(), INVITEE, invitation().open_until, Unfit::TooLate),
    ] {
        assert_eq!(invitation().grant(&signed(application, by), now), Err(expected));
    }
}

#[test]
fn nobody_else_opens_an_admission_and_nobody_takes_anothers_credential() {
    let grant = invitation().grant(&signed(application(), INVITEE), Millis(0)).unwrap();
    let admission = Admission::seal(&welcome(&grant), &application(), &[9; 32]).unwrap();
    assert!(admission.open(&ReadingSecret::derive(&[6; 32]), &device(INVITEE)).is_none());
    assert!(admission.open(&secret(), &device(4)).is_none());
    assert!(welcome(&grant).read(&device(4)).is_err());
    let renumbered = Admission { number: InvitationNumber([8; 16]), ..admission };
    assert!(renumbered.open(&secret(), &device(INVITEE)).is_none());
}

#[test]
fn the_text_forms_fit_into_a_qr_and_round_trip() {
    let (invitation, application) = (signed(invitation(), COORDINATOR), signed(application(), INVITEE));
    assert_eq!(Signed::<Invitation>::from_text(&invitation.to_text()), Ok(invitation.clone()));
    assert_eq!(Signed::<Application>::from_text(&application.to_text()), Ok(application.clone()));
    let grant = invitation.value.grant(&application, Millis(0)).unwrap();
    let admission = Admission::seal(&welcome(&grant), &application.value, &[9; 32]).unwrap();
    for text in [invitation.to_text(), application.to_text(), admission.to_text()] {
        assert!(text.len() < 1_200, "{} letters are too many for one QR", text.len());
    }
    assert!(!signed(invitation.value, INVITEE).is_intact());
}

proptest! {
    #[test]
    fn whatever_is_scanned_never_panics(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let text = to_base64url(&bytes);
        let _read = (Signed::<Invitation>::from_text(&text), Signed::<Application>::from_text(&text));
        if let Some(admission) = Admission::from_text(&text) {
            prop_assert!(admission.open(&secret(), &device(INVITEE)).is_none());
        }
    }
}
