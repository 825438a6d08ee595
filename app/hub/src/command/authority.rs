//! `civmesh-hub authority`: a region's keys, and what is signed with them. All but `publish` works on a laptop without a network.

use super::{HubArguments, now, parse};
use civmesh_domain::id::{DeviceKey, NodeId, ReadingKey};
use civmesh_domain::personnel::role::Role;
use civmesh_hub::authority::ceremony::{self, Place, Secrets};
use civmesh_hub::authority::document::Document;
use civmesh_hub::authority::grant::{Request, grant};
use civmesh_hub::authority::publish::publish;
use civmesh_hub::authority::register::{Register, read_all};
use civmesh_hub::authority::revoke::{read_events, revoke};
use civmesh_hub::error::{HubError, Result};
use civmesh_hub::seat::Authority;
use civmesh_pack::build::key::passphrase::Passphrase;
use civmesh_pack::build::key::sealed::Cost;
use civmesh_pack::build::key::{open, read_sealed};
use clap::{Args, Subcommand};
use std::path::{Path, PathBuf};

/// What the command is told.
#[derive(Debug, Subcommand)]
pub enum Arguments {
    /// Founds a region: makes its key and the successor's, each under a passphrase of its own.
    New(NewArguments),
    /// Says what may be known of a key file; nothing is opened.
    Show {
        /// The key file.
        key: PathBuf,
    },
    /// Signs who may say what, into the folder `signed` beside the key.
    Grant(GrantArguments),
    /// Signs that from now on nothing by a device counts but what is listed.
    Revoke(RevokeArguments),
    /// The successor takes over, or the authority goes on with another successor.
    Succeed(SucceedArguments),
    /// Brings what was signed to the hub. May be repeated.
    Publish {
        #[command(flatten)]
        hub: HubArguments,
        /// Signed documents, or folders of them.
        #[arg(required = true)]
        documents: Vec<PathBuf>,
    },
}

/// A key that signs.
#[derive(Debug, Args)]
pub struct KeyArguments {
    /// The authority's key file.
    #[arg(long)]
    key: PathBuf,
    /// A file whose first line is its passphrase; otherwise it is asked for.
    #[arg(long, env = "CIVMESH_PASSPHRASE_FILE")]
    passphrase_file: Option<PathBuf>,
}

/// Where two new keys go.
#[derive(Debug, Args)]
pub struct PlaceArguments {
    /// The folder for authority.key and authority.pub.
    #[arg(long)]
    out: PathBuf,
    /// Another folder for successor.key, best on another medium.
    #[arg(long)]
    successor_out: Option<PathBuf>,
    /// A file whose first line is the new passphrase of authority.key; otherwise it is asked for.
    #[arg(long)]
    new_passphrase_file: Option<PathBuf>,
    /// The same for successor.key.
    #[arg(long)]
    successor_passphrase_file: Option<PathBuf>,
    /// Memory that trying one passphrase takes, in MiB: the more, the dearer it is to guess.
    #[arg(long, default_value_t = Cost::NEW.memory_kib / 1024, value_parser = clap::value_parser!(u32).range(8..=1024))]
    memory: u32,
}

/// What `new` is told.
#[derive(Debug, Args)]
pub struct NewArguments {
    #[command(flatten)]
    place: PlaceArguments,
}

/// What `grant` is told.
#[derive(Debug, Args)]
pub struct GrantArguments {
    #[command(flatten)]
    key: KeyArguments,
    /// The device, by its key.
    #[arg(long, value_parser = parse::<DeviceKey>, required_unless_present = "requests", requires = "role")]
    device: Option<DeviceKey>,
    /// The device's reading key, which it shows beside its key.
    #[arg(long, value_parser = parse::<ReadingKey>, required_unless_present = "requests")]
    reading: Option<ReadingKey>,
    /// What its holder may do: volunteer, manager or coordinator.
    #[arg(long, value_parser = super::role)]
    role: Option<Role>,
    /// At which node; may be repeated. Coordinators are for all and need none.
    #[arg(long, value_parser = parse::<NodeId>)]
    node: Vec<NodeId>,
    /// A JSON file with many: [{"device": …, "reading": …, "role": …, "nodes": […]}].
    #[arg(long, conflicts_with_all = ["device", "reading", "role", "node"])]
    requests: Option<PathBuf>,
    /// For how many days.
    #[arg(long, default_value_t = 365)]
    days: u32,
    /// A coordinator who may invite others.
    #[arg(long)]
    may_grant: bool,
}

/// What `revoke` is told.
#[derive(Debug, Args)]
pub struct RevokeArguments {
    #[command(flatten)]
    key: KeyArguments,
    /// The device, by its key.
    #[arg(long, value_parser = parse::<DeviceKey>)]
    device: DeviceKey,
    /// A file with the identifiers of records that are still accepted, one a line. Without it, none is.
    #[arg(long)]
    accept: Option<PathBuf>,
}

/// What `succeed` is told.
#[derive(Debug, Args)]
pub struct SucceedArguments {
    #[command(flatten)]
    key: KeyArguments,
    #[command(flatten)]
    place: PlaceArguments,
    /// The key before this one was stolen: what it signed counts no longer.
    #[arg(long)]
    stolen: bool,
}

/// Runs it.
pub async fn run(arguments: Arguments) -> Result<()> {
    match arguments {
        Arguments::New(arguments) => new(&arguments.place),
        Arguments::Show { key } => show(&key),
        Arguments::Grant(arguments) => sign_grants(&arguments),
        Arguments::Revoke(arguments) => sign_revocation(arguments),
        Arguments::Succeed(arguments) => succeed(&arguments),
        Arguments::Publish { hub, documents } => bring(&hub, &documents).await,
    }
}

impl PlaceArguments {
    fn prepare(&self) -> Result<(Place, Secrets, Cost)> {
        // First of all, so that nobody types two passphrases for nothing.
        let place = Place::prepare(&self.out, self.successor_out.as_deref())?;
        let authority = Passphrase::choose(self.new_passphrase_file.as_deref(), "New passphrase of authority.key: ")?;
        let successor = Passphrase::choose(self.successor_passphrase_file.as_deref(), "New passphrase of successor.key: ")?;
        Ok((place, Secrets { authority, successor }, Cost { memory_kib: self.memory * 1024, ..Cost::NEW }))
    }
}

impl KeyArguments {
    fn authority(&self) -> Result<(Authority, Register)> {
        Ok((Authority::open(&self.key, self.passphrase_file.as_deref())?, Register::beside(&self.key)))
    }
}

fn new(arguments: &PlaceArguments) -> Result<()> {
    let (place, secrets, cost) = arguments.prepare()?;
    let title = ceremony::found(&place, &secrets, cost)?;
    tell(&place, &ceremony::describe(&title));
    Ok(())
}

fn tell(place: &Place, said: &str) {
    print!("{said}");
    println!("\nauthority  {}\nsuccessor  {}", place.authority.display(), place.successor.display());
    println!("Put successor.key and its passphrase where the first cannot be lost with it, and print {}.", place.public.display());
}

fn show(key: &Path) -> Result<()> {
    print!("{}", ceremony::describe(read_sealed(key)?.title()));
    Ok(())
}

fn sign_grants(arguments: &GrantArguments) -> Result<()> {
    let (authority, register) = arguments.key.authority()?;
    let requests = match (&arguments.requests, arguments.device, arguments.reading, arguments.role) {
        (Some(file), ..) => Request::read_all(file)?,
        (None, Some(device), Some(reading), Some(role)) => vec![Request { device, reading, role, nodes: arguments.node.clone() }],
        _ => return Err(HubError::Argument("whom? --device KEY --reading KEY --role ROLE, or --requests FILE".to_owned())),
    };
    // All are signed before any is kept: a list with one bad row leaves nothing half-done.
    let sign = |request: &Request| grant(&authority, &register, request, arguments.days, arguments.may_grant, now());
    let signed = requests.iter().map(sign).collect::<Result<Vec<_>>>()?;
    keep(&register, &signed)
}

fn sign_revocation(arguments: RevokeArguments) -> Result<()> {
    let (authority, register) = arguments.key.authority()?;
    let accepted = arguments.accept.as_deref().map(read_events).transpose()?.unwrap_or_default();
    keep(&register, &[revoke(&authority, arguments.device, accepted, now())?])
}

fn keep(register: &Register, signed: &[Document]) -> Result<()> {
    for document in signed {
        println!("{}", register.keep(document)?.display());
    }
    Ok(())
}

fn succeed(arguments: &SucceedArguments) -> Result<()> {
    let opened = open(&arguments.key.key, arguments.key.passphrase_file.as_deref())?;
    let (place, secrets, cost) = arguments.place.prepare()?;
    let title = ceremony::succeed(&opened, &place, &secrets, arguments.stolen, cost)?;
    tell(&place, &ceremony::describe(&title));
    println!("Build the region's pack with the new authority.key: phones learn of it from the pack.");
    Ok(())
}

async fn bring(hub: &HubArguments, paths: &[PathBuf]) -> Result<()> {
    let documents = read_all(paths)?;
    let written = publish(&hub.couch()?, &documents).await?;
    println!("{written} new at the hub, {} there already", documents.len() - written);
    Ok(())
}
