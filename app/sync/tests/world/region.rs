//! What the region's authority signs, and the reading secret of a phone's seat.

use super::{Phone, REGION, node};
use civmesh_domain::id::DeviceKey;
use civmesh_domain::personnel::credential::{Credential, Grant, Scope};
use civmesh_domain::personnel::role::Role;
use civmesh_domain::personnel::seat::reading_secret;
use civmesh_domain::seal::ReadingSecret;
use civmesh_domain::unit::Millis;
use ed25519_dalek::{Signer, SigningKey};
use enumset::EnumSet;

pub fn authority() -> SigningKey {
    SigningKey::from_bytes(&[1; 32])
}

pub fn issuer() -> DeviceKey {
    DeviceKey(authority().verifying_key().to_bytes())
}

/// What opens that which is sealed to the phone's seat.
pub fn own(phone: &Phone) -> ReadingSecret {
    reading_secret(&phone.seat().account, phone.seat().password.as_ref().unwrap())
}

/// The credential of a phone's seat.
pub fn credential(phone: &Phone, role: Role, at: &str) -> Credential {
    signed(&Grant {
        region: REGION,
        device: phone.seat().device,
        reading: own(phone).public().unwrap(),
        roles: EnumSet::only(role),
        skills: EnumSet::empty(),
        scope: Scope::Nodes(vec![node(at)]),
        from: Millis(0),
        until: Millis(u64::MAX),
        name_hash: [0; 32],
        may_grant: false,
        issuer: issuer(),
    })
}

pub fn signed(grant: &Grant) -> Credential {
    let signature = authority().sign(&grant.signing_message().unwrap()).to_bytes();
    Credential::from_parts(grant.to_bytes().unwrap(), signature).unwrap()
}
