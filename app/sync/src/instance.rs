//! Which hub is met. A back-up that was restored and another hub under the same address have other databases under the same names: what was
//! read is read from the beginning, and the receipts of their predecessor are void.

use crate::engine::Round;
use crate::error::{Result, SyncError};
use crate::hub::{Hub, Request};
use crate::line::Line;
use civmesh_domain::routing::Database;
use civmesh_domain::unit::Millis;
use civmesh_store::Store;
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// How long it is taken for granted that a database is the one it was, in milliseconds: a phone that stays where it is.
const SAME_FOR: u64 = 10 * Millis::MINUTE;
/// Which hub gave the receipts that are here.
const RECEIPTS: &str = "receipts-instance";

/// What is to be noted of a database that was asked for.
pub(crate) struct Note {
    name: String,
    value: Value,
    /// It is not the one that was met last.
    pub(crate) is_another: bool,
    /// So what the other one gave receipts for waits again, unless that was seen to in this round.
    voids: bool,
}

impl Note {
    /// Notes it, once what the others of these databases gave receipts for waits again.
    ///
    /// # Errors
    /// The store.
    pub(crate) async fn keep<S: Store>(self, store: &S, databases: impl IntoIterator<Item = String>) -> Result<()> {
        // Before the note: whatever comes in between, the receipts are not forgotten.
        for database in databases.into_iter().filter(|_| self.voids) {
            store.take_back(&database).await?;
        }
        Ok(store.set_meta(&self.name, Some(self.value)).await?)
    }
}

/// Where it is noted which database was met when it was last read.
pub(crate) fn as_read(database: &str) -> String {
    format!("pull-instance:{database}")
}

/// Which hub was met last, as far as it said; null before.
///
/// # Errors
/// The store.
pub(crate) async fn met<S: Store>(store: &S) -> Result<Value> {
    Ok(store.meta(RECEIPTS).await?.map(|note| note["instance"].clone()).unwrap_or_default())
}

/// Asks which database it is, and compares that with what is noted under `name`. `None` where that was done a short while ago, unless it
/// has to be known `surely`.
///
/// # Errors
/// The hub does not say, or nobody answers.
pub(crate) async fn ask<S: Store, H: Hub>(
    store: &S,
    line: &mut Line<'_, H>,
    name: String,
    database: &str,
    (now, surely): (Millis, bool),
) -> Result<Option<Note>> {
    let known = store.meta(&name).await?.unwrap_or_default();
    let asked = Millis(known["asked"].as_u64().unwrap_or_default());
    if !surely && asked <= now && asked.age(now) < SAME_FOR {
        return Ok(None);
    }
    let response = line.ask(Request::get(format!("/{database}"))).await?;
    let Some(info) = response.json().filter(|info| response.status == 200 && info["db_name"].is_string()) else {
        return Err(response.trouble(database));
    };
    let instance = &info["instance_start_time"];
    let is_another = known["instance"].is_string() && known["instance"] != *instance;
    let voids = is_another && !line.has_met_another;
    Ok(Some(Note { name, value: json!({ "instance": instance, "asked": now }), is_another, voids }))
}

/// Before anything is sent: whose receipts it will be. A phone that was opened anew or found a network may have come to another hub.
///
/// # Errors
/// The store, and a hub that does not say who it is: nothing is sent to it.
pub(crate) async fn know_the_hub<S: Store, H: Hub>(round: &Round<'_, S, H>, line: &mut Line<'_, H>) -> Result<()> {
    let public = Database::Public(round.region).to_string();
    match ask(round.store, line, RECEIPTS.to_owned(), &public, ((round.now)(), round.eager)).await {
        Ok(Some(note)) => {
            let gave = round.store.receipts().await?.into_iter().map(|receipt| receipt.database);
            line.has_met_another = note.is_another;
            note.keep(round.store, gave.collect::<BTreeSet<String>>()).await
        }
        // Whether the others are there, what is sent will tell.
        Ok(None) | Err(SyncError::NoDatabase(_) | SyncError::Closed(_)) => Ok(()),
        Err(error) => Err(error),
    }
}
