//! A database in which something is missing that should be there: what can be read of it is taken out, what waits to be sent first, put
//! aside in a database of its own, and then into a new one. Killed anywhere on the way, the next opening goes on: nothing is removed before
//! what was read stands somewhere else, on the disk.

use super::handle::transact;
use super::migration::{ENDS, EVENTS, META, OUTBOX, PARTS, RECEIPTS, STORES};
use super::opening::{delete, has, is_whole, names, plain};
use super::shape::{end_key, from_event, from_part, outbox_key, text};
use super::table::Table;
use crate::record::{EventRow, OutboxKey, OutboxRow, Rescue, Source};
use crate::{Result, incoming};
use civmesh_domain::part::Part;
use civmesh_domain::unit::Millis;
use indexed_db_futures::database::Database;
use indexed_db_futures::transaction::{TransactionDurability, TransactionMode};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;
use wasm_bindgen::JsValue;

/// Where it is noted what was rescued: in the database put aside and in the new one, so that a rescue is never taken up twice.
pub(super) const RESCUED: &str = "rescued";

/// The name of the database in which records are put aside.
pub(super) fn aside(name: &str) -> String {
    format!("{name}-aside")
}

type Records = BTreeMap<String, JsValue>;

/// What could be read of a database.
#[derive(Default)]
struct Found {
    stores: BTreeMap<&'static str, Records>,
    missing: Vec<String>,
    unreadable: usize,
}

/// Mends the database of this name where something is missing, or goes on with a rescue that was interrupted.
pub(super) async fn mend(name: &str) -> Result<()> {
    let left_behind = has(names(), &aside(name)).await;
    let database = plain(name, &Rc::default()).await?.database;
    if left_behind {
        take_up(name, database).await
    } else if is_whole(&database) {
        database.close();
        Ok(())
    } else {
        rebuild(name, database).await
    }
}

/// Makes a new database of what can be read of a damaged one.
async fn rebuild(name: &str, damaged: Database) -> Result<()> {
    let mut found = read(&damaged).await;
    make_up(&mut found)?;
    let rescue = Rescue {
        at: Millis(js_sys::Date::now().max(0.0) as u64),
        records: found.count(EVENTS),
        unsent: found.count(OUTBOX),
        unreadable: found.unreadable,
        missing: found.missing.clone(),
    };
    found.stores.entry(META).or_default().insert(RESCUED.to_owned(), text(&rescue)?);
    let put_aside = plain(&aside(name), &Rc::default()).await?.database;
    fill(&put_aside, &found).await?;
    damaged.close();
    renew(name, put_aside, &found).await
}

/// Goes on with a rescue that was interrupted: what was put aside counts once it is whole and the new database is not made of it yet.
async fn take_up(name: &str, database: Database) -> Result<()> {
    let put_aside = plain(&aside(name), &Rc::default()).await?.database;
    let found = read(&put_aside).await;
    let noted = found.stores.get(META).and_then(|meta| meta.get(RESCUED)).cloned();
    let is_done = noted.is_none() || note_of(&database).await == noted;
    database.close();
    if !is_done {
        return renew(name, put_aside, &found).await;
    }
    put_aside.close();
    delete(&aside(name)).await
}

async fn renew(name: &str, put_aside: Database, found: &Found) -> Result<()> {
    delete(name).await?;
    let database = plain(name, &Rc::default()).await?.database;
    fill(&database, found).await?;
    database.close();
    put_aside.close();
    delete(&aside(name)).await
}

async fn note_of(database: &Database) -> Option<JsValue> {
    value(database, META, RESCUED).await.ok().flatten()
}

impl Found {
    fn count(&self, store: &str) -> usize {
        self.stores.get(store).map_or(0, BTreeMap::len)
    }

    fn values(&self, store: &str) -> impl Iterator<Item = &JsValue> {
        self.stores.get(store).into_iter().flat_map(BTreeMap::values)
    }
}

/// Reads what can be read: a whole store at once, or where that fails its records one by one.
async fn read(database: &Database) -> Found {
    let there: BTreeSet<String> = database.object_store_names().collect();
    let mut found = Found::default();
    for store in STORES {
        if !there.contains(store) {
            found.missing.push(store.to_owned());
            continue;
        }
        let (records, unreadable) = one_by_one(database, store).await;
        found.unreadable += unreadable;
        found.stores.insert(store, records);
    }
    found
}

/// The records of a store that can be read, each asked for in a transaction of its own, and how many can't.
async fn one_by_one(database: &Database, store: &str) -> (Records, usize) {
    let keys = async {
        let tx = transact(database, &[store], TransactionMode::Readonly, TransactionDurability::Default)?;
        Table::of(&tx, store)?.keys().await
    };
    let (mut records, mut unreadable) = (Records::new(), 0);
    for key in keys.await.unwrap_or_default() {
        match value(database, store, &key).await {
            Ok(Some(value)) => drop(records.insert(key, value)),
            Ok(None) => {}
            Err(_) => unreadable += 1,
        }
    }
    (records, unreadable)
}

async fn value(database: &Database, store: &str, key: &str) -> Result<Option<JsValue>> {
    let tx = transact(database, &[store], TransactionMode::Readonly, TransactionDurability::Default)?;
    Table::of(&tx, store)?.get(key).await
}

/// Writes all of it in one strictly durable transaction.
async fn fill(database: &Database, found: &Found) -> Result<()> {
    let tx = transact(database, &STORES, TransactionMode::Readwrite, TransactionDurability::Strict)?;
    for (store, records) in &found.stores {
        let table = Table::of(&tx, store)?;
        records.iter().try_for_each(|(key, value)| table.put(key, value.clone()))?;
    }
    super::handle::completed(&tx).await
}

/// Makes up for what follows from the rest: places in the outbox of what was written here and has no receipt, and until when parts are kept.
fn make_up(found: &mut Found) -> Result<()> {
    let rows: Vec<EventRow> = found.values(EVENTS).filter_map(from_event).collect();
    let parts: Vec<Part> = found.values(PARTS).filter_map(from_part).collect();
    if !found.stores.contains_key(OUTBOX) {
        let own = rows.iter().filter(|row| row.source == Source::Here).map(|row| (row.event.id, row.event.core.region));
        let places = own.flat_map(|(event, region)| {
            let beside = parts.iter().filter(move |part| part.event == event).map(|part| Some(part.index));
            std::iter::once(None).chain(beside).map(move |part| OutboxRow::new(OutboxKey { event, part }, region))
        });
        let received: BTreeSet<String> = found.stores.get(RECEIPTS).into_iter().flat_map(BTreeMap::keys).cloned().collect();
        let waiting = places.map(|row| (outbox_key(&row.key), row)).filter(|(key, _)| !received.contains(key));
        let waiting = waiting.map(|(key, row)| Ok((key, text(&row)?))).collect::<Result<Records>>()?;
        found.stores.insert(OUTBOX, waiting);
    }
    if !found.stores.contains_key(ENDS) {
        let received: BTreeMap<_, _> = rows.iter().map(|row| (row.event.id, row.received)).collect();
        let ends = parts.into_iter().filter_map(|part| {
            let kept = incoming::kept(part.clone(), *received.get(&part.event)?);
            Some((end_key(kept.until, &super::shape::part_key(part.event, part.index)), JsValue::TRUE))
        });
        let ends = ends.collect();
        found.stores.insert(ENDS, ends);
    }
    Ok(())
}
