//! `civmesh-hub seats`

use super::{HubArguments, RegionArguments, authority, install_all, now, parse, role, show};
use civmesh_domain::id::NodeId;
use civmesh_domain::personnel::role::Role;
use civmesh_hub::error::{HubError, Result};
use civmesh_hub::seat::Seat;
use std::path::PathBuf;

/// What the command is told.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    #[command(flatten)]
    hub: HubArguments,
    #[command(flatten)]
    region: RegionArguments,
    /// What their holders may do: volunteer, manager or coordinator.
    #[arg(long, value_parser = role)]
    role: Role,
    /// At which node; may be repeated. Coordinators are for all and need none.
    #[arg(long, value_parser = parse::<NodeId>)]
    node: Vec<NodeId>,
    /// How many.
    #[arg(long, default_value_t = 1)]
    count: usize,
    /// The key of the region's authority: its file, or an exercise's region.toml. Without it there are no credentials, and what the seats write is unverified.
    #[arg(long)]
    authority_key: Option<PathBuf>,
    /// A file whose first line is the key's passphrase; otherwise it is asked for.
    #[arg(long, env = "CIVMESH_PASSPHRASE_FILE")]
    passphrase_file: Option<PathBuf>,
    /// Where the app is served, for links that take up a seat.
    #[arg(long, default_value = "")]
    origin: String,
    /// Prints them for a program.
    #[arg(long)]
    json: bool,
}

/// Runs it.
pub async fn run(arguments: Arguments) -> Result<()> {
    let hub = arguments.hub.couch()?;
    let region = arguments.region.read()?;
    let authority = authority(arguments.authority_key.as_deref(), arguments.passphrase_file.as_deref(), &region)?;
    if let Some(unlisted) = arguments.node.iter().find(|node| !region.knows(node)) {
        return Err(HubError::Argument(format!("the region has no node {unlisted}")));
    }
    let draw = |_| Seat::draw(arguments.role, &arguments.node, now());
    let seats = (0..arguments.count).map(draw).collect::<Result<Vec<_>>>()?;
    install_all(&hub, &region, &seats, authority.as_ref()).await?;
    show(&seats, &arguments.origin, arguments.json);
    Ok(())
}
