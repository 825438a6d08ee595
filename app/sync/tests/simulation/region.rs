//! What the region's authority signs: credentials for the seats, and the revocation of one.

use crate::model::Couch;
use crate::phone::Phone;
use crate::world::region::{authority, issuer, signed};
use crate::world::{REGION, START, database};
use civmesh_domain::personnel::credential::{Credential, Grant, Revocation};
use civmesh_domain::personnel::seat::reading_secret;
use civmesh_domain::personnel::trust::Trust;
use civmesh_domain::text::{from_base64url, to_base64url};
use civmesh_domain::unit::Millis;
use civmesh_store::record::Document;
use ed25519_dalek::Signer;
use enumset::EnumSet;
use serde_json::{Value, json};

fn publish(couch: &Couch, kind: &str, bytes: &[u8], signature: &[u8; 64]) {
    let hash = blake3::hash(bytes).to_hex();
    let (id, rev) = (format!("{kind}:{}", &hash[..32]), format!("1-{}", &hash[..32]));
    let document = json!({ "_id": id, "_rev": rev, "type": kind, "v": 1, kind: to_base64url(bytes), "sig": to_base64url(signature) });
    couch.databases.borrow_mut().get_mut(&database("public")).unwrap().push(&document);
}

/// Publishes the credential of the phone's seat.
pub fn grant(couch: &Couch, phone: &Phone) {
    let Some(seat) = &phone.seat else { return };
    let credential = signed(&Grant {
        region: REGION,
        device: seat.device,
        reading: reading_secret(&seat.account, &phone.password).public().unwrap(),
        roles: seat.roles,
        skills: EnumSet::empty(),
        scope: seat.nodes.clone(),
        // Clocks are years off here.
        from: Millis(0),
        until: Millis(START * 2),
        name_hash: [0; 32],
        may_grant: false,
        issuer: issuer(),
    });
    publish(couch, "credential", credential.bytes(), credential.signature());
}

/// Publishes that nothing more is accepted from the phone's device.
pub fn revoke(couch: &Couch, phone: &Phone) {
    let revocation = Revocation { region: REGION, device: phone.device(), accepted: Vec::new(), at: Millis(START), issuer: issuer() };
    let signature = authority().sign(&revocation.signing_message().unwrap()).to_bytes();
    publish(couch, "revocation", &revocation.to_bytes().unwrap(), &signature);
}

/// What somebody believes who has these documents.
pub fn trust<'a>(documents: impl IntoIterator<Item = &'a Value>) -> Trust {
    let mut trust = Trust::new(issuer());
    let bytes = |document: &Value, field: &str| document[field].as_str().and_then(from_base64url);
    for document in documents {
        let Some(signature) = bytes(document, "sig").and_then(|bytes| bytes.try_into().ok()) else { continue };
        if let Some(credential) = bytes(document, "credential") {
            trust.add_credential(Credential::from_parts(credential, signature).unwrap());
        }
        if let Some(revocation) = bytes(document, "revocation") {
            trust.add_revocation(Revocation::read(&revocation, &signature).unwrap());
        }
    }
    trust
}

/// The documents in a phone's store.
pub fn bodies(documents: &[Document]) -> impl Iterator<Item = &Value> {
    documents.iter().map(|document| &document.body)
}
