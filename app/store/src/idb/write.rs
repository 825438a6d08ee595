//! What is written on this phone, and what becomes of it on its way to the hub.

use super::handle::{Access, Door};
use super::migration::{AUTHORS, ENDS, EVENTS, OUTBOX, PARTS, RECEIPTS};
use super::shape::{end_before, end_key, event, from_end_key, from_event, from_text, outbox_key, part, part_key, text};
use super::state_of;
use super::table::{Table, beginning, between};
use crate::incoming::KeptPart;
use crate::record::{OutboxKey, OutboxRow, Outcome, Receipt, Written};
use crate::{Result, StoreError, author, incoming, outbox};
use civmesh_domain::unit::Millis;
use indexed_db_futures::transaction::Transaction;
use std::collections::{BTreeMap, BTreeSet};
use wasm_bindgen::JsValue;

const SCOPE: [&str; 5] = [AUTHORS, ENDS, EVENTS, PARTS, OUTBOX];

/// Writes an event, its parts and their places in the outbox.
pub(super) async fn write(door: &Door, written: &Written) -> Result<()> {
    door.run(&SCOPE, Access::Strict, async |tx: &Transaction<'_>, again| write_within(tx, written, again).await).await
}

async fn write_within(tx: &Transaction<'_>, written: &Written, again: bool) -> Result<()> {
    let (id, device) = (written.event.id.to_string(), written.event.core.author);
    let (authors, events) = (Table::of(tx, AUTHORS)?, Table::of(tx, EVENTS)?);
    let (parts, ends, rows) = (Table::of(tx, PARTS)?, Table::of(tx, ENDS)?, Table::of(tx, OUTBOX)?);
    let next = match author::advance(state_of(&authors, device).await?, written) {
        // The first try came through, only its answer was lost. Signing again would make a second event of it.
        Err(StoreError::Overtaken) if again && events.get(&id).await?.is_some() => return Ok(()),
        next => next?,
    };
    let replaced = dismissed(&rows, &written.replaces).await?;

    authors.put(&device.to_string(), text(&next)?)?;
    events.put(&id, event(&author::event_row(written)))?;
    for sealed in &written.parts {
        put_part(&parts, &ends, &incoming::written(sealed.clone(), written.at))?;
    }
    replaced.iter().try_for_each(|key| rows.delete(&outbox_key(key)))?;
    author::outbox_rows(written).try_for_each(|row| put_row(&rows, &row))
}

/// Puts a part, and until when it is kept.
pub(super) fn put_part(parts: &Table<'_>, ends: &Table<'_>, kept: &KeptPart) -> Result<()> {
    let key = part_key(kept.part.event, kept.part.index);
    parts.put(&key, part(&kept.part)?)?;
    ends.put(&end_key(kept.until, &key), JsValue::TRUE)
}

/// Drops parts that have expired, and with each its place in the outbox and its receipt.
pub(super) async fn expire(door: &Door, now: Millis) -> Result<Vec<OutboxKey>> {
    let change = async |tx: &Transaction<'_>, _| {
        let (parts, ends) = (Table::of(tx, PARTS)?, Table::of(tx, ENDS)?);
        let (rows, receipts) = (Table::of(tx, OUTBOX)?, Table::of(tx, RECEIPTS)?);
        let ended = ends.keys_within(between("", &end_before(now))).await?;

        let mut gone = Vec::new();
        for key in &ended {
            ends.delete(key)?;
            if let Some((part, place)) = from_end_key(key) {
                parts.delete(part)?;
                rows.delete(&outbox_key(&place))?;
                receipts.delete(&outbox_key(&place))?;
                gone.push(place);
            }
        }
        gone.sort_unstable();
        Ok(gone)
    };
    door.run(&[PARTS, ENDS, OUTBOX, RECEIPTS], Access::Write, change).await
}

/// Notes what became of rows.
pub(super) async fn settle(door: &Door, outcomes: &[(OutboxKey, Outcome)]) -> Result<()> {
    let keys: BTreeSet<OutboxKey> = outcomes.iter().map(|(key, _)| *key).collect();
    let change = async |tx: &Transaction<'_>, _| {
        let (rows, receipts) = (Table::of(tx, OUTBOX)?, Table::of(tx, RECEIPTS)?);
        let before = read_rows(&rows, keys.iter().copied()).await?;
        let mut after = before.clone();
        let received = outbox::settle_all(&mut after, outcomes.to_vec());

        for receipt in &received {
            receipts.put(&outbox_key(&receipt.key), text(receipt)?)?;
            rows.delete(&outbox_key(&receipt.key))?;
        }
        let mut changed = after.values().filter(|row| before.get(&row.key) != Some(row));
        changed.try_for_each(|row| put_row(&rows, row))
    };
    // That something is on its way may be forgotten with the battery: then it is sent once more. A receipt or a refusal may not.
    let is_final = |outcome: &Outcome| matches!(outcome, Outcome::Received(_) | Outcome::Refused { .. });
    let access = if outcomes.iter().any(|(_, outcome)| is_final(outcome)) { Access::Strict } else { Access::Write };
    door.run(&[OUTBOX, RECEIPTS], access, change).await
}

/// Puts rows into the outbox that are not there and have no receipt.
pub(super) async fn enqueue(door: &Door, wanted: &[OutboxRow]) -> Result<()> {
    let keys: Vec<String> = wanted.iter().map(|row| outbox_key(&row.key)).collect();
    let change = async |tx: &Transaction<'_>, _| {
        let (rows, receipts) = (Table::of(tx, OUTBOX)?, Table::of(tx, RECEIPTS)?);
        let waiting = rows.get_many(keys.iter().cloned()).await?;
        let received = receipts.get_many(keys.iter().cloned()).await?;

        let places = wanted.iter().zip(waiting.iter().zip(&received));
        let mut new = places.filter(|(_, (waiting, received))| waiting.is_none() && received.is_none());
        new.try_for_each(|(row, _)| put_row(&rows, row))
    };
    door.run(&[OUTBOX, RECEIPTS], Access::Strict, change).await
}

/// Makes what this database gave receipts for wait again, as far as it is here.
pub(super) async fn take_back(door: &Door, database: &str) -> Result<()> {
    let change = async |tx: &Transaction<'_>, _| {
        let (rows, receipts) = (Table::of(tx, OUTBOX)?, Table::of(tx, RECEIPTS)?);
        let all = receipts.all().await?;
        let given: Vec<Receipt> = all.iter().filter_map(from_text).filter(|receipt: &Receipt| receipt.database == database).collect();
        let events = Table::of(tx, EVENTS)?.get_many(given.iter().map(|receipt| receipt.key.event.to_string())).await?;
        let parts = given.iter().map(|receipt| part_key(receipt.key.event, receipt.key.part.unwrap_or_default()));
        let parts = Table::of(tx, PARTS)?.get_many(parts).await?;

        for (receipt, (event, part)) in given.iter().zip(events.iter().zip(&parts)) {
            let Some(row) = event.as_ref().and_then(from_event) else { continue };
            if receipt.key.part.is_none() || part.is_some() {
                receipts.delete(&outbox_key(&receipt.key))?;
                put_row(&rows, &outbox::again(receipt, row.event.core.region))?;
            }
        }
        Ok(())
    };
    door.run(&[EVENTS, PARTS, OUTBOX, RECEIPTS], Access::Strict, change).await
}

/// Takes a refused row out, and with a refused record what travels beside it.
pub(super) async fn dismiss(door: &Door, key: OutboxKey) -> Result<()> {
    let change = async |tx: &Transaction<'_>, _| {
        let rows = Table::of(tx, OUTBOX)?;
        let gone = dismissed(&rows, &[key]).await?;
        gone.iter().try_for_each(|key| rows.delete(&outbox_key(key)))
    };
    door.run(&[OUTBOX], Access::Write, change).await
}

/// Makes rows that were on their way wait again.
pub(super) async fn recover(door: &Door) -> Result<()> {
    let change = async |tx: &Transaction<'_>, _| {
        let rows = Table::of(tx, OUTBOX)?;
        let all = rows.all().await?;
        let mut recovered = all.iter().filter_map(from_text).filter_map(outbox::recover);
        recovered.try_for_each(|row| put_row(&rows, &row))
    };
    door.run(&[OUTBOX], Access::Write, change).await
}

fn put_row(rows: &Table<'_>, row: &OutboxRow) -> Result<()> {
    rows.put(&outbox_key(&row.key), text(row)?)
}

/// The rows under `keys` that are there and can be read.
async fn read_rows(rows: &Table<'_>, keys: impl IntoIterator<Item = OutboxKey>) -> Result<BTreeMap<OutboxKey, OutboxRow>> {
    let found = rows.get_many(keys.into_iter().map(|key| outbox_key(&key))).await?;
    let readable = found.iter().flatten().filter_map(from_text::<OutboxRow>);
    Ok(readable.map(|row| (row.key, row)).collect())
}

/// The rows that leave with `keys`.
async fn dismissed(rows: &Table<'_>, keys: &[OutboxKey]) -> Result<Vec<OutboxKey>> {
    let mut gone = Vec::new();
    for key in keys {
        let found = rows.within(beginning(&key.event.to_string())).await?;
        let readable: Vec<OutboxRow> = found.iter().filter_map(from_text).collect();
        gone.extend(outbox::dismissed(key, &readable));
    }
    Ok(gone)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::conformance::fixture::{event, written};
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    async fn a_write_whose_answer_was_lost_is_not_written_twice() {
        let door = Door::open("answer-lost", Default::default()).await.unwrap();
        let (mine, other) = (written(&event(1, 1, 5), Vec::new()), written(&event(1, 1, 4), Vec::new()));
        write(&door, &mine).await.unwrap();
        let anew = async |written: &Written, again| {
            door.run(&SCOPE, Access::Strict, async |tx: &Transaction<'_>, _| write_within(tx, written, again).await).await
        };
        assert_eq!(anew(&mine, true).await, Ok(()));
        assert_eq!(anew(&mine, false).await, Err(StoreError::Overtaken));
        assert_eq!(anew(&other, true).await, Err(StoreError::Overtaken));
        let rows = door.run(&[OUTBOX], Access::Read, async |tx: &Transaction<'_>, _| Table::of(tx, OUTBOX)?.all().await);
        assert_eq!(rows.await.unwrap().len(), 1);
    }
}
