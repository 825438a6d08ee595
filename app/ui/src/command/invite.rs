//! Inviting somebody, admitting them, and revoking a device: what a coordinator's phone does, with or without a network.

use super::Failed;
use super::author::{self, Draft};
use crate::device::{chance, lock};
use crate::state::profile::secret;
use crate::state::signer::signer;
use crate::state::{AppState, clock, view};
use civmesh_domain::body::Body;
use civmesh_domain::id::{Account, DeviceKey, EventId, NodeId};
use civmesh_domain::part::{Content, PartKind};
use civmesh_domain::personnel::check_in::Skill;
use civmesh_domain::personnel::credential::{Credential, Grant, Revocation, Scope};
use civmesh_domain::personnel::invitation::{Admission, Application, Invitation, InvitationNumber, SeatKey, Signature, Unfit, Welcome};
use civmesh_domain::personnel::issue::{CredentialIssued, DeviceRevoked, REGION_NODE, node_of};
use civmesh_domain::personnel::role::Role;
use civmesh_domain::personnel::signed::Signed;
use civmesh_domain::personnel::trust::{Trust, Verdict};
use civmesh_domain::text::to_base64url;
use civmesh_domain::unit::Millis;
use civmesh_store::Store;
use civmesh_store::phone::PhoneStore;
use enumset::EnumSet;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// How long an invitation can be answered, in milliseconds.
const OPEN_FOR: u64 = 7 * Millis::DAY;
/// So many identifiers fit into one event of a revocation.
const ACCEPTED_IN_ONE: usize = 200;

/// A seat that a coordinator holds, to be given to somebody: as `civmesh-hub seats --json` writes it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SpareSeat {
    account: Account,
    password: String,
    /// What it is for.
    pub role: Role,
    /// At which nodes.
    pub nodes: Vec<NodeId>,
}

/// An invitation that was made here.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct Made {
    /// As it is shown.
    pub text: String,
    /// For whom, by the name that the coordinator typed.
    pub name: String,
    salt: [u8; 16],
    seat: Option<SpareSeat>,
    /// Who answered, and what they were given; the same phone is given the same again.
    pub answered: Option<(DeviceKey, String)>,
}

/// What a coordinator keeps of inviting: one value, so that a seat is given and taken out of the stock at once.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Desk {
    /// Invitations, oldest first.
    pub made: Vec<Made>,
    /// Seats that nobody has yet.
    pub stock: Vec<SpareSeat>,
}

/// What is offered to somebody.
#[derive(Clone)]
pub struct Offer {
    /// Their name, kept on this phone and with the node's staff.
    pub name: String,
    /// As what.
    pub role: Role,
    /// At which node; a coordinator is for all.
    pub node: Option<NodeId>,
    /// What they can do.
    pub skills: EnumSet<Skill>,
    /// For how many days.
    pub days: u32,
}

/// Why somebody was not admitted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotAdmitted {
    /// The code is no answer to an invitation.
    Unreadable,
    /// The invitation was not made on this phone.
    NotOurs,
    /// Another phone has used the invitation.
    Used,
    /// The invitation is over.
    TooLate,
    /// This phone may not give such a credential.
    MayNot,
    /// There is no seat left for this role and place.
    NoSeat,
    /// The phone could not write it.
    Failed,
}

impl From<Failed> for NotAdmitted {
    fn from(_: Failed) -> Self {
        Self::Failed
    }
}

/// The invitation that was made.
pub fn invitation_of(made: &Made) -> Option<Invitation> {
    Signed::<Invitation>::from_text(&made.text).ok().map(|signed| signed.value)
}

/// The number of an invitation, as it stands in addresses.
pub fn number_of(made: &Made) -> Option<String> {
    invitation_of(made).map(|invitation| to_base64url(&invitation.number.0))
}

/// What is kept of inviting.
///
/// # Errors
/// It can't be read.
pub async fn desk(app: AppState, store: &PhoneStore) -> Result<Desk, Failed> {
    let kept = secret::read(app, store, secret::INVITATIONS).await?;
    Ok(kept.and_then(|value| serde_json::from_value(value).ok()).unwrap_or_default())
}

async fn keep(app: AppState, store: &PhoneStore, desk: &Desk) -> Result<(), Failed> {
    let value = serde_json::to_value(desk).map_err(|_| Failed::NotWritten)?;
    secret::keep(app, store, secret::INVITATIONS, Some(value)).await
}

/// Puts seats from a file into the stock; how many were new. `None` where the file holds no seats.
pub async fn stock_up(app: AppState, bytes: &[u8]) -> Result<Option<usize>, Failed> {
    let Ok(seats) = serde_json::from_slice::<Vec<SpareSeat>>(bytes) else { return Ok(None) };
    let store = app.store().ok_or(Failed::NotReady)?;
    let change = async move {
        let mut desk = desk(app, &store).await?;
        let given = |account: &Account, desk: &Desk| {
            let in_use = desk.made.iter().filter_map(|made| made.seat.as_ref());
            desk.stock.iter().chain(in_use).any(|seat| seat.account == *account)
        };
        let new: Vec<SpareSeat> = seats.into_iter().filter(|seat| !given(&seat.account, &desk)).collect();
        let count = new.len();
        desk.stock.extend(new);
        keep(app, &store, &desk).await.map(|()| Some(count))
    };
    lock::with(lock::WRITE, change).await.unwrap_or(Err(Failed::NotWritten))
}

fn scope_of(offer: &Offer) -> Scope {
    offer.node.clone().filter(|_| offer.role != Role::Coordinator).map_or(Scope::All, |node| Scope::Nodes(vec![node]))
}

/// Makes an invitation, and says its number.
///
/// # Errors
/// Nothing was made.
pub async fn invite(app: AppState, offer: Offer) -> Result<String, Failed> {
    let (store, region) = (app.store().ok_or(Failed::NotReady)?, app.region.get_untracked().ok_or(Failed::NotReady)?);
    let (key, now) = (signer(app).await?, clock::to_sign(app));
    let invitation = Invitation {
        region: region.manifest.region,
        number: InvitationNumber(chance::random().ok_or(Failed::NotWritten)?),
        issuer: key.public(),
        roles: EnumSet::only(offer.role),
        scope: scope_of(&offer),
        skills: offer.skills,
        until: Millis(now.0 + u64::from(offer.days) * Millis::DAY),
        open_until: Millis(now.0 + OPEN_FOR),
    };
    let number = to_base64url(&invitation.number.0);
    let text = key.seal_off(&invitation).await?.to_text();
    let made = Made { text, name: offer.name, salt: chance::random().ok_or(Failed::NotWritten)?, seat: None, answered: None };
    let change = async move {
        let mut desk = desk(app, &store).await?;
        desk.made.push(made);
        keep(app, &store, &desk).await.map(|()| number)
    };
    lock::with(lock::WRITE, change).await.unwrap_or(Err(Failed::NotWritten))
}

/// Takes an invitation back: nobody can answer it any more. A credential that was given stays.
pub async fn withdraw(app: AppState, text: String) -> Result<(), Failed> {
    let store = app.store().ok_or(Failed::NotReady)?;
    let change = async move {
        let mut desk = desk(app, &store).await?;
        let returned = desk.made.iter_mut().filter(|made| made.text == text && made.answered.is_none()).filter_map(|made| made.seat.take());
        let returned: Vec<SpareSeat> = returned.collect();
        desk.stock.extend(returned);
        desk.made.retain(|made| made.text != text);
        keep(app, &store, &desk).await
    };
    lock::with(lock::WRITE, change).await.unwrap_or(Err(Failed::NotWritten))
}

/// Admits the phone that answered an invitation, and says the invitation's number: what that phone gets back is kept with it, sealed to
/// that phone. May be repeated for the same phone.
///
/// # Errors
/// Why not; a seat that was set aside for it stays set aside.
pub async fn admit(app: AppState, text: &str) -> Result<String, NotAdmitted> {
    let application = Signed::<Application>::from_text(text).map_err(|_| NotAdmitted::Unreadable)?;
    let number = to_base64url(&application.value.number.0);
    let store = app.store().ok_or(NotAdmitted::Failed)?;
    let asked = application.clone();
    let set_aside = async move { set_aside(app, &store, &asked).await };
    let (made, grant) = match lock::with(lock::WRITE, set_aside).await.unwrap_or(Err(NotAdmitted::Failed))? {
        Step::Again => return Ok(number),
        Step::New(made, grant) => (made, grant),
    };
    let store = app.store().ok_or(NotAdmitted::Failed)?;
    let welcome = issue(app, &store, &made, &grant).await?;
    let chance = chance::random().ok_or(NotAdmitted::Failed)?;
    let admission = Admission::seal(&welcome, &application.value, &chance).ok_or(NotAdmitted::Unreadable)?.to_text();
    let answered = Some((grant.device, admission));
    let note = async move {
        let mut desk = desk(app, &store).await?;
        desk.made.iter_mut().filter(|other| other.text == made.text).for_each(|made| made.answered.clone_from(&answered));
        keep(app, &store, &desk).await
    };
    lock::with(lock::WRITE, note).await.unwrap_or(Err(Failed::NotWritten))?;
    Ok(number)
}

enum Step {
    Again,
    New(Box<Made>, Box<Grant>),
}

/// Finds the invitation, and sets a seat aside for whoever answers it.
async fn set_aside(app: AppState, store: &PhoneStore, application: &Signed<Application>) -> Result<Step, NotAdmitted> {
    let mut desk = desk(app, store).await?;
    let ours = |made: &Made| Signed::<Invitation>::from_text(&made.text).ok().filter(|ours| ours.value.number == application.value.number);
    let found = desk.made.iter().enumerate().find_map(|(at, made)| Some((at, ours(made)?)));
    let (at, invitation) = found.ok_or(NotAdmitted::NotOurs)?;
    match &desk.made[at].answered {
        Some((device, _)) if *device == application.value.device => return Ok(Step::Again),
        Some(_) => return Err(NotAdmitted::Used),
        None => {}
    }
    let now = clock::to_sign(app);
    let mut grant = invitation.value.grant(application, now).map_err(|unfit| match unfit {
        Unfit::NotIntact => NotAdmitted::Unreadable,
        Unfit::OtherInvitation => NotAdmitted::NotOurs,
        Unfit::TooLate => NotAdmitted::TooLate,
    })?;
    if !trust(app, store).await.is_some_and(|trust| trust.may_grant(&grant.issuer, &grant, now)) {
        return Err(NotAdmitted::MayNot);
    }
    if desk.made[at].seat.is_none() {
        let fits =
            |seat: &SpareSeat| grant.roles.contains(seat.role) && (seat.role == Role::Coordinator || scope_is(&grant.scope, &seat.nodes));
        let place = desk.stock.iter().position(fits).ok_or(NotAdmitted::NoSeat)?;
        desk.made[at].seat = Some(desk.stock.remove(place));
        keep(app, store, &desk).await?;
    }
    let made = desk.made.swap_remove(at);
    if !made.name.trim().is_empty() {
        grant.name_hash = name_of(&made).hash();
    }
    Ok(Step::New(Box::new(made), Box::new(grant)))
}

fn scope_is(scope: &Scope, nodes: &[NodeId]) -> bool {
    matches!(scope, Scope::Nodes(wanted) if wanted.iter().all(|node| nodes.contains(node)) && wanted.len() == nodes.len())
}

fn name_of(made: &Made) -> Content {
    Content { salt: made.salt, bytes: made.name.trim().as_bytes().to_vec() }
}

/// Signs the credential and writes the event that gives it; the name goes beside it, for the node's staff.
async fn issue(app: AppState, store: &PhoneStore, made: &Made, grant: &Grant) -> Result<Welcome, NotAdmitted> {
    let key = signer(app).await?;
    let message = grant.signing_message().map_err(|_| NotAdmitted::Failed)?;
    let bytes = grant.to_bytes().map_err(|_| NotAdmitted::Failed)?;
    let credential = Credential::from_parts(bytes, key.sign(&message).await?).map_err(|_| NotAdmitted::Failed)?;
    let node = node_of(&grant.scope).ok_or(NotAdmitted::Failed)?;
    let mut draft = Draft::new(node, Body::CredentialIssued(CredentialIssued::of(&credential)));
    if !made.name.trim().is_empty() {
        draft = draft.with_content(PartKind::Person, name_of(made));
    }
    let id = author::write(app, draft).await?;
    let event = store.event(id).await.map_err(|_| NotAdmitted::Failed)?.ok_or(NotAdmitted::Failed)?.event;
    let chain = trust(app, store).await.map(|trust| trust.chain_of(&grant.issuer, clock::to_sign(app))).unwrap_or_default();
    Ok(Welcome {
        issued: (event.core_bytes().to_vec(), Signature(*event.signature())),
        chain: chain.iter().map(|above| (above.bytes().to_vec(), Signature(*above.signature()))).collect(),
        seat: made.seat.as_ref().map(|seat| SeatKey { account: seat.account.clone(), password: seat.password.clone() }),
    })
}

/// What this phone believes now.
pub async fn trust(app: AppState, store: &PhoneStore) -> Option<Trust> {
    let region = app.region.get_untracked()?;
    view::trust(store, &region).await
}

/// Revokes a device: of what it said, what is on this phone now is still accepted, and nothing else until a coordinator accepts it.
///
/// # Errors
/// The revocation may be written in part: then it already counts, and can be repeated.
pub async fn revoke(app: AppState, device: DeviceKey) -> Result<(), Failed> {
    accept(app, device, believed_of(app, &device)).await
}

/// The records of a device that are verified on this phone.
pub fn believed_of(app: AppState, device: &DeviceKey) -> Vec<EventId> {
    app.judged.with_untracked(|judged| {
        let by_it = judged.iter().filter(|judged| judged.event.core.author == *device && judged.verdict == Verdict::Verified);
        by_it.map(|judged| judged.event.id).collect()
    })
}

/// Accepts one record of a device that was revoked.
///
/// # Errors
/// Nothing was written.
pub async fn accept_record(app: AppState, device: DeviceKey, record: EventId) -> Result<(), Failed> {
    accept(app, device, vec![record]).await
}

/// Says of a device that these of its records are accepted, beside those of earlier revocations, and nothing else.
async fn accept(app: AppState, device: DeviceKey, mut accepted: Vec<EventId>) -> Result<(), Failed> {
    let region = app.region.get_untracked().ok_or(Failed::NotReady)?.manifest.region;
    let key = signer(app).await?;
    accepted.sort();
    accepted.dedup();
    let mut lists: Vec<_> = accepted.chunks(ACCEPTED_IN_ONE).map(<[_]>::to_vec).collect();
    if lists.is_empty() {
        lists.push(Vec::new());
    }
    for accepted in lists {
        let revocation = Revocation { region, device, accepted, at: clock::to_sign(app), issuer: key.public() };
        let message = revocation.signing_message().map_err(|_| Failed::NotWritten)?;
        let signature = key.sign(&message).await?;
        let body = DeviceRevoked { revocation: revocation.to_bytes().map_err(|_| Failed::NotWritten)?, signature };
        let node = REGION_NODE.parse().map_err(|_| Failed::NotWritten)?;
        author::write(app, Draft::new(node, Body::DeviceRevoked(body))).await?;
    }
    Ok(())
}
