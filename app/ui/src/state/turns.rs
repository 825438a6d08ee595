//! The screen's turn in the middle of long work, and work of which only the newest counts.

use civmesh_pack::Pauses;
use civmesh_sync::turn::give_way;
use leptos::prelude::*;
use std::cell::Cell;

/// So long is worked before the screen gets its turn, in milliseconds.
pub const TURN: f64 = 10.0;

/// Gives the screen its turn whenever enough was worked.
pub struct Turns {
    began: Cell<f64>,
}

impl Turns {
    /// Work begins now.
    pub fn begin() -> Self {
        Self { began: Cell::new(js_sys::Date::now()) }
    }
}

impl Pauses for Turns {
    async fn pause(&self) {
        if js_sys::Date::now() - self.began.get() > TURN {
            give_way().await;
            self.began.set(js_sys::Date::now());
        }
    }
}

/// Work of one kind, of which only the newest counts, and none once the screen is gone.
#[derive(Clone, Copy)]
pub struct Job(StoredValue<u32>);

impl Default for Job {
    fn default() -> Self {
        Self(StoredValue::new(0))
    }
}

impl Job {
    /// Begins work of this kind: what was begun before counts no longer.
    pub fn begin(self) -> u32 {
        self.0.update_value(|job| *job = job.wrapping_add(1));
        self.0.get_value()
    }

    /// Whether this work still counts.
    pub fn is_wanted(self, job: u32) -> bool {
        self.0.try_get_value() == Some(job)
    }
}
