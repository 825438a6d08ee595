//! `civmesh-hub backup`

use super::{HubArguments, RegionArguments};
use civmesh_hub::backup::backup;
use civmesh_hub::error::Result;
use std::path::PathBuf;

/// What the command is told.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    #[command(flatten)]
    hub: HubArguments,
    #[command(flatten)]
    region: RegionArguments,
    /// The file to write; only its owner can read it, and one that is there is not written over.
    #[arg(long)]
    to: PathBuf,
}

/// Runs it.
pub async fn run(arguments: Arguments) -> Result<()> {
    let outcome = backup(&arguments.hub.couch()?, arguments.region.read()?.id, &arguments.to).await?;
    println!("{} databases with {} documents are in {}", outcome.databases, outcome.documents, arguments.to.display());
    Ok(())
}
