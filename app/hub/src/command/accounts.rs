//! `civmesh-hub accounts`

use super::parse;
use civmesh_domain::id::NodeId;
use civmesh_hub::account::copy;
use civmesh_hub::couch::Couch;
use civmesh_hub::error::Result;

/// What the command is told.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The region's hub, with its administrator.
    #[arg(long, env = "CIVMESH_FROM_URL", hide_env_values = true)]
    from: String,
    /// The node's computer, with its administrator.
    #[arg(long, env = "CIVMESH_TO_URL", hide_env_values = true)]
    to: String,
    /// The node; may be repeated.
    #[arg(long, required = true, value_parser = parse::<NodeId>)]
    node: Vec<NodeId>,
}

/// Runs it.
pub async fn run(arguments: Arguments) -> Result<()> {
    let (from, to) = (Couch::at(&arguments.from)?, Couch::at(&arguments.to)?);
    println!("{} accounts are at both", copy(&from, &to, &arguments.node).await?);
    Ok(())
}
