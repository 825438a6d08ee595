//! Answering an invitation: this phone makes its own keys, and takes up what comes back.

use super::Failed;
use super::invite::trust;
use crate::device::{lock, time};
use crate::state::profile::secret;
use crate::state::signer::{own, reading_secret};
use crate::state::{AppState, clock, seat, sync, view};
use civmesh_domain::personnel::credential::Credential;
use civmesh_domain::personnel::invitation::{Admission, Application, Invitation};
use civmesh_domain::personnel::signed::Signed;
use civmesh_domain::routing::Database;
use civmesh_domain::text::to_base64url;
use civmesh_store::Store;
use civmesh_store::record::{Document, EventRow, Page, Source};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use serde_json::json;

/// An invitation that was read.
#[derive(Clone)]
pub struct Offered {
    /// What is offered.
    pub invitation: Invitation,
    /// Whether it is known here that whoever invites may.
    pub is_known: bool,
    text: String,
}

/// Where joining stands: the answer waits for the other phone.
#[derive(Clone, Serialize, Deserialize)]
pub struct Joining {
    /// The invitation.
    pub invitation: String,
    /// The answer, as it is shown.
    pub application: String,
}

/// Why an invitation or admission was not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotJoined {
    /// It can't be read, or was changed on the way.
    Unreadable,
    /// It is for another region than the one shown.
    OtherRegion,
    /// The invitation is over.
    TooLate,
    /// It is for another phone.
    NotForUs,
    /// Nobody whom the region's authority allows to vouches for it.
    NotVouched,
    /// There is no seat in it.
    NoSeat,
    /// The phone could not keep it.
    NotKept,
}

impl From<Failed> for NotJoined {
    fn from(_: Failed) -> Self {
        Self::NotKept
    }
}

impl From<civmesh_store::StoreError> for NotJoined {
    fn from(_: civmesh_store::StoreError) -> Self {
        Self::NotKept
    }
}

/// Reads an invitation.
///
/// # Errors
/// Why it is none for this phone.
pub async fn read(app: AppState, text: &str) -> Result<Offered, NotJoined> {
    let signed = Signed::<Invitation>::from_text(text).ok().filter(Signed::is_intact).ok_or(NotJoined::Unreadable)?;
    let (store, region) = (app.store().ok_or(NotJoined::NotKept)?, app.region.get_untracked().ok_or(NotJoined::NotKept)?);
    let invitation = signed.value;
    if invitation.region != region.manifest.region {
        return Err(NotJoined::OtherRegion);
    }
    let now = clock::to_sign(app);
    if now >= invitation.open_until {
        return Err(NotJoined::TooLate);
    }
    let trust = trust(app, &store).await;
    let issuer = invitation.issuer;
    let is_known = trust.is_some_and(|trust| {
        let can = |credential: &Credential| credential.grant.may_grant && credential.grant.is_valid(now);
        trust.is_authority(&issuer) || (trust.credentials_of(&issuer).any(can) && !trust.is_revoked_device(&issuer))
    });
    Ok(Offered { invitation, is_known, text: text.to_owned() })
}

/// Makes this phone's keys if it has none yet, and the answer to the invitation.
///
/// # Errors
/// Nothing was answered.
pub async fn answer(app: AppState, offered: &Offered) -> Result<Joining, NotJoined> {
    let store = app.store().ok_or(NotJoined::NotKept)?;
    let (invitation, text) = (offered.invitation.clone(), offered.text.clone());
    let make = async move {
        let key = own(app, &store).await?;
        let reading = reading_secret(app, &store).await?.public().ok_or(NotJoined::NotKept)?;
        let application = Application { region: invitation.region, number: invitation.number, device: key.public(), reading };
        let joining = Joining { invitation: text, application: key.seal_off(&application).await?.to_text() };
        let value = serde_json::to_value(&joining).map_err(|_| NotJoined::NotKept)?;
        secret::keep(app, &store, secret::JOINING, Some(value)).await?;
        Ok(joining)
    };
    lock::with(lock::WRITE, make).await.unwrap_or(Err(NotJoined::NotKept))
}

/// The answer that still waits for the other phone.
pub async fn pending(app: AppState) -> Option<Joining> {
    serde_json::from_value(secret::read(app, &app.store()?, secret::JOINING).await.ok()??).ok()
}

/// Forgets the answer.
pub async fn give_up(app: AppState) -> Result<(), NotJoined> {
    Ok(secret::keep(app, &app.store().ok_or(NotJoined::NotKept)?, secret::JOINING, None).await?)
}

/// Takes up what the other phone gave: the credential, and the seat.
///
/// # Errors
/// Nothing was taken up, and the answer can be shown again.
pub async fn enter(app: AppState, text: &str) -> Result<(), NotJoined> {
    let (store, region) = (app.store().ok_or(NotJoined::NotKept)?, app.region.get_untracked().ok_or(NotJoined::NotKept)?);
    let admission = Admission::from_text(text).ok_or(NotJoined::Unreadable)?;
    let device = own(app, &store).await?.public();
    let welcome = admission.open(&reading_secret(app, &store).await?, &device).ok_or(NotJoined::NotForUs)?;
    let (event, credential) = welcome.read(&device).map_err(|_| NotJoined::NotForUs)?;
    let mut believed = trust(app, &store).await.ok_or(NotJoined::NotKept)?;
    let chain: Vec<Credential> = welcome.chain().collect();
    chain.iter().for_each(|above| believed.add_credential(above.clone()));
    believed.learn([&event]);
    if !believed.credentials_of(&device).any(|held| *held == credential) {
        return Err(NotJoined::NotVouched);
    }
    let seat = welcome.seat.clone().ok_or(NotJoined::NoSeat)?;
    let database = Database::Public(region.manifest.region).to_string();
    let received = time::now();
    let document = |credential: &Credential| Document {
        database: database.clone(),
        id: format!("credential:{}", credential.id()),
        body: json!({
            "type": "credential",
            "v": 1,
            "credential": to_base64url(credential.bytes()),
            "sig": to_base64url(credential.signature()),
        }),
        received,
    };
    let row = EventRow { intact: event.is_intact(), event, source: Source::File, received };
    store.merge(Page { events: vec![row], documents: chain.iter().map(document).collect(), ..Page::default() }).await?;
    seat::take_up_own(app, seat, &credential.grant).await?;
    secret::keep(app, &store, secret::JOINING, None).await?;
    // What can't be read back now is read with the next change.
    let _later = view::read(app).await;
    sync::tell_other_tabs(app);
    Ok(())
}
