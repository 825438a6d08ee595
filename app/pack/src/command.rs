//! What the program is asked to do.

use civmesh_domain::event::Mode;
use civmesh_domain::id::{DeviceKey, RegionId};
use civmesh_domain::unit::Millis;
use civmesh_pack::build::error::BuildError;
use civmesh_pack::build::key::Opened;
use civmesh_pack::build::{self, export, key};
use civmesh_pack::{Endorsement, Pack};
use clap::{Parser, Subcommand};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

/// Builds and inspects region packs of CivMesh.
#[derive(Parser)]
#[command(name = "civmesh-pack", version)]
pub struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Builds a pack out of a region.toml.
    Build {
        /// The region.toml.
        region: PathBuf,
        /// Where to write the pack; otherwise beside region.toml, as region.civmesh.
        #[arg(short, long)]
        out: Option<PathBuf>,
        /// The authority's key file, which `civmesh-hub authority new` makes. An exercise may have a plain one, or a seed in region.toml.
        #[arg(long)]
        key: Option<PathBuf>,
        /// A file whose first line is the key's passphrase; otherwise it is asked for.
        #[arg(long, env = "CIVMESH_PASSPHRASE_FILE")]
        passphrase_file: Option<PathBuf>,
        /// Where to write, as CSV, what was wrong with which row; otherwise each goes to standard error.
        #[arg(long)]
        report: Option<PathBuf>,
    },
    /// Says what is in a pack, or why it is refused.
    Inspect {
        /// The pack.
        file: PathBuf,
    },
    /// Checks a pack from elsewhere as a phone does, with everything that a phone opens later, and says nothing if it is good.
    Verify {
        /// The pack.
        file: PathBuf,
    },
    /// Takes the nodes out of a pack into a file, to be corrected elsewhere, and prints the layers of a region.toml that read it back.
    Export {
        /// The pack.
        file: PathBuf,
        /// The file to write, .csv or .geojson, which must not exist yet.
        #[arg(long)]
        nodes: PathBuf,
    },
    /// Plain keys, for exercises; those of a region that is for real are made by `civmesh-hub authority`.
    #[command(subcommand)]
    Key(KeyCommand),
}

#[derive(Subcommand)]
enum KeyCommand {
    /// Draws a new key into a file that only its owner can read. It is not encrypted: for exercises only.
    New {
        /// The file, which must not exist yet.
        file: PathBuf,
    },
    /// Prints the public key and the region that it founds.
    Show {
        /// The key file.
        file: PathBuf,
    },
    /// Lets a region's first key say that another one speaks for the region: a line for region.toml.
    Endorse {
        /// The first key's file.
        #[arg(long)]
        key: PathBuf,
        /// The public key of the other.
        successor: DeviceKey,
    },
}

/// Does it.
pub fn run(arguments: Arguments) -> Result<(), BuildError> {
    match arguments.command {
        Command::Build { region, out, key, passphrase_file, report } => {
            let out = out.unwrap_or_else(|| region.with_extension("civmesh"));
            let signer = key.map(|key| key::open(&key, passphrase_file.as_deref())).transpose()?;
            build_pack(&region, &out, signer.as_ref(), report.as_deref())
        }
        Command::Inspect { file } => inspect(&file),
        Command::Verify { file } => Ok(read(&file)?.check_later()?),
        Command::Export { file, nodes } => {
            print!("{}", export::export(&read(&file)?, &nodes)?);
            Ok(())
        }
        Command::Key(KeyCommand::New { file }) => key::draw(&file).map(|key| print_key(&key::public(&key))),
        Command::Key(KeyCommand::Show { file }) => key::read(&file).map(|key| print_key(&key::public(&key))),
        Command::Key(KeyCommand::Endorse { key, successor }) => {
            let endorsement = Endorsement::sign(&key::read(&key)?, &successor);
            println!("endorsement = {{ by = \"{}\", sig = \"{}\" }}", endorsement.by, endorsement.sig);
            Ok(())
        }
    }
}

fn build_pack(region: &Path, out: &Path, signer: Option<&Opened>, report: Option<&Path>) -> Result<(), BuildError> {
    let built = match signer {
        Some(signer) => build::build_signed(region, signer, now())?,
        None => build::build(region, None, now())?,
    };
    match report {
        Some(path) => std::fs::write(path, built.report.to_csv()).map_err(|source| BuildError::File { path: path.to_owned(), source })?,
        None => built.report.findings.iter().for_each(|finding| eprintln!("{finding}")),
    }
    eprint!("{}", built.report.summary());
    build::write(&built.file, out)?;
    println!("{}: {} bytes", out.display(), built.file.len());
    describe(&built.pack)?;
    Ok(())
}

fn inspect(file: &Path) -> Result<(), BuildError> {
    describe(&read(file)?)?;
    Ok(())
}

fn read(file: &Path) -> Result<Pack, BuildError> {
    let bytes = std::fs::read(file).map_err(|source| BuildError::File { path: file.to_owned(), source })?;
    Ok(Pack::read(&bytes)?)
}

fn describe(pack: &Pack) -> Result<(), BuildError> {
    let manifest = &pack.manifest;
    let mode = match manifest.mode {
        Mode::Real => "for real".to_owned(),
        Mode::Drill(drill) => format!("exercise {drill}"),
    };
    println!("{} / {}: region {}, version {}, {mode}", manifest.name.zh, manifest.name.en, manifest.region, manifest.version);
    println!("signed by {}", manifest.authority);
    if let Some(successor) = manifest.successor {
        println!("  may be taken over by {successor}");
    }
    for former in manifest.endorsement.iter().flat_map(Endorsement::chain) {
        println!("  after {}{}", former.by, if former.disowned { ", which counts no longer" } else { "" });
    }
    println!("{} nodes, {} procedures, {} named places", pack.nodes.len(), pack.sops()?.len(), pack.places.len());
    describe_ground(pack);
    let mut kinds = BTreeMap::new();
    for node in &pack.nodes {
        *kinds.entry((node.kind, node.standing)).or_insert(0) += 1;
    }
    for ((kind, standing), count) in kinds {
        println!("    {count} {kind:?}, {standing:?}");
    }
    for layer in &manifest.layers {
        println!("  {} ({}): {}", layer.name.en, layer.licence, layer.attribution);
    }
    Ok(())
}

/// What is opened later. A part that can't be is said, because a phone does without it.
fn describe_ground(pack: &Pack) {
    match pack.walk() {
        Ok(Some(graph)) => {
            let largest = graph.components().next().unwrap_or_default();
            println!("ways on foot: {} nodes, {largest} of them in the largest part, {} edges", graph.nodes(), graph.edges());
        }
        Ok(None) => println!("no ways on foot"),
        Err(error) => println!("ways on foot: {error}"),
    }
    match pack.areas() {
        Ok(areas) => println!("{} hazard areas", areas.len()),
        Err(error) => println!("hazard areas: {error}"),
    }
    match pack.people() {
        Ok(Some(people)) => println!("{} people in {} cells, {:?}", people.total(), people.cells.len(), people.basis),
        Ok(None) => println!("no people"),
        Err(error) => println!("people: {error}"),
    }
    match pack.map() {
        Ok(Some(map)) => println!("a base map, zooms {} to {}", map.lowest, map.highest),
        Ok(None) => println!("no base map"),
        Err(error) => println!("base map: {error}"),
    }
    for section in &pack.manifest.sections {
        println!("    {}: {} bytes", section.name, section.length);
    }
}

fn print_key(key: &DeviceKey) {
    println!("public key {key}\nregion     {}", RegionId::of_authority(key));
}

/// Now, or the moment that `SOURCE_DATE_EPOCH` names, for builds that can be repeated byte by byte.
fn now() -> Millis {
    let named = std::env::var("SOURCE_DATE_EPOCH").ok().and_then(|seconds| seconds.parse::<u64>().ok()).map(|seconds| seconds * 1000);
    let clock = || SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_millis() as u64);
    Millis(named.unwrap_or_else(clock))
}
