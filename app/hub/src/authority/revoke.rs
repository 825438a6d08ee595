//! Revocations: from now on nothing by a device counts but what is listed.

use super::document::{Document, SignedRevocation};
use crate::error::{HubError, Result};
use crate::seat::Authority;
use civmesh_domain::id::{DeviceKey, EventId};
use civmesh_domain::personnel::credential::Revocation;
use civmesh_domain::unit::Millis;
use std::path::Path;

/// Reads events that are still accepted: one identifier a line; empty lines and what follows `#` do not count.
///
/// # Errors
/// A file that cannot be read, or a line that is no identifier, with its number.
pub fn read_events(path: &Path) -> Result<Vec<EventId>> {
    let text = std::fs::read_to_string(path).map_err(|source| HubError::File { path: path.to_owned(), source })?;
    let lines = text.lines().enumerate().map(|(at, line)| (at + 1, line.split('#').next().unwrap_or_default().trim()));
    let event = |(number, line): (usize, &str)| {
        let bad = |_| HubError::Content { path: path.to_owned(), reason: format!("line {number} is not the identifier of an event") };
        line.parse().map_err(bad)
    };
    lines.filter(|(_, line)| !line.is_empty()).map(event).collect()
}

/// Signs that only `accepted` events of the device count.
///
/// # Errors
/// A list that is too long, or a key of the authority itself, which is replaced by `succeed` instead.
pub fn revoke(authority: &Authority, device: DeviceKey, mut accepted: Vec<EventId>, now: u64) -> Result<Document> {
    if device == authority.public_key() {
        return Err(HubError::Argument(
            "an authority does not revoke itself; the successor takes over with `authority succeed`".to_owned(),
        ));
    }
    accepted.sort();
    accepted.dedup();
    let revocation = Revocation { region: authority.region(), device, accepted, at: Millis(now), issuer: authority.public_key() };
    let too_long = |_| HubError::Argument("so many accepted events have no room in a revocation (about 1,900 have)".to_owned());
    let message = revocation.signing_message().map_err(too_long)?;
    let signed = SignedRevocation::from_parts(revocation.to_bytes().map_err(too_long)?, authority.sign(&message))?;
    Ok(Document::Revocation(signed))
}
