//! Saving unsent records to a file and loading them again, here or on another phone (`docs/formats/records-file.md`).

use super::Failed;
use crate::device::{file, time};
use crate::state::profile::parts;
use crate::state::{AppState, sync, view};
use civmesh_domain::id::{EventId, ReadingKey, RegionId};
use civmesh_domain::information::records_file::{self, Carried, Fault, LARGEST_FILE, Loaded, NotRecords};
use civmesh_store::phone::PhoneStore;
use civmesh_store::record::{EventRow, OutboxKey, OutboxRow, Page, Source};
use civmesh_store::{Store, StoreError};
use std::collections::{BTreeMap, BTreeSet};

/// What was saved.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Saved {
    /// Records in the file.
    pub records: usize,
    /// Parts for which there was no room in it.
    pub left_out: usize,
}

/// What was loaded.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Taken {
    /// Records that were not here before.
    pub new: usize,
    /// Records that were.
    pub known: usize,
    /// What was wrong, by place in the file.
    pub bad: Vec<(usize, Fault)>,
}

/// Why nothing was loaded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotLoaded {
    /// The file.
    File(NotRecords),
    /// The phone could not keep it.
    NotKept,
}

impl From<StoreError> for NotLoaded {
    fn from(_: StoreError) -> Self {
        Self::NotKept
    }
}

/// Saves everything that the hub has not given a receipt for: one file for each region that has such records, usually one.
///
/// # Errors
/// No file was saved, or not all of them; the records stay as they are.
pub async fn save_unsent(app: AppState) -> Result<Saved, Failed> {
    let store = app.store().ok_or(Failed::NotReady)?;
    let (mut saved, own) = (Saved::default(), parts::at_rest(app));
    for (region, keys) in unsent(&store).await? {
        let (records, left_out) = gather(&store, &keys, &own).await?;
        let bytes = records_file::write(region, &records).map_err(|_| Failed::NotWritten)?;
        if !file::save(&file_name(region), "application/json", &bytes) {
            return Err(Failed::NotWritten);
        }
        saved.records += records.len();
        saved.left_out += left_out;
    }
    Ok(saved)
}

fn file_name(region: RegionId) -> String {
    let short: String = region.to_string().chars().take(6).collect();
    format!("civmesh-records-{short}-{}.json", time::stamp(time::now()))
}

/// What is unsent, by region and event: the indexes of its unsent parts.
async fn unsent(store: &PhoneStore) -> Result<BTreeMap<RegionId, BTreeMap<EventId, BTreeSet<u8>>>, StoreError> {
    let mut unsent: BTreeMap<RegionId, BTreeMap<EventId, BTreeSet<u8>>> = BTreeMap::new();
    for row in store.outbox().await? {
        unsent.entry(row.region).or_default().entry(row.key.event).or_default().extend(row.key.part);
    }
    Ok(unsent)
}

/// The records, all of them, and of their parts the light ones first, as many as fit. A part that only a profile of this phone could open
/// is of no use elsewhere, and stays.
async fn gather(
    store: &PhoneStore,
    keys: &BTreeMap<EventId, BTreeSet<u8>>,
    own: &[ReadingKey],
) -> Result<(Vec<Carried>, usize), StoreError> {
    /// Base64url takes four characters for three bytes; names, brackets and quotes take the rest.
    const AROUND: usize = 160;
    let encoded = |bytes: usize| bytes.div_ceil(3) * 4 + AROUND;
    let (mut records, mut parts, mut size, mut left_out) = (Vec::new(), Vec::new(), AROUND, 0);
    for (&id, indexes) in keys {
        let Some(row) = store.event(id).await? else { continue };
        size += encoded(row.event.core_bytes().len() + 64);
        for part in store.parts(id).await?.into_iter().filter(|part| indexes.contains(&part.index)) {
            if part.envelope.is_only_for(own) {
                left_out += 1;
                continue;
            }
            let length = part.envelope.to_bytes().map(|bytes| bytes.len()).unwrap_or_default();
            parts.push((encoded(length), records.len(), part));
        }
        records.push(Carried { event: row.event, parts: Vec::new() });
    }
    parts.sort_by_key(|(length, at, part)| (*length, *at, part.index));
    for (length, at, part) in parts {
        if size + length > LARGEST_FILE {
            left_out += 1;
        } else {
            size += length;
            records[at].parts.push(part);
        }
    }
    Ok((records, left_out))
}

/// Loads a file: what is new is kept, and this phone carries it from now on. May be done again.
///
/// # Errors
/// Nothing was changed.
pub async fn load(app: AppState, chosen: &web_sys::File) -> Result<Taken, NotLoaded> {
    let bytes = file::read(chosen, LARGEST_FILE as f64).await;
    let bytes =
        bytes.ok_or(NotLoaded::File(if chosen.size() > LARGEST_FILE as f64 { NotRecords::TooLarge } else { NotRecords::OtherFile }))?;
    let loaded = records_file::read(&bytes).map_err(NotLoaded::File)?;
    let taken = keep(&app.store().ok_or(NotLoaded::NotKept)?, loaded, parts::own(app)).await?;
    // What can't be read back now is read with the next change.
    let _later = view::read(app).await;
    sync::tell_other_tabs(app);
    sync::nudge(app);
    Ok(taken)
}

/// Parts that come plain are kept sealed to `at_rest`, if there is such a key.
async fn keep(store: &PhoneStore, loaded: Loaded, at_rest: Option<ReadingKey>) -> Result<Taken, NotLoaded> {
    let received = time::now();
    let (mut taken, mut rows, mut page) = (Taken { bad: loaded.bad, ..Taken::default() }, Vec::new(), Page::default());
    for carried in loaded.good {
        let known = store.event(carried.event.id).await?;
        rows.extend(to_carry(store, known.as_ref(), &carried).await?);
        *(if known.is_some() { &mut taken.known } else { &mut taken.new }) += 1;
        page.parts.extend(carried.parts.into_iter().filter_map(|part| match &at_rest {
            Some(key) => part.kept_for(key),
            None => Some(part),
        }));
        page.events.push(EventRow { event: carried.event, intact: true, source: Source::File, received });
    }
    store.merge(page).await?;
    store.enqueue(rows).await?;
    Ok(taken)
}

/// What this phone is to bring to the hub of a loaded record. What it wrote itself has its place already; what came from the hub is there.
async fn to_carry(store: &PhoneStore, known: Option<&EventRow>, carried: &Carried) -> Result<Vec<OutboxRow>, StoreError> {
    let (event, region) = (carried.event.id, carried.event.core.region);
    let source = known.map(|row| row.source);
    if source == Some(Source::Here) {
        return Ok(Vec::new());
    }
    let at_hub: BTreeSet<u8> = match source {
        Some(Source::Hub) => store.parts(event).await?.into_iter().map(|part| part.index).collect(),
        _ => BTreeSet::new(),
    };
    let own = (source != Some(Source::Hub)).then_some(None);
    let parts = carried.parts.iter().map(|part| part.index).filter(|index| !at_hub.contains(index)).map(Some);
    Ok(own.into_iter().chain(parts).map(|part| OutboxRow::new(OutboxKey { event, part }, region)).collect())
}
