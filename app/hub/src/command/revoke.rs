//! `civmesh-hub revoke`

use super::{HubArguments, now, parse};
use civmesh_domain::id::Account;
use civmesh_hub::account::close;
use civmesh_hub::error::Result;

/// What the command is told.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    #[command(flatten)]
    hub: HubArguments,
    /// The accounts, as `seats` or `replicator` named them.
    #[arg(required = true, value_parser = parse::<Account>)]
    account: Vec<Account>,
}

/// Runs it.
pub async fn run(arguments: Arguments) -> Result<()> {
    let hub = arguments.hub.couch()?;
    for account in &arguments.account {
        let was_open = close(&hub, account, now()).await?;
        println!("{account} {}", if was_open { "is closed" } else { "was closed before" });
    }
    eprintln!("What a lost phone signs is doubted once its device is revoked as well: in the app, or by `authority revoke`.");
    Ok(())
}
