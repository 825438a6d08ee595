//! How a store fares: what a person has to know of it. Whoever works with the store finds out, whatever they were about; whoever shows
//! it listens here.

use crate::{Result, StoreError};
use std::cell::{Cell, RefCell};
use std::rc::Rc;

/// How a store fares.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Health {
    /// Nothing is kept once the page is gone, and why.
    pub fleeting: Option<Fleeting>,
    /// Opening waits: another tab or window holds an older version of the database open.
    pub blocked: bool,
    /// The database belongs to a newer version: it can be read, not written.
    pub newer: bool,
    /// A newer version of the app took the database over while this page was open.
    pub outdated: bool,
    /// The last write that was tried found no room.
    pub full: bool,
    /// The last try did not reach the database, and opening it anew did not help.
    pub unreachable: bool,
    /// There was no database when it was first opened: it was made.
    pub made: bool,
    /// The database was there when this page opened, and later it was not: what is there now was made anew.
    pub gone: bool,
    /// Records that could not be read since the store was opened; they were passed over.
    pub damaged: usize,
}

/// Why a store keeps nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fleeting {
    /// The browser gives no database: private windows of some browsers, or a setting.
    NotGiven,
    /// There is no room for one.
    NoRoom,
    /// There is one, and it can't be opened.
    Broken,
    /// There is one, and it has to be mended first.
    Damaged,
}

/// Called with every change, and once at the start.
type Listener = Rc<dyn Fn(Health)>;

/// Keeps count of how a store fares, and tells one listener.
#[derive(Default)]
pub struct Monitor {
    health: Cell<Health>,
    listener: RefCell<Option<Listener>>,
}

impl Monitor {
    /// How the store fares now.
    pub fn health(&self) -> Health {
        self.health.get()
    }

    /// Tells `listener` how the store fares, now and with every change.
    pub fn listen(&self, listener: impl Fn(Health) + 'static) {
        let listener: Listener = Rc::new(listener);
        *self.listener.borrow_mut() = Some(listener.clone());
        listener(self.health());
    }

    /// Notes a change, and tells of it if it is one. For whoever is a store.
    pub fn change(&self, change: impl FnOnce(&mut Health)) {
        let before = self.health.get();
        let mut after = before;
        change(&mut after);
        if after != before {
            self.health.set(after);
            // Outside of the borrow: a listener may ask back.
            let listener = self.listener.borrow().clone();
            listener.iter().for_each(|listener| listener(after));
        }
    }

    /// Notes what came of a transaction, which only read or also wrote. For whoever is a store.
    pub fn note<T>(&self, wrote: bool, outcome: &Result<T>) {
        self.change(|health| match outcome {
            Ok(_) => {
                health.unreachable = false;
                health.full &= !wrote;
            }
            Err(StoreError::Full) => health.full = true,
            Err(StoreError::Unreachable(_)) => health.unreachable = true,
            Err(StoreError::Newer) => health.newer = true,
            Err(StoreError::NotGiven(_) | StoreError::Damaged(_) | StoreError::Overtaken) => {}
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_phone_is_full_until_something_was_written_and_reading_goes_on() {
        let monitor = Monitor::default();
        monitor.note::<()>(true, &Err(StoreError::Full));
        monitor.note(false, &Ok(()));
        assert!(monitor.health().full);
        monitor.note(true, &Ok(()));
        assert_eq!(monitor.health(), Health::default());
    }

    #[test]
    fn a_lost_database_is_found_again_by_the_first_try_that_reaches_it() {
        let monitor = Monitor::default();
        monitor.note::<()>(false, &Err(StoreError::Unreachable("lost".to_owned())));
        assert!(monitor.health().unreachable);
        monitor.note(false, &Ok(()));
        assert_eq!(monitor.health(), Health::default());
    }

    #[test]
    fn a_listener_hears_the_state_and_then_each_change_once() {
        let (monitor, heard) = (Monitor::default(), Rc::new(RefCell::new(Vec::new())));
        let told = heard.clone();
        monitor.listen(move |health| told.borrow_mut().push(health.full));
        for outcome in [Err(StoreError::Full), Err(StoreError::Full), Err(StoreError::Overtaken), Ok(())] {
            monitor.note(true, &outcome);
        }
        assert_eq!(*heard.borrow(), [false, true, false]);
    }
}
