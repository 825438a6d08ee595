//! `civmesh-hub`: sets up a hub, makes seats, serves the embedded hub and the app.

mod command;

use clap::{Parser, Subcommand};
use std::process::ExitCode;

/// Sets up and serves hubs of CivMesh.
#[derive(Debug, Parser)]
#[command(name = "civmesh-hub", version, arg_required_else_help = true)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Makes a region's databases on a hub, with who may open them and who may write what. May be run again at any time.
    Provision(command::provision::Arguments),
    /// Makes seats: accounts with random names and passwords, and their credentials.
    Seats(command::seats::Arguments),
    /// Closes accounts: whoever holds one can't sign in any more, nor go on with a session.
    Revoke(command::revoke::Arguments),
    /// Makes the account by which a node's computer, or another hub, replicates with this one.
    Replicator(command::replicator::Arguments),
    /// Copies to a node's computer the accounts that it needs: the seats of its node, and coordinators'.
    Accounts(command::accounts::Arguments),
    /// Carries what is new between two hubs, in both directions, once.
    Replicate(command::replicate::Arguments),
    /// Removes names, words and photos that are kept no longer. For a timer.
    Expire(command::expire::Arguments),
    /// Writes everything of a region, and the accounts, to one file.
    Backup(command::backup::Arguments),
    /// Makes a hub what a back-up says.
    Restore(command::restore::Arguments),
    /// A region's authority: makes its keys, signs who may say what and who no longer, hands over to a successor.
    #[command(subcommand)]
    Authority(command::authority::Arguments),
    /// Starts the embedded hub on this machine and serves app and hub at one address. For trying and for tests.
    Serve(command::serve::Arguments),
}

#[tokio::main]
async fn main() -> ExitCode {
    let result = match Arguments::parse().command {
        Command::Provision(arguments) => command::provision::run(arguments).await,
        Command::Seats(arguments) => command::seats::run(arguments).await,
        Command::Revoke(arguments) => command::revoke::run(arguments).await,
        Command::Replicator(arguments) => command::replicator::run(arguments).await,
        Command::Accounts(arguments) => command::accounts::run(arguments).await,
        Command::Replicate(arguments) => command::replicate::run(arguments).await,
        Command::Expire(arguments) => command::expire::run(arguments).await,
        Command::Backup(arguments) => command::backup::run(arguments).await,
        Command::Restore(arguments) => command::restore::run(arguments).await,
        Command::Authority(arguments) => command::authority::run(arguments).await,
        Command::Serve(arguments) => command::serve::run(arguments).await,
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("civmesh-hub: {error}");
            ExitCode::FAILURE
        }
    }
}
