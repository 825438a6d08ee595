//! Secrets, and forgetting.

use super::handle::Access;
use super::migration::{AUTHORS, DOCUMENTS, ENDS, EVENTS, KEYS, META, OUTBOX, PARTS, RECEIPTS};
use super::shape::{document_key, event, from_part, part, part_key, text};
use super::table::{Table, beginning};
use super::{IdbStore, checkpoint_key, value_key};
use crate::Result;
use crate::private::Private;
use crate::record::EventRow;
use civmesh_domain::part::{Envelope, Part};
use indexed_db_futures::transaction::Transaction;
use serde_json::Value;
use std::collections::BTreeSet;

/// A part may be a photo of half a megabyte: so many are read at a time.
const PARTS_AT_A_TIME: usize = 16;

impl Private for IdbStore {
    async fn set_values(&self, values: Vec<(String, Option<Value>)>) -> Result<()> {
        let written = |(name, value): (String, Option<Value>)| Ok((value_key(&name), value.map(|value| text(&value)).transpose()?));
        let values = values.into_iter().map(written).collect::<Result<Vec<_>>>()?;
        let change = async |tx: &Transaction<'_>, _| {
            let meta = Table::of(tx, META)?;
            values.iter().try_for_each(|(key, value)| match value {
                Some(value) => meta.put(key, value.clone()),
                None => meta.delete(key),
            })
        };
        self.door.run(&[META], Access::Strict, change).await
    }

    async fn plain_parts(&self) -> Result<Vec<Part>> {
        let all = async |tx: &Transaction<'_>, _| Table::of(tx, PARTS)?.keys_within(beginning("")).await;
        let keys = self.door.run(&[PARTS], Access::Read, all).await?;
        let mut plain = Vec::new();
        for some in keys.chunks(PARTS_AT_A_TIME) {
            let read = async |tx: &Transaction<'_>, _| Table::of(tx, PARTS)?.get_many(some.iter().cloned()).await;
            let values = self.door.run(&[PARTS], Access::Read, read).await?;
            let parts = self.readable(values.into_iter().flatten().collect(), from_part);
            plain.extend(parts.into_iter().filter(|part| matches!(part.envelope, Envelope::Plain(_))));
        }
        Ok(plain)
    }

    async fn reseal(&self, parts: Vec<Part>) -> Result<()> {
        let keyed = parts.iter().map(|sealed| Ok((part_key(sealed.event, sealed.index), part(sealed)?)));
        let keyed = keyed.collect::<Result<Vec<_>>>()?;
        let change = async |tx: &Transaction<'_>, _| {
            let table = Table::of(tx, PARTS)?;
            let mut here = BTreeSet::new();
            for (key, _) in &keyed {
                here.extend(table.keys_within(beginning(key)).await?);
            }
            keyed.iter().filter(|(key, _)| here.contains(key)).try_for_each(|(key, value)| table.put(key, value.clone()))
        };
        self.door.run(&[PARTS], Access::Strict, change).await
    }

    async fn forget(&self, public: Vec<String>, events: Vec<EventRow>) -> Result<()> {
        let scope = [AUTHORS, DOCUMENTS, ENDS, EVENTS, KEYS, META, OUTBOX, PARTS, RECEIPTS];
        let checkpoints: Vec<String> = public.iter().map(|database| checkpoint_key(database)).collect();
        let is_public = |key: &String| public.iter().any(|database| key.starts_with(&document_key(database, "")));
        let change = async |tx: &Transaction<'_>, _| {
            let (documents, meta, table) = (Table::of(tx, DOCUMENTS)?, Table::of(tx, META)?, Table::of(tx, EVENTS)?);
            let secret = documents.keys_within(beginning("")).await?.into_iter().filter(|key| !is_public(key));
            let small = meta.keys_within(beginning("")).await?.into_iter().filter(|key| !checkpoints.contains(key));
            let (secret, small): (Vec<String>, Vec<String>) = (secret.collect(), small.collect());

            for name in [AUTHORS, ENDS, EVENTS, KEYS, OUTBOX, PARTS, RECEIPTS] {
                Table::of(tx, name)?.clear()?;
            }
            secret.iter().try_for_each(|key| documents.delete(key))?;
            small.iter().try_for_each(|key| meta.delete(key))?;
            events.iter().try_for_each(|row| table.put(&row.event.id.to_string(), event(row)))
        };
        self.door.run(&scope, Access::Strict, change).await
    }
}
