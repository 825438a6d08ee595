//! Listings that pass over what can't be read, and count it: a damaged record must not hide the others.

use super::IdbStore;
use super::handle::Access;
use super::table::Table;
use crate::{Result, StoreError};
use indexed_db_futures::KeyRange;
use indexed_db_futures::transaction::Transaction;
use wasm_bindgen::JsValue;

impl IdbStore {
    /// What can be read of `values`; the rest is counted.
    pub(super) fn readable<T>(&self, values: Vec<JsValue>, read: impl Fn(&JsValue) -> Option<T>) -> Vec<T> {
        let all = values.len();
        let readable: Vec<T> = values.iter().filter_map(read).collect();
        self.count_damaged(all - readable.len());
        readable
    }

    fn count_damaged(&self, more: usize) {
        self.door.monitor().change(|health| health.damaged += more);
    }

    /// The values of a store, or those within a range.
    pub(super) async fn values(&self, store: &str, range: Option<KeyRange<JsValue>>) -> Result<Vec<JsValue>> {
        let read = async |tx: &Transaction<'_>, _| {
            let table = Table::of(tx, store)?;
            match &range {
                Some(range) => table.within(range.clone()).await,
                None => table.all().await,
            }
        };
        match self.door.run(&[store], Access::Read, read).await {
            Err(StoreError::Unreachable(_)) => self.one_by_one(store, range).await,
            read => read,
        }
    }

    /// The same, each asked for by itself: one value that the browser can't give (a photo whose file is gone) makes it refuse them all.
    /// Those are passed over and counted.
    pub(super) async fn one_by_one(&self, store: &str, range: Option<KeyRange<JsValue>>) -> Result<Vec<JsValue>> {
        let keys = async |tx: &Transaction<'_>, _| {
            let table = Table::of(tx, store)?;
            match &range {
                Some(range) => table.keys_within(range.clone()).await,
                None => table.keys().await,
            }
        };
        let (mut values, mut missing) = (Vec::new(), 0);
        for key in self.door.run(&[store], Access::Read, keys).await? {
            match self.one(store, &key).await {
                Ok(value) => values.extend(value),
                Err(StoreError::Unreachable(_)) => missing += 1,
                Err(error) => return Err(error),
            }
        }
        self.count_damaged(missing);
        // The database itself was there all the time.
        self.door.monitor().change(|health| health.unreachable = false);
        Ok(values)
    }
}
