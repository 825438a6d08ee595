//! The connection to the database: opened when it is needed, closed when another tab wants to upgrade, opened anew when the browser
//! dropped it.

use super::fault::judge;
use super::opening::{self, Opened};
use crate::health::Monitor;
use crate::{Result, StoreError};
use futures::channel::oneshot;
use indexed_db_futures::database::Database;
use indexed_db_futures::internals::SystemRepr;
use indexed_db_futures::prelude::*;
use indexed_db_futures::transaction::{Transaction, TransactionDurability, TransactionMode, TransactionOptions};
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen_futures::JsFuture;

/// What a transaction may do, and how sure it has to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Access {
    /// Read only.
    Read,
    /// Write; the browser may lose the last seconds with the battery. For what can be had again.
    Write,
    /// Write, and report only once it is on the disk. For what exists nowhere else.
    Strict,
}

/// An open connection.
struct Handle {
    database: Database,
    /// A newer version wrote it: it is not ours to write.
    newer: bool,
    closed: Rc<Cell<bool>>,
}

/// The way into a database of this name.
pub(super) struct Door {
    name: String,
    handle: RefCell<Option<Rc<Handle>>>,
    /// The transactions that have not come to their end.
    under_way: RefCell<Vec<web_sys::IdbTransaction>>,
    /// Whoever wants in while the page is put away; `None` while it is not.
    away: RefCell<Option<Vec<oneshot::Sender<()>>>>,
    was_open: Cell<bool>,
    monitor: Rc<Monitor>,
}

impl Door {
    /// Opens the database of this name, migrating it where it is older. How it fares from then on is noted with `monitor`.
    pub(super) async fn open(name: &str, monitor: Rc<Monitor>) -> Result<Self> {
        let door = Self {
            name: name.to_owned(),
            handle: RefCell::default(),
            under_way: RefCell::default(),
            away: RefCell::default(),
            was_open: Cell::default(),
            monitor,
        };
        door.handle().await?;
        Ok(door)
    }

    /// How the database fares.
    pub(super) fn monitor(&self) -> &Monitor {
        &self.monitor
    }

    /// Whether the database belonged to a newer version when it was last opened.
    pub(super) fn is_newer(&self) -> bool {
        self.handle.borrow().as_ref().is_some_and(|handle| handle.newer)
    }

    /// Closes the connection. The next transaction finds it closed and opens it anew.
    pub(super) fn close(&self) {
        if let Some(handle) = self.handle.borrow().as_ref() {
            handle.database.clone().close();
        }
    }

    /// Takes back what is under way and closes the connection, for a page that is put away and may be frozen as it stands: WebKit lets a
    /// frozen transaction keep every other page waiting. Nothing is begun from then on: whoever waits here is served when the page
    /// [comes back](Self::come_back), as after a lost connection.
    pub(super) fn let_go(&self) {
        self.away.borrow_mut().get_or_insert_default();
        for transaction in self.under_way.borrow().iter() {
            // What has ended by itself can't be taken back, and needs not be.
            let _over = transaction.abort();
        }
        self.close();
    }

    /// Serves whoever came while the page was away.
    pub(super) fn come_back(&self) {
        self.away.take();
    }

    /// Waits while the page is away.
    async fn at_home(&self) {
        let waiting = self.away.borrow_mut().as_mut().map(|waiting| {
            let (place, called) = oneshot::channel();
            waiting.push(place);
            called
        });
        if let Some(called) = waiting {
            // Nobody calls by name: that its place is given up tells that the page is back.
            let _back = called.await;
        }
    }

    /// Runs `work` in one transaction over the stores in `scope`. `work` reads first, queues its writes last and awaits nothing but
    /// requests of this transaction; an error takes everything back. Where the connection was lost, it is opened anew and `work` runs
    /// a second time, with `true` as its argument: the first time may have come through without our hearing of it.
    pub(super) async fn run<T>(
        &self,
        scope: &[&str],
        access: Access,
        work: impl AsyncFn(&Transaction<'_>, bool) -> Result<T>,
    ) -> Result<T> {
        let outcome = match self.attempt(scope, access, &work, false).await {
            Err(StoreError::Unreachable(_)) => {
                self.close();
                self.handle.take();
                self.attempt(scope, access, &work, true).await
            }
            outcome => outcome,
        };
        self.monitor.note(access != Access::Read, &outcome);
        outcome
    }

    async fn attempt<T>(
        &self,
        scope: &[&str],
        access: Access,
        work: &impl AsyncFn(&Transaction<'_>, bool) -> Result<T>,
        again: bool,
    ) -> Result<T> {
        self.at_home().await;
        let handle = self.handle().await?;
        if access != Access::Read && handle.newer {
            return Err(StoreError::Newer);
        }
        let transaction = handle.begin(scope, access)?;
        let inner: web_sys::IdbTransaction = transaction.as_sys().clone().into();
        self.under_way.borrow_mut().push(inner.clone());
        let outcome = async {
            let outcome = work(&transaction, again).await?;
            if access != Access::Read {
                completed(&transaction).await?;
            }
            Ok(outcome)
        };
        let outcome = outcome.await;
        self.under_way.borrow_mut().retain(|other| *other != inner);
        outcome
    }

    async fn handle(&self) -> Result<Rc<Handle>> {
        let open = self.handle.borrow().as_ref().filter(|handle| !handle.closed.get()).cloned();
        if let Some(handle) = open {
            return Ok(handle);
        }
        let opened = opening::open(&self.name, &self.monitor).await?;
        let (newer, made, before) = (opened.newer, opened.made, self.was_open.replace(true));
        self.monitor.change(|health| {
            health.newer = newer;
            health.made |= made && !before;
            health.gone |= made && before;
        });
        let handle = Rc::new(Handle::watch(opened, self.monitor.clone())?);
        // Two callers may have found it closed: the first to be back is kept, so that no connection is left over.
        let mut place = self.handle.borrow_mut();
        match place.as_ref().filter(|other| !other.closed.get()) {
            Some(other) => {
                handle.database.clone().close();
                Ok(other.clone())
            }
            None => Ok(place.insert(handle).clone()),
        }
    }
}

impl Handle {
    /// Closes the connection as soon as another tab asks for a newer version, which it could not have before: from then on this tab is
    /// the one that is out of date.
    fn watch(opened: Opened, monitor: Rc<Monitor>) -> Result<Self> {
        let Opened { database, newer, .. } = opened;
        let closed = Rc::new(Cell::new(false));
        let mut changes = database.version_changes()?;
        let (watched, flag) = (database.clone(), closed.clone());
        wasm_bindgen_futures::spawn_local(async move {
            let change = changes.recv().await;
            flag.set(true);
            watched.close();
            if change.is_some_and(|change| change.new_version().is_some()) {
                monitor.change(|health| health.outdated = true);
            }
        });
        Ok(Self { database, newer, closed })
    }

    fn begin(&self, scope: &[&str], access: Access) -> Result<Transaction<'_>> {
        let (mode, durability) = match access {
            Access::Read => (TransactionMode::Readonly, TransactionDurability::Default),
            Access::Write => (TransactionMode::Readwrite, TransactionDurability::Relaxed),
            Access::Strict => (TransactionMode::Readwrite, TransactionDurability::Strict),
        };
        transact(&self.database, scope, mode, durability)
    }
}

/// A transaction over the stores in `scope`.
pub(super) fn transact<'d>(
    database: &'d Database,
    scope: &[&str],
    mode: TransactionMode,
    durability: TransactionDurability,
) -> Result<Transaction<'d>> {
    let options = TransactionOptions::new().with_durability(durability);
    Ok(database.transaction(scope).with_mode(mode).with_options(options).build()?)
}

/// Waits until the browser has committed, which it does by itself once nothing more is asked for: one that was told to commit can't be taken
/// back any more by [`Door::let_go`], and WebKit would freeze it half done. What fails, for want of space say, is on the transaction itself.
pub(super) async fn completed(transaction: &Transaction<'_>) -> Result<()> {
    let inner: web_sys::IdbTransaction = transaction.as_sys().clone().into();
    let end = js_sys::Promise::new(&mut |complete, abort| {
        inner.set_oncomplete(Some(&complete));
        inner.set_onabort(Some(&abort));
    });
    let taken_back = || StoreError::Unreachable("the transaction was taken back".to_owned());
    match JsFuture::from(end).await {
        Ok(_) => Ok(()),
        Err(_) => Err(inner.error().map_or_else(taken_back, |exception| judge(&exception))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::idb::migration::META;
    use crate::idb::table::Table;
    use wasm_bindgen_test::wasm_bindgen_test;

    async fn value(door: &Door, key: &str) -> Option<String> {
        let read = async |tx: &Transaction<'_>, _| Table::of(tx, META)?.get(key).await;
        door.run(&[META], Access::Read, read).await.unwrap().and_then(|value| value.as_string())
    }

    #[wasm_bindgen_test]
    async fn a_lost_connection_is_tried_once_more_and_no_oftener() {
        let door = Door::open("lost", Rc::default()).await.unwrap();
        let tries = Cell::new(0);
        let losing = async |tx: &Transaction<'_>, again: bool| {
            tries.set(tries.get() + 1);
            Table::of(tx, META)?.put(if again { "second" } else { "first" }, "here".into())?;
            if again && tries.get() == 2 { Ok(()) } else { Err(StoreError::Unreachable("lost".to_owned())) }
        };
        assert_eq!(door.run(&[META], Access::Strict, losing).await, Ok(()));
        assert_eq!((value(&door, "first").await, value(&door, "second").await), (None, Some("here".to_owned())));
        assert!(door.run(&[META], Access::Strict, losing).await.is_err());
        assert_eq!(tries.get(), 4);
    }

    #[wasm_bindgen_test]
    async fn what_a_page_that_is_put_away_has_begun_keeps_nobody_waiting_and_is_done_when_it_is_back() {
        let (page, other) = (Door::open("away", Rc::default()).await.unwrap(), Door::open("away", Rc::default()).await.unwrap());
        let tries = Cell::new(0);
        let going = async |tx: &Transaction<'_>, again: bool| {
            tries.set(tries.get() + 1);
            let table = Table::of(tx, META)?;
            table.put("first", "begun".into())?;
            if !again {
                page.let_go();
            }
            table.put("second", "done".into())
        };
        let elsewhere = async {
            // Long enough for a second attempt, were it not to wait.
            gloo_timers::future::TimeoutFuture::new(300).await;
            assert_eq!((tries.get(), value(&other, "first").await), (1, None));
            page.come_back();
        };
        assert_eq!(futures::join!(page.run(&[META], Access::Strict, going), elsewhere).0, Ok(()));
        assert_eq!(
            (tries.get(), value(&other, "first").await, value(&other, "second").await),
            (2, Some("begun".into()), Some("done".into()))
        );
    }

    #[wasm_bindgen_test]
    async fn what_exists_nowhere_else_waits_for_the_disk() {
        let monitor = Rc::<Monitor>::default();
        let handle = Handle::watch(opening::open("durable", &monitor).await.unwrap(), monitor).unwrap();
        for (access, durability) in [(Access::Strict, "strict"), (Access::Write, "relaxed")] {
            let tx = handle.begin(&[META], access).unwrap();
            let inner: &web_sys::IdbTransaction = tx.as_sys();
            assert_eq!(js_sys::Reflect::get(inner, &"durability".into()).unwrap(), durability);
        }
    }

    #[wasm_bindgen_test]
    async fn a_final_error_takes_everything_back_and_is_not_tried_again() {
        let door = Door::open("final", Rc::default()).await.unwrap();
        let tries = Cell::new(0);
        let failing = async |tx: &Transaction<'_>, _| -> Result<()> {
            tries.set(tries.get() + 1);
            Table::of(tx, META)?.put("half", "done".into())?;
            Err(StoreError::Full)
        };
        assert_eq!(door.run(&[META], Access::Strict, failing).await, Err(StoreError::Full));
        assert_eq!((tries.get(), value(&door, "half").await), (1, None));
    }
}
