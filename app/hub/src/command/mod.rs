//! The commands, one file each, and the arguments that they share.

pub mod accounts;
pub mod authority;
pub mod backup;
pub mod expire;
pub mod provision;
pub mod replicate;
pub mod replicator;
pub mod restore;
pub mod revoke;
pub mod seats;
pub mod serve;

use civmesh_domain::id::{NodeId, RegionId};
use civmesh_domain::personnel::role::Role;
use civmesh_hub::couch::Couch;
use civmesh_hub::error::{HubError, Result};
use civmesh_hub::region::Region;
use civmesh_hub::seat::{Authority, Seat, install};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::time::SystemTime;

/// Which hub.
#[derive(Debug, clap::Args)]
pub struct HubArguments {
    /// Address of the hub with its administrator: http://admin:password@127.0.0.1:5984
    #[arg(long, env = "CIVMESH_HUB_URL", hide_env_values = true)]
    url: String,
}

impl HubArguments {
    fn couch(&self) -> Result<Couch> {
        Couch::at(&self.url)
    }
}

/// Which region: by its pack, or by what a hub needs to know of it.
#[derive(Debug, clap::Args)]
#[group(id = "which", required = true, multiple = true)]
pub struct RegionArguments {
    /// The region's pack.
    #[arg(long, conflicts_with = "region")]
    pack: Option<PathBuf>,
    /// The region's identifier, where its pack is not at hand.
    #[arg(long, value_parser = parse::<RegionId>)]
    region: Option<RegionId>,
    /// With --region: a node that is agreed or certified; may be repeated.
    #[arg(long, value_parser = parse::<NodeId>, requires = "region")]
    listed_node: Vec<NodeId>,
}

impl RegionArguments {
    fn read(&self) -> Result<Region> {
        match (&self.pack, self.region) {
            (Some(pack), _) => Region::read(pack),
            (None, Some(id)) => Ok(Region::bare(id, self.listed_node.clone())),
            (None, None) => Err(HubError::Argument("which region? --pack FILE says".to_owned())),
        }
    }
}

fn parse<T: FromStr<Err: std::fmt::Display>>(text: &str) -> std::result::Result<T, String> {
    text.parse().map_err(|error: T::Err| error.to_string())
}

/// The key of the region's authority, where it is given, once it is known to be the right one.
fn authority(path: Option<&Path>, passphrase_file: Option<&Path>, region: &Region) -> Result<Option<Authority>> {
    let Some(path) = path else { return Ok(None) };
    let authority = Authority::open(path, passphrase_file)?;
    region.accept(&authority)?;
    Ok(Some(authority))
}

fn role(text: &str) -> std::result::Result<Role, String> {
    let roles = [Role::Volunteer, Role::Manager, Role::Coordinator];
    roles.into_iter().find(|role| role.name() == text).ok_or_else(|| "volunteer, manager or coordinator".to_owned())
}

async fn install_all(hub: &Couch, region: &Region, seats: &[Seat], authority: Option<&Authority>) -> Result<()> {
    for seat in seats {
        install(hub, region.id, seat, authority).await?;
    }
    Ok(())
}

/// Milliseconds since 1970.
fn now() -> u64 {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
    since.map_or(0, |since| u64::try_from(since.as_millis()).unwrap_or(u64::MAX))
}

/// Seats for programs.
fn as_json(seats: &[Seat], origin: &str) -> Value {
    let seat = |seat: &Seat| {
        json!({
            "account": seat.account, "password": seat.password, "role": seat.role, "nodes": seat.nodes,
            "device": seat.device_key(), "link": seat.link(origin),
        })
    };
    seats.iter().map(seat).collect()
}

fn show(seats: &[Seat], origin: &str, as_json_wanted: bool) {
    if as_json_wanted {
        println!("{}", as_json(seats, origin));
    } else {
        print!("{}\n{}", civmesh_hub::table::seats(seats, origin), civmesh_hub::table::codes(seats, origin));
    }
}
