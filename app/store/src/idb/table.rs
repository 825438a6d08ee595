//! One object store within a transaction, with string keys.

use crate::Result;
use indexed_db_futures::KeyRange;
use indexed_db_futures::object_store::ObjectStore;
use indexed_db_futures::prelude::*;
use indexed_db_futures::transaction::Transaction;
use wasm_bindgen::JsValue;

/// An object store.
pub(super) struct Table<'a>(ObjectStore<'a>);

/// The keys from `first` to `last`, both included.
pub(super) fn between(first: &str, last: &str) -> KeyRange<JsValue> {
    KeyRange::Bound(first.into(), false, last.into(), false)
}

/// The keys that begin with `prefix`. U+FFFF is no character, so no identifier goes on with it.
pub(super) fn beginning(prefix: &str) -> KeyRange<JsValue> {
    between(prefix, &format!("{prefix}\u{ffff}"))
}

impl<'a> Table<'a> {
    /// The store of this name.
    pub(super) fn of(transaction: &'a Transaction<'_>, name: &str) -> Result<Self> {
        Ok(Self(transaction.object_store(name)?))
    }

    /// One value.
    pub(super) async fn get(&self, key: &str) -> Result<Option<JsValue>> {
        Ok(self.0.get::<JsValue, _, _>(JsValue::from(key)).primitive()?.await?)
    }

    /// The values under `keys`, in their order. All are asked for before the first is awaited.
    pub(super) async fn get_many(&self, keys: impl IntoIterator<Item = String>) -> Result<Vec<Option<JsValue>>> {
        let asked = keys.into_iter().map(|key| self.0.get::<JsValue, _, _>(JsValue::from(key)).primitive());
        let asked = asked.collect::<indexed_db_futures::Result<Vec<_>>>()?;
        let mut found = Vec::with_capacity(asked.len());
        for answer in asked {
            found.push(answer.await?);
        }
        Ok(found)
    }

    /// All values in the order of their keys.
    pub(super) async fn all(&self) -> Result<Vec<JsValue>> {
        let values = self.0.get_all::<JsValue>().primitive()?.await?;
        Ok(values.collect::<indexed_db_futures::Result<_>>()?)
    }

    /// The values within a range.
    pub(super) async fn within(&self, range: KeyRange<JsValue>) -> Result<Vec<JsValue>> {
        let values = self.0.get_all::<JsValue>().with_query::<JsValue, _>(range).primitive()?.await?;
        Ok(values.collect::<indexed_db_futures::Result<_>>()?)
    }

    /// All keys.
    pub(super) async fn keys(&self) -> Result<Vec<String>> {
        let keys = self.0.get_all_keys::<String>().primitive()?.await?;
        Ok(keys.collect::<indexed_db_futures::Result<_>>()?)
    }

    /// The keys within a range.
    pub(super) async fn keys_within(&self, range: KeyRange<JsValue>) -> Result<Vec<String>> {
        let keys = self.0.get_all_keys::<String>().with_query::<JsValue, _>(range).primitive()?.await?;
        Ok(keys.collect::<indexed_db_futures::Result<_>>()?)
    }

    /// The values that an index has under `key`.
    pub(super) async fn indexed(&self, index: &str, key: JsValue) -> Result<Vec<JsValue>> {
        let index = self.0.index(index)?;
        let values = index.get_all::<JsValue>().with_query::<JsValue, _>(KeyRange::Only(key)).primitive()?.await?;
        Ok(values.collect::<indexed_db_futures::Result<_>>()?)
    }

    /// Queues a value; it is there when the transaction is.
    pub(super) fn put(&self, key: &str, value: JsValue) -> Result<()> {
        self.0.put(value).with_key(JsValue::from(key)).without_key_type().primitive()?;
        Ok(())
    }

    /// Puts a value and waits until it is there: for large ones, so that the browser takes over one in a task.
    pub(super) async fn put_large(&self, key: &str, value: JsValue) -> Result<()> {
        self.0.put(value).with_key(JsValue::from(key)).without_key_type().primitive()?.await?;
        Ok(())
    }

    /// Queues the removal of everything.
    pub(super) fn clear(&self) -> Result<()> {
        self.0.clear()?;
        Ok(())
    }

    /// Queues the removal of what is within a range.
    pub(super) fn delete_within(&self, range: KeyRange<JsValue>) -> Result<()> {
        self.0.delete::<JsValue, _>(range).primitive()?;
        Ok(())
    }

    /// Queues a removal.
    pub(super) fn delete(&self, key: &str) -> Result<()> {
        self.0.delete(JsValue::from(key)).primitive()?;
        Ok(())
    }
}
