//! Replication: what one hub has and another has not goes over, in both directions, by an account with the role `replicator`.
//!
//! One run goes through all databases once and ends; a timer starts the next. Nothing is needed at the other hub but what its gate lets
//! every phone ask, so a node's small computer replicates through the region's public address. Deletions do not travel, nor do parts that
//! have expired: hubs only ever add to one another.
//!
//! # Layout
//! - `head`: heads, of which the later one stands.

mod head;

use crate::couch::Couch;
use crate::documents::{Named, NotTaken, changes, missing, page_size, read, write};
use crate::embedded::write_private;
use crate::error::{HubError, Result};
use crate::expire::has_expired;
use civmesh_domain::routing::Database;
use civmesh_domain::unit::Millis;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::Path;

/// What went over in one direction.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Carried {
    /// Changes that were looked at.
    pub read: usize,
    /// Documents that the other hub has now and had not.
    pub written: usize,
    /// Parts that have expired on either hub.
    pub expired: usize,
    /// Documents that the other hub did not take: what CouchDB's replicator counts as `doc_write_failures`.
    pub failures: Vec<NotTaken>,
}

impl Carried {
    /// Adds what went over elsewhere.
    pub fn add(&mut self, other: Self) {
        self.read += other.read;
        self.written += other.written;
        self.expired += other.expired;
        self.failures.extend(other.failures);
    }
}

/// How far replication came, for every direction and database. Losing it costs reading everything once more.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Checkpoints(BTreeMap<String, Checkpoint>);

/// How far it came, and in which databases.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Checkpoint {
    from: Known,
    to: Known,
    since: Value,
}

/// What tells a database from one that was made anew, or restored, under its name.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Known {
    instance: Value,
    documents: u64,
}

impl Known {
    /// Whether nothing is missing that was there before. Where parts were purged it looks as if: then all is compared once more.
    fn goes_on(&self, before: &Self) -> bool {
        self.instance == before.instance && self.documents >= before.documents
    }
}

impl Checkpoints {
    /// Reads them; none where there is no such file yet.
    ///
    /// # Errors
    /// A file that is there and can't be read, or is none of this kind.
    pub fn read(path: &Path) -> Result<Self> {
        let bytes = match std::fs::read(path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Self::default()),
            Err(source) => return Err(HubError::File { path: path.to_owned(), source }),
        };
        serde_json::from_slice(&bytes).map_err(|error| HubError::Content { path: path.to_owned(), reason: error.to_string() })
    }

    /// Keeps them.
    ///
    /// # Errors
    /// A file that can't be written.
    pub fn keep(&self, path: &Path) -> Result<()> {
        let text = serde_json::to_string(self).map_err(|error| HubError::Argument(error.to_string()))?;
        let beside = path.with_extension("new");
        write_private(&beside, text.as_bytes())?;
        std::fs::rename(&beside, path).map_err(|source| HubError::File { path: path.to_owned(), source })
    }
}

/// Carries what is new in `database` from one hub to another. Where it ends early, `checkpoints` says how far it came.
///
/// # Errors
/// One of the two does not answer, or lets this account neither read nor write.
pub async fn carry(from: &Couch, to: &Couch, database: &Database, checkpoints: &mut Checkpoints, now: Millis) -> Result<Carried> {
    let name = database.to_string();
    let (here, there) = (known(from, &name).await?, known(to, &name).await?);
    let key = format!("{} > {} {name}", from.base(), to.base());
    let before = checkpoints.0.get(&key).filter(|before| here.goes_on(&before.from) && there.goes_on(&before.to));
    let mut since = before.map(|before| before.since.clone());
    let mut carried = Carried::default();
    loop {
        let page = changes(from, &name, since.as_ref(), page_size(database)).await?;
        carried.read += page.named.len();
        let (heads, others): (Vec<_>, Vec<_>) = page.named.into_iter().filter(|named| !named.is_deleted).partition(head::is_head);
        for named in heads {
            match head::carry(from, to, &name, &named.id, now).await? {
                head::Carried::Written => carried.written += 1,
                head::Carried::Known => {}
                head::Carried::NotTaken(not_taken) => carried.failures.push(not_taken),
            }
        }
        carried.add(carry_all(from, to, &name, &others, now).await?);
        let (from, to) = if page.is_end { (known(from, &name).await?, known(to, &name).await?) } else { (here.clone(), there.clone()) };
        checkpoints.0.insert(key.clone(), Checkpoint { from, to, since: page.last.clone() });
        if page.is_end {
            return Ok(carried);
        }
        since = Some(page.last);
    }
}

/// Carries what is written once.
async fn carry_all(from: &Couch, to: &Couch, database: &str, named: &[Named], now: Millis) -> Result<Carried> {
    let leaves = missing(to, database, named).await?;
    let found = if leaves.is_empty() { Vec::new() } else { read(from, database, leaves).await? };
    let alive = found.into_iter().filter(|document| document["_deleted"] != true);
    let (expired, wanted): (Vec<_>, Vec<_>) = alive.partition(|document| has_expired(document, now));
    let sent = wanted.len();
    let not_taken = write(to, database, wanted).await?.into_iter();
    // The other hub's clock may be a little ahead.
    let (late, failures): (Vec<_>, Vec<_>) = not_taken.partition(|not_taken| not_taken.reason.starts_with("expired: "));
    Ok(Carried { read: 0, written: sent - late.len() - failures.len(), expired: expired.len() + late.len(), failures })
}

async fn known(hub: &Couch, database: &str) -> Result<Known> {
    let info = hub.get(&[database]).await?;
    let count = |field: &str| info[field].as_u64().unwrap_or_default();
    Ok(Known { instance: info["instance_start_time"].clone(), documents: count("doc_count") + count("doc_del_count") })
}
