//! `civmesh-hub replicator`

use super::{HubArguments, RegionArguments, parse};
use civmesh_domain::id::NodeId;
use civmesh_hub::account::Carrier;
use civmesh_hub::error::{HubError, Result};
use serde_json::json;

/// What the command is told.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    #[command(flatten)]
    hub: HubArguments,
    #[command(flatten)]
    region: RegionArguments,
    /// A node whose people it carries; may be repeated. A computer that stands in a node needs its own node only.
    #[arg(long, value_parser = parse::<NodeId>, required_unless_present = "all_nodes")]
    node: Vec<NodeId>,
    /// Carries the people of all nodes: for another hub of the whole region.
    #[arg(long, conflicts_with = "node")]
    all_nodes: bool,
    /// Prints it for a program.
    #[arg(long)]
    json: bool,
}

/// Runs it.
pub async fn run(arguments: Arguments) -> Result<()> {
    let hub = arguments.hub.couch()?;
    let region = arguments.region.read()?;
    let nodes = if arguments.all_nodes { &region.nodes } else { &arguments.node };
    if let Some(unlisted) = nodes.iter().find(|node| !region.nodes.contains(node)) {
        return Err(HubError::Argument(format!("node {unlisted} has no database of its own in this region")));
    }
    let carrier = Carrier::draw(nodes)?;
    carrier.install(&hub).await?;
    if arguments.json {
        println!("{}", json!(carrier));
    } else {
        println!("{}:{}", carrier.account, carrier.password);
    }
    Ok(())
}
