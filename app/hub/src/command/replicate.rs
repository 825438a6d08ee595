//! `civmesh-hub replicate`

use super::{RegionArguments, now, parse};
use civmesh_domain::id::NodeId;
use civmesh_domain::routing::Database;
use civmesh_domain::unit::Millis;
use civmesh_hub::couch::Couch;
use civmesh_hub::database::all;
use civmesh_hub::error::{HubError, Result};
use civmesh_hub::replicate::{Carried, Checkpoints, carry};
use std::path::PathBuf;

/// What the command is told.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// One hub, with its replicator's account: http://name:password@127.0.0.1:5984
    #[arg(long, env = "CIVMESH_HERE_URL", hide_env_values = true)]
    here: String,
    /// The other, which may be behind its proxy: https://name:password@region.example.org/hub
    #[arg(long, env = "CIVMESH_THERE_URL", hide_env_values = true)]
    there: String,
    #[command(flatten)]
    region: RegionArguments,
    /// Only this node's people, and those of no other; may be repeated. All nodes without it.
    #[arg(long, value_parser = parse::<NodeId>)]
    node: Vec<NodeId>,
    /// Where it is kept how far replication came.
    #[arg(long)]
    state: PathBuf,
}

/// Runs it.
pub async fn run(arguments: Arguments) -> Result<()> {
    let (here, there) = (Couch::at(&arguments.here)?, Couch::at(&arguments.there)?);
    let region = arguments.region.read()?;
    let nodes = if arguments.node.is_empty() { &region.nodes } else { &arguments.node };
    let mut checkpoints = Checkpoints::read(&arguments.state)?;
    let mut sum = Carried::default();
    let mut broken = Ok(());
    for database in all(region.id, nodes) {
        // Where nodes have a database each, the box of one has no business with those that share one.
        if matches!(database, Database::Unlisted(_)) && !arguments.node.is_empty() {
            continue;
        }
        for (from, to, way) in [(&here, &there, "there"), (&there, &here, "here")] {
            match carry(from, to, &database, &mut checkpoints, Millis(now())).await {
                Ok(carried) => {
                    println!("{database}: {} read, {} written {way}", carried.read, carried.written);
                    sum.add(carried);
                }
                Err(error) => broken = broken.and(Err(error)),
            }
        }
    }
    checkpoints.keep(&arguments.state)?;
    for failure in &sum.failures {
        eprintln!("not taken: {}: {}", failure.id, failure.reason);
    }
    println!(
        "docs_read = {}, docs_written = {}, expired = {}, doc_write_failures = {}",
        sum.read,
        sum.written,
        sum.expired,
        sum.failures.len()
    );
    broken?;
    if sum.failures.is_empty() { Ok(()) } else { Err(HubError::Argument(format!("{} documents were not taken", sum.failures.len()))) }
}
