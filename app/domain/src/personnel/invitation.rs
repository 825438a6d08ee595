//! Inviting somebody: three messages between two phones, by QR, link or file, with or without a network.
//!
//! 1. The coordinator's phone shows an [`Invitation`]: what is offered, and a number that is used once.
//! 2. The invitee's phone makes its own keys and answers with an [`Application`], signed by its new key.
//! 3. The coordinator's phone hands out an [`Admission`], which only that phone can open: the credential, and a seat at the hub.

use super::check_in::Skill;
use super::credential::{Credential, Grant, Scope};
use super::role::Role;
use super::signed::{LONGEST, Signable, Signed};
use crate::event::{Event, Malformed};
use crate::id::{Account, DeviceKey, RegionId, bytes};
use crate::seal::{ReadingKey, ReadingSecret};
use crate::text::{from_base64url, to_base64url};
use crate::unit::Millis;
use enumset::EnumSet;
use serde::{Deserialize, Serialize};

const ADMISSION_PURPOSE: &[u8] = b"civmesh admission v1\n";

/// What ties the three messages together: random, used once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct InvitationNumber(#[serde(serialize_with = "bytes::write", deserialize_with = "bytes::read")] pub [u8; 16]);

/// What is offered to whoever holds this.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invitation {
    /// The region.
    pub region: RegionId,
    /// Used once.
    pub number: InvitationNumber,
    /// Who invites, and signs.
    pub issuer: DeviceKey,
    /// The roles that are offered.
    pub roles: EnumSet<Role>,
    /// At which nodes.
    pub scope: Scope,
    /// What the invitee is known to be able to do.
    pub skills: EnumSet<Skill>,
    /// Until when the credential would be valid.
    pub until: Millis,
    /// Until when it can be answered.
    pub open_until: Millis,
}

impl Signable for Invitation {
    const CONTEXT: &'static [u8] = b"civmesh invitation v1\n";

    fn signer(&self) -> &DeviceKey {
        &self.issuer
    }
}

/// The answer of the invitee's phone: its keys. The signature shows that it has the private half.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Application {
    /// The region.
    pub region: RegionId,
    /// Which invitation is answered.
    pub number: InvitationNumber,
    /// The key that the phone made, and signs with.
    pub device: DeviceKey,
    /// The key to which the admission is sealed, and later the secrets of its nodes: it goes into the grant.
    pub reading: ReadingKey,
}

impl Signable for Application {
    const CONTEXT: &'static [u8] = b"civmesh application v1\n";

    fn signer(&self) -> &DeviceKey {
        &self.device
    }
}

/// Why an application does not fit an invitation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unfit {
    /// It is not signed by the key it names.
    NotIntact,
    /// It answers another invitation, or is of another region.
    OtherInvitation,
    /// The invitation is over.
    TooLate,
}

impl Invitation {
    /// The grant that `application` asks for under this invitation.
    ///
    /// # Errors
    /// Why it gets none.
    pub fn grant(&self, application: &Signed<Application>, now: Millis) -> Result<Grant, Unfit> {
        let asked = &application.value;
        if !application.is_intact() {
            return Err(Unfit::NotIntact);
        }
        if asked.region != self.region || asked.number != self.number {
            return Err(Unfit::OtherInvitation);
        }
        if now >= self.open_until {
            return Err(Unfit::TooLate);
        }
        Ok(Grant {
            region: self.region,
            device: asked.device,
            reading: asked.reading,
            roles: self.roles,
            skills: self.skills,
            scope: self.scope.clone(),
            // The invitee's clock may be behind.
            from: Millis(now.0.saturating_sub(Millis::HOUR)),
            until: self.until,
            name_hash: [0; 32],
            may_grant: false,
            issuer: self.issuer,
        })
    }
}

/// A seat at the hub, as it is handed over.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeatKey {
    /// The account.
    pub account: Account,
    /// Its password.
    pub password: String,
}

/// What is inside an admission.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Welcome {
    /// The event that gives the credential: core and signature.
    pub issued: (Vec<u8>, Signature),
    /// The credentials from the issuer up to the authority, where the region has not published them: grants and signatures.
    pub chain: Vec<(Vec<u8>, Signature)>,
    /// A seat at the hub, if there was one to give.
    pub seat: Option<SeatKey>,
}

/// A signature as it travels here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signature(#[serde(serialize_with = "bytes::write", deserialize_with = "bytes::read")] pub [u8; 64]);

/// A welcome, sealed to the phone that applied.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Admission {
    /// Which invitation is fulfilled.
    pub number: InvitationNumber,
    sealed: Vec<u8>,
}

impl Admission {
    /// Seals `welcome` to the phone that applied. `chance` is never used twice.
    pub fn seal(welcome: &Welcome, application: &Application, chance: &[u8; 32]) -> Option<Self> {
        let content = postcard::to_allocvec(welcome).ok()?;
        let beside = beside(&application.number, &application.device);
        let sealed = application.reading.seal(ADMISSION_PURPOSE, &beside, &content, chance)?;
        Some(Self { number: application.number, sealed })
    }

    /// Opens it with the secret of the phone that applied with the key `device`; `None` for any other phone.
    pub fn open(&self, secret: &ReadingSecret, device: &DeviceKey) -> Option<Welcome> {
        let content = secret.open(ADMISSION_PURPOSE, &beside(&self.number, device), &self.sealed)?;
        postcard::from_bytes(&content).ok()
    }

    /// As text for a QR or a link.
    pub fn to_text(&self) -> String {
        to_base64url(&[self.number.0.as_slice(), &self.sealed].concat())
    }

    /// Reads the text form.
    pub fn from_text(text: &str) -> Option<Self> {
        let bytes = if text.len() > LONGEST { None } else { from_base64url(text) }?;
        let (number, sealed) = bytes.split_first_chunk()?;
        Some(Self { number: InvitationNumber(*number), sealed: sealed.to_vec() })
    }
}

fn beside(number: &InvitationNumber, device: &DeviceKey) -> Vec<u8> {
    [number.0.as_slice(), &device.0].concat()
}

impl Welcome {
    /// The event that gives the credential, and the credential, if it is for `device`.
    ///
    /// # Errors
    /// What is not canonical, and what is for another device.
    pub fn read(&self, device: &DeviceKey) -> Result<(Event, Credential), Malformed> {
        let event = Event::from_parts(self.issued.0.clone(), self.issued.1.0)?;
        let crate::body::Body::CredentialIssued(issued) = &event.core.body else { return Err(Malformed::NotAnEvent) };
        let credential = issued.credential()?;
        let mine = credential.grant.device == *device && event.is_intact() && credential.is_intact();
        if mine { Ok((event, credential)) } else { Err(Malformed::Disagrees("device")) }
    }

    /// The credentials above it that can be read.
    pub fn chain(&self) -> impl Iterator<Item = Credential> + '_ {
        self.chain.iter().filter_map(|(grant, signature)| Credential::from_parts(grant.clone(), signature.0).ok())
    }
}

#[cfg(test)]
mod tests;
