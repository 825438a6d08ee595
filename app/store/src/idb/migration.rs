//! The schema, as numbered steps. A step is never changed once it has been on a phone: what comes later is a new step.
//! A database from a later version than [`VERSION`] is opened read-only, see `opening.rs`. With a new step belong: its stores in [`STORES`],
//! and a fixture of what that version writes (`tests/fixture/README.md`).

use indexed_db_futures::database::{Database, VersionChangeEvent};
use indexed_db_futures::error::Error;
use indexed_db_futures::prelude::*;
use indexed_db_futures::{KeyPath, Result};

/// Events by identifier: core, signature, and how they came.
pub(super) const EVENTS: &str = "events";
/// Index of events by region.
pub(super) const BY_REGION: &str = "region";
/// Index of events by region and node.
pub(super) const BY_NODE: &str = "node";
/// Parts by `<event>:<index>`.
pub(super) const PARTS: &str = "parts";
/// Until when each part is kept, as keys `<milliseconds>:<key of the part>`: so the expired ones are found without reading a photo.
pub(super) const ENDS: &str = "ends";
/// Rows by `<event>`, or `<event>:<index>` for parts.
pub(super) const OUTBOX: &str = "outbox";
/// Receipts by the same keys.
pub(super) const RECEIPTS: &str = "receipts";
/// Documents by `<database>\n<identifier>`.
pub(super) const DOCUMENTS: &str = "documents";
/// Bytes of packs by region, and of their second halves by `<region>:rest:<number>`, a piece each.
pub(super) const PACKS: &str = "packs";
/// Notes of packs by region, apart from the bytes so that listing them reads no pack.
pub(super) const NOTES: &str = "notes";
/// States of authors by key.
pub(super) const AUTHORS: &str = "authors";
/// Small values: `checkpoint:<database>`, `value:<name>`, `seen`.
pub(super) const META: &str = "meta";
/// Keys of this device, as the browser keeps them: it signs with them and gives them to nobody.
pub(super) const KEYS: &str = "keys";

/// All object stores of this version, what is worth most first: in this order a damaged database is read.
pub(super) const STORES: [&str; 11] = [OUTBOX, EVENTS, PARTS, ENDS, AUTHORS, KEYS, META, RECEIPTS, NOTES, PACKS, DOCUMENTS];

type Step = fn(&Database) -> Result<()>;

/// Step number n, counted from 1, leads from version n - 1 to version n.
const STEPS: &[Step] = &[first, second, third];

/// The version that this code writes.
pub const VERSION: u32 = STEPS.len() as u32;

/// Runs the steps that a database has not seen yet.
pub(super) fn migrate(event: &VersionChangeEvent, database: &Database) -> Result<()> {
    let seen = event.old_version() as usize;
    STEPS.iter().skip(seen).try_for_each(|step| step(database))
}

/// Version 1: everything that the first release knew.
fn first(database: &Database) -> Result<()> {
    for name in [PARTS, OUTBOX, RECEIPTS, DOCUMENTS, PACKS, NOTES, AUTHORS, META] {
        database.create_object_store(name).build()?;
    }
    let events = database.create_object_store(EVENTS).build()?;
    events.create_index(BY_REGION, KeyPath::from("region")).build()?;
    events.create_index(BY_NODE, KeyPath::from(["region", "node"])).build()?;
    Ok::<_, Error>(())
}

/// Version 2: the device's own keys.
fn second(database: &Database) -> Result<()> {
    database.create_object_store(KEYS).build()?;
    Ok(())
}

/// Version 3: parts have an end. Those from before, which no release wrote, have none and stay.
fn third(database: &Database) -> Result<()> {
    database.create_object_store(ENDS).build()?;
    Ok(())
}
