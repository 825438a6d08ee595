//! Logging in to the hub, and being logged in as whom. Nobody is ever asked to: a seat logs in by itself.

use crate::error::{Result, SyncError};
use crate::hub::{Complaint, Hub, Request, Response};
use crate::seat::Seat;
use civmesh_domain::id::Account;
use civmesh_domain::unit::Millis;
use civmesh_store::Store;
use serde_json::{Value, json};

/// Who the hub takes the caller for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Caller {
    /// The account; `None` for anybody.
    pub account: Option<String>,
    /// Its roles, as the hub has them.
    pub roles: Vec<String>,
}

/// Asks the hub whom it takes the caller for.
///
/// # Errors
/// No answer, or none that a hub gives.
pub async fn ask<H: Hub>(hub: &H) -> Result<Caller> {
    read_caller(&hub.send(request_caller()).await?)
}

/// Logs in. The roles that come back say what the seat is for: see [`crate::seat::read_roles`].
///
/// # Errors
/// [`SyncError::SeatRefused`] for a wrong name or password, [`SyncError::Locked`] after too many of them, and what the network does.
pub async fn log_in<H: Hub>(hub: &H, account: &Account, password: &str) -> Result<Vec<String>> {
    read_log_in(&hub.send(request_log_in(account, password)).await?, account)
}

pub(crate) fn request_caller() -> Request {
    Request::get("/_session").within(20_000)
}

pub(crate) fn request_log_in(account: &Account, password: &str) -> Request {
    Request::post("/_session", json!({ "name": account, "password": password }).to_string()).within(20_000)
}

pub(crate) fn read_caller(response: &Response) -> Result<Caller> {
    match response.status {
        200 => {
            let json = response.json().ok_or(SyncError::NotTheHub)?;
            let context = json.get("userCtx").filter(|context| context.is_object()).ok_or(SyncError::NotTheHub)?;
            Ok(Caller { account: context["name"].as_str().map(str::to_owned), roles: roles_in(context) })
        }
        // Some hubs answer nobody who is not logged in.
        401 => Ok(Caller { account: None, roles: Vec::new() }),
        status if response.is_success() => Err(if response.json().is_some() { SyncError::Busy(status) } else { SyncError::NotTheHub }),
        status => Err(SyncError::Busy(status)),
    }
}

pub(crate) fn read_log_in(response: &Response, account: &Account) -> Result<Vec<String>> {
    let json = response.json();
    let complaint = json.as_ref().and_then(Complaint::of);
    match (response.status, json) {
        (200, Some(json)) if json["ok"] == true && json["name"] == account.as_str() => Ok(roles_in(&json)),
        // A password that is wrong is told in the hub's own way; a proxy's 401 says nothing about the seat.
        (401, _) if complaint.is_some() => Err(SyncError::SeatRefused),
        (403, _) if complaint.is_some_and(|complaint| complaint.is_lock_out()) => Err(SyncError::Locked),
        (200..300, _) => Err(SyncError::NotTheHub),
        (status, _) => Err(SyncError::Busy(status)),
    }
}

fn roles_in(context: &Value) -> Vec<String> {
    let roles = context["roles"].as_array().map(Vec::as_slice).unwrap_or_default();
    roles.iter().filter_map(|role| role.as_str().map(str::to_owned)).collect()
}

const META: &str = "seat-refused";
/// How long a refused seat is not tried again, so that trying does not lock it.
const REST: u64 = 15 * Millis::MINUTE;

/// Whether the hub refused just this seat, with this password, a short while ago.
pub(crate) async fn was_refused<S: Store>(store: &S, seat: &Seat, now: Millis) -> Result<bool> {
    let Some(note) = store.meta(META).await? else { return Ok(false) };
    let at = Millis(note["at"].as_u64().unwrap_or_default());
    Ok(note["seat"] == fingerprint(seat) && at <= now && at.age(now) < REST)
}

/// Keeps in mind that the hub refused this seat.
pub(crate) async fn note_refusal<S: Store>(store: &S, seat: &Seat, now: Millis) -> Result<()> {
    Ok(store.set_meta(META, Some(json!({ "seat": fingerprint(seat), "at": now }))).await?)
}

/// Forgets that the hub refused a seat, so that the next round tries it: when a person asks for it.
///
/// # Errors
/// What the store says.
pub async fn forget_refusal<S: Store>(store: &S) -> Result<()> {
    Ok(store.set_meta(META, None).await?)
}

/// Tells a seat with this password from any other without keeping the password.
fn fingerprint(seat: &Seat) -> String {
    let password = seat.password.as_deref().unwrap_or_default();
    let hash = blake3::keyed_hash(blake3::hash(password.as_bytes()).as_bytes(), seat.account.as_str().as_bytes());
    data_encoding::HEXLOWER.encode(&hash.as_bytes()[..8])
}
