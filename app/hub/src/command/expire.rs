//! `civmesh-hub expire`

use super::{HubArguments, RegionArguments, now};
use civmesh_domain::unit::Millis;
use civmesh_hub::error::Result;
use civmesh_hub::expire::expire;

/// What the command is told.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    #[command(flatten)]
    hub: HubArguments,
    #[command(flatten)]
    region: RegionArguments,
}

/// Runs it.
pub async fn run(arguments: Arguments) -> Result<()> {
    let outcome = expire(&arguments.hub.couch()?, arguments.region.read()?.id, Millis(now())).await?;
    println!("{} databases: {} parts are kept, {} were kept long enough and are gone", outcome.databases, outcome.parts, outcome.gone);
    Ok(())
}
