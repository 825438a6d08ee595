//! `civmesh-hub provision`

use super::{HubArguments, RegionArguments, authority, install_all, now, show};
use civmesh_domain::personnel::role::Role;
use civmesh_hub::error::Result;
use civmesh_hub::provision::provision;
use civmesh_hub::region::Region;
use civmesh_hub::seat::Seat;
use std::path::PathBuf;

/// What the command is told.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    #[command(flatten)]
    hub: HubArguments,
    #[command(flatten)]
    region: RegionArguments,
    /// Also makes this many seats for managers and for volunteers at each agreed or certified node, and for coordinators.
    #[arg(long, default_value_t = 0)]
    seats: usize,
    /// With --seats: the key of the region's authority, which signs their credentials: its file, or an exercise's region.toml.
    #[arg(long)]
    authority_key: Option<PathBuf>,
    /// With --seats: where the app is served, for links that take up a seat.
    #[arg(long, default_value = "")]
    origin: String,
    /// With --seats: prints them for a program.
    #[arg(long)]
    json: bool,
}

/// Runs it.
pub async fn run(arguments: Arguments) -> Result<()> {
    let hub = arguments.hub.couch()?;
    let region = arguments.region.read()?;
    let authority = authority(arguments.authority_key.as_deref(), None, &region)?;
    let outcome = provision(&hub, region.id, &region.nodes).await?;
    eprintln!("{outcome}");
    let seats = draw(&region, arguments.seats)?;
    install_all(&hub, &region, &seats, authority.as_ref()).await?;
    if !seats.is_empty() {
        show(&seats, &arguments.origin, arguments.json);
    }
    Ok(())
}

fn draw(region: &Region, count: usize) -> Result<Vec<Seat>> {
    let mut seats = Vec::new();
    for _ in 0..count {
        for node in &region.nodes {
            for role in [Role::Manager, Role::Volunteer] {
                seats.push(Seat::draw(role, std::slice::from_ref(node), now())?);
            }
        }
        seats.push(Seat::draw(Role::Coordinator, &[], now())?);
    }
    Ok(seats)
}
