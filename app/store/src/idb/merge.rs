//! Taking in what came from elsewhere, and the checkpoint that follows it.

use super::handle::{Access, Door};
use super::migration::{AUTHORS, DOCUMENTS, ENDS, EVENTS, META, PARTS};
use super::shape::{document_key, event, from_event, is_intact, part_key, text};
use super::table::{Table, between};
use super::write::put_part;
use super::{SEEN, checkpoint_key, seen, state_of};
use crate::incoming::KeptPart;
use crate::record::{AuthorState, EventRow, Page};
use crate::{Result, author, incoming};
use civmesh_domain::clock::Clock;
use civmesh_domain::id::{DeviceKey, EventId};
use civmesh_domain::unit::Millis;
use indexed_db_futures::transaction::Transaction;
use std::collections::{BTreeMap, BTreeSet};

const SCOPE: [&str; 6] = [AUTHORS, DOCUMENTS, ENDS, EVENTS, META, PARTS];

/// Takes in a page.
pub(super) async fn merge(door: &Door, page: &Page) -> Result<Vec<EventId>> {
    let change = async |tx: &Transaction<'_>, _| {
        let (events, parts, meta) = (Table::of(tx, EVENTS)?, Table::of(tx, PARTS)?, Table::of(tx, META)?);
        let (authors, documents, ends) = (Table::of(tx, AUTHORS)?, Table::of(tx, DOCUMENTS)?, Table::of(tx, ENDS)?);
        let fresh = incoming::fresh(page.events.clone(), &here(&events, &page.events).await?);
        let parts_here = keys_here(&parts, page.parts.iter().map(|part| part_key(part.event, part.index)).collect()).await?;
        let received = received(&events, incoming::far_ahead(page)).await?;
        let moved = authors_moved(&authors, &fresh).await?;
        let clock = clock_moved(&meta, &fresh).await?;

        fresh.iter().try_for_each(|row| events.put(&row.event.id.to_string(), event(row)))?;
        put_parts(&parts, &ends, incoming::unexpired(page, &received), parts_here)?;
        put_documents(&documents, page)?;
        moved.iter().try_for_each(|(device, state)| authors.put(&device.to_string(), text(state)?))?;
        clock.map_or(Ok(()), |clock| meta.put(SEEN, text(&clock)?))?;
        if let Some((database, sequence)) = &page.checkpoint {
            meta.put(&checkpoint_key(database), text(sequence)?)?;
        }
        Ok(fresh.into_iter().map(|row| row.event.id).collect())
    };
    door.run(&SCOPE, Access::Write, change).await
}

/// Which of these events are here, and whether they are intact. One request finds the keys, whatever the size of the page; only those
/// that might have to be replaced are read.
async fn here(events: &Table<'_>, rows: &[EventRow]) -> Result<BTreeMap<EventId, bool>> {
    let keys = keys_here(events, rows.iter().map(|row| row.event.id.to_string()).collect()).await?;
    let known = rows.iter().filter(|row| keys.contains(&row.event.id.to_string()));
    let mut here: BTreeMap<EventId, bool> = known.clone().map(|row| (row.event.id, true)).collect();
    let doubtful: Vec<EventId> = known.filter(|row| row.intact).map(|row| row.event.id).collect();
    let found = events.get_many(doubtful.iter().map(EventId::to_string)).await?;
    for (id, value) in doubtful.into_iter().zip(found) {
        here.insert(id, value.as_ref().and_then(is_intact).unwrap_or(false));
    }
    Ok(here)
}

/// Which of these keys are here.
async fn keys_here(table: &Table<'_>, keys: BTreeSet<String>) -> Result<BTreeSet<String>> {
    match (keys.first(), keys.last()) {
        (Some(first), Some(last)) => Ok(table.keys_within(between(first, last)).await?.into_iter().collect()),
        _ => Ok(BTreeSet::new()),
    }
}

/// The states of those authors whom these events move on.
async fn authors_moved(authors: &Table<'_>, fresh: &[EventRow]) -> Result<BTreeMap<DeviceKey, AuthorState>> {
    let mut moved = BTreeMap::new();
    for row in fresh.iter().filter(|row| row.intact) {
        let device = row.event.core.author;
        let state = match moved.get(&device) {
            Some(state) => *state,
            None => state_of(authors, device).await?,
        };
        moved.insert(device, author::follow(state, row));
    }
    Ok(moved)
}

/// The latest clock seen, if these events move it on.
async fn clock_moved(meta: &Table<'_>, fresh: &[EventRow]) -> Result<Option<Clock>> {
    let before = seen(meta).await?;
    let after = fresh.iter().filter(|row| row.intact).fold(before, author::witness);
    Ok((after != before).then_some(after))
}

/// When those of these events came that are here.
async fn received(events: &Table<'_>, ids: Vec<EventId>) -> Result<BTreeMap<EventId, Millis>> {
    let found = events.get_many(ids.iter().map(EventId::to_string)).await?;
    let rows = ids.into_iter().zip(found).filter_map(|(id, value)| Some((id, from_event(&value?)?.received)));
    Ok(rows.collect())
}

fn put_parts(parts: &Table<'_>, ends: &Table<'_>, new: Vec<KeptPart>, mut here: BTreeSet<String>) -> Result<()> {
    let mut new = new.iter().filter(|kept| here.insert(part_key(kept.part.event, kept.part.index)));
    new.try_for_each(|kept| put_part(parts, ends, kept))
}

fn put_documents(documents: &Table<'_>, page: &Page) -> Result<()> {
    for document in &page.documents {
        documents.put(&document_key(&document.database, &document.id), text(document)?)?;
    }
    page.gone.iter().try_for_each(|(database, id)| documents.delete(&document_key(database, id)))
}
