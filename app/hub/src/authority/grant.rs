//! Credentials for devices: by hand, or for many at once from a file.

use super::document::Document;
use super::register::Register;
use crate::error::{HubError, Result};
use crate::seat::Authority;
use civmesh_domain::id::{DeviceKey, NodeId, ReadingKey};
use civmesh_domain::personnel::credential::{Grant, Scope};
use civmesh_domain::personnel::role::Role;
use civmesh_domain::unit::Millis;
use enumset::EnumSet;
use serde::Deserialize;
use std::path::Path;

const DAY_MILLIS: u64 = 24 * 60 * 60 * 1000;
/// The longest that a credential is valid, in days.
pub const MOST_DAYS: u32 = 3 * 366;

/// What is asked for. A file of requests is a JSON list of these; `civmesh-hub seats --json` prints one, with fields that do not count here.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Request {
    /// The device.
    pub device: DeviceKey,
    /// The key to which is sealed what only it is to read.
    pub reading: ReadingKey,
    /// What it may do.
    pub role: Role,
    /// At which nodes; none for a coordinator, who is for all.
    #[serde(default)]
    pub nodes: Vec<NodeId>,
}

impl Request {
    /// Reads a file of requests.
    ///
    /// # Errors
    /// A file that cannot be read, or is not such a list.
    pub fn read_all(path: &Path) -> Result<Vec<Self>> {
        let text = std::fs::read_to_string(path).map_err(|source| HubError::File { path: path.to_owned(), source })?;
        serde_json::from_str(&text).map_err(|error| HubError::Content { path: path.to_owned(), reason: error.to_string() })
    }
}

/// Signs what is asked for, valid from a day before `now` (phones' clocks may be behind) for so many days.
///
/// # Errors
/// A request that makes no sense, or a device that was revoked.
pub fn grant(authority: &Authority, register: &Register, request: &Request, days: u32, may_grant: bool, now: u64) -> Result<Document> {
    let Request { device, reading, role, nodes } = request;
    let refuse = |reason: String| Err(HubError::Argument(reason));
    if nodes.is_empty() && *role != Role::Coordinator {
        return refuse(format!("a {} needs at least one --node", role.name()));
    }
    if may_grant && *role != Role::Coordinator {
        return refuse(format!("only a coordinator may grant, not a {}", role.name()));
    }
    if !(1..=MOST_DAYS).contains(&days) {
        return refuse(format!("a credential is valid for 1 to {MOST_DAYS} days, not for {days}"));
    }
    if register.revocation(device)?.is_some() {
        return refuse(format!("{device} was revoked, and stays so: the person needs a new device key"));
    }
    let mut nodes = nodes.clone();
    nodes.sort();
    nodes.dedup();
    let grant = Grant {
        region: authority.region(),
        device: *device,
        reading: *reading,
        roles: EnumSet::only(*role),
        skills: EnumSet::empty(),
        scope: if nodes.is_empty() { Scope::All } else { Scope::Nodes(nodes) },
        from: Millis(now.saturating_sub(DAY_MILLIS)),
        until: Millis(now.saturating_add(u64::from(days) * DAY_MILLIS)),
        name_hash: [0; 32],
        may_grant,
        issuer: authority.public_key(),
    };
    authority.sign_grant(&grant).map(Document::Credential)
}
