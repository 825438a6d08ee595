//! `civmesh-hub restore`

use super::{HubArguments, now};
use civmesh_domain::unit::Millis;
use civmesh_hub::backup::restore;
use civmesh_hub::error::Result;
use std::path::PathBuf;

/// What the command is told.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    #[command(flatten)]
    hub: HubArguments,
    /// A file that `backup` wrote.
    #[arg(long)]
    from: PathBuf,
}

/// Runs it.
pub async fn run(arguments: Arguments) -> Result<()> {
    let outcome = restore(&arguments.hub.couch()?, &arguments.from, Millis(now())).await?;
    println!(
        "{} databases with {} documents are at the hub; {} parts had expired and were left out",
        outcome.databases, outcome.documents, outcome.expired
    );
    Ok(())
}
