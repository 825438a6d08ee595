//! Back-up and restore: everything that a region has on a hub, with its revisions, in one file.
//!
//! Revisions are kept because they are made from identifiers: so a phone that repeats itself to the restored hub changes nothing. Sequence
//! values are not: a restored database is a new one, phones notice it and read it from the beginning.
//!
//! A line says which database follows, each further line is one of its documents, the last one counts them all: a file that was cut off
//! is noticed. What databases, security documents and validation functions have to be follows from region and nodes, as when a hub is
//! provisioned.

use crate::account::ACCOUNTS;
use crate::couch::Couch;
use crate::documents::{Leaf, changes, page_size, read, write};
use crate::error::{HubError, Result};
use crate::expire::has_expired;
use crate::provision::{close_all, provision};
use civmesh_domain::id::{NodeId, RegionId};
use civmesh_domain::routing::Database;
use civmesh_domain::unit::Millis;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter, Write};
use std::path::Path;

/// Documents written at once.
const AT_ONCE: usize = 500;

/// One line of the file.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Line {
    /// The first: what it is a back-up of.
    Backup { version: u32, region: RegionId, nodes: Vec<NodeId> },
    /// The documents that follow are of this database.
    Database(String),
    /// One of its documents.
    Document(Value),
    /// The last: so many documents there are.
    End { documents: usize },
}

/// What was written or read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// Databases, that of the accounts among them.
    pub databases: usize,
    /// Documents.
    pub documents: usize,
    /// Parts that had expired since, and were left out.
    pub expired: usize,
}

/// Writes a region's databases and the accounts of the hub to `path`, which only its owner can read and which must not be there yet.
///
/// # Errors
/// No answer, a hub that does not let us, or a file that can't be written. Nothing is left then that could be taken for a back-up.
pub async fn backup(hub: &Couch, region: RegionId, path: &Path) -> Result<Outcome> {
    let failed = |source| HubError::File { path: path.to_owned(), source };
    let mut file = BufWriter::new(create_private(path).map_err(failed)?);
    let written = write_all(hub, region, &mut file, path).await;
    let ended = written.and_then(|outcome| {
        file.flush().and_then(|()| file.get_ref().sync_all()).map_err(failed)?;
        Ok(outcome)
    });
    if ended.is_err() {
        // Without its last line it is no back-up; gone, nobody takes it for one.
        let _ = std::fs::remove_file(path);
    }
    ended
}

fn create_private(path: &Path) -> std::io::Result<File> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

async fn write_all(hub: &Couch, region: RegionId, file: &mut impl Write, path: &Path) -> Result<Outcome> {
    let mut say = |line: &Line| {
        let line = serde_json::to_string(line).map_err(|error| HubError::Argument(error.to_string()))?;
        writeln!(file, "{line}").map_err(|source| HubError::File { path: path.to_owned(), source })
    };
    let databases = all_of(hub, region).await?;
    say(&Line::Backup { version: 1, region, nodes: databases.iter().filter_map(node_of).cloned().collect() })?;
    let mut outcome = Outcome::default();
    // Accounts last: whoever reads on from a back-up that is being restored finds nothing missing.
    let names = databases.iter().map(|database| (database.to_string(), page_size(database))).chain([(ACCOUNTS.to_owned(), AT_ONCE)]);
    for (name, limit) in names {
        say(&Line::Database(name.clone()))?;
        outcome.databases += 1;
        let mut since = None;
        loop {
            let page = changes(hub, &name, since.as_ref(), limit).await?;
            let leaves: Vec<Leaf> =
                page.named.iter().flat_map(|named| named.revisions.iter().map(|revision| (named.id.clone(), revision.clone()))).collect();
            for document in read(hub, &name, leaves).await? {
                say(&Line::Document(document))?;
                outcome.documents += 1;
            }
            if page.is_end {
                break;
            }
            since = Some(page.last);
        }
    }
    say(&Line::End { documents: outcome.documents })?;
    Ok(outcome)
}

/// The databases of a region that are on the hub.
async fn all_of(hub: &Couch, region: RegionId) -> Result<Vec<Database>> {
    let start = format!("civmesh-{region}-");
    let read = |name: String| match name.strip_prefix(&start)? {
        "public" => Some(Database::Public(region)),
        "ops" => Some(Database::Ops(region)),
        "relay" => Some(Database::Relay(region)),
        "node-unlisted" => Some(Database::Unlisted(region)),
        other => Some(Database::Node(region, other.strip_prefix("node-")?.parse().ok()?)),
    };
    let databases: Vec<Database> = hub.databases(region).await?.into_iter().filter_map(read).collect();
    if databases.is_empty() { Err(HubError::Argument(format!("the hub has no region {region}"))) } else { Ok(databases) }
}

fn node_of(database: &Database) -> Option<&NodeId> {
    match database {
        Database::Node(_, node) => Some(node),
        _ => None,
    }
}

/// Makes a hub what the back-up in `path` says: databases, who may open them, validation functions, documents, accounts. What is there
/// already stays, and it may be done again. Parts that have expired `now` are left out.
///
/// # Errors
/// A file that is no whole back-up: nothing is written then. No answer, or a hub that does not let us or does not take a document.
pub async fn restore(hub: &Couch, path: &Path, now: Millis) -> Result<Outcome> {
    let (region, nodes) = check(path)?;
    close_all(hub, region, &nodes).await?;
    let (mut outcome, mut database, mut waiting) = (Outcome::default(), String::new(), Vec::new());
    for line in lines(path)? {
        match line? {
            Line::Document(document) if has_expired(&document, now) => outcome.expired += 1,
            Line::Document(document) => {
                waiting.push(document);
                outcome.documents += 1;
                if waiting.len() >= AT_ONCE {
                    put(hub, &database, &mut waiting).await?;
                }
            }
            Line::Database(name) => {
                put(hub, &database, &mut waiting).await?;
                outcome.databases += 1;
                database = name;
            }
            Line::Backup { .. } => {}
            Line::End { .. } => put(hub, &database, &mut waiting).await?,
        }
    }
    // After the documents: where it has a validation function, the embedded hub forgets of a document which revisions it had before.
    provision(hub, region, &nodes).await?;
    Ok(outcome)
}

async fn put(hub: &Couch, database: &str, waiting: &mut Vec<Value>) -> Result<()> {
    let not_taken = write(hub, database, std::mem::take(waiting)).await?;
    match not_taken.first() {
        None => Ok(()),
        Some(first) => Err(HubError::Argument(format!(
            "{} documents of {database} were not taken, the first {}: {}",
            not_taken.len(),
            first.id,
            first.reason
        ))),
    }
}

/// Reads all of a file before anything is written; says of which region it is, and which nodes have a database of their own.
fn check(path: &Path) -> Result<(RegionId, Vec<NodeId>)> {
    let bad = |reason: &str| HubError::Content { path: path.to_owned(), reason: reason.to_owned() };
    let mut lines = lines(path)?;
    let Some(Ok(Line::Backup { version: 1, region, nodes })) = lines.next() else {
        return Err(bad("is no back-up that this version reads"));
    };
    let (mut counted, mut end) = (0, None);
    let ours = format!("civmesh-{region}-");
    for line in lines {
        match line? {
            _ if end.is_some() => return Err(bad("goes on after its end")),
            Line::Document(_) => counted += 1,
            Line::Database(name) if name == ACCOUNTS || name.starts_with(&ours) => {}
            Line::Database(_) | Line::Backup { .. } => return Err(bad("holds what belongs to another region")),
            Line::End { documents } => end = Some(documents),
        }
    }
    if end == Some(counted) { Ok((region, nodes)) } else { Err(bad("was cut off: its end is missing")) }
}

fn lines(path: &Path) -> Result<impl Iterator<Item = Result<Line>>> {
    let failed = |source| HubError::File { path: path.to_owned(), source };
    let file = File::open(path).map_err(failed)?;
    let path = path.to_owned();
    Ok(BufReader::new(file).lines().enumerate().map(move |(at, line)| {
        let line = line.map_err(|source| HubError::File { path: path.clone(), source })?;
        serde_json::from_str(&line)
            .map_err(|_| HubError::Content { path: path.clone(), reason: format!("line {} is not of a back-up", at + 1) })
    }))
}
