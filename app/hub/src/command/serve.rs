//! `civmesh-hub serve`

use super::{RegionArguments, as_json, authority, install_all, now};
use civmesh_domain::personnel::role::Role;
use civmesh_hub::embedded::{EmbeddedHub, Storage, write_private};
use civmesh_hub::error::{HubError, Result};
use civmesh_hub::origin::{Origin, asset::Assets, listen, proxy::Gateway, serve};
use civmesh_hub::provision::provision;
use civmesh_hub::region::Region;
use civmesh_hub::sample;
use civmesh_hub::seat::Seat;
use serde_json::json;
use std::path::{Path, PathBuf};
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};

/// What the command is told.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The folder that the build made of the app.
    #[arg(long)]
    app: PathBuf,
    #[command(flatten)]
    region: RegionArguments,
    /// The port on this machine; 0 takes any.
    #[arg(long, default_value_t = 8080)]
    port: u16,
    /// The folder in which the hub keeps what it is given.
    #[arg(long, conflicts_with = "in_memory")]
    data: Option<PathBuf>,
    /// Keeps nothing: all is gone when it stops. This is so without --data.
    #[arg(long)]
    in_memory: bool,
    /// The key of the region's authority, which signs the credentials of the sample accounts: its file, or an exercise's region.toml.
    #[arg(long)]
    authority_key: Option<PathBuf>,
    /// The folder in which the embedded hub is installed.
    #[arg(long, env = "CIVMESH_NPM", default_value = ".tools/npm")]
    npm: PathBuf,
    /// Leaves out the sample news that an exercise region starts with.
    #[arg(long)]
    no_news: bool,
    /// Prints one line for a program, with the hub's own address and its administrator in it.
    #[arg(long)]
    json: bool,
}

/// Runs it until it is told to stop.
pub async fn run(arguments: Arguments) -> Result<()> {
    // Before anything is started, so that an early Ctrl-C ends everything too.
    let stop = stop_signal()?;
    let mut hub = None;
    let outcome = tokio::select! {
        outcome = run_until_it_ends(&arguments, &mut hub) => outcome,
        () = stop => Ok(()),
    };
    if let Some(mut hub) = hub {
        hub.stop().await;
    }
    outcome
}

async fn run_until_it_ends(arguments: &Arguments, running: &mut Option<EmbeddedHub>) -> Result<()> {
    let region = arguments.region.read()?;
    let authority = authority(arguments.authority_key.as_deref(), None, &region)?;
    let no_app = || HubError::Argument(format!("there is no app in {}; build it first", arguments.app.display()));
    let assets = Assets::new(&arguments.app, arguments.region.pack.as_deref()).ok_or_else(no_app)?;
    let (listener, address) = listen(arguments.port).await?;
    let storage = arguments.data.clone().map_or(Storage::Memory, Storage::Folder);
    let hub = running.insert(EmbeddedHub::start(&arguments.npm, &storage).await?);
    provision(hub.couch(), region.id, &region.nodes).await?;
    let (seats, are_new) = sample_seats(&region, arguments.data.as_deref())?;
    install_all(hub.couch(), &region, &seats, authority.as_ref()).await?;
    if region.is_exercise() && are_new && !arguments.no_news {
        sample::load(hub.couch(), &region, authority.as_ref(), now()).await?;
    }
    let origin = format!("http://{address}");
    if arguments.json {
        let seats = as_json(&seats, &origin);
        println!("{}", json!({ "origin": origin, "hub": hub.address_for_administrator(), "region": region.id, "seats": seats }));
    } else {
        greet(&region, &seats, &origin, authority.is_some(), &storage);
    }
    let gateway = Gateway::to(hub.couch().base().clone())?;
    run_both(listener, Origin { assets, gateway }, hub, arguments.port).await
}

async fn run_both(listener: TcpListener, origin: Origin, hub: &mut EmbeddedHub, port: u16) -> Result<()> {
    tokio::select! {
        served = serve(listener, origin) => served.map_err(|source| HubError::Port { port, source }),
        ended = hub.ended() => Err(ended),
    }
}

/// The sample accounts, and whether they are new: the same ones after a restart, where there is a folder to remember them in.
fn sample_seats(region: &Region, folder: Option<&Path>) -> Result<(Vec<Seat>, bool)> {
    let Some(folder) = folder else { return Ok((region.sample_seats(now())?, true)) };
    let path = folder.join(format!("seats-{}.json", region.id));
    if path.is_file() {
        let bytes = std::fs::read(&path).map_err(|source| HubError::File { path: path.clone(), source })?;
        let seats = serde_json::from_slice(&bytes).map_err(|error| HubError::Content { path, reason: error.to_string() })?;
        return Ok((seats, false));
    }
    let seats = region.sample_seats(now())?;
    write_private(&path, json!(seats).to_string().as_bytes())?;
    Ok((seats, true))
}

fn greet(region: &Region, seats: &[Seat], origin: &str, is_signed: bool, storage: &Storage) {
    let exercise = if region.is_exercise() { "  演練區域 exercise region" } else { "" };
    let name = [region.name.zh.as_str(), region.name.en.as_str()].join(" ");
    println!("\n打開這個網址 Open this address:\n\n  {origin}/\n\n區域 region: {} {}{exercise}\n", name.trim(), region.id);
    println!("試用帳號，打開連結即可使用 Sample accounts; a link takes one up:\n\n{}", civmesh_hub::table::seats(seats, origin));
    let first = |role: Role| seats.iter().find(|seat| seat.role == role);
    let shown = [Role::Manager, Role::Volunteer].into_iter().filter_map(first);
    println!("也可以拍下 QR 碼 Or take a photo of a QR code:\n\n{}", civmesh_hub::table::codes(shown, origin));
    if !is_signed {
        println!("沒有授權金鑰：這些帳號寫的內容會顯示為「未驗證」 No authority key: what they write is shown as unverified.\n");
    }
    if *storage == Storage::Memory {
        println!("結束後資料不保留 Nothing is kept when this ends.");
    }
    println!("按 Ctrl-C 結束 Ctrl-C ends everything.");
}

/// Comes back at Ctrl-C, at a polite request to end, and when the terminal goes.
fn stop_signal() -> Result<impl Future<Output = ()>> {
    let listen = |kind| signal(kind).map_err(|error| HubError::Argument(error.to_string()));
    let (mut interrupt, mut terminate, mut hang_up) =
        (listen(SignalKind::interrupt())?, listen(SignalKind::terminate())?, listen(SignalKind::hangup())?);
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
            _ = hang_up.recv() => {}
        }
    })
}
